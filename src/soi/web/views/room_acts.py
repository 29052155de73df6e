"""Việc làm trong phòng họp: the POSTs of the session. Done without a page: 204; from a plain form: back to it.

Whether somebody may, and whether the floor allows it now, is decided by the actions; here only fields are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.errors import Invalid
from soi.conferences import contributing, deciding, floor, queries, speaking
from soi.conferences.enums import RequestKind
from soi.web.http import SignedInRequest, way_back

if TYPE_CHECKING:
    from soi.conferences.models import Conference

MOST_DIGITS = 9
SPEAKING = "speaking"  # in place of a person: whoever has the floor


def _conference(request: SignedInRequest, pk: int) -> Conference:
    return queries.get(request.actor, pk)


def _done(request: SignedInRequest, conference: Conference) -> HttpResponse:
    """The pages hear of it by their stream; who has none is sent back to see it."""
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(way_back(request, reverse("room", args=[conference.pk])))


def _number(request: SignedInRequest, name: str) -> int | None:
    """A number that may be left out."""
    typed = request.POST.get(name, "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        sentence = _("Hãy ghi bằng chữ số.")
        raise Invalid(sentence, {name: sentence})
    return int(typed)


# --- the session ------------------------------------------------------------------------------------


def floor_opening(request: SignedInRequest, pk: int) -> HttpResponse:
    """Khai mạc."""
    conference = _conference(request, pk)
    floor.open_session(actor=request.actor, conference=conference, now=request.now)
    return _done(request, conference)


def floor_closing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bế mạc."""
    conference = _conference(request, pk)
    floor.close_session(actor=request.actor, conference=conference, now=request.now)
    return _done(request, conference)


def floor_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chuyển sang nội dung ``item``."""
    conference = _conference(request, pk)
    item = _number(request, "item")
    floor.start_item(actor=request.actor, conference=conference, item=item, now=request.now)
    return _done(request, conference)


def floor_pause(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nghỉ giải lao ``minutes`` phút; empty: until taken up again."""
    conference = _conference(request, pk)
    minutes = _number(request, "minutes")
    floor.pause(actor=request.actor, conference=conference, minutes=minutes, now=request.now)
    return _done(request, conference)


def floor_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Họp tiếp."""
    conference = _conference(request, pk)
    floor.resume(actor=request.actor, conference=conference, now=request.now)
    return _done(request, conference)


def floor_rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thứ tự phát biểu ``rule``, and ``speech_minutes`` for each (empty: no limit)."""
    conference = _conference(request, pk)
    floor.set_rule(
        actor=request.actor, conference=conference, rule=request.POST.get("rule", ""),
        speech_minutes=_number(request, "speech_minutes"), now=request.now,
    )  # fmt: skip
    return _done(request, conference)


def floor_timer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đặt đồng hồ ``seconds``; empty: it counts up."""
    conference = _conference(request, pk)
    seconds = _number(request, "seconds")
    floor.start_timer(actor=request.actor, conference=conference, seconds=seconds, now=request.now)
    return _done(request, conference)


# --- papers -----------------------------------------------------------------------------------------


def floor_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trình bày tài liệu ``paper``, from ``page`` on (empty: the first)."""
    conference = _conference(request, pk)
    floor.present(
        actor=request.actor, conference=conference, paper=_number(request, "paper"),
        page=_number(request, "page") or 1, now=request.now,
    )  # fmt: skip
    return _done(request, conference)


def floor_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sang trang ``page``."""
    conference = _conference(request, pk)
    page = _number(request, "page")
    floor.turn_page(actor=request.actor, conference=conference, page=page, now=request.now)
    return _done(request, conference)


def floor_paper_away(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thôi trình bày."""
    conference = _conference(request, pk)
    floor.put_away(actor=request.actor, conference=conference, now=request.now)
    return _done(request, conference)


# --- speaking ---------------------------------------------------------------------------------------


