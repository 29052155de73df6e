"""Ghi bản nhập vào sổ: each accepted card through the action that a clerk typing by hand would use."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from soi.base.actor import Actor
from soi.base.errors import Conflict
from soi.conferences import actions as conferences
from soi.conferences import minutes
from soi.conferences.enums import Form
from soi.conferences.models import Conference
from soi.documents import actions as documents
from soi.documents.models import Passage
from soi.findings import actions as findings
from soi.intake.cards import (
    AnyCard,
    ArticleCard,
    CauseCard,
    ConferenceCard,
    DecisionCard,
    DirectionCard,
    DocumentCard,
    FindingCard,
    PersonCard,
    PostLine,
)
from soi.intake.enums import PersonChoice, PostAction
from soi.intake.logic.posts import nature_of
from soi.intake.models import Draft, Proposal
from soi.org import staffing
from soi.org.models import Membership, Organization, Person, Post


@dataclass(frozen=True, slots=True)
class Accepted:
    """Một thẻ đã nhận, with the words it rests on."""

    id: int
    card: AnyCard
    passage: Passage | None


@dataclass(slots=True)
class _Work:
    """What all the steps share while one draft is written."""

    actor: Actor
    draft: Draft
    now: dt.datetime
    conference: Conference
    causes: defaultdict[int, list[findings.CauseEntry]] = field(default_factory=lambda: defaultdict(list))

    @property
    def day(self) -> dt.date:
        return self.conference.date_start


def accepted(draft: Draft, rows: Sequence[tuple[Proposal, AnyCard]]) -> list[Accepted]:
    """Các thẻ đã nhận with their passages; writes the passages, so call it inside the transaction."""
    return [
        Accepted(row.pk, card, documents.passage(source=draft.source, start=row.start, end=row.end))
        if row.start is not None and row.end is not None
        else Accepted(row.pk, card, None)
        for row, card in rows
    ]


def write(*, actor: Actor, draft: Draft, cards: Sequence[Accepted], now: dt.datetime) -> Conference:
    """Ghi tất cả, in the transaction of the caller: the conference first, then what hangs on it."""
    actor = replace(actor, via="intake")
    work = _Work(actor, draft, now, _write_conference(actor, cards, now))
    kept = {item.id for item in cards if isinstance(item.card, FindingCard)}
    _attach_source(work, cards)
    for item in cards:
        _sort_out_cause(work, item, kept)
    for item in cards:
        _write_card(work, item)
    _write_conclusions(work, cards)
    return work.conference


def _write_conference(actor: Actor, cards: Sequence[Accepted], now: dt.datetime) -> Conference:
    card = next((item.card for item in cards if isinstance(item.card, ConferenceCard)), None)
    if card is None or card.date_start is None:
        raise Conflict(
            "Bản nhập chưa có hội nghị. Hãy nhận thẻ hội nghị; văn bản không nói về hội nghị thì bỏ bản nhập."
        )
    return conferences.record_conference(
        actor=actor,
        organization=Organization.objects.get(pk=card.organization or 0),
        kind=card.kind,
        form=Form(card.form),
        title=card.title,
        date_start=card.date_start,
        date_end=card.date_end,
        period=card.period,
        place=card.place,
        now=now,
    )


def _attach_source(work: _Work, cards: Sequence[Accepted]) -> None:
    article = next((item.card for item in cards if isinstance(item.card, ArticleCard)), ArticleCard())
    conferences.attach_source(
        actor=work.actor,
        conference=work.conference,
        source=work.draft.source,
        author=article.author,
        photographer=article.photographer,
        published=article.published,
        now=work.now,
    )


def _sort_out_cause(work: _Work, item: Accepted, kept: set[int]) -> None:
    """A cause of one finding travels with it; one whose finding was dropped is common to all."""
    if not isinstance(item.card, CauseCard):
        return
    if item.card.finding in kept:
        entry = findings.CauseEntry(item.card.kind, item.card.statement, item.passage)
        work.causes[item.card.finding].append(entry)
    else:
        minutes.add_common_cause(
            actor=work.actor, conference=work.conference, statement=item.card.statement, passage=item.passage,
            now=work.now,
        )  # fmt: skip


def _write_card(work: _Work, item: Accepted) -> None:
    match item.card:
        case PersonCard() if item.card.choice != PersonChoice.SKIP:
            _write_person(work, item.card, item.passage)
        case FindingCard():
            _write_finding(work, item.card, item)
        case DecisionCard(kind=kind, statement=statement):
            minutes.add_decision(
                actor=work.actor, conference=work.conference, kind=kind, statement=statement,
                passage=item.passage, now=work.now,
            )  # fmt: skip
        case DocumentCard(type=sort, number=number, name=name, issuer=issuer, date=date):
            minutes.add_cited_document(
                actor=work.actor, conference=work.conference, type=sort, number=number, name=name,
                issuer=issuer, date=date, passage=item.passage, now=work.now,
            )  # fmt: skip
        case _:
            pass


def _write_finding(work: _Work, card: FindingCard, item: Accepted) -> None:
    named = {unit.organization: unit.text for unit in reversed(card.units) if unit.organization}
    named.pop(work.conference.organization_id, None)
    bodies = Organization.objects.in_bulk(named)
    finding = findings.record_finding(
        actor=work.actor,
        organization=work.conference.organization,
        kind=card.kind,
        statement=card.statement,
        area=card.area,
        found_on=work.day,
        concerned=[findings.ConcernedEntry(bodies[pk], named[pk]) for pk in bodies],
        causes=work.causes[item.id],
        passage=item.passage,
        now=work.now,
    )
    conferences.attach_finding(actor=work.actor, conference=work.conference, finding=finding, now=work.now)


def _write_conclusions(work: _Work, cards: Sequence[Accepted]) -> None:
    conclusions = [
        minutes.NewConclusion(item.card.statement, item.card.area, item.card.period, item.passage)
        for item in cards
        if isinstance(item.card, DirectionCard)
    ]
    if conclusions:
        minutes.add_conclusions(
            actor=work.actor, conference=work.conference, conclusions=conclusions, now=work.now
        )


# --- people and posts ----------------------------------------------------------------------------------


def _write_person(work: _Work, card: PersonCard, passage: Passage | None) -> None:
    person = _the_person(work, card)
    for line in card.posts:
        _write_post(work, person, line)
    if card.record_rank and card.rank:
        staffing.set_rank(
            actor=work.actor, person=person, rank=card.rank, start=work.day,
            organization=work.conference.organization, now=work.now,
        )  # fmt: skip
    minutes.record_attendance(
        actor=work.actor,
        conference=work.conference,
        person=person,
        roles=card.roles,
        rank=card.rank or None,
        posts=", ".join(line.text for line in card.posts if line.text)[:600] or None,
        passage=passage,
        now=work.now,
    )


def _the_person(work: _Work, card: PersonCard) -> Person:
    if card.choice == PersonChoice.EXISTING:
        return Person.objects.get(pk=card.person or 0)
    return staffing.add_person(
        actor=work.actor, name=card.name, organization=work.conference.organization, now=work.now
    )


def _write_post(work: _Work, person: Person, line: PostLine) -> None:
    if line.action == PostAction.RECORD_NEW:
        _appoint(work, person, _new_post(work, line))
    elif line.action in (PostAction.RECORD, PostAction.HANDOVER):
        post = Post.objects.select_related("organization").get(pk=line.post or 0)
        _appoint(work, person, post, replace=line.action == PostAction.HANDOVER)


def _new_post(work: _Work, line: PostLine) -> Post:
    organization = Organization.objects.get(pk=line.organization or 0)
    role, seats = nature_of(line.text)
    return staffing.add_post(
        actor=work.actor,
        organization=organization,
        label=line.text,
        role=role,
        # As old as its body: an earlier text, imported later, may name it too.
        start=organization.start,
        seats=seats,
        now=work.now,
    )


def _appoint(work: _Work, person: Person, post: Post, *, replace: bool = False) -> None:
    """The text proves "held on that day": when it began, and when it passed on after, is unknown."""
    until = _next_change(person, post, work.day)
    staffing.appoint(
        actor=work.actor,
        person=person,
        post=post,
        start=work.day,
        end=until,
        start_known=False,
        end_known=until is None,
        replace=replace,
        basis=f"Theo văn bản «{work.draft.source.original_name}»",
        now=work.now,
    )


def _next_change(person: Person, post: Post, day: dt.date) -> dt.date | None:
    """The first day after ``day`` on which the post is known to have passed on (texts come in any order)."""
    later = Membership.objects.filter(post=post, start__gt=day)
    if post.seats != 1:
        later = later.filter(person=person)
    return later.order_by("start").values_list("start", flat=True).first()
