"""Ai thấy báo cáo nào; ai đã gửi, ai chưa gửi, tính đến một ngày."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.access.enums import Duty
from soi.base.errors import NotFound
from soi.briefings import actions, queries
from soi.briefings.enums import UnitState
from soi.briefings.gathering import units_of
from soi.briefings.models import BriefingReport, Sending
from soi.org import actions as org
from tests.briefings.story import QUARTER, Briefing
from tests.factories import add_official


def states(briefing: Briefing, day: dt.date, body: str = "region") -> dict[str, tuple[UnitState, int]]:
    view = queries.overview(briefing.actor("clerk"), briefing.body(body), QUARTER, as_of=day)
    return {row.organization.name: (row.state, row.days_late) for row in view.units}


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("clerk", True),
        ("divisionclerk", True),
        ("inspector", True),
        ("brigade", False),
        ("regiment", False),
        ("admin", False),
    ],
)
def test_a_report_is_seen_by_who_reads_its_body(
    briefing: Briefing, report: BriefingReport, name: str, sees: bool
) -> None:
    actor = briefing.actor(name)
    line = report.lines.first()
    assert line is not None
    if sees:
        assert queries.get(actor, report.pk) == report
        assert queries.get_line(actor, line.pk) == line
        return
    for read in (lambda: queries.get(actor, report.pk), lambda: queries.get_line(actor, line.pk)):
        with pytest.raises(NotFound):
            read()
    assert not queries.listing(actor, quarter=QUARTER).exists()


def test_late_is_late_as_of_a_date(briefing: Briefing, report: BriefingReport) -> None:
    briefing.round(due_on=dt.date(2021, 11, 25))
    briefing.send(report)  # on 1 December
    division, brigade = "Đảng ủy Sư đoàn 901", "Đảng ủy Lữ đoàn 902"
    before = states(briefing, dt.date(2021, 11, 25))
    assert before[division] == before[brigade] == (UnitState.WAITING, 0)
    day_after = states(briefing, dt.date(2021, 11, 26))
    assert day_after[division] == (UnitState.MISSING, 1)
    now = states(briefing, dt.date(2021, 12, 1))
    assert (now[division], now[brigade]) == ((UnitState.LATE, 6), (UnitState.MISSING, 6))


def test_without_a_round_nobody_is_late(briefing: Briefing, report: BriefingReport) -> None:
    briefing.send(report)
    now = states(briefing, dt.date(2021, 12, 1))
    assert now["Đảng ủy Sư đoàn 901"] == (UnitState.ON_TIME, 0)
    assert now["Đảng ủy Lữ đoàn 902"] == (UnitState.WAITING, 0)


def test_a_returned_report_is_missing_again(briefing: Briefing, report: BriefingReport) -> None:
    briefing.round(due_on=dt.date(2021, 12, 20))
    briefing.send(report)
    actor, body = briefing.actor("clerk"), briefing.body("region")
    assert briefing.body("division") not in queries.missing(actor, body, QUARTER)
    actions.return_report(actor=actor, report=report, reason="Thiếu", now=briefing.now)
    assert briefing.body("division") in queries.missing(actor, body, QUARTER)
    assert states(briefing, dt.date(2021, 12, 1))["Đảng ủy Sư đoàn 901"] == (UnitState.RETURNED, 0)
    assert list(queries.waiting_for(briefing.actor("divisionclerk"))) == [report]
    assert not queries.waiting_for(briefing.actor("brigadeclerk")).exists()
    briefing.send(report)
    assert states(briefing, dt.date(2021, 12, 1))["Đảng ủy Sư đoàn 901"] == (UnitState.ON_TIME, 0)


def test_who_owes_a_report_is_judged_on_the_day_it_is_due(briefing: Briefing) -> None:
    """Sắp xếp lại giữa chừng: a body abolished before the day owes nothing; one founded before it does."""
    briefing.round(due_on=dt.date(2021, 11, 25))
    region = briefing.region
    org.found_organization(
        actor=region.system, name="Đảng ủy Trung đoàn 95", classification="party_committee",
        parent=region.bodies["region"], on=dt.date(2021, 11, 26), now=briefing.now,
    )  # fmt: skip
    names = states(briefing, dt.date(2021, 12, 1))
    assert "Đảng ủy Trung đoàn 95" not in names
    briefing.round(due_on=dt.date(2021, 11, 28))
    assert "Đảng ủy Trung đoàn 95" in states(briefing, dt.date(2021, 12, 1))


def test_reports_of_other_branches_do_not_show_in_an_overview(
    briefing: Briefing, report: BriefingReport
) -> None:
    view = queries.overview(briefing.actor("brigade"), briefing.body("region"), QUARTER)
    assert all(row.report is None for row in view.units)


def test_a_changed_line_breaks_the_mark(briefing: Briefing, report: BriefingReport) -> None:
    briefing.send(report)
    sending = Sending.objects.get(report=report)
    lines = queries.lines_of(report)
    assert queries.mark_of(lines) == sending.sha256
    lines[0].text += "!"
    assert queries.mark_of(lines) != sending.sha256
    lines[0].text = lines[0].text[:-1]
    lines[1].dropped = True
    assert queries.mark_of(lines) != sending.sha256


def test_numbers_beyond_any_row_are_not_found(briefing: Briefing, report: BriefingReport) -> None:
    for pk in (0, 10**18, 10**30):
        with pytest.raises(NotFound):
            queries.get(briefing.actor("clerk"), pk)
        with pytest.raises(NotFound):
            queries.get_line(briefing.actor("clerk"), pk)
        with pytest.raises(NotFound):
            queries.get_round(briefing.actor("clerk"), pk)


def test_who_reads_the_superior_alone_learns_who_sent_but_not_what(
    briefing: Briefing, report: BriefingReport
) -> None:
    """A right without the tree below must not make a sent report look missing, on the page or in the paper."""
    add_official(briefing.region, "office", "Kha Thị Phòng", "region", "Trợ lý tổng hợp", duty=Duty.CLERK)
    briefing.round(due_on=dt.date(2021, 11, 25))
    briefing.send(report)
    office, region = briefing.actor("office"), briefing.body("region")
    rows = {row.organization: row for row in queries.overview(office, region, QUARTER).units}
    sent = rows[briefing.body("division")]
    assert (sent.state, sent.sent_on, sent.report) == (UnitState.LATE, dt.date(2021, 12, 1), None)
    assert rows[briefing.body("brigade")].state == UnitState.MISSING
    units, _due_on = units_of(office, region, QUARTER)
    told = {unit.pk: unit for unit in units}[briefing.body("division").pk]
    assert (told.report, told.total) == (report.pk, "")
    seen = {unit.pk: unit for unit in units_of(briefing.actor("clerk"), region, QUARTER)[0]}
    assert seen[briefing.body("division").pk].total
    everything = queries.overview(briefing.region.system, region, QUARTER)
    assert [row.report for row in everything.units if row.report] == [report]
