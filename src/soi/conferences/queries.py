"""Đọc hội nghị: what the actor may see, the list with its filters, and the people met at conferences."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from soi.ballots.models import Teller
from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.base.records import Kept
from soi.base.text import fold, search_terms
from soi.conferences.enums import Presence
from soi.conferences.models import Attendance, Conclusion, Conference, ConferenceFinding, Site
from soi.findings import queries as findings
from soi.findings.enums import FindingState
from soi.org.models import Closure, Organization, Person
from soi.org.queries import people_visible_to, scope

_SETTLED = (FindingState.NOTED, FindingState.MENDED)


def visible_to(actor: Actor) -> QuerySet[Conference]:
    """Hội nghị được thấy: of bodies one reads for, those attended, those where one serves a site or counts votes."""
    if actor.is_system:
        return Conference.objects.all()
    attended = Attendance.objects.filter(let_in(), conference=OuterRef("pk"), person_id=actor.person_id or 0)
    me = actor.person_id or 0
    served = Site.objects.filter(Q(head_id=me) | Q(technician_id=me), conference=OuterRef("pk"))
    counted = Teller.objects.filter(poll__conference_link__conference=OuterRef("pk"), person_id=me)
    reach = scope(actor, Capability.READ, path="organization")
    return Conference.objects.filter(reach | Exists(attended) | Exists(served) | Exists(counted))


def let_in() -> Q:
    """Ai đã vào thành phần: an invitation counts from the moment it was sent."""
    return ~Q(presence=Presence.INVITED) | Q(invitation__sent_at__isnull=False)


def get(actor: Actor, pk: int) -> Conference:
    """One conference with its body; ``NotFound`` also when it is outside what the actor may see."""
    conference: Conference | None = _SEEN.one(actor, keys=[pk])
    if conference is None:
        raise NotFound("Không tìm thấy hội nghị này.")
    return conference


_SEEN = Kept(lambda actor, pk: visible_to(actor).select_related("organization").filter(pk=pk).order_by())


@dataclass(frozen=True, slots=True)
class ConferenceFilter:
    """Bộ lọc. ``organization`` means its whole part of the tree, merged and abolished bodies included."""

    kind: str = ""
    year: int | None = None
    organization: Organization | None = None
    text: str = ""


def listing(actor: Actor, wanted: ConferenceFilter) -> QuerySet[Conference]:
    """Danh sách hội nghị, newest first, with ``open_findings``: not yet mended, of those the actor sees."""
    rows = search(visible_to(actor), wanted.text)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year:
        rows = rows.filter(date_start__year=wanted.year)
    if wanted.organization:
        below = Closure.objects.filter(held_on(actor.today), ancestor=wanted.organization)
        rows = rows.filter(organization__in=below.values("descendant_id"))
    return rows.select_related("organization").annotate(open_findings=_open_findings(actor))


def _open_findings(actor: Actor) -> Coalesce:
    unsettled = findings.visible_to(actor).filter(pk=OuterRef("finding")).exclude(state__in=_SETTLED)
    links = ConferenceFinding.objects.filter(Exists(unsettled), conference=OuterRef("pk")).order_by()
    counted = links.values("conference").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def search(rows: QuerySet[Conference], query: str) -> QuerySet[Conference]:
    """Tìm: every word of the query, with or without marks, in the title, the place and the body's name."""
    for term in search_terms(query):
        rows = rows.filter(search_key__contains=fold(term))
    return rows


def get_conclusion(actor: Actor, pk: int) -> Conclusion:
    """Một kết luận; NotFound when its conference is out of sight."""
    found = Conclusion.objects.filter(pk=pk, conference__in=visible_to(actor).values("pk"))
    conclusion = found.select_related("conference__organization", "task").first()
    if conclusion is None:
        raise NotFound("Không tìm thấy kết luận này.")
    return conclusion


def years(actor: Actor) -> list[int]:
    """Các năm có hội nghị, newest first, for the filter."""
    found = visible_to(actor).annotate(year=ExtractYear("date_start")).order_by("-year")
    return list(found.values_list("year", flat=True).distinct())


def people_known_to(actor: Actor) -> QuerySet[Person]:
    """Người đã biết: those of the own part of the tree, and whoever attended a conference recorded there.

    A guest from another organisation holds no post that the actor sees; without this he would be entered
    as a new person at every conference.
    """
    if actor.is_system:
        return Person.objects.all()
    reach = scope(actor, Capability.READ, path="conference__organization")
    met = Attendance.objects.filter(reach, person=OuterRef("pk"))
    return Person.objects.filter(Q(pk__in=people_visible_to(actor).values("pk")) | Exists(met))


def attended_by(actor: Actor, person_id: int) -> QuerySet[Attendance]:
    """Hội nghị một người đã dự, newest first, of those the actor sees."""
    return (
        Attendance.objects.filter(person_id=person_id, conference__in=visible_to(actor).values("pk"))
        .select_related("conference", "conference__organization")
        .prefetch_related("roles")
        .order_by("-conference__date_start", "-pk")
    )