def floor_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đăng ký phát biểu: ``kind``, ``topic``; for another ``person`` or a ``site`` where one may."""
    conference = _conference(request, pk)
    speaking.ask_to_speak(
        actor=request.actor, conference=conference, kind=request.POST.get("kind", RequestKind.SPEAK),
        topic=request.POST.get("topic", ""), person=_number(request, "person"),
        site=_number(request, "site"), now=request.now,
    )  # fmt: skip
    return _done(request, conference)


def floor_withdrawal(request: SignedInRequest, pk: int, asked: int) -> HttpResponse:
    """Rút đăng ký."""
    conference = _conference(request, pk)
    speaking.withdraw_request(actor=request.actor, conference=conference, request=asked, now=request.now)
    return _done(request, conference)


def floor_declining(request: SignedInRequest, pk: int, asked: int) -> HttpResponse:
    """Không mời, with the ``reason``."""
    conference = _conference(request, pk)
    speaking.decline_request(
        actor=request.actor, conference=conference, request=asked, now=request.now,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return _done(request, conference)


def floor_giving(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mời phát biểu: a ``request`` that waits, or a ``person`` and/or ``site``; ``reason`` where out of turn."""
    conference = _conference(request, pk)
    speaking.give_floor(
        actor=request.actor, conference=conference, request=_number(request, "request"),
        person=_number(request, "person"), site=_number(request, "site"),
        kind=request.POST.get("kind", RequestKind.SPEAK), reason=request.POST.get("reason", ""),
        now=request.now,
    )  # fmt: skip
    return _done(request, conference)


def floor_speech_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Kết thúc lượt phát biểu."""
    conference = _conference(request, pk)
    speaking.end_speech(actor=request.actor, conference=conference, now=request.now)
    return _done(request, conference)


# --- contributions ----------------------------------------------------------------------------------


def contribution_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nêu ý kiến: ``kind``, ``text``; ``paper`` with ``paragraph``, ``finding``; ``person`` or ``site`` who said it.

    ``person=speaking``: whoever has the floor.
    """
    conference = _conference(request, pk)
    of_speaker = request.POST.get("person") == SPEAKING
    contributing.add_contribution(
        actor=request.actor, conference=conference, kind=request.POST.get("kind", ""),
        text=request.POST.get("text", ""), of_speaker=of_speaker,
        person=None if of_speaker else _number(request, "person"), site=_number(request, "site"),
        paper=_number(request, "paper"), paragraph=_number(request, "paragraph"),
        finding=_number(request, "finding"), now=request.now,
    )  # fmt: skip
    return _done(request, conference)


def contribution_withdrawal(request: SignedInRequest, pk: int, contribution: int) -> HttpResponse:
    """Rút ý kiến."""
    conference = _conference(request, pk)
    contributing.withdraw_contribution(
        actor=request.actor, conference=conference, contribution=contribution, now=request.now
    )
    return _done(request, conference)


# --- ballots ----------------------------------------------------------------------------------------


def floor_poll(request: SignedInRequest, pk: int, poll: int) -> HttpResponse:
    """Đưa ra bỏ phiếu; a secret ballot is opened on its own page, where the tellers type their passphrases."""
    conference = _conference(request, pk)
    asked = deciding.poll_of(conference, poll)
    deciding.open_vote(actor=request.actor, conference=conference, poll=asked, now=request.now)
    return _done(request, conference)


def floor_poll_close(request: SignedInRequest, pk: int, poll: int) -> HttpResponse:
    """Đóng bỏ phiếu; one closed meanwhile by somebody else is not mistaken for the next."""
    conference = _conference(request, pk)
    deciding.close_vote(actor=request.actor, conference=conference, poll=poll, now=request.now)
    return _done(request, conference)


def floor_poll_publication(request: SignedInRequest, pk: int, poll: int) -> HttpResponse:
    """Công bố kết quả."""
    conference = _conference(request, pk)
    asked = deciding.poll_of(conference, poll)
    deciding.publish_votes(actor=request.actor, conference=conference, polls=[asked], now=request.now)
    return _done(request, conference)
