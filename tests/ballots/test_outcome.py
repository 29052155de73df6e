"""Kết quả: what each viewer sees, when; and of a small body never a number (B8)."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from soi.ballots import outcome, wording
from soi.ballots.enums import Denominator, Mode, PollState, QuestionKind
from soi.ballots.logic.majority import Result
from soi.ballots.outcome import PollResult
from soi.base.errors import NotAllowed
from tests.ballots.rows import LEVELS, Asked, brought_to, counted, draft
from tests.factories import Region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(PollState))
def test_nothing_before_it_is_counted_and_published(region: Region, state: PollState) -> None:
    if state in {PollState.COUNTED, PollState.PUBLISHED}:
        poll = counted(region, Asked(votes={1: 5}), state=state, voters=5)
    else:
        poll = brought_to(draft(region, voters=5), state, region)
    voter, teller, lead = (region.actor(key) for key in ("division", "press", "clerk"))
    is_out, is_counted = state == PollState.PUBLISHED, state in {PollState.COUNTED, PollState.PUBLISHED}
    assert (outcome.result(voter, poll) is not None) is is_out
    assert (outcome.published(poll) is not None) is is_out
    assert (outcome.result(teller, poll) is not None) is is_counted
    assert (outcome.result(lead, poll) is not None) is is_counted


def numbers_in(found: PollResult | None) -> list[object]:
    """Every number of votes or people that the answer carries."""
    assert found is not None
    kept = [found.summoned, found.present]
    for question in found.questions:
        kept += [question.issued, question.returned, question.valid, question.invalid, question.base]
        kept += [question.needed, *question.tied, *(option.votes for option in question.options)]
    return [each for each in kept if each is not None]


@pytest.mark.parametrize("voters", range(1, 7))
def test_all_outcomes_of_small_bodies(region: Region, voters: int) -> None:
    """Every split of yes, no and spoiled: the same words whatever the split behind one outcome."""
    seen: dict[Result, set[object]] = {}
    for yes in range(voters + 1):
        for no in range(voters - yes + 1):
            poll = counted(region, Asked(votes={1: yes, 2: no}, valid=yes + no), voters=voters)
            for key in ("division", "press", "clerk", "secretary"):
                found = outcome.result(region.actor(key), poll)
                assert found is not None
                assert found.hidden is (voters < 5)
                assert bool(numbers_in(found)) is (voters >= 5)
                seen.setdefault(found.questions[0].result, set()).add(
                    dataclasses.replace(found, poll_id=0) if voters < 5 else None
                )
    assert all(len(answers) == 1 for answers in seen.values())


@pytest.mark.parametrize("mode", list(Mode))
def test_only_a_vote_by_name_shows_numbers_of_a_small_body(region: Region, mode: Mode) -> None:
    poll = counted(region, Asked(votes={1: 2, 2: 1}), mode=mode, voters=3)
    found = outcome.result(region.actor("clerk"), poll)
    assert bool(numbers_in(found)) is (mode == Mode.OPEN)
    assert outcome.is_small(poll) is (mode != Mode.OPEN)


def test_an_election_of_a_small_body_does_not_tell_the_order(region: Region) -> None:
    """Winners in the order of the ballot paper, whoever had more votes."""
    answers = set()
    for first, second in itertools.product((2, 3), repeat=2):
        asked = Asked(QuestionKind.ELECT, "Bầu hai người", ("An", "Bình", "Cần"), 2, {1: first, 2: second})
        found = outcome.published(counted(region, asked, voters=3))
        assert found is not None
        answers.add((found.questions[0].winners, found.questions[0].tied))
    assert answers == {(("An", "Bình"), ())}


def test_a_larger_body_reads_every_number(region: Region) -> None:
    asked = Asked(QuestionKind.LEVELS, "Đồng chí An", LEVELS, votes={1: 2, 2: 2, 3: 1}, valid=5)
    poll = counted(region, asked, voters=6)
    found = outcome.published(poll)
    assert found is not None
    line = found.questions[0]
    assert (line.issued, line.returned, line.valid, line.invalid, line.needed) == (6, 6, 5, 1, 4)
    assert [option.votes for option in line.options] == [2, 2, 1, 0, 0]
    assert wording.sentence(line) == "Hoàn thành tốt nhiệm vụ"


@pytest.mark.parametrize(
    ("denominator", "passed"), [(Denominator.SUMMONED, False), (Denominator.VALID, True)]
)
def test_the_rule_decides_by_its_own_denominator(
    region: Region, denominator: Denominator, passed: bool
) -> None:
    poll = counted(region, Asked(votes={1: 3, 2: 1}, valid=4), voters=6, denominator=denominator)
    found = outcome.published(poll)
    assert found is not None
    assert (found.questions[0].result is Result.PASSED) is passed


def test_the_record_in_full_is_for_the_tellers(region: Region) -> None:
    poll = counted(region, Asked(votes={1: 2, 2: 1}), voters=3)
    assert outcome.record(region.actor("press"), poll).questions[0].options[0].votes == 2
    for key in ("clerk", "secretary", "division"):
        with pytest.raises(NotAllowed, match="ban kiểm phiếu"):
            outcome.record(region.actor(key), poll)


def test_no_record_before_the_count(region: Region) -> None:
    poll = brought_to(draft(region), PollState.CLOSED, region)
    with pytest.raises(NotAllowed):
        outcome.record(region.actor("press"), poll)


def test_words_of_an_outcome(region: Region) -> None:
    asked = Asked(QuestionKind.ELECT, "Bầu", ("An", "Bình", "Cần"), 2, {1: 6, 2: 3, 3: 3}, valid=6)
    found = outcome.published(counted(region, asked, voters=6))
    assert found is not None
    assert wording.sentence(found.questions[0]) == "Trúng cử: An. Còn bầu tiếp 1 người trong số: Bình, Cần"
    assert wording.rule("summoned", "half") == "Quá nửa tổng số người được triệu tập"
