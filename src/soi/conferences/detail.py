"""Một hội nghị, đầy đủ: everything a page or the minutes print, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from soi.base.actor import Actor
from soi.base.records import Kept
from soi.base.together import Together
from soi.conferences import permissions
from soi.conferences.enums import AttendanceRole, Presence
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    AttendanceRoleHeld,
    CitedDocument,
    CommonCause,
    Conclusion,
    Conference,
    ConferenceSource,
    Decision,
    Paper,
    Site,
)
from soi.conferences.papers import readable as readable_papers
from soi.documents import queries as documents
from soi.findings import queries as findings
from soi.findings.enums import FindingKind
from soi.findings.models import Answer, Cause, Finding, FindingBody, Remedy, Responsibility


@dataclass(frozen=True, slots=True)
class ConferenceDetail:
    """Hồ sơ hội nghị as the actor may see it: of findings and sources only those in their sight."""

    conference: Conference
    sites: tuple[Site, ...]
    attendances: tuple[Attendance, ...]
    strengths: tuple[Finding, ...]
    limitations: tuple[Finding, ...]
    common_causes: tuple[CommonCause, ...]
    conclusions: tuple[Conclusion, ...]
    cited_documents: tuple[CitedDocument, ...]
    decisions: tuple[Decision, ...]
    sources: tuple[ConferenceSource, ...]
    agenda: tuple[AgendaItem, ...]
    papers: tuple[Paper, ...]
    may_edit: bool

    def having_role(self, *roles: AttendanceRole) -> tuple[Attendance, ...]:
        """Người dự giữ một trong các vai trò này (chủ trì, thư ký…), in the order of the record."""
        return tuple(a for a in self.attendances if any(held.role in roles for held in a.roles.all()))

    @property
    def chairs(self) -> tuple[Attendance, ...]:
        return self.having_role(AttendanceRole.CHAIR)

    @property
    def present(self) -> tuple[Attendance, ...]:
        return tuple(a for a in self.attendances if a.presence == Presence.PRESENT)

    @property
    def invited(self) -> tuple[Attendance, ...]:
        """Được mời, and not yet marked as there or away."""
        return tuple(a for a in self.attendances if a.presence == Presence.INVITED)

    @property
    def absent(self) -> tuple[Attendance, ...]:
        return tuple(a for a in self.attendances if a.presence == Presence.ABSENT)


def conference_detail(actor: Actor, conference: Conference) -> ConferenceDetail:
    """The bundle; the caller got ``conference`` from ``queries.get``. Four queries, whatever its length."""
    _PARTS.load([conference], actor)
    found = _findings_of(actor, conference)
    return ConferenceDetail(
        conference=conference,
        sites=tuple(conference.sites.all()),
        attendances=tuple(conference.attendances.all()),
        strengths=tuple(row for row in found if row.kind == FindingKind.STRENGTH),
        limitations=tuple(row for row in found if row.kind != FindingKind.STRENGTH),
        common_causes=tuple(conference.common_causes.all()),
        conclusions=tuple(conference.conclusions.all()),
        cited_documents=tuple(conference.cited_documents.all()),
        decisions=tuple(conference.decisions.all()),
        sources=tuple(conference.sources.all()),
        agenda=tuple(conference.agenda.all()),
        papers=tuple(vars(conference)["papers_read"]),
        may_edit=permissions.can_edit(actor, conference),
    )


_WORDS = ("source__text", "source__search_key")


def _parts(actor: Actor) -> list[Prefetch[Any]]:
    readable = ConferenceSource.objects.filter(source__in=documents.visible_to(actor).values("pk"))
    sources = readable.select_related("source").defer("source__text", "source__search_key")
    what_followed = ("remedy__accountable_post__organization", "task__accountable_post__organization")
    remedies = Conclusion.objects.select_related("passage", *what_followed)
    return [
        Prefetch("sites", Site.objects.all()),
        Prefetch("attendances", Attendance.objects.select_related("person", "site", "passage")),
        Prefetch("attendances__roles", AttendanceRoleHeld.objects.all()),
        Prefetch("common_causes", CommonCause.objects.select_related("passage")),
        Prefetch("conclusions", remedies),
        Prefetch("cited_documents", CitedDocument.objects.select_related("passage")),
        Prefetch("decisions", Decision.objects.select_related("passage")),
        Prefetch("agenda", AgendaItem.objects.select_related("presenter", "presenting_body")),
        Prefetch(
            "papers", readable_papers(actor).select_related("source").defer(*_WORDS), to_attr="papers_read"
        ),
        Prefetch("sources", sources.order_by("pk")),
    ]


_PARTS = Together(_parts)


def _findings_of(actor: Actor, conference: Conference) -> list[Finding]:
    """With the parts that are shown beside a finding in a list; its own page shows the rest."""
    found = _FINDINGS.read(actor, keys=[conference.pk])
    _PARTS_SHOWN.load(found)
    return found


def _named_at(actor: Actor, conference_id: int) -> QuerySet[Finding]:
    seen = findings.visible_to(actor).filter(conference_link__conference=conference_id)
    return seen.select_related("organization", "passage").order_by("conference_link__pk")


def _parts_shown() -> list[Prefetch[Any]]:
    return [
        Prefetch("bodies", FindingBody.objects.select_related("organization").order_by("pk")),
        Prefetch("causes", Cause.objects.all()),
        Prefetch("responsibilities", Responsibility.objects.select_related("organization", "post", "person")),
        Prefetch("remedies", Remedy.objects.select_related("accountable_post__organization")),
        Prefetch("answers", Answer.objects.select_related("person")),
    ]


_FINDINGS, _PARTS_SHOWN = Kept(_named_at), Together(_parts_shown)
