"""Từng câu: reworded, added, dropped, moved, decided; two at once lose nothing; nothing after sending."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.briefings import actions, lines
from soi.briefings.enums import LineChange, Section
from soi.briefings.models import LONGEST_LINE, BriefingReport, ReportLine
from soi.history.models import Event
from tests.briefings.story import Briefing


@pytest.fixture
def line(briefing: Briefing, report: BriefingReport) -> ReportLine:
    return briefing.lines(report)["results.total"]


def edit(
    briefing: Briefing, line: ReportLine, text: str, version: int, by: str = "divisionclerk"
) -> ReportLine:
    return lines.edit_line(
        actor=briefing.actor(by), line=line, text=text, expected_version=version, now=briefing.now
    )


def order(report: BriefingReport, section: int) -> list[str]:
    rows = ReportLine.objects.filter(report=report, edition=report.edition, section=section, dropped=False)
    return [row.text for row in rows]


def test_two_at_once_lose_nothing(briefing: Briefing, line: ReportLine) -> None:
    composed = line.text
    first = edit(briefing, line, "Bản thứ nhất.", 1)
    assert (first.version, first.editor_label, first.composed) == (2, "Hồ Thị Văn", composed)
    with pytest.raises(Conflict) as refused:
        edit(briefing, line, "Bản thứ hai.", 1, by="clerk")
    assert "«Bản thứ nhất.»" in refused.value.sentence
    assert "«Bản thứ hai.»" in refused.value.sentence
    assert "Hồ Thị Văn" in refused.value.sentence
    line.refresh_from_db()
    assert line.text == "Bản thứ nhất."
    event = Event.objects.get(action="briefings.edit_line")
    assert event.payload.facts["old_text"] == composed


def test_saving_the_same_words_writes_nothing(briefing: Briefing, line: ReportLine) -> None:
    assert edit(briefing, line, line.text, 1).version == 1
    assert not Event.objects.filter(action="briefings.edit_line").exists()


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x01", "x" * (LONGEST_LINE + 1)])
def test_a_line_says_something_and_not_too_much(briefing: Briefing, line: ReportLine, text: str) -> None:
    with pytest.raises(Invalid):
        edit(briefing, line, text, 1)


@pytest.mark.parametrize("name", ["inspector", "brigade", "regiment", "member"])
def test_who_may_not_edit(briefing: Briefing, line: ReportLine, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        edit(briefing, line, "Khác.", 1, by=name)


def test_own_lines_stand_last_or_after_another(briefing: Briefing, report: BriefingReport) -> None:
    clerk, now = briefing.actor("divisionclerk"), briefing.now
    first = briefing.lines(report)["undone.overdue"]
    lines.add_line(actor=clerk, report=report, section=3, text="Sau cùng.", now=now)
    lines.add_line(actor=clerk, report=report, section=3, text="Ngay sau câu đầu.", after=first, now=now)
    texts = order(report, Section.UNDONE)
    assert texts[1] == "Ngay sau câu đầu."
    assert texts[-1] == "Sau cùng."
    with pytest.raises(Invalid, match="phần"):
        lines.add_line(actor=clerk, report=report, section=9, text="Đâu?", now=now)


def test_dropped_lines_can_be_taken_back(
    briefing: Briefing, line: ReportLine, report: BriefingReport
) -> None:
    clerk, now = briefing.actor("divisionclerk"), briefing.now
    text = line.text
    lines.drop_line(actor=clerk, line=line, now=now)
    assert text not in order(report, Section.RESULTS)
    with pytest.raises(Conflict, match="đã được bỏ"):
        lines.drop_line(actor=clerk, line=line, now=now)
    lines.restore_line(actor=clerk, line=line, now=now)
    assert text in order(report, Section.RESULTS)
    with pytest.raises(Conflict):
        lines.restore_line(actor=clerk, line=line, now=now)


def test_moving_steps_over_dropped_lines_and_stops_at_the_ends(
    briefing: Briefing, report: BriefingReport
) -> None:
    clerk, now = briefing.actor("divisionclerk"), briefing.now
    made = [
        lines.add_line(actor=clerk, report=report, section=7, text=text, now=now) for text in ("A", "B", "C")
    ]
    before = order(report, 7)
    lines.drop_line(actor=clerk, line=made[1], now=now)
    lines.move_line(actor=clerk, line=made[2], up=True, now=now)
    assert order(report, 7)[-2:] == ["C", "A"]
    lines.move_line(actor=clerk, line=made[0], up=False, now=now)
    assert order(report, 7)[-1] == "A"
    lines.move_line(actor=clerk, line=made[2], up=False, now=now)
    lines.restore_line(actor=clerk, line=made[1], now=now)
    assert sorted(order(report, 7)) == sorted(before)


def differing(briefing: Briefing, line: ReportLine) -> ReportLine:
    edit(briefing, line, "Được 1 việc.", 1)
    briefing.task("Tổ chức hội thao 05 môn")
    briefing.compose()
    line.refresh_from_db()
    assert line.change == LineChange.DIFFERS
    return line


def test_taking_the_new_sentence_takes_its_records_too(briefing: Briefing, line: ReportLine) -> None:
    line = differing(briefing, line)
    taken = lines.decide_line(
        actor=briefing.actor("divisionclerk"), line=line, take_new=True, now=briefing.now
    )
    assert "3 nhiệm vụ" in taken.text
    assert taken.text == taken.composed
    assert len(taken.basis[0]["ids"]) == 3


def test_keeping_ones_own_is_not_asked_again(briefing: Briefing, line: ReportLine) -> None:
    line = differing(briefing, line)
    clerk = briefing.actor("divisionclerk")
    kept = lines.decide_line(actor=clerk, line=line, take_new=False, now=briefing.now)
    assert kept.text == "Được 1 việc."
    assert len(kept.basis[0]["ids"]) == 2  # its figures still open what they were counted from
    briefing.compose()
    line.refresh_from_db()
    assert (line.text, line.change) == ("Được 1 việc.", LineChange.NONE)
    assert len(line.basis[0]["ids"]) == 2
    with pytest.raises(Conflict, match="không còn gì phải chọn"):
        lines.decide_line(actor=clerk, line=line, take_new=True, now=briefing.now)


def test_nothing_after_sending_and_nothing_on_an_old_edition(
    briefing: Briefing, report: BriefingReport, line: ReportLine
) -> None:
    clerk, now = briefing.actor("divisionclerk"), briefing.now
    briefing.send(report)
    for act in (
        lambda: edit(briefing, line, "Khác.", 1),
        lambda: lines.drop_line(actor=clerk, line=line, now=now),
        lambda: lines.move_line(actor=clerk, line=line, up=True, now=now),
    ):
        with pytest.raises(Conflict, match="đã gửi"):
            act()
    actions.return_report(actor=briefing.actor("clerk"), report=report, reason="Thiếu", now=now)
    with pytest.raises(Conflict, match="bản đã gửi"):
        edit(briefing, line, "Khác.", 1)
    assert edit(briefing, briefing.lines(report)["results.total"], "Khác.", 1).text == "Khác."
