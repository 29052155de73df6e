"""Trang một văn bản chỉ đạo: the picture of its cascade on a day, branch by branch, and one addressee's steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.directives import cascade as cascades
from soi.directives import permissions, policies
from soi.directives.enums import Standing, Step
from soi.directives.logic.branches import Branch, Counts, Duty, late_first
from soi.directives.logic.standing import days_late, standing
from soi.directives.queries import DONE_FIELD, DUE_FIELD
from soi.web.forms.fields import DayField

if TYPE_CHECKING:
    from soi.directives.models import Addressee, Directive, Dissemination

PAGE_SIZE = 25
FIRST_LATE = 8
# What a number on the page may be asked for: one standing, or several of them together.
GROUPS: dict[str, frozenset[Standing]] = {
    "asked": frozenset({Standing.DONE, Standing.DONE_LATE, Standing.PENDING, Standing.OVERDUE}),
    "finished": frozenset({Standing.DONE, Standing.DONE_LATE}),
    **{each.value: frozenset({each}) for each in Standing},
}


# --- one addressee: what it did, what comes next ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepLine:
    """Một việc của nơi nhận: until when, on which day done, how late."""

    step: Step
    standing: Standing
    due_on: dt.date | None
    done_on: dt.date | None
    days_late: int

    @property
    def label(self) -> str:
        """Tên việc."""
        return str(self.step.label)


@dataclass(frozen=True, slots=True)
class Box:
    """Một nơi nhận: its three steps today, what it recorded, and the step that comes next."""

    addressee: Addressee
    steps: list[StepLine]
    next: Step | None
    refusal: str

    @property
    def late(self) -> int:
        """Chậm nhất bao nhiêu ngày."""
        return max(line.days_late for line in self.steps)

    @property
    def people(self) -> tuple[int, int]:
        """Số người dự và phải dự, of all occasions together."""
        rows: list[Dissemination] = list(self.addressee.disseminations.all())
        return sum(row.attended for row in rows), sum(row.expected for row in rows)


def box(addressee: Addressee, today: dt.date, refusal: str = "") -> Box:
    """Nơi nhận như hôm nay. Without a refusal the actor may act for it."""
    paper = addressee.directive
    done = {step: getattr(addressee, DONE_FIELD[step]) for step in Step}
    due = {step: getattr(paper, DUE_FIELD[step]) for step in Step}
    ended = policies.ended_refusal(paper.ended_on, today)
    return Box(
        addressee,
        [_line(step, done[step], due[step], today, paper.ended_on) for step in Step],
        None if ended else policies.next_step(done, due),
        refusal,
    )


def _line(
    step: Step, done_on: dt.date | None, due_on: dt.date | None, today: dt.date, ended_on: dt.date | None
) -> StepLine:
    found = standing(done_on, due_on, today, always=step == Step.ACKNOWLEDGE, ended_on=ended_on)
    late = days_late(due_on, today, ended_on=ended_on) if found == Standing.OVERDUE else 0
    return StepLine(step, found, due_on, done_on, late)


# --- the picture of one paper -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Trang đang hỏi gì: which day, which branch, which step and standing, which paper of the cascade."""

    on: dt.date
    today: dt.date
    branch: int | None = None
    step: Step | None = None
    group: str = ""
    paper: int | None = None
    page: str = ""

    @property
    def is_list(self) -> bool:
        """Đang xem danh sách nơi nhận của một con số."""
        return bool(self.group)

    def url(self, **changes: Any) -> str:
        """Địa chỉ with these changes; in one place, so that numbers and lists agree."""
        wanted = replace(self, page="", **changes)
        parts = {
            "on": "" if wanted.on == wanted.today else f"{wanted.on:%d/%m/%Y}",
            "nhanh": wanted.branch,
            "viec": wanted.step.value if wanted.step else "",
            "muc": wanted.group,
            "vb": wanted.paper,
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"?{query}"


def read_asked(asked: Mapping[str, str], today: dt.date) -> Asked:
    """From the address; nonsense is left out."""
    step, group = asked.get("viec", ""), asked.get("muc", "")
    return Asked(
        on=_day(asked.get("on", ""), today),
        today=today,
        branch=_number(asked.get("nhanh", "")),
        step=Step(step) if step in Step.values else None,
        group=group if group in GROUPS else "",
        paper=_number(asked.get("vb", "")),
        page=asked.get("page", ""),
    )


def _day(text: str, today: dt.date) -> dt.date:
    try:
        return DayField(required=False).clean(text.replace("\x00", "")) or today
    except forms.ValidationError:
        return today


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@dataclass(frozen=True, slots=True)
class Cell:
    """Một con số và danh sách của nó."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Slice:
    """Một khúc của thanh: begins at ``x``, ``width`` wide, of 1000."""

    x: int
    width: int
    tone: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """Một dòng của bảng: one step over the whole branch."""

    label: str
    asked: Cell
    finished: Cell
    done_late: Cell
    pending: Cell
    overdue: Cell
    percent: int
    bar: list[Slice]


@dataclass(frozen=True, slots=True)
class StepCell:
    """Một việc ở một nhánh: the body's own standing, and how many of the branch have done it."""

    step: Step
    state: Any
    finished: int = 0
    asked: int = 0

    @property
    def label(self) -> str:
        """Tên việc, for a narrow screen."""
        return str(self.step.label)


@dataclass(frozen=True, slots=True)
class BranchRow:
    """Một dòng của cây: a body with its own standings and the figures of its branch."""

    branch: Branch
    # The paper that binds the body, named where it is another than the one that the page is about.
    paper: str
    cells: list[StepCell]
    # Further papers of the cascade that bind the same body, each with a line of its own.
    further: list[tuple[str, int, list[StepCell]]]
    below: int
    late: int
    reminders: int
    url: str
    late_url: str
    open_url: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Một nơi nhận trong danh sách phẳng."""

    body: str
    heir: str
    duty: Duty
    lines: list[tuple[Step, Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    """Bức tranh thực hiện của một nhánh vào một ngày."""

    asked: Asked
    branch: Branch
    is_whole: bool
    steps: list[StepRow]
    rows: list[BranchRow]
    total: Cell
    late: Cell
    late_first: list[DutyRow]
    listed: Page[Any] | None
    what: str
    to_remind: int


def picture(actor: Actor, directive: Directive, asked: Asked) -> Picture:
    """Số liệu, các nhánh và những nơi chậm, all of one reading of the cascade."""
    found = cascades.cascade(actor, directive, asked.on)
    branch = found.branch(asked.branch) or found.root
    if branch is found.root:
        asked = replace(asked, branch=None)
    late = late_first(row for row in branch.every_duty() if row[1].is_late)
    may = permissions.remindable(actor, found.papers) if late and asked.on == actor.today else set()
    return Picture(
        asked=asked,
        branch=branch,
        is_whole=branch is found.root,
        steps=[_step_row(step, branch.tally.steps[step], asked) for step in Step],
        rows=branch_rows(branch, asked, directive.pk),
        total=Cell(branch.tally.duties, asked.url(step=None, group="asked", paper=None)),
        late=Cell(len(late), asked.url(step=None, group="overdue", paper=None)),
        late_first=[_duty_row(*row) for row in late[:FIRST_LATE]],
        listed=_listed(branch, asked) if asked.is_list else None,
        what=_in_words(asked, found) if asked.is_list else "",
        to_remind=sum(one.addressee in may for _branch, one in late),
    )


def branch_rows(branch: Branch, asked: Asked, shown: int) -> list[BranchRow]:
    """Các nhánh ngay dưới: what the tree shows when this one is opened. ``shown``: the paper of the page."""
    return [_branch_row(child, asked, shown) for child in branch.children]


def _branch_row(branch: Branch, asked: Asked, shown: int) -> BranchRow:
    duties = sorted(branch.duties, key=lambda one: one.paper.pk != shown)
    first, further = (duties[0], duties[1:]) if duties else (None, [])
    return BranchRow(
        branch=branch,
        paper=first.paper.label if first and first.paper.pk != shown else "",
        cells=[_step_cell(step, branch, first) for step in Step],
        further=[
            (one.paper.label, one.addressee, [StepCell(step, one.steps[step]) for step in Step])
            for one in further
        ],
        below=branch.tally.duties - len(duties),
        late=branch.tally.late,
        reminders=max((one.reminders for one in duties), default=0),
        url=asked.url(branch=branch.body.pk, step=None, group="", paper=None),
        late_url=asked.url(branch=branch.body.pk, step=None, group="overdue", paper=None),
        open_url=asked.url(branch=None, step=None, group="", paper=None),
    )


def _step_cell(step: Step, branch: Branch, own: Duty | None) -> StepCell:
    counts = branch.tally.steps[step]
    return StepCell(step, own.steps[step] if own else None, counts.finished, counts.asked)


def _step_row(step: Step, counts: Counts, asked: Asked) -> StepRow:
    def cell(number: int, group: str) -> Cell:
        return Cell(number, asked.url(step=step, group=group, paper=None))

    return StepRow(
        label=str(step.label),
        asked=cell(counts.asked, "asked"),
        finished=cell(counts.finished, "finished"),
        done_late=cell(counts.done_late, "done_late"),
        pending=cell(counts.pending, "pending"),
        overdue=cell(counts.overdue, "overdue"),
        percent=counts.percent,
        bar=_bar(counts),
    )


def _bar(counts: Counts) -> list[Slice]:
    """Đã làm, làm muộn, quá hạn, còn hạn: what is settled stands on the left."""
    slices, x = [], 0
    parts = (
        ("good", counts.done),
        ("warn", counts.done_late),
        ("bad", counts.overdue),
        ("rest", counts.pending),
    )
    so_far = 0
    for tone, number in parts:
        so_far += number
        end = so_far * 1000 // counts.asked if counts.asked else 0
        if end > x:
            slices.append(Slice(x, end - x, tone))
        x = end
    return slices


def _duty_row(branch: Branch, one: Duty) -> DutyRow:
    return DutyRow(branch.body.name, branch.heir, one, [(step, one.steps[step]) for step in Step])


def _listed(branch: Branch, asked: Asked) -> Page[Any]:
    rows = [row for row in branch.every_duty() if _is_asked(row[1], asked)]
    page: Page[Any] = Paginator(late_first(rows), PAGE_SIZE).get_page(asked.page)
    page.object_list = [_duty_row(*row) for row in page.object_list]
    return page


def _is_asked(one: Duty, asked: Asked) -> bool:
    if asked.paper is not None and one.paper.pk != asked.paper:
        return False
    states = [one.steps[asked.step]] if asked.step else list(one.steps.values())
    return any(state.standing in GROUPS[asked.group] for state in states)


def _in_words(asked: Asked, found: cascades.Cascade) -> str:
    """Con số vừa bấm, bằng chữ."""
    groups = {"asked": _("phải làm"), "finished": _("đã làm")}
    group = groups.get(asked.group) or str(Standing(asked.group).label).lower()
    parts = [str(asked.step.label) if asked.step else _("Nơi nhận"), group]
    if asked.paper in found.papers:
        parts.append(found.papers[asked.paper].label)
    return ": ".join(parts[:2]) + (f" ({parts[2]})" if parts[2:] else "")
