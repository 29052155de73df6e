"""One edition, one text, one mark; another word, another mark."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata

import pytest

from soi.reviews.logic import canon

EDITION = canon.Edition(
    heading=["Kiểm điểm năm 2021", "Đảng ủy Sư đoàn 901"],
    number=1,
    paragraphs=[(1, "Hoàn thành nhiệm vụ."), (2, "Còn chậm.")],
    carried=[canon.CarriedText("Giao việc chưa rõ", "going", "Đã kiểm tra", "Còn 2 đơn vị")],
    prompts=[canon.PromptText(1, "Làm rõ trách nhiệm", ["Đã rà soát", "Nói thêm"])],
    measures=[canon.MeasureText("Rà soát", "Bảng phân công", "Bí thư", dt.date(2022, 3, 31))],
)


def test_the_form_is_what_it_has_always_been() -> None:
    """What was finalized years ago must still give the same mark: changing this text is not allowed."""
    assert canon.canonical(EDITION) == (
        "Kiểm điểm năm 2021\nĐảng ủy Sư đoàn 901\nLần 1\n\n"
        "[1] Hoàn thành nhiệm vụ.\n[2] Còn chậm.\n\n"
        "Mục chuyển sang\n- Giao việc chưa rõ | going | Đã kiểm tra | Vì sao chưa xong: Còn 2 đơn vị\n\n"
        "Gợi ý và giải trình\n- 1. Làm rõ trách nhiệm | Đã rà soát | Nói thêm\n\n"
        "Biện pháp\n- Rà soát | Bảng phân công | Bí thư | 31/03/2022"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"number": 2},
        {"heading": ["Kiểm điểm năm 2021", "Đảng ủy Lữ đoàn 902"]},
        {"paragraphs": [(1, "Hoàn thành nhiệm vụ."), (2, "Còn chậm!")]},
        {"paragraphs": [(2, "Hoàn thành nhiệm vụ."), (2, "Còn chậm.")]},
        {"carried": []},
        {"prompts": []},
        {"measures": []},
    ],
)
def test_any_other_word_gives_another_mark(other: dict[str, object]) -> None:
    changed = dataclasses.replace(EDITION, **other)  # type: ignore[arg-type]  # one field of the parametrization
    assert canon.mark(canon.canonical(changed)) != canon.mark(canon.canonical(EDITION))


def test_the_same_words_typed_in_another_way_give_the_same_text() -> None:
    decomposed = dataclasses.replace(
        EDITION,
        paragraphs=[(section, unicodedata.normalize("NFD", text)) for section, text in EDITION.paragraphs],
    )
    assert canon.canonical(decomposed) == canon.canonical(EDITION)
