"""Posts: the words of a text are the label, with or without words of the body's name."""

from __future__ import annotations

import pytest

from soi.intake.logic.bodies import BELOW, KnownBody
from soi.intake.logic.posts import KnownPost, best_post, nature_of
from soi.org.enums import Classification, PostRole

REGION = KnownBody(1, ("Đảng ủy Quân khu Thử Nghiệm",), Classification.PARTY_COMMITTEE, 0)
COMMAND = KnownBody(2, ("Bộ Tư lệnh Quân khu Thử Nghiệm",), Classification.COMMAND, BELOW + 1)
DIVISION = KnownBody(3, ("Đảng ủy Sư đoàn 901",), Classification.PARTY_COMMITTEE, BELOW + 1)
SECRETARY = KnownPost(10, "Bí thư Đảng ủy Quân khu", REGION)
COMMISSAR = KnownPost(11, "Chính ủy", COMMAND)
DEPUTY = KnownPost(12, "Phó Chính ủy", COMMAND, None, ((5, "Trần Mẫu"),))
OTHER_SECRETARY = KnownPost(13, "Bí thư", DIVISION)
ALL = [OTHER_SECRETARY, DEPUTY, COMMISSAR, SECRETARY]


@pytest.mark.parametrize(
    ("text", "body", "post"),
    [
        ("Bí thư Đảng ủy", 1, SECRETARY),
        ("Bí thư Đảng uỷ Quân khu", None, SECRETARY),
        ("Chính ủy Quân khu", 1, COMMISSAR),
        ("Chính ủy", None, COMMISSAR),
        ("Phó Chính ủy Quân khu", None, DEPUTY),
        ("Bí thư Đảng ủy Sư đoàn 901", None, OTHER_SECRETARY),
    ],
)
def test_a_post_is_found_by_its_words(text: str, body: int | None, post: KnownPost) -> None:
    assert best_post(text, body, ALL) == post


@pytest.mark.parametrize("text", ["Chính ủy Quân khu 9", "Tư lệnh", "Ủy viên Trung ương Đảng", ""])
def test_another_post_is_none(text: str) -> None:
    assert best_post(text, None, ALL) is None


def test_of_two_alike_the_one_held_is_meant() -> None:
    one, two = KnownPost(21, "Phó Bí thư", DIVISION), KnownPost(22, "Phó Bí thư", DIVISION)
    assert best_post("Phó Bí thư", None, [one, two]) is None
    assert best_post("Phó Bí thư", None, [one, two], held=[22]) == two


def test_a_shortened_name_is_enough_for_who_holds_the_post() -> None:
    inspector = KnownPost(30, "Chủ nhiệm Ủy ban Kiểm tra", REGION)
    assert best_post("Chủ nhiệm Ủy ban", None, [inspector]) is None
    assert best_post("Chủ nhiệm Ủy ban", None, [inspector], held=[30]) == inspector
    assert best_post("Ủy ban Kiểm tra", None, [inspector], held=[30]) is None


@pytest.mark.parametrize(
    ("label", "role", "seats"),
    [
        ("Bí thư Đảng ủy", PostRole.HEAD, 1),
        ("Phó Chủ nhiệm Tổng cục", PostRole.DEPUTY, None),
        ("Ủy viên Ban Thường vụ", PostRole.MEMBER, None),
        ("Đảng ủy viên", PostRole.MEMBER, None),
    ],
)
def test_the_nature_of_a_new_post(label: str, role: PostRole, seats: int | None) -> None:
    assert nature_of(label) == (role, seats)
