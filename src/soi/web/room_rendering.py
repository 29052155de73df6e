"""Vẽ phòng họp: the parts of the room's pages, each once for an audience.

The same templates serve the first page load and the live updates. They are always in the language of the
installation, because one rendering is for everybody in an audience.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString

from soi.ballots.enums import PollState
from soi.conferences import pulse, room, room_lists
from soi.conferences.enums import Audience, Line
from soi.web import room_page

if TYPE_CHECKING:
    from django.template.backends.django import Template

    from soi.conferences.room import RoomView

# What each audience is shown: the region's id on the page, and the partial that draws it.
REGIONS: Mapping[Audience, Mapping[str, str]] = {
    Audience.CHAIR: {
        "state": "room/_state.html",
        "now": "room/_now.html",
        "do": "room/_do.html",
        "onair": "room/_onair.html",
        "queue": "room/_queue_chair.html",
        "ballot": "room/_ballot_chair.html",
        "agenda": "room/_agenda_chair.html",
        "sites": "room/_sites.html",
        "said": "room/_said.html",
        "log": "room/_log.html",
    },
    Audience.DELEGATE: {
        "state": "room/_state.html",
        "now": "room/_now.html",
        "queue": "room/_queue.html",
        "agenda": "room/_agenda.html",
        "log": "room/_log.html",
    },
    Audience.SITE: {
        "state": "room/_state.html",
        "now": "room/_now.html",
        "queue": "room/_queue.html",
        "sites": "room/_sites.html",
    },
    Audience.TELLER: {
        "state": "room/_state.html",
        "now": "room/_now.html",
        "polls": "room/_polls.html",
    },
    Audience.WALL: {
        "wall": "room/_wall.html",
        "foot": "room/_wall_foot.html",
    },
}
# So many lines are drawn; the rest is a number.
MOST_WAITING = 30
NEXT_ON_WALL = 3

# Minutes the chair gives with one press, with the seconds that are sent.
TIMER_MINUTES = tuple((minutes, minutes * 60) for minutes in (3, 5, 10))
# Chosen with one press: nobody types while the hall waits. They stand in the log, so they are Vietnamese.
DECLINE_REASONS = ("Hết thời gian", "Nội dung đã có người nêu", "Đề nghị gửi ý kiến bằng chữ")

# A site's line, as the colours of the badges know it.
LINE_BADGES: Mapping[str, str] = {
    Line.UNKNOWN: "",
    Line.READY: "noted",
    Line.CONNECTED: "confirmed",
    Line.LOST: "overdue",
}


def regions(conference_pk: int, audience: str, now: dt.datetime) -> dict[str, str]:
    """Các phần của trang, as this audience sees the conference now."""
    return regions_of(room.room_view(pulse.conference(conference_pk), now), audience)


def regions_of(view: RoomView, audience: str, *, token: str = "") -> dict[str, str]:
    """The same from a picture already taken; ``token`` is the hidden field of forms on a page's first load."""
    to = Audience(audience)
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(view.seen_by(to), to) | {"token": token}
        return {name: _drawn(path, context) for name, path in REGIONS[to].items()}


def told(view: RoomView, after: int, audience: str) -> list[dict[str, Any]]:
    """Lời của các sự kiện sau số này, for those who have the page open: numbers and sentences."""
    return [
        {"n": line.number, "text": line.text} for line in room.told_since(view, after, Audience(audience))
    ]


def _drawn(path: str, context: dict[str, Any]) -> SafeString:
    """Without the blanks around it: a region with nothing to show is really empty, and the style hides it."""
    return SafeString(_template(path).render(context).strip())


@lru_cache(maxsize=64)
def _template(path: str) -> Template:
    return get_template(path)  # type: ignore[return-value]


def _outcome(view: RoomView) -> list[room_lists.Announced]:
    """Kết quả đã công bố của cuộc bỏ phiếu đang trên màn hình, and of those announced with it; queries only then."""
    if view.poll is None or view.poll.state != PollState.PUBLISHED:
        return []
    return room_lists.announced_with(view.conference_pk, view.poll.pk)


def _context(view: RoomView, audience: Audience) -> dict[str, Any]:
    return {
        "view": view,
        "audience": audience,
        "drives": audience == Audience.CHAIR,
        "act": room_page.main_act(view) if audience == Audience.CHAIR else None,
        "progress": room_page.progress(view),
        "presence": room_page.presence_words(view),
        "waiting": view.queue[:MOST_WAITING],
        "more_waiting": len(view.queue) - MOST_WAITING,
        "next_three": view.queue[:NEXT_ON_WALL],
        "line_badges": LINE_BADGES,
        "codes": [site for site in view.sites if site.code],
        "timer_minutes": TIMER_MINUTES,
        "decline_reasons": DECLINE_REASONS,
        "page_back": view.paper.page - 1 if view.paper else 0,
        "page_on": view.paper.page + 1 if view.paper else 0,
        "counted_polls": sum(poll.state == PollState.COUNTED for poll in view.polls),
        "outcome": _outcome(view),
    }
