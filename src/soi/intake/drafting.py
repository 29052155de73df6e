"""Từ đề xuất đến thẻ: what the engine read in a text becomes cards with their matches and their evidence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from soi.conferences.enums import AttendanceRole, ConferenceKind, Form
from soi.findings.enums import FindingKind
from soi.intake.cards import (
    AnyCard,
    ArticleCard,
    Candidate,
    CauseCard,
    ConferenceCard,
    DecisionCard,
    DirectionCard,
    DocumentCard,
    FindingCard,
    PersonCard,
    PostLine,
    UnitLine,
)
from soi.intake.enums import PersonChoice, PostAction, ProposalKind
from soi.intake.extract.model import PersonMention, Proposal, Sourced, Span
from soi.intake.logic import people
from soi.intake.logic.titles import conference_title
from soi.intake.matching import Register
from soi.org.enums import WorkArea

# More candidates than this help nobody to choose.
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class DraftCard:
    """Một thẻ sắp lưu, with its words: ``evidence[0]`` is where the eye should go first."""

    kind: ProposalKind
    card: AnyCard
    evidence: tuple[Span, ...] = ()


def text_day(proposal: Proposal, fallback: dt.date) -> dt.date:
    """Ngày của văn bản: of the meeting, else of publication, else the fallback; for looking up posts."""
    for sourced in (proposal.conference.date_start, proposal.article.published):
        if (found := _date(sourced)) is not None:
            return found
    return fallback


def draft_cards(proposal: Proposal, register: Register, *, document_date: dt.date | None) -> list[DraftCard]:
    """Các thẻ, in the order of the confirm page."""
    organisation = proposal.conference.organisation
    if organisation and register.body(organisation.value) is None:
        register = register.elsewhere()
    return [
        _conference(proposal, register, document_date),
        *(_person(mention, register) for mention in proposal.people),
        *_findings(proposal, register),
        *(
            DraftCard(ProposalKind.CAUSE, CauseCard(statement=_said(proposal, item.span)), (item.span,))
            for item in proposal.causes
        ),
        *_directions(proposal),
        *(
            DraftCard(
                ProposalKind.DECISION,
                DecisionCard(kind=item.kind.value, statement=_said(proposal, item.span)),
                (item.span,),
            )
            for item in proposal.ratings
        ),
        *_documents(proposal),
        *_article(proposal),
    ]


def _said(proposal: Proposal, span: Span) -> str:
    """The words as a sentence of their own: with a capital at the beginning."""
    words = span.of(proposal.text)
    return words[:1].upper() + words[1:]


def _value(sourced: Sourced[str] | None, most: int) -> str:
    return sourced.value[:most] if sourced else ""


def _date(sourced: Sourced[str] | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(sourced.value) if sourced else None
    except ValueError:  # "--04-07": a day without a year
        return None


def _evidence(*sourced: Sourced[str] | None) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for item in sourced if item for span in item.evidence))


# --- conference ----------------------------------------------------------------------------------------


def _conference(proposal: Proposal, register: Register, document_date: dt.date | None) -> DraftCard:
    read = proposal.conference
    start, end = _date(read.date_start), _date(read.date_end)
    written = read.date_start.value if read.date_start and start is None else ""
    inferred = start is not None and not _year_is_written(proposal.text, read.date_start)
    if start is None and written and document_date:
        start, inferred = _in_year_of(written, document_date), True
    organisation = _value(read.organisation, 300)
    body = register.body(organisation)
    kind = ConferenceKind(read.kind.value.value)
    card = ConferenceCard(
        kind=kind,
        form=Form(read.form.value.value),
        title=conference_title(
            kind,
            tuple(item.value for item in read.period),
            read.title.of(proposal.text) if read.title else "",
            organisation,
        ),
        date_start=start,
        date_end=end or start,
        period=", ".join(item.value for item in read.period)[:60],
        place=_value(read.place, 300),
        organization=body or register.home,
        organization_as_written=organisation,
        date_as_written=written,
        date_inferred=inferred and start is not None,
        organization_guessed=body is None,
    )
    title = (read.title,) if read.title else ()
    evidence = _evidence(read.date_start, read.organisation, *read.period, read.place, read.date_end)
    nature = (*read.kind.evidence, *read.form.evidence)
    return DraftCard(ProposalKind.CONFERENCE, card, tuple(dict.fromkeys((*evidence, *nature, *title))))


# A whole date elsewhere in the text (that of publication) is as good as a year beside the day of the meeting.
_WHOLE_DATE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")


def _year_is_written(text: str, sourced: Sourced[str] | None) -> bool:
    if sourced is None or not sourced.evidence:
        return False
    first, *others = (span.of(text) for span in sourced.evidence)
    year = sourced.value[:4]
    return year in first or any(year in other and _WHOLE_DATE.search(other) for other in others)


def _in_year_of(written: str, document_date: dt.date) -> dt.date | None:
    """ "--12-30" in a text of 05/01/2022 is 30/12/2021: the last such day up to the date of the document."""
    for year in (document_date.year, document_date.year - 1):
        try:
            day = dt.date.fromisoformat(f"{year}-{written.removeprefix('--')}")
        except ValueError:
            continue
        if day <= document_date:
            return day
    return None


# --- people --------------------------------------------------------------------------------------------


def _person(mention: PersonMention, register: Register) -> DraftCard:
    posts = [(post, register.body(post.org) if post.org else None) for post in mention.posts]
    meant = [register.post(post.post, body) for post, body in posts]
    ranked = register.named(mention.name, [post.id for post in meant if post])
    chosen = people.sure(mention.name, ranked)
    card = PersonCard(
        name=mention.name[:120],
        rank=(mention.rank or "")[:60],
        roles=_roles(mention),
        posts=tuple(_post_line(post.post, post.org, body, register, chosen) for post, body in posts),
        choice=PersonChoice.EXISTING if chosen else PersonChoice.UNDECIDED,
        person=chosen,
        candidates=tuple(
            Candidate(
                match.person.id, match.person.name, "; ".join(held.label for held in match.person.posts)[:400]
            )
            for match in ranked[:_MOST_CANDIDATES]
        ),
    )
    return DraftCard(ProposalKind.PERSON, card, _person_evidence(mention))


def _roles(mention: PersonMention) -> tuple[AttendanceRole, ...]:
    return tuple(dict.fromkeys(AttendanceRole(item.role.value) for item in mention.roles))


def _post_line(
    text: str, org_text: str, body: int | None, register: Register, holder: int | None
) -> PostLine:
    post = register.post(text, body, holder=holder)
    line = PostLine(
        text=text[:200],
        organization_as_written=org_text[:300],
        organization=post.body.id if post else body,
        post=post.id if post else None,
    )
    holds = post is not None and any(pk == holder for pk, _ in post.holders)
    return replace(line, action=PostAction.AS_HELD) if holds else line


def rematched(card: PersonCard, register: Register) -> PersonCard:
    """Đối chiếu lại: the posts of a card as of another day, the chosen person unchanged."""
    lines = []
    for line in card.posts:
        body = register.body(line.organization_as_written) if line.organization_as_written else None
        lines.append(_post_line(line.text, line.organization_as_written, body, register, card.person))
    return replace(card, posts=tuple(lines))


def _person_evidence(mention: PersonMention) -> tuple[Span, ...]:
    first, others = mention.name_spans[:1], mention.name_spans[1:]
    rank = (mention.rank_span,) if mention.rank_span else ()
    posts = (post.span for post in mention.posts)
    roles = (role.span for role in mention.roles)
    return tuple(dict.fromkeys((*first, *rank, *posts, *roles, *others)))


# --- what was found, concluded, cited ------------------------------------------------------------------


def _findings(proposal: Proposal, register: Register) -> Iterator[DraftCard]:
    for item in proposal.findings:
        card = FindingCard(
            kind=FindingKind(item.type.value),
            area=WorkArea(item.area.value),
            statement=_said(proposal, item.span),
            units=tuple(UnitLine(unit.text[:300], register.body(unit.text)) for unit in item.units),
        )
        yield DraftCard(ProposalKind.FINDING, card, (item.span,))


def _directions(proposal: Proposal) -> Iterator[DraftCard]:
    for item in proposal.directions:
        card = DirectionCard(
            statement=_said(proposal, item.span),
            area=WorkArea(item.area.value),
            period=_value(item.period, 60),
        )
        yield DraftCard(ProposalKind.DIRECTION, card, (item.span, *_evidence(item.period)))


def _documents(proposal: Proposal) -> Iterator[DraftCard]:
    for item in proposal.documents:
        card = DocumentCard(
            type=item.type[:60],
            number=(item.number or "")[:60],
            name=(item.name or "")[:500],
            issuer=_value(item.issuer, 200),
            date=_date(item.date),
        )
        yield DraftCard(ProposalKind.DOCUMENT, card, item.spans)


def _article(proposal: Proposal) -> Iterator[DraftCard]:
    read = proposal.article
    card = ArticleCard(
        author=_value(read.author, 200),
        photographer=_value(read.photographer, 200),
        published=_date(read.published),
        boilerplate=tuple((span.start, span.end) for span in _in_order(read.boilerplate)),
    )
    if card != ArticleCard():
        yield DraftCard(ProposalKind.ARTICLE, card, _evidence(read.author, read.published, read.photographer))


def _in_order(spans: Iterable[Span]) -> Sequence[Span]:
    return sorted(spans)
