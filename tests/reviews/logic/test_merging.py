"""Two people in one paragraph: their words are joined where they can be, and never lost."""

from __future__ import annotations

import random

import pytest

from soi.reviews.logic.merging import join, words

BASE = "Đảng ủy đã lãnh đạo hoàn thành 12 nhiệm vụ. Công tác kiểm tra còn chậm."


def test_changes_in_different_places_stand_together() -> None:
    mine = BASE.replace("12", "13")
    theirs = BASE.replace("còn chậm", "còn chậm ở hai đơn vị")

    assert join(BASE, mine, theirs) == (
        "Đảng ủy đã lãnh đạo hoàn thành 13 nhiệm vụ. Công tác kiểm tra còn chậm ở hai đơn vị."
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("12", "13"), BASE.replace("12", "14")),
        (BASE + " Câu của tôi.", BASE + " Câu của người khác."),
        (BASE.replace("còn chậm.", ""), BASE.replace("còn chậm.", "còn chậm, thiếu chủ động.")),
        (BASE.replace("12 ", "hơn 12 "), BASE.replace("12 ", "gần 12 ")),
    ],
)
def test_the_same_place_is_left_to_a_person(mine: str, theirs: str) -> None:
    assert join(BASE, mine, theirs) is None


def test_who_changed_nothing_takes_the_other() -> None:
    assert join(BASE, BASE, "Khác hẳn.") == "Khác hẳn."
    assert join(BASE, "Khác hẳn.", BASE) == "Khác hẳn."
    assert join(BASE, "Khác hẳn.", "Khác hẳn.") == "Khác hẳn."


def test_the_same_change_from_both_stands_once() -> None:
    mine = BASE.replace("12", "13")
    theirs = mine.replace("còn chậm", "đã kịp thời")

    assert join(BASE, mine, theirs) == theirs


def test_line_breaks_and_blanks_are_words_too() -> None:
    text = "Một  hai\n\nba\tbốn "

    assert "".join(words(text)) == text


def test_random_edits_of_two_lose_no_word() -> None:
    """Each puts in words nobody else has; joined, they all stand, and only what one of the two took out is gone."""
    seed = random.randrange(2**32)  # noqa: S311 (a test)
    print(f"seed {seed}")  # noqa: T201
    dice = random.Random(seed)  # noqa: S311 (a test)
    joined = 0
    for _round in range(2000):
        base = [f"từ{number}" for number in range(dice.randrange(1, 40))]
        (mine, my_new, my_gone), (theirs, their_new, their_gone) = (
            _edited(dice, base, mark) for mark in ("tôi", "họ")
        )
        both = join(" ".join(base), " ".join(mine), " ".join(theirs))
        if both is None:
            continue
        joined += 1
        said = both.split()
        assert my_new | their_new <= set(said), (seed, base, mine, theirs)
        assert set(base) - my_gone - their_gone <= set(said), (seed, base, mine, theirs)
        assert not (my_gone | their_gone) & set(said), (seed, base, mine, theirs)
        assert len(said) == len(set(said)), (seed, base, mine, theirs)
    assert joined > 100, seed


def _edited(dice: random.Random, base: list[str], mark: str) -> tuple[list[str], set[str], set[str]]:
    """A few places changed; the words put in, and those taken out."""
    text, put, gone = list(base), set(), set()
    for number in range(dice.randrange(1, 4)):
        at = dice.randrange(len(text) + 1)
        if dice.random() < 0.4 and at < len(text):
            gone.add(text.pop(at))
        else:
            put.add(word := f"{mark}{number}")
            text.insert(at, word)
    return text, put - gone, gone & set(base)
