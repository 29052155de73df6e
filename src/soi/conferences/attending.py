"""Điểm danh: who came, went, sits where, is away or replaced. The only code that writes intervals of presence.

Every deed is one event of the history; none is an event of the floor, because 200 people arriving are no part
of the discussion. Pages hear of it by the bell, once a second at most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid
from soi.base.text import squash
from soi.conferences import attendance_bell
from soi.conferences import attending_rights as rights
from soi.conferences.attending_rights import Reach
from soi.conferences.enums import Evidence, FloorState, Presence, Way
from soi.conferences.models import Attendance, AttendanceSpan, Conference, Floor, Site
from soi.history.actions import record

# A slip of the finger is taken back within this time; later the times as recorded stand.
UNDO_WITHIN = dt.timedelta(minutes=10)
# A finger that taps twice means "present", not "present for one second".
SHORTEST = dt.timedelta(seconds=5)
_JUST_CAME = "Vừa ghi có mặt xong. Nếu ghi nhầm, hãy bấm «Hoàn tác»."


@transaction.atomic
def check_in(
    *,
    actor: Actor,
    attendance: Attendance,
    site: Site | None,
    now: dt.datetime,
    way: Way = Way.IN_PERSON,
    evidence: Evidence = Evidence.STAFF,
) -> AttendanceSpan:
    """Ghi có mặt, from now. Once is enough: who is there already at that site stays as recorded."""
    row = locked(attendance)
    rights.check_marks(actor, row)
    reach = rights.check_keeps_site(actor, row.conference, site)
    check_open(row.conference)
    current = open_span(row)
    if current is None:
        span = enter(actor, row, site, now, way=way, evidence=evidence)
        told(actor, "conferences.check_in", row, now, reach, site=site, way=way, evidence=evidence)
        return span
    if current.site_id != (site.pk if site else None):
        raise Conflict(
            f"{row.person} đang có mặt tại {current.site or 'hội trường'}. "
            "Nếu người này đã sang điểm cầu khác, hãy chọn «Chuyển điểm cầu»."
        )
    return current


@transaction.atomic
def check_out(*, actor: Actor, attendance: Attendance, now: dt.datetime) -> AttendanceSpan:
    """Ghi đã về, at this moment; coming back later is a new interval."""
    row = locked(attendance)
    reach = rights.check_marks(actor, row)
    span = open_span(row)
    if span is None:
        raise Conflict(f"{row.person} đang không có mặt, nên không ghi giờ về được.")
    if now - span.came_at < SHORTEST:
        raise Conflict(_JUST_CAME)
    leave(span, now)
    told(actor, "conferences.check_out", row, now, reach, site=span.site)
    return span


@transaction.atomic
def move_site(*, actor: Actor, attendance: Attendance, site: Site, now: dt.datetime) -> AttendanceSpan:
    """Chuyển về điểm cầu này and note as present there: who keeps a site may fetch a person to it."""
    row = locked(attendance)
    reach = rights.check_keeps_site(actor, row.conference, site)
    check_open(row.conference)
    span = moved(actor, row, site, now, way=Way.IN_PERSON, evidence=Evidence.STAFF)
    told(actor, "conferences.move_site", row, now, reach, site=site)
    return span


@transaction.atomic
def undo(*, actor: Actor, attendance: Attendance, now: dt.datetime) -> None:
    """Hoàn tác lần ghi gần nhất of one person, within ten minutes; the history keeps both."""
    row = locked(attendance)
    reach = rights.check_marks(actor, row)
    check_open(row.conference)
    last = row.spans.select_related("site").order_by("-came_at", "-pk").first()
    if last is None or now - (last.left_at or last.came_at) > UNDO_WITHIN:
        raise Conflict("Chỉ hoàn tác được lần ghi trong 10 phút vừa qua. Sau đó hãy ghi tiếp theo thực tế.")
    what = _undone(row, last)
    told(actor, "conferences.undo_attendance", row, now, reach, undone=what, site=last.site)


def _undone(row: Attendance, last: AttendanceSpan) -> str:
    if last.left_at is not None:
        last.left_at = None
        last.save(update_fields=["left_at"])
        _set_presence(row, Presence.PRESENT)
        return "check_out"
    earlier = row.spans.filter(left_at=last.came_at).exclude(pk=last.pk).first()
    last.delete()
    if earlier is None:
        _set_presence(row, Presence.PRESENT if row.spans.exists() else Presence.INVITED)
        return "check_in"
    earlier.left_at = None
    earlier.save(update_fields=["left_at"])
    _set_presence(row, Presence.PRESENT, site_id=earlier.site_id)
    return "move_site"


@transaction.atomic
def roll_call(
    *,
    actor: Actor,
    conference: Conference,
    site: Site | None,
    there: Collection[int],
    seen_present: Collection[int],
    now: dt.datetime,
) -> tuple[int, int]:
    """Điểm danh gọi tên cả điểm cầu, in one go; returns how many came and how many left.

    ``there``: rows ticked; ``seen_present``: rows that the page showed as present. Who signed in while the names
    were being called is in neither and stays.
    """
    reach = rights.check_keeps_site(actor, conference, site)
    check_open(conference)
    rows = {row.pk: row for row in _rows(conference).order_by("pk") if _called_at(row, site)}
    spans = _open_spans(rows)
    came = [rows[pk] for pk in sorted(set(there) & rows.keys() - spans.keys())]
    gone = [rows[pk] for pk in sorted((set(seen_present) - set(there)) & spans.keys())]
    for row in came:
        enter(actor, row, site, now, way=Way.IN_PERSON, evidence=Evidence.ROLL_CALL)
    for row in gone:
        leave(spans[row.pk], now)
    record(
        actor=actor, action="conferences.roll_call", subject=conference, now=now, using=reach.using,
        site=site, came=[row.person for row in came], left=[row.person for row in gone],
    )  # fmt: skip
    attendance_bell.ring(conference.pk)
    return len(came), len(gone)


def _called_at(row: Attendance, site: Site | None) -> bool:
    return rights.seat_of(row) == (site.pk if site else None)


def _open_spans(rows: Collection[int]) -> dict[int, AttendanceSpan]:
    found = AttendanceSpan.objects.filter(attendance__in=list(rows), left_at__isnull=True)
    return {span.attendance_id: span for span in found}


def close_all(conference: Conference, now: dt.datetime) -> int:
    """Bế mạc: whoever is there leaves now, who never came was absent. Part of closing the session, which asks
    for the right and tells the history.
    """
    AttendanceSpan.objects.filter(attendance__conference=conference, came_at__gte=now, left_at=None).delete()
    closed = AttendanceSpan.objects.filter(attendance__conference=conference, left_at=None).update(
        left_at=now
    )
    never = Attendance.objects.filter(conference=conference, presence=Presence.INVITED, spans=None)
    Attendance.objects.filter(pk__in=list(never.values_list("pk", flat=True))).update(
        presence=Presence.ABSENT
    )
    return closed


# --- parts shared with absences and codes ---------------------------------------------------------------


def locked(attendance: Attendance) -> Attendance:
    """Người dự as they stand now; nobody else writes their intervals until the transaction ends."""
    row: Attendance = _rows(attendance.conference).get(pk=attendance.pk)
    return row


def _rows(conference: Conference) -> Any:
    return (
        Attendance.objects.select_for_update(of=("self",))
        .filter(conference=conference)
        .select_related("person", "site", "invitation", "conference__organization")
    )


def open_span(row: Attendance) -> AttendanceSpan | None:
    """Khoảng đang mở, if they are there."""
    return row.spans.select_related("site").filter(left_at__isnull=True).first()


def enter(
    actor: Actor, row: Attendance, site: Site | None, now: dt.datetime, *, way: Way, evidence: Evidence
) -> AttendanceSpan:
    """Open an interval; what was said of an absence no longer holds."""
    if site is not None and site.conference_id != row.conference_id:
        raise Invalid("Điểm cầu không thuộc hội nghị này.", {"site": "Chọn lại điểm cầu."})
    if row.spans.filter(left_at__gt=now).exists():
        raise Conflict("Giờ máy chủ vừa bị chỉnh lùi. Hãy kiểm tra giờ rồi ghi lại.")
    span = AttendanceSpan.objects.create(
        attendance=row, site=site, way=way, came_at=now, evidence=evidence, entered_label=actor.label
    )
    _set_presence(row, Presence.PRESENT, site_id=site.pk if site else row.site_id)
    return span


def leave(span: AttendanceSpan, now: dt.datetime) -> None:
    """Close the interval; one that has not lasted at all is a slip, which is undone instead."""
    if now <= span.came_at:
        raise Conflict(_JUST_CAME)
    span.left_at = now
    span.save(update_fields=["left_at"])


def moved(
    actor: Actor, row: Attendance, site: Site, now: dt.datetime, *, way: Way, evidence: Evidence
) -> AttendanceSpan:
    """End the interval elsewhere and open one here at the same moment, so that no time is lost between."""
    current = open_span(row)
    if current is not None and current.site_id == site.pk:
        return current
    if current is not None:
        leave(current, now)
    return enter(actor, row, site, now, way=way, evidence=evidence)


def _set_presence(row: Attendance, presence: Presence, *, site_id: int | None = None) -> None:
    row.presence, row.reason = presence, ""
    row.site_id = row.site_id if site_id is None else site_id
    row.save(update_fields=["presence", "reason", "site"])


def check_open(conference: Conference) -> None:
    """After the end nobody comes any more."""
    if Floor.objects.filter(conference=conference, state=FloorState.CLOSED).exists():
        raise Conflict("Hội nghị đã bế mạc nên không ghi có mặt được nữa.")


def told(
    actor: Actor, action: str, row: Attendance, now: dt.datetime, reach: Reach | None = None, **facts: Any
) -> None:
    """One event of the history, and the bell."""
    using = reach.using if reach else None
    record(
        actor=actor, action=action, subject=row.conference, now=now, using=using, person=row.person, **facts
    )
    attendance_bell.ring(row.conference_id)


def said(text: str, sentence: str, field: str) -> str:
    """What must not be empty, or the sentence."""
    text = squash(text)
    if not text:
        raise Invalid(sentence, {field: sentence})
    return text
