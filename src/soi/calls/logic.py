"""Ai được phát, lời mời có phát không, mã dùng trạm chuyển tiếp: plain functions, no database."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# In a break, and once closed, nobody sends; a forgotten microphone is heard by nobody.
SILENT = frozenset({"break", "closed"})
# While these last, who presents the item answers too; in a vote only the chair is heard.
PRESENTED = frozenset({"item", "presenting", "speaking"})
SENDING = ("sendrecv", "sendonly")
NOT_SENDING = ("recvonly", "inactive")
TURN_SECONDS = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Seat:
    """Một đầu nối: a site, or a person of their own."""

    pk: int
    site_id: int | None = None
    person_id: int | None = None
    is_main: bool = False
    organization_id: int | None = None


@dataclass(frozen=True, slots=True)
class FloorNow:
    """Diễn biến lúc này, as far as microphones go; ``sits`` says at which site a person is."""

    number: int = 0
    state: str = "waiting"
    chairs: frozenset[int] = frozenset()
    presenter_id: int | None = None
    presenting_body_id: int | None = None
    speaker_id: int | None = None
    speaking_site_id: int | None = None
    sits: Mapping[int, int] = field(default_factory=dict)


def publishers(now: FloorNow, seats: Iterable[Seat]) -> frozenset[int]:
    """Ai được phát: the chair's endpoint, the presenter's and the speaker's; nobody else, and nobody in a break."""
    seats = tuple(seats)
    if now.state in SILENT:
        return frozenset()
    found = _of_the_chair(now, seats)
    if now.state in PRESENTED:
        found |= _of_person(now.presenter_id, now, seats)
        if now.presenting_body_id is not None:
            found |= {seat.pk for seat in seats if seat.organization_id == now.presenting_body_id}
    if now.speaker_id is not None:
        found |= _of_person(now.speaker_id, now, seats) or _of_site(now.speaking_site_id, seats)
    else:
        found |= _of_site(now.speaking_site_id, seats)
    return frozenset(found)


def _of_the_chair(now: FloorNow, seats: tuple[Seat, ...]) -> set[int]:
    main = {seat.pk for seat in seats if seat.is_main}
    if main:
        return main
    return {pk for chair in now.chairs for pk in _of_person(chair, now, seats)}


def _of_person(person_id: int | None, now: FloorNow, seats: tuple[Seat, ...]) -> set[int]:
    """The endpoint of their own, else that of the site where they sit."""
    if person_id is None:
        return set()
    own = {seat.pk for seat in seats if seat.person_id == person_id}
    return own or _of_site(now.sits.get(person_id), seats)


def _of_site(site_id: int | None, seats: tuple[Seat, ...]) -> set[int]:
    return set() if site_id is None else {seat.pk for seat in seats if seat.site_id == site_id}


def sends(sdp: str) -> bool:
    """Lời mời này có phát tiếng hoặc hình không: a media section that does not say otherwise sends."""
    inside, direction = False, ""
    session = SENDING[0]
    for line in (*sdp.splitlines(), "m=end"):
        if line.startswith("m="):
            if inside and (direction or session) in SENDING:
                return True
            inside, direction = line.startswith(("m=audio", "m=video")), ""
        elif line.startswith("a=") and line[2:].strip() in (*SENDING, *NOT_SENDING):
            if inside:
                direction = line[2:].strip()
            else:
                session = line[2:].strip()
    return False


def turn_credential(secret: str, name: str, at: float) -> tuple[str, str]:
    """Mã dùng trạm chuyển tiếp (coturn ``use-auth-secret``): good for half a day, then worth nothing."""
    user = f"{int(at) + TURN_SECONDS}:{name}"
    mac = hmac.new(secret.encode(), user.encode(), hashlib.sha1)
    return user, base64.b64encode(mac.digest()).decode()
