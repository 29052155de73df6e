"""Cây thực hiện: the bodies that a cascade binds, arranged as they stood on a day, with figures by branch. Pure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from soi.directives.enums import Standing, Step
from soi.directives.logic.standing import days_late, standing


@dataclass(frozen=True, slots=True)
class Paper:
    """Một văn bản trong chuỗi cụ thể hóa, with the day by which each step is asked."""

    pk: int
    label: str
    issuer: int
    due: Mapping[Step, dt.date | None]
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class StepState:
    """Một việc của một nơi nhận vào ngày đang xem."""

    standing: Standing
    due_on: dt.date | None
    done_on: dt.date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class Standings:
    """Ba việc của một nơi nhận vào ngày đang xem; shared by all who did the same on the same days."""

    steps: Mapping[Step, StepState]
    is_late: bool
    days_late: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Một nơi nhận của một văn bản, as it stands on the day."""

    addressee: int
    organization: int
    paper: Paper
    found: Standings
    reminders: int = 0
    reminded_on: dt.date | None = None

    @property
    def steps(self) -> Mapping[Step, StepState]:
        """Từng việc."""
        return self.found.steps

    @property
    def is_late(self) -> bool:
        """Còn việc quá hạn."""
        return self.found.is_late

    @property
    def days_late(self) -> int:
        """Chậm nhất bao nhiêu ngày."""
        return self.found.days_late


def standings(paper: Paper, done: Sequence[dt.date | None], as_of: dt.date) -> Standings:
    """Mức thực hiện ba việc vào ngày ``as_of``; ``done``: the day of each step, in their order."""
    steps = {step: _state(paper, step, done_on, as_of) for step, done_on in zip(Step, done, strict=True)}
    late = [state.days_late for state in steps.values() if state.standing == Standing.OVERDUE]
    return Standings(steps, bool(late), max(late, default=0))


def _state(paper: Paper, step: Step, done_on: dt.date | None, as_of: dt.date) -> StepState:
    due_on = paper.due[step]
    always = step == Step.ACKNOWLEDGE
    found = standing(done_on, due_on, as_of, always=always, ended_on=paper.ended_on)
    late = days_late(due_on, as_of, ended_on=paper.ended_on) if found == Standing.OVERDUE else 0
    return StepState(found, due_on, done_on if done_on and done_on <= as_of else None, late)


@dataclass(slots=True)
class Counts:
    """Bao nhiêu nơi nhận ở mỗi mức, for one step."""

    done: int = 0
    done_late: int = 0
    pending: int = 0
    overdue: int = 0
    not_asked: int = 0

    @property
    def asked(self) -> int:
        """Số nơi phải làm, hoặc đã làm."""
        return self.done + self.done_late + self.pending + self.overdue

    @property
    def finished(self) -> int:
        """Đã làm, đúng hạn hay muộn."""
        return self.done + self.done_late

    @property
    def percent(self) -> int:
        """Phần trăm đã làm, rounded down: 100 only when nobody is left."""
        return self.finished * 100 // self.asked if self.asked else 0


_STANDINGS = tuple(Standing)
_PLACES = {
    (step, found): at * len(_STANDINGS) + number
    for at, step in enumerate(Step)
    for number, found in enumerate(_STANDINGS)
}


@dataclass(slots=True)
class Tally:
    """Số liệu của một nhánh: how many duties, how many of them late, and the counts of each step.

    The counts lie in one list, step by step: a picture of 20,000 bodies has as many tallies.
    """

    duties: int = 0
    late: int = 0
    numbers: list[int] = field(default_factory=lambda: [0] * len(_PLACES))

    @property
    def steps(self) -> dict[Step, Counts]:
        """Bao nhiêu nơi nhận ở mỗi mức, by step."""
        return {
            step: Counts(**{found.value: self.numbers[_PLACES[step, found]] for found in _STANDINGS})
            for step in Step
        }

    def note(self, one: Duty) -> None:
        """Đếm thêm một nơi nhận."""
        self.duties += 1
        self.late += one.is_late
        for step, state in one.steps.items():
            self.numbers[_PLACES[step, state.standing]] += 1

    def add(self, other: Tally) -> None:
        """Cộng một nhánh."""
        self.duties += other.duties
        self.late += other.late
        self.numbers = [one + two for one, two in zip(self.numbers, other.numbers, strict=True)]


@dataclass(slots=True)
class Body:
    """Một tổ chức như trang hiện ra."""

    pk: int
    name: str
    sort_key: str = ""
    ended_on: dt.date | None = None


@dataclass(slots=True)
class Branch:
    """Một nhánh: a body, its own duties, the branches below it, and the figures of all of them together."""

    body: Body
    duties: list[Duty] = field(default_factory=list)
    children: list[Branch] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    # The body that carries the duty since a reorganisation; empty where the body itself still stands.
    heir: str = ""
    # No longer below the issuer on that day.
    moved_away: bool = False

    def walk(self) -> Iterator[Branch]:
        """Nhánh này và mọi nhánh dưới, from the top down."""
        waiting = [self]
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting.extend(reversed(branch.children))

    def every_duty(self) -> Iterator[tuple[Branch, Duty]]:
        """Mọi nơi nhận của nhánh, each with the branch it stands at."""
        return ((branch, one) for branch in self.walk() for one in branch.duties)


@dataclass(frozen=True, slots=True)
class Above:
    """Cấp trên của một tổ chức vào ngày đang xem, or the one that took it over."""

    parent: int
    is_heir: bool = False


def arrange(
    top: Body, duties: Sequence[Duty], above: Mapping[int, Above], bodies: Mapping[int, Body]
) -> Branch:
    """Xếp các nơi nhận theo cây dưới ``top``; a body between that is no addressee only groups what is below.

    Bodies that no longer stand below ``top`` hang directly from it, so that nobody drops out of the picture.
    """
    root = Branch(top)
    branches = {top.pk: root}
    for one in duties:
        _branch_of(one.organization, branches, above, bodies).duties.append(one)
    below: defaultdict[int, list[Branch]] = defaultdict(list)
    for pk, branch in branches.items():
        if branch is not root:
            below[top.pk if branch.moved_away else above[pk].parent].append(branch)
    for pk, children in below.items():
        branches[pk].children = sorted(children, key=lambda child: (child.body.sort_key, child.body.pk))
    _count(root)
    return root


def _branch_of(
    pk: int, branches: dict[int, Branch], above: Mapping[int, Above], bodies: Mapping[int, Body]
) -> Branch:
    """The branch of a body; those on the way up to the top are made where they do not stand yet."""
    way: list[int] = []
    current: int | None = pk
    while current is not None and current not in branches and current not in way:
        way.append(current)
        step = above.get(current)
        current = step.parent if step else None
    if current is None or current not in branches:
        branches[pk] = Branch(bodies[pk], moved_away=True)
        return branches[pk]
    for each in way:
        step = above[each]
        heir = bodies[step.parent].name if step.is_heir else ""
        branches[each] = Branch(bodies[each], heir=heir)
    return branches[pk]


def _count(root: Branch) -> None:
    for branch in reversed(list(root.walk())):
        for one in branch.duties:
            branch.tally.note(one)
        for child in branch.children:
            branch.tally.add(child.tally)


def late_first(rows: Iterable[tuple[Branch, Duty]]) -> list[tuple[Branch, Duty]]:
    """Chậm lâu nhất đứng trước, then by name."""
    return sorted(rows, key=lambda row: (-row[1].days_late, row[0].body.sort_key, row[1].addressee))
