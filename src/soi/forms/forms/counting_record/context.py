"""Biên bản kiểm phiếu: everything the record needs, as plain values and finished words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.parts import Letterhead, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionLine:
    """Một phương án với số phiếu."""

    label: str
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """Một câu hỏi: ``outcome`` is the sentence of the result; ``needed`` None where the most votes win."""

    text: str
    options: tuple[OptionLine, ...]
    valid: int
    invalid: int
    outcome: str
    base: int
    needed: int | None = None
    # Lines rated on one scale are printed together, as rows of one table.
    is_rated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingContext:
    """Biên bản kiểm phiếu of one poll of ``letterhead.issuing_body``.

    ``rule`` is the majority and what it is counted from, in words ("quá nửa tổng số người được triệu tập").
    ``tellers``: the head first. ``frozen_hash`` proves questions, roll and rule as they were opened.
    """

    letterhead: Letterhead
    title: str
    form: str
    rule: str
    opened_at: dt.datetime | None = None
    counted_at: dt.datetime | None = None
    round: int = 1
    tellers: tuple[Participant, ...] = ()
    summoned: int = 0
    present: int = 0
    issued: int = 0
    returned: int = 0
    questions: tuple[QuestionRecord, ...] = ()
    frozen_hash: str = ""
    destroyed_key: bool = False
    copies: int = 3
    numbers_kept_here: bool = False
