"""Danh sách cho các trang của phòng họp: who may be named as speaking, who belongs to a site, what may be spoken to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from soi.ballots import outcome, wording
from soi.ballots.models import Poll
from soi.ballots.outcome import PollResult, QuestionResult
from soi.base.actor import Actor
from soi.conferences.enums import AttendanceRole, FloorState, Presence
from soi.conferences.models import Attendance, AttendanceSpan, Conference, Floor
from soi.conferences.queries import let_in
from soi.findings import queries as findings
from soi.findings.enums import FindingState
from soi.findings.models import Finding

# A list to choose from; who looks for an older one opens the register.
MOST_FINDINGS = 100
_OPEN = (FindingState.OPEN, FindingState.IN_REMEDY, FindingState.REPORTED)


def chairs(actor: Actor, conference: Conference) -> bool:
    """Có phải là chủ trì."""
    mine = Attendance.objects.filter(conference=conference, person_id=actor.person_id or 0)
    return mine.filter(roles__role=AttendanceRole.CHAIR).exists()


def state_of(conference: Conference) -> FloorState | None:
    """Diễn biến đang ở đâu; None where no session was ever begun here."""
    state = Floor.objects.filter(conference=conference).values_list("state", flat=True).first()
    return FloorState(state) if state else None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Một người trong danh sách chọn, as the minutes name him."""

    person_id: int
    label: str


def people_of(conference: Conference) -> list[PersonLine]:
    """Những người có thể được mời phát biểu, in the order of the record."""
    rows = _attending(conference).values_list("person_id", "rank", "person__name", "posts")
    return [PersonLine(person, _label(rank, name, posts)) for person, rank, name, posts in rows]


def _label(rank: str, name: str, posts: str) -> str:
    called = f"{rank} {name}".strip()
    return f"{called}, {posts}" if posts else called


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Một người thuộc điểm cầu, and whether there now."""

    name: str
    post: str
    is_here: bool


def roster_of(conference: Conference, site: int) -> list[RosterLine]:
    """Người của điểm cầu: who is there, and who is expected there and not yet there; those away are left out."""
    spans = AttendanceSpan.objects.filter(attendance=OuterRef("pk"), left_at__isnull=True)
    belongs = Q(site=site) | Q(site__isnull=True, invitation__site=site)
    rows = _attending(conference).annotate(
        here=Exists(spans.filter(site=site)), elsewhere=Exists(spans.exclude(site=site))
    )
    rows = rows.filter(Q(here=True) | belongs & Q(elsewhere=False) & ~Q(presence=Presence.ABSENT))
    ordered = rows.order_by(F("here").asc(), "order", "pk")
    found = ordered.values_list("rank", "person__name", "posts", "here")
    return [RosterLine(f"{rank} {name}".strip(), posts, here) for rank, name, posts, here in found]


def findings_under_discussion(actor: Actor, conference: Conference) -> QuerySet[Finding]:
    """Mục có thể gắn ý kiến vào: those the conference named and those of its body not yet mended."""
    named = Q(conference_link__conference=conference)
    unmended = Q(organization=conference.organization_id, state__in=_OPEN)
    seen = findings.visible_to(actor).filter(named | unmended)
    return seen.only("pk", "statement").order_by("-found_on", "-pk")[:MOST_FINDINGS]


@dataclass(frozen=True, slots=True)
class Announced:
    """Kết quả đã công bố, a sentence a question; with the votes where the body is large enough to show them."""

    title: str
    lines: tuple[str, ...]


def announced_with(conference: int, poll: int) -> list[Announced]:
    """Kết quả của cuộc bỏ phiếu này và của các cuộc được công bố cùng lúc."""
    at = Poll.objects.filter(pk=poll).values("published_at")[:1]
    rows = Poll.objects.filter(conference_link__conference=conference, published_at=at)
    found = ((row.title, outcome.published(row)) for row in rows.order_by("pk"))
    return [Announced(title, _lines(result)) for title, result in found if result]


def _lines(found: PollResult) -> tuple[str, ...]:
    alone = len(found.questions) == 1
    return tuple(_told(one, alone=alone) for one in found.questions)


def _told(question: QuestionResult, *, alone: bool) -> str:
    votes = [f"{option.label} {option.votes}" for option in question.options if option.votes is not None]
    sentence = wording.sentence(question) + (f" ({', '.join(votes)})" if votes else "")
    return sentence if alone else f"{question.text}: {sentence}"


def _attending(conference: Conference) -> QuerySet[Attendance]:
    return Attendance.objects.filter(let_in(), conference=conference)
