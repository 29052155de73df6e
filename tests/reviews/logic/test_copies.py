"""Copied sentences are found though a word, a mark or a capital differs; common turns of phrase are not."""

from __future__ import annotations

from soi.reviews.logic.copies import copies

LAST_YEAR = (
    "Đảng ủy tập trung lãnh đạo hoàn thành tốt nhiệm vụ sẵn sàng chiến đấu, quản lý chặt chẽ vùng trời. "
    "Công tác dân vận được duy trì nền nếp, hiệu quả, được nhân dân địa phương tin tưởng."
)


def test_a_sentence_taken_over_is_found_with_its_source() -> None:
    mine = {7: "Năm nay có nhiều thuận lợi. " + LAST_YEAR.split(". ", maxsplit=1)[0] + "."}

    found = copies(
        mine, [("năm ngoái", LAST_YEAR), ("nơi khác", "Không liên quan gì đến đoạn trên cả, hoàn toàn khác.")]
    )

    assert [(copy.paragraph, copy.source, copy.percent) for copy in found] == [(7, "năm ngoái", 100)]


def test_a_word_changed_here_and_there_does_not_hide_it() -> None:
    mine = {1: LAST_YEAR.replace("tốt", "xuất sắc").upper()}

    assert len(copies(mine, [("năm ngoái", LAST_YEAR)])) == 2


def test_words_of_ones_own_and_short_phrases_are_left_alone() -> None:
    mine = {
        1: "Hoàn thành tốt nhiệm vụ.",
        2: "Trung đoàn đã tổ chức 14 đợt diễn tập có bắn đạn thật tại thao trường cấp sư đoàn trong quý ba.",
    }

    assert copies(mine, [("năm ngoái", LAST_YEAR + " Hoàn thành tốt nhiệm vụ.")]) == []


def test_the_source_most_alike_is_named() -> None:
    mine = {1: LAST_YEAR.split(". ")[1]}
    half = "Công tác dân vận được duy trì nền nếp, hiệu quả, được nhân dân tin yêu."

    assert [copy.source for copy in copies(mine, [("gần giống", half), ("y nguyên", LAST_YEAR)])] == [
        "y nguyên"
    ]


def test_nothing_against_nothing() -> None:
    assert copies({}, [("năm ngoái", LAST_YEAR)]) == []
    assert copies({1: LAST_YEAR}, []) == []
