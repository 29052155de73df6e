"""Thẻ đề xuất: what can be edited on the confirm page, one kind of card for each kind of proposal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from soi.base.text import squash
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form
from soi.findings.enums import CauseKind, FindingKind
from soi.intake.enums import PersonChoice, PostAction, ProposalKind
from soi.intake.fields import (
    Day,
    Number,
    Reader,
    Switch,
    Text,
    as_choice,
    as_list,
    from_json,
    line,
    one_of,
    rows_of,
)
from soi.org.enums import WorkArea


@dataclass(frozen=True, slots=True)
class Problem:
    """Chỗ chưa đủ: why a card cannot be accepted yet."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ConferenceCard:
    """Hội nghị. ``date_as_written`` is what the text says when it gives no full date ("--04-07").

    ``date_inferred``: the year stands elsewhere in the text; ``organization_guessed``: no body of that name.
    """

    kind: Annotated[ConferenceKind, one_of(ConferenceKind)] = ConferenceKind.THEMATIC
    form: Annotated[Form, one_of(Form)] = Form.UNKNOWN
    title: Annotated[str, line()] = ""
    date_start: Day = None
    date_end: Day = None
    period: Annotated[str, line(60)] = ""
    place: Annotated[str, line(300)] = ""
    organization: Number = None
    organization_as_written: Annotated[str, line(300)] = ""
    date_as_written: Annotated[str, line(60)] = ""
    date_inferred: Switch = False
    organization_guessed: Switch = False


@dataclass(frozen=True, slots=True)
class PostLine:
    """Một chức vụ nêu trong văn bản: the post it means, and what to do with it."""

    text: Annotated[str, line(200)] = ""
    organization_as_written: Annotated[str, line(300)] = ""
    organization: Number = None
    post: Number = None
    action: Annotated[PostAction, one_of(PostAction)] = PostAction.TEXT_ONLY


@dataclass(frozen=True, slots=True)
class Candidate:
    """Người có thể là người này; ``note`` tells namesakes apart (chức vụ, đơn vị)."""

    id: Number = None
    name: Annotated[str, line(120)] = ""
    note: Annotated[str, line(400)] = ""


