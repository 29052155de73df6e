"""Báo cáo giao ban in ra: the lines as they stand, without what was dropped, for the Word form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soi.base.actor import Actor
from soi.briefings import queries
from soi.briefings.enums import ReportState
from soi.briefings.logic.wording import next_quarter
from soi.forms.forms.briefing_report.context import BriefingContext
from soi.forms.parts import SectionText, Signature
from soi.org import queries as org
from soi.web import printing
from soi.web.briefing_page import parts_of
from soi.web.period_words import say

if TYPE_CHECKING:
    import datetime as dt

    from soi.briefings.models import BriefingReport
    from soi.org.models import Organization


def context_of(actor: Actor, report: BriefingReport) -> BriefingContext:
    """Văn bản của báo cáo; a draft says that it is one."""
    body, day = report.organization, report.sent_on or report.as_of
    above = org.superior(body, on=day)
    lines = queries.lines_of(report)
    return BriefingContext(
        letterhead=printing.letterhead(body, date=day),
        period=say(report.quarter),
        next_period=say(next_quarter(report.quarter)),
        as_of=report.as_of,
        sections=tuple(
            SectionText(title=str(part.section.label), lines=tuple(row.line.text for row in part.rows))
            for part in parts_of(lines)
            if part.rows
        ),
        is_draft=report.state != ReportState.SENT,
        signature=_signature(body, day),
        recipients=(*((org.name_on(above, day),) if above else ()), "Lưu văn thư"),
    )


def _signature(body: Organization, day: dt.date) -> Signature | None:
    """Người đứng đầu on that day; nobody where the post was empty."""
    head = queries.head_of(body, day)
    return Signature(post=head[0], name=head[1]) if head else None
