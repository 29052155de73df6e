"""Ô của danh sách điểm danh: the same words in Word and in Excel."""

from __future__ import annotations

import datetime as dt

from soi.forms.forms.attendance_sheet.context import AttendanceLine, AttendanceSheetContext, TimeSpan
from soi.forms.wording import count, one_line, phrase, post_list, short_date


def hour(time: dt.time) -> str:
    """ "07:58"."""
    return f"{time.hour:02d}:{time.minute:02d}"


def span_text(span: TimeSpan) -> str:
    """ "07:58 – 10:30"; who is still there has no end."""
    day = f"{short_date(span.day)} " if span.day else ""
    return f"{day}{hour(span.came)} – {hour(span.left) if span.left else '…'}"


def spans_text(line: AttendanceLine) -> str:
    """Có mặt: an interval a line."""
    return "\n".join(map(span_text, line.spans))


def who_text(line: AttendanceLine) -> str:
    """Cấp bậc, chức vụ."""
    return ", ".join(part for part in (one_line(line.who.rank), post_list(line.who.posts)) if part)


def note_text(line: AttendanceLine) -> str:
    """Ghi chú: away and why, by what way, how we know, and that a guest does not count."""
    reason = phrase(one_line(line.note))
    away = (f"Vắng: {reason}" if reason else "Vắng") if line.absent else reason
    parts = (
        away,
        "Trực tuyến" if line.online else "",
        one_line(line.evidence),
        "" if line.entitled else "Khách mời",
        *map(one_line, line.corrected),
    )
    return "; ".join(part for part in parts if part)


def figures(context: AttendanceSheetContext) -> list[str]:
    """Các dòng số liệu: how many came, site by site, then what the caller knows of the quorum."""
    came = sum(bool(line.spans) for line in context.lines)
    lines = [f"Có mặt {count(came)}/{count(len(context.lines))} người trong danh sách."]
    if len(context.sites) > 1:
        each = (f"{one_line(site.name)} {count(site.came)}/{count(site.invited)}" for site in context.sites)
        lines.append(f"Theo điểm cầu: {'; '.join(each)}.")
    return [*lines, *(one_line(figure) for figure in context.figures if one_line(figure))]
