"""Đường từ con số đến danh sách: every number of the board opens the list of exactly the tasks it counts.

Addresses are made from ``TaskFilter``; what the cells of one unit have in common is written once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from soi.base.quarters import is_quarter, is_year, quarters_between
from soi.forms.wording import upper_first
from soi.web.charts import Part, thousands
from soi.web.parts import Choice
from soi.web.period_words import shown
from soi.work.filters import COUNTED, DONE, NOT_DUE, OVERDUE, TaskFilter

if TYPE_CHECKING:
    from soi.work.logic.figures import Figures

# In the order of the bar and of the columns, from well done to overdue.
KINDS = ("exceeded", "on_time", "late", "failed", "reported", NOT_DUE, OVERDUE)
TREND_QUARTERS = 8
# Years that a calendar can hold with room on both sides.
YEARS = (1900, 2999)


@dataclass(frozen=True, slots=True)
class Term:
    """Kỳ đang xem: a quarter or a year, and its first and last quarter."""

    key: str
    first: str
    last: str

    @classmethod
    def read(cls, key: str, today: dt.date) -> Term:
        """From the address; nonsense is the year of today."""
        known = (is_quarter(key) or is_year(key)) and YEARS[0] <= int(key[:4]) <= YEARS[1]
        if known and is_quarter(key):
            return cls(key, key, key)
        year = key if known else f"{today.year:04d}"
        return cls(year, f"{year}-Q1", f"{year}-Q4")

    @property
    def words(self) -> str:
        """Trong câu: "quý IV/2021", "năm 2021"."""
        return shown(self.key)

    @property
    def trend_first(self) -> str:
        """The first of the quarters that the trend shows, up to the last one of the term."""
        return quarters_between(f"{int(self.last[:4]) - 2:04d}-Q1", self.last)[-TREND_QUARTERS]


def term_choices(term: Term, today: dt.date) -> list[Choice]:
    """Năm và quý: next year down to four years back, and the one asked for."""
    keys: list[str] = []
    for year in range(today.year + 1, today.year - 5, -1):
        keys += [str(year), *(f"{year}-Q{quarter}" for quarter in (4, 3, 2, 1))]
    if term.key not in keys:
        keys.append(term.key)
    return [Choice(key, upper_first(shown(key)), key == term.key) for key in keys]


@dataclass(frozen=True, slots=True)
class TaskLinks:
    """Danh sách nhiệm vụ của một tổ chức trong một kỳ, narrowed cell by cell."""

    start: str

    @classmethod
    def of(cls, body_id: int, period: str = "", *, below: bool = True) -> TaskLinks:
        """The body with everything below it, or alone."""
        query = TaskFilter(body=body_id, below=below, period=period).as_query()
        return cls(f"{reverse('task_list')}?{query}")

    def to(self, standing: str, area: str = "") -> str:
        """Standings and areas are words of our own: nothing in them needs quoting."""
        return (
            f"{self.start}&area={area}&standing={standing}" if area else f"{self.start}&standing={standing}"
        )

    def narrowed(self, area: str) -> TaskLinks:
        """The same, of one area."""
        return TaskLinks(f"{self.start}&area={area}")


def number_of(figures: Figures, kind: str) -> int:
    """Con số của một loại; ``not_due`` is what is being done and still in time."""
    if kind == NOT_DUE:
        return figures.active - figures.overdue
    if kind == COUNTED:
        return figures.total
    number: int = getattr(figures, kind)
    return number


def parts_of(figures: Figures, links: TaskLinks, where: str = "") -> tuple[Part, ...]:
    """Các phần của thanh hay cột, each with its sentence and its list."""
    names = kind_names()
    return tuple(
        Part(
            kind,
            number_of(figures, kind),
            names[kind],
            links.to(kind),
            spoken(where, names[kind], number_of(figures, kind)),
        )
        for kind in KINDS
    )


def spoken(where: str, what: str, number: int) -> str:
    """Một con số thành lời, for the ear and for the hint of the mouse."""
    place = ", ".join(part for part in (where, what) if part)
    return _("%(place)s: %(count)s nhiệm vụ") % {"place": place, "count": thousands(number)}


def kind_names() -> dict[str, str]:
    """Tên các loại, as on the page."""
    return {
        "exceeded": _("Vượt mức"),
        "on_time": _("Đúng hạn"),
        "late": _("Hoàn thành muộn"),
        "failed": _("Không hoàn thành"),
        "reported": _("Chờ đánh giá"),
        NOT_DUE: _("Đang làm, còn hạn"),
        OVERDUE: _("Quá hạn"),
        DONE: _("Hoàn thành"),
        COUNTED: _("Tổng số"),
    }
