"""Việc chưa hoàn thành; hạn chế, khuyết điểm và việc khắc phục. Pure."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence

from soi.briefings.logic.facts import (
    MOST_FAILED,
    MOST_OVERDUE,
    FindingFact,
    TaskFact,
    weighty,
)
from soi.briefings.logic.figures import FINDINGS, TASKS, Counter
from soi.briefings.logic.sentences import Part, Sentence, listed, others, sentence
from soi.briefings.logic.wording import day

SECTION = 3
_WANTING = ("limitation", "shortcoming")
_STATES = {
    "mended": "đã khắc phục xong",
    "reported": "chờ xác nhận",
    "in_remedy": "đang khắc phục",
    "open": "chưa có biện pháp",
}
_KINDS = {"limitation": "hạn chế", "shortcoming": "khuyết điểm"}


def sentences(count: Counter) -> list[Sentence]:
    """Phần 3 của báo cáo."""
    overdue, failed = count.quarter.overdue(), count.quarter.failed()
    return [*_tasks(count, overdue, failed), _raised(count), *_named(count), _carried(count)]


def _named(count: Counter) -> list[Sentence]:
    """The weightiest findings of the quarter, and how many more there are."""
    chosen = weighty(count.quarter.raised())
    named = {row.pk for row in chosen}
    rest = [row.pk for row in count.quarter.raised() if row.pk not in named]
    figure = count.some_findings(rest, "hạn chế, khuyết điểm khác")
    return [
        *(_one_finding(count, row) for row in chosen),
        *others(SECTION, "undone.raised.others", figure),
    ]


def _tasks(count: Counter, overdue: Sequence[TaskFact], failed: Sequence[TaskFact]) -> list[Sentence]:
    if not overdue and not failed:
        words = "Không có nhiệm vụ quá hạn, không có nhiệm vụ nào bị đánh giá là không hoàn thành."
        return [sentence(SECTION, "undone.overdue", words)]
    found = [_overdue(count, overdue)]
    found += [_one_overdue(count, task) for task in overdue[:MOST_OVERDUE]]
    rest = [task.pk for task in overdue[MOST_OVERDUE:]]
    found += others(SECTION, "undone.overdue.others", count.some_tasks(rest, "nhiệm vụ quá hạn khác"))
    if failed:
        figure = count.tasks(failed, standing="failed")
        found.append(
            sentence(
                SECTION,
                "undone.failed",
                "Có ",
                figure,
                f" đến hạn trong {count.quarter.noun} được đánh giá không hoàn thành.",
            )
        )
        found += [_one_failed(count, task) for task in failed[:MOST_FAILED]]
        rest = [task.pk for task in failed[MOST_FAILED:]]
        figure = count.some_tasks(rest, "nhiệm vụ khác không hoàn thành")
        found += others(SECTION, "undone.failed.others", figure)
    return [row for row in found if row.text]


def _overdue(count: Counter, overdue: Sequence[TaskFact]) -> Sentence:
    when = f"Tính đến ngày {day(count.quarter.as_of)}"
    if count.quarter.overdue_on < count.quarter.as_of:
        # Composed later, it still tells of this quarter's tasks and those before, not of the next one's.
        when = f"Trong các nhiệm vụ có hạn đến hết {count.quarter.name}, t{when[1:]}"
    if not overdue:
        return sentence(SECTION, "undone.overdue", f"{when} không có nhiệm vụ quá hạn.")
    parts: list[Part] = [f"{when} có ", count.overdue(overdue), " quá hạn"]
    older = [task.pk for task in overdue if task.due_on < count.quarter.first]
    if len(older) == len(overdue):
        parts.append(f", đều từ các {count.quarter.noun} trước")
    elif older:
        parts += [", trong đó ", count.some_tasks(older, "nhiệm vụ"), f" từ các {count.quarter.noun} trước"]
    rest = len(overdue) - MOST_OVERDUE
    parts.append(f"; dưới đây nêu {MOST_OVERDUE} việc chậm nhất." if rest > 0 else ".")
    return sentence(SECTION, "undone.overdue", *parts)


def _one_overdue(count: Counter, task: TaskFact) -> Sentence:
    named = count.quarter.named.get(task.pk)
    if named is None:
        return Sentence(SECTION, f"undone.task.{task.pk}", "")
    days = (count.quarter.as_of - task.due_on).days
    reached = f"mới đạt {named.percent}%" if named.percent else "chưa có tiến độ"
    return sentence(
        SECTION,
        f"undone.task.{task.pk}",
        f"{named.body}: ",
        count.words(TASKS, task.pk, named.statement),
        f"; hạn {day(task.due_on)}, đã quá {days} ngày, {reached}; chịu trách nhiệm: {named.who}.",
    )


def _one_failed(count: Counter, task: TaskFact) -> Sentence:
    named = count.quarter.named.get(task.pk)
    if named is None:
        return Sentence(SECTION, f"undone.task.{task.pk}", "")
    return sentence(
        SECTION,
        f"undone.task.{task.pk}",
        f"{named.body}: ",
        count.words(TASKS, task.pk, named.statement),
        f"; hạn {day(task.due_on)}, không hoàn thành; chịu trách nhiệm: {named.who}.",
    )


def _raised(count: Counter) -> Sentence:
    rows = count.quarter.raised()
    if not rows:
        return sentence(
            SECTION, "undone.raised", f"Trong {count.quarter.noun} không nêu thêm hạn chế, khuyết điểm nào."
        )
    kinds: list[list[Part]] = [
        [count.findings(of_kind, words, kinds=(kind,))]
        for kind, words in _KINDS.items()
        if (of_kind := [row for row in rows if row.kind == kind])
    ]
    parts: list[Part] = [
        f"Trong {count.quarter.noun} nêu ",
        *listed(kinds, separator=" và "),
        ": ",
        *_states(count, rows),
    ]
    if again := [row for row in rows if row.recurrent]:
        parts += ["; ", count.findings(again, "nội dung", kinds=_WANTING, recurrent=True)]
        parts.append(" lặp lại từ trước")
    return sentence(SECTION, "undone.raised", *parts, ".")


def _states(count: Counter, rows: Sequence[FindingFact]) -> list[Part]:
    tally = Tally(row.state for row in rows)
    return listed(
        [count.findings([row for row in rows if row.state == state], words, kinds=_WANTING, state=state)]
        for state, words in _STATES.items()
        if tally[state]
    )


def _one_finding(count: Counter, row: FindingFact) -> Sentence:
    words = count.quarter.statements.get(row.pk, "")
    due = f", hạn {day(row.due_on)}" if row.due_on and row.state == "in_remedy" else ""
    late = ", đã quá hạn" if row.late else ""
    note = f" ({_KINDS[row.kind]}, {_STATES.get(row.state, '')}{due}{late})."
    return sentence(
        SECTION, f"undone.finding.{row.pk}", f"{row.body}: ", count.words(FINDINGS, row.pk, words), note
    )


def _carried(count: Counter) -> Sentence:
    rows = count.quarter.carried()
    if not rows:
        words = f"Không còn hạn chế, khuyết điểm nào nêu trước {count.quarter.name} chưa khắc phục."
        return sentence(SECTION, "undone.carried", words)
    figure = count.some_findings([row.pk for row in rows], "hạn chế, khuyết điểm")
    parts: list[Part] = [f"Từ các {count.quarter.noun} trước còn ", figure, " chưa khắc phục xong"]
    late = [row.pk for row in rows if row.late]
    waiting = [row.pk for row in rows if row.state == "reported"]
    if late:
        parts += [", trong đó ", count.some_findings(late, "nội dung"), " đã quá hạn khắc phục"]
    if waiting:
        parts += [", ", count.some_findings(waiting, "nội dung"), " đã báo cáo xong, đang chờ xác nhận"]
    return sentence(SECTION, "undone.carried", *parts, ".")
