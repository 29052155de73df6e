"""Sổ tên và nhiệm vụ đã có: everything that ten thousand rows may mean, read in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.intake.logic.bodies import KnownBody
from soi.intake.logic.posts import KnownPost
from soi.intake.sheets.logic.fates import TaskFacts
from soi.intake.sheets.logic.keys import generated_code, natural_key
from soi.intake.sheets.logic.places import Places
from soi.intake.sheets.logic.planning import Known
from soi.intake.sheets.logic.values import Values
from soi.org import queries as org
from soi.org.enums import Classification, WorkArea
from soi.org.models import Closure, Organization, OrganizationName, Post
from soi.work.enums import TaskState
from soi.work.models import Contributor, Task

# As many as fit into one statement of every database.
_AT_ONCE = 900


def places_for(actor: Actor, home: Organization) -> Places:
    """Tên mà bảng của ``home`` có thể nêu, as of today, as far as the actor sees and records."""
    seen = org.visible_to(actor).filter(org.existing_on(actor.today))
    recorded = org.scope(actor, Capability.RECORD, path="pk")
    recordable = Organization.objects.filter(recorded, org.existing_on(actor.today))
    known = {body.id: body for body in _bodies(seen, home.pk)}
    return Places(
        home=home.pk,
        bodies=tuple(known.values()),
        posts=tuple(_posts(actor, known)),
        recordable=frozenset(recordable.order_by().values_list("pk", flat=True)),
        areas=area_labels(),
        above=frozenset(
            Closure.objects.filter(held_on(actor.today), descendant=home, depth__gt=0).values_list(
                "ancestor_id", flat=True
            )
        ),
    )


def area_labels() -> dict[str, str]:
    """Lĩnh vực bằng tiếng Việt, whatever language the clerk has chosen for the pages."""
    with translation.override(settings.LANGUAGE_CODE):
        return {str(area.label): area.value for area in WorkArea}


def _bodies(seen: Any, home: int) -> Iterator[KnownBody]:
    former: defaultdict[int, list[str]] = defaultdict(list)
    rows = OrganizationName.objects.filter(end__isnull=False, organization__in=seen.order_by().values("pk"))
    for pk, name, short in rows.order_by("pk").values_list("organization_id", "name", "short_name"):
        former[pk] += [name, short]
    fields = ("pk", "name", "short_name", "classification")
    for pk, name, short, classification in seen.order_by("pk").values_list(*fields):
        names = dict.fromkeys(filter(None, [name, short, *former.get(pk, ())]))
        yield KnownBody(pk, tuple(names), Classification(classification), int(pk != home))


def _posts(actor: Actor, known: dict[int, KnownBody]) -> Iterator[KnownPost]:
    rows = Post.objects.filter(
        org.scope(actor, Capability.RECORD, path="organization"), held_on(actor.today)
    ).order_by("pk")
    for pk, label, body in rows.values_list("pk", "label", "organization_id"):
        if body in known:
            yield KnownPost(pk, label, known[body])


# --- tasks there are -------------------------------------------------------------------------------------

_FIELDS = (
    "pk", "code", "programme_id", "programme__title", "state", "statement", "deliverable", "area",
    "accountable_post_id", "start_on", "due_on", "target", "unit", "weight",
)  # fmt: skip


def known_tasks(
    organization: Organization, values: Sequence[Values], *, programme: int | None, whole: bool = True
) -> Known:
    """Nhiệm vụ mà các dòng này có thể nói đến: by their codes, and (``whole``) all of the programme."""
    codes = {row.code for row in values if row.code}
    if programme is not None:
        codes |= {
            generated_code(programme, row.statement, row.post)
            for row in values
            if not row.code and row.post is not None
        }
    given = Task.objects.filter(assigned_by=organization)
    found: dict[int, TaskFacts] = {}
    for some in _chunks(sorted(codes)):
        found |= _facts(given.filter(code__in=some))
    if whole and programme is not None:
        found |= _facts(given.filter(programme=programme))
    by_nature: defaultdict[tuple[str, int], list[TaskFacts]] = defaultdict(list)
    for task in found.values():
        if task.programme == programme:
            by_nature[natural_key(task.statement, task.post)].append(task)
    return Known({task.code: task for task in found.values() if task.code}, by_nature)


def tasks_by_pk(pks: Collection[int]) -> dict[int, TaskFacts]:
    """Nhiệm vụ theo số, as they stand now."""
    found: dict[int, TaskFacts] = {}
    for some in _chunks(sorted(pks)):
        found |= _facts(Task.objects.filter(pk__in=some))
    return found


def _facts(tasks: Any) -> dict[int, TaskFacts]:
    helping: defaultdict[int, set[int]] = defaultdict(set)
    pairs = Contributor.objects.filter(Q(task__in=tasks.order_by().values("pk")))
    for task, body in pairs.order_by().values_list("task_id", "organization_id"):
        helping[task].add(body)
    return {
        pk: TaskFacts(
            pk, code, programme, title or "", TaskState(state), statement, deliverable, area, post,
            frozenset(helping.get(pk, ())), start, due, target, unit, weight,
        )
        for pk, code, programme, title, state, statement, deliverable, area, post, start, due, target, unit, weight
        in tasks.order_by().values_list(*_FIELDS)
    }  # fmt: skip


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
