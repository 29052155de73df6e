"""Nghi lặp lại: earlier findings that look the same are proposed; a person without a stake decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from soi.base.actor import Actor, Capability
from soi.findings import permissions, policies
from soi.findings.enums import FindingKind, LinkState
from soi.findings.logic.similarity import Profile, compare, profile
from soi.findings.models import Finding, RecurrenceLink
from soi.findings.queries import visible_to
from soi.history.actions import record
from soi.org.enums import EdgeKind
from soi.org.models import OrganizationEdge

# How far back an earlier finding is looked for.
YEARS_BACK = 3
# Percent alike from which on a link is proposed; more is asked where the areas of work differ.
ALIKE_IN_AREA = 45
ALIKE_ELSEWHERE = 65
MOST_LINKS = 5
# Statements with fewer words in common are not worth comparing closely.
LEAST_COMMON_WORDS = 2
_WANTING = (FindingKind.LIMITATION, FindingKind.SHORTCOMING)


@dataclass(frozen=True, slots=True)
class _Earlier:
    pk: int
    organization_id: int
    area: str
    statement: str
    search_key: str


@transaction.atomic
def propose_recurrence(*, actor: Actor, finding: Finding, now: dt.datetime) -> list[RecurrenceLink]:
    """Tìm nội dung giống trong ba năm trước; returns the new links, and tells the history also of none."""
    permissions.check_can_change(actor, finding)
    links = compare_with_earlier(actor, finding)
    record(
        actor=actor, action="findings.propose_recurrence", subject=finding, now=now,
        using=Capability.RECORD,
        looks_like=[{"id": link.earlier_id, "similarity": link.similarity} for link in links],
    )  # fmt: skip
    return links


@transaction.atomic
def decide_recurrence(
    *, actor: Actor, link: RecurrenceLink, confirmed: bool, now: dt.datetime
) -> RecurrenceLink:
    """Công nhận hoặc bác liên kết lặp lại; once. Confirmed, the later finding is marked as come back."""
    permissions.check_can_decide_recurrence(actor, link)
    current = RecurrenceLink.objects.select_for_update(of=("self",)).select_related("finding").get(pk=link.pk)
    permissions.check_state(policies.link_refusal(LinkState(current.state)))
    current.state = LinkState.CONFIRMED if confirmed else LinkState.REJECTED
    current.decided_by, current.decided_at = actor.label, now
    current.save(update_fields=["state", "decided_by", "decided_at"])
    if confirmed:
        current.finding.recurrent = True
        current.finding.save(update_fields=["recurrent"])
    record(
        actor=actor, action="findings.decide_recurrence", subject=current, now=now,
        using=Capability.VERIFY,
        finding=current.finding, earlier=current.earlier_id, decision=current.state,
    )  # fmt: skip
    return current


def compare_with_earlier(actor: Actor, finding: Finding) -> list[RecurrenceLink]:
    """Part of the actions that call it: writes the proposed links, no event. Strengths are not compared."""
    if finding.kind == FindingKind.STRENGTH:
        return []
    mine, words = profile(finding.statement), set(finding.search_key.split())
    alike = [
        (score, earlier)
        for earlier in _candidates(actor, finding)
        if (score := _score(mine, words, earlier)) >= _threshold(finding, earlier)
    ]
    # The most alike first; among equals, the one found last.
    alike.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    same_bodies = _bodies_continued_by(finding.organization_id)
    return [
        RecurrenceLink.objects.create(
            finding=finding,
            earlier_id=earlier.pk,
            similarity=score,
            same_body=earlier.organization_id in same_bodies,
        )
        for score, earlier in alike[:MOST_LINKS]
    ]


def _candidates(actor: Actor, finding: Finding) -> list[_Earlier]:
    day = finding.found_on
    # 29 February has no anniversary: counted in days of a leap-year cycle.
    since = day - dt.timedelta(days=round(365.25 * YEARS_BACK))
    earlier = visible_to(actor).filter(Q(found_on__lt=day), found_on__gte=since, kind__in=_WANTING)
    linked = RecurrenceLink.objects.filter(finding=finding).values("earlier_id")
    rows = earlier.exclude(pk__in=linked).exclude(pk=finding.pk)
    return [
        _Earlier(*row)
        for row in rows.order_by().values_list("pk", "organization_id", "area", "statement", "search_key")
    ]


def _score(mine: Profile, words: set[str], earlier: _Earlier) -> int:
    if len(words.intersection(earlier.search_key.split())) < LEAST_COMMON_WORDS:
        return 0
    return compare(mine, profile(earlier.statement))


def _threshold(finding: Finding, earlier: _Earlier) -> int:
    return ALIKE_IN_AREA if earlier.area == finding.area else ALIKE_ELSEWHERE


def _bodies_continued_by(organization_id: int) -> set[int]:
    """The body itself and those merged into it."""
    edges = OrganizationEdge.objects.filter(parent_id=organization_id, kind=EdgeKind.SUCCEEDED)
    return {organization_id, *edges.values_list("child_id", flat=True)}
