"""Ảnh chụp phòng họp để thử: pictures of a session as ``conferences.room`` would give them, without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils import timezone

from soi.conferences.enums import (
    Audience,
    ContributionKind,
    FloorState,
    ItemKind,
    Line,
    QueueRule,
    RequestKind,
    Secrecy,
)
from soi.conferences.room import (
    ContributionView,
    ItemView,
    LogLine,
    PaperLine,
    PaperView,
    PollView,
    QueueView,
    RoomView,
    SiteView,
    SpeakerView,
    TimerView,
)

NOW = dt.datetime(2021, 10, 7, 14, 20, tzinfo=timezone.get_default_timezone())
DRAFT = PaperLine(7, "Dự thảo báo cáo kiểm điểm quý III", Secrecy.ALL, True, 12)

TITLES = [
    (ItemKind.OPENING, "Khai mạc, giới thiệu thành phần", 5),
    (ItemKind.REPORT, "Trình bày dự thảo báo cáo kiểm điểm quý III", 15),
    (ItemKind.DISCUSSION, "Thảo luận dự thảo báo cáo", 15),
    (ItemKind.BALLOT, "Biểu quyết thông qua báo cáo", 5),
    (ItemKind.CONCLUSION, "Kết luận", 5),
]


def agenda(now: int | None) -> tuple[ItemView, ...]:
    """Chương trình with the item of this place (from 0) on now; None: nothing has begun."""
    at = -1 if now is None else now
    return tuple(
        ItemView(
            pk=11 + place, index=str(place + 1), depth=0, kind=kind, title=title, minutes=minutes,
            presenter="Thượng tá Mai Văn Trung" if kind == ItemKind.REPORT else "", presenter_id=None,
            started_at=NOW if place == at else None,
            place="done" if place < at else "now" if place == at else "next" if place == at + 1 else "later",
            papers=(DRAFT,) if place == 1 else (),
        )
        for place, (kind, title, minutes) in enumerate(TITLES)
    )  # fmt: skip


def waiting(pk: int, place: int, name: str, **more: Any) -> QueueView:
    """Một đăng ký đang chờ."""
    facts: dict[str, Any] = {
        "person_id": 100 + pk, "site_id": 2, "post": "Bí thư Chi bộ Đại đội 2", "site": "Điểm cầu Tiểu đoàn 1",
        "kind": RequestKind.SPEAK, "topic": "", "asked_at": NOW, "reason": "đăng ký trước",
    }  # fmt: skip
    return QueueView(pk=pk, place=place, name=name, **(facts | more))


def site(pk: int, name: str, **more: Any) -> SiteView:
    """Một điểm cầu."""
    facts: dict[str, Any] = {
        "is_main": pk == 1, "room": "", "head": "", "technician": "", "line": Line.CONNECTED, "line_at": NOW,
        "present": 12, "entitled_present": 10, "code": "", "turns": 1, "spoken_seconds": 240,
    }  # fmt: skip
    return SiteView(pk=pk, name=name, **(facts | more))


def poll(**more: Any) -> PollView:
    """Một cuộc bỏ phiếu."""
    facts: dict[str, Any] = {
        "pk": 31, "title": "Thông qua báo cáo kiểm điểm quý III", "mode": "open",
        "mode_label": "Biểu quyết công khai, ghi tên", "state": "draft", "state_label": "Đang soạn",
        "item_id": 14, "cast": 0, "roll": 0,
    }  # fmt: skip
    return PollView(**(facts | more))


OPEN_POLL = poll(state="open", state_label="Đang bỏ phiếu", cast=21, roll=26)
SPEAKER = SpeakerView(
    pk=5, person_id=104, site_id=2, name="Trung tá Phạm Văn Nói", post="Chính trị viên Tiểu đoàn 1",
    site="Điểm cầu Tiểu đoàn 1", kind=RequestKind.SPEAK, topic="Quản lý vũ khí ở đại đội", since=NOW, seconds=300,
)  # fmt: skip
SAID = ContributionView(
    pk=41, at=NOW, person_id=104, name="Trung tá Phạm Văn Nói", post="", site="Điểm cầu Tiểu đoàn 1",
    kind=ContributionKind.SHORTCOMING, text="Việc bảo quản vũ khí ở Đại đội 2 chưa chặt chẽ.", paper_id=7,
    paper=DRAFT.title, paragraph=4, finding_id=None, withdrawn=False, restricted=False, entered_label="Hồ Thị Văn",
)  # fmt: skip


def a_view(state: FloorState = FloorState.ITEM, **changes: Any) -> RoomView:
    """Phiên họp đang thảo luận, with three who wait; ``changes`` replaces parts."""
    items = agenda(None if state == FloorState.WAITING else 2)
    view = RoomView(
        conference_pk=9, title="Hội nghị giao ban quý III năm 2021", kind_label="Giao ban quý",
        body="Đảng ủy Trung đoàn 91", organization_id=3, day=NOW.date(), state=state, number=17, now=NOW,
        opened_at=None if state == FloorState.WAITING else NOW, closed_at=NOW if state == FloorState.CLOSED else None,
        rule=QueueRule.ARRIVAL, speech_minutes=5, item=next((one for one in items if one.place == "now"), None),
        agenda=items, timer=TimerView(NOW, 900), paper=None, papers=(DRAFT,),
        speaker=SPEAKER if state == FloorState.SPEAKING else None,
        queue=(
            waiting(21, 1, "Đại úy Đinh Văn Viên", topic="Nền nếp sinh hoạt chi bộ"),
            waiting(22, 2, "Điểm cầu Tiểu đoàn 2", person_id=None, post="", site="Điểm cầu Tiểu đoàn 2"),
            waiting(23, 3, "Thượng úy Cao Thị Lan", kind=RequestKind.ANSWER, post="Trợ lý tác chiến"),
        ),
        poll=OPEN_POLL if state == FloorState.VOTING else None,
        polls=(OPEN_POLL,) if state == FloorState.VOTING else (),
        sites=(
            site(1, "Hội trường Trung đoàn", present=18),
            site(2, "Điểm cầu Tiểu đoàn 1"),
            site(3, "Điểm cầu Tiểu đoàn 2", line=Line.LOST, present=6),
        ),
        present=36, entitled_present=26, entitled=30, quorum_needed=20, quorum_reached=True, questions_left=0,
        contributions=(SAID,),
        log=(LogLine(17, NOW, "Chuyển sang nội dung 3: Thảo luận dự thảo báo cáo.", Audience.DELEGATE),),
    )  # fmt: skip
    return replace(view, **changes)


SHOWN = PaperView(7, DRAFT.title, 3, Secrecy.ALL, True)
