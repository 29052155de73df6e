"""Documents cited by number or by proper name: each once, with who issued it and when."""

from __future__ import annotations

import pytest

from soi.intake.extract import propose
from soi.intake.extract.model import DocumentCited


def cited(text: str) -> tuple[DocumentCited, ...]:
    return propose(f"Sáng 4/7/2022, Đảng ủy xã Hòa Lộc tổ chức hội nghị sơ kết quý II. {text}").documents


@pytest.mark.parametrize(
    ("text", "kind", "number", "issuer", "date"),
    [
        (
            "Theo Chỉ thị số 12-CT/TW ngày 15/5/2016 của Bộ Chính trị.",
            "chỉ thị",
            "12-CT/TW",
            "Bộ Chính trị",
            "2016-05-15",
        ),
        (
            "Theo Quyết định số 215/QĐ-UBND của UBND tỉnh về đất đai.",
            "quyết định",
            "215/QĐ-UBND",
            "UBND tỉnh",
            None,
        ),
        (
            "Theo Nghị định 57/2020/NĐ-CP của Chính phủ và quy chế.",
            "nghị định",
            "57/2020/NĐ-CP",
            "Chính phủ",
            None,
        ),
        (
            "Theo Kế hoạch số 01/KH - MN ngày 28/01/2019 về thi đua.",
            "kế hoạch",
            "01/KH-MN",
            None,
            "2019-01-28",
        ),
        (
            "Theo Thông báo 292 của Ủy ban Kiểm tra Trung ương, nhằm ổn định.",
            "thông báo",
            "292",
            "Ủy ban Kiểm tra Trung ương",
            None,
        ),
        ("Hội đã ban hành Hướng dẫn số 7-HD/HND về bầu cử.", "hướng dẫn", "7-HD/HND", "Hội", None),
        (
            "Theo Quyết định số 9-QĐ/BKH của Bộ Khoa học và Công nghệ.",
            "quyết định",
            "9-QĐ/BKH",
            "Bộ Khoa học và Công nghệ",
            None,
        ),
    ],
)
def test_by_number(text: str, kind: str, number: str, issuer: str | None, date: str | None) -> None:
    (document,) = cited(text)
    assert (document.type, document.number) == (kind, number)
    assert (document.issuer.value if document.issuer else None) == issuer
    assert (document.date.value if document.date else None) == date


def test_by_proper_name() -> None:
    names = [
        document.name
        for document in cited(
            "Quán triệt Nghị quyết Đại hội Đảng bộ huyện lần thứ XXI và Nghị quyết Trung ương 4 (khóa XII)."
        )
    ]
    assert names == ["Nghị quyết Đại hội Đảng bộ huyện lần thứ XXI", "Nghị quyết Trung ương 4 (khóa XII)"]


def test_several_numbers_after_one_type() -> None:
    assert [
        document.number for document in cited("Các Nghị quyết số 18-NQ/TW, 19-NQ/TW được thực hiện tốt.")
    ] == ["18-NQ/TW", "19-NQ/TW"]


def test_each_document_once_with_all_its_places() -> None:
    (document,) = cited("Theo Kết luận số 01-KL/TW. Kết luận số 01 - KL/TW của Bộ Chính trị được học tập.")
    assert len(document.spans) == 2
    assert document.issuer is not None


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch 5 năm của xã.",
        "Nghị quyết của cấp trên.",
        "Ban hành 12 nghị quyết.",
        "Báo cáo 3 nội dung.",
        "Thực hiện kế hoạch năm 2022.",
        "Luật Đất đai.",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(text) == ()