def _roles(value: Any) -> tuple[AttendanceRole, ...]:
    return tuple(as_choice(AttendanceRole, item) for item in as_list(value))


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Người dự. ``record_rank`` also writes the rank into the person's own record from that day on."""

    name: Annotated[str, line(120)] = ""
    rank: Annotated[str, line(60)] = ""
    roles: Annotated[tuple[AttendanceRole, ...], Reader(_roles)] = ()
    posts: Annotated[tuple[PostLine, ...], rows_of(PostLine)] = ()
    choice: Annotated[PersonChoice, one_of(PersonChoice)] = PersonChoice.UNDECIDED
    person: Number = None
    record_rank: Switch = False
    candidates: Annotated[tuple[Candidate, ...], rows_of(Candidate, fixed=True)] = ()


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Đơn vị được nêu, as written, and the body it means."""

    text: Annotated[str, line(300)] = ""
    organization: Number = None


@dataclass(frozen=True, slots=True)
class FindingCard:
    """Ưu điểm, hạn chế, khuyết điểm."""

    kind: Annotated[FindingKind, one_of(FindingKind)] = FindingKind.LIMITATION
    area: Annotated[WorkArea, one_of(WorkArea)] = WorkArea.GENERAL
    statement: Text = ""
    units: Annotated[tuple[UnitLine, ...], rows_of(UnitLine)] = ()


@dataclass(frozen=True, slots=True)
class CauseCard:
    """Nguyên nhân: of one limitation (``finding`` is that card), or common to all when none is chosen."""

    statement: Text = ""
    kind: Annotated[CauseKind, one_of(CauseKind)] = CauseKind.OWN
    finding: Number = None


@dataclass(frozen=True, slots=True)
class DirectionCard:
    """Kết luận, phương hướng."""

    statement: Text = ""
    area: Annotated[WorkArea, one_of(WorkArea)] = WorkArea.GENERAL
    period: Annotated[str, line(60)] = ""


def _decision_kind(value: Any) -> str:
    if value not in ("rating", "commendation", "discipline"):
        raise ValueError("Hãy chọn xếp loại, khen thưởng hay kỷ luật.")
    return str(value)


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """Xếp loại, khen thưởng, kỷ luật."""

    kind: Annotated[str, Reader(_decision_kind)] = "rating"
    statement: Text = ""


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """Văn bản viện dẫn."""

    type: Annotated[str, line(60)] = ""
    number: Annotated[str, line(60)] = ""
    name: Annotated[str, line(500)] = ""
    issuer: Annotated[str, line(200)] = ""
    date: Day = None


def _spans(value: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in as_list(value))


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """Bài báo: byline and date; ``boilerplate`` are the words that belong to the web page only."""

    author: Annotated[str, line(200)] = ""
    photographer: Annotated[str, line(200)] = ""
    published: Day = None
    boilerplate: Annotated[tuple[tuple[int, int], ...], Reader(_spans, fixed=True)] = ()


AnyCard: TypeAlias = (
    ConferenceCard
    | PersonCard
    | FindingCard
    | CauseCard
    | DirectionCard
    | DecisionCard
    | DocumentCard
    | ArticleCard
)
CARDS: dict[ProposalKind, type[AnyCard]] = {
    ProposalKind.CONFERENCE: ConferenceCard,
    ProposalKind.PERSON: PersonCard,
    ProposalKind.FINDING: FindingCard,
    ProposalKind.CAUSE: CauseCard,
    ProposalKind.DIRECTION: DirectionCard,
    ProposalKind.DECISION: DecisionCard,
    ProposalKind.DOCUMENT: DocumentCard,
    ProposalKind.ARTICLE: ArticleCard,
}


def card_of(kind: str, data: Mapping[str, Any]) -> AnyCard:
    """The card that a proposal keeps."""
    return from_json(CARDS[ProposalKind(kind)], data)


def problems(card: AnyCard) -> tuple[Problem, ...]:
    """Chỗ chưa đủ của thẻ, in the order of its fields; empty when it can be accepted."""
    match card:
        case ConferenceCard():
            return tuple(_conference_problems(card))
        case PersonCard():
            return tuple(_person_problems(card))
        case FindingCard() | CauseCard() | DirectionCard() | DecisionCard():
            empty = not squash(card.statement)
            return (Problem("statement", "Chưa có nội dung."),) if empty else ()
        case DocumentCard():
            named = card.number or card.name
            return () if named else (Problem("number", "Cần số, ký hiệu hoặc tên văn bản."),)
        case ArticleCard():
            return ()


def _conference_problems(card: ConferenceCard) -> Iterator[Problem]:
    if not card.title:
        yield Problem("title", "Hãy ghi tên hội nghị.")
    if card.date_start is None:
        written = f" (văn bản ghi {_spoken(card.date_as_written)})" if card.date_as_written else ""
        yield Problem("date_start", f"Hãy ghi ngày họp{written}.")
    elif card.date_end is not None and card.date_end < card.date_start:
        yield Problem("date_end", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    if card.organization is None:
        written = f" (văn bản ghi «{card.organization_as_written}»)" if card.organization_as_written else ""
        yield Problem("organization", f"Hãy chọn tổ chức họp{written}.")


def _spoken(written: str) -> str:
    """ "--04-07" as a clerk says it."""
    parts = written.removeprefix("--").split("-")
    return f"ngày {int(parts[1])}/{int(parts[0])}, không có năm" if written.startswith("--") else written


def _person_problems(card: PersonCard) -> Iterator[Problem]:
    if card.choice == PersonChoice.SKIP:
        return
    if card.choice == PersonChoice.UNDECIDED:
        yield Problem("choice", f"Hãy chọn {card.name} là ai: người đã có, người mới, hay không ghi.")
    if card.choice == PersonChoice.EXISTING and card.person is None:
        yield Problem("person", f"Hãy chọn người trong danh sách cho {card.name}.")
    if card.choice == PersonChoice.NEW and " " not in card.name:
        yield Problem("name", "Người mới cần đủ họ và tên.")
    for post in card.posts:
        if post.action in (PostAction.RECORD, PostAction.HANDOVER) and post.post is None:
            yield Problem("posts", f"Hãy chọn chức vụ trong sổ cho «{post.text}».")
        if post.action == PostAction.RECORD_NEW and (post.organization is None or not post.text):
            yield Problem("posts", f"Hãy chọn tổ chức có chức vụ «{post.text}».")


@dataclass(frozen=True, slots=True)
class References:
    """Hồ sơ khác mà thẻ trỏ tới, by number: whoever sends them must be able to see them."""

    people: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()

    def __or__(self, other: References) -> References:
        return References(self.people | other.people, self.bodies | other.bodies, self.posts | other.posts)


def references(card: AnyCard) -> References:
    """What the card points to."""
    match card:
        case ConferenceCard():
            return References(bodies=_set(card.organization))
        case PersonCard():
            return References(
                people=_set(card.person),
                bodies=_set(*(post.organization for post in card.posts)),
                posts=_set(*(post.post for post in card.posts)),
            )
        case FindingCard():
            return References(bodies=_set(*(unit.organization for unit in card.units)))
        case _:
            return References()


def _set(*numbers: int | None) -> frozenset[int]:
    return frozenset(number for number in numbers if number is not None)
