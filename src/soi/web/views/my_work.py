"""Việc của tôi: what is due from me. Hồ sơ của tôi: everything Soi holds about me."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from soi.access import queries as access
from soi.base.actor import Capability
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

# So many of each kind are shown; a longer list is opened in the register.
SHOWN = 20


def my_work(request: SignedInRequest) -> HttpResponse:
    """Trang đầu sau khi đăng nhập: overdue first, then what can wait."""
    actor = request.actor
    due = list(findings.due_from(actor))
    verifies = actor.may(Capability.VERIFY)
    unanswered = findings.about_me(actor).exclude(answers__person_id=actor.person_id or 0)
    work: dict[str, list[Any]] = {
        "overdue": [remedy for remedy in due if remedy.is_overdue(actor.today)],
        "due": [remedy for remedy in due if not remedy.is_overdue(actor.today)],
        "to_verify": list(findings.to_verify(actor)) if verifies else [],
        "recurrence": list(findings.recurrence_to_decide(actor)) if verifies else [],
        "drafts": _drafts(request),
        "unanswered": list(unanswered.exclude(state=FindingState.MENDED)),
    }
    reads = actor.may(Capability.READ)
    context = {
        **{name: rows[:SHOWN] for name, rows in work.items()},
        "counts": {name: len(rows) for name, rows in work.items()},
        "rest": {name: max(0, len(rows) - SHOWN) for name, rows in work.items()},
        "total": sum(len(rows) for rows in work.values()),
        "today": actor.today,
        "tiles": figures(grouped(actor, RegisterFilter()), RegisterFilter()) if reads else [],
        "may_record": actor.may(Capability.RECORD),
    }
    return render(request, "my_work.html", context)


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
