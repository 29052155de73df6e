"""Số liệu của dự thảo: what the sentences of a review are made from, as plain values. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from soi.briefings.logic.facts import Quarter

PROMPTS = "prompts"


@dataclass(frozen=True, slots=True)
class CarriedFact:
    """Một mục chuyển sang: the finding, how often it was carried, how it stands, what the author says of it."""

    finding: int
    statement: str
    body: str
    found_on: dt.date
    times: int
    mended: str
    answer: str
    why_not: str


@dataclass(frozen=True, slots=True)
class PromptFact:
    """Một gợi ý đã gửi, and the latest explanation of it (empty: none yet)."""

    pk: int
    number: int
    issuer: str
    text: str
    sent_on: dt.date
    explanation: str


@dataclass(frozen=True, slots=True)
class ResponsibleFact:
    """Một người hoặc tập thể chịu trách nhiệm về một nội dung; ``person`` 0 for a collective."""

    finding: int
    organization: int
    body: str
    person: int
    name: str
    post: str
    kind: str


@dataclass(frozen=True, slots=True)
class RemedyFact:
    """Một biện pháp chưa được xác nhận của một nội dung."""

    pk: int
    finding: int
    statement: str
    deliverable: str
    post: str
    body: str
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Facts:
    """Mọi điều hồ sơ nói về kỳ kiểm điểm của một tập thể. ``work`` counts as in a briefing, for the whole period."""

    work: Quarter
    carried: Sequence[CarriedFact] = ()
    prompts: Sequence[PromptFact] = ()
    responsible: Sequence[ResponsibleFact] = ()
    remedies: Sequence[RemedyFact] = ()
