"""Một phiên họp để thử: a briefing of the region at three sites, with people there, a programme and papers.

The commander chairs and the press officer keeps the minutes by their part in the conference alone; the clerk
records for the region; the division's clerk is technician of its site and no delegate.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

from soi.base.actor import Actor
from soi.conferences.enums import AttendanceRole, Evidence, ItemKind, Secrecy, Way
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    AttendanceRoleHeld,
    AttendanceSpan,
    Conference,
    Floor,
    FloorEvent,
    Invitation,
    Paper,
    Site,
)
from soi.documents.enums import Origin
from soi.documents.models import Source
from tests.conferences.conftest import hold
from tests.factories import Region

DRAFT = "Dự thảo báo cáo kiểm điểm\n\nƯu điểm: nội bộ đoàn kết.\nHạn chế: sinh hoạt chi bộ chưa đều.\n"
_sources = itertools.count(1)


@dataclass
class Hall:
    """Phòng họp: everything by a short key, and a clock that only goes on."""

    region: Region
    conference: Conference
    now: dt.datetime
    sites: dict[str, Site] = field(default_factory=dict)
    rows: dict[str, Attendance] = field(default_factory=dict)
    items: dict[str, AgendaItem] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        return self.region.actor(username)

    def later(self, seconds: int = 60) -> dt.datetime:
        """The next moment."""
        self.now += dt.timedelta(seconds=seconds)
        return self.now

    def person(self, username: str) -> int:
        return self.region.people[username].pk

    @property
    def floor(self) -> Floor:
        return Floor.objects.get(conference=self.conference)

    @property
    def events(self) -> list[FloorEvent]:
        return list(FloorEvent.objects.filter(conference=self.conference).order_by("number"))

    @property
    def last(self) -> FloorEvent:
        return self.events[-1]


def build_hall(region: Region, *, there: bool = True) -> Hall:
    """The conference as it stands before the opening; ``there``: those invited have signed in."""
    hall = Hall(region, hold(region), region.now)
    for key, name, head, technician in (
        ("main", "Sở chỉ huy Quân khu", None, None),
        ("division", "Điểm cầu Sư đoàn 901", "division", "divisionclerk"),
        ("brigade", "Lữ đoàn 902", "brigade", None),
    ):
        hall.sites[key] = Site.objects.create(
            conference=hall.conference, name=name, is_main=key == "main", code=f"MA{key[:3].upper()}",
            head=region.people.get(head or ""), technician=region.people.get(technician or ""),
        )  # fmt: skip
    for username, site, rank, role in (
        ("commander", "main", "Trung tướng", AttendanceRole.CHAIR),
        ("press", "main", "Đại tá", AttendanceRole.SECRETARY),
        ("division", "division", "Đại tá", AttendanceRole.PRESENT),
        ("regiment", "division", "Thượng tá", AttendanceRole.ATTEND),
        ("member", "division", "", AttendanceRole.ATTEND),
        ("brigade", "brigade", "Đại tá", AttendanceRole.ATTEND),
    ):
        invite(hall, username, site, rank=rank, role=role, there=there)
    _programme(hall)
    for key, secrecy in (("draft", Secrecy.ALL), ("members", Secrecy.MEMBERS), ("chair", Secrecy.CHAIR)):
        hall.papers[key] = add_paper(hall, f"Tài liệu {key}", secrecy)
    return hall


def invite(
    hall: Hall,
    username: str,
    site: str,
    *,
    rank: str = "",
    role: AttendanceRole = AttendanceRole.ATTEND,
    there: bool = True,
    entitled: bool = True,
) -> Attendance:
    """One person on the list, invited, and (``there``) signed in half an hour ago."""
    row = Attendance.objects.create(
        conference=hall.conference, person=hall.region.people[username], rank=rank,
        posts=hall.region.posts[username].label, site=hall.sites[site], order=len(hall.rows),
    )  # fmt: skip
    AttendanceRoleHeld.objects.create(attendance=row, role=role)
    Invitation.objects.create(
        attendance=row, site=hall.sites[site], is_entitled=entitled, sent_at=hall.now - dt.timedelta(days=3)
    )
    if there:
        AttendanceSpan.objects.create(
            attendance=row, site=hall.sites[site], way=Way.IN_PERSON, evidence=Evidence.STAFF,
            came_at=hall.now - dt.timedelta(minutes=30),
        )  # fmt: skip
    hall.rows[username] = row
    return row


def _programme(hall: Hall) -> None:
    def add(key: str, order: int, kind: ItemKind, title: str, parent: str | None = None) -> None:
        hall.items[key] = AgendaItem.objects.create(
            conference=hall.conference, order=order, kind=kind, title=title, minutes=10,
            parent=hall.items.get(parent or ""),
            presenter=hall.region.people["division"] if key == "report" else None,
        )  # fmt: skip

    add("opening", 1, ItemKind.OPENING, "Khai mạc, giới thiệu đại biểu")
    add("discussion", 2, ItemKind.DISCUSSION, "Thảo luận dự thảo báo cáo")
    add("report", 1, ItemKind.REPORT, "Trình bày dự thảo báo cáo", "discussion")
    add("words", 2, ItemKind.DISCUSSION, "Ý kiến các điểm cầu", "discussion")
    add("ballot", 3, ItemKind.BALLOT, "Biểu quyết thông qua")


def add_paper(hall: Hall, title: str, secrecy: Secrecy) -> Paper:
    """A paper with three paragraphs."""
    number = next(_sources)
    source = Source.objects.create(
        organization=hall.conference.organization, file="sources/0/0", original_name=f"{number}.txt",
        sha256=f"{number:064x}", size=len(DRAFT), media_type="text/plain", origin=Origin.PAPER,
        received_at=hall.now, received_by="Thư ký", text=DRAFT,
    )  # fmt: skip
    return Paper.objects.create(
        conference=hall.conference, item=hall.items["report"], source=source, title=title, secrecy=secrecy,
        is_draft=True,
    )  # fmt: skip
