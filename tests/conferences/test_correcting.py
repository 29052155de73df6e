"""A time of attendance is put right later: by whom, until when, what stays, and what was decided meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import attending, correcting, deciding, floor, inviting
from soi.conferences.models import AttendanceCorrection, AttendanceSpan, Minutes
from soi.history.models import Event
from tests.conferences.attending_hall import HEAD, TECHNICIAN, Hall, build_hall
from tests.factories import Region

WHY = "Máy ở cửa chậm 20 phút"


@pytest.fixture
def hall(region: Region) -> Hall:
    return build_hall(region)


def span_of(hall: Hall, who: str, number: int = 0) -> AttendanceSpan:
    return hall.row(who).spans.order_by("came_at")[number]


def correct(
    hall: Hall, by: str, who: str, came: float, left: float | None = None, *, number: int = 0, **more: Any
) -> AttendanceCorrection:
    """Minutes counted from the beginning; an hour later."""
    given = {"span": span_of(hall, who, number).pk, "reason": WHY, "now": hall.at(200), **more}
    return correcting.correct_time(
        actor=hall.actor(by), attendance=hall.row(who), came=hall.at(came),
        left=None if left is None else hall.at(left), **given,
    )  # fmt: skip


def test_the_time_is_put_right_and_what_stood_before_stays(hall: Hall) -> None:
    hall.come("brigade", minute=20)
    hall.go("brigade", minute=90)
    kept = correct(hall, "member", "brigade", 0, 95)  # the conference's secretary
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, 95)]
    assert (kept.came_before, kept.left_before) == (hall.at(20), hall.at(90))
    assert (kept.came_after, kept.left_after, kept.reason) == (hall.at(0), hall.at(95), WHY)
    event = Event.objects.get(action="conferences.correct_attendance")
    assert event.payload.facts["before"] == [str(hall.at(20)), str(hall.at(90))]
    assert event.payload.facts["after"] == [str(hall.at(0)), str(hall.at(95))]
    assert event.payload.facts["reason"] == WHY
    assert correct(hall, "member", "brigade", 5, 95).came_before == hall.at(0)
    assert correcting.corrections_of(hall.conference).count() == 2


def test_who_still_sits_there_and_who_left_unnoticed(hall: Hall) -> None:
    hall.come("brigade", minute=20)
    correct(hall, "member", "brigade", 5)
    assert hall.spans("brigade") == [("Sở chỉ huy", 5, None)]
    correct(hall, "member", "brigade", 5, 60)
    assert hall.spans("brigade") == [("Sở chỉ huy", 5, 60)]
    with pytest.raises(Invalid, match="đã được ghi là về"):
        correct(hall, "member", "brigade", 5)


@pytest.mark.parametrize("who", ["clerk", "secretary", "member"])
def test_chair_secretary_and_who_records_correct_anybody(hall: Hall, who: str) -> None:
    hall.come(HEAD, minute=20)
    assert correct(hall, who, HEAD, 10).site == hall.branch


def test_staff_correct_what_was_at_their_site_alone(hall: Hall) -> None:
    hall.come(HEAD, minute=20)
    hall.come("brigade", minute=20)
    assert correct(hall, TECHNICIAN, HEAD, 10)
    with pytest.raises(NotAllowed, match="điểm cầu mình phụ trách"):
        correct(hall, TECHNICIAN, "brigade", 10)
    with pytest.raises(NotAllowed):
        correct(hall, "brigade", "brigade", 10)  # nobody's own time


@pytest.mark.parametrize(
    ("came", "left", "words"),
    [(20, 90, "chưa thay đổi"), (90, 90, "sau giờ đến"), (91, 90, "sau giờ đến"), (20, 201, "sau lúc này"),
     (-60 * 24, 90, "ngày đó"), (20, None, "Ghi giờ về|ghi giờ về")],
)  # fmt: skip
def test_a_time_that_cannot_be(hall: Hall, came: float, left: float | None, words: str) -> None:
    hall.come("brigade", minute=20)
    hall.go("brigade", minute=90)
    with pytest.raises(Invalid, match=words):
        correct(hall, "member", "brigade", came, left)
    assert hall.spans("brigade") == [("Sở chỉ huy", 20, 90)]
    assert not AttendanceCorrection.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_reason_is_given(hall: Hall, reason: str) -> None:
    hall.come("brigade", minute=20)
    with pytest.raises(Invalid, match="lý do"):
        correct(hall, "member", "brigade", 10, reason=reason)


def test_nobody_is_at_two_places_at_once(hall: Hall) -> None:
    hall.come("brigade", minute=10)
    hall.go("brigade", minute=40)
    hall.come("brigade", minute=60)
    with pytest.raises(Conflict, match="trùng với khoảng"):
        correct(hall, "member", "brigade", 30, number=1)
    with pytest.raises(Conflict, match="trùng với khoảng"):
        correct(hall, "member", "brigade", 10, 61)
    correct(hall, "member", "brigade", 40, number=1)  # one ends where the other begins
    correct(hall, "member", "brigade", 5, 40)
    assert hall.spans("brigade") == [("Sở chỉ huy", 5, 40), ("Sở chỉ huy", 40, None)]


def test_an_interval_of_somebody_else_or_taken_back_is_not_found(hall: Hall) -> None:
    other = hall.come("secretary", minute=20)
    hall.come("brigade", minute=20)
    for span in (other.pk, 10**6):
        with pytest.raises(NotFound):
            correct(hall, "member", "brigade", 10, span=span)


def test_after_the_minutes_are_approved_times_stand(hall: Hall) -> None:
    hall.come("brigade", minute=20)
    Minutes.objects.create(conference=hall.conference, state="approved")
    with pytest.raises(Conflict, match="đã thông qua"):
        correct(hall, "member", "brigade", 10)


def test_after_the_session_times_may_still_be_put_right(hall: Hall) -> None:
    hall.come("brigade", minute=20)
    clerk = hall.actor("clerk")
    floor.open_session(actor=clerk, conference=hall.conference, now=hall.at(30))
    floor.close_session(actor=clerk, conference=hall.conference, now=hall.at(100))
    correct(hall, "member", "brigade", 0, 80)
    assert hall.spans("brigade") == [("Sở chỉ huy", 0, 80)]


def test_a_decision_keeps_the_number_present_that_was_counted_then(hall: Hall) -> None:
    for who in ("secretary", "brigade", HEAD):
        hall.come(who, minute=0)
    clerk = hall.actor("clerk")
    floor.open_session(actor=clerk, conference=hall.conference, now=hall.at(5))
    poll = deciding.new_poll(
        actor=clerk, conference=hall.conference, title="Nghị quyết", mode=Mode.OPEN,
        questions=[NewQuestion(QuestionKind.YES_NO, "Nhất trí")], denominator=Denominator.PRESENT,
        majority=Majority.HALF, now=hall.at(6),
    )  # fmt: skip
    deciding.open_vote(actor=clerk, conference=hall.conference, poll=poll, now=hall.at(30))
    assert hall.quorum(30).present == 3
    correct(hall, "member", "brigade", 40)  # had not come yet when the vote was opened
    assert hall.quorum(30).present == 2
    shown = [(one.title, one.present, one.summoned) for one in correcting.decisions_of(hall.conference)]
    assert shown == [("Nghị quyết", 3, 3)]
    assert poll.roll.count() == 3


def test_corrections_are_append_only_in_the_database(hall: Hall) -> None:
    hall.come("brigade", minute=20)
    kept = correct(hall, "member", "brigade", 10)
    rows = AttendanceCorrection.objects.filter(pk=kept.pk)
    for change in (lambda: rows.update(reason="khác"), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert rows.get().reason == WHY


def test_who_was_corrected_is_not_taken_off_the_list(hall: Hall) -> None:
    hall.come("brigade", minute=20)
    correct(hall, "member", "brigade", 19, now=hall.at(21))
    attending.undo(actor=hall.actor("member"), attendance=hall.row("brigade"), now=hall.at(22))
    with pytest.raises(Conflict, match="điểm danh"):
        inviting.withdraw_invitation(
            actor=hall.actor("clerk"), invitation=hall.row("brigade").invitation, now=hall.at(23)
        )


def test_the_clock_of_the_wall_decides_the_day(hall: Hall) -> None:
    """23:30 UTC of the day before is the morning of the conference in Việt Nam."""
    hall.come("brigade", minute=20)
    midnight = timezone.make_aware(dt.datetime.combine(hall.conference.date_start, dt.time()))
    early = (midnight - hall.region.now).total_seconds() / 60
    correct(hall, "member", "brigade", early)
    with pytest.raises(Invalid, match="ngày đó"):
        correct(hall, "member", "brigade", early - 1)
