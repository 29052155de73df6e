"""Nhịp: what no bell tells changes a number all the same, so that no open page shows yesterday's ballot."""

from __future__ import annotations

from soi.ballots import actions as ballots
from soi.ballots import casting, counting
from soi.ballots.models import Poll
from soi.conferences import pulse
from tests.conferences.hall import Hall
from tests.conferences.test_deciding import close, draft, put


def beat(hall: Hall) -> tuple[int, int]:
    return pulse.numbers([hall.conference.pk])[hall.conference.pk]


def test_each_vote_is_noticed(open_hall: Hall) -> None:
    poll = put(open_hall, draft(open_hall))
    before = beat(open_hall)
    casting.cast(actor=open_hall.actor("member"), poll=poll, answers={1: (1,)}, now=open_hall.later())
    assert beat(open_hall) == (before[0], before[1] + 1)


def test_a_ballot_counted_or_annulled_on_its_own_page_is_noticed(open_hall: Hall) -> None:
    hall = open_hall
    put(hall, draft(hall))
    closed = close(hall)
    spare = draft(hall, title="Bỏ phiếu khác")
    before = beat(hall)
    counting.count_poll(actor=hall.actor("clerk"), poll=closed, now=hall.later())
    counted = beat(hall)
    assert counted == (before[0], before[1] + 1)
    ballots.annul_poll(
        actor=hall.actor("clerk"),
        poll=Poll.objects.get(pk=spare.pk),
        reason="Trùng nội dung",
        now=hall.later(),
    )
    assert beat(hall) == (counted[0], counted[1] + 1)


def test_a_room_of_no_session_has_no_number(hall: Hall) -> None:
    assert pulse.numbers([0]) == {}
