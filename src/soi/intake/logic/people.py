"""So tên người: which known people a name in a text may mean, most likely first. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from soi.base.text import exact_key, fold, has_marks


class Likeness(IntEnum):
    """Giống đến đâu: one letter apart, equal without marks, equal with marks."""

    TYPO = 1
    FOLDED = 2
    EXACT = 3


@dataclass(frozen=True, slots=True)
class Held:
    """Một chức vụ đang giữ trong ngày: ``label`` as printed, with the body."""

    post: int
    label: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Một người đã có, with what he or she held on the day of the text."""

    id: int
    name: str
    posts: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Một người có thể là người trong văn bản."""

    person: KnownPerson
    likeness: Likeness
    holds_named_post: bool


def matches(name: str, named_posts: Collection[int], known: Iterable[KnownPerson]) -> list[PersonMatch]:
    """Xếp hạng: who holds a post that the text names comes first, then the closest spelling."""
    found = [
        PersonMatch(person, degree, any(held.post in named_posts for held in person.posts))
        for person in known
        if (degree := likeness(name, person.name))
    ]
    return sorted(found, key=lambda m: (-m.holds_named_post, -m.likeness, m.person.name, m.person.id))


def likeness(name: str, other: str) -> Likeness | None:
    """How much alike two full names are; None for two different ones."""
    if exact_key(name) == exact_key(other):
        return Likeness.EXACT
    one, two = fold(name), fold(other)
    if one == two:
        return Likeness.FOLDED
    return Likeness.TYPO if _one_letter_apart(one, two) else None


def _one_letter_apart(one: str, two: str) -> bool:
    """One letter changed, added or left out: what stands between the common ends is at most one letter."""
    if abs(len(one) - len(two)) > 1:
        return False
    before = _shared_start(one, two)
    rest, other_rest = one[before:], two[before:]
    behind = _shared_start(rest[::-1], other_rest[::-1])
    return max(len(rest), len(other_rest)) - behind == 1


def _shared_start(one: str, two: str) -> int:
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))


def sure(name: str, ranked: Sequence[PersonMatch]) -> int | None:
    """The one person whom nobody would doubt, else None: then the clerk chooses.

    A namesake, or a near name that holds the very post, makes it doubtful.
    """
    holders = [match for match in ranked if match.holds_named_post]
    if holders:
        return (
            holders[0].person.id if len(holders) == 1 and not _has_better_name(holders[0], ranked) else None
        )
    same = [match for match in ranked if match.likeness == Likeness.EXACT]
    if not same and not has_marks(name):  # typed without marks: equal letters are all there is to compare
        same = [match for match in ranked if match.likeness == Likeness.FOLDED]
    return same[0].person.id if len(same) == 1 else None


def _has_better_name(holder: PersonMatch, ranked: Sequence[PersonMatch]) -> bool:
    return any(match.likeness > holder.likeness for match in ranked)


def around_a_typo(name: str) -> list[tuple[str, str]]:
    """Cách tìm gần đúng: what stands before and behind each word of the folded name, the typo being in it."""
    words = fold(name).split(" ")
    if len(words) < 2:
        return []
    return [(" ".join(words[:at]), " ".join(words[at + 1 :])) for at in range(len(words))]
