"""Nhận một nhiệm vụ mới: everything that must hold before a task exists. Checks, and writes nothing.

A dry run of a sheet asks the same questions here that ``tasks.assign_task`` asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from soi.base.actor import Actor
from soi.base.errors import Invalid, NotFound
from soi.base.text import nfc, squash
from soi.directives.models import Directive
from soi.directives.queries import visible_to as directives_visible_to
from soi.org.models import Organization, Post
from soi.work import changing, permissions
from soi.work.enums import Origin, TaskState
from soi.work.logic.vagueness import TASK, what_lacks
from soi.work.models import Programme, Task
from soi.work.queries import OUT_OF_SIGHT, visible_to


@dataclass(frozen=True, slots=True)
class ContributorEntry:
    """Một nơi phối hợp được nhập, by a post where one is named."""

    organization: Organization
    post: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEntry:
    """Một nhiệm vụ được nhập.

    ``historic``: taken from an old paper or sheet, so its days may lie in the past.
    """

    assigned_by: Organization
    accountable_post: Post | None
    statement: str
    deliverable: str
    due_on: dt.date | None
    area: str
    start_on: dt.date | None = None
    created_on: dt.date | None = None
    weight: int = 1
    target: Decimal | None = None
    unit: str = ""
    programme: Programme | None = None
    parent: Task | None = None
    origin: Origin = Origin.AD_HOC
    directive: Directive | None = None
    code: str = ""
    contributors: Sequence[ContributorEntry] = ()
    historic: bool = False


def checked(actor: Actor, entry: TaskEntry) -> Task:
    """Nhiệm vụ đã kiểm tra, not saved. Raises the refusal, with a better wording where it only exhorts."""
    post, due_on = concrete(entry)
    permissions.check_can_assign(actor, post, entry.assigned_by)
    changing.check_level(actor, entry.assigned_by, post.organization)
    given_on, start_on = _days(actor, entry, due_on)
    changing.check_post(post, *((given_on, actor.today) if entry.historic else (actor.today,)))
    target, unit = changing.target_of(entry.target, squash(entry.unit))
    _check_programme(entry)
    _check_directive(actor, entry.directive)
    check_contributors(actor, entry.contributors, post, given_on)
    parent = _parent(actor, entry, post, due_on)
    statement, deliverable, code = nfc(entry.statement), nfc(entry.deliverable), squash(entry.code)
    return Task(
        organization=post.organization,
        assigned_by=entry.assigned_by,
        accountable_post=post,
        programme=entry.programme,
        parent=parent,
        origin=_origin(entry),
        directive=entry.directive,
        code=code,
        area=changing.area_of(entry.area),
        statement=statement,
        deliverable=deliverable,
        target=target,
        unit=unit,
        weight=changing.weight_of(entry.weight),
        start_on=start_on,
        due_on=due_on,
        created_on=given_on,
        search_key=changing.search_key(statement, deliverable, code),
    )


def concrete(entry: TaskEntry) -> tuple[Post, dt.date]:
    """Chức vụ và thời hạn of a task that says what, by whom, until when; the vague is refused."""
    post, due_on = entry.accountable_post, entry.due_on
    check_wording(entry.statement, entry.deliverable, entry.target, entry.unit, post=post, due_on=due_on)
    if post is None or due_on is None:
        raise AssertionError("a lack without a sentence")
    return post, due_on


def check_wording(
    statement: str,
    deliverable: str,
    target: Decimal | None,
    unit: str,
    *,
    post: Post | None,
    due_on: dt.date | None,
) -> None:
    """Chung chung thì không nhận; a number with its unit is a measure."""
    lack = what_lacks(
        statement,
        deliverable,
        has_post=post is not None,
        due_on=due_on,
        matter=TASK,
        measured=target is not None and bool(squash(unit)),
    )
    if lack:
        raise Invalid(lack.sentence, lack.fields)


def _days(actor: Actor, entry: TaskEntry, due_on: dt.date) -> tuple[dt.date, dt.date]:
    """The day given and the first day of work."""
    given_on = actor.today
    if entry.historic:
        given_on = entry.created_on or min(actor.today, entry.start_on or due_on)
    if given_on > actor.today:
        raise Invalid("Ngày giao nhiệm vụ chưa tới.", {"created_on": "Chọn ngày không muộn hơn hôm nay."})
    if due_on < given_on:
        raise Invalid(
            f"Thời hạn {due_on:%d/%m/%Y} đã qua. Hãy chọn từ ngày {given_on:%d/%m/%Y} trở đi"
            + (", ngày giao nhiệm vụ." if entry.historic else "."),
            {"due_on": "Chọn ngày khác."},
        )
    start_on = entry.start_on or given_on
    check_start(start_on, due_on)
    return given_on, start_on


def check_start(start_on: dt.date, due_on: dt.date) -> None:
    """Bắt đầu không sau thời hạn."""
    if start_on > due_on:
        raise Invalid(
            f"Ngày bắt đầu {start_on:%d/%m/%Y} sau thời hạn {due_on:%d/%m/%Y}.",
            {"start_on": "Chọn ngày không muộn hơn thời hạn."},
        )


def _origin(entry: TaskEntry) -> Origin:
    if entry.origin == Origin.AD_HOC and entry.directive is not None:
        return Origin.DIRECTIVE
    if entry.origin == Origin.AD_HOC and entry.programme is not None:
        return Origin.PROGRAMME
    return Origin(entry.origin)


def _check_programme(entry: TaskEntry) -> None:
    programme = entry.programme
    if programme is not None and programme.organization_id != entry.assigned_by.pk:
        raise Invalid(
            f"Chương trình «{programme}» không phải của {entry.assigned_by}. "
            "Nhiệm vụ trong chương trình do chính tổ chức lập chương trình giao.",
            {"programme": "Chọn chương trình của cấp giao."},
        )


def _check_directive(actor: Actor, directive: Directive | None) -> None:
    if directive is not None and not directives_visible_to(actor).filter(pk=directive.pk).exists():
        raise NotFound("Không tìm thấy văn bản chỉ đạo này, hoặc văn bản nằm ngoài phạm vi của đồng chí.")


def check_contributors(
    actor: Actor, contributors: Sequence[ContributorEntry], accountable: Post, on: dt.date
) -> None:
    """Nơi phối hợp: known bodies, each once, with a post of their own, other than the accountable one."""
    permissions.check_sees_bodies(actor, [entry.organization for entry in contributors])
    if len({entry.organization.pk for entry in contributors}) != len(contributors):
        raise Invalid("Một tổ chức phối hợp được ghi hai lần.", {"contributors": "Mỗi tổ chức ghi một lần."})
    for entry in contributors:
        post = entry.post
        if post is not None and post.organization_id != entry.organization.pk:
            raise Invalid(
                f"{post} không phải chức vụ của {entry.organization}.",
                {"contributors": "Chọn chức vụ của tổ chức phối hợp."},
            )
        if post is not None:
            changing.check_post(post, on, actor.today, field="contributors")
        if post == accountable or (post is None and entry.organization.pk == accountable.organization_id):
            raise Invalid(
                f"{post or entry.organization} đã chịu trách nhiệm chính nên không ghi là phối hợp nữa.",
                {"contributors": "Bỏ nơi này khỏi danh sách phối hợp."},
            )


def _parent(actor: Actor, entry: TaskEntry, post: Post, due_on: dt.date) -> Task | None:
    """The task above, locked: its date does not move while one below is being given."""
    if entry.parent is None:
        return None
    seen = visible_to(actor).filter(pk=entry.parent.pk).select_related("organization")
    parent = seen.select_for_update(of=("self",)).first()
    if parent is None:
        raise NotFound(OUT_OF_SIGHT)
    if parent.state != TaskState.ACTIVE:
        raise Invalid(
            f"Nhiệm vụ cấp trên «{parent}» không còn đang thực hiện nên không giao nhiệm vụ con được.",
            {"parent": "Chọn nhiệm vụ khác."},
        )
    check_below(actor, parent, post)
    if due_on > parent.due_on:
        raise Invalid(
            f"Nhiệm vụ con phải xong trước hoặc trong ngày {parent.due_on:%d/%m/%Y}, "
            "thời hạn của nhiệm vụ cấp trên.",
            {"due_on": f"Chọn ngày không muộn hơn {parent.due_on:%d/%m/%Y}."},
        )
    return parent


def check_below(actor: Actor, parent: Task, post: Post) -> None:
    """Nhiệm vụ con giao cho chính tổ chức của nhiệm vụ cấp trên hoặc cấp dưới của nó."""
    if not changing.bodies_below(parent.organization_id, [post.organization_id], on=actor.today):
        raise Invalid(
            f"Nhiệm vụ con phải giao cho {parent.organization} hoặc cấp dưới của tổ chức này.",
            {"accountable_post": "Chọn chức vụ khác."},
        )
