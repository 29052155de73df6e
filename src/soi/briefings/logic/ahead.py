"""Phương hướng quý tới: what falls due, what is carried along. Pure."""

from __future__ import annotations

from soi.base.quarters import days_of
from soi.briefings.logic.facts import TaskFact, ahead, by_area
from soi.briefings.logic.figures import TASKS, Counter
from soi.briefings.logic.sentences import Part, Sentence, listed, others, sentence
from soi.briefings.logic.wording import day, quarter, upper_first

SECTION = 6


def sentences(count: Counter) -> list[Sentence]:
    """Phần 6 của báo cáo."""
    found = [_total(count)]
    found += [row for task in ahead(count.quarter.due_next()) if (row := _one(count, task))]
    return [*found, *_others(count), *_left_over(count), *_remedies(count)]


def _others(count: Counter) -> list[Sentence]:
    due = count.quarter.due_next()
    named = {task.pk for task in ahead(due)}
    rest = [task.pk for task in due if task.pk not in named]
    return others(SECTION, "ahead.others", count.some_tasks(rest, "nhiệm vụ khác đến hạn trong quý"))


def _total(count: Counter) -> Sentence:
    name, due = quarter(count.quarter.next_key), count.quarter.due_next()
    if not due:
        words = f"Chưa có nhiệm vụ nào được giao với hạn trong {name}."
        return sentence(SECTION, "ahead.total", words)
    groups: list[list[Part]] = [
        [f"{count.quarter.areas.get(area, area)} ", count.ahead(tasks, "", area=area)]
        for area, tasks in by_area(due).items()
    ]
    parts: list[Part] = [f"{upper_first(name)} có ", count.ahead(due), " đến hạn"]
    # Names of areas hold commas.
    return sentence(SECTION, "ahead.total", *parts, ": ", *listed(groups, separator="; "), ".")


def _one(count: Counter, task: TaskFact) -> Sentence | None:
    named = count.quarter.named.get(task.pk)
    if named is None:
        return None
    return sentence(
        SECTION,
        f"ahead.task.{task.pk}",
        f"Hạn {day(task.due_on)}: ",
        count.words(TASKS, task.pk, named.statement),
        f"; sản phẩm: {named.deliverable}; chịu trách nhiệm: {named.who}, {named.body}.",
    )


def _left_over(count: Counter) -> list[Sentence]:
    overdue = count.quarter.overdue()
    if not overdue:
        return []
    figure = count.overdue(overdue)
    return [sentence(SECTION, "ahead.overdue", "Hoàn thành dứt điểm ", figure, " đang quá hạn.")]


def _remedies(count: Counter) -> list[Sentence]:
    rows = [*count.quarter.raised(), *count.quarter.carried()]
    rows = [row for row in rows if row.state != "mended"]
    if not rows:
        return []
    figure = count.some_findings([row.pk for row in rows], "hạn chế, khuyết điểm")
    parts: list[Part] = ["Tiếp tục khắc phục ", figure, " còn lại"]
    days = days_of(count.quarter.next_key)
    due = [row.pk for row in rows if row.due_on and row.due_on in days]
    if due:
        name = quarter(count.quarter.next_key)
        parts += [", trong đó ", count.some_findings(due, "nội dung"), f" phải xong trong {name}"]
    without = [row.pk for row in rows if row.state == "open"]
    if without:
        parts += ["; giao biện pháp, người chịu trách nhiệm và thời hạn cho "]
        parts += [count.some_findings(without, "nội dung"), " chưa có biện pháp"]
    return [sentence(SECTION, "ahead.remedies", *parts, ".")]
