from __future__ import annotations

import pytest

from soi.findings.logic.keys import exact_words, plain_words, wanted


def found(query: str, statement: str) -> bool:
    exact, terms = wanted(query)
    key = exact_words(statement) if exact else plain_words(statement)
    return all(term in key for term in terms)


@pytest.mark.parametrize(
    ("query", "statement", "expected"),
    [
        ("ky luat", "Chấp hành kỷ luật chưa nghiêm", True),
        ("luat ky", "Chấp hành kỷ luật chưa nghiêm", True),
        ("kỷ luật", "Chấp hành kỷ luật chưa nghiêm", True),
        ("kỳ luật", "Chấp hành kỷ luật chưa nghiêm", False),
        ("KỶ LUẬT", "Chấp hành kỷ luật chưa nghiêm", True),
        ("uỷ ban", "Việc của ủy ban, hội đồng", True),
        ("an", "Công tác quan trọng", False),
        ("quan", "Công tác quan trọng", True),
        ("đảng", "(Đảng ủy) chưa rõ", True),
        ("đang", "(Đảng ủy) chưa rõ", False),
        ("dang", "(Đảng ủy) chưa rõ", True),
        ("100%", "Đạt 100% kế hoạch", True),
        ("%", "Đạt kế hoạch", False),
        ("...", "Đạt kế hoạch", True),
        ("", "Đạt kế hoạch", True),
    ],
)
def test_words_are_found_by_their_beginning_with_or_without_marks(
    query: str,
    statement: str,
    expected: bool,
) -> None:
    assert found(query, statement) is expected
