"""Số liệu của quý: what the sentences are made from, as plain values. Pure.

Counting needs every task but few facts of each; the words of a task are read for the few that are named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soi.base.periods import Period
from soi.base.quarters import days_of
from soi.briefings.logic.wording import next_quarter, quarter

DONE = ("exceeded", "on_time", "late")
OPEN = ("active", "reported")


@dataclass(frozen=True, slots=True)
class TaskFact:
    """Một nhiệm vụ để đếm."""

    pk: int
    area: str
    standing: str
    due_on: dt.date
    weight: int
    late_cause: str
    reported_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NamedTask:
    """Một nhiệm vụ được nêu tên trong báo cáo; ``who`` is the accountable post and who holds it."""

    statement: str
    deliverable: str
    body: str
    who: str
    percent: int


@dataclass(frozen=True, slots=True)
class FindingFact:
    """Một nội dung đánh giá để đếm."""

    pk: int
    body: str
    kind: str
    area: str
    state: str
    quarter: str
    due_on: dt.date | None
    recurrent: bool
    late: bool


@dataclass(frozen=True, slots=True)
class CauseFact:
    """Một nguyên nhân của hạn chế, khuyết điểm nêu trong quý."""

    finding: int
    kind: str
    statement: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Điều một báo cáo tiến độ nêu: a difficulty, a request; ``to`` is the body that gave the task."""

    task: int
    on: dt.date
    body: str
    to: str
    to_inside: bool
    difficulty: str
    request: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Concluded:
    """Một kết luận của hội nghị giao ban trước, and the task or remedy that it became."""

    number: int
    statement: str
    standing: str = ""
    task: int = 0
    finding: int = 0
    due_on: dt.date | None = None
    ended_on: dt.date | None = None
    percent: int = 0
    body: str = ""
    post: str = ""

    @property
    def is_done(self) -> bool:
        return self.standing in DONE or self.standing == "confirmed"

    def how(self, as_of: dt.date) -> str:
        """Để cộng: done, failed (or cancelled), late, or still going; empty where nothing came of it."""
        if not self.standing:
            return ""
        if self.is_done:
            return "done"
        if self.standing in ("failed", "cancelled"):
            return "failed"
        return "late" if self.standing == "active" and self.due_on and self.due_on < as_of else "going"


@dataclass(frozen=True, slots=True)
class PreviousConference:
    """Hội nghị giao ban kỳ trước."""

    pk: int
    title: str
    on: dt.date
    conclusions: tuple[Concluded, ...]


