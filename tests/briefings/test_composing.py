"""Soạn từ hồ sơ: figures equal the lists they open; a quarter of 200 tasks in under two seconds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from soi.briefings import lines
from soi.briefings.composing import compose
from soi.briefings.models import BriefingReport
from soi.conferences.models import Conference
from soi.findings.enums import CauseKind, FindingKind
from soi.findings.register import RegisterFilter, register
from soi.org import actions as org
from soi.org.enums import WorkArea
from soi.work.enums import Result
from soi.work.filters import TaskFilter
from soi.work.queries import listing
from tests.briefings.story import QUARTER, Briefing


@pytest.fixture
def full(briefing: Briefing) -> Briefing:
    """A quarter with something of every kind, in three levels."""
    briefing.done(briefing.task("Kiểm tra kỹ thuật 120 xe"), result=Result.EXCEEDED)
    briefing.done(briefing.task("Huấn luyện 02 khung", due_on=dt.date(2021, 11, 1)), cause="own")
    late = briefing.task(
        "Ban hành quy chế của 04 phòng", due_on=dt.date(2021, 11, 20), area=WorkArea.LEADERSHIP
    )
    briefing.says(late, difficulty="Thiếu cán bộ", request="Bổ sung 02 trợ lý")
    briefing.task("Kiểm tra 12 chi bộ", to="regiment", given_by="division", due_on=dt.date(2021, 9, 20))
    briefing.task(
        "Chuẩn bị hội thao 05 môn", to="regiment", given_by="division", due_on=dt.date(2021, 12, 25)
    )
    briefing.task("Lập kế hoạch năm 2022", due_on=dt.date(2022, 1, 20))
    briefing.task("Việc 01 của lữ đoàn", to="brigade", due_on=dt.date(2021, 11, 20))
    briefing.finding(causes=((CauseKind.OWN, "Chưa sâu sát"), (CauseKind.EXTERNAL, "Thiếu quân số")))
    briefing.finding("Quản lý vũ khí còn sơ hở", body="regiment", kind=FindingKind.SHORTCOMING)
    briefing.finding("Hoàn thành sớm chỉ tiêu", kind=FindingKind.STRENGTH)
    briefing.finding("Nền nếp chưa nghiêm", found_on=dt.date(2021, 5, 2))
    held = briefing.conference(conclusions=("Sửa quy chế", "Học tập nghị quyết"))
    briefing.became(held, 1, late)
    return briefing


def live(actor: Any, figure: dict[str, Any]) -> set[int]:
    """What the list shows that the figure's filter asks for."""
    asked = QueryDict(figure["query"])
    if figure["list"] == "tasks":
        return set(listing(actor, TaskFilter.from_query(asked)).values_list("pk", flat=True))
    return set(register(actor, RegisterFilter.read(asked)).values_list("pk", flat=True))


def test_composed_weeks_later_the_figures_still_equal_their_lists(full: Briefing) -> None:
    """What fell due in January is overdue by then, and belongs to the next report."""
    actor = full.actor("clerk", today=dt.date(2022, 2, 15))
    sentences = {row.key: row for row in compose(actor, full.body("region"), QUARTER)}
    told = sentences["undone.overdue"]
    assert told.text.startswith("Trong các nhiệm vụ có hạn đến hết quý IV/2021, tính đến ngày 15/02/2022 có ")
    for key in ("undone.overdue", "ahead.overdue", "results.total"):
        for figure in sentences[key].basis:
            if figure["query"]:
                assert live(actor, figure) == set(figure["ids"]), (key, figure["words"])


def test_every_figure_equals_the_list_it_opens(full: Briefing) -> None:
    """R3: for every figure with a filter, list and frozen records are the same today."""
    for name, body in (("divisionclerk", "division"), ("clerk", "region"), ("regiment", "regiment")):
        actor = full.actor(name)
        figures = [
            figure for s in compose(actor, full.body(body), QUARTER) for figure in s.basis if figure["query"]
        ]
        assert figures
        for figure in figures:
            assert live(actor, figure) == set(figure["ids"]), figure


def test_a_report_tells_of_its_own_part_of_the_tree(full: Briefing) -> None:
    text = "\n".join(
        sentence.text for sentence in compose(full.actor("divisionclerk"), full.body("division"), QUARTER)
    )
    assert "Kiểm tra 12 chi bộ" in text  # of the regiment below
    assert "lữ đoàn" not in text
    assert "Việc 01 của lữ đoàn" in "\n".join(
        sentence.text for sentence in compose(full.actor("clerk"), full.body("region"), QUARTER)
    )


