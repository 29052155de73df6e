"""Trang biên bản: the text with its proof, what changed between versions, comments, and what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from soi.base.actor import Actor
from soi.conferences import minuting
from soi.conferences.enums import MinutesState
from soi.conferences.logic import protocol
from soi.conferences.logic.changes import Piece, changed_lines
from soi.conferences.logic.protocol import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from soi.conferences.models import Conference, Minutes, MinutesComment, MinutesVersion


_BADGES = {
    MinutesState.DRAFT: "open",
    MinutesState.CIRCULATED: "waiting",
    MinutesState.APPROVED: "verified",
}


@dataclass(frozen=True, slots=True)
class SectionView:
    """Một mục: its text, or with ``changes`` what became of the words of an earlier version."""

    key: str
    title: str
    paragraphs: tuple[protocol.Paragraph, ...]
    changes: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class MinutesView:
    """Mọi thứ trên trang biên bản."""

    sections: list[SectionView]
    versions: list[MinutesVersion]
    shown: MinutesVersion
    compared: MinutesVersion | None
    comments: list[MinutesComment]
    may_write: bool
    may_comment: bool
    may_sign: bool
    listening: bool
    is_current: bool
    intact: bool
    badge: str


def build(
    actor: Actor, conference: Conference, minutes: Minutes, *, number: str, against: str
) -> MinutesView:
    """Gom trang; ``number`` and ``against`` as asked in the address, nonsense shows the newest."""
    versions = list(minutes.versions.order_by("-number"))
    shown = _version(versions, number) or versions[0]
    compared = _version(versions, against)
    frozen = minutes.state == MinutesState.APPROVED
    listening = not frozen and minuting.waits_for_comments(actor, minutes)
    attended = conference.attendances.filter(person_id=actor.person_id or 0).exists()
    return MinutesView(
        sections=_sections(shown, compared),
        versions=versions,
        shown=shown,
        compared=compared,
        comments=list(minutes.comments.select_related("person")),
        may_write=not frozen and minuting.may_write(actor, conference),
        may_comment=attended and _commenting(actor, minutes),
        may_sign=not frozen and not listening and minuting.signature_due(actor, minutes) is not None,
        listening=listening,
        is_current=shown == versions[0],
        intact=not frozen or minuting.mark_of(minutes, versions[0]) == minutes.frozen_hash,
        badge=_BADGES[MinutesState(minutes.state)],
    )


def _version(versions: Sequence[MinutesVersion], asked: str) -> MinutesVersion | None:
    return next((one for one in versions if str(one.number) == asked), None)


def _sections(shown: MinutesVersion, compared: MinutesVersion | None) -> list[SectionView]:
    now = protocol.read(shown.sections)
    if compared is None:
        return [SectionView(one.key, one.title, one.paragraphs, ()) for one in now]
    before = {one.key: one for one in protocol.read(compared.sections)}
    gone = [one for key, one in before.items() if key not in {section.key for section in now}]
    return [_compared(before.get(one.key), one) for one in now] + [_compared(one, None) for one in gone]


def _compared(before: Section | None, after: Section | None) -> SectionView:
    there = after or before
    assert there is not None  # noqa: S101 (one of the two is given)
    old, new = ([one.text for one in side.paragraphs] if side else [] for side in (before, after))
    return SectionView(there.key, there.title, there.paragraphs, changed_lines(old, new))


def _commenting(actor: Actor, minutes: Minutes) -> bool:
    open_until = minutes.comments_until
    return minutes.state == MinutesState.CIRCULATED and (open_until is None or actor.today <= open_until)
