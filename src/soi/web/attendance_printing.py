"""In danh sách điểm danh: composed from what the reader marks, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from soi.conferences import attendance_lines as lists
from soi.conferences import correcting, quorum
from soi.conferences.attendance_lines import Line, Standing
from soi.conferences.enums import AttendanceRole, Evidence, Way
from soi.forms.forms.attendance_sheet.context import (
    AttendanceLine,
    AttendanceSheetContext,
    SiteTotal,
    TimeSpan,
)
from soi.forms.parts import Participant
from soi.web.attending_page import left_out_words, quorum_sentence
from soi.web.printing import letterhead

if TYPE_CHECKING:
    from soi.conferences.attending_rights import Reach
    from soi.conferences.models import Attendance, Conference


def sheet(conference: Conference, reach: Reach, now: dt.datetime) -> AttendanceSheetContext:
    """Danh sách: of the whole conference, or of the sites that the reader keeps."""
    found = lists.within(lists.lines(conference, now), reach)
    opened, closed = lists.session_of(conference)
    leaders = lists.leaders_of(conference)
    corrected = _corrected(conference)
    kept = sorted({line.site.name for line in found if line.site and not reach.everybody})
    return AttendanceSheetContext(
        letterhead=letterhead(conference.organization, date=conference.date_start),
        title=conference.title,
        day=conference.date_start,
        as_of=timezone.localtime(now),
        lines=tuple(_line(conference, line, closed, corrected[line.row.pk]) for line in found),
        sites=_sites(found),
        part=", ".join(kept),
        figures=_figures(conference, opened, closed, now, corrected=bool(corrected))
        if reach.everybody
        else (),
        secretary=_participant(leaders.get(AttendanceRole.SECRETARY)),
        chair=_participant(leaders.get(AttendanceRole.CHAIR)),
    )


def _participant(row: Attendance | None) -> Participant | None:
    if row is None:
        return None
    return Participant(name=row.person.name, rank=row.rank, posts=(row.posts,) if row.posts else ())


def _corrected(conference: Conference) -> dict[int, list[str]]:
    """Các lần sửa giờ of each row: the time that stood before, when it was put right, why."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in correcting.corrections_of(conference):
        before, at = timezone.localtime(one.came_before), timezone.localtime(one.at)
        until = f"{timezone.localtime(one.left_before):%H:%M}" if one.left_before else "…"
        found[one.attendance_id].append(
            f"Giờ đã sửa lúc {at:%H:%M %d/%m/%Y}, trước ghi {before:%H:%M} – {until} ({one.reason.rstrip('.')})"
        )
    return found


def _line(
    conference: Conference, line: Line, closed: dt.datetime | None, corrected: list[str]
) -> AttendanceLine:
    row, several = line.row, conference.date_end != conference.date_start
    last = line.last
    return AttendanceLine(
        who=Participant(
            name=row.person.name, rank=row.rank, posts=(row.posts,) if row.posts else (),
            site=line.site.name if line.site else "",
        ),
        entitled=line.is_entitled,
        # Who was there at the end left at the end.
        spans=tuple(_span(one.start, one.end or closed, several=several) for one in line.periods),
        online=bool(last and last.way == Way.ONLINE),
        evidence=str(Evidence(last.evidence).label) if last else "",
        absent=line.standing is Standing.ABSENT,
        note=row.reason,
        corrected=tuple(corrected),
    )  # fmt: skip


def _span(start: dt.datetime, end: dt.datetime | None, *, several: bool) -> TimeSpan:
    came, left = timezone.localtime(start), timezone.localtime(end) if end else None
    return TimeSpan(
        came=came.time(), left=left.time() if left else None, day=came.date() if several else None
    )


def _sites(found: list[Line]) -> tuple[SiteTotal, ...]:
    names = {line.site.pk: line.site.name for line in found if line.site}
    invited = Counter(line.site.pk for line in found if line.site)
    came = Counter(line.site.pk for line in found if line.site and line.spans)
    return tuple(SiteTotal(name=name, came=came[pk], invited=invited[pk]) for pk, name in names.items())


def _figures(
    conference: Conference, opened: dt.datetime | None, closed: dt.datetime | None, now: dt.datetime, *,
    corrected: bool,
) -> tuple[str, ...]:  # fmt: skip
    """Đủ số: at the end or now, and from when to when it was not so."""
    # The moment before the end: at the end itself everybody has left.
    at = closed - dt.timedelta(microseconds=1) if closed else now
    found = quorum.quorum(conference, at)
    when = "Khi bế mạc" if closed else f"Lúc {timezone.localtime(now):%H:%M}"
    verdict = "đủ số" if found.reached else "chưa đủ số"
    here = f"có mặt {found.present}/{found.entitled} thành viên chính thức"
    lines = [f"{when}: {here}, {verdict}. {quorum_sentence(found)}"]
    if left_out := left_out_words(found):
        lines.append(f"Không tính vào tổng số: {left_out}.")
    if opened and found.entitled:
        lines += _lapses(conference, opened, closed or now)
    if corrected:
        lines += _decided(conference)
    return tuple(lines)


def _decided(conference: Conference) -> list[str]:
    """Số có mặt của các quyết nghị, where what is counted anew could say otherwise."""
    told = [
        f"«{poll.title}» lúc {timezone.localtime(poll.opened_at):%H:%M}: có mặt {poll.present}/{poll.summoned}"
        for poll in correcting.decisions_of(conference)
    ]
    return [f"Có giờ đã sửa. Bỏ phiếu giữ số có mặt đã đếm lúc mở: {'; '.join(told)}."] if told else []


def _lapses(conference: Conference, opened: dt.datetime, until: dt.datetime) -> list[str]:
    found = quorum.lapses(conference, opened, until)
    if not found:
        return ["Trong cả phiên họp luôn đủ số."]
    spans = (
        f"{timezone.localtime(one.start):%H:%M}–{timezone.localtime(one.end or until):%H:%M}" for one in found
    )
    return [f"Các khoảng chưa đủ số trong phiên họp: {', '.join(spans)}."]
