"""Chương trình hội nghị: laid out from a template, added to, edited, moved, taken out. The only code that writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F, Max, ProtectedError

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import squash
from soi.conferences import permissions, queries
from soi.conferences.enums import ItemKind
from soi.conferences.logic.agenda import Slot, fitted, planned
from soi.conferences.models import AgendaItem, Conference
from soi.conferences.templates import Line, Template
from soi.history.actions import record
from soi.org import permissions as org_permissions
from soi.org.models import Organization, Person

_RIGHT = Capability.RECORD
LONGEST = 600


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Một nội dung như người soạn ghi. ``parent`` is one of the first level, or nothing."""

    title: str
    kind: ItemKind = ItemKind.OTHER
    minutes: int = 10
    presenter: Person | None = None
    presenting_body: Organization | None = None
    parent: AgendaItem | None = None


def slots(items: Iterable[AgendaItem]) -> list[Slot]:
    """As the reckoning of times wants them."""
    return [Slot(item.pk, item.parent_id, item.order, item.minutes) for item in items]


def get_item(actor: Actor, pk: int) -> AgendaItem:
    """Một nội dung; NotFound when its conference is out of sight."""
    rows = AgendaItem.objects.filter(pk=pk, conference__in=queries.visible_to(actor).values("pk"))
    item = rows.select_related("conference__organization", "presenter", "presenting_body", "parent").first()
    if item is None:
        raise NotFound("Không tìm thấy nội dung này.")
    return item


@transaction.atomic
def lay_out(
    *, actor: Actor, conference: Conference, template: Template, now: dt.datetime
) -> list[AgendaItem]:
    """Lập chương trình từ mẫu, shortened to the time planned; an agenda begun by hand is left alone."""
    permissions.check_can_edit(actor, conference)
    _lock(conference)
    if conference.agenda.exists():
        raise Conflict("Hội nghị đã có chương trình. Hãy sửa từng nội dung.")
    items: list[AgendaItem] = []
    for order, line in enumerate(_fitting(conference, template.lines), start=1):
        item = _of_line(conference, line, order, None)
        items += [
            item,
            *(_of_line(conference, part, at, item) for at, part in enumerate(line.parts, start=1)),
        ]
    record(
        actor=actor, action="conferences.lay_out_agenda", subject=conference, now=now, using=_RIGHT,
        template=template.key, name=template.name, items=[item.title for item in items],
    )  # fmt: skip
    return items


@transaction.atomic
def add_item(*, actor: Actor, conference: Conference, facts: ItemFacts, now: dt.datetime) -> AgendaItem:
    """Thêm nội dung, at the end of its level."""
    permissions.check_can_edit(actor, conference)
    _lock(conference)
    _check(actor, conference, facts)
    item = AgendaItem.objects.create(
        conference=conference, parent=facts.parent, order=_next(conference, facts.parent), kind=facts.kind,
        title=facts.title, minutes=facts.minutes, presenter=facts.presenter,
        presenting_body=facts.presenting_body,
    )  # fmt: skip
    record(
        actor=actor, action="conferences.add_agenda_item", subject=conference, now=now, using=_RIGHT,
        name=item.title, minutes=item.minutes, item=item,
    )  # fmt: skip
    return item


@transaction.atomic
def edit_item(*, actor: Actor, item: AgendaItem, facts: ItemFacts, now: dt.datetime) -> AgendaItem:
    """Sửa nội dung; put under another, it goes to the end there."""
    conference = item.conference
    permissions.check_can_edit(actor, conference)
    _lock(conference)
    _check(actor, conference, facts, item)
    if (facts.parent.pk if facts.parent else None) != item.parent_id:
        item.parent, item.order = facts.parent, _next(conference, facts.parent)
    before = item.title
    item.title, item.kind, item.minutes = facts.title, facts.kind, facts.minutes
    item.presenter, item.presenting_body = facts.presenter, facts.presenting_body
    item.save()
    record(
        actor=actor, action="conferences.edit_agenda_item", subject=conference, now=now, using=_RIGHT,
        name=item.title, before=before, minutes=item.minutes, item=item, presenter=facts.presenter,
    )  # fmt: skip
    return item


