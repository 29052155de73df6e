"""Báo cáo kiểm điểm tập thể: everything the paper needs, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.parts import Letterhead, SectionText, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """Một biện pháp: what, with what result, who answers for it, until when."""

    statement: str
    deliverable: str
    post: str
    due_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewContext:
    """Báo cáo kiểm điểm. ``subject`` as said in a title ("Đảng ủy Sư đoàn 901, năm 2021").

    ``sections`` are all those of the form, in its order, with or without text. ``measures`` stand at the end
    of the section ``measures_in`` (its place, from 0). ``as_of``: the day the figures were counted on.
    """

    letterhead: Letterhead
    subject: str
    sections: tuple[SectionText, ...]
    measures: tuple[MeasureLine, ...] = ()
    measures_in: int = 0
    as_of: dt.date | None = None
    edition: int = 1
    is_draft: bool = False
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
