"""Kỳ bằng chữ: labels said in words, and words read back."""

from __future__ import annotations

import pytest

from soi.web.period_words import EXAMPLES, read, say


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2021-Q1", "quý I/2021"),
        ("2021-Q4", "quý IV/2021"),
        ("2021-H1", "6 tháng đầu năm 2021"),
        ("2021-H2", "6 tháng cuối năm 2021"),
        ("2017-9M", "9 tháng năm 2017"),
        ("2022-11", "tháng 11/2022"),
        ("2021", "năm 2021"),
        ("2020-2025", "nhiệm kỳ 2020-2025"),
        ("P5Y", "5 năm thực hiện"),
        ("2021-Q1, 2021", "quý I/2021, năm 2021"),
        ("", ""),
    ],
)
def test_there_and_back(label: str, words: str) -> None:
    assert say(label) == words
    assert read(words) == label
    assert read(label) == label


def test_what_a_clerk_types() -> None:
    assert read("Quý 1 năm 2021") == "2021-Q1"
    assert read("  NĂM 2021 ") == "2021"
    assert read("nhiệm kỳ 2020 – 2025") == "2020-2025"


@pytest.mark.parametrize("words", ["quý I", "hồi trước", "năm nay", "13"])
def test_what_cannot_be_placed_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(words)


def test_every_example_given_to_the_clerk_is_understood() -> None:
    assert all(read(example) for example in EXAMPLES.split(", "))


def test_unknown_label_is_shown_as_it_is() -> None:
    assert say("đợt 2") == "đợt 2"
