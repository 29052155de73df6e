"""From given to judged: reports, "done", late, exceeded, returned, failed, and who may say what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.access.enums import Duty
from soi.base.actor import system_actor
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.documents.enums import Origin
from soi.documents.models import Source
from soi.history.models import Event
from soi.work import progress
from soi.work.enums import Assessor, LateCause, Result, Standing, TaskState
from soi.work.models import Assessment, ProgressReport, RequestAnswer, Task, TaskDelta
from tests.work.story import DUE_ON, TODAY, Story

LATER = dt.date(2022, 1, 10)


def last_event() -> Event:
    return Event.objects.select_related("payload").latest("pk")


def stored(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


# --- the whole life ----------------------------------------------------------------------------------


def test_from_given_to_done_and_every_step_is_kept(story: Story, task: Task) -> None:
    story.report(task, 40)
    story.report(task, 100, note="Chờ ký")
    assert stored(task).state == TaskState.ACTIVE, "a hundred percent is not yet a report of completion"

    story.done(task)
    assert (stored(task).state, stored(task).standing, stored(task).reported_on) == (
        TaskState.REPORTED, Standing.REPORTED, TODAY,
    )  # fmt: skip

    story.give_back(task)
    back = stored(task)
    assert (back.state, back.standing, back.reported_on, back.percent) == ("active", "active", None, 100)

    story.done(task)
    story.assess(task)
    done = stored(task)
    assert (done.state, done.standing, done.closed_on, done.percent) == ("done", "on_time", TODAY, 100)
    assert list(Assessment.objects.values_list("by", "result")) == [
        (Assessor.SELF, Result.ACHIEVED),
        (Assessor.SUPERIOR, Result.RETURNED),
        (Assessor.SELF, Result.ACHIEVED),
        (Assessor.SUPERIOR, Result.ACHIEVED),
    ]


def test_returned_without_earlier_reports_it_begins_anew(story: Story, reported: Task) -> None:
    assert story.give_back(reported).percent == 0


def test_the_figures_follow_every_step(story: Story, task: Task) -> None:
    story.report(task)
    story.assess(story.done(task), result=Result.EXCEEDED)
    changes = [(delta.standing, delta.n) for delta in TaskDelta.objects.order_by("pk")]
    assert changes == [
        ("active", 1), ("active", -1), ("reported", 1), ("reported", -1), ("exceeded", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("on", "result", "standing"),
    [
        (DUE_ON, Result.ACHIEVED, Standing.ON_TIME),
        (DUE_ON, Result.EXCEEDED, Standing.EXCEEDED),
        (DUE_ON + dt.timedelta(days=1), Result.ACHIEVED, Standing.LATE),
        (DUE_ON + dt.timedelta(days=1), Result.EXCEEDED, Standing.LATE),
        (DUE_ON, Result.NOT_ACHIEVED, Standing.FAILED),
        (DUE_ON + dt.timedelta(days=1), Result.NOT_ACHIEVED, Standing.FAILED),
    ],
)
def test_late_is_judged_by_the_day_it_was_finished(
    story: Story, task: Task, on: dt.date, result: Result, standing: Standing
) -> None:
    cause = {"late_cause": LateCause.EXTERNAL} if on > DUE_ON else {}
    story.done(task, on=on, today=LATER, **cause)
    story.assess(task, result=result, today=LATER)
    assert stored(task).standing == standing


# --- the cause of being late ---------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["", "vì trời mưa"])
def test_who_is_late_names_the_cause(story: Story, task: Task, given: str) -> None:
    with pytest.raises(Invalid) as refused:
        story.done(task, today=LATER, late_cause=given)
    assert "late_cause" in refused.value.fields
    assert stored(task).state == TaskState.ACTIVE
    story.done(task, today=LATER, late_cause=LateCause.EXTERNAL)
    assert stored(task).late_cause == LateCause.EXTERNAL


def test_the_superior_may_see_the_cause_otherwise(story: Story, task: Task) -> None:
    story.done(task, today=LATER, late_cause=LateCause.EXTERNAL)
    story.assess(task, today=LATER, late_cause=LateCause.OWN)
    assert stored(task).late_cause == LateCause.OWN
    assert list(Assessment.objects.values_list("late_cause", flat=True)) == ["external", "own"]


def test_without_another_word_the_cause_stands_as_it_was_reported(story: Story, task: Task) -> None:
    story.done(task, today=LATER, late_cause=LateCause.EXTERNAL)
    assert story.assess(task, today=LATER).late_cause == LateCause.EXTERNAL


def test_on_time_there_is_no_cause_of_being_late(story: Story, task: Task) -> None:
    assert story.done(task, late_cause=LateCause.OWN).late_cause == ""


# --- what nobody reports -------------------------------------------------------------------------------


def test_what_is_overdue_and_never_reported_can_be_called_failed(story: Story, task: Task) -> None:
    given = {"result": Result.NOT_ACHIEVED, "note": "Không báo cáo", "late_cause": LateCause.OWN}
    with pytest.raises(Conflict, match="chưa được báo cáo xong"):
        story.assess(task, today=DUE_ON, **given)
    with pytest.raises(Conflict, match="chỉ kết luận được là không đạt"):
        story.assess(task, today=LATER, **{**given, "result": Result.ACHIEVED})
    with pytest.raises(Invalid, match="nguyên nhân chậm"):
        story.assess(task, today=LATER, **{**given, "late_cause": ""})
    failed = story.assess(task, today=LATER, **given)
    assert (failed.state, failed.standing, failed.reported_on) == ("failed", "failed", None)


def test_the_holder_does_not_end_an_unreported_task_either(story: Story, task: Task) -> None:
    with pytest.raises(NotAllowed):
        story.assess(task, by="division", today=LATER, result=Result.NOT_ACHIEVED, late_cause="own")


# --- what was measured -----------------------------------------------------------------------------------


def test_a_measured_value_gives_the_percentage(story: Story) -> None:
    task = story.assign(target=Decimal(8), unit="lớp")
    assert story.report(task, None, value=Decimal(3)).percent == 37
    assert story.report(task, None, value=Decimal(12)).percent == 100
    assert story.report(task, 50, value=Decimal(4)).percent == 50
    assert stored(task).value == 4
    story.report(task, 60)
    assert stored(task).value == 4, "a report without a value does not wipe the last one"


@pytest.mark.parametrize("percent", [-1, 101, None])
def test_percent_has_bounds(story: Story, task: Task, percent: int | None) -> None:
    with pytest.raises(Invalid) as refused:
        story.report(task, percent)
    assert "percent" in refused.value.fields


@pytest.mark.parametrize("value", ["NaN", "-1", "1e15", "0.001", "Infinity"])
def test_odd_numbers_are_refused_with_a_sentence(story: Story, task: Task, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        story.report(task, 10, value=Decimal(value))
    assert "value" in refused.value.fields


@pytest.mark.parametrize("day", [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)])
def test_reports_are_dated_between_the_order_and_today(story: Story, task: Task, day: dt.date) -> None:
    with pytest.raises(Invalid):
        story.report(task, on=day)
    with pytest.raises(Invalid):
        story.done(task, on=day)


def test_a_report_says_something(story: Story, task: Task) -> None:
    for act in (
        lambda: story.report(task, note=" "),
        lambda: story.done(task, note=""),
        lambda: story.done(task, result=Result.RETURNED),
    ):
        with pytest.raises(Invalid):
            act()
    assert not ProgressReport.objects.exists()


def test_nobody_opens_a_file_by_naming_it_as_evidence(story: Story, task: Task) -> None:
    def paper(body: str) -> Source:
        return Source.objects.create(
            organization=story.region.bodies[body], original_name="a.pdf", sha256=body.ljust(64, "0"),
            size=1, media_type="application/pdf", origin=Origin.EVIDENCE, received_at=story.now,
        )  # fmt: skip

    with pytest.raises(NotFound):
        story.report(task, evidence=paper("brigade"))
    assert story.report(task, evidence=paper("division")).evidence is not None


# --- who reports ---------------------------------------------------------------------------------------


def test_a_recorder_reports_on_behalf_and_that_is_written_down(story: Story, task: Task) -> None:
    report = story.report(task, by="divisionclerk")
    assert "ghi thay Bí thư Đảng ủy Sư đoàn" in report.reporter_label
    assert "Bí thư Đảng ủy Sư đoàn" in last_event().payload.facts["on_behalf"]
    assert story.report(task).reporter_label == "Phan Văn Sư"


def test_a_delegate_reports_for_the_holder(story: Story, task: Task) -> None:
    story.lend("division", "press")
    assert story.report(task, by="press").reporter_label == "Vũ Thị Báo (ghi thay Phan Văn Sư)"


@pytest.mark.parametrize(
    ("who", "refusal"), [("inspector", NotAllowed), ("brigadeclerk", NotFound), ("member", NotFound)]
)
def test_others_do_not_report(story: Story, task: Task, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        story.report(task, by=who)
    with pytest.raises(refusal):
        story.done(task, by=who)
    assert not ProgressReport.objects.exists()


# --- who judges: not the accountable person, in any disguise -----------------------------------------------


def refused_to_judge(story: Story, task: Task, who: str) -> str:
    sentences = []
    for act in (story.assess, story.give_back):
        with pytest.raises(NotAllowed) as refused:
            act(task, by=who)
        sentences.append(refused.value.sentence)
    assert stored(task).state == TaskState.REPORTED
    assert len(set(sentences)) == 1
    return sentences[0]


def test_the_holder_of_the_accountable_post(story: Story) -> None:
    """Also where the own body gave the task, and the holder leads and records for it."""
    task = story.done(story.assign(by="divisionclerk", giver="division"))
    assert "chịu trách nhiệm chính" in refused_to_judge(story, task, "division")
    assert story.assess(task, by="secretary").state == TaskState.DONE


def test_the_accountable_person_in_a_second_post_higher_up(story: Story, reported: Task) -> None:
    story.second_post("division", "region", Duty.INSPECTOR)
    assert "chịu trách nhiệm chính" in refused_to_judge(story, reported, "division")


def test_a_holder_who_has_left_meanwhile(story: Story, task: Task) -> None:
    story.done(task)
    story.replace("division", "Tô Văn Mới", on=TODAY + dt.timedelta(days=1))
    story.second_post("division", "region", Duty.INSPECTOR)
    with pytest.raises(NotAllowed, match="chịu trách nhiệm chính"):
        story.assess(task, by="division", today=LATER)


def test_somebody_acting_for_the_accountable_person(story: Story, reported: Task) -> None:
    story.lend("division", "inspector")
    assert "ủy quyền" in refused_to_judge(story, reported, "inspector")


def test_who_reported_it_done_on_behalf(story: Story, task: Task) -> None:
    story.done(task, by="clerk")
    assert "đã báo cáo" in refused_to_judge(story, task, "clerk")
    assert story.assess(task, by="inspector").state == TaskState.DONE


def test_the_system_judges_nothing(story: Story, reported: Task) -> None:
    with pytest.raises(NotAllowed, match="một người có tên"):
        progress.assess_task(
            actor=system_actor("Cài đặt", today=TODAY), task=reported, result=Result.ACHIEVED, note="x",
            now=story.now,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("regiment", NotFound), ("divisionclerk", NotAllowed), ("brigade", NotFound), ("press", NotAllowed)],
)
def test_another_level_does_not_judge(
    story: Story, reported: Task, who: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        story.assess(reported, by=who)
    assert stored(reported).state == TaskState.REPORTED


@pytest.mark.parametrize("who", ["secretary", "clerk", "inspector"])
def test_the_level_that_gave_it_judges(story: Story, reported: Task, who: str) -> None:
    """The positive control."""
    assert story.assess(reported, by=who).state == TaskState.DONE


@pytest.mark.parametrize("result", [Result.RETURNED, "tạm được"])
def test_only_a_verdict_ends_a_task(story: Story, reported: Task, result: Result) -> None:
    with pytest.raises(Invalid):
        story.assess(reported, result=result)


# --- sub-tasks --------------------------------------------------------------------------------------------


def test_the_task_above_is_not_done_before_those_below(story: Story, task: Task) -> None:
    below = story.assign(by="divisionclerk", giver="division", to="regiment", parent=task)
    with pytest.raises(Conflict, match="nhiệm vụ con chưa báo cáo xong"):
        story.done(task)
    story.done(below, by="regiment")
    assert story.done(task).state == TaskState.REPORTED


# --- requests ------------------------------------------------------------------------------------------------


def ask(story: Story, task: Task, **given: str) -> ProgressReport:
    return story.report(
        task, difficulty="Thiếu giảng viên", request="Đề nghị cử hai giảng viên", **given
    )  # fmt: skip


def answer(
    story: Story, report: ProgressReport, *, by: str = "secretary", text: str = "Đồng ý"
) -> RequestAnswer:
    return progress.answer_request(actor=story.actor(by), report=report, text=text, now=story.now)


def test_a_request_is_answered_once_by_the_level_that_gave_the_task(story: Story, task: Task) -> None:
    report = ask(story, task)
    assert answer(story, report).answerer_label == "Lê Văn Thử"
    assert last_event().action == "work.answer_request"
    with pytest.raises(Conflict, match="đã được trả lời"):
        answer(story, report, by="clerk")


@pytest.mark.parametrize(
    ("who", "refusal"), [("division", NotAllowed), ("brigade", NotFound), ("divisionclerk", NotAllowed)]
)
def test_others_do_not_answer(story: Story, task: Task, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        answer(story, ask(story, task), by=who)


def test_who_asks_does_not_answer(story: Story, task: Task) -> None:
    with pytest.raises(NotAllowed, match="người nêu đề nghị"):
        answer(story, ask(story, task, by="clerk"), by="clerk")


def test_nothing_is_answered_where_nothing_was_asked(story: Story, task: Task) -> None:
    with pytest.raises(Conflict, match="không nêu đề nghị"):
        answer(story, story.report(task))
    with pytest.raises(Invalid):
        answer(story, ask(story, task), text=" ")


# --- what one act costs ----------------------------------------------------------------------------------------


def statements(queries: CaptureQueriesContext) -> int:
    """Without the savepoints that the test's own transaction asks for."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries.captured_queries)


def test_each_act_costs_few_statements(story: Story) -> None:
    region = story.region
    giver, post = region.bodies["region"], region.posts["division"]
    assert post.organization.pk
    acting = {name: story.actor(name) for name in ("clerk", "division", "secretary")}
    story.actor = lambda name, **_: acting[name]  # type: ignore[method-assign]
    with CaptureQueriesContext(connection) as assigning:
        task = story.assign(assigned_by=giver, accountable_post=post)
    with CaptureQueriesContext(connection) as reporting:
        story.report(task)
    with CaptureQueriesContext(connection) as ending:
        story.done(task)
    with CaptureQueriesContext(connection) as assessing:
        story.assess(task)
    # assigning: rights, level, task, figures, event, payload. The others: the row locked first.
    assert [statements(one) for one in (assigning, reporting, ending, assessing)] == [6, 5, 7, 7]
