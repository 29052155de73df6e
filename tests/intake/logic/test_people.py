"""Names: marks and one letter forgiven, namesakes left to the clerk, the holder of the post first."""

from __future__ import annotations

import pytest

from soi.intake.logic.people import Held, KnownPerson, Likeness, matches, sure

POST = 7


def known(*names: str, holder: int | None = None) -> list[KnownPerson]:
    return [
        KnownPerson(at, name, (Held(POST, "Bí thư"),) if at == holder else ())
        for at, name in enumerate(names, start=1)
    ]


@pytest.mark.parametrize(
    ("written", "kept", "likeness"),
    [
        ("Lý Quang Thuỷ", "Lý Quang Thủy", Likeness.EXACT),
        ("LÝ QUANG THỬ", "Lý Quang Thử", Likeness.EXACT),
        ("Ly Quang Thu", "Lý Quang Thử", Likeness.FOLDED),
        ("Lý Quang Thứ", "Lý Quang Thử", Likeness.FOLDED),
        ("Lý Quanh Thử", "Lý Quang Thử", Likeness.TYPO),
        ("Lý Quan Thử", "Lý Quang Thử", Likeness.TYPO),
    ],
)
def test_spelling_is_forgiven_by_degrees(written: str, kept: str, likeness: Likeness) -> None:
    (match,) = matches(written, [], known(kept))
    assert match.likeness == likeness


@pytest.mark.parametrize("other", ["Lý Quang", "Lý Đức Thử", "Lý Quang Thịnh", "Trần Văn Mẫu"])
def test_another_name_is_no_match(other: str) -> None:
    assert matches("Lý Quang Thử", [], known(other)) == []


def test_the_holder_of_the_named_post_comes_first() -> None:
    ranked = matches("Lý Quang Thử", [POST], known("Lý Quang Thử", "Lý Quang Thử", holder=2))
    assert [match.person.id for match in ranked] == [2, 1]
    assert sure("Lý Quang Thử", ranked) == 2


def test_namesakes_without_the_post_are_left_to_the_clerk() -> None:
    assert (
        sure("Lý Quang Thử", matches("Lý Quang Thử", [POST], known("Lý Quang Thử", "Lý Quang Thử"))) is None
    )


def test_one_of_that_very_name_is_taken() -> None:
    people = known("Lý Quang Thử", "Lý Quang Thu", "Lý Quang Thứ")
    assert sure("Lý Quang Thử", matches("Lý Quang Thử", [], people)) == 1


def test_a_near_name_is_taken_only_with_its_post() -> None:
    assert sure("Lý Quanh Thử", matches("Lý Quanh Thử", [POST], known("Lý Quang Thử"))) is None
    assert sure("Lý Quanh Thử", matches("Lý Quanh Thử", [POST], known("Lý Quang Thử", holder=1))) == 1


def test_a_true_name_and_a_near_name_with_the_post_are_doubtful() -> None:
    people = known("Lý Văn An", "Lý Văn Anh", holder=2)
    assert sure("Lý Văn An", matches("Lý Văn An", [POST], people)) is None


def test_without_marks_one_person_is_taken_with_other_marks_not() -> None:
    people = known("Lý Quang Thử")
    assert sure("Ly Quang Thu", matches("Ly Quang Thu", [], people)) == 1
    assert sure("Lý Quang Thứ", matches("Lý Quang Thứ", [], people)) is None
    two = known("Lý Quang Thử", "Lý Quang Thu")
    assert sure("Ly Quang Thu", matches("Ly Quang Thu", [], two)) is None
