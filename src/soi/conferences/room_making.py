"""Dựng phòng họp: from rows already read to the frozen picture. Asks the database nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soi.conferences import waiting
from soi.conferences.enums import (
    Audience,
    ContributionKind,
    FloorState,
    ItemKind,
    Line,
    QueueRule,
    RequestKind,
    Secrecy,
)
from soi.conferences.logic import sentences
from soi.conferences.logic.numbering import in_tree_order, numbered
from soi.conferences.logic.presence import AtSite
from soi.conferences.models import (
    AgendaItem,
    Conference,
    ConferencePoll,
    Contribution,
    Floor,
    FloorEvent,
    Paper,
    Site,
    Speech,
    SpeechRequest,
)
from soi.conferences.quorum import Quorum
from soi.conferences.room_parts import (
    ContributionView,
    ItemView,
    LogLine,
    PaperLine,
    PaperView,
    PollView,
    QueueView,
    RoomView,
    SiteView,
    SpeakerView,
    TimerView,
)

DONE, NOW, NEXT, LATER = "done", "now", "next", "later"


@dataclass(frozen=True, slots=True)
class Named:
    """Tên kèm cấp bậc, và chức vụ."""

    name: str
    post: str


_NOBODY = Named("", "")
People = Mapping[int, Named]


def floor_of(conference: Conference) -> Floor:
    """Diễn biến; of a conference on which nothing has happened yet, as it would begin."""
    return getattr(conference, "floor", None) or Floor(conference=conference)


def speech_now(conference: Conference) -> Speech | None:
    """Lượt đang phát biểu, among those read."""
    return next((one for one in conference.speeches.all() if one.ended_at is None), None)


def people_shown(conference: Conference, said: Iterable[Contribution]) -> set[int]:
    """Những người mà trang nêu tên."""
    speech = speech_now(conference)
    shown = {row.person_id for row in conference.speech_requests.all()} | {row.person_id for row in said}
    shown |= {speech.person_id} if speech else set()
    return {person for person in shown if person is not None}


def made(
    conference: Conference,
    *,
    now: dt.datetime,
    said: Sequence[Contribution],
    there: Quorum,
    events: Sequence[FloorEvent],
    people: People,
) -> RoomView:
    """Phòng họp lúc này."""
    floor = floor_of(conference)
    papers = tuple(map(_paper_line, conference.papers.all()))
    agenda = items(list(conference.agenda.all()), papers, floor.item_id)
    polls = tuple(map(_poll, conference.polls.all()))
    sites = {site.pk: site.name for site in conference.sites.all()}
    return RoomView(
        conference_pk=conference.pk,
        title=conference.title,
        kind_label=str(conference.get_kind_display()),
        body=str(conference.organization),
        organization_id=conference.organization_id,
        day=conference.date_start,
        state=FloorState(floor.state),
        number=floor.number,
        now=now,
        opened_at=floor.opened_at,
        closed_at=floor.closed_at,
        rule=QueueRule(floor.rule),
        speech_minutes=floor.speech_minutes,
        item=next((item for item in agenda if item.pk == floor.item_id), None),
        agenda=agenda,
        timer=TimerView(floor.timer_from, floor.timer_seconds) if floor.timer_from else None,
        paper=_paper(floor, conference.papers.all()),
        papers=papers,
        speaker=_speaker(conference, floor, people, sites),
        queue=queue(conference, floor.rule, now, people, sites),
        poll=next((poll for poll in polls if poll.pk == floor.poll_id), None),
        polls=polls,
        sites=_sites(conference, there.by_site, now),
        present=there.everybody,
        entitled_present=there.present,
        entitled=there.entitled,
        quorum_needed=there.needed,
        quorum_reached=there.reached,
        questions_left=conference.questions_left,  # type: ignore[attr-defined]
        contributions=tuple(contribution(row, people) for row in said),
        log=tuple(map(log_line, events)),
    )


# --- programme and papers ---------------------------------------------------------------------------


def items(
    rows: Sequence[AgendaItem], papers: Sequence[PaperLine], current: int | None
) -> tuple[ItemView, ...]:
    """Chương trình in its order, with what is done, on now, next."""
    links = [(row.pk, row.parent_id) for row in rows]
    indexes, of = numbered(links), {row.pk: row for row in rows}
    ordered = [of[pk] for pk in in_tree_order(links)]
    places = _places(ordered, current)
    return tuple(
        ItemView(
            pk=row.pk,
            index=indexes[row.pk],
            depth=0 if row.parent_id is None else 1,
            kind=ItemKind(row.kind),
            title=row.title,
            minutes=row.minutes,
            presenter=_presenter(row),
            presenter_id=row.presenter_id,
            started_at=row.started_at,  # type: ignore[attr-defined]
            place=places[row.pk],
            papers=tuple(paper for paper in papers if paper.item_id == row.pk),
        )
        for row in ordered
    )


def _places(rows: Sequence[AgendaItem], current: int | None) -> dict[int, str]:
    """An item with parts is done once one of its parts was on; next is what comes after the one on now."""
    started = {row.pk for row in rows if row.started_at}  # type: ignore[attr-defined]
    started |= {row.parent_id for row in rows if row.pk in started and row.parent_id}
    at = next((place for place, row in enumerate(rows) if row.pk == current), -1)
    coming = next((row.pk for row in rows[at + 1 :] if row.pk not in started), None)
    places = {row.pk: DONE if row.pk in started else LATER for row in rows}
    marks = {coming: NEXT, current: NOW}
    return places | {pk: place for pk, place in marks.items() if pk in places}


def _presenter(row: AgendaItem) -> str:
    names = [str(one) for one in (row.presenter, row.presenting_body) if one]
    return ", ".join(names)


def _paper_line(row: Paper) -> PaperLine:
    return PaperLine(row.pk, row.title, Secrecy(row.secrecy), row.is_draft, row.item_id)


def _paper(floor: Floor, papers: Iterable[Paper]) -> PaperView | None:
    row = next((paper for paper in papers if paper.pk == floor.paper_id), None)
    if row is None:
        return None
    return PaperView(row.pk, row.title, floor.page, Secrecy(row.secrecy), row.is_draft)


# --- who speaks, who waits --------------------------------------------------------------------------


def _speaker(
    conference: Conference, floor: Floor, people: People, sites: Mapping[int, str]
) -> SpeakerView | None:
    speech = speech_now(conference)
    if speech is None:
        return None
    named = _named(speech.person_id, speech.site_id, people, sites)
    return SpeakerView(
        pk=speech.pk,
        person_id=speech.person_id,
        site_id=speech.site_id,
        name=named.name,
        post=named.post,
        site=sites.get(speech.site_id or 0, ""),
        kind=RequestKind(speech.kind),
        topic=_topic(speech),
        since=speech.started_at,
        seconds=floor.timer_seconds,
    )


def _topic(speech: Speech) -> str:
    return speech.request.topic if speech.request else ""


def _named(person: int | None, site: int | None, people: People, sites: Mapping[int, str]) -> Named:
    if person is not None:
        return people.get(person, _NOBODY)
    return Named(sites.get(site or 0, ""), "")


def queue(
    conference: Conference, rule: str, now: dt.datetime, people: People, sites: Mapping[int, str]
) -> tuple[QueueView, ...]:
    """Hàng chờ, in its order with the reasons."""
    rows = {row.pk: row for row in conference.speech_requests.all()}
    order = waiting.in_order(rows.values(), conference.speeches.all(), rule, now)
    return tuple(
        waiting_view(rows[one.pk], one.place, one.reason, people, sites) for one in order
    )  # fmt: skip


def waiting_view(
    row: SpeechRequest, place: int, reason: str, people: People, sites: Mapping[int, str]
) -> QueueView:
    """Một đăng ký ở chỗ của nó."""
    named = _named(row.person_id, row.site_id, people, sites)
    return QueueView(
        pk=row.pk,
        place=place,
        person_id=row.person_id,
        site_id=row.site_id,
        name=named.name,
        post=named.post,
        site=sites.get(row.site_id or 0, ""),
        kind=RequestKind(row.kind),
        topic=row.topic,
        asked_at=row.asked_at,
        reason=reason,
    )


# --- polls, sites, contributions, log ---------------------------------------------------------------


def _poll(link: Any) -> PollView:
    row: ConferencePoll = link
    poll = row.poll
    return PollView(
        pk=poll.pk,
        title=poll.title,
        mode=poll.mode,
        mode_label=str(poll.get_mode_display()),
        state=poll.state,
        state_label=str(poll.get_state_display()),
        item_id=row.item_id,
        cast=link.cast,
        roll=link.roll,
    )


def _sites(
    conference: Conference, there: Mapping[int | None, AtSite], now: dt.datetime
) -> tuple[SiteView, ...]:
    held: dict[int | None, list[Speech]] = {}
    for speech in conference.speeches.all():
        held.setdefault(speech.site_id, []).append(speech)
    empty = AtSite()
    return tuple(
        _site(site, there.get(site.pk, empty), held.get(site.pk, []), now) for site in conference.sites.all()
    )


def _site(site: Site, at: AtSite, speeches: Sequence[Speech], now: dt.datetime) -> SiteView:
    return SiteView(
        pk=site.pk,
        name=site.name,
        is_main=site.is_main,
        room=site.room,
        head=str(site.head or ""),
        technician=str(site.technician or ""),
        line=Line(site.line),
        line_at=site.line_at,
        present=at.present,
        entitled_present=at.entitled,
        code=site.code,
        turns=len(speeches),
        spoken_seconds=sum(waiting.length(one, now) for one in speeches),
    )


def contribution(row: Contribution, people: People) -> ContributionView:
    """Một ý kiến."""
    named = people.get(row.person_id, _NOBODY) if row.person_id else Named(str(row.site or ""), "")
    paper = row.paper
    return ContributionView(
        pk=row.pk,
        at=row.at,
        person_id=row.person_id,
        name=named.name,
        post=named.post,
        site=str(row.site or ""),
        kind=ContributionKind(row.kind),
        text=row.text,
        paper_id=row.paper_id,
        paper=paper.title if paper else "",
        paragraph=row.paragraph,
        finding_id=row.finding_id,
        withdrawn=row.withdrawn,
        entered_label=row.entered_label,
        restricted=paper is not None and paper.secrecy != Secrecy.ALL,
    )


def log_line(event: FloorEvent) -> LogLine:
    """Một câu của diễn biến."""
    text = sentences.sentence(event.verb, event.facts)
    return LogLine(event.number, event.at, text, Audience(event.audience))
