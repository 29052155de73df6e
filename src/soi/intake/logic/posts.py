"""So chức vụ: which post of which body the words of a text mean. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from soi.intake.logic.bodies import KnownBody, holds_in_order, words_of
from soi.org.enums import PostRole


@dataclass(frozen=True, slots=True)
class KnownPost:
    """Một chức vụ đã có trong ngày, and who holds it (number, name). ``seats`` None: any number of people."""

    id: int
    label: str
    body: KnownBody
    seats: int | None = 1
    holders: tuple[tuple[int, str], ...] = ()


def best_post(
    text: str, organization: int | None, posts: Iterable[KnownPost], *, held: Collection[int] = ()
) -> KnownPost | None:
    """The one post that the words mean, else None.

    ``organization`` is the body that the words name, where known; ``held`` are posts that the person holds:
    a shortened name of one of them is enough.
    """
    words, posts = words_of(text), list(posts)
    mine = [post for post in posts if post.id in held and _begins_alike(words, words_of(post.label))]
    if len(mine) == 1:
        return mine[0]
    fitting = [(_rank(fit, post, organization), post) for post in posts if (fit := _fit(words, post))]
    if not fitting:
        return None
    top = max(rank for rank, _ in fitting)
    first = [post for rank, post in fitting if rank == top]
    return first[0] if len(first) == 1 else None


def _begins_alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """One is the beginning of the other: enough where the person is known to hold the post."""
    shorter, longer = sorted((one, two), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _rank(fit: int, post: KnownPost, organization: int | None) -> tuple[bool, int, int]:
    return post.body.id == organization, fit, -post.body.distance


def _fit(words: Sequence[str], post: KnownPost) -> int:
    """2 equal; 1 where one is the other with words of the body's name behind it; 0 no fit.

    "Chính ủy Quân khu" is the post "Chính ủy" of a body "… Quân khu …", but "Phó Chính ủy" is another post.
    """
    label = words_of(post.label)
    if words == label:
        return 2
    if not _begins_alike(words, label):
        return 0
    shorter, longer = sorted((words, label), key=len)
    behind = longer[len(shorter) :]
    return int(any(holds_in_order(words_of(name), behind) for name in post.body.names))


def nature_of(label: str) -> tuple[PostRole, int | None]:
    """Vai trò và số người giữ of a post entered from a text: deputies and members are many, a head is one."""
    words = words_of(label)
    if words[:1] == ("pho",):
        return PostRole.DEPUTY, None
    if "vien" in words[:3] or words[:2] == ("dai", "bieu"):
        return PostRole.MEMBER, None
    return PostRole.HEAD, 1
