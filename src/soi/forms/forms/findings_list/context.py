"""Danh mục hạn chế, khuyết điểm và biện pháp khắc phục: everything the list needs, as plain values.

The Word form and the Excel workbook are made from the same context, so their figures cannot differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.forms.parts import NOBODY_NAMED, Cause, Letterhead, Responsible, Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSource:
    """Nguồn: the conference (or other record) that named the finding, and its day."""

    title: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Xác nhận đã khắc phục: who verified it (post – person) and on which day."""

    by: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyLine:
    """Biện pháp: measure, the one accountable post and who holds it, product, day due, how it stands.

    ``state`` is the printed word ("Đang thực hiện"); ``is_overdue`` is decided by the caller for ``as_of``.
    """

    measure: str
    accountable_post: str
    accountable_person: str = ""
    deliverable: str = ""
    due: dt.date | None = None
    state: str = ""
    result: str = ""
    is_overdue: bool = False
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """Hạn chế, khuyết điểm: one finding with its remedies (none yet is allowed and shows as such).

    ``kind`` and ``state`` are the printed words ("Hạn chế", "Đang khắc phục"); the totals count them.
    ``code`` is the caller's own identifier, if it shall be printed.
    """

    text: str
    kind: str
    state: str
    code: str = ""
    area: str = ""
    source: FindingSource | None = None
    causes: tuple[Cause, ...] = ()
    responsible: Responsible = NOBODY_NAMED
    remedies: tuple[RemedyLine, ...] = ()
    recurs: bool = False
    """Tái diễn: the same shortcoming was named in an earlier period or another unit."""
    answers: tuple[str, ...] = ()
    """Ý kiến của người được nêu ("Nguyễn Văn A: …"): printed with the finding wherever it is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsContext:
    """Danh mục: ``body`` is the organisation whose part of the tree is listed, ``period`` as printed
    ("Quý I/2021"), ``as_of`` the day the state is told for, ``filters`` what was chosen on the page
    ("Lĩnh vực: Kỷ luật"), printed so that a part is never taken for the whole."""

    letterhead: Letterhead
    body: str
    period: str
    as_of: dt.date
    findings: tuple[FindingLine, ...] = ()
    filters: tuple[str, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
