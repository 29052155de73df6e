"""Từ thông báo và mục lịch đến trang của hồ sơ."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.notices.enums import NoticeKind, RecordKind
from soi.web.period_words import shown

if TYPE_CHECKING:
    from soi.notices.calendars import Entry
    from soi.notices.models import Notice
    from soi.org.models import Organization

PAGES: dict[RecordKind, Callable[[Any], str]] = {
    RecordKind.TASK: lambda task: reverse("task_detail", args=[task.pk]),
    RecordKind.REMEDY: lambda remedy: reverse("finding_detail", args=[remedy.finding_id]),
    RecordKind.FINDING: lambda finding: reverse("finding_detail", args=[finding.pk]),
    RecordKind.DIRECTIVE: lambda directive: reverse("directive_detail", args=[directive.pk]),
    RecordKind.ADDRESSEE: lambda addressee: reverse("directive_detail", args=[addressee.directive_id]),
    RecordKind.HANDOVER: lambda handover: reverse("handover_detail", args=[handover.pk]),
    RecordKind.BRIEFING: lambda report: reverse("briefing_detail", args=[report.pk]),
    # Without a body it opens at one's own, which owes the report.
    RecordKind.ROUND: lambda round_: f"{reverse('briefing_list')}?{urlencode({'quy': round_.quarter})}",
    RecordKind.CONFERENCE: lambda conference: reverse("invitation_mine", args=[conference.pk]),
    RecordKind.REVIEW_CYCLE: lambda cycle: reverse("review_ring", args=[cycle.pk]),
    RecordKind.REVIEW: lambda review: reverse("review_detail", args=[review.pk]),
    RecordKind.COMMENTS: lambda round_: reverse("comment_asked", args=[round_.pk]),
}
BODIES: dict[RecordKind, Callable[[Any], Organization]] = {
    RecordKind.TASK: lambda task: task.organization,
    RecordKind.REMEDY: lambda remedy: remedy.accountable_post.organization,
    RecordKind.FINDING: lambda finding: finding.organization,
    RecordKind.DIRECTIVE: lambda directive: directive.issuer,
    RecordKind.ADDRESSEE: lambda addressee: addressee.organization,
    RecordKind.HANDOVER: lambda handover: handover.post.organization,
    RecordKind.BRIEFING: lambda report: report.organization,
    RecordKind.ROUND: lambda round_: round_.organization,
    RecordKind.CONFERENCE: lambda conference: conference.organization,
    RecordKind.REVIEW_CYCLE: lambda cycle: cycle.organization,
    RecordKind.REVIEW: lambda review: review.organization,
    RecordKind.COMMENTS: lambda round_: round_.review.organization,
}
_ENTRIES = {
    "task": "task_detail",
    "remedy": "remedy_progress",
    "directive": "directive_detail",
    "conference": "conference_detail",
}


# Of a conference there is more than one page to be told of.
_ABOUT_MINUTES = {NoticeKind.MINUTES_CIRCULATED, NoticeKind.MINUTES_SIGNED}


def page_of(notice: Notice, record: Any) -> str:
    """Trang mà thông báo nói đến."""
    if notice.kind in _ABOUT_MINUTES:
        return reverse("minutes", args=[record.pk])
    if notice.kind == NoticeKind.ATTENDANCE_CONTESTED:
        return reverse("attendance_board", args=[record.pk])
    return PAGES[RecordKind(notice.record_kind)](record)


def title_of(kind: str, record: Any) -> str:
    """Tên của hồ sơ, as a notice shows it."""
    if kind == RecordKind.ADDRESSEE:
        return str(record.directive)
    if kind in {RecordKind.BRIEFING, RecordKind.ROUND}:
        return _("Báo cáo giao ban %(quarter)s") % {"quarter": shown(record.quarter)}
    if kind == RecordKind.REVIEW:
        return str(record.cycle)
    return str(record.post) if kind == RecordKind.HANDOVER else str(record)


def body_of(kind: str, record: Any) -> Organization:
    """Tổ chức của hồ sơ."""
    return BODIES[RecordKind(kind)](record)


def address_of_notice(pk: int) -> str:
    """Địa chỉ đầy đủ của một thông báo, for mail; empty where Soi was not told its own address."""
    return settings.PUBLIC_URL + reverse("notice_open", args=[pk]) if settings.PUBLIC_URL else ""


def address_of_entry(entry: Entry) -> str:
    """Địa chỉ đầy đủ của hồ sơ trong lịch; empty as above."""
    return settings.PUBLIC_URL + reverse(_ENTRIES[entry.kind], args=[entry.pk]) if settings.PUBLIC_URL else ""


def own_host() -> str:
    """Tên máy, which makes the numbers of calendar entries unique in the world."""
    return urlsplit(settings.PUBLIC_URL).hostname or "soi.localhost"
