"""Toàn văn khi chốt: one way of writing down an edition, so that its mark can be proven later. Pure.

The form never changes: what was finalized years ago must still give the same mark.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soi.base.text import nfc


@dataclass(frozen=True, slots=True)
class PromptText:
    """Một gợi ý và các lần giải trình, in order."""

    number: int
    text: str
    explanations: Sequence[str]


@dataclass(frozen=True, slots=True)
class CarriedText:
    """Một mục chuyển sang: the finding, how it stands, what was said of it."""

    statement: str
    mended: str
    answer: str
    why_not: str


@dataclass(frozen=True, slots=True)
class MeasureText:
    """Một biện pháp: what, with what result, by which post, until when."""

    statement: str
    deliverable: str
    post: str
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Edition:
    """Một lần chốt: everything it says. ``heading`` names the cycle, the body and the person, a line each."""

    heading: Sequence[str]
    number: int
    paragraphs: Sequence[tuple[int, str]]
    carried: Sequence[CarriedText]
    prompts: Sequence[PromptText]
    measures: Sequence[MeasureText]


def canonical(edition: Edition) -> str:
    """Toàn văn, in the one form that is kept and marked."""
    lines = [*edition.heading, f"Lần {edition.number}", ""]
    lines += [f"[{section}] {text}" for section, text in edition.paragraphs]
    lines += _part("Mục chuyển sang", (_carried(one) for one in edition.carried))
    lines += _part("Gợi ý và giải trình", (_prompt(one) for one in edition.prompts))
    lines += _part("Biện pháp", (_measure(one) for one in edition.measures))
    return nfc("\n".join(lines))


def mark(text: str) -> str:
    """Dấu SHA-256 of the full text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _part(title: str, rows: Iterable[str]) -> list[str]:
    kept = list(rows)
    return ["", title, *(f"- {row}" for row in kept)] if kept else []


def _carried(one: CarriedText) -> str:
    why = f" | Vì sao chưa xong: {one.why_not}" if one.why_not else ""
    return f"{one.statement} | {one.mended} | {one.answer}{why}"


def _prompt(one: PromptText) -> str:
    return " | ".join([f"{one.number}. {one.text}", *one.explanations])


def _measure(one: MeasureText) -> str:
    return f"{one.statement} | {one.deliverable} | {one.post} | {one.due_on:%d/%m/%Y}"