@transaction.atomic
def move_item(*, actor: Actor, item: AgendaItem, up: bool, now: dt.datetime) -> AgendaItem:
    """Chuyển lên hoặc xuống một chỗ among its siblings; at the edge nothing happens."""
    conference = item.conference
    permissions.check_can_edit(actor, conference)
    _lock(conference)
    siblings = list(AgendaItem.objects.filter(conference=conference, parent_id=item.parent_id))
    at = next((index for index, one in enumerate(siblings) if one.pk == item.pk), None)
    other = None if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(siblings):
        raise Conflict("Nội dung này không chuyển thêm được nữa. Hãy tải lại trang.")
    siblings[at], siblings[other] = siblings[other], siblings[at]
    for order, one in enumerate(siblings, start=1):
        one.order = order
    AgendaItem.objects.bulk_update(siblings, ["order"])
    record(
        actor=actor, action="conferences.move_agenda_item", subject=conference, now=now, using=_RIGHT,
        name=item.title, up=up, item=item,
    )  # fmt: skip
    return siblings[other]


@transaction.atomic
def remove_item(*, actor: Actor, item: AgendaItem, now: dt.datetime) -> None:
    """Bỏ nội dung with its parts; what the conference has already dealt with stays."""
    conference, title, pk = item.conference, item.title, item.pk
    permissions.check_can_edit(actor, conference)
    _lock(conference)
    try:
        item.delete()
    except ProtectedError:
        raise Conflict("Hội nghị đã bàn nội dung này nên không bỏ được nữa.") from None
    left = AgendaItem.objects.filter(conference=conference, parent_id=item.parent_id, order__gt=item.order)
    left.update(order=F("order") - 1)
    record(
        actor=actor, action="conferences.remove_agenda_item", subject=conference, now=now, using=_RIGHT,
        name=title, number=pk,
    )  # fmt: skip


def _lock(conference: Conference) -> None:
    """Two who move items at the same moment take turns."""
    Conference.objects.select_for_update().get(pk=conference.pk)


def _fitting(conference: Conference, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    days = (conference.date_end - conference.date_start).days + 1
    parts = [part for line in lines for part in line.parts or (line,)]
    time = planned(conference.starts_at, conference.ends_at, days)
    share = iter(fitted([part.minutes for part in parts], time))
    return tuple(
        replace(line, parts=tuple(replace(part, minutes=next(share)) for part in line.parts))
        if line.parts
        else replace(line, minutes=next(share))
        for line in lines
    )


def _of_line(conference: Conference, line: Line, order: int, parent: AgendaItem | None) -> AgendaItem:
    return AgendaItem.objects.create(
        conference=conference,
        parent=parent,
        order=order,
        kind=line.kind,
        title=line.title,
        minutes=line.minutes,
    )


def _next(conference: Conference, parent: AgendaItem | None) -> int:
    last = conference.agenda.filter(parent=parent).aggregate(last=Max("order"))["last"]
    return int(last or 0) + 1


def _check(actor: Actor, conference: Conference, facts: ItemFacts, item: AgendaItem | None = None) -> None:
    fields = {}
    if not squash(facts.title):
        fields["title"] = "Hãy ghi nội dung."
    if not 0 <= facts.minutes <= LONGEST:
        fields["minutes"] = f"Số phút từ 0 đến {LONGEST}."
    if facts.parent is not None and not _may_hold(conference, facts.parent, item):
        fields["parent"] = "Chương trình có hai cấp: hãy chọn một nội dung cấp một khác."
    if fields:
        raise Invalid(" ".join(fields.values()), fields)
    known = item.presenter_id if item else None
    if facts.presenter is not None and facts.presenter.pk != known:
        permissions.check_knows(actor, facts.presenter)
    if facts.presenting_body is not None:
        org_permissions.check_sees(actor, facts.presenting_body)


def _may_hold(conference: Conference, parent: AgendaItem, item: AgendaItem | None) -> bool:
    if parent.conference_id != conference.pk or parent.parent_id is not None:
        return False
    return item is None or (item.pk != parent.pk and not item.children.exists())
