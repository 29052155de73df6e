"""Kết quả trong quý: what was due and how it was done, as a whole and by work area; strengths. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soi.briefings.logic.facts import (
    DONE,
    MOST_STRENGTHS,
    TaskFact,
    areas_apart,
    notable,
    of_standing,
)
from soi.briefings.logic.figures import FINDINGS, TASKS, Counter
from soi.briefings.logic.sentences import Part, Sentence, listed, sentence
from soi.briefings.logic.wording import share

SECTION = 2
TOTAL = "results.total"
_ENDINGS = {"exceeded": "vượt mức", "on_time": "đúng hạn", "late": "muộn hạn"}
_ALONE = {
    "exceeded": "đã hoàn thành, vượt mức",
    "on_time": "đã hoàn thành đúng hạn",
    "late": "đã hoàn thành nhưng muộn hạn",
    "failed": "không hoàn thành",
    "reported": "đã báo cáo xong, đang chờ đánh giá",
    "active": "đang thực hiện",
}


def sentences(count: Counter) -> list[Sentence]:
    """Phần 2 của báo cáo."""
    due = count.quarter.due_in_quarter()
    found = [_total(count, due)]
    apart, together = areas_apart(due)
    found += [_area(count, area, tasks) for area, tasks in apart.items()]
    found += [_smaller(count, together)] if together else []
    strengths = _strengths(count)
    return [*found, strengths] if strengths else found


def _total(count: Counter, due: Sequence[TaskFact]) -> Sentence:
    name = count.quarter.name
    if not due:
        return sentence(SECTION, TOTAL, f"Trong {name} không có nhiệm vụ nào đến hạn.")
    done = of_standing(due, *DONE)
    parts: list[Part] = [f"Trong {name} có ", count.tasks(due), " đến hạn; "]
    if not done:
        parts += ["chưa nhiệm vụ nào hoàn thành"]
    elif len(done) == len(due):
        parts += ["toàn bộ đã hoàn thành"]
    else:
        parts += ["đã hoàn thành ", count.tasks(done, standing="done"), f" ({share(len(done), len(due))})"]
    parts += _breakdown(count, done)
    left = _left(count, due)
    return sentence(SECTION, TOTAL, *parts, *(["; còn ", *left] if left else []), ".")


def _breakdown(count: Counter, done: Sequence[TaskFact], *, area: str = "") -> list[Part]:
    groups: list[list[Part]] = []
    for standing, words in _ENDINGS.items():
        if rows := of_standing(done, standing):
            if len(rows) == len(done):  # the number stands just before
                return [f", {'đều ' if len(done) > 1 else ''}{words}"]
            groups.append([count.tasks(rows, words, standing=standing, area=area)])
    return [", gồm ", *listed(groups)] if groups else []


def _left(count: Counter, due: Sequence[TaskFact], *, area: str = "") -> list[Part]:
    """Còn lại: each way of not being done, with its number."""
    day = count.quarter.as_of
    active = of_standing(due, "active")
    ways = (
        ([row for row in active if row.due_on >= day], "đang thực hiện trong hạn", "not_due"),
        (of_standing(due, "reported"), "chờ đánh giá", "reported"),
        ([row for row in active if row.due_on < day], "quá hạn", "overdue"),
        (of_standing(due, "failed"), "không hoàn thành", "failed"),
    )
    return listed(
        [count.tasks(rows, words, standing=standing, area=area)] for rows, words, standing in ways if rows
    )


def _area(count: Counter, area: str, tasks: Sequence[TaskFact]) -> Sentence:
    label = count.quarter.areas.get(area, area)
    key = f"results.{area}"
    if len(tasks) == 1:
        return sentence(SECTION, key, f"{label}: ", *_alone(count, tasks[0]))
    done = of_standing(tasks, *DONE)
    every = count.tasks(tasks, area=area)
    parts: list[Part] = [f"{label}: "]
    if len(done) == len(tasks):
        parts += ["hoàn thành cả ", every, *_breakdown(count, done, area=area)]
    elif not done:
        parts += [every, " đến hạn, chưa nhiệm vụ nào hoàn thành: ", *_left(count, tasks, area=area)]
    else:
        finished = count.tasks(done, "", standing="done", area=area)
        parts += ["hoàn thành ", finished, " trên ", every, *_breakdown(count, done, area=area)]
        parts += ["; còn ", *_left(count, tasks, area=area)]
    return sentence(SECTION, key, *parts, ".", *_highlights(count, tasks))


def _smaller(count: Counter, areas: Mapping[str, Sequence[TaskFact]]) -> Sentence:
    """Các lĩnh vực ít việc: how many were done of how many, all in one sentence."""
    groups: list[list[Part]] = []
    for area, tasks in areas.items():
        done = of_standing(tasks, *DONE)
        figure: Part = count.tasks(done, "", standing="done", area=area) if done else "chưa nhiệm vụ nào"
        label = count.quarter.areas.get(area, area)
        groups.append([f"{label}: ", figure, " trên " if done else " trong ", count.tasks(tasks, area=area)])
    lead = "Số nhiệm vụ đã hoàn thành ở các lĩnh vực khác: "
    return sentence(SECTION, "results.smaller", lead, *listed(groups, separator="; "), ".")


def _alone(count: Counter, task: TaskFact) -> list[Part]:
    """Lĩnh vực chỉ có một việc: the task itself says more than a number."""
    named = count.quarter.named.get(task.pk)
    overdue = task.standing == "active" and task.due_on < count.quarter.as_of
    ending = "đã quá hạn, chưa xong" if overdue else _ALONE.get(task.standing, "")
    figure = count.tasks([task], area=task.area)
    if named is None:
        return [figure, f" đến hạn, {ending}."]
    return [figure, f" đến hạn, {ending}: {named.statement} ({named.body})."]


def _highlights(count: Counter, tasks: Sequence[TaskFact]) -> list[Part]:
    groups: list[list[Part]] = []
    for task in notable(tasks):
        if named := count.quarter.named.get(task.pk):
            note = f" ({named.body}{', vượt mức' if task.standing == 'exceeded' else ''})"
            groups.append([count.words(TASKS, task.pk, named.statement), note])
    return [" Nổi bật: ", *listed(groups, separator="; "), "."] if groups else []


def _strengths(count: Counter) -> Sentence | None:
    rows = count.quarter.strengths
    if not rows:
        return None
    named: list[list[Part]] = [
        [count.words(FINDINGS, row.pk, count.quarter.statements[row.pk]), f" ({row.body})"]
        for row in rows[:MOST_STRENGTHS]
        if row.pk in count.quarter.statements
    ]
    figure = count.findings(rows, "ưu điểm", kinds=("strength",))
    lead = ", tiêu biểu: " if len(named) < len(rows) else ": "
    return sentence(
        SECTION, "results.strengths", "Ghi nhận ", figure, lead, *listed(named, separator="; "), "."
    )
