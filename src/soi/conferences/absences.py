"""Vắng, thay người, trường hợp không tính: what decides who counts though they are not there."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotFound
from soi.conferences import attending_rights as rights
from soi.conferences import permissions
from soi.conferences.attending import locked, open_span, said, told
from soi.conferences.enums import AttendanceRole, NotCounted, Presence, Reply
from soi.conferences.models import (
    Attendance,
    AttendanceRoleHeld,
    Conference,
    CountingException,
    Invitation,
)
from soi.org.models import Person
from soi.org.queries import post_labels, rank_of


@transaction.atomic
def note_absence(*, actor: Actor, attendance: Attendance, reason: str, now: dt.datetime) -> Attendance:
    """Ghi vắng có lý do: the reason as accepted by whoever keeps the attendance."""
    row = locked(attendance)
    reach = rights.check_marks(actor, row)
    reason = said(reason, "Hãy ghi lý do vắng.", "reason")
    _check_away(row)
    row.presence, row.reason = Presence.ABSENT, reason
    row.save(update_fields=["presence", "reason"])
    told(actor, "conferences.note_absence", row, now, reach, reason=reason)
    return row


@transaction.atomic
def withdraw_absence(*, actor: Actor, attendance: Attendance, now: dt.datetime) -> Attendance:
    """Bỏ ghi vắng, before the person comes; who comes is simply noted as present."""
    row = locked(attendance)
    reach = rights.check_marks(actor, row)
    if row.presence != Presence.ABSENT:
        raise Conflict(f"{row.person} không được ghi vắng.")
    reason, row.presence, row.reason = row.reason, Presence.INVITED, ""
    row.save(update_fields=["presence", "reason"])
    _put_back(row)
    told(actor, "conferences.withdraw_absence", row, now, reach, reason=reason)
    return row


def _put_back(row: Attendance) -> None:
    """Whoever was to come in the place stays on the list, as a guest."""
    Invitation.objects.filter(attendance=row, reply=Reply.REPLACED).update(
        reply=Reply.WAITING, replacement=None
    )


@transaction.atomic
def replace(*, actor: Actor, attendance: Attendance, person: Person, now: dt.datetime) -> Attendance:
    """Ghi người dự thay; returns the row of who comes. Without a vote, save where the rule of the meeting gives
    the seat to the substitute (a congress): ``logic.presence`` decides that at each count.
    """
    row = locked(attendance)
    reach = rights.check_leads_attendance(actor, row.conference)
    permissions.check_knows(actor, person)
    _check_away(row)
    _check_may_stand_in(row, person)
    invitation, _ = Invitation.objects.get_or_create(attendance=row, defaults={"is_entitled": False})
    invitation.reply, invitation.replacement, invitation.replied_at = Reply.REPLACED, person, now
    invitation.save(update_fields=["reply", "replacement", "replied_at"])
    row.presence, row.reason = Presence.ABSENT, f"Cử {person} dự thay"
    row.save(update_fields=["presence", "reason"])
    substitute = _row_of(row, person, now)
    told(actor, "conferences.replace_attendance", row, now, reach, replacement=person)
    return substitute


def _check_may_stand_in(row: Attendance, person: Person) -> None:
    if person.pk == row.person_id:
        raise Invalid("Không thể cử chính người đó dự thay.", {"person": "Chọn người khác."})
    others = Invitation.objects.filter(attendance__conference=row.conference, replacement=person)
    if others.exclude(attendance=row).exists():
        raise Conflict(f"{person} đã dự thay cho người khác.")
    entitled = Invitation.objects.filter(
        attendance__conference=row.conference, attendance__person=person, is_entitled=True
    )
    if entitled.exists():
        raise Conflict(f"{person} là thành viên chính thức của hội nghị này nên không dự thay được.")


def _row_of(row: Attendance, person: Person, now: dt.datetime) -> Attendance:
    """The substitute sits where the member would have sat."""
    conference, day = row.conference, row.conference.date_start
    substitute, made = Attendance.objects.get_or_create(
        conference=conference,
        person=person,
        defaults={
            "rank": rank_of(person, on=day),
            "posts": ", ".join(post_labels(person.pk, on=day)),
            "presence": Presence.INVITED,
            "site_id": rights.seat_of(row),
            "order": row.order,
        },
    )
    if made:
        AttendanceRoleHeld.objects.create(attendance=substitute, role=AttendanceRole.ATTEND)
        Invitation.objects.create(
            attendance=substitute, is_entitled=False, site_id=substitute.site_id, sent_at=now
        )
    return substitute


@transaction.atomic
def set_counting(
    *, actor: Actor, attendance: Attendance, ground: NotCounted | None, now: dt.datetime
) -> None:
    """Ghi trường hợp khi tính đủ số, or take it back: the member's case, of which the rule says when it counts."""
    row = locked(attendance)
    reach = rights.check_leads_attendance(actor, row.conference)
    if ground is None:
        CountingException.objects.filter(attendance=row).delete()
    else:
        CountingException.objects.update_or_create(
            attendance=row, defaults={"ground": NotCounted(ground), "entered_label": actor.label}
        )
    told(actor, "conferences.set_counting", row, now, reach, ground=ground or "")


@transaction.atomic
def contest(*, actor: Actor, conference: Conference, note: str, now: dt.datetime) -> None:
    """Báo thư ký: what a person says of their own attendance. The history keeps it, a notice carries it."""
    row = conference.attendances.filter(person_id=actor.person_id or 0).first()
    if row is None:
        raise NotFound("Đồng chí không có trong danh sách dự hội nghị này.")
    note = said(note, "Hãy ghi điều cần sửa, ví dụ: tôi đến lúc 7:55.", "note")
    if len(note) > 300:
        raise Invalid("Ghi ngắn gọn trong 300 ký tự.", {"note": "Tối đa 300 ký tự."})
    row = locked(row)
    told(actor, "conferences.contest_attendance", row, now, note=note)


def _check_away(row: Attendance) -> None:
    if open_span(row) is not None:
        raise Conflict(f"{row.person} đang có mặt. Hãy ghi giờ về trước.")
