"""Hồ sơ của thông báo: for each kind, the rows an actor may see. Delivery asks here, at the moment of delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor
from soi.briefings import queries as briefings
from soi.briefings.models import BriefingRound
from soi.conferences import queries as conferences
from soi.directives import queries as directives
from soi.directives.models import Addressee
from soi.findings import queries as findings
from soi.findings.models import Remedy
from soi.notices.enums import RecordKind
from soi.org.queries import visible_to as bodies_visible_to
from soi.reviews import commented
from soi.reviews import queries as reviews
from soi.work import queries as work

Rows = QuerySet[Any]


def _remedies(actor: Actor) -> Rows:
    seen = findings.visible_to(actor).filter(pk=OuterRef("finding"))
    return Remedy.objects.filter(Exists(seen)).select_related("accountable_post__organization")


def _addressees(actor: Actor) -> Rows:
    rows = Addressee.objects.filter(directives.addressees_seen(actor))
    return rows.select_related("directive", "organization")


def _rounds(actor: Actor) -> Rows:
    """A round is opened by the level above: whoever knows that level sees that it asks for reports."""
    known = bodies_visible_to(actor).order_by().values("pk")
    return BriefingRound.objects.filter(organization__in=known).select_related("organization")


SEEN: dict[RecordKind, Callable[[Actor], Rows]] = {
    RecordKind.TASK: lambda actor: work.visible_to(actor).select_related("organization"),
    RecordKind.REMEDY: _remedies,
    RecordKind.FINDING: lambda actor: findings.visible_to(actor).select_related("organization"),
    RecordKind.DIRECTIVE: lambda actor: directives.visible_to(actor).select_related("issuer"),
    RecordKind.ADDRESSEE: _addressees,
    RecordKind.HANDOVER: lambda actor: work.handovers_visible_to(actor).select_related("post__organization"),
    RecordKind.BRIEFING: lambda actor: briefings.visible_to(actor).select_related("organization"),
    RecordKind.ROUND: _rounds,
    RecordKind.CONFERENCE: lambda actor: conferences.visible_to(actor).select_related("organization"),
    RecordKind.REVIEW_CYCLE: lambda actor: reviews.cycles_visible_to(actor).select_related("organization"),
    RecordKind.REVIEW: lambda actor: reviews.visible_to(actor).select_related(
        "organization", "person", "cycle"
    ),
    RecordKind.COMMENTS: lambda actor: commented.rounds_asking(actor).select_related("review__organization"),
}


def in_sight(actor: Actor) -> Q:
    """Thông báo mà hồ sơ còn trong tầm mắt: a condition on notices, one EXISTS for each kind of record."""
    wanted = Q(pk__in=[])
    for kind, seen in SEEN.items():
        rows = seen(actor).order_by().filter(pk=OuterRef("record_id"))
        wanted |= Q(Exists(rows), record_kind=kind)
    return wanted


def load(actor: Actor, wanted: Iterable[tuple[RecordKind, int]]) -> dict[tuple[RecordKind, int], Any]:
    """Những hồ sơ này, as far as the actor sees them: one query for each kind that occurs."""
    ids: dict[RecordKind, set[int]] = {}
    for kind, pk in wanted:
        ids.setdefault(RecordKind(kind), set()).add(pk)
    return {
        (kind, row.pk): row
        for kind, pks in ids.items()
        if kind in SEEN
        for row in SEEN[kind](actor).filter(pk__in=pks)
    }
