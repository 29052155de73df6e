"""Trang giao ban: a quarter with its units, one report as it is read, and the records behind a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.actor import Actor, Capability
from soi.base.quarters import is_quarter, quarter_of, quarters_between
from soi.briefings import permissions, queries
from soi.briefings.enums import LineChange, ReportState, Section, UnitState
from soi.briefings.logic.wording import next_quarter
from soi.forms.wording import upper_first
from soi.org import queries as org
from soi.web.event_words import Told, told
from soi.web.figure_words import Piece, pieces_of
from soi.web.parts import Choice, Tile
from soi.web.period_words import shown

if TYPE_CHECKING:
    from soi.briefings.models import BriefingReport, ReportLine, Sending
    from soi.org.models import Organization

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
QUARTERS_BACK = 11
MOST_BODIES = 300
LATEST_EVENTS = 20
PAGE_SIZE = 25
# Icon and colour of each state, as the kit names them.
REPORT_BADGES = {
    ReportState.DRAFT: "edit",
    ReportState.SENT: "confirmed",
    ReportState.RETURNED: "returned",
}
UNIT_BADGES = {
    UnitState.ON_TIME: "confirmed",
    UnitState.LATE: "waiting",
    UnitState.RETURNED: "returned",
    UnitState.WAITING: "clock",
    UnitState.MISSING: "overdue",
}


# --- one quarter of one body -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Điều được hỏi trên địa chỉ trang: body, quarter, day."""

    body: Organization | None
    quarter: str
    bodies: tuple[Choice, ...]
    quarters: tuple[Choice, ...]


def read(actor: Actor, asked: QueryDict) -> Asked:
    """Tổ chức và quý đang xem; nonsense falls back to one's own body and the quarter of today."""
    seen = list(queries.bodies_of(actor)[:MOST_BODIES])
    body = _chosen_body(actor, seen, asked.get("dv", ""))
    quarter = asked.get("quy", "")
    now = quarter_of(actor.today)
    if not is_quarter(quarter) or quarter > next_quarter(now) or quarter < "1900":
        quarter = now
    offered = list(reversed(quarters_between(f"{actor.today.year - 3}-Q1", now)))[: QUARTERS_BACK + 1]
    offered += [] if quarter in offered else [quarter]
    return Asked(
        body=body,
        quarter=quarter,
        bodies=tuple(Choice(str(one.pk), one.name, one == body) for one in seen),
        quarters=tuple(Choice(key, upper_first(shown(key)), key == quarter) for key in offered),
    )


def _chosen_body(actor: Actor, seen: Sequence[Organization], text: str) -> Organization | None:
    if text.isascii() and text.isdigit() and len(text) < 19:
        wanted = int(text)
        found = next((body for body in seen if body.pk == wanted), None)
        # Beyond the select's length, or ended since: asked for by number.
        found = (
            found
            or org.visible_to(actor).filter(pk__in=org.reached(actor, Capability.READ, [wanted])).first()
        )
        if found:
            return found
    granted = [grant.organization_id for grant in actor.grants]
    own = {body.pk: body for body in seen}
    return next((own[pk] for pk in granted if pk in own), seen[0] if seen else None)


@dataclass(frozen=True, slots=True)
class QuarterView:
    """Mọi thứ trên trang giao ban một quý."""

    overview: queries.Overview
    units: tuple[queries.UnitRow, ...]
    page: Page[Any]
    tiles: tuple[Tile, ...]
    state: str
    rights: permissions.Rights
    earlier: list[BriefingReport]
    query: str

    @property
    def owing(self) -> int:
        """Còn phải nhắc."""
        return len(self.overview.missing)


def build_quarter(actor: Actor, asked: Asked, query: QueryDict, *, day: dt.date) -> QuarterView | None:
    """The page of this body and quarter, as of ``day``; None for who may read no body at all."""
    if asked.body is None:
        return None
    overview = queries.overview(actor, asked.body, asked.quarter, as_of=day)
    state = query.get("tt", "")
    groups = _GROUPS.get(state, tuple(UnitState))
    units = tuple(row for row in overview.units if row.state in groups)
    base = f"?dv={asked.body.pk}&quy={asked.quarter}"
    if day != actor.today:
        base += f"&ngay={day.isoformat()}"
    earlier = queries.listing(actor, body=asked.body).exclude(quarter=asked.quarter)
    return QuarterView(
        overview=overview,
        units=units,
        page=Paginator(units, PAGE_SIZE).get_page(query.get("page")),
        tiles=_tiles(overview, base),
        state=state if state in _GROUPS else "",
        rights=permissions.rights_over(actor, asked.body),
        earlier=list(earlier[:8]),
        query=base,
    )


