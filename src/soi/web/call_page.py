"""Khung âm thanh, hình ảnh: what the panel in the room and the page of the line show to one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.calls import permissions, queries
from soi.calls.adapters import adapter_of
from soi.calls.enums import RoomKind
from soi.conferences import lines
from soi.conferences.enums import Line

if TYPE_CHECKING:
    from soi.calls.models import Endpoint
    from soi.conferences.models import Conference, Site

# The word beside the line, the tone and the icon.
LINE_LOOKS = {
    Line.UNKNOWN: ("plain", "help"),
    Line.READY: ("active", "check"),
    Line.CONNECTED: ("mended", "success"),
    Line.LOST: ("shortcoming", "warning"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """Khung của một người: for which place they join, and in which way."""

    conference_id: int
    kind: str
    kind_label: str
    link: str
    place: str
    base: str


@dataclass(frozen=True, slots=True)
class SiteLine:
    """Một điểm cầu: its line, who answers for it, and whether I may tick it."""

    pk: int
    name: str
    is_main: bool
    room: str
    technician: str
    line: str
    label: str
    tone: str
    icon: str
    at: Any
    may_tick: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Một cách truyền to choose from; ``why_not`` says what stands against it."""

    kind: str
    label: str
    words: str
    why_not: str
    chosen: bool


def panel(actor: Actor, conference: Conference) -> Panel | None:
    """Khung for the page of the room; nothing where no room is open or the person is heard through a site."""
    room = queries.room_of(conference)
    place = queries.place_of(actor, conference) if room else None
    if room is None or place is None:
        return None
    return Panel(
        conference_id=conference.pk,
        kind=room.kind,
        kind_label=str(RoomKind(room.kind).label),
        link=room.link,
        place=place.name,
        base=reverse("call_room", args=[conference.pk]),
    )


def build(actor: Actor, conference: Conference) -> dict[str, Any]:
    """Trang âm thanh, hình ảnh: the room, the lines of all sites, and my own panel."""
    room = queries.room_of(conference)
    may_run = permissions.can_run(actor, conference)
    sites = list(conference.sites.select_related("technician"))
    return {
        "conference": conference,
        "room": room,
        "call": panel(actor, conference),
        "may_run": may_run,
        "sites": [_site(actor, conference, site, open_by_link=_by_link(room)) for site in sites],
        "ways": _ways(len(sites)) if may_run and room is None else [],
        "line_choices": [(Line.READY, _("Sẵn sàng")), (Line.CONNECTED, _("Đã nối")), (Line.LOST, _("Mất"))],
    }


def _by_link(room: Any) -> bool:
    return room is None or room.kind == RoomKind.LINK


def _site(actor: Actor, conference: Conference, site: Site, *, open_by_link: bool) -> SiteLine:
    site.conference = conference
    tone, icon = LINE_LOOKS[Line(site.line)]
    return SiteLine(
        pk=site.pk,
        name=site.name,
        is_main=site.is_main,
        room=site.room,
        technician=site.technician.name if site.technician else "",
        line=site.line,
        label=str(Line(site.line).label),
        tone=tone,
        icon=icon,
        at=site.line_at,
        # Where Soi measures the line itself, nobody ticks against it.
        may_tick=open_by_link and lines.may_tick(actor, site),
    )


def _ways(sites: int) -> list[Way]:
    words = {
        RoomKind.MESH: _("Không cần máy chủ nào khác. Đủ cho 5 điểm nối."),
        RoomKind.JANUS: _("Từ 6 đến 60 điểm cầu. Máy chủ tự tắt tiếng khi chủ trì chuyển lượt."),
        RoomKind.LINK: _("Jitsi, BigBlueButton, LiveKit hoặc thiết bị hội nghị truyền hình của đơn vị."),
    }
    against = {kind: _why_not(kind, sites) for kind in words}
    first = next(kind for kind in words if not against[kind])
    return [Way(kind, str(kind.label), words[kind], against[kind], kind == first) for kind in words]


def _why_not(kind: RoomKind, sites: int) -> str:
    if kind == RoomKind.JANUS and not settings.JANUS_URL:
        return _("Chưa cài đặt máy chủ Janus.")
    most = adapter_of(kind).most_endpoints
    if sites > most:
        return _("Hội nghị có %(sites)s điểm cầu, cách này chỉ đủ cho %(most)s.") % {
            "sites": sites,
            "most": most,
        }
    return ""


def state(endpoint: Endpoint, conference: Conference, now: Any) -> dict[str, Any]:
    """Trạng thái as the page reads it: who is here, and who may send now."""
    endpoints = list(queries.endpoints_of(conference))
    floor = queries.floor_now(conference)
    here = queries.present(endpoints, now)
    return {
        "number": floor.number,
        "me": endpoint.pk,
        "publishers": sorted(queries.publishers_among(floor, endpoints)),
        "peers": [
            {"id": each.pk, "client": each.client, "name": _name(each)}
            for each in here
            if each.pk != endpoint.pk
        ],
    }


def _name(endpoint: Endpoint) -> str:
    return endpoint.site.name if endpoint.site else str(endpoint.person.name if endpoint.person else "")
