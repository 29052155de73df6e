"""Việc của tôi: what is due from me. Hồ sơ của tôi: everything Soi holds about me."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from soi.access import queries as access
from soi.ballots import queries as ballots
from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.piles import Pile, Piles, prepare
from soi.briefings import queries as briefings
from soi.conferences import inviting
from soi.conferences import queries as conferences
from soi.directives import queries as directives
from soi.findings import queries as findings
from soi.findings.counting import grouped
from soi.findings.enums import FindingState
from soi.findings.register import RegisterFilter
from soi.intake import queries as intake
from soi.org import directory
from soi.org import queries as org
from soi.reviews import commented, prompted
from soi.web import review_mine, task_figures
from soi.web.http import SignedInRequest
from soi.web.register_page import figures
from soi.work import queries as work

# So many of each kind are shown; the rest comes up as these are done.
SHOWN = 20
# Of the tasks one has spoken on, so many; the rest is found in the list of tasks.
MOST_SAID = 100


def my_work(request: SignedInRequest) -> HttpResponse:
    """Trang đầu sau khi đăng nhập: overdue first, then what can wait."""
    actor = request.actor
    drafts = _drafts(request)
    waiting = {**_asked(actor, SHOWN).read(), "drafts": Pile(drafts[:SHOWN], len(drafts))}
    everything = RegisterFilter()
    context = {
        **waiting,
        "total": sum(pile.count for pile in waiting.values()),
        "late": waiting["overdue"].count + waiting["overdue_tasks"].count,
        "today": actor.today,
        "tiles": figures(grouped(actor, everything), everything) if actor.may(Capability.READ) else [],
        "work": task_figures.mine(actor),
        "may_record": actor.may(Capability.RECORD),
    }
    return render(request, "my_work.html", context)


@lru_cache(maxsize=256)
def _asked(actor: Actor, first: int) -> Piles:
    """Composing a dozen statements takes longer than their answer; the same actor asks the same all day.

    Sound because ``_waiting`` reads nothing but the actor, who is made anew for each request: other posts,
    another day or another person are another actor.
    """
    return prepare(_waiting(actor), first=first)


def _waiting(actor: Actor) -> dict[str, QuerySet[Any]]:
    """Các loại việc đang chờ, by the name that the page knows them by; all read in one query."""
    remedies, late = findings.due_from(actor), Q(due_on__lt=actor.today)
    unanswered = findings.about_me(actor).exclude(answers__person_id=actor.person_id or 0)
    verifies = actor.may(Capability.VERIFY)
    to_verify, recurrence = findings.to_verify(actor), findings.recurrence_to_decide(actor)
    tasks = work.due_from(actor)
    return {
        "to_cast": ballots.to_cast(actor),
        "to_count": ballots.to_count(actor),
        "meetings": inviting.held_today(actor),
        "invitations": inviting.waiting_for(actor),
        "overdue_tasks": tasks.filter(late),
        "tasks": tasks.exclude(late),
        "to_assess": work.to_assess(actor),
        "requests": work.requests_open(actor),
        "handovers": work.handovers_to_sign(actor),
        "overdue": remedies.filter(late),
        "due": remedies.exclude(late),
        "to_verify": to_verify if verifies else to_verify.none(),
        "recurrence": recurrence if verifies else recurrence.none(),
        "unanswered": unanswered.exclude(state=FindingState.MENDED),
        "to_comment": commented.waiting_for(actor),
        "comments_to_answer": commented.to_answer(actor),
        "papers": directives.addressed_to(actor),
        "returned_reports": briefings.waiting_for(actor),
        "prompts_to_explain": prompted.to_explain(actor),
        "explanations_to_judge": prompted.to_judge(actor),
        "reviews_to_decide": prompted.to_decide(actor),
    }


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
        "acknowledged": directives.acknowledged_by(person.pk),
        "disseminated": directives.disseminated_by(person.pk),
        "about_me": findings.about_me(actor),
        "remedies": findings.due_from(actor),
        "tasks": work.due_from(actor),
        "helped": work.helped_by(actor),
        "said": work.said_by(actor)[:MOST_SAID],
        "handovers": work.handovers_visible_to(actor).filter(
            Q(outgoing_id=person.pk) | Q(incoming_id=person.pk)
        ),
        "delegations": access.delegations_visible_to(actor),
        "reviews": review_mine.build(actor, with_lacks=False),
        "comments_about_me": review_mine.about_me(actor),
        "comments_asked": commented.asked_of_me(actor),
    }
    return render(request, "my_record.html", context)


def _drafts(request: SignedInRequest) -> list[Any]:
    """Bản nháp chờ xác nhận, for those who record."""
    if not request.actor.may(Capability.RECORD):
        return []
    return list(intake.waiting(request.actor))
