"""What a clerk would call the same shortcoming scores high; the same phrases about another matter do not."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi.findings.logic.similarity import compare, profile, similarity
from soi.findings.recurrence import ALIKE_ELSEWHERE, ALIKE_IN_AREA

SAME = [
    (
        "Sinh hoạt chi bộ có nơi chưa bảo đảm đúng quy định về thời gian",
        "Một số chi bộ sinh hoạt chưa đúng quy định",
    ),
    (
        "Giao nhiệm vụ chưa cụ thể, chưa rõ người chịu trách nhiệm",
        "Một số nhiệm vụ được giao chưa cụ thể, thiếu người chịu trách nhiệm chính",
    ),
    (
        "Công tác kiểm tra, giám sát của cấp ủy có nơi chưa thường xuyên",
        "Kiểm tra, giám sát của một số cấp uỷ chưa được thường xuyên",
    ),
    (
        "Chấp hành kỷ luật ở một số đơn vị chưa nghiêm",
        "Ở một số đơn vị, việc chấp hành kỉ luật còn chưa nghiêm túc",
    ),
    ("Chất lượng tuyên truyền ở một số đơn vị chưa cao", "Tuyên truyền chất lượng thấp"),
    ("Chậm giải ngân vốn đầu tư công", "Tỷ lệ giải ngân vốn đầu tư công thấp"),
]
DIFFERENT = [
    ("Sinh hoạt chi bộ chưa đúng quy định", "Chậm giải ngân vốn đầu tư công"),
    ("Công tác kiểm tra, giám sát chưa thường xuyên", "Công tác tuyên truyền chưa thường xuyên"),
    (
        "Công tác huấn luyện ở một số đơn vị chưa đồng đều",
        "Công tác hậu cần ở một số đơn vị chưa bảo đảm",
    ),
    (
        "Việc chấp hành quy chế làm việc của một số cấp ủy chưa nghiêm",
        "Việc chấp hành kỷ luật của một số quân nhân chưa nghiêm",
    ),
    ("Chất lượng huấn luyện chưa cao", "Chất lượng tuyên truyền chưa cao"),
    ("Quản lý đất quốc phòng còn để xảy ra lấn chiếm", "Quản lý vũ khí trang bị còn sơ hở"),
]
MATTERS = ["kiểm tra", "huấn luyện", "kỷ luật", "đất đai", "vũ khí", "sinh hoạt", "nghị quyết", "giao thông"]
WORDS = [word for matter in MATTERS for word in matter.split(" ")]
STATEMENTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=15).map(" ".join)


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same_matter_in_other_words_is_proposed(one: str, two: str) -> None:
    assert similarity(one, two) >= ALIKE_ELSEWHERE


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_another_matter_in_the_same_phrases_is_not(one: str, two: str) -> None:
    assert similarity(one, two) < ALIKE_IN_AREA


@given(STATEMENTS, STATEMENTS)
def test_symmetric_and_within_bounds(one: str, two: str) -> None:
    assert similarity(one, two) == similarity(two, one)
    assert 0 <= similarity(one, two) <= 100
    assert similarity(one, one) == 100


@pytest.mark.parametrize(
    ("written", "also_written"),
    [
        ("Uỷ ban kiểm tra", "Ủy ban kiểm tra"),
        ("Kỷ luật của quân nhân", "Kỉ luật của quân nhân"),
        ("Thực hiện nghị quyết còn han chế", "Thực hiện nghị quyết còn hạn chế"),
        ("3 đồng chí vi phạm kỷ luật", "5 đồng chí vi phạm kỷ luật"),
        ("Hoà giải ở cơ sở", "Hòa giải ở cơ sở"),
    ],
)
def test_spelling_and_numbers_do_not_matter(written: str, also_written: str) -> None:
    assert similarity(written, also_written) == 100


def test_filler_alone_is_nothing_alike() -> None:
    assert similarity("Còn có những việc ở một số nơi", "Còn có những việc ở một số nơi khác") == 0
    assert similarity("", "Chậm giải ngân") == 0


def test_ten_thousand_comparisons_take_no_time() -> None:
    dice = random.Random(20211122)  # noqa: S311  (any fixed texts will do)
    profiles = [profile(" ".join(dice.choices(WORDS, k=25))) for _ in range(100)]
    start = time.process_time()
    for one in profiles:
        for two in profiles:
            compare(one, two)
    assert time.process_time() - start < 3  # about 0.1 s
