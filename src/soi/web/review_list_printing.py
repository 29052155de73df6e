"""Danh sách kiểm điểm trên giấy: from the lines that the page shows to the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.base.errors import Invalid
from soi.forms import registry
from soi.forms.forms.review_list.context import ReviewLine, ReviewListContext
from soi.reviews import list_queries
from soi.reviews.enums import Exemption, ReviewState
from soi.reviews.logic.rules import pack
from soi.web.http import SignedInRequest, attachment
from soi.web.views.work_downloads import MOST_IN_EXCEL, XLSX

if TYPE_CHECKING:
    from soi.reviews.models import Cycle, Review


def list_xlsx(request: SignedInRequest, cycle: Cycle, asked: list_queries.Asked) -> HttpResponse:
    """Danh sách theo đúng bộ lọc đang xem."""
    found = list_queries.lines(request.actor, cycle, asked)
    if (number := found.count()) > MOST_IN_EXCEL:
        raise Invalid(
            _(
                "Danh sách có %(number)s dòng, quá dài cho một tệp (nhiều nhất %(most)s). Hãy lọc bớt rồi xuất lại."
            )
            % {"number": number, "most": MOST_IN_EXCEL}
        )
    with translation.override(settings.LANGUAGE_CODE):
        context = _context(request.actor, cycle, asked, list(found))
    data = registry.render("review_list", context, created=request.now)
    name = registry.file_name("review_list", day=request.actor.today, subject=cycle.title, extension="xlsx")
    return attachment(data, name, XLSX)


def _context(actor: Actor, cycle: Cycle, asked: list_queries.Asked, rows: list[Review]) -> ReviewListContext:
    body = asked.body or cycle.organization
    counted = list_queries.completeness_seen(actor, cycle, body).both
    filters = [f"Đơn vị: {body}"] if body != cycle.organization else []
    filters += [] if asked.is_bare else ["Đã lọc trên trang danh sách"]
    return ReviewListContext(
        cycle=cycle.title, opened_by=cycle.organization.name, listed_on=cycle.listed_on, as_of=actor.today,
        rules=pack(cycle.rule_pack).source, lines=tuple(_line(row) for row in rows), filters=tuple(filters),
        listed=counted.listed, reviewed=counted.reviewed, exempt=counted.exempt, unlisted=counted.unlisted,
    )  # fmt: skip


def _line(review: Review) -> ReviewLine:
    reason = f"{Exemption(review.exemption).label}. {review.exemption_note}" if review.exemption else ""
    return ReviewLine(
        body=review.organization.name,
        person=review.person.name if review.person else "",
        post=review.post_label,
        group=str(review.get_group_display() if review.person_id else review.get_kind_display()),
        state=_("Chưa kiểm điểm, có lý do") if reason else str(ReviewState(review.state).label),
        reason=reason.strip(),
        reminded_on=review.reminded_on,
    )
