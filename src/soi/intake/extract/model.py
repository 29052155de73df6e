"""Bản đề xuất: what the engine read in one text. Nothing here is a record; a person confirms every field.

Every statement carries its evidence: a ``Span`` of Python ``str`` indices into the text as it was given
(``text[span.start:span.end]`` are the words used). Three habits hold everywhere:

* a field with nothing to say is ``None`` or an empty tuple, never an empty string with a span;
* ``Sourced`` is one value together with the words it was read from (the first is the best evidence; an
  inferred value, such as a year taken from elsewhere, lists all the places it was inferred from);
* labels (kind, form, area, period, ...) are those of the corpus schema, so that drafts can be scored.

Period labels: ``2021``, ``2019-H1``, ``2021-Q1``, ``2017-9M``, ``2022-11``, ``2020-2025`` (a term), ``P3Y`` (so
many years of carrying out a document). Dates are ISO; ``--MM-DD`` where the year cannot be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class ConferenceKind(StrEnum):
    """Loại hội nghị: why the body met."""

    BRIEFING_MONTH = "briefing_month"
    BRIEFING_QUARTER = "briefing_quarter"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"
    BRIEFING_OTHER = "briefing_other"
    SELF_CRITICISM = "self_criticism"
    REVIEW_RESOLUTION = "review_resolution"
    LESSONS = "lessons"
    COMMITTEE_PLENUM = "committee_plenum"
    CELL_MEETING = "cell_meeting"
    CONGRESS = "congress"
    EMPLOYEE_CONFERENCE = "employee_conference"
    WORKING_SESSION = "working_session"
    HANDOVER = "handover"
    THEMATIC = "thematic"
    NONE = "none"


class Form(StrEnum):
    """Hình thức họp."""

    ONLINE = "online"
    HYBRID = "hybrid"
    IN_PERSON = "in_person"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """Vai trò trong hội nghị: chủ trì, dự và chỉ đạo, trình bày, phát biểu, dự."""

    CHAIR = "chair"
    DIRECT = "direct"
    PRESENT = "present"
    SPEAK = "speak"
    ATTEND = "attend"


class FindingType(StrEnum):
    """Ưu điểm, hay hạn chế và khuyết điểm."""

    STRENGTH = "strength"
    LIMITATION = "limitation"


class Area(StrEnum):
    """Lĩnh vực công tác."""

    PARTY_BUILDING = "party_building"
    IDEOLOGY = "ideology"
    PERSONNEL = "personnel"
    INSPECTION = "inspection"
    LEADERSHIP = "leadership"
    DEFENCE = "defence"
    SECURITY = "security"
    ECONOMY = "economy"
    SOCIETY = "society"
    ADMIN_LAW = "admin_law"
    MASS_WORK = "mass_work"
    LAND_ENV = "land_env"
    GENERAL = "general"


class RatingKind(StrEnum):
    """Xếp loại, khen thưởng, kỷ luật."""

    RATING = "rating"
    COMMENDATION = "commendation"
    DISCIPLINE = "discipline"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Đoạn chữ [start, end): never empty, always inside the text it was read from."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether some character belongs to both."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Sourced(Generic[T]):
    """Một giá trị và những chữ làm chứng: ``evidence`` is empty only for a value meaning "nothing said"."""

    value: T
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Conference:
    """Hội nghị: what kind of meeting, when, where, by whom, looking back on which period."""

    kind: Sourced[ConferenceKind]
    form: Sourced[Form]
    date_start: Sourced[str] | None = None
    date_end: Sourced[str] | None = None
    period: tuple[Sourced[str], ...] = ()
    organisation: Sourced[str] | None = None
    place: Sourced[str] | None = None
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class PostMention:
    """Chức vụ như viết: ``org`` is the body named in the post ("Chính ủy Quân khu" → "Quân khu") or ""."""

    post: str
    span: Span
    org: str = ""
    org_span: Span | None = None


@dataclass(frozen=True, slots=True)
class RoleMention:
    """Vai trò và những chữ nói lên vai trò đó ("chủ trì", "Dự hội nghị có")."""

    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Một người dự họp: all places where the name stands, the rank, the posts and the roles found anywhere."""

    name: str
    name_spans: tuple[Span, ...]
    rank: str | None = None
    rank_span: Span | None = None
    posts: tuple[PostMention, ...] = ()
    roles: tuple[RoleMention, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMention:
    """Đơn vị được nêu trong một hạn chế, như viết ("một số cấp ủy", "Hải đội 501")."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Nhận định: one strength or limitation; ``area_evidence`` are the words that decided the area."""

    type: FindingType
    area: Area
    span: Span
    units: tuple[UnitMention, ...] = ()
    area_evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """Nguyên nhân của hạn chế, khuyết điểm."""

    span: Span


@dataclass(frozen=True, slots=True)
class Direction:
    """Phương hướng, nhiệm vụ, giải pháp: what is to be done, in which area, and the time named for it."""

    span: Span
    period: Sourced[str] | None = None
    area: Area = Area.GENERAL


@dataclass(frozen=True, slots=True)
class RatingMention:
    """Đoạn nói về xếp loại, khen thưởng hay kỷ luật."""

    kind: RatingKind
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentCited:
    """Văn bản được viện dẫn: by number, or by proper name where it has none. ``spans``: every mention."""

    type: str
    spans: tuple[Span, ...]
    number: str | None = None
    issuer: Sourced[str] | None = None
    date: Sourced[str] | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """Phần báo chí: byline, picture credit, date of publication, captions, and what belongs to the web page only."""

    author: Sourced[str] | None = None
    photographer: Sourced[str] | None = None
    published: Sourced[str] | None = None
    captions: tuple[Span, ...] = ()
    boilerplate: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Bản đề xuất cho một văn bản. ``name`` is what the caller calls the text (a file name), for messages only.

    ``text`` is the text as given: all spans are indices into it.
    """

    name: str
    text: str
    conference: Conference
    people: tuple[PersonMention, ...] = ()
    findings: tuple[Finding, ...] = ()
    causes: tuple[Cause, ...] = ()
    directions: tuple[Direction, ...] = ()
    ratings: tuple[RatingMention, ...] = ()
    documents: tuple[DocumentCited, ...] = ()
    article: Article = Article()