@dataclass(frozen=True, slots=True)
class UnitFact:
    """Một đơn vị trực thuộc và báo cáo đã gửi của đơn vị; ``own_lines`` are those its people added."""

    pk: int
    name: str
    report: int = 0
    sent_on: dt.date | None = None
    total: str = ""
    # The figures of that line, as frozen in the unit's report; empty where the unit reworded it.
    total_basis: tuple[dict[str, Any], ...] = ()
    own_requests: tuple[str, ...] = ()
    own_causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarter:
    """Mọi điều hồ sơ nói về một quý (or, with ``span``, a longer time) của một tổ chức và mọi cấp dưới.

    ``noun`` is what such a time is called in a sentence: quý, năm, nhiệm kỳ.
    """

    body: int
    body_name: str
    key: str
    as_of: dt.date
    tasks: Sequence[TaskFact] = ()
    findings: Sequence[FindingFact] = ()
    strengths: Sequence[FindingFact] = ()
    causes: Sequence[CauseFact] = ()
    remarks: Sequence[Remark] = ()
    previous: PreviousConference | None = None
    units: Sequence[UnitFact] = ()
    due_on: dt.date | None = None
    named: Mapping[int, NamedTask] = field(default_factory=dict)
    statements: Mapping[int, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    span: Period | None = None
    said: str = ""
    noun: str = "quý"

    @property
    def days(self) -> Period:
        return self.span or days_of(self.key)

    @property
    def name(self) -> str:
        """Trong câu: "quý IV/2021", "năm 2021"."""
        return self.said or quarter(self.key)

    @property
    def next_key(self) -> str:
        return next_quarter(self.key)

    @property
    def first(self) -> dt.date:
        return self.days.start

    def due_in_quarter(self) -> list[TaskFact]:
        """Đến hạn trong quý."""
        return self._due(self.days)

    def due_next(self) -> list[TaskFact]:
        """Đến hạn quý tới; what is ahead of a longer time is not foretold."""
        return [] if self.span else self._due(days_of(self.next_key))

    def _due(self, days: Period) -> list[TaskFact]:
        end = days.end or dt.date.max
        return [task for task in self.tasks if days.start <= task.due_on < end]

    @property
    def overdue_on(self) -> dt.date:
        """Ngày xét quá hạn: what falls due after the quarter is the next report's."""
        return min(self.as_of, self.days.end or dt.date.max)

    def overdue(self) -> list[TaskFact]:
        """Quá hạn, the oldest first: of this quarter and of earlier ones."""
        day = self.overdue_on
        late = [task for task in self.tasks if task.standing == "active" and task.due_on < day]
        return sorted(late, key=lambda task: (task.due_on, -task.weight, task.pk))

    def failed(self) -> list[TaskFact]:
        """Đến hạn trong quý và được đánh giá không hoàn thành."""
        return [task for task in self.due_in_quarter() if task.standing == "failed"]

    def raised(self) -> list[FindingFact]:
        """Hạn chế, khuyết điểm nêu trong quý."""
        return [row for row in self.findings if row.quarter == self.key]

    def carried(self) -> list[FindingFact]:
        """Hạn chế, khuyết điểm của các quý trước chưa khắc phục xong."""
        return [row for row in self.findings if row.quarter < self.key and row.state != "mended"]


def of_standing(tasks: Iterable[TaskFact], *standings: str) -> list[TaskFact]:
    """Những nhiệm vụ có kết quả này."""
    return [task for task in tasks if task.standing in standings]


# --- which records are named, not only counted -------------------------------------------------------

# A paper of four or five pages is read at the briefing; what is not named is counted and opens all the same.
MOST_OVERDUE, MOST_FAILED, MOST_NOTABLE, MOST_AHEAD, MOST_FINDINGS = 5, 4, 1, 5, 5
MOST_STRENGTHS, MOST_AREAS = 3, 6


def notable(tasks: Iterable[TaskFact]) -> list[TaskFact]:
    """Nổi bật: first what was exceeded, then what weighed most and came in time."""
    good = of_standing(tasks, "exceeded", "on_time")
    best = sorted(good, key=lambda task: (task.standing != "exceeded", -task.weight, task.due_on, task.pk))
    # An ordinary task done in time is no highlight.
    return [task for task in best if task.standing == "exceeded" or task.weight > 1][:MOST_NOTABLE]


def ahead(tasks: Iterable[TaskFact]) -> list[TaskFact]:
    """Trọng tâm quý tới: the weightiest still to be done, in the order of their days."""
    left = of_standing(tasks, *OPEN)
    chosen = sorted(left, key=lambda task: (-task.weight, task.due_on, task.pk))[:MOST_AHEAD]
    return sorted(chosen, key=lambda task: (task.due_on, task.pk))


def by_area(tasks: Iterable[TaskFact]) -> dict[str, list[TaskFact]]:
    """Theo lĩnh vực, the largest first."""
    groups: dict[str, list[TaskFact]] = {}
    for task in tasks:
        groups.setdefault(task.area, []).append(task)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def areas_apart(
    tasks: Iterable[TaskFact],
) -> tuple[dict[str, list[TaskFact]], dict[str, list[TaskFact]]]:
    """Lĩnh vực có câu riêng, and the smaller ones that share a sentence."""
    every = list(by_area(tasks).items())
    # One left over takes no less room in a sentence it has to itself.
    most = len(every) if len(every) <= MOST_AREAS + 1 else MOST_AREAS
    return dict(every[:most]), dict(every[most:])


def weighty(findings: Iterable[FindingFact]) -> list[FindingFact]:
    """Hạn chế, khuyết điểm được nêu tên: shortcomings and those that come back first."""
    order = sorted(findings, key=lambda row: (row.kind != "shortcoming", not row.recurrent, row.pk))
    return order[:MOST_FINDINGS]


def tasks_to_name(quarter: Quarter) -> list[int]:
    """Nhiệm vụ cần đọc lời."""
    due = quarter.due_in_quarter()
    chosen = [*quarter.overdue()[:MOST_OVERDUE], *quarter.failed()[:MOST_FAILED], *ahead(quarter.due_next())]
    for tasks in areas_apart(due)[0].values():
        chosen += tasks if len(tasks) == 1 else notable(tasks)
    return sorted({task.pk for task in chosen})


def findings_to_name(quarter: Quarter) -> list[int]:
    """Nội dung đánh giá cần đọc lời."""
    return [row.pk for row in [*quarter.strengths[:MOST_STRENGTHS], *weighty(quarter.raised())]]
