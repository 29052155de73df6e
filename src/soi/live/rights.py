"""Ai được xem: asked for many pages at once, by the rules that the pages themselves go by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from soi.access import sessions
from soi.access.queries import actors_of
from soi.access.sessions import SignedIn
from soi.base.actor import Actor
from soi.conferences import pulse
from soi.conferences.audiences import audiences_of_many
from soi.history import queries as history
from soi.live.admitting import Answer, Verdict
from soi.live.client import Knock
from soi.live.hub import Pulse
from soi.web.middleware import POWERFUL

# What is written in these rooms can end a right to watch …
_TOUCHING = ("access.", "org.", "conferences.", "ballots.")
# … but not the acts of a meeting that runs; one that is not named here is looked at.
_HARMLESS = frozenset(
    {
        "ballots.cast",
        "ballots.close_poll",
        "ballots.count_poll",
        "ballots.open_poll",
        "ballots.publish_poll",
    }
)
_LOOKED_BACK = 300


def check(knocks: Sequence[Knock]) -> list[Verdict]:
    """Trả lời cho từng người gõ cửa; as many queries for a hundred as for one."""
    now = timezone.now()
    signed = sessions.signed_in({knock.key for knock in knocks}, now=now)
    actors = _actors(signed.values(), timezone.localdate(now))
    audiences = {pk: _audiences(knocks, pk, signed, actors) for pk in {knock.conference for knock in knocks}}
    return [_verdict(knock, signed.get(knock.key), audiences[knock.conference], now) for knock in knocks]


def _verdict(
    knock: Knock, session: SignedIn | None, audiences: Mapping[int, Collection[str]], now: dt.datetime
) -> Verdict:
    if session is None:
        return Verdict(Answer.SIGN_IN, now)
    seen = audiences.get(session.user.pk, ())
    answer = Answer.IN if knock.audience in seen else Answer.NOT_HERE
    return Verdict(answer, session.until, session.user.pk)


def _audiences(
    knocks: Iterable[Knock], conference: int, signed: Mapping[str, SignedIn], actors: Mapping[int, Actor]
) -> dict[int, Collection[str]]:
    """By account, for one conference."""
    users = {
        signed[knock.key].user.pk
        for knock in knocks
        if knock.conference == conference and knock.key in signed
    }
    asked = [actors[pk] for pk in sorted(users & actors.keys())]
    found = audiences_of_many(asked, conference)
    return {actor.user_id or 0: seen for actor, seen in zip(asked, found, strict=True)}


def _actors(signed: Iterable[SignedIn], today: dt.date) -> dict[int, Actor]:
    """By account; who must first choose a password or a second factor sees nothing yet, as on the pages."""
    users = {session.user.pk: session.user for session in signed if not session.user.password_is_temporary}
    actors = {actor.user_id or 0: actor for actor in actors_of(list(users.values()), today=today)}
    if not settings.SECOND_FACTOR:
        return actors
    powerful = {pk for pk, actor in actors.items() if any(actor.may(right) for right in POWERFUL)}
    lacking = powerful - sessions.with_second_factor(powerful)
    return {pk: actor for pk, actor in actors.items() if pk not in lacking}


@dataclass
class Watch:
    """Người theo dõi: what happened lately that can end a right. One for each process."""

    _noted: frozenset[int] = frozenset()
    _count: int = 0

    def pulse(self, conferences: Collection[int], keys: Collection[str]) -> Pulse:
        """Three short queries, however many are watching."""
        now = timezone.now()
        self._note(history.newest(_LOOKED_BACK))
        return Pulse(
            numbers=pulse.numbers(conferences),
            keys=sessions.standing_keys(keys, now=now),
            # Posts begin and end with the day.
            stamp=(self._count, timezone.localdate(now)),
        )

    def _note(self, events: Iterable[tuple[int, str]]) -> None:
        """Numbers can be committed out of their order: each is looked for, not only those after the last."""
        lately = frozenset(pk for pk, action in events if touches_rights(action))
        if lately - self._noted:
            self._count += 1
        self._noted = lately


def touches_rights(action: str) -> bool:
    """Whether what was done can end somebody's right to watch."""
    return action.startswith(_TOUCHING) and action not in _HARMLESS
