"""Bảng trạng thái: total, nothing leads back, and the actions keep to it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from soi.ballots import actions, casting, counting, policies
from soi.ballots.enums import Mode, PollState, QuestionKind, Verb
from soi.ballots.models import BoxItem, KeyShare, Poll
from soi.ballots.transitions import STEPS, TABLE, Move, Refused
from soi.base.errors import Conflict, Invalid
from tests.ballots import box
from tests.factories import Region

ORDER = [PollState.DRAFT, PollState.OPEN, PollState.CLOSED, PollState.COUNTED, PollState.PUBLISHED]


@pytest.mark.parametrize("state", PollState)
@pytest.mark.parametrize("verb", Verb)
def test_every_state_answers_every_verb(state: PollState, verb: Verb) -> None:
    row = TABLE[state, verb]
    if isinstance(row, Refused):
        assert row.sentence.endswith(".")
        assert policies.refusal(state, verb) == row.sentence
        with pytest.raises(Conflict, match=row.sentence[:20]):
            policies.next_state(state, verb)
    else:
        assert policies.refusal(state, verb) == ""
        assert policies.next_state(state, verb) == row.target


def test_the_table_is_exactly_this_wide() -> None:
    assert set(TABLE) == {(state, verb) for state in PollState for verb in Verb}
    assert set(STEPS) == {
        *pairwise(ORDER),
        *((state, PollState.ANNULLED) for state in ORDER[:-1]),
    }


def test_a_ballot_is_taken_in_the_open_state_only() -> None:
    taking = [state for state in PollState if isinstance(TABLE[state, Verb.CAST], Move)]
    assert taking == [PollState.OPEN]


def test_what_was_published_or_annulled_moves_nowhere() -> None:
    for state in (PollState.PUBLISHED, PollState.ANNULLED):
        assert all(isinstance(TABLE[state, verb], Refused) for verb in Verb)


# --- the actions walk it -----------------------------------------------------------------------------------


def attempt(verb: Verb, poll: Poll, region: Region) -> None:
    """The action of a verb, with everything else right."""
    if verb == Verb.EDIT:
        actions.edit_poll(
            actor=box.SYSTEM, poll=poll, expected_version=poll.version, title="Tên khác", mode=poll.mode,
            questions=[box.QUESTION], denominator="present", majority="half", now=box.NOW,
        )  # fmt: skip
    elif verb == Verb.OPEN:
        actions.open_poll(
            actor=box.SYSTEM, poll=poll, roll=[region.people["secretary"].pk], summoned=1, present=1,
            now=box.NOW,
        )  # fmt: skip
    elif verb == Verb.CAST:
        casting.cast(actor=region.actor("secretary"), poll=poll, answers={1: [box.YES]}, now=box.NOW)
    elif verb == Verb.COUNT:
        counting.count_poll(actor=box.SYSTEM, poll=poll, now=box.NOW)
    elif verb == Verb.ANNUL:
        actions.annul_poll(actor=box.SYSTEM, poll=poll, reason="Sai danh sách", now=box.NOW)
    else:
        act = actions.close_poll if verb == Verb.CLOSE else actions.publish_poll
        act(actor=box.SYSTEM, poll=poll, now=box.NOW)


def brought_to(region: Region, state: PollState) -> Poll:
    poll = box.draft(region.bodies["region"], mode=Mode.OPEN)
    if state == PollState.ANNULLED:
        attempt(Verb.ANNUL, poll, region)
    way = {PollState.OPEN: Verb.OPEN, PollState.CLOSED: Verb.CLOSE, PollState.COUNTED: Verb.COUNT,
           PollState.PUBLISHED: Verb.PUBLISH}  # fmt: skip
    for step in ORDER[1 : ORDER.index(state) + 1] if state in ORDER else ():
        attempt(way[step], poll, region)
        poll.refresh_from_db()
    poll.refresh_from_db()
    return poll


@pytest.mark.parametrize("state", PollState)
def test_every_action_keeps_to_the_table(region: Region, state: PollState) -> None:
    for verb in Verb:
        poll = brought_to(region, state)
        assert poll.state == state
        row = TABLE[state, verb]
        if isinstance(row, Refused):
            with pytest.raises(Conflict) as refusal:
                attempt(verb, poll, region)
            assert refusal.value.sentence == row.sentence
        else:
            attempt(verb, poll, region)
        poll.refresh_from_db()
        assert poll.state == (state if isinstance(row, Refused) else row.target)


def test_a_stale_page_does_not_carry_a_poll_over_a_state(region: Region) -> None:
    """What the page showed as open may be closed by now: the row in the database decides."""
    stale = brought_to(region, PollState.OPEN)
    attempt(Verb.CLOSE, stale, region)
    assert stale.state == PollState.OPEN
    with pytest.raises(Conflict, match="đã đóng"):
        attempt(Verb.CLOSE, stale, region)
    with pytest.raises(Conflict, match="không nhận phiếu nữa"):
        attempt(Verb.CAST, stale, region)


# --- drafting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (actions.NewQuestion("yes_no", "  "), "ghi nội dung"),
        (actions.NewQuestion("other", "Câu"), "chọn loại"),
        (actions.NewQuestion("levels", "Câu", ("Tốt",)), "từ 2 đến"),
        (actions.NewQuestion("levels", "Câu", ("Tốt", " tốt ", "Tốt")), "trùng nhau"),
        (actions.NewQuestion("elect", "Câu", ("An", "Bình"), seats=3), "từ 1 đến 2"),
        (actions.NewQuestion("elect", "Câu", ("An", "Bình")), "từ 1 đến 2"),
        (actions.NewQuestion("elect", "Câu", tuple(f"Ông {n}" for n in range(201)), seats=1), "đến 200"),
        (actions.NewQuestion("elect", "Câu", ("An", " "), seats=1), "ghi các phương án"),
    ],
)
def test_a_question_that_cannot_be_voted_on_is_refused(
    region: Region, question: actions.NewQuestion, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        box.draft(region.bodies["region"], question)


def test_an_election_without_a_second_candidate_is_possible(region: Region) -> None:
    one = actions.NewQuestion(QuestionKind.ELECT, "Bầu bí thư", ("Ông An",), seats=1)
    assert box.draft(region.bodies["region"], one).questions.get().options.count() == 1


def test_yes_and_no_are_given_where_nothing_else_is_asked(region: Region) -> None:
    poll = box.draft(region.bodies["region"])
    assert [one.label for one in poll.questions.get().options.all()] == list(actions.YES_NO)


def test_editing_writes_the_whole_draft_anew_and_sees_who_was_faster(region: Region) -> None:
    poll = box.draft(region.bodies["region"], box.QUESTION, box.ELECTION)
    new = {"title": "Tên mới", "mode": Mode.PAPER, "denominator": "issued", "majority": "two_thirds"}
    edited = actions.edit_poll(
        actor=box.SYSTEM, poll=poll, expected_version=1, questions=[box.LEVELS], now=box.NOW, **new
    )
    assert {name: getattr(edited, name) for name in new} == new
    assert [row.text for row in edited.questions.all()] == [box.LEVELS.text]
    with pytest.raises(Conflict, match="vừa sửa"):
        actions.edit_poll(
            actor=box.SYSTEM, poll=poll, expected_version=1, questions=[box.LEVELS], now=box.NOW, **new
        )


def test_a_further_round_counts_on_and_stays_in_the_body(region: Region) -> None:
    first = box.draft(region.bodies["region"])
    again = {"actor": box.SYSTEM, "title": "Vòng hai", "mode": "open", "questions": [box.QUESTION],
             "denominator": "present", "majority": "half", "now": box.NOW, "earlier": first}  # fmt: skip
    assert actions.draft_poll(organization=region.bodies["region"], **again).round == 2
    with pytest.raises(Invalid, match="chính tổ chức này"):
        actions.draft_poll(organization=region.bodies["division"], **again)


# --- opening -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap")
def test_a_secret_ballot_opens_with_two_tellers_and_their_own_passphrases(region: Region) -> None:
    people = box.people(3)
    roll = {
        "actor": box.SYSTEM,
        "roll": [one.pk for one in people],
        "summoned": 3,
        "present": 3,
        "now": box.NOW,
    }
    alone = box.draft(region.bodies["region"])
    with pytest.raises(Conflict, match="ban kiểm phiếu"):
        actions.open_poll(poll=alone, **roll)
    poll = box.draft(region.bodies["region"], tellers=people[:2])
    one, two = box.words_of(poll)
    for words, sentence in [
        ({}, "ít nhất 12 ký tự"),
        ({one: box.WORDS[0]}, "ít nhất 12 ký tự"),
        ({one: box.WORDS[0], two: "ngắn quá"}, "ít nhất 12 ký tự"),
        ({one: box.WORDS[0], two: f" {box.WORDS[0]} "}, "giống nhau"),
    ]:
        with pytest.raises(Invalid, match=sentence):
            actions.open_poll(poll=poll, passphrases=words, **roll)
    assert not KeyShare.objects.exists()
    assert actions.open_poll(poll=poll, passphrases=box.words_of(poll), **roll).state == PollState.OPEN


def test_a_roll_must_be_somebody_and_the_numbers_must_fit(region: Region) -> None:
    poll = box.draft(region.bodies["region"], mode=Mode.OPEN)
    one, two = (person.pk for person in box.people(2))
    for roll, summoned, present in [([], 1, 1), ([one, one], 2, 2), ([one, two], 2, 1), ([one], 1, 2)]:
        with pytest.raises(Invalid):
            actions.open_poll(
                actor=box.SYSTEM, poll=poll, roll=roll, summoned=summoned, present=present, now=box.NOW
            )
    assert not poll.roll.exists()


@pytest.mark.usefixtures("cheap")
def test_annulling_destroys_the_unopened_box_and_its_key(region: Region) -> None:
    people = box.people(3)
    poll = box.opened(region.bodies["region"], people)
    box.vote(poll, people[0], {1: [box.YES]})
    with pytest.raises(Invalid, match="lý do"):
        actions.annul_poll(actor=box.SYSTEM, poll=poll, reason=" ", now=box.NOW)
    assert BoxItem.objects.count() == 2
    actions.annul_poll(actor=box.SYSTEM, poll=poll, reason="Mất mật khẩu", now=box.NOW)
    assert not BoxItem.objects.exists()
    assert not KeyShare.objects.exists()
    poll.refresh_from_db()
    assert (poll.state, poll.annul_reason) == (PollState.ANNULLED, "Mất mật khẩu")
