"""Tên trong ô: forgiving where only one can be meant, a question where several can, and never a new name."""

from __future__ import annotations

import pytest

from soi.base.errors import Invalid
from soi.intake.logic.bodies import KnownBody
from soi.intake.logic.posts import KnownPost
from soi.intake.sheets.logic.places import Places
from soi.org.enums import Classification

HOME = KnownBody(1, ("Đảng ủy Sư đoàn 901", "Sư đoàn 901 cũ"), Classification.PARTY_COMMITTEE, 0)
REGIMENT = KnownBody(2, ("Đảng ủy Trung đoàn 91", "E91"), Classification.PARTY_COMMITTEE, 1)
COMMAND = KnownBody(3, ("Chỉ huy Trung đoàn 91",), Classification.COMMAND, 1)
BRIGADE = KnownBody(4, ("Đảng ủy Lữ đoàn 902",), Classification.PARTY_COMMITTEE, 1)
POSTS = (
    KnownPost(11, "Bí thư", HOME),
    KnownPost(12, "Trợ lý văn phòng", HOME),
    KnownPost(21, "Bí thư", REGIMENT),
    KnownPost(22, "Phó Bí thư", REGIMENT),
    KnownPost(31, "Trung đoàn trưởng", COMMAND),
    KnownPost(32, "Chính trị viên", COMMAND),
    KnownPost(33, "Chính trị viên phó", COMMAND),
)


@pytest.fixture
def places() -> Places:
    return Places(
        home=1,
        bodies=(HOME, REGIMENT, COMMAND, BRIGADE),
        posts=POSTS,
        recordable={1, 2, 3},
        areas={"Kiểm tra, kỷ luật": "inspection", "Chung": "general"},
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Đảng ủy Trung đoàn 91", 2),
        ("dang uy trung doan 91", 2),
        ("Đảng uỷ Trung đoàn 91", 2),
        ("e91", 2),
        ("Đảng bộ Trung đoàn 91", 2),
        ("Sư đoàn 901 cũ", 1),
        ("Sư đoàn 901", 1),
        ("Lữ đoàn 902", 4),
    ],
)
def test_bodies_however_written(places: Places, text: str, body: int) -> None:
    assert places.body(text) == body


def test_several_bodies_are_named_not_chosen(places: Places) -> None:
    with pytest.raises(Invalid, match="Đảng ủy Trung đoàn 91; Chỉ huy Trung đoàn 91"):
        places.body("Trung đoàn 91")


def test_an_unknown_body_is_told_with_a_guess(places: Places) -> None:
    with pytest.raises(Invalid, match="Không tìm thấy đơn vị «Đảng ủy Trung đòan 92»"):
        places.body("Đảng ủy Trung đòan 92")
    with pytest.raises(Invalid, match="Có phải là «Đảng ủy Lữ đoàn 902»"):
        places.body("Đảng ủy Lữ đòn 902")


@pytest.mark.parametrize(
    ("text", "body", "post"),
    [
        ("Bí thư", "Đảng ủy Trung đoàn 91", 21),
        ("Bí thư", "", 11),  # one's own body first
        ("bi thu", "E91", 21),
        ("Bí thư · Đảng ủy Trung đoàn 91", "", 21),
        ("Bí thư · Đảng ủy Trung đoàn 91", "Đảng ủy Trung đoàn 91", 21),
        ("Bí thư Đảng ủy Trung đoàn 91", "Đảng ủy Trung đoàn 91", 21),
        ("Trung đoàn trưởng", "", 31),
        ("Chính trị viên", "Chỉ huy Trung đoàn 91", 32),
    ],
)
def test_posts_however_written(places: Places, text: str, body: str, post: int) -> None:
    assert places.post(text, body) == post
    assert places.post(text, body) == post  # the second time from memory


@pytest.mark.parametrize(
    ("text", "body", "column", "said"),
    [
        ("Chủ tịch", "", "post", "Không tìm thấy chức vụ «Chủ tịch»"),
        ("Chủ tịch", "E91", "post", "Ở đó có: Bí thư; Phó Bí thư"),
        ("Bí thư", "Đảng ủy Lữ đoàn 902", "body", "không lập hồ sơ"),
        ("Bí thư · Đảng ủy Lữ đoàn 902", "", "post", "không lập hồ sơ"),
        ("Bí thư", "Trung đoàn 91", "body", "có thể là"),
        ("Bí thư · Đảng ủy Trung đoàn 91", "Chỉ huy Trung đoàn 91", "body", "ghi khác đơn vị"),
    ],
)
def test_what_cannot_be_known_names_the_column(
    places: Places, text: str, body: str, column: str, said: str
) -> None:
    for _ in range(2):
        with pytest.raises(Invalid, match=said) as refused:
            places.post(text, body)
        assert set(refused.value.fields) == {column}


def test_a_post_that_several_bodies_have_is_asked_back() -> None:
    places = Places(home=4, bodies=(HOME, REGIMENT, BRIGADE), posts=POSTS[:4], recordable={1, 2, 4}, areas={})
    with pytest.raises(
        Invalid, match="Nhiều đơn vị có «Bí thư»: Bí thư · Đảng ủy Sư đoàn 901; Bí thư · Đảng ủy Trung"
    ):
        places.post("Bí thư", "")


def test_areas(places: Places) -> None:
    assert places.area("kiem tra, ky luat") == "inspection"
    with pytest.raises(Invalid, match="Kiểm tra, kỷ luật; Chung"):
        places.area("Thể thao")
