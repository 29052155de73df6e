"""Soạn biên bản và so sánh: pure; nothing is claimed that is not known, no word is lost between two versions."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest

from soi.conferences.logic import protocol
from soi.conferences.logic.changes import Change, changed_lines, changed_words
from soi.conferences.logic.protocol import Facts, Happening, Item, Paragraph, Place, Section, Somebody

VN = ZoneInfo("Asia/Ho_Chi_Minh")
BARE = Facts(
    title="Hội nghị giao ban quý I", body="Đảng ủy Trung đoàn 91", place="", opened_at=None, closed_at=None,
    day=dt.date(2021, 4, 7),
)  # fmt: skip
FULL = Facts(
    title="Hội nghị giao ban quý I", body="Đảng ủy Trung đoàn 91", place="Hội trường Trung đoàn",
    day=dt.date(2021, 4, 7), opened_at=dt.datetime(2021, 4, 7, 8, 5, tzinfo=VN),
    closed_at=dt.datetime(2021, 4, 7, 10, 30, tzinfo=VN),
    opened_event=1, closed_event=9,
    places=(Place("Sở chỉ huy", is_main=True, present=12), Place("Tiểu đoàn 1", is_main=False, present=7)),
    chairs=(Somebody("Thượng tá Mai Văn Trung", "Bí thư"),), entitled=15, entitled_present=13, present=19,
    absent=(Somebody("Trung tá Lê Văn Thử", "Phó Bí thư", "đi học"), Somebody("Bùi Văn Lệnh")),
    items=(Item("1", "Báo cáo quý I", (Happening("8 giờ 10: Đồng chí A phát biểu.", (3,)),), (2,)),),
    decisions=(Happening("Thông qua báo cáo: được thông qua.", (7,)),),
    conclusions=("Giao ban đúng hạn.", "Kiểm tra sổ trực"),
)  # fmt: skip


def texts(sections: tuple[Section, ...]) -> list[str]:
    return [one.text for section in sections for one in section.paragraphs]


def test_without_a_floor_only_what_is_known_is_said() -> None:
    sections = protocol.compose(BARE)
    assert [section.key for section in sections] == ["time"]
    assert texts(sections) == ["Ngày 07/04/2021, Đảng ủy Trung đoàn 91 tổ chức hội nghị giao ban quý I."]


def test_everything_known_is_said_with_its_proof() -> None:
    sections = protocol.compose(FULL)
    assert [section.key for section in sections] == [
        "time", "people", "course", "decisions", "conclusions", "end",
    ]  # fmt: skip
    said = texts(sections)
    assert said[0].startswith("8 giờ 05 ngày 07/04/2021, tại Hội trường Trung đoàn, Đảng ủy Trung đoàn 91")
    assert said[1] == (
        "Hội nghị họp tại 2 điểm cầu: Sở chỉ huy (điểm cầu chính), 12 người; Tiểu đoàn 1, 7 người."
    )
    assert "Có mặt 13/15 thành viên được triệu tập." in said
    assert "Khách mời dự họp: 6 người." in said
    assert (
        "Vắng mặt 2 người: Trung tá Lê Văn Thử, Phó Bí thư (lý do: đi học); Bùi Văn Lệnh (không rõ lý do)."
        in said
    )
    assert said[-1] == "Hội nghị kết thúc lúc 10 giờ 30 ngày 07/04/2021."
    assert "1. Giao ban đúng hạn." in said
    assert "2. Kiểm tra sổ trực." in said
    proofs = {one.text: one.events for section in sections for one in section.paragraphs}
    assert proofs["1. Báo cáo quý I."] == (2,)
    assert proofs["8 giờ 10: Đồng chí A phát biểu."] == (3,)
    assert proofs[said[-1]] == (9,)


def test_what_is_stored_is_read_back() -> None:
    sections = protocol.compose(FULL)
    assert protocol.read(protocol.stored(sections)) == sections


def test_rewriting_keeps_the_proof_of_what_stays() -> None:
    sections = protocol.compose(FULL)
    course = next(section for section in sections if section.key == "course")
    text = "\n".join(["Mở đầu mới.", *(one.text for one in course.paragraphs), "", "  "])
    after = protocol.rewritten(sections, {"course": text, "không có mục này": "x"})
    new = next(section for section in after if section.key == "course")
    assert new.paragraphs == (Paragraph("Mở đầu mới."), *course.paragraphs)
    assert [one for one in after if one.key != "course"] == [one for one in sections if one.key != "course"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("giao ban đúng hạn", "giao ban đúng hạn", [(Change.KEPT, "giao ban đúng hạn")]),
        (
            "xong trước quý II", "xong trước tháng 5",
            [(Change.KEPT, "xong trước "), (Change.DROPPED, "quý II"), (Change.ADDED, "tháng 5")],
        ),
        ("", "mới", [(Change.ADDED, "mới")]),
        ("cũ", "", [(Change.DROPPED, "cũ")]),
    ],
)  # fmt: skip
def test_changed_words(old: str, new: str, expected: list[tuple[Change, str]]) -> None:
    pieces = changed_words(old, new)
    told: list[tuple[Change, str]] = []
    for piece in pieces:
        if told and told[-1][0] == piece.change:
            told[-1] = (piece.change, told[-1][1] + piece.text)
        else:
            told.append((piece.change, piece.text))
    assert "".join(text for change, text in told if change != Change.ADDED) == old
    assert "".join(text for change, text in told if change != Change.DROPPED) == new
    if " " not in old or len(expected) == 1:
        assert told == expected


def test_no_word_is_lost_between_two_versions() -> None:
    seed = random.randrange(10**6)  # noqa: S311 (told when it fails)
    draw = random.Random(seed)  # noqa: S311
    words = ["giao", "ban", "quý", "II,", "đúng", "hạn;", "kiểm", "tra", "sổ"]
    for _ in range(200):
        old, new = (
            [" ".join(draw.choices(words, k=draw.randint(1, 6))) for _ in range(draw.randint(0, 5))]
            for _ in range(2)
        )
        lines = changed_lines(old, new)
        sides = {Change.ADDED: old, Change.DROPPED: new}
        for hidden, side in sides.items():
            left = ["".join(piece.text for piece in line if piece.change != hidden) for line in lines]
            assert [line for line in left if line] == side, f"seed {seed}"
