"""Người đếm độc lập: the same rules once more, by another road: ballot by ballot, in whole numbers, by sorting.

Nothing of ``soi.ballots.logic`` is used here; the two must agree on every poll (test B6).
"""

from __future__ import annotations

from typing import Any


def count(poll: dict[str, Any]) -> dict[str, Any]:
    """The record of one poll: heaps of paper first, then the question whether a heap is high enough."""
    heaps: dict[int, list[int]] = {option: [] for option in poll["options"]}
    spoiled, empty = [], 0
    for position, paper in enumerate(poll["ballots"]):
        if _spoiled(paper, poll):
            spoiled.append(position)
            empty += 1 if len(paper) == 0 else 0
            continue
        for mark in paper:
            heaps[mark].append(position)
    good_papers = len(poll["ballots"]) - len(spoiled)
    votes = {option: len(heap) for option, heap in heaps.items()}
    whole = dict(poll["numbers"], valid=good_papers)[poll["denominator"]]
    return {
        "valid": good_papers,
        "invalid": len(spoiled),
        "blank": empty,
        "votes": votes,
        **_judge(poll, votes, whole),
    }


def _spoiled(paper: list[int], poll: dict[str, Any]) -> bool:
    if not paper:
        return True
    for mark in paper:
        if mark not in poll["options"] or paper.count(mark) > 1:
            return True
    return len(paper) > (poll["seats"] if poll["kind"] == "elect" else 1)


def _high_enough(height: int, whole: int, majority: str) -> bool:
    if whole == 0:
        return False
    if majority == "two_thirds":
        return 3 * height >= 2 * whole
    return height > whole - height


def _judge(poll: dict[str, Any], votes: dict[int, int], whole: int) -> dict[str, Any]:
    if poll["kind"] == "elect":
        return _seats(poll, votes, whole)
    if poll["kind"] == "levels":
        return {"winners": _level(poll, votes, whole)}
    yes = poll["options"][0]
    if poll["majority"] == "relative":
        won = all(votes[yes] > votes[other] for other in poll["options"][1:])
    else:
        won = _high_enough(votes[yes], whole, poll["majority"])
    return {"winners": [yes] if won else []}


def _level(poll: dict[str, Any], votes: dict[int, int], whole: int) -> list[int]:
    if poll["majority"] == "relative":
        top = sorted(votes.values())
        alone = top[-1] > 0 and (len(top) == 1 or top[-2] < top[-1])
        return [option for option in poll["options"] if votes[option] == top[-1]] if alone else []
    # From the worst level upward: the last one that still has enough at or above it.
    reached: list[int] = []
    for place in range(len(poll["options"]), 0, -1):
        if _high_enough(sum(votes[option] for option in poll["options"][:place]), whole, poll["majority"]):
            reached = [poll["options"][place - 1]]
    return reached


def _seats(poll: dict[str, Any], votes: dict[int, int], whole: int) -> dict[str, Any]:
    """Each candidate asks how many who are eligible stand above, and how many beside."""
    fit = {
        option
        for option in poll["options"]
        if (
            votes[option] > 0
            if poll["majority"] == "relative"
            else _high_enough(votes[option], whole, poll["majority"])
        )
    }
    winners, tied = set(), set()
    for option in fit:
        above = sum(votes[other] > votes[option] for other in fit)
        beside = sum(votes[other] == votes[option] for other in fit)
        if above + beside <= poll["seats"]:
            winners.add(option)
        elif above < poll["seats"]:
            tied.add(option)
    left = poll["seats"] - len(winners)
    again = tied or ({option for option in poll["options"] if option not in winners} if left else set())
    return {"winners": winners, "tied": tied, "again": again, "left": left}
