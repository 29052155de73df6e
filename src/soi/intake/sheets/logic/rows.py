"""Đọc một dòng: the cells of one row into values, and what is wrong at which cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeVar

from soi.base.errors import Invalid
from soi.base.text import fold
from soi.documents.reading import CellValue
from soi.forms.xlsx.task_columns import BY_KEY, EXAMPLE
from soi.intake.sheets.logic.cells import day_of, number_of, text_of, weight_of
from soi.intake.sheets.logic.places import Places
from soi.intake.sheets.logic.values import Values
from soi.work.logic.vagueness import TASK, what_lacks

T = TypeVar("T")
Cells = Mapping[str, CellValue]

_LONGEST = {"code": 40, "unit": 40, "statement": 5_000, "deliverable": 5_000}
_LONGEST_OTHER = 20_000
_PERCENT = re.compile(r"([\d.,]+)\s*%")
_GROUP_TITLE = (
    "Dòng này chỉ có cột «Nhiệm vụ». Nếu là tên một nhóm việc thì để nguyên, dòng lỗi không được ghi; "
    "nếu là nhiệm vụ thì điền đủ các cột bắt buộc."
)
_ANY_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """Kết quả đọc một dòng; ``mistakes``: key of the column to what is wrong and what to write."""

    values: Values
    mistakes: Mapping[str, str]


def is_skipped(cells: Cells) -> bool:
    """Dòng trống, và dòng ví dụ của bảng mẫu."""
    return not any(text_of(cell) for cell in cells.values()) or fold(text_of(cells.get("code"))).startswith(
        fold(EXAMPLE)
    )


def read_row(cells: Cells, places: Places) -> ReadRow:
    """Đọc dòng: every mistake of the row at once, not only the first."""
    if _is_group_title(cells):
        return ReadRow(Values(statement=text_of(cells["statement"])), {"statement": _GROUP_TITLE})
    reading = _Reading(cells, {})
    target, unit = reading.measure()
    values = Values(
        code=reading.text("code"),
        statement=reading.text("statement"),
        deliverable=reading.text("deliverable"),
        area=reading.at("area", lambda: places.area(reading.text("area"))) or "",
        post=reading.post(places),
        contributors=reading.contributors(places),
        start=reading.at("start", lambda: day_of(cells.get("start"))),
        due=reading.at("due", lambda: day_of(cells.get("due"))),
        target=target,
        unit=unit,
        weight=reading.at("weight", lambda: weight_of(cells.get("weight"))),
    )
    _check_places(values, places, reading.mistakes)
    _check_days(values, reading.mistakes)
    _check_concrete(values, reading.mistakes)
    return ReadRow(values, reading.mistakes)


def _is_group_title(cells: Cells) -> bool:
    filled = {key for key, cell in cells.items() if text_of(cell)}
    return "statement" in filled and filled <= {"code", "statement"}


@dataclass
class _Reading:
    """One row being read; ``mistakes`` fills up. The first mistake of a cell counts."""

    cells: Cells
    mistakes: dict[str, str]

    def text(self, key: str) -> str:
        text = text_of(self.cells.get(key))
        if not text and BY_KEY[key].required:
            self.mistakes.setdefault(key, f"Ô «{BY_KEY[key].title}» còn trống. {BY_KEY[key].how}")
        if len(text) > (most := _LONGEST.get(key, _LONGEST_OTHER)):
            self.mistakes.setdefault(key, f"Ô này dài {len(text)} ký tự, nhiều nhất {most}. Hãy rút gọn.")
        return text

    def at(self, key: str, read: Callable[[], T]) -> T | None:
        """What ``read`` gives; where it refuses, the sentence stands at the columns it names, else at ``key``."""
        if not text_of(self.cells.get(key)):
            self.text(key)
            return None
        try:
            return read()
        except Invalid as wrong:
            for column in wrong.fields or {key: ""}:
                self.mistakes.setdefault(column, wrong.sentence)
            return None

    def post(self, places: Places) -> int | None:
        body = text_of(self.cells.get("body"))
        if body:
            self.at("body", lambda: places.body(body))
        return self.at("post", lambda: places.post(self.text("post"), body))

    def contributors(self, places: Places) -> tuple[int, ...]:
        names = [name.strip() for name in re.split(r"[;\n]", _lines(self.cells.get("contributors")))]
        found = [self.at("contributors", partial(places.body, name)) for name in names if name]
        return tuple(dict.fromkeys(pk for pk in found if pk is not None))

    def measure(self) -> tuple[Decimal | None, str]:
        """Chỉ tiêu và đơn vị tính: both or neither; "95%" in one cell is both."""
        cell, unit = self.cells.get("target"), self.text("unit")
        if isinstance(cell, str) and (match := _PERCENT.fullmatch(text_of(cell))):
            cell, unit = match[1], unit or "%"
        target = self.at("target", lambda: number_of(cell))
        if target is not None and not unit:
            self.mistakes.setdefault("unit", "Có chỉ tiêu thì phải ghi đơn vị tính, ví dụ: buổi, chi bộ, %.")
        if unit and target is None:
            self.mistakes.setdefault("target", "Có đơn vị tính thì phải ghi chỉ tiêu, ví dụ 12.")
        return target, unit


def _lines(cell: CellValue) -> str:
    return cell if isinstance(cell, str) else text_of(cell)


def _check_places(values: Values, places: Places, mistakes: dict[str, str]) -> None:
    """Not upwards, and who answers for the task does not help itself: as the room of work has it."""
    body = places.body_of_post(values.post) if values.post else None
    if body is None:
        return
    if body in places.above:
        mistakes.setdefault(
            "post", "Cấp dưới không giao việc cho cấp trên. Hãy chọn chức vụ của cấp mình hoặc cấp dưới."
        )
    if body in values.contributors:
        mistakes.setdefault(
            "contributors",
            f"{places.name(body)} đã chịu trách nhiệm chính nên không ghi là phối hợp nữa. Hãy bỏ tên này khỏi ô.",
        )


def _check_days(values: Values, mistakes: dict[str, str]) -> None:
    if values.start and values.due and values.due < values.start:
        mistakes.setdefault("due", due_before(values.start))


def due_before(start: dt.date) -> str:
    """The sentence for a date due before the start."""
    return f"Thời hạn ở trước ngày bắt đầu ({text_of(start)}). Hãy sửa một trong hai ngày."


def _check_concrete(values: Values, mistakes: dict[str, str]) -> None:
    """The same rule as on the form; posts and days have their own sentences here."""
    if {"statement", "deliverable"} & mistakes.keys():
        return
    lack = what_lacks(
        values.statement,
        values.deliverable,
        has_post=True,
        due_on=_ANY_DAY,
        matter=TASK,
        measured=values.target is not None and bool(values.unit),
    )
    for name in lack.fields if lack else ():
        mistakes.setdefault(name, f"{lack.sentence} {lack.fields[name]}" if lack else "")
