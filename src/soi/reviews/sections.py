"""Các phần của bản kiểm điểm: of a collective the seven of its form; of a person by group (mẫu 2A, 2B, 2C)."""

from __future__ import annotations

from dataclasses import dataclass

from soi.reviews.enums import PersonalSection, PersonGroup, Section

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
_MEMBER = (PersonalSection.QUALITIES, PersonalSection.DUTIES, PersonalSection.COMMITMENT)
_LEADER = (
    PersonalSection.QUALITIES,
    PersonalSection.DUTIES,
    PersonalSection.LEADING,
    PersonalSection.INITIATIVE,
    PersonalSection.EXAMPLE,
    PersonalSection.COMMITMENT,
)
_FROM_II = tuple(one for one in PersonalSection if one >= PersonalSection.SHORTCOMINGS)


@dataclass(frozen=True, slots=True)
class Heading:
    """Một phần: its number as stored, its numeral in the form, its name."""

    value: int
    numeral: str
    label: str


def sections_of(group: str) -> tuple[Heading, ...]:
    """Các phần theo nhóm, in order; an empty group is a collective's."""
    if not group:
        return tuple(Heading(one.value, _ROMAN[one - 1], str(one.label)) for one in Section)
    first = _LEADER if group == PersonGroup.LEADER else _MEMBER
    rest = [
        one
        for one in _FROM_II
        if group != PersonGroup.OUTSIDE or one != PersonalSection.SHARED_RESPONSIBILITY
    ]
    return (
        *(Heading(one.value, f"I.{number}", str(one.label)) for number, one in enumerate(first, start=1)),
        *(Heading(one.value, _ROMAN[number], str(one.label)) for number, one in enumerate(rest, start=1)),
    )


def values_of(group: str) -> frozenset[int]:
    """Số của các phần."""
    return frozenset(one.value for one in sections_of(group))
