"""Phiếu giấy: two tellers, each alone; equal numbers are the result, others are refused by name of the line."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from soi.ballots import outcome, paper
from soi.ballots.enums import Mode, PollState, QuestionKind
from soi.ballots.logic.majority import Asked as Printed
from soi.ballots.logic.paper import LineCount, Sheet, differences, faults
from soi.ballots.models import PaperCount, Poll, Tally
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.documents import actions as documents
from soi.history.models import Event
from tests.ballots.rows import Asked, brought_to, draft
from tests.factories import Region

GOOD = Sheet(6, 6, {1: LineCount(5, {1: 4, 2: 1})})
ELECTION = Asked(QuestionKind.ELECT, "Bầu hai người", ("An", "Bình", "Cần"), 2)


def closed(region: Region, *asked: Asked, **more: Any) -> Poll:
    return brought_to(draft(region, *asked, mode=Mode.PAPER, voters=6, **more), PollState.CLOSED, region)


def enter(region: Region, poll: Poll, who: str, sheet: Sheet = GOOD, **more: Any) -> paper.Entered:
    return paper.enter_paper_count(actor=region.actor(who), poll=poll, sheet=sheet, now=region.now, **more)


# --- pure ------------------------------------------------------------------------------------------------

YES_NO = {1: Printed("yes_no", (1, 2))}
ELECT = {1: Printed("elect", (1, 2, 3), 2)}


@pytest.mark.parametrize(
    ("sheet", "asked", "wrong"),
    [
        (GOOD, YES_NO, []),
        (dataclasses.replace(GOOD, issued=7), YES_NO, ["issued_over_roll"]),
        (dataclasses.replace(GOOD, issued=5), YES_NO, ["returned_over_issued"]),
        (Sheet(6, 4, {1: LineCount(5, {1: 4, 2: 1})}), YES_NO, ["valid_over_returned"]),
        (Sheet(6, 6, {1: LineCount(5, {1: 4, 2: 2})}), YES_NO, ["votes_do_not_add_up"]),
        (Sheet(6, 6, {1: LineCount(5, {1: 4, 2: 0})}), YES_NO, ["votes_do_not_add_up"]),
        (Sheet(6, 6, {1: LineCount(5, {1: 5, 2: 4, 3: 1})}), ELECT, []),
        (Sheet(6, 6, {1: LineCount(5, {1: 5, 2: 0, 3: 0})}), ELECT, []),
        # Eleven marks cannot stand on five papers of two each, nor six for one candidate, nor four in all.
        (Sheet(6, 6, {1: LineCount(5, {1: 5, 2: 5, 3: 1})}), ELECT, ["votes_do_not_add_up"]),
        (Sheet(6, 6, {1: LineCount(5, {1: 6, 2: 0, 3: 0})}), ELECT, ["votes_do_not_add_up"]),
        (Sheet(6, 6, {1: LineCount(5, {1: 4, 2: 0, 3: 0})}), ELECT, ["votes_do_not_add_up"]),
    ],
)
def test_what_no_box_could_give(sheet: Sheet, asked: dict[int, Printed], wrong: list[str]) -> None:
    assert [fault.what for fault in faults(sheet, asked, 6)] == wrong


def test_every_line_that_differs_is_named() -> None:
    other = Sheet(5, 4, {1: LineCount(4, {1: 3, 2: 1})})
    found = [(fault.what, fault.question, fault.option) for fault in differences(GOOD, other)]
    expected = [("issued", None, None), ("returned", None, None), ("valid", 1, None), ("votes", 1, 1)]
    assert found == expected
    assert list(differences(GOOD, GOOD)) == []


def test_a_sheet_is_read_back_as_it_was_kept() -> None:
    assert paper.sheet_of(GOOD.as_json()) == GOOD  # type: ignore[arg-type]


# --- two tellers ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_two_equal_counts_are_the_result(region: Region) -> None:
    poll = closed(region)
    assert not enter(region, poll, "press").agreed
    poll.refresh_from_db()
    assert (poll.state, Tally.objects.count()) == (PollState.CLOSED, 0)
    assert enter(region, poll, "inspector").agreed
    poll.refresh_from_db()
    assert (poll.state, poll.counted_at) == (PollState.COUNTED, region.now)
    found = outcome.result(region.actor("clerk"), poll)
    assert found is not None
    line = found.questions[0]
    assert (line.issued, line.returned, line.valid, line.invalid) == (6, 6, 5, 1)
    assert [option.votes for option in line.options] == [4, 1]


@pytest.mark.django_db
def test_one_teller_twice_is_not_two_tellers(region: Region) -> None:
    poll = closed(region)
    enter(region, poll, "press")
    assert not enter(region, poll, "press").agreed
    poll.refresh_from_db()
    assert poll.state == PollState.CLOSED


@pytest.mark.django_db
def test_a_difference_names_the_line_and_not_the_number(region: Region) -> None:
    poll = closed(region, Asked(text="Nghị quyết"), ELECTION)
    good = Sheet(6, 6, {1: LineCount(6, {1: 5, 2: 1}), 2: LineCount(6, {1: 6, 2: 3, 3: 2})})
    enter(region, poll, "press", good)
    other = dataclasses.replace(good, lines={**good.lines, 2: LineCount(6, {1: 6, 2: 2, 3: 3})})
    with pytest.raises(Conflict) as refused:
        enter(region, poll, "inspector", other)
    said = refused.value.sentence
    assert "«Bầu hai người», số phiếu của «Bình»; «Bầu hai người», số phiếu của «Cần»" in said
    assert "Vũ Thị Báo" in said
    assert not any(digit in said for digit in "0123456789")
    assert PaperCount.objects.count() == 1
    # Whoever was wrong mends his own; the other then agrees.
    enter(region, poll, "press", other)
    assert enter(region, poll, "inspector", other).agreed


@pytest.mark.django_db
def test_a_third_teller_may_agree_with_either(region: Region) -> None:
    poll = draft(region, mode=Mode.PAPER, voters=6)
    poll.tellers.create(person=region.people["commander"])
    brought_to(poll, PollState.CLOSED, region)
    wrong = Sheet(6, 6, {1: LineCount(5, {1: 3, 2: 2})})
    enter(region, poll, "press", wrong)
    with pytest.raises(Conflict):
        enter(region, poll, "inspector")
    assert enter(region, poll, "commander", wrong).agreed


@pytest.mark.django_db
def test_numbers_that_cannot_be_are_refused(region: Region) -> None:
    poll = closed(region)
    with pytest.raises(Invalid, match="không khớp với số phiếu hợp lệ"):
        enter(region, poll, "press", Sheet(6, 6, {1: LineCount(5, {1: 5, 2: 5})}))
    with pytest.raises(Invalid, match="nhiều hơn số người trong danh sách"):
        enter(region, poll, "press", dataclasses.replace(GOOD, issued=7))
    with pytest.raises(Invalid, match="đủ số phiếu"):
        enter(region, poll, "press", Sheet(6, 6, {}))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_only_tellers_enter_numbers(region: Region, who: str) -> None:
    with pytest.raises(NotAllowed):
        enter(region, closed(region), who)


@pytest.mark.django_db
def test_whoever_has_no_part_does_not_find_it(region: Region) -> None:
    with pytest.raises(NotFound):
        enter(region, closed(region), "brigade")


@pytest.mark.django_db
@pytest.mark.parametrize("state", [PollState.DRAFT, PollState.OPEN])
def test_not_before_it_is_closed(region: Region, state: PollState) -> None:
    poll = brought_to(draft(region, mode=Mode.PAPER, voters=6), state, region)
    with pytest.raises(Conflict):
        enter(region, poll, "press")


@pytest.mark.django_db
def test_not_after_it_is_counted(region: Region) -> None:
    poll = closed(region)
    enter(region, poll, "press")
    enter(region, poll, "inspector")
    with pytest.raises(Conflict):
        enter(region, poll, "press")


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [Mode.OPEN, Mode.SECRET])
def test_only_paper_is_entered_by_hand(region: Region, mode: Mode) -> None:
    poll = brought_to(draft(region, mode=mode, voters=6), PollState.CLOSED, region)
    with pytest.raises(Conflict, match="phiếu giấy"):
        enter(region, poll, "press")


@pytest.mark.django_db
def test_the_history_tells_who_entered_and_no_number(region: Region) -> None:
    poll = closed(region)
    enter(region, poll, "press")
    enter(region, poll, "inspector")
    events = Event.objects.filter(action__startswith="ballots.").order_by("pk")
    assert [event.action for event in events] == ["ballots.enter_paper", "ballots.count"]
    assert [event.actor_label for event in events] == ["Vũ Thị Báo", "Ngô Văn Kiểm"]
    assert all("counts" not in event.payload.facts for event in events)


@pytest.mark.django_db
def test_the_scan_stays_with_the_entry_that_brought_it(region: Region) -> None:
    poll = closed(region)
    scan = documents.receive_evidence(
        actor=region.system, organization=poll.organization, data=b"anh chup", filename="phieu.txt",
        now=region.now,
    )  # fmt: skip
    enter(region, poll, "inspector", scan=scan)
    enter(region, poll, "inspector")
    assert PaperCount.objects.get().scan == scan


@pytest.mark.django_db
def test_nobody_reads_the_other_entry(region: Region) -> None:
    poll = closed(region)
    enter(region, poll, "press")
    assert paper.entry_of(region.actor("press"), poll) == GOOD
    assert paper.entry_of(region.actor("inspector"), poll) is None
    assert paper.entry_of(region.system, poll) is None
    assert [str(teller.person) for teller in paper.entered_by(poll)] == ["Vũ Thị Báo"]
