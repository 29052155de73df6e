"""Chữ trong báo cáo: shares that never lie, quarters that follow each other, names cut between words."""

from __future__ import annotations

import pytest

from soi.briefings.logic.wording import LONGEST_NAMED, ended, named, names, next_quarter, quarter, share


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (38, 45, "84,4%"),
        (3, 4, "75%"),
        (0, 7, "0%"),
        (7, 7, "100%"),
        (0, 0, "0%"),
        (9_999, 10_000, "99,9%"),
        (1, 100_000, "0,1%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_to_nothing(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_quarters_follow_each_other_over_the_year() -> None:
    assert [next_quarter(key) for key in ("2021-Q1", "2021-Q3", "2021-Q4")] == [
        "2021-Q2",
        "2021-Q4",
        "2022-Q1",
    ]
    assert quarter("2021-Q4") == "quý IV/2021"


def test_a_long_name_is_cut_between_words() -> None:
    cut = named("Kiểm tra " * 60 + ".")
    assert len(cut) <= LONGEST_NAMED + 1
    assert cut.endswith(("Kiểm…", "tra…"))
    assert named("Kiểm tra 12 chi bộ.\n") == "Kiểm tra 12 chi bộ"
    # One word without a blank is cut too, and does not vanish.
    assert named("x" * 400)


def test_a_list_of_names_says_how_many_more() -> None:
    assert names([]) == ""
    assert names(["A"]) == "A"
    assert names(["A", "B", "C"]) == "A, B và C"
    assert names([str(number) for number in range(20)], most=2) == "0, 1 và 18 đơn vị khác"


def test_a_sentence_ends_once() -> None:
    assert [ended(text) for text in ("Có", "Có.", "Có…")] == ["Có.", "Có.", "Có…"]
