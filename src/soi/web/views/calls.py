"""Âm thanh, hình ảnh: the page of the line, and the small talk of the pages that are joined."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from soi.base.errors import Invalid, NotFound, Refusal
from soi.calls import actions, following, permissions, queries, signalling
from soi.calls.enums import RoomKind
from soi.conferences import lines
from soi.conferences import queries as conferences
from soi.conferences.enums import Line
from soi.web import call_page
from soi.web.http import SignedInRequest, way_back

if TYPE_CHECKING:
    from soi.conferences.models import Conference

MOST_BYTES = 64 * 1024
Answer = Callable[..., HttpResponse]


def call_room(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trang âm thanh, hình ảnh; POST opens the room in the way that was chosen."""
    conference = conferences.get(request.actor, pk)
    refused, status = "", 200
    if request.method == "POST":
        try:
            return _open(request, conference)
        except Invalid as refusal:
            refused, status = refusal.sentence, 422
    context = call_page.build(request.actor, conference) | {
        "refused": refused,
        "link": request.POST.get("link", ""),
        "kind": request.POST.get("kind", ""),
    }
    return render(request, "calls/room.html", context, status=status)


def _open(request: SignedInRequest, conference: Conference) -> HttpResponse:
    permissions.check_can_run(request.actor, conference)
    kind = request.POST.get("kind", "")
    if kind not in RoomKind.values:
        raise Invalid(_("Chọn một cách truyền."))
    actions.open_room(
        actor=request.actor,
        conference=conference,
        kind=RoomKind(kind),
        link=request.POST.get("link", ""),
        now=request.now,
    )
    messages.success(request, _("Đã mở phòng âm thanh, hình ảnh. Các điểm cầu nối được từ bây giờ."))
    return redirect("call_room", conference.pk)


def call_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đóng phòng."""
    conference = conferences.get(request.actor, pk)
    actions.close_room(actor=request.actor, conference=conference, now=request.now)
    messages.success(request, _("Đã đóng phòng âm thanh, hình ảnh."))
    return redirect("call_room", pk)


def site_line(request: SignedInRequest, pk: int, site: int) -> HttpResponse:
    """Đánh dấu đường truyền của một điểm cầu; 204 for the room's own page, back to the list otherwise."""
    conference = conferences.get(request.actor, pk)
    row = conference.sites.filter(pk=site).first()
    if row is None:
        raise NotFound(_("Không tìm thấy điểm cầu này."))
    chosen = request.POST.get("line", "")
    if chosen not in Line.values:
        raise Invalid(_("Chọn trạng thái đường truyền."))
    row.conference = conference
    lines.tick(actor=request.actor, site=row, line=Line(chosen), now=request.now)
    if request.htmx or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    return redirect(way_back(request, f"/hoi-nghi/{pk}/am-thanh/"))


# --- what the joined page says ------------------------------------------------------------------------


def _talk(view: Answer) -> Answer:
    """Answers in JSON, refusals too: the panel reads them, nobody else."""

    @wraps(view)
    def answer(request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            conference = conferences.get(request.actor, pk)
            return view(request, conference, _said(request))
        except Refusal as refusal:
            return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)

    return answer


def _said(request: SignedInRequest) -> dict[str, Any]:
    # Anything but JSON says nothing; whether one may speak at all is then the first thing found out.
    if request.method != "POST" or request.content_type != "application/json":
        return {}
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise Invalid(_("Tín hiệu quá dài."))
    try:
        said = json.loads(request.body or b"{}")
    except ValueError as error:
        raise Invalid(_("Tín hiệu không đúng dạng.")) from error
    if not isinstance(said, dict):
        raise Invalid(_("Tín hiệu không đúng dạng."))
    return said


@_talk
def call_joining(request: SignedInRequest, conference: Conference, said: dict[str, Any]) -> HttpResponse:
    """Nối: this page speaks for its place from now on."""
    joined = actions.join(
        actor=request.actor, conference=conference, now=request.now, take_over=said.get("take_over") is True
    )
    return JsonResponse(
        {
            "client": joined.endpoint.client,
            "kind": joined.room.kind,
            "ticket": joined.ticket,
            "relays": joined.relays,
            "state": call_page.state(joined.endpoint, conference, request.now),
        }
    )


@_talk
def call_leaving(request: SignedInRequest, conference: Conference, said: dict[str, Any]) -> HttpResponse:
    """Rời."""
    actions.leave(actor=request.actor, conference=conference, client=_client(said), now=request.now)
    return HttpResponse(status=204)


@_talk
def call_pulse(request: SignedInRequest, conference: Conference, said: dict[str, Any]) -> HttpResponse:
    """Còn nối."""
    actions.pulse(actor=request.actor, conference=conference, client=_client(said), now=request.now)
    room = queries.room_of(conference)
    if room is not None:
        following.make_sure(room, request.now)
    return HttpResponse(status=204)


@_talk
def call_signal(request: SignedInRequest, conference: Conference, said: dict[str, Any]) -> HttpResponse:
    """Tín hiệu: POST sends one, GET fetches what waits and who may send now."""
    if request.method == "POST":
        return _send(request, conference, said)
    after = request.GET.get("sau", "0")
    endpoint = actions.check_joined(request.actor, conference, request.GET.get("client", ""))
    waiting = queries.waiting_for(endpoint, int(after) if after.isdecimal() and len(after) < 19 else 0)
    return JsonResponse(
        {
            "signals": [signalling.message(signal) for signal in waiting],
            "state": call_page.state(endpoint, conference, request.now),
        }
    )


def _send(request: SignedInRequest, conference: Conference, said: dict[str, Any]) -> HttpResponse:
    signalling.send(
        actor=request.actor,
        conference=conference,
        client=_client(said),
        to=str(said.get("to", ""))[:32],
        kind=str(said.get("kind", "")),
        body=said.get("body"),
        now=request.now,
    )
    return HttpResponse(status=204)


def _client(said: dict[str, Any]) -> str:
    return str(said.get("client", ""))[:32]
