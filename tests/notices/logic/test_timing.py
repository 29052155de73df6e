"""Giờ nghỉ, giờ gửi thư gộp, các mốc báo hạn: the minute before and the minute after, the day before and after."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.notices.logic.timing import Quiet, calls, long_overdue, next_digest, wait_before

NIGHT = Quiet(dt.time(21), dt.time(6))
NONE = Quiet(dt.time(0), dt.time(0))
DUE = dt.date(2021, 12, 15)


def at(text: str) -> dt.datetime:
    return dt.datetime.strptime(f"2021-12-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        ("01 20:59", "01 20:59"),
        ("01 21:00", "02 06:00"),
        ("01 23:59", "02 06:00"),
        ("02 00:00", "02 06:00"),
        ("02 05:59", "02 06:00"),
        ("02 06:00", "02 06:00"),
        ("02 12:00", "02 12:00"),
    ],
)
def test_quiet_hours_over_midnight(moment: str, after: str) -> None:
    assert NIGHT.over(at(moment)) == at(after)


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = Quiet(dt.time(11, 30), dt.time(13, 30))
    assert noon.over(at("01 11:29")) == at("01 11:29")
    assert noon.over(at("01 11:30")) == at("01 13:30")
    assert noon.over(at("01 13:30")) == at("01 13:30")
    for hour in range(24):
        assert NONE.over(at(f"01 {hour:02}:00")) == at(f"01 {hour:02}:00")


def test_quiet_nearly_all_day_still_ends() -> None:
    nearly = Quiet(dt.time(7), dt.time(6, 59))
    assert nearly.over(at("01 07:00")) == at("02 06:59")


@pytest.mark.parametrize(
    ("moment", "sent"), [("01 06:59", "01 07:00"), ("01 07:00", "02 07:00"), ("01 23:00", "02 07:00")]
)
def test_the_digest_of_the_day(moment: str, sent: str) -> None:
    assert next_digest(at(moment), NIGHT) == at(sent)


def test_a_digest_in_the_hours_of_rest_waits_for_their_end() -> None:
    assert next_digest(at("01 06:00"), Quiet(dt.time(21), dt.time(8, 30))) == at("01 08:30")


@pytest.mark.parametrize(
    ("days", "kind", "called"),
    [
        (-8, "", 0),
        (-7, "due_in_a_week", -7),
        (-2, "due_in_a_week", -7),
        (-1, "due_tomorrow", -1),
        (0, "due_tomorrow", -1),
        (1, "overdue", 1),
        (7, "overdue", 1),
        (8, "overdue", 8),
        (14, "overdue", 8),
        (15, "overdue", 15),
        (400, "overdue", 400 - 0),
    ],
)
def test_calls_of_a_date(days: int, kind: str, called: int) -> None:
    found = calls(DUE, DUE + dt.timedelta(days=days))
    if not kind:
        assert found == []
        return
    assert [call.kind for call in found] == [kind]
    if days < 400:
        assert found[0].day == DUE + dt.timedelta(days=called)
    assert dt.timedelta(0) <= DUE + dt.timedelta(days=days) - found[0].day < dt.timedelta(days=7)


def test_who_was_given_work_due_soon_is_not_told_at_once_that_it_is_due_soon() -> None:
    given = DUE - dt.timedelta(days=3)
    assert calls(DUE, given, since=given) == []
    assert calls(DUE, DUE - dt.timedelta(days=1), since=given) != []
    assert calls(DUE, DUE, since=DUE - dt.timedelta(days=1)) == []
    assert calls(DUE, DUE + dt.timedelta(days=1), since=DUE) != []


@pytest.mark.parametrize(("days", "told"), [(13, False), (14, True), (20, True), (21, False), (400, False)])
def test_the_superior_is_told_after_two_weeks(days: int, told: bool) -> None:
    found = long_overdue(DUE, DUE + dt.timedelta(days=days))
    assert bool(found) is told
    assert all(call.day == DUE + dt.timedelta(days=14) for call in found)


def test_waiting_grows_and_ends_growing() -> None:
    waits = [wait_before(tries) for tries in range(50)]
    assert waits == sorted(waits)
    assert waits[0] == dt.timedelta(minutes=5)
    assert waits[-1] == dt.timedelta(hours=6)
