"""Lines, sentences and items keep their offsets and do not cut where Vietnamese papers do not stop."""

from __future__ import annotations

import pytest

from soi.intake.extract.model import Span
from soi.intake.extract.reading import Reading
from soi.intake.extract.segments import lines, sentences, split_items, without_marker, without_stop


def cut(text: str) -> list[str]:
    reading = Reading(text)
    return [span.of(text) for line in lines(reading) for span in sentences(reading, line)]


def items(text: str) -> list[str]:
    return [span.of(text) for span in split_items(Reading(text), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu đạt 4.210,5 tỷ đồng. Chi đúng dự toán.", ["Thu đạt 4.210,5 tỷ đồng.", "Chi đúng dự toán."]),
        ("Đồng chí TS. Lò Văn Ín dự. Hội nghị bế mạc.", ["Đồng chí TS. Lò Văn Ín dự.", "Hội nghị bế mạc."]),
        ("Tại TP. Lạng Giang có mưa.", ["Tại TP. Lạng Giang có mưa."]),
        ("Còn chậm... Tuy vậy, đã đạt.", ["Còn chậm...", "Tuy vậy, đã đạt."]),
        ("Các khâu (thuế, phí,…) tiếp tục giảm.", ["Các khâu (thuế, phí,…) tiếp tục giảm."]),
        (
            "Về phía Hội có: GS.TS.\nKha Văn Lý, Phó Chủ tịch.",
            ["Về phía Hội có: GS.TS.\nKha Văn Lý, Phó Chủ tịch."],
        ),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_sentence_has_a_longest_length() -> None:
    pieces = cut("chữ " * 4000)
    assert len(pieces) > 4
    assert max(map(len, pieces)) <= 3000


def test_items_are_not_cut_inside_brackets() -> None:
    assert items("nộp đủ (thuế; phí); chi đúng") == ["nộp đủ (thuế; phí)", "chi đúng"]
    assert items("mở ( mà không đóng; " + "x" * 450 + "; hết")[-1] == "hết"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Đã làm được", "Đã làm được"),
        ("1. Họp chi bộ", "Họp chi bộ"),
        ("II. Kế hoạch", "Kế hoạch"),
        ("a) Ưu điểm", "Ưu điểm"),
        ("2.1. Về kinh tế", "Về kinh tế"),
        ("16 giờ 00 khai mạc", "16 giờ 00 khai mạc"),
        ("Văn phòng báo cáo", "Văn phòng báo cáo"),
    ],
)
def test_markers_go_numbers_stay(line: str, expected: str) -> None:
    assert without_marker(Reading(line), Span(0, len(line))).of(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("chưa nghiêm...", "chưa nghiêm"), ('"Bộ đã họp', "Bộ đã họp"), ("đạt./.", "đạt"), (" ;. ", None)],
)
def test_stops_at_both_ends_go(text: str, expected: str | None) -> None:
    span = without_stop(Reading(text), Span(0, len(text)))
    assert (span.of(text) if span else None) == expected
