"""Who attended and what was concluded: posts of that day, numbers in order, nobody by number alone."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.conferences import minutes
from soi.conferences.enums import AttendanceRole, Presence
from soi.conferences.models import Attendance, Conference
from soi.org import staffing
from soi.org.enums import WorkArea
from tests.conferences.conftest import hold
from tests.factories import Region


def attend(
    region: Region, conference: Conference, who: str, username: str = "clerk", **facts: object
) -> Attendance:
    return minutes.record_attendance(
        actor=region.actor(username),
        conference=conference,
        person=region.people[who],
        roles=facts.pop("roles", [AttendanceRole.CHAIR]),  # type: ignore[arg-type]
        now=region.now,
        **facts,  # type: ignore[arg-type]
    )


def test_rank_and_posts_left_empty_are_those_of_the_day_of_the_conference(region: Region) -> None:
    chair, post = region.people["commander"], region.posts["commander"]
    body, system = region.bodies["command"], region.system
    for rank, year in [("Thiếu tướng", 2018), ("Trung tướng", 2021)]:
        staffing.set_rank(
            actor=system,
            person=chair,
            rank=rank,
            start=dt.date(year, 6, 1),
            organization=body,
            now=region.now,
        )
    april = attend(region, hold(region), "commander")
    assert (april.rank, april.posts) == ("Thiếu tướng", "Tư lệnh")
    holding = post.memberships.get()
    staffing.end_membership(actor=system, membership=holding, on=dt.date(2021, 7, 1), now=region.now)
    november = attend(region, hold(region, date_start=dt.date(2021, 11, 22)), "commander")
    assert (november.rank, november.posts) == ("Trung tướng", "")


def test_what_the_text_says_is_kept_as_written(region: Region, conference: Conference) -> None:
    row = attend(region, conference, "secretary", rank="Trung tướng", posts="Bí thư Đảng ủy, Chính ủy")
    assert (row.rank, row.posts) == ("Trung tướng", "Bí thư Đảng ủy, Chính ủy")


def test_roles_are_kept_in_the_order_of_weight_and_nobody_is_there_twice(
    region: Region, conference: Conference
) -> None:
    row = attend(region, conference, "secretary", roles=[AttendanceRole.SPEAK, AttendanceRole.CHAIR])
    assert [held.role for held in row.roles.all()] == ["chair", "speak"]
    assert [held.role for held in attend(region, conference, "clerk", roles=[]).roles.all()] == ["attend"]
    with pytest.raises(Conflict, match="đã có trong thành phần"):
        attend(region, conference, "secretary")


def test_absence_has_its_reason_and_a_site_must_be_of_this_conference(
    region: Region, conference: Conference
) -> None:
    row = attend(region, conference, "division", presence=Presence.ABSENT, reason="Đi công tác")
    assert (row.presence, row.reason) == (Presence.ABSENT, "Đi công tác")
    elsewhere = hold(region, title="Khác").sites.create(name="Điểm cầu khác")
    with pytest.raises(Invalid, match="không thuộc hội nghị"):
        attend(region, conference, "clerk", site=elsewhere)


def test_a_person_out_of_sight_cannot_be_written_in_by_number(region: Region) -> None:
    division = hold(region, "division")
    with pytest.raises(Invalid, match="Không tìm thấy người này"):
        attend(region, division, "brigade", "divisionclerk")
    newcomer = staffing.add_person(
        actor=region.system, name="Người Mới Nhập", organization=region.bodies["division"], now=region.now
    )
    region.people["newcomer"] = newcomer
    assert attend(region, division, "newcomer", "divisionclerk").person == newcomer


def test_a_guest_once_met_is_known_afterwards(region: Region) -> None:
    division, later = hold(region, "division"), hold(region, "division", date_start=dt.date(2021, 7, 1))
    minutes.record_attendance(
        actor=region.system, conference=division, person=region.people["brigade"], roles=[], now=region.now
    )
    assert attend(region, later, "brigade", "divisionclerk").person == region.people["brigade"]


def test_conclusions_are_numbered_on(region: Region, conference: Conference) -> None:
    def add(*statements: str) -> list[int]:
        rows = minutes.add_conclusions(
            actor=region.actor("clerk"), conference=conference, now=region.now,
            conclusions=[minutes.NewConclusion(text, WorkArea.DEFENCE, "2021") for text in statements],
        )  # fmt: skip
        return [row.number for row in rows]

    assert add("Quán triệt nghị quyết", "Tăng cường kiểm tra") == [1, 2]
    assert add("Chuẩn bị bầu cử") == [3]
    with pytest.raises(Invalid):
        add("Một việc", " ")
    assert conference.conclusions.count() == 3


def test_cited_documents_and_decisions_need_their_words(region: Region, conference: Conference) -> None:
    clerk = region.actor("clerk")
    with pytest.raises(Invalid, match="số, ký hiệu hoặc tên"):
        minutes.add_cited_document(actor=clerk, conference=conference, type="chỉ thị", now=region.now)
    cited = minutes.add_cited_document(
        actor=clerk, conference=conference, type="chỉ thị", number="05-CT/TW", now=region.now
    )
    assert str(cited) == "chỉ thị 05-CT/TW"
    with pytest.raises(Invalid, match="Hãy chọn xếp loại"):
        minutes.add_decision(
            actor=clerk, conference=conference, kind="praise", statement="Khen", now=region.now
        )
    minutes.add_decision(
        actor=clerk, conference=conference, kind="commendation", statement="Tặng giấy khen", now=region.now
    )
    minutes.add_common_cause(
        actor=clerk, conference=conference, statement="Kiểm tra chưa thường xuyên", now=region.now
    )
    with pytest.raises(NotAllowed):
        minutes.add_common_cause(
            actor=region.actor("inspector"), conference=conference, statement="Khác", now=region.now
        )
