"""The whole engine: golden texts of four genres; any text is read, in time, with spans inside it."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soi.intake.extract import as_schema, propose
from soi.intake.extract.model import Span
from tests.intake.extract.texts import ALL, BRIEFING, MINUTES, REPORT, SELF_CRITICISM


def spans_in(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans_in(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_in(getattr(value, field.name))


def words(text: str, items: list[dict[str, object]]) -> list[str]:
    for item in items:
        assert text[item["start"] : item["end"]] == item["text"]  # type: ignore[misc]
    return [str(item["text"]) for item in items]


def test_a_briefing_in_full() -> None:
    draft = as_schema(propose(BRIEFING, name="briefing.txt"), "b-1")
    assert draft["id"] == "b-1"
    assert draft["conference"] == {
        "kind": "briefing_quarter",
        "kind_also": [],
        "form": "online",
        "date_start": "2022-07-04",
        "date_end": "2022-07-04",
        "period": ["2022-Q2"],
        "organisation": "Bộ Tư lệnh Quân khu Tây Hồ",
        "place": None,
    }
    assert draft["people"] == [
        {
            "name": "Đặng Quang Lẫm",
            "rank": "Thiếu tướng",
            "posts": [
                {"post": "Ủy viên Trung ương Đảng", "org": "Trung ương Đảng"},
                {"post": "Bí thư Đảng ủy", "org": "Đảng ủy"},
                {"post": "Chính ủy Quân khu", "org": "Quân khu"},
            ],
            "roles": ["chair", "speak"],
        },
        {
            "name": "Lưu Thế Hậu",
            "rank": "Đại tá",
            "posts": [{"post": "Phó Chính ủy Quân khu", "org": "Quân khu"}],
            "roles": ["attend"],
        },
        {
            "name": "Ninh Công Trứ",
            "rank": "Đại tá",
            "posts": [{"post": "Chủ nhiệm Chính trị Quân khu", "org": "Quân khu"}],
            "roles": ["attend"],
        },
    ]
    assert [(item["type"], item["area"], item["units"]) for item in draft["findings"]] == [
        ("strength", "defence", []),
        ("strength", "mass_work", []),
        ("limitation", "defence", ["Lữ đoàn 29"]),
        ("limitation", "party_building", ["một số đơn vị"]),
        ("limitation", "leadership", []),
    ]
    assert words(BRIEFING, draft["findings"])[2:] == [
        "công tác quản lý bộ đội ở Lữ đoàn 29 chưa chặt chẽ",
        "sinh hoạt chi bộ ở một số đơn vị còn hình thức",
        "phân công nhiệm vụ thiếu cụ thể",
    ]
    assert words(BRIEFING, draft["causes"]) == ["một số cấp uỷ chưa quyết liệt trong lãnh đạo"]
    assert [item["period"] for item in draft["directions"]] == ["2022-Q3", "2022-Q3", "2022-Q3"]
    assert words(BRIEFING, draft["directions"])[1:] == [
        "rà soát, khắc phục ngay những hạn chế đã nêu",
        "chuẩn bị tốt cho diễn tập khu vực phòng thủ",
    ]
    assert words(BRIEFING, draft["ratings"]) == ["Quân khu khen thưởng 5 tập thể, 8 cá nhân"]
    assert draft["documents"] == [
        {
            "type": "chỉ thị",
            "number": "12-CT/QUTW",
            "issuer": "Quân ủy Trung ương",
            "date": "2022-03-05",
            "name": None,
        }
    ]
    article = draft["article"]
    assert (article["author"], article["photographer"], article["published"]) == (
        "QUANG TÙNG",
        "QUANG TÙNG",
        "2022-07-05",
    )
    assert words(BRIEFING, article["captions"]) == [
        "Thiếu tướng Đặng Quang Lẫm, Bí thư Đảng ủy, Chính ủy Quân khu phát biểu tại hội nghị."
    ]
    assert len(words(BRIEFING, article["boilerplate"])) == 2


def test_a_self_criticism_conference() -> None:
    draft = as_schema(propose(SELF_CRITICISM), "s-1")
    conference = draft["conference"]
    assert (conference["kind"], conference["period"]) == ("self_criticism", ["2023"])
    assert (conference["date_start"], conference["date_end"]) == ("2023-11-17", "2023-11-18")
    assert {person["name"]: person["roles"] for person in draft["people"]} == {
        "Quách Thị Mận": ["direct", "speak"],
        "Tạ Văn Rạng": ["chair"],
        "Kha Minh Đẩu": ["present"],
    }
    assert [(item["type"], item["area"]) for item in draft["findings"]] == [
        ("strength", "economy"),
        ("strength", "economy"),
        ("limitation", "land_env"),
        ("limitation", "admin_law"),
    ]
    assert [item["period"] for item in draft["directions"]] == ["2024", None]
    assert [item["kind"] for item in draft["ratings"]] == ["rating"]
    assert draft["article"]["author"] == "BÙI NGÀN"


def test_minutes_of_a_cell() -> None:
    draft = as_schema(propose(MINUTES), "m-1")
    conference = draft["conference"]
    assert (conference["kind"], conference["form"], conference["place"]) == (
        "cell_meeting",
        "in_person",
        "Phòng họp tầng 2",
    )
    assert conference["organisation"] == "CHI BỘ PHÒNG KỸ THUẬT"
    assert conference["period"] == ["2023-03"]
    assert {person["name"]: person["roles"] for person in draft["people"]} == {
        "Lộc Thị Nhài": ["chair"],
        "Vi Văn Păn": ["speak", "attend"],
    }
    assert words(MINUTES, draft["directions"]) == [
        "Hoàn thành kê khai tài sản trước ngày 20/4",
        "Tổ chức sinh hoạt chuyên đề về tiết kiệm",
        "mua thêm máy đo áp lực",
    ]
    assert [item["period"] for item in draft["directions"]] == ["2023-04", "2023-04", None]


def test_a_report_is_no_meeting_and_its_signer_no_participant() -> None:
    draft = as_schema(propose(REPORT), "r-1")
    assert (draft["conference"]["kind"], draft["conference"]["date_start"]) == ("none", None)
    assert draft["conference"]["period"] == ["2022"]
    assert draft["people"] == []
    assert [item["type"] for item in draft["findings"]] == ["strength"] * 3 + ["limitation"] * 2
    assert words(REPORT, draft["causes"]) == ["Do địa bàn rộng; một số cấp ủy viên thiếu kinh nghiệm"]
    assert [item["period"] for item in draft["directions"]] == ["2023", "2023-Q1"]
    assert words(REPORT, draft["ratings"]) == ["TỰ XẾP LOẠI: Hoàn thành tốt nhiệm vụ"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "Hội nghị", "a" * 5000, "(" * 3000, "\ud800"])
def test_odd_texts_give_an_empty_but_complete_draft(text: str) -> None:
    draft = as_schema(propose(text), "x")
    assert set(draft) == {
        "id",
        "conference",
        "people",
        "findings",
        "causes",
        "directions",
        "ratings",
        "documents",
        "article",
    }
    json.dumps(draft)


_FRAGMENTS = st.sampled_from([piece for text in ALL for piece in text.split(" ")])
_ANY_TEXT = st.lists(
    st.one_of(_FRAGMENTS, st.text(max_size=12), st.sampled_from([".", ";", ":", "\n", "(", "“", "- "])),
    max_size=120,
)


@settings(max_examples=80, deadline=None)
@given(_ANY_TEXT, st.sampled_from([" ", "", "\n"]))
def test_the_engine_never_raises_and_every_span_lies_in_the_text(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    proposal = propose(text)
    for span in spans_in(proposal):
        assert 0 <= span.start < span.end <= len(text)
    as_schema(proposal, "x")


def test_the_same_text_always_gives_the_same_draft() -> None:
    assert propose(BRIEFING) == propose(BRIEFING)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "\n".join(ALL),
        " ".join(ALL).replace("\n", " "),
        "Bí thư ",
        "năm 2021 ",
        "hạn chế, ",
        "GS.TS.\n",
        "1/1/",
        "; ",
    ],
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        begin = time.process_time()
        propose(text)
        return time.process_time() - begin

    seconds(5_000)
    # Ten times the text may take some thirty times as long before it is called more than proportional.
    assert seconds(200_000) < max(30 * seconds(20_000), 3.0)
