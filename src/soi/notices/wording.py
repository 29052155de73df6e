"""Lời của thư: that something happened and where to read it; no word of what the record says, no name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from soi.notices.enums import TIMED, NoticeKind, RecordKind
from soi.notices.models import Notice

# More lines than this are counted only.
MOST_LINES = 40


def subject_of(notices: Sequence[Notice]) -> str:
    """Tiêu đề: made of words of our own only, on one line."""
    if len(notices) == 1:
        return _("Soi: có một việc mới cho đồng chí")
    return _("Soi: có %(number)s việc mới cho đồng chí") % {"number": len(notices)}


def body_of(notices: Sequence[Notice], links: Mapping[int, str]) -> str:
    """Nội dung thư, plain text; ``links`` is empty where Soi does not know its own address."""
    lines = [_("Kính gửi đồng chí,"), "", _("Trên Soi có việc mới:"), ""]
    for notice in notices[:MOST_LINES]:
        when = timezone.localtime(notice.at)
        lines.append(f"- {_told(notice)} ({when:%H:%M %d/%m/%Y})")
        if notice.pk in links:
            lines.append(f"  {links[notice.pk]}")
    if len(notices) > MOST_LINES:
        lines.append(_("… và %(number)s việc khác.") % {"number": len(notices) - MOST_LINES})
    if not links:
        lines += ["", _("Đăng nhập Soi, mở Thông báo để xem.")]
    lines += [
        "",
        _("Thư này không ghi nội dung hồ sơ; nội dung chỉ xem được sau khi đăng nhập."),
        _("Thư gửi tự động, xin đừng trả lời. Đổi cách nhận ở trang Thông báo, mục Cách nhận."),
    ]
    return "\n".join(lines) + "\n"


def _told(notice: Notice) -> str:
    """What the calendar called for says of what kind of record; other kinds say it themselves."""
    label = str(NoticeKind(notice.kind).label)
    if notice.kind not in TIMED:
        return label
    record = str(RecordKind(notice.record_kind).label)
    return f"{label}: {record[:1].lower()}{record[1:]}"
