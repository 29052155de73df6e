"""Who came, went, moved, was away or replaced: by whom it may be written, and what is refused in words."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.conferences import absences, attending, codes, queries
from soi.conferences.attendance_bell import Coalescer
from soi.conferences.enums import Evidence, FloorState, Presence, Reply, Way
from soi.conferences.models import AttendanceSpan, Floor, Invitation, Site
from soi.history.models import Event
from tests.conferences.attending_hall import HEAD, TECHNICIAN, Hall, build_hall
from tests.conferences.conftest import hold
from tests.factories import Region, build_region


@pytest.fixture
def hall(region: Region) -> Hall:
    cache.clear()
    return build_hall(region)


def mark(hall: Hall, by: str, who: str, site: Site | None = None, *, minute: float = 0) -> AttendanceSpan:
    return attending.check_in(
        actor=hall.actor(by), attendance=hall.row(who), site=site or hall.site_of(who), now=hall.at(minute)
    )


def last_event(hall: Hall) -> tuple[str, dict[str, Any]]:
    event = Event.objects.filter(subject_id=hall.conference.pk).latest("pk")
    return event.action, event.payload.facts


# --- coming and going ----------------------------------------------------------------------------------


def test_who_comes_and_goes_and_comes_back_has_two_intervals(hall: Hall) -> None:
    mark(hall, "clerk", "brigade")
    hall.go("brigade", minute=30)
    mark(hall, "clerk", "brigade", minute=45)
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, 30), ("Sở chỉ huy", 45, None)]
    assert hall.row("brigade").presence == Presence.PRESENT
    action, facts = last_event(hall)
    assert (action, facts["person"]["label"], facts["evidence"]) == (
        "conferences.check_in",
        "Cao Văn Lữ",
        "staff",
    )


def test_marking_twice_is_marking_once(hall: Hall) -> None:
    first, second = mark(hall, "clerk", "brigade"), mark(hall, "clerk", "brigade", minute=3)
    assert first == second
    assert Event.objects.filter(action="conferences.check_in").count() == 1


def test_who_sits_elsewhere_is_moved_and_not_marked_again(hall: Hall) -> None:
    mark(hall, "clerk", "brigade")
    with pytest.raises(Conflict, match="đang có mặt tại Sở chỉ huy"):
        mark(hall, "clerk", "brigade", hall.branch, minute=5)
    attending.move_site(
        actor=hall.actor("clerk"), attendance=hall.row("brigade"), site=hall.branch, now=hall.at(10)
    )
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, 10), ("Sư đoàn 901", 10, None)]
    assert hall.row("brigade").site == hall.branch


def test_who_is_not_there_cannot_leave_nor_leave_as_he_comes(hall: Hall) -> None:
    with pytest.raises(Conflict, match="không có mặt"):
        hall.go("brigade", minute=1)
    hall.come("brigade", minute=1)
    with pytest.raises(Conflict, match="Hoàn tác"):
        hall.go("brigade", minute=1)


def test_a_site_of_another_conference_is_no_site(hall: Hall) -> None:
    other = build_hall_elsewhere(hall)
    with pytest.raises(Invalid, match="không thuộc"):
        mark(hall, "clerk", "brigade", other)


def build_hall_elsewhere(hall: Hall) -> Site:
    return Site.objects.create(conference=hold(hall.region, title="Khác"), name="Nơi khác")


def test_after_the_end_nobody_comes_and_nothing_is_reopened(hall: Hall) -> None:
    hall.come("brigade", minute=0)
    Floor.objects.create(conference=hall.conference, state=FloorState.CLOSED, closed_at=hall.at(30))
    assert attending.close_all(hall.conference, hall.at(30)) == 1
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, 30)]
    assert (hall.row("brigade").presence, hall.row("division").presence) == (
        Presence.PRESENT,
        Presence.ABSENT,
    )
    for act in (
        lambda: hall.come("division", minute=31),
        lambda: undo(hall, "clerk", "brigade", minute=31),
        lambda: codes.renew_code(actor=hall.actor("clerk"), site=hall.main, now=hall.at(31)),
    ):
        with pytest.raises(Conflict, match="đã bế mạc"):
            act()


# --- who marks whom ------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [HEAD, TECHNICIAN])
def test_staff_of_a_site_mark_their_own_and_nobody_elses(hall: Hall, by: str) -> None:
    mark(hall, by, "division")
    with pytest.raises(NotAllowed, match="điểm cầu khác"):
        mark(hall, by, "brigade")
    with pytest.raises(NotAllowed, match="điểm cầu khác"):
        mark(hall, by, "brigade", hall.branch)
    attending.move_site(
        actor=hall.actor(by), attendance=hall.row("brigade"), site=hall.branch, now=hall.at(1)
    )
    assert hall.spans("brigade") == [("Sư đoàn 901", 1, None)]
    with pytest.raises(NotAllowed, match="mình phụ trách"):
        attending.move_site(
            actor=hall.actor(by), attendance=hall.row("division"), site=hall.main, now=hall.at(2)
        )


@pytest.mark.parametrize("by", ["clerk", "secretary", "member"])
def test_recorder_chair_and_secretary_mark_everywhere(hall: Hall, by: str) -> None:
    mark(hall, by, "division")
    mark(hall, by, "brigade")


def test_a_delegate_marks_nobody_and_an_outsider_finds_nothing(hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="cán bộ phụ trách điểm cầu"):
        mark(hall, "brigade", "brigade")
    with pytest.raises(NotFound):
        mark(hall, "brigadeclerk", "brigade")


def test_who_serves_a_site_sees_the_conference(hall: Hall) -> None:
    assert queries.get(hall.actor(TECHNICIAN), hall.conference.pk) == hall.conference
    Site.objects.filter(pk=hall.branch.pk).update(technician=None)
    with pytest.raises(NotFound):
        queries.get(hall.actor(TECHNICIAN), hall.conference.pk)


# --- undo ----------------------------------------------------------------------------------------------


def undo(hall: Hall, by: str, who: str, *, minute: float) -> None:
    attending.undo(actor=hall.actor(by), attendance=hall.row(who), now=hall.at(minute))


def test_each_slip_is_taken_back_as_it_was(hall: Hall) -> None:
    hall.come("brigade", minute=0)
    undo(hall, "clerk", "brigade", minute=9)
    assert (hall.spans("brigade"), hall.row("brigade").presence) == ([], Presence.INVITED)
    hall.come("brigade", minute=10)
    hall.go("brigade", minute=40)
    undo(hall, "clerk", "brigade", minute=41)
    assert hall.spans("brigade") == [("Sở chỉ huy", 10, None)]
    attending.move_site(
        actor=hall.region.system, attendance=hall.row("brigade"), site=hall.branch, now=hall.at(50)
    )
    undo(hall, "clerk", "brigade", minute=55)
    assert hall.spans("brigade") == [("Sở chỉ huy", 10, None)]
    assert hall.row("brigade").site == hall.main
    undone = Event.objects.filter(action="conferences.undo_attendance").order_by("pk")
    assert [event.payload.facts["undone"] for event in undone] == ["check_in", "check_out", "move_site"]


def test_after_ten_minutes_the_record_stands(hall: Hall) -> None:
    hall.come("brigade", minute=0)
    with pytest.raises(Conflict, match="10 phút"):
        undo(hall, "clerk", "brigade", minute=11)
    with pytest.raises(Conflict, match="10 phút"):
        undo(hall, "clerk", "division", minute=0)
    with pytest.raises(NotAllowed):
        undo(hall, TECHNICIAN, "brigade", minute=1)


# --- roll call -----------------------------------------------------------------------------------------


def call(
    hall: Hall, there: list[str], seen: list[str], *, minute: float, by: str = "clerk"
) -> tuple[int, int]:
    return attending.roll_call(
        actor=hall.actor(by), conference=hall.conference, site=hall.main, now=hall.at(minute),
        there=[hall.row(who).pk for who in there], seen_present=[hall.row(who).pk for who in seen],
    )  # fmt: skip


def test_a_roll_call_writes_a_whole_site_at_once_with_one_event(hall: Hall) -> None:
    assert call(hall, ["secretary", "brigade", "guest"], [], minute=0) == (3, 0)
    hall.come("member", minute=1)
    assert call(hall, ["secretary", "division"], ["secretary", "brigade", "guest"], minute=60) == (0, 2)
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, 60)]
    assert hall.spans("secretary") == [("Sở chỉ huy", 0, None)]
    assert hall.spans("member") == [("Sở chỉ huy", 1, None)], "who came while the names were called stays"
    assert hall.spans("division") == [], "of another site"
    assert AttendanceSpan.objects.filter(evidence=Evidence.ROLL_CALL).count() == 3
    assert Event.objects.filter(action="conferences.roll_call").count() == 2
    with pytest.raises(NotAllowed):
        call(hall, ["brigade"], [], minute=61, by=TECHNICIAN)


# --- away and replaced ---------------------------------------------------------------------------------


def away(hall: Hall, who: str, reason: str = "Đi công tác", *, by: str = "clerk") -> None:
    absences.note_absence(actor=hall.actor(by), attendance=hall.row(who), reason=reason, now=hall.at(0))


def test_an_absence_has_a_reason_until_the_person_comes(hall: Hall) -> None:
    with pytest.raises(Invalid) as refusal:
        away(hall, "brigade", "  ")
    assert list(refusal.value.fields) == ["reason"]
    away(hall, "brigade")
    row = hall.row("brigade")
    assert (row.presence, row.reason) == (Presence.ABSENT, "Đi công tác")
    hall.come("brigade", minute=5)
    row = hall.row("brigade")
    assert (row.presence, row.reason) == (Presence.PRESENT, "")
    with pytest.raises(Conflict, match="đang có mặt"):
        away(hall, "brigade")


def test_an_absence_is_taken_back(hall: Hall) -> None:
    away(hall, "division", by=TECHNICIAN)
    absences.withdraw_absence(actor=hall.actor(TECHNICIAN), attendance=hall.row("division"), now=hall.at(1))
    assert (hall.row("division").presence, hall.row("division").reason) == (Presence.INVITED, "")
    with pytest.raises(Conflict, match="không được ghi vắng"):
        absences.withdraw_absence(actor=hall.actor("clerk"), attendance=hall.row("division"), now=hall.at(2))


def stand_in(hall: Hall, who: str, instead: str, *, by: str = "clerk") -> None:
    absences.replace(
        actor=hall.actor(by), attendance=hall.row(who), person=hall.region.people[instead], now=hall.at(0)
    )


def test_who_comes_instead_gets_a_row_at_the_same_site_without_a_vote(hall: Hall) -> None:
    stand_in(hall, "division", "regiment")
    row, member = hall.row("regiment"), hall.row("division")
    assert (row.site, row.posts, row.invitation.is_entitled) == (
        hall.branch, "Bí thư Đảng ủy Trung đoàn", False,
    )  # fmt: skip
    assert (member.presence, member.invitation.reply) == (Presence.ABSENT, Reply.REPLACED)
    mark(hall, TECHNICIAN, "regiment", hall.branch)
    assert hall.quorum(1).present == 0
    absences.withdraw_absence(actor=hall.actor("clerk"), attendance=member, now=hall.at(2))
    assert hall.row("division").invitation.replacement is None


def test_nobody_stands_in_for_himself_for_two_or_beside_a_vote_of_his_own(hall: Hall) -> None:
    with pytest.raises(Invalid, match="chính người đó"):
        stand_in(hall, "division", "division")
    with pytest.raises(Conflict, match="thành viên chính thức"):
        stand_in(hall, "division", "brigade")
    stand_in(hall, "division", "regiment")
    with pytest.raises(Conflict, match="đã dự thay"):
        stand_in(hall, "brigade", "regiment")
    with pytest.raises(NotAllowed, match="thư ký"):
        stand_in(hall, "division", "commander", by=TECHNICIAN)


# --- by code -------------------------------------------------------------------------------------------


def scan(hall: Hall, who: str, code: str, *, minute: float = 0, way: Way = Way.IN_PERSON) -> AttendanceSpan:
    return codes.check_in_by_code(
        actor=hall.actor(who), conference=hall.conference, code=code, now=hall.at(minute), way=way
    )


def new_code(hall: Hall, site: Site, by: str = "clerk") -> str:
    return codes.renew_code(actor=hall.actor(by), site=site, now=hall.at(0)).code


def test_who_is_invited_signs_in_with_the_code_of_the_site(hall: Hall) -> None:
    code = new_code(hall, hall.branch, by=TECHNICIAN)
    span = scan(hall, "division", code)
    assert (span.site, span.evidence, span.way) == (hall.branch, Evidence.CODE, Way.IN_PERSON)
    assert scan(hall, "division", code.lower(), minute=5) == span, "again changes nothing"
    scan(hall, "division", new_code(hall, hall.main), minute=9)
    assert hall.spans("division") == [("Sư đoàn 901", 0, 9), ("Sở chỉ huy", 9, None)]
    assert all(code not in str(event.payload.facts) for event in Event.objects.select_related("payload"))


def test_an_old_code_a_strangers_hand_and_another_day_are_refused(hall: Hall) -> None:
    old, code = new_code(hall, hall.main), new_code(hall, hall.main)
    with pytest.raises(NotFound, match="đã được đổi"):
        scan(hall, "brigade", old)
    with pytest.raises(NotAllowed, match="danh sách mời"):
        scan(hall, "clerk", code)
    with pytest.raises(Conflict, match="trong ngày họp"):
        codes.check_in_by_code(
            actor=hall.region.actor("brigade", today=hall.conference.date_end + dt.timedelta(days=1)),
            conference=hall.conference, code=code, now=hall.at(0),
        )  # fmt: skip
    codes.withdraw_code(actor=hall.actor("clerk"), site=hall.main, now=hall.at(1))
    for typed in (code, "", "      "):
        with pytest.raises(NotFound):
            scan(hall, "brigade", typed)
    with pytest.raises(NotAllowed):
        new_code(hall, hall.main, by=TECHNICIAN)


def test_guessing_is_braked_for_the_person_and_not_for_others(hall: Hall) -> None:
    code = new_code(hall, hall.main)
    wrong = "CHK347" if code != "CHK347" else "CHK346"
    for _ in range(codes.TRIES):
        with pytest.raises(NotFound):
            scan(hall, "brigade", wrong)
    with pytest.raises(Conflict, match="chờ 15 phút"):
        scan(hall, "brigade", code)
    assert scan(hall, "secretary", code)


def test_saying_that_it_is_wrong_is_kept_and_only_for_oneself(hall: Hall) -> None:
    absences.contest(
        actor=hall.actor("brigade"), conference=hall.conference, note=" Tôi đến lúc 7:55 ", now=hall.at(3)
    )
    action, facts = last_event(hall)
    assert (action, facts["note"]) == ("conferences.contest_attendance", "Tôi đến lúc 7:55")
    for who, note, kind in [
        ("clerk", "x", NotFound),
        ("brigade", " ", Invalid),
        ("brigade", "x" * 301, Invalid),
    ]:
        with pytest.raises(kind):
            absences.contest(actor=hall.actor(who), conference=hall.conference, note=note, now=hall.at(4))


# --- the bell ------------------------------------------------------------------------------------------


def test_the_bell_rings_at_once_then_once_a_second() -> None:
    rung: list[tuple[int, float]] = []
    clock, waiting = [0.0], []
    bell = Coalescer(
        lambda pk: rung.append((pk, clock[0])),
        clock=lambda: clock[0],
        later=lambda seconds, call: waiting.append((clock[0] + seconds, call)),
    )
    for tick in range(200):
        clock[0] = tick / 100
        for due in [one for one in waiting if one[0] <= clock[0]]:
            waiting.remove(due)
            due[1]()
        bell(5)
    bell(6)
    assert [at for pk, at in rung if pk == 5] == [0.0, 1.0]
    assert len(waiting) == 1, "the last arrivals are told too"
    assert (6, clock[0]) in rung, "another conference does not wait"


# --- at the same time ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_checked_in_twice_at_once_is_there_once() -> None:
    hall = build_hall(build_region(dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)))
    actor, row = hall.actor("clerk"), hall.row("brigade")
    start, refused = threading.Barrier(4), []

    def run() -> None:
        start.wait()
        try:
            attending.check_in(actor=actor, attendance=row, site=hall.main, now=hall.at(0))
        except Refusal as refusal:
            refused.append(refusal.sentence)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, None)]
    assert Event.objects.filter(action="conferences.check_in").count() == 1
    assert Invitation.objects.count() == 5