_GROUPS = {
    "dung-han": (UnitState.ON_TIME,),
    "muon": (UnitState.LATE,),
    "chua-gui": (UnitState.WAITING, UnitState.MISSING, UnitState.RETURNED),
    "qua-han": (UnitState.MISSING,),
}


def _tiles(overview: queries.Overview, base: str) -> tuple[Tile, ...]:
    every = len(overview.units)
    late, owing = overview.count(UnitState.LATE), len(overview.missing)
    overdue = overview.count(UnitState.MISSING)
    note = _("trong %(count)s đơn vị") % {"count": every}
    return (
        Tile(overview.count(UnitState.ON_TIME), _("Gửi đúng hạn"), f"{base}&tt=dung-han", note),
        Tile(late, _("Gửi muộn"), f"{base}&tt=muon", _("sau hạn của đợt")),
        Tile(owing, _("Chưa gửi"), f"{base}&tt=chua-gui", _("kể cả bị trả lại")),
        Tile(overdue, _("Quá hạn"), f"{base}&tt=qua-han", _("đã qua hạn gửi"), alert=overdue > 0),
    )


# --- one report --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineRow:
    """Một câu như hiện ra."""

    line: ReportLine
    pieces: tuple[Piece, ...]
    figures: int

    @property
    def must_decide(self) -> bool:
        return self.line.change in (LineChange.DIFFERS, LineChange.GONE) and not self.line.dropped


@dataclass(slots=True)
class Part:
    """Một phần của báo cáo."""

    section: Section
    numeral: str
    rows: list[LineRow] = field(default_factory=list)
    dropped: list[ReportLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReportView:
    """Mọi thứ trên trang một báo cáo."""

    report: BriefingReport
    edition: int
    parts: list[Part]
    offers: permissions.Offers
    sendings: list[Sending]
    sending: Sending | None
    intact: bool
    undecided: int
    changes: dict[str, int]
    conferences: list[Any]
    events: list[Told]

    @property
    def is_current(self) -> bool:
        """Bản đang dùng, not an earlier edition that was returned."""
        return self.edition == self.report.edition

    @property
    def may_write(self) -> bool:
        return self.is_current and not self.offers.write


def build_report(actor: Actor, report: BriefingReport, *, edition: int | None = None) -> ReportView:
    """The page of one report, or of an earlier edition of it."""
    sendings = queries.sendings_of(report)
    numbers = {sending.edition for sending in sendings} | {report.edition}
    wanted = edition if edition in numbers else report.edition
    lines = queries.lines_of(report, edition=wanted)
    sending = next((row for row in sendings if row.edition == wanted), None)
    kept = [line for line in lines if not line.dropped]
    return ReportView(
        report=report,
        edition=wanted or report.edition,
        parts=parts_of(lines),
        offers=permissions.offers(actor, report),
        sendings=sendings,
        sending=sending,
        intact=sending is None or queries.mark_of(lines) == sending.sha256,
        undecided=sum(line.change in (LineChange.DIFFERS, LineChange.GONE) for line in kept),
        changes=_changes(lines),
        conferences=queries.conferences_with(actor, report),
        events=[told(event) for event in queries.history_of(report)[:LATEST_EVENTS]],
    )


def parts_of(lines: Iterable[ReportLine]) -> list[Part]:
    """Các phần, numbered as they stand: an empty one has no number."""
    parts: dict[int, Part] = {}
    for line in lines:
        part = parts.setdefault(line.section, Part(Section(line.section), ""))
        if line.dropped:
            part.dropped.append(line)
        else:
            part.rows.append(line_row(line))
    for numeral, part in zip(ROMAN, (part for part in parts.values() if part.rows), strict=False):
        part.numeral = numeral
    return list(parts.values())


def line_row(line: ReportLine) -> LineRow:
    """Câu với các con số là đường mở."""
    return LineRow(line, pieces_of(line, reverse("briefing_line", args=[line.pk])), len(line.basis))


def _changes(lines: Iterable[ReportLine]) -> dict[str, int]:
    """Lần soạn gần nhất đã đổi bao nhiêu câu, by kind."""
    counted: dict[str, int] = {}
    for line in lines:
        if line.change:
            counted[line.change] = counted.get(line.change, 0) + 1
    return counted
