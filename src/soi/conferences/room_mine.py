"""Phần của riêng tôi trong phòng họp: what differs from person to person, as few and as small queries as possible."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from soi.ballots.enums import Mode, PollState
from soi.ballots.models import RollEntry
from soi.base.actor import Actor
from soi.conferences import floor_table, papers, waiting
from soi.conferences import room_making as making
from soi.conferences.attending_rights import Reach, reach_of
from soi.conferences.enums import FloorState, RequestState, Secrecy
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import (
    Attendance,
    AttendanceSpan,
    Conference,
    Contribution,
    FloorEvent,
    Paper,
    Speech,
    SpeechRequest,
)
from soi.conferences.queries import let_in
from soi.conferences.room_making import Named
from soi.conferences.room_parts import (
    ContributionView,
    MyBallot,
    MyRoom,
    NotInvited,
    PaperLine,
    QueueView,
)

_FLOOR = (
    "floor__state", "floor__number", "floor__rule", "floor__paper", "floor__page", "floor__poll",
    "floor__poll__title", "floor__poll__state", "floor__poll__mode",
)  # fmt: skip
_OWN = (
    "presenter_id", "attends", "seat", "seat_at", "sits", "sits_at", "restricted", "said", "asked", "speaking",
    "cast", "here",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mine:
    """One row: the floor, and what of it touches this person."""

    state: FloorState
    number: int
    rule: str
    presenter_id: int | None
    paper_id: int | None
    page: int | None
    poll_id: int | None
    poll_title: str
    poll_state: str
    poll_mode: str
    attends: bool
    seat: int | None
    seat_at: str | None
    sits: int | None
    sits_at: str | None
    restricted: bool
    said: bool
    asked: str | None  # the state of my last request: only the last can wait
    speaking: bool
    cast: bool | None
    here: bool

    @property
    def waits(self) -> bool:
        return self.asked == RequestState.WAITING


def my_room(actor: Actor, conference: Conference, now: dt.datetime) -> MyRoom:
    """Phần của tôi. The caller has checked that the conference may be seen."""
    mine, reach = _read(actor, conference), reach_of(actor, conference)
    site_id, site = (mine.sits, mine.sits_at) if mine.sits else (mine.seat, mine.seat_at)
    request, of_site = _requests(actor, conference, mine, reach, now)
    takes_part = mine.attends or bool(reach)
    return MyRoom(
        person_id=actor.person_id,
        number=mine.number,
        state=mine.state,
        request=request,
        not_invited=_not_invited(conference, mine, person_id=actor.person_id),
        speaking=mine.speaking,
        may_ask=takes_part and not request and not floor_table.refusal(mine.state, Verb.ASK),
        may_contribute=takes_part and not floor_table.refusal(mine.state, Verb.CONTRIBUTE),
        may_drive=reach.everybody,
        may_turn_page=_may_turn_page(actor, mine, reach),
        page=mine.page if mine.paper_id else None,
        ballot=_ballot(mine),
        site_id=site_id,
        site=site or "",
        to_sign_in=mine.attends and not mine.here and mine.state != FloorState.CLOSED,
        sites_served=tuple(sorted(reach.sites)),
        site_request=of_site,
        site_not_invited=_site_not_invited(conference, reach, of_site),
        papers=_papers(actor, conference) if mine.restricted else (),
        contributions=_contributions(actor, conference) if mine.said else (),
    )


def _read(actor: Actor, conference: Conference) -> _Mine:
    me = actor.person_id or 0
    mine = {"conference": OuterRef("pk"), "person_id": me}
    here = Attendance.objects.filter(**mine)
    there = AttendanceSpan.objects.filter(
        attendance__conference=OuterRef("pk"), attendance__person_id=me, left_at=None
    )
    asked = SpeechRequest.objects.filter(**mine).order_by("-pk")
    ballot = RollEntry.objects.filter(poll=OuterRef("floor__poll"), person_id=me)
    row = Conference.objects.filter(pk=conference.pk).annotate(
        attends=Exists(here.filter(let_in())),
        seat=Subquery(here.values("site")[:1]),
        seat_at=Subquery(here.values("site__name")[:1]),
        sits=Subquery(there.values("site")[:1]),
        sits_at=Subquery(there.values("site__name")[:1]),
        restricted=Exists(Paper.objects.filter(conference=OuterRef("pk")).exclude(secrecy=Secrecy.ALL)),
        said=Exists(Contribution.objects.filter(**mine, withdrawn=False)),
        asked=Subquery(asked.values("state")[:1]),
        speaking=Exists(Speech.objects.filter(**mine, ended_at=None)),
        cast=Subquery(ballot.values("cast")[:1]),
        here=Exists(there),
        presenter_id=F("floor__item__presenter"),
    )
    found = row.values(*_FLOOR, *_OWN).get()
    return _Mine(
        state=FloorState(found["floor__state"] or FloorState.WAITING),
        number=found["floor__number"] or 0,
        rule=found["floor__rule"] or "arrival",
        paper_id=found["floor__paper"],
        page=found["floor__page"],
        poll_id=found["floor__poll"],
        poll_title=found["floor__poll__title"] or "",
        poll_state=found["floor__poll__state"] or "",
        poll_mode=found["floor__poll__mode"] or "",
        **{name: found[name] for name in _OWN},
    )


def _may_turn_page(actor: Actor, mine: _Mine, reach: Reach) -> bool:
    if mine.paper_id is None or floor_table.refusal(mine.state, Verb.TURN_PAGE):
        return False
    presents = mine.presenter_id is not None and mine.presenter_id == actor.person_id
    return reach.everybody or mine.speaking or presents


def _ballot(mine: _Mine) -> MyBallot | None:
    """My ballot in the poll now open; papers ballots are not cast here."""
    if mine.cast is None or mine.poll_id is None:
        return None
    if mine.poll_state != PollState.OPEN or mine.poll_mode == Mode.PAPER:
        return None
    return MyBallot(mine.poll_id, mine.poll_title, mine.cast)


def _requests(
    actor: Actor, conference: Conference, mine: _Mine, reach: Reach, now: dt.datetime
) -> tuple[QueueView | None, QueueView | None]:
    """Mine and that of a site I serve, with their places; the order is worked out only where one may wait."""
    if not mine.waits and not reach.sites:
        return None, None
    line = waiting.line(conference.pk, mine.rule, now)
    own = of_site = None
    for placed in line.order:
        row = line.requests[placed.pk]
        people = {row.person_id: Named(str(row.person), "")} if row.person_id else {}
        sites = {row.site_id: str(row.site)} if row.site_id else {}
        if row.person_id is not None and row.person_id == actor.person_id:
            own = making.waiting_view(row, placed.place, placed.reason, people, sites)
        if row.person_id is None and row.site_id in reach.sites:
            of_site = of_site or making.waiting_view(row, placed.place, placed.reason, people, sites)
    return own, of_site


def _not_invited(conference: Conference, mine: _Mine, *, person_id: int | None) -> NotInvited | None:
    """Of my last request, if it was declined; asking again takes the sentence away."""
    if mine.asked != RequestState.DECLINED:
        return None
    return _declined(conference, person_id=person_id)


def _site_not_invited(conference: Conference, reach: Reach, waits: QueueView | None) -> NotInvited | None:
    """Of the last request of a site I serve, asked for the site itself."""
    if waits or not reach.sites:
        return None
    requests = SpeechRequest.objects.filter(conference=conference, person=None, site__in=reach.sites)
    last = requests.order_by("-pk").first()
    if last is None or last.state != RequestState.DECLINED:
        return None
    return _declined(conference, person_id=None, site_id=last.site_id)


def _declined(conference: Conference, **about: int | None) -> NotInvited | None:
    """The event is the chair's alone; its reason is also for whom it is about."""
    events = FloorEvent.objects.filter(conference=conference, verb=Verb.DECLINE, **about)
    event = events.order_by("-number").first()
    return NotInvited(event.at, event.facts["reason"]) if event else None


def _papers(actor: Actor, conference: Conference) -> tuple[PaperLine, ...]:
    rows = papers.papers_for(actor, conference).exclude(secrecy=Secrecy.ALL).order_by("pk")
    found = rows.values_list("pk", "title", "secrecy", "is_draft", "item")
    return tuple(
        PaperLine(pk, title, Secrecy(secrecy), draft, item) for pk, title, secrecy, draft, item in found
    )


def _contributions(actor: Actor, conference: Conference) -> tuple[ContributionView, ...]:
    if actor.person_id is None:
        return ()
    rows: QuerySet[Contribution] = Contribution.objects.filter(
        conference=conference, person_id=actor.person_id, withdrawn=False
    )
    people = {actor.person_id: Named(actor.label, "")}
    return tuple(
        making.contribution(row, people) for row in rows.select_related("site", "paper").order_by("-pk")[:20]
    )
