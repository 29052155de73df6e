"""Biên bản hội nghị: everything the minutes need, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.parts import NOBODY_NAMED, Cause, Letterhead, Participant, Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """Điểm cầu: one place of an online conference, with the number of people there if it was counted."""

    name: str
    is_main: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Vắng mặt: who was summoned and did not come, and why ("đi công tác"; may be empty)."""

    who: Participant
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming:
    """Hạn chế, khuyết điểm: as the conference named it. ``kind`` is the word printed ("Khuyết điểm")."""

    text: str
    kind: str = ""
    area: str = ""
    causes: tuple[Cause, ...] = ()
    responsible: Responsible = NOBODY_NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Ý kiến phát biểu: ``speaker`` with post as printed ("Đại tá Nguyễn Văn A, Chủ nhiệm Hậu cần")."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionLine:
    """Kết luận, phương hướng: one point; ``accountable`` ("post – person" or a body) and day if fixed."""

    text: str
    accountable: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesContext:
    """Biên bản: one conference, held by ``letterhead.issuing_body``.

    ``title`` names the conference and begins with "Hội nghị". ``form`` is the printed word ("trực tuyến").
    ``present`` are the entitled members who were there, chair and secretary included when they are members;
    ``present_count`` and ``summoned_count`` win over the lengths of the lists when only numbers are known.
    ``approved_in_session`` and ``copies`` print their sentence only when they are true of this conference.
    """

    letterhead: Letterhead
    title: str
    day: dt.date
    last_day: dt.date | None = None
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    venue: str = ""
    form: str = ""
    period: str = ""
    sites: tuple[SiteLine, ...] = ()
    chair: Participant | None = None
    secretary: Participant | None = None
    superiors: tuple[Participant, ...] = ()
    present: tuple[Participant, ...] = ()
    guests: tuple[Participant, ...] = ()
    absent: tuple[Absence, ...] = ()
    present_count: int | None = None
    summoned_count: int | None = None
    agenda: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    common_causes: tuple[Cause, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    conclusions: tuple[ConclusionLine, ...] = ()
    cited_documents: tuple[str, ...] = ()
    approved_in_session: bool = False
    copies: int | None = None
    recipients: tuple[str, ...] = ()
