"""Phòng họp: one page for each part a person has in the session. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from soi.base.errors import NotFound
from soi.conferences import papers, queries, room, room_lists
from soi.conferences.enums import Audience, ContributionKind, FloorState, Line, QueueRule
from soi.web import call_page, room_page, room_rendering
from soi.web.http import SignedInRequest
from soi.web.paragraphs import around, paragraphs

if TYPE_CHECKING:
    from soi.conferences.models import Conference

Parts = dict[str, Any]


def room_entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Vào phòng họp: to the page of one's own part."""
    conference = queries.get(request.actor, pk)
    audiences = room.audiences_of(request.actor, conference)
    page = room_page.my_page(audiences, is_chair=room_lists.chairs(request.actor, conference))
    if not page:
        raise NotFound(_("Đồng chí không có phần việc trong phiên họp này."))
    return redirect(page, pk)


def room_chair(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang chủ trì: what is on, who is next, give the floor."""
    return _page(request, pk, "room_chair", Audience.CHAIR, _driving)


def room_secretary(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang thư ký: type what is said; the same controls beside it."""
    return _page(request, pk, "room_secretary", Audience.CHAIR, _writing)


def room_delegate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang đại biểu, phone first: what is on, ask to speak, vote."""
    return _page(request, pk, "room_delegate", Audience.DELEGATE, _attending)


def room_site(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang điểm cầu: its line, who is here, ask for the site."""
    return _page(request, pk, "room_site", Audience.SITE, _at_site)


def room_teller(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang ban kiểm phiếu: each poll with its next step."""
    return _page(request, pk, "room_teller", Audience.TELLER, _nothing_more)


def room_wall(request: SignedInRequest, pk: int) -> HttpResponse:
    """Màn hình chung: read from ten metres, nothing to press."""
    return _page(request, pk, "room_wall", Audience.WALL, _nothing_more)


def room_mine(request: SignedInRequest, pk: int, audience: str) -> HttpResponse:
    """Phần của riêng tôi, fetched again after an event."""
    parts = _MINE.get(audience)
    if parts is None:
        raise NotFound(_("Không có trang này."))
    conference = _let_in(request, pk, Audience(audience))
    page = reverse(_PAGE_OF[Audience(audience)], args=[pk])
    context = {"conference": conference, "audience": audience, "token": _token(request, page)}
    return render(request, f"room/_mine_{audience}.html", context | parts(request, conference))


def room_paper(request: SignedInRequest, pk: int, paper: int) -> HttpResponse:
    """Tài liệu with its paragraphs numbered, so that what is said can be tied to one of them."""
    conference = queries.get(request.actor, pk)
    found = papers.get(request.actor, paper)
    if found.conference_id != conference.pk:
        raise NotFound(_("Không tìm thấy tài liệu này."))
    audiences = room.audiences_of(request.actor, conference)
    page = "room_secretary" if Audience.CHAIR in audiences else "room_delegate"
    context = {
        "conference": conference,
        "paper": found,
        "paragraphs": paragraphs(around(found.source.text, 0, 0)),
        "page_name": page if audiences else "",
    }
    return render(request, "room/paper.html", context)


# --- what each page has beside the regions -----------------------------------------------------------------


def _page(
    request: SignedInRequest,
    pk: int,
    name: str,
    audience: Audience,
    parts: Callable[[SignedInRequest, Conference], Parts],
) -> HttpResponse:
    conference = queries.get(request.actor, pk)
    audiences = _checked(request, conference, audience)
    view = room.room_view(conference, request.now)
    context = {
        "conference": conference,
        "audience": audience.value,
        "page_name": name,
        "tabs": room_page.tabs(audiences),
        "number": view.number,
        "state": view.state,
        "rule": view.rule,
        "speech_minutes": view.speech_minutes,
        "token": _token(request),
        "regions": room_rendering.regions_of(view, audience, token=_token(request)),
    }
    template = f"room/{name.removeprefix('room_')}.html"
    return render(request, template, context | parts(request, conference))


def _let_in(request: SignedInRequest, pk: int, audience: Audience) -> Conference:
    conference = queries.get(request.actor, pk)
    _checked(request, conference, audience)
    return conference


def _checked(request: SignedInRequest, conference: Conference, audience: Audience) -> frozenset[Audience]:
    """A page of a part one does not have is not there."""
    audiences = room.audiences_of(request.actor, conference)
    if audience not in audiences:
        raise NotFound(_("Đồng chí không có phần việc này trong phiên họp."))
    return audiences


def _token(request: SignedInRequest, back: str = "") -> str:
    """Hidden fields of every form: the token, and the page to come back to where scripts do not run.

    What the stream brings has neither: there live.js is at work and sends the header instead.
    """
    field = '<input type="hidden" name="{}" value="{}">'
    pairs = (("csrfmiddlewaretoken", get_token(request)), ("next", back or request.get_full_path()))
    return format_html_join("", field, pairs)


def _nothing_more(_request: SignedInRequest, _conference: Conference) -> Parts:
    return {}


def _driving(request: SignedInRequest, conference: Conference) -> Parts:
    return {
        "people": room_lists.people_of(conference),
        "rules": [(rule.value, rule.label) for rule in QueueRule],
        "call": call_page.panel(request.actor, conference),
    }


def _writing(request: SignedInRequest, conference: Conference) -> Parts:
    return {
        "people": room_lists.people_of(conference),
        "rules": [(rule.value, rule.label) for rule in QueueRule],
        "kind": ContributionKind.STRENGTH,
        "findings": room_lists.findings_under_discussion(request.actor, conference),
        "links": room_page.links_of_secretary(conference.pk),
        **_opinion(request, conference),
    }


def _attending(request: SignedInRequest, conference: Conference) -> Parts:
    return {
        "call": call_page.panel(request.actor, conference),
        **_opinion(request, conference),
        **_mine_of_delegate(request, conference),
    }


def _opinion(request: SignedInRequest, conference: Conference) -> Parts:
    """What an opinion may be about; a paragraph chosen on the page of the paper comes in the address."""
    readable = list(papers.papers_for(request.actor, conference))
    return {
        "papers": readable,
        "drafts": [paper for paper in readable if paper.is_draft],
        "kinds": [(kind.value, kind.label) for kind in ContributionKind],
        "about_paper": _number(request.GET.get("tai-lieu", "")),
        "about_paragraph": _number(request.GET.get("doan", "")),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _mine_of_delegate(request: SignedInRequest, conference: Conference) -> Parts:
    mine = room.my_room(request.actor, conference, request.now)
    page = mine.page or 0
    ahead = mine.request.place - 1 if mine.request else 0
    return {"mine": mine, "ahead": ahead, "page_back": page - 1, "page_on": page + 1}


def _at_site(request: SignedInRequest, conference: Conference) -> Parts:
    return {"call": call_page.panel(request.actor, conference), **_mine_of_site(request, conference)}


def _mine_of_site(request: SignedInRequest, conference: Conference) -> Parts:
    """One site: the one asked for, or the first of those this person serves; who drives may see all."""
    mine = room.my_room(request.actor, conference, request.now)
    served = [site for site in conference.sites.all() if mine.may_drive or site.pk in mine.sites_served]
    asked = _number(request.GET.get("diem-cau", ""))
    site = next((one for one in served if one.pk == asked), served[0] if served else None)
    roster = room_lists.roster_of(conference, site.pk) if site else []
    return {
        "mine": mine,
        "site": site,
        "sites": served,
        "roster": roster,
        "here": [row for row in roster if row.is_here],
        "lines": [(line.value, line.label) for line in Line if line != Line.UNKNOWN],
        "asks": mine.state not in {FloorState.WAITING, FloorState.CLOSED},
        "roll_url": f"{reverse('attendance_board', args=[conference.pk])}?diem-cau={site.pk}" if site else "",
    }


_PAGE_OF = {Audience.DELEGATE: "room_delegate", Audience.SITE: "room_site"}
_MINE: Mapping[str, Callable[[SignedInRequest, Conference], Parts]] = {
    Audience.DELEGATE: _mine_of_delegate,
    Audience.SITE: _mine_of_site,
}
