"""Báo cáo giao ban: everything the paper needs, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.parts import Letterhead, SectionText, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingContext:
    """Báo cáo giao ban quý. ``period`` and ``next_period`` as said in a sentence ("quý IV/2021").

    ``as_of`` is the day the figures were counted on; ``is_draft``: not sent yet, and the paper says so.
    """

    letterhead: Letterhead
    period: str
    next_period: str
    as_of: dt.date
    sections: tuple[SectionText, ...] = ()
    is_draft: bool = False
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
