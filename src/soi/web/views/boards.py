"""Bảng điều hành: the figures of a body and of everything below it, on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.records import Kept
from soi.directives import counting
from soi.org import queries as org
from soi.web import board_page
from soi.web.board_links import Term, term_choices
from soi.web.http import SignedInRequest
from soi.work.filters import DONE, OVERDUE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.org.models import Organization

PAGE_SIZE = 50


def board(request: SignedInRequest) -> HttpResponse:
    """Bảng điều hành của tổ chức tôi: the first body that I may read with everything below it."""
    mine = _bodies(request.actor)
    if not mine:
        return render(request, "boards/none.html")
    return _shown(request, _highest(request.actor, mine), mine)


def board_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bảng điều hành của một tổ chức trong phạm vi được xem."""
    found = {body.pk: body for body in _bodies(request.actor, pk)}
    return _shown(request, _one(found, pk), list(found.values()))


def board_waiting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nơi chưa xác nhận văn bản: the rows behind the numbers of acknowledgement."""
    body = _one({body.pk: body for body in _bodies(request.actor, pk)}, pk)
    asked, today = request.GET, request.actor.today
    paper = asked.get("directive", "")
    below, overdue = asked.get("below") != "0", asked.get("overdue") == "1"
    rows = counting.waiting(
        request.actor,
        pk,
        as_of=today,
        apart_from=[] if below else org.subordinates(body, on=today).values_list("pk", flat=True),
        overdue=overdue,
        directive_id=int(paper) if paper.isascii() and paper.isdigit() and len(paper) < 19 else None,
    )
    page: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(asked.get("page"))
    context = {"body": body, "page": page, "today": today, "below": below, "overdue": overdue}
    return render(request, "boards/waiting.html", context)


def _shown(request: SignedInRequest, body: Organization, found: list[Organization]) -> HttpResponse:
    actor = request.actor
    term = Term.read(request.GET.get("period", ""), actor.today)
    shown = board_page.build(
        actor,
        body,
        term,
        by=DONE if request.GET.get("xem") == "hoan-thanh" else OVERDUE,
        every_unit=request.GET.get("tat-ca") == "1",
    )
    own = _read(actor)
    context = {
        "body": body,
        "shown": shown,
        "terms": term_choices(term, actor.today),
        "above": _above(actor, body),
        "others": [other for other in found if other.pk != body.pk and other.pk in own],
    }
    return render(request, "boards/board.html", context)


def _read(actor: Actor) -> dict[int, bool]:
    """Tổ chức được xem theo chức vụ, in the order of the posts: whether with everything below."""
    own: dict[int, bool] = {}
    for grant in actor.grants:
        if grant.capability == Capability.READ:
            own[grant.organization_id] = own.get(grant.organization_id, False) or grant.whole_tree
    return own


def _bodies(actor: Actor, pk: int | None = None) -> list[Organization]:
    """The bodies of my posts that I may read, and the one asked for; one query."""
    return _WANTED.read(actor, keys=[pk or 0])


def _wanted(actor: Actor, pk: int) -> QuerySet[Organization]:
    wanted = Q(org.existing_on(actor.today), pk__in=_read(actor)) | Q(pk=pk)
    return org.visible_to(actor).filter(org.scope(actor, Capability.READ, path="pk"), wanted)


_WANTED = Kept(_wanted)


def _highest(actor: Actor, mine: list[Organization]) -> Organization:
    """Of several, one with everything below it rather than one alone; then in the order of my posts."""
    own = _read(actor)
    order = list(own)
    return min(mine, key=lambda body: (not own[body.pk], order.index(body.pk)))


def _one(found: dict[int, Organization], pk: int) -> Organization:
    if pk not in found:
        raise NotFound(_("Không tìm thấy tổ chức này."))
    return found[pk]


def _above(actor: Actor, body: Organization) -> list[Organization]:
    """Các cấp trên được xem bảng: from the highest body of my rights down to the one above this."""
    own = _read(actor)
    chain = org.ancestors(body, on=actor.today)
    tops = [n for n, above in enumerate(chain) if own.get(above.pk)]
    return chain[tops[0] :] if tops else [above for above in chain if above.pk in own]
