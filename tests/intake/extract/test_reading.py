"""Keys of the very same length as the text: every match is an offset in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading, cue, key_of, plain_cue, plain_of


@given(st.text(max_size=200))
def test_keys_keep_every_offset(text: str) -> None:
    assert len(key_of(text)) == len(text)
    assert len(plain_of(text)) == len(text)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("uỷ ban", "Ủy ban"),
        ("hoà bình", "HÒA BÌNH"),
        ("khoá XIII", "khóa xiii"),
        ("2020 – 2025", "2020 - 2025"),
    ],
)
def test_spellings_that_mean_the_same_have_one_key(one: str, two: str) -> None:
    assert key_of(one) == key_of(two)


def test_marks_that_make_another_word_stay_apart() -> None:
    assert key_of("quý") == "quý"
    assert key_of("toàn") == "toàn"
    assert key_of("đang") != key_of("đảng")


def test_a_long_cue_is_found_although_mistyped() -> None:
    reading = Reading("những han chế, khuyết điểm")
    match = reading.find_plain(plain_cue("hạn chế"), Span(0, len(reading.raw)))
    assert match is not None
    assert reading.raw[match.start() : match.end()] == "han chế"


def test_a_cue_is_whole_words_only() -> None:
    assert cue("dự").search(key_of("dự hội nghị"))
    assert not cue("dự").search(key_of("dựng xây"))


def test_an_empty_span_does_not_exist() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 3)
    assert Reading("  \n ").trimmed(0, 4) is None
