"""Mở đợt, soạn, gửi, trả lại, nhắc, đưa vào hội nghị: what is allowed, what is refused and with which words."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from soi.access.enums import Duty
from soi.base.actor import Actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.briefings import actions, lines, queries
from soi.briefings.enums import LineChange, ReportState, Section
from soi.briefings.models import BriefingReport, ReportLine, Sending
from soi.conferences.enums import ConferenceKind
from soi.conferences.models import Conference
from soi.history.models import Event
from tests.briefings.story import QUARTER, Briefing
from tests.factories import add_official, build_region


def intact(sending: Sending) -> bool:
    """The lines of that edition still give the mark."""
    lines = ReportLine.objects.filter(report=sending.report_id, edition=sending.edition)
    return queries.mark_of(lines) == sending.sha256


def told(action: str) -> list[Event]:
    return list(Event.objects.filter(action=action).select_related("payload"))


# --- the round ---------------------------------------------------------------------------------------


def test_a_round_is_opened_once_and_its_day_can_move(briefing: Briefing) -> None:
    opened = briefing.round()
    assert opened.due_on == dt.date(2021, 11, 25)
    with pytest.raises(Conflict, match="đã mở"):
        briefing.round()
    moved = briefing.round(due_on=dt.date(2021, 12, 5))
    assert moved.pk == opened.pk
    (event,) = told("briefings.move_due")
    assert event.payload.facts["old_due_on"] == "2021-11-25"


@pytest.mark.parametrize(
    ("quarter", "due_on"),
    [
        ("2021", "2021-12-20"),
        ("2021-Q5", "2021-12-20"),
        ("0000-Q1", "2021-12-20"),
        (QUARTER, None),
        (QUARTER, "2021-09-30"),
    ],
)
def test_a_round_needs_a_quarter_and_a_day_in_or_after_it(
    briefing: Briefing, quarter: str, due_on: str | None
) -> None:
    with pytest.raises(Invalid):
        actions.open_round(
            actor=briefing.actor("clerk"), organization=briefing.body("region"), quarter=quarter,
            due_on=dt.date.fromisoformat(due_on) if due_on else None, now=briefing.now,
        )  # fmt: skip


@pytest.mark.parametrize("name", ["inspector", "member", "press"])
def test_who_neither_records_nor_decides_opens_no_round(briefing: Briefing, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        actions.open_round(
            actor=briefing.actor(name), organization=briefing.body("region"), quarter=QUARTER,
            due_on=dt.date(2021, 12, 20), now=briefing.now,
        )  # fmt: skip


def test_a_unit_does_not_open_the_round_of_its_superior(briefing: Briefing) -> None:
    with pytest.raises(NotAllowed, match="văn phòng hoặc người đứng đầu"):
        actions.open_round(
            actor=briefing.actor("divisionclerk"), organization=briefing.body("region"), quarter=QUARTER,
            due_on=dt.date(2021, 12, 20), now=briefing.now,
        )  # fmt: skip


def test_reminding_reaches_each_body_that_is_missing(briefing: Briefing, report: BriefingReport) -> None:
    opened = briefing.round()
    briefing.send(report)
    assert actions.remind(actor=briefing.actor("clerk"), round_=opened, now=briefing.now) == 2
    assert {event.payload.facts["organization"]["label"] for event in told("briefings.remind")} == {
        "Bộ Tư lệnh Quân khu Thử Nghiệm", "Đảng ủy Lữ đoàn 902",
    }  # fmt: skip
    with pytest.raises(Conflict, match="đã gửi"):
        actions.remind(
            actor=briefing.actor("clerk"),
            round_=opened,
            organizations=[briefing.body("division")],
            now=briefing.now,
        )
    with pytest.raises(NotAllowed):
        actions.remind(actor=briefing.actor("divisionclerk"), round_=opened, now=briefing.now)


# --- composing ---------------------------------------------------------------------------------------


def test_a_report_is_composed_once_and_then_brought_up_to_date(
    briefing: Briefing, report: BriefingReport
) -> None:
    again = actions.compose_report(
        actor=briefing.actor("divisionclerk"),
        organization=briefing.body("division"),
        quarter=QUARTER,
        now=briefing.now,
    )
    assert (again.report.pk, again.is_new, again.changed) == (report.pk, False, 0)
    briefing.task("Tổ chức hội thao 05 môn", due_on=dt.date(2021, 12, 10))
    again = actions.compose_report(
        actor=briefing.actor("divisionclerk"),
        organization=briefing.body("division"),
        quarter=QUARTER,
        now=briefing.now,
    )
    assert again.updated >= 2
    line = briefing.lines(report)["results.total"]
    assert "3 nhiệm vụ" in line.text
    assert "2 nhiệm vụ" in line.other_text
    assert line.change == LineChange.UPDATED


def test_what_somebody_wrote_outlives_composing_again(briefing: Briefing, report: BriefingReport) -> None:
    clerk, now = briefing.actor("divisionclerk"), briefing.now
    line = briefing.lines(report)["results.total"]
    lines.edit_line(actor=clerk, line=line, text="Làm tốt 1 trên 2 việc.", expected_version=1, now=now)
    own = lines.add_line(actor=clerk, report=report, section=Section.CAUSES, text="Mưa lũ kéo dài.", now=now)
    dropped = briefing.lines(report)["ahead.overdue"]
    lines.drop_line(actor=clerk, line=dropped, now=now)
    briefing.task("Tổ chức hội thao 05 môn", due_on=dt.date(2021, 12, 10))
    briefing.compose()
    after = briefing.lines(report)
    assert after["results.total"].text == "Làm tốt 1 trên 2 việc."
    assert after["results.total"].change == LineChange.DIFFERS
    assert "3 nhiệm vụ" in after["results.total"].other_text
    assert after["ahead.overdue"].dropped
    own.refresh_from_db()
    assert (own.text, own.dropped) == ("Mưa lũ kéo dài.", False)


def test_a_line_whose_records_are_gone_leaves_and_comes_back(briefing: Briefing) -> None:
    task = briefing.task("Ban hành quy chế của 04 phòng", due_on=dt.date(2021, 11, 20))
    report = briefing.compose()
    key = f"undone.task.{task.pk}"
    briefing.done(task, on=dt.date(2021, 11, 19))
    briefing.compose()
    gone = briefing.lines(report)[key]
    assert (gone.dropped, gone.change) == (True, LineChange.GONE)
    assert briefing.lines(report)["undone.overdue"].text.startswith("Không có nhiệm vụ quá hạn")


def test_nobody_composes_a_quarter_that_has_not_begun(briefing: Briefing) -> None:
    with pytest.raises(Invalid, match="chưa bắt đầu"):
        actions.compose_report(
            actor=briefing.actor("clerk"),
            organization=briefing.body("region"),
            quarter="2022-Q1",
            now=briefing.now,
        )


@pytest.mark.parametrize("name", ["inspector", "brigadeclerk", "regiment", "member"])
def test_only_who_keeps_the_records_composes(briefing: Briefing, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        briefing.compose("division", by=name)
    assert briefing.compose("division", by="clerk")  # the level above may, and its own office


def test_of_what_the_composer_may_not_see_nothing_is_written(briefing: Briefing) -> None:
    """Chỉ thấy một đơn vị: a clerk of the body alone composes from that body alone."""
    add_official(
        briefing.region, "narrow", "Tô Thị Hẹp", "division", "Văn thư", duty=Duty.CLERK, whole_tree=False
    )
    briefing.task("Việc của sư đoàn 01", due_on=dt.date(2021, 11, 20))
    briefing.task("Việc của trung đoàn 02", to="regiment", given_by="division", due_on=dt.date(2021, 11, 20))
    text = "\n".join(line.text for line in briefing.compose("division", by="narrow").lines.all())
    assert "Việc của sư đoàn 01" in text
    assert "Việc của trung đoàn 02" not in text
    whole = "\n".join(line.text for line in briefing.compose("division").lines.all())
    assert "Việc của trung đoàn 02" in whole


# --- sending and returning ---------------------------------------------------------------------------


def test_sent_is_frozen_with_the_mark_of_its_text(briefing: Briefing, report: BriefingReport) -> None:
    sent = briefing.send(report)
    sending = Sending.objects.get(report=report)
    assert (sent.state, sent.sent_on, sending.edition) == (ReportState.SENT, dt.date(2021, 12, 1), 1)
    assert intact(sending)
    assert len(sending.sha256) == 64
    (event,) = told("briefings.send")
    assert event.payload.facts["superior"]["label"] == "Đảng ủy Quân khu Thử Nghiệm"
    for act in (
        lambda: briefing.send(report),
        briefing.compose,
        lambda: lines.add_line(
            actor=briefing.actor("divisionclerk"), report=report, section=4, text="Thêm", now=briefing.now
        ),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_report_with_an_open_question_is_not_sent(briefing: Briefing, report: BriefingReport) -> None:
    clerk, now = briefing.actor("divisionclerk"), briefing.now
    line = briefing.lines(report)["results.total"]
    lines.edit_line(actor=clerk, line=line, text="Làm tốt.", expected_version=1, now=now)
    briefing.task("Tổ chức hội thao 05 môn", due_on=dt.date(2021, 12, 10))
    briefing.compose()
    with pytest.raises(Conflict, match="Còn 1 câu"):
        briefing.send(report)
    lines.decide_line(actor=clerk, line=briefing.lines(report)["results.total"], take_new=False, now=now)
    assert briefing.send(report).state == ReportState.SENT
    assert briefing.lines(report)["results.total"].text == "Làm tốt."


def test_an_empty_report_is_not_sent(briefing: Briefing, report: BriefingReport) -> None:
    for line in queries.lines_of(report):
        lines.drop_line(actor=briefing.actor("divisionclerk"), line=line, now=briefing.now)
    with pytest.raises(Invalid, match="không còn câu nào"):
        briefing.send(report)


@pytest.mark.parametrize("name", ["inspector", "regiment", "brigade", "member"])
def test_who_may_not_send(briefing: Briefing, report: BriefingReport, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        briefing.send(report, by=name)
    assert briefing.send(report, by="division").state == ReportState.SENT


def test_returned_goes_on_in_a_new_edition_and_the_sent_one_stays(
    briefing: Briefing, report: BriefingReport
) -> None:
    briefing.send(report)
    before = [line.text for line in queries.lines_of(report, edition=1)]
    returned = actions.return_report(
        actor=briefing.actor("clerk"), report=report, reason="Bổ sung nguyên nhân", now=briefing.now
    )
    assert (returned.state, returned.edition, returned.sent_on) == (ReportState.RETURNED, 2, None)
    line = briefing.lines(report)["results.total"]
    lines.edit_line(
        actor=briefing.actor("divisionclerk"),
        line=line,
        text="Viết lại.",
        expected_version=1,
        now=briefing.now,
    )
    briefing.send(report)
    assert [line.text for line in queries.lines_of(report, edition=1)] == before
    first, second = queries.sendings_of(report)
    assert (first.reason, second.reason) == ("Bổ sung nguyên nhân", "")
    assert first.sha256 != second.sha256
    assert intact(first)
    assert intact(second)


def test_only_the_level_above_returns(briefing: Briefing, report: BriefingReport) -> None:
    briefing.send(report)
    for name in ("divisionclerk", "division", "inspector"):
        with pytest.raises(NotAllowed, match="nơi nhận báo cáo"):
            actions.return_report(actor=briefing.actor(name), report=report, reason="Thiếu", now=briefing.now)
    with pytest.raises(Invalid, match="lý do"):
        actions.return_report(actor=briefing.actor("clerk"), report=report, reason=" \n", now=briefing.now)
    assert actions.return_report(
        actor=briefing.actor("secretary"), report=report, reason="Thiếu", now=briefing.now
    )


def test_a_draft_is_not_returned_and_the_top_has_nobody_to_return_it(
    briefing: Briefing, report: BriefingReport
) -> None:
    with pytest.raises(Conflict, match="chưa được gửi"):
        actions.return_report(actor=briefing.actor("clerk"), report=report, reason="Thiếu", now=briefing.now)
    top = briefing.send(briefing.compose("region", by="clerk"), by="secretary")
    with pytest.raises(NotAllowed, match="không có cấp trên"):
        actions.return_report(actor=briefing.actor("secretary"), report=top, reason="Thiếu", now=briefing.now)


# --- to the conference -------------------------------------------------------------------------------


def take(
    briefing: Briefing, report: BriefingReport, conference: Conference, actor: Actor | None = None
) -> None:
    actions.take_to_conference(
        actor=actor or briefing.actor("clerk"), report=report, conference=conference, now=briefing.now
    )


def test_a_sent_report_is_paper_of_its_own_briefing_and_of_the_superiors(
    briefing: Briefing, report: BriefingReport
) -> None:
    own = briefing.conference(on=dt.date(2021, 11, 30), period=QUARTER)
    above = briefing.conference(body="region", on=dt.date(2021, 12, 1), period=QUARTER)
    with pytest.raises(Conflict, match="chưa được gửi"):
        take(briefing, report, own)
    briefing.send(report)
    take(briefing, report, own, briefing.actor("divisionclerk"))
    take(briefing, report, above)
    with pytest.raises(Conflict, match="đã có"):
        take(briefing, report, above)
    assert [paper.report for paper in queries.papers_of(briefing.actor("clerk"), above)] == [report]
    assert {row.pk for row in queries.conferences_with(briefing.actor("clerk"), report)} == {own.pk, above.pk}
    # Who does not see the report does not see it among the papers either.
    assert queries.papers_of(briefing.actor("brigade"), above) == []


def test_only_a_quarterly_briefing_of_the_right_body_takes_it(
    briefing: Briefing, report: BriefingReport
) -> None:
    briefing.send(report)
    with pytest.raises(NotFound, match="cấp trên trực tiếp"):
        take(briefing, report, briefing.conference(body="brigade"))
    other = briefing.conference()
    Conference.objects.filter(pk=other.pk).update(kind=ConferenceKind.ANNUAL)
    other.refresh_from_db()
    with pytest.raises(Invalid, match="giao ban quý"):
        take(briefing, report, other)
    with pytest.raises((NotAllowed, NotFound)):
        take(briefing, report, briefing.conference(body="region"), briefing.actor("divisionclerk"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_pressed_twice_at_once_makes_one_report(transactional_db: None, now: dt.datetime) -> None:
    """Two who begin the same at the same moment: the second finds what the first has made."""
    briefing = Briefing(build_region(now), now)
    failures: list[Exception] = []

    def compose() -> None:
        try:
            briefing.compose()
        except Exception as error:  # noqa: BLE001 (told to the test)
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=compose) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert BriefingReport.objects.count() == 1
