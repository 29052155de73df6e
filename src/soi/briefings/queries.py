"""Đọc giao ban: reports an actor may see, who has sent and who has not as of a day, what a figure opens."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Prefetch, QuerySet, Value, When

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.base.quarters import is_quarter
from soi.briefings.enums import ReportState, UnitState
from soi.briefings.models import BriefingPaper, BriefingReport, BriefingRound, ReportLine, Sending
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conference
from soi.conferences.queries import visible_to as conferences_visible_to
from soi.history.models import Event
from soi.history.queries import events_of
from soi.org.enums import PostRole
from soi.org.models import Membership, Organization
from soi.org.queries import existing_on, scope, subordinates, superior

OUT_OF_SIGHT = "Không tìm thấy báo cáo này, hoặc báo cáo nằm ngoài phạm vi của đồng chí."


def visible_to(actor: Actor) -> QuerySet[BriefingReport]:
    """Báo cáo được thấy: of bodies one may read."""
    return BriefingReport.objects.filter(scope(actor, Capability.READ, path="organization"))


def seen_by(actor: Actor) -> Case | Value:
    """Của từng báo cáo: whether the actor may read it."""
    if actor.is_system:
        return Value(value=True)
    reads = scope(actor, Capability.READ, path="organization")
    return Case(When(reads, then=Value(value=True)), default=Value(value=False))


def get(actor: Actor, pk: int) -> BriefingReport:
    """Một báo cáo với các lần gửi; NotFound when it is out of sight."""
    report = visible_to(actor).filter(pk=pk).select_related("organization").first()
    if report is None:
        raise NotFound(OUT_OF_SIGHT)
    return report


def get_line(actor: Actor, pk: int) -> ReportLine:
    """Một câu; NotFound when its report is out of sight."""
    seen = visible_to(actor).filter(pk=OuterRef("report"))
    line = ReportLine.objects.filter(Exists(seen), pk=pk).select_related("report__organization").first()
    if line is None:
        raise NotFound("Không tìm thấy câu này, hoặc báo cáo nằm ngoài phạm vi của đồng chí.")
    return line


def get_round(actor: Actor, pk: int) -> BriefingRound:
    """Một đợt giao ban của tổ chức được xem."""
    reach = scope(actor, Capability.READ, path="organization")
    found = BriefingRound.objects.filter(reach, pk=pk).select_related("organization").first()
    if found is None:
        raise NotFound("Không tìm thấy đợt giao ban này, hoặc đợt nằm ngoài phạm vi của đồng chí.")
    return found


def lines_of(report: BriefingReport, *, edition: int | None = None) -> list[ReportLine]:
    """Các câu của một lần (the current one, unless another is named), in order, the dropped ones too."""
    wanted = report.edition if edition is None else edition
    return list(ReportLine.objects.filter(report=report, edition=wanted))


def sendings_of(report: BriefingReport) -> list[Sending]:
    """Các lần gửi, oldest first."""
    return list(report.sendings.all())


def history_of(report: BriefingReport) -> QuerySet[Event]:
    """Lịch sử của báo cáo. The caller has checked that it may be seen."""
    return events_of(report)


def mark_of(lines: Iterable[ReportLine]) -> str:
    """Dấu SHA-256 của văn bản: sections and lines as they stand in the report, without what was dropped."""
    text = "\n".join(f"{line.section}\t{line.text}" for line in lines if not line.dropped)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def listing(actor: Actor, *, quarter: str = "", body: Organization | None = None) -> QuerySet[BriefingReport]:
    """Danh sách báo cáo, newest quarter first."""
    rows = visible_to(actor).select_related("organization")
    if is_quarter(quarter):
        rows = rows.filter(quarter=quarter)
    return rows.filter(organization=body) if body else rows


def bodies_of(actor: Actor) -> QuerySet[Organization]:
    """Tổ chức có thể xem giao ban: existing today, in the reading part of the tree."""
    return Organization.objects.filter(
        scope(actor, Capability.READ, path="pk"), existing_on(actor.today)
    ).order_by("sort_key", "pk")


def head_of(body: Organization, day: dt.date) -> tuple[str, str] | None:
    """Người đứng đầu trong ngày: post and name, to sign the paper; None where nobody held it."""
    held = Membership.objects.filter(
        held_on(day), post__organization=body, post__role=PostRole.HEAD
    ).order_by("-pk")
    return held.values_list("post__label", "person__name").first()


# --- who has sent, who is missing --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Một đơn vị trực thuộc trong đợt giao ban, as of a day; ``days_late`` where it is late or missing.

    ``report`` only where the actor may read it; that it was sent is known to whoever it was sent to.
    """

    organization: Organization
    report: BriefingReport | None
    state: UnitState
    sent_on: dt.date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Giao ban một quý của một tổ chức: its round, its own report, and the units below."""

    organization: Organization
    quarter: str
    as_of: dt.date
    round: BriefingRound | None
    superior_round: BriefingRound | None
    superior: Organization | None
    report: BriefingReport | None
    units: tuple[UnitRow, ...]

    def count(self, *states: UnitState) -> int:
        """How many units stand so."""
        return sum(row.state in states for row in self.units)

    @property
    def missing(self) -> list[UnitRow]:
        """Chưa gửi: due or not yet, and those whose report was returned."""
        return [row for row in self.units if row.sent_on is None]


def overview(actor: Actor, body: Organization, quarter: str, *, as_of: dt.date | None = None) -> Overview:
    """Giao ban quý này; five queries whatever the number of units. The caller has checked the right to ``body``."""
    day = as_of or actor.today
    above = superior(body, on=day)
    asked = [body.pk, *([above.pk] if above else [])]
    rounds = BriefingRound.objects.filter(organization__in=asked, quarter=quarter).select_related(
        "organization"
    )
    opened = {found.organization_id: found for found in rounds}
    own_round = opened.get(body.pk)
    due_on = own_round.due_on if own_round else None
    units = list(subordinates(body, on=min(due_on, day) if due_on else day))
    reports = _reports(actor, [body, *units], quarter)
    return Overview(
        organization=body,
        quarter=quarter,
        as_of=day,
        round=own_round,
        superior_round=opened.get(above.pk) if above else None,
        superior=above,
        report=_shown(reports.get(body.pk)),
        units=tuple(_unit_row(unit, reports.get(unit.pk), due_on, day) for unit in units),
    )


def missing(
    actor: Actor, body: Organization, quarter: str, *, as_of: dt.date | None = None
) -> list[Organization]:
    """Đơn vị chưa gửi báo cáo tính đến ngày đó."""
    return [row.organization for row in overview(actor, body, quarter, as_of=as_of).missing]


def _reports(actor: Actor, bodies: list[Organization], quarter: str) -> dict[int, BriefingReport]:
    """All of them, each telling (``is_seen``) whether the actor may read it."""
    rows = BriefingReport.objects.filter(organization__in=bodies, quarter=quarter)
    rows = rows.annotate(is_seen=seen_by(actor))
    found = rows.prefetch_related(Prefetch("sendings", Sending.objects.order_by("edition")))
    return {report.organization_id: report for report in found}


def _shown(report: BriefingReport | None) -> BriefingReport | None:
    return report if report is not None and getattr(report, "is_seen", False) else None


def _unit_row(
    unit: Organization, report: BriefingReport | None, due_on: dt.date | None, day: dt.date
) -> UnitRow:
    sent_on = _sent_as_of(report, day)
    late = ((sent_on or day) - due_on).days if due_on else 0
    return UnitRow(unit, _shown(report), _unit_state(report, sent_on, late, day), sent_on, max(late, 0))


def _sent_as_of(report: BriefingReport | None, day: dt.date) -> dt.date | None:
    """The day of the sending in force on that day: sent by then, and not returned by then."""
    for sending in report.sendings.all() if report else ():
        if sending.on <= day and (sending.returned_on is None or sending.returned_on > day):
            return sending.on
    return None


def _unit_state(report: BriefingReport | None, sent_on: dt.date | None, late: int, day: dt.date) -> UnitState:
    if sent_on is not None:
        return UnitState.LATE if late > 0 else UnitState.ON_TIME
    returned = (
        [row for row in report.sendings.all() if row.returned_on and row.returned_on <= day] if report else []
    )
    if returned:
        return UnitState.RETURNED
    return UnitState.MISSING if late > 0 else UnitState.WAITING


# --- conferences -------------------------------------------------------------------------------------


def papers_of(actor: Actor, conference: Conference) -> list[BriefingPaper]:
    """Báo cáo giao ban của hội nghị, of those in sight."""
    if conference.kind != ConferenceKind.BRIEFING_QUARTER:
        return []
    seen = visible_to(actor).filter(pk=OuterRef("report"))
    papers = BriefingPaper.objects.filter(Exists(seen), conference=conference)
    return list(papers.select_related("report__organization"))


def conferences_for(actor: Actor, report: BriefingReport) -> QuerySet[Conference]:
    """Hội nghị giao ban có thể nhận báo cáo này: of its body or of the superior; not those that have it."""
    above = superior(report.organization, on=actor.today)
    held_by = [report.organization_id, *([above.pk] if above else [])]
    mine = scope(actor, Capability.RECORD, path="organization")
    return (
        conferences_visible_to(actor)
        .filter(mine, organization__in=held_by, kind=ConferenceKind.BRIEFING_QUARTER)
        .exclude(pk__in=BriefingPaper.objects.filter(report=report).values("conference"))
        .select_related("organization")
        .order_by("-date_start", "-pk")
    )


def conferences_with(actor: Actor, report: BriefingReport) -> list[Conference]:
    """Hội nghị đã nhận báo cáo này."""
    papers = BriefingPaper.objects.filter(report=report).values("conference")
    return list(conferences_visible_to(actor).filter(pk__in=papers).select_related("organization"))


def waiting_for(actor: Actor) -> QuerySet[BriefingReport]:
    """Báo cáo bị trả lại mà tôi phải sửa và gửi lại: of the bodies whose records I keep, not of all below."""
    own = [grant.organization_id for grant in actor.grants if grant.capability == Capability.RECORD]
    rows = BriefingReport.objects.filter(organization__in=own, state=ReportState.RETURNED)
    return rows.select_related("organization")
