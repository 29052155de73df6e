"""Ai xem phần nào của phòng họp: worked out for many people at once, as when a thousand pages open together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Q

from soi.ballots.models import Teller
from soi.base.actor import Actor, Capability
from soi.base.models import held_on
from soi.conferences.enums import AttendanceRole, Audience
from soi.conferences.models import Attendance, Conference, Site
from soi.conferences.queries import let_in
from soi.org.models import Closure

# Who conducts the conference sees each of these.
_CONDUCTING = frozenset({Audience.CHAIR, Audience.SITE, Audience.WALL})
_CONDUCTORS = frozenset({AttendanceRole.CHAIR, AttendanceRole.SECRETARY})

Audiences = frozenset[Audience]


def audiences_of(actor: Actor, conference: Conference) -> Audiences:
    """Các lớp người xem mà người này thuộc về; empty for who has nothing to do with the conference."""
    return audiences_of_many([actor], conference.pk)[0]


def audiences_of_many(actors: Sequence[Actor], conference_id: int) -> list[Audiences]:
    """For each actor in turn; as many queries for one as for a thousand."""
    body = Conference.objects.filter(pk=conference_id).values_list("organization_id", flat=True).first()
    if body is None:
        return [frozenset()] * len(actors)
    parts = _parts(conference_id, {actor.person_id for actor in actors if actor.person_id})
    above = _above(body, actors)
    return [_audiences(actor, parts.get(actor.person_id or 0, set()), body, above) for actor in actors]


def _audiences(actor: Actor, part: set[Audience], body: int, above: Collection[int]) -> Audiences:
    return frozenset(part | _CONDUCTING) if _records(actor, body, above) else frozenset(part)


def _parts(conference_id: int, people: Collection[int]) -> dict[int, set[Audience]]:
    """What each person's own part in the conference lets them see."""
    parts: defaultdict[int, set[Audience]] = defaultdict(set)
    attending = Attendance.objects.filter(let_in(), conference_id=conference_id, person_id__in=people)
    for person, role in attending.order_by().values_list("person_id", "roles__role"):
        parts[person] |= {Audience.DELEGATE} | (_CONDUCTING if role in _CONDUCTORS else set())
    serving = Q(head_id__in=people) | Q(technician_id__in=people)
    sites = Site.objects.filter(serving, conference_id=conference_id).order_by()
    for pair in sites.values_list("head_id", "technician_id"):
        for person in pair:
            parts[person].add(Audience.SITE)
    counting = Teller.objects.filter(poll__conference_link__conference_id=conference_id, person_id__in=people)
    for person in counting.order_by().values_list("person_id", flat=True):
        parts[person].add(Audience.TELLER)
    return dict(parts)


def _above(body: int, actors: Sequence[Actor]) -> set[int]:
    """The bodies whose part of the tree the conference's body stands in; asked only when a right could reach it."""
    days = {actor.today for actor in actors if actor.may(Capability.RECORD) and not actor.is_system}
    if not days:
        return set()
    found = Closure.objects.filter(held_on(max(days)), descendant_id=body)
    return set(found.order_by().values_list("ancestor_id", flat=True))


def _records(actor: Actor, body: int, above: Collection[int]) -> bool:
    return actor.is_system or any(
        grant.organization_id == body or (grant.whole_tree and grant.organization_id in above)
        for grant in actor.grants
        if grant.capability == Capability.RECORD
    )
