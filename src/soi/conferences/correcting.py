"""Sửa giờ có mặt: what was recorded wrongly is put right with a reason; what stood before stays beside it.

A decision keeps the number present that was counted when it was taken: the roll and the numbers of a ballot are
frozen, the floor's event tells its own. Only what is counted anew (the sheet, lapses) follows the times as corrected.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from soi.ballots.models import Poll
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotFound
from soi.conferences import attending_rights as rights
from soi.conferences.attending import locked, said, told
from soi.conferences.enums import MinutesState
from soi.conferences.models import Attendance, AttendanceCorrection, AttendanceSpan, Conference, Minutes

LONGEST_REASON = 300


@transaction.atomic
def correct_time(
    *,
    actor: Actor,
    attendance: Attendance,
    span: int,
    came: dt.datetime,
    left: dt.datetime | None,
    reason: str,
    now: dt.datetime,
) -> AttendanceCorrection:
    """Sửa giờ của một khoảng có mặt, by whoever keeps the site it was at; until the minutes are approved."""
    row = locked(attendance)
    current = _span_of(row, span)
    reach = rights.check_keeps_site(actor, row.conference, current.site)
    check_not_approved(row.conference)
    reason = said(reason, "Hãy ghi lý do sửa, ví dụ: máy ở cửa chậm 20 phút.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            f"Ghi lý do ngắn gọn trong {LONGEST_REASON} ký tự.", {"reason": f"Tối đa {LONGEST_REASON} ký tự."}
        )
    _check_times(row, current, came, left, now)
    kept = AttendanceCorrection.objects.create(
        attendance=row, site=current.site, came_before=current.came_at, left_before=current.left_at,
        came_after=came, left_after=left, reason=reason, at=now, entered_label=actor.label,
    )  # fmt: skip
    current.came_at, current.left_at = came, left
    current.save(update_fields=["came_at", "left_at"])
    told(
        actor, "conferences.correct_attendance", row, now, reach, site=current.site, reason=reason,
        before=[kept.came_before, kept.left_before], after=[came, left],
    )  # fmt: skip
    return kept


def _span_of(row: Attendance, span: int) -> AttendanceSpan:
    found = row.spans.select_related("site").filter(pk=span).first()
    if found is None:
        raise NotFound("Không tìm thấy khoảng có mặt này. Có thể người khác vừa hoàn tác; hãy tải lại trang.")
    return found


def check_not_approved(conference: Conference) -> None:
    """The sheet must not say otherwise than the minutes that two have signed."""
    if Minutes.objects.filter(conference=conference, state=MinutesState.APPROVED).exists():
        raise Conflict("Biên bản đã thông qua nên giờ có mặt không sửa được nữa.")


def _check_times(
    row: Attendance, span: AttendanceSpan, came: dt.datetime, left: dt.datetime | None, now: dt.datetime
) -> None:
    if (came, left) == (span.came_at, span.left_at):
        raise Invalid("Giờ chưa thay đổi. Hãy ghi giờ đúng, hoặc bấm «Thôi».", {"came": "Ghi giờ đúng."})
    if left is None and span.left_at is not None:
        raise Invalid("Hãy ghi giờ về: người này đã được ghi là về rồi.", {"left": "Ghi giờ về."})
    if left is not None and left <= came:
        raise Invalid("Giờ về phải sau giờ đến.", {"left": "Giờ về phải sau giờ đến."})
    if max(came, left or came) > now:
        raise Invalid("Giờ đến và giờ về không thể sau lúc này.", {"came": "Kiểm tra lại giờ."})
    _check_days(row.conference, came, left)
    _check_alone(row, span, came, left)


def _check_days(conference: Conference, came: dt.datetime, left: dt.datetime | None) -> None:
    first, last = conference.date_start, conference.date_end
    days = [timezone.localdate(one) for one in (came, left) if one is not None]
    if not all(first <= day <= last for day in days):
        raise Invalid(
            f"Hội nghị họp từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}; giờ có mặt phải trong những ngày đó."
            if first != last
            else f"Hội nghị họp ngày {first:%d/%m/%Y}; giờ có mặt phải trong ngày đó.",
            {"came": "Kiểm tra lại ngày."},
        )


def _check_alone(row: Attendance, span: AttendanceSpan, came: dt.datetime, left: dt.datetime | None) -> None:
    """Nobody is at two places at once."""
    others = row.spans.exclude(pk=span.pk).filter(Q(left_at__isnull=True) | Q(left_at__gt=came))
    if left is not None:
        others = others.filter(came_at__lt=left)
    if other := others.order_by("came_at").first():
        begun = timezone.localtime(other.came_at)
        raise Conflict(
            f"Giờ này trùng với khoảng có mặt từ {begun:%H:%M} của chính người đó. Hãy sửa khoảng ấy trước."
        )


# --- read ---------------------------------------------------------------------------------------------------


def corrections_of(conference: Conference) -> QuerySet[AttendanceCorrection]:
    """Các lần sửa giờ của một hội nghị, in order. The caller has checked who may read them."""
    return AttendanceCorrection.objects.filter(attendance__conference=conference).select_related("site")


def decisions_of(conference: Conference) -> QuerySet[Poll]:
    """Các cuộc bỏ phiếu đã mở, with the numbers present as they were counted then."""
    opened = Poll.objects.filter(conference_link__conference=conference, opened_at__isnull=False)
    return opened.order_by("opened_at", "pk")
