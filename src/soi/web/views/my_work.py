"""Việc của tôi: what is due from me. Hồ sơ của tôi: everything Soi holds about me."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from soi.access import queries as access
from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.conferences import queries as conferences
from soi.findings import queries as findings
from soi.findings.enums import FindingState
from soi.findings.register import RegisterFilter
from soi.intake import queries as intake
from soi.org import directory
from soi.org import queries as org
from soi.web.http import SignedInRequest
from soi.web.register_page import figures, grouped

# So many of each kind are shown; the rest comes up as these are done.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Pile:
    """Một loại việc: the first ones, and how many there are in all."""

    rows: list[Any]
    count: int

    @property
    def rest(self) -> int:
        return self.count - len(self.rows)


def my_work(request: SignedInRequest) -> HttpResponse:
    """Trang đầu sau khi đăng nhập: overdue first, then what can wait."""
    actor = request.actor
    overdue, due = _due(actor)
    verifies = actor.may(Capability.VERIFY)
    unanswered = findings.about_me(actor).exclude(answers__person_id=actor.person_id or 0)
    piles = {
        "overdue": overdue,
        "due": due,
        "to_verify": _first(findings.to_verify(actor)) if verifies else _pile([]),
        "recurrence": _first(findings.recurrence_to_decide(actor)) if verifies else _pile([]),
        "drafts": _pile(_drafts(request)),
        "unanswered": _first(unanswered.exclude(state=FindingState.MENDED)),
    }
    everything = RegisterFilter()
    context = {
        **piles,
        "total": sum(pile.count for pile in piles.values()),
        "today": actor.today,
        "tiles": figures(grouped(actor, everything), everything) if actor.may(Capability.READ) else [],
        "may_record": actor.may(Capability.RECORD),
    }
    return render(request, "my_work.html", context)


def _due(actor: Actor) -> tuple[Pile, Pile]:
    """Biện pháp quá hạn và còn hạn, in one query; where very many are overdue, the others wait."""
    late = Q(due_on__lt=actor.today)
    rows = findings.due_from(actor).annotate(
        how_many=Window(Count("pk")), how_many_late=Window(Count("pk", filter=late))
    )
    found = list(rows[: 2 * SHOWN])
    every, overdue = (found[0].how_many, found[0].how_many_late) if found else (0, 0)
    return Pile(found[: min(overdue, SHOWN)], overdue), Pile(found[overdue:][:SHOWN], every - overdue)


def _pile(rows: list[Any]) -> Pile:
    return Pile(rows[:SHOWN], len(rows))


def _first(rows: QuerySet[Any]) -> Pile:
    """The first rows and the number of all, in one query."""
    found = list(rows.annotate(how_many=Window(Count("pk")))[:SHOWN])
    return Pile(found, found[0].how_many if found else 0)


def my_record(request: SignedInRequest) -> HttpResponse:
    """Hồ sơ của tôi: posts, ranks, conferences, findings, remedies, delegations; nothing else is held."""
    actor = request.actor
    person = org.people_visible_to(actor).filter(pk=actor.person_id or 0).first()
    if person is None:
        raise NotFound(_("Tài khoản này chưa gắn với một người."))
    context = {
        "person": person,
        "today": actor.today,
        "memberships": directory.memberships_of(person),
        "ranks": person.ranks.order_by("-start"),
        "attendances": conferences.attended_by(actor, person.pk),
        "about_me": findings.about_me(actor),
        "remedies": findings.due_from(actor),
        "delegations": access.delegations_visible_to(actor),
    }
    return render(request, "my_record.html", context)


def _drafts(request: SignedInRequest) -> list[Any]:
    """Bản nháp chờ xác nhận, for those who record."""
    if not request.actor.may(Capability.RECORD):
        return []
    return list(intake.waiting(request.actor))