def test_the_last_briefing_opens_the_report(full: Briefing) -> None:
    first = compose(full.actor("divisionclerk"), full.body("division"), QUARTER)
    assert "kết luận 2 nội dung: 1 quá hạn chưa xong, 1 chưa giao thành nhiệm vụ." in first[0].text


@pytest.mark.parametrize(
    ("period", "on", "looked_back_on"),
    [
        ("2021-Q4", "2021-11-30", False),  # this quarter's own briefing
        ("2021-Q3", "2021-10-05", True),
        ("", "2021-10-05", True),  # without a period: held in the weeks after the quarter
        ("", "2021-11-30", False),
        ("2021-Q3", "2021-12-02", False),  # tomorrow
    ],
)
def test_which_conference_is_the_last_briefing(
    briefing: Briefing, period: str, on: str, looked_back_on: bool
) -> None:
    held = briefing.conference(conclusions=("Sửa quy chế",))
    Conference.objects.filter(pk=held.pk).update(period=period, date_start=on, date_end=on)
    first = compose(briefing.actor("divisionclerk"), briefing.body("division"), QUARTER)[0]
    assert ("kết luận 1 nội dung" in first.text) is looked_back_on


def test_a_superior_is_told_what_its_units_have_sent(full: Briefing) -> None:
    full.round()
    report = full.compose("division")
    lines.add_line(
        actor=full.actor("divisionclerk"), report=report, section=5, text="Cấp thêm 02 xe tải", now=full.now
    )
    before = {s.key: s.text for s in compose(full.actor("clerk"), full.body("region"), QUARTER)}
    assert f"requests.unit.{report.pk}.1" not in before  # a draft is the unit's own affair
    full.send(report)
    after = {s.key: s for s in compose(full.actor("clerk"), full.body("region"), QUARTER)}
    assert after[f"requests.unit.{report.pk}.1"].text == "Đảng ủy Sư đoàn 901 đề nghị: Cấp thêm 02 xe tải."
    unit = after[f"units.{full.body('division').pk}"]
    own = full.lines(report)["results.total"]
    assert unit.text.endswith(own.text[1:])
    # Its figures open in the superior's report what they open in the unit's.
    assert {figure["words"]: figure["ids"] for figure in own.basis}.items() <= {
        figure["words"]: figure["ids"] for figure in unit.basis
    }.items()
    for figure in unit.basis:
        assert unit.text[figure["at"] :].startswith(figure["words"])
    assert after["units.sent"].text.startswith("Tính đến ngày 01/12/2021, 1 trên 3 đơn vị")


def test_work_of_a_merged_body_is_told_by_its_successor(full: Briefing) -> None:
    org.merge_organizations(
        actor=full.region.system, sources=[full.body("brigade")], into=full.body("division"),
        on=dt.date(2021, 11, 30), now=full.now,
    )  # fmt: skip
    text = "\n".join(s.text for s in compose(full.actor("divisionclerk"), full.body("division"), QUARTER))
    assert "Việc 01 của lữ đoàn" in text


@pytest.mark.slow
def test_two_hundred_tasks_in_under_two_seconds_and_few_statements(briefing: Briefing) -> None:
    few = _statements(briefing, briefing.compose)
    areas = list(WorkArea)
    for number in range(200):
        task = briefing.task(
            f"Hoàn thành nội dung công tác thứ {number}", area=areas[number % len(areas)], weight=1 + number % 3,
            due_on=dt.date(2021, 10, 1) + dt.timedelta(days=number % 60),
        )  # fmt: skip
        if number % 10 == 0:
            briefing.says(task, difficulty=f"Khó khăn {number}", request=f"Đề nghị {number}")
    for number in range(20):
        briefing.finding(
            f"Hạn chế thứ {number} của đơn vị", causes=((CauseKind.OWN, f"Nguyên nhân {number}"),)
        )
    report: BriefingReport = briefing.compose()
    assert report.lines.count() > 40
    again = _statements(briefing, briefing.compose)
    assert again <= few + 6, "the number of statements does not grow with the tasks"


def _statements(briefing: Briefing, act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)
