"""Lập kế hoạch cho cả bảng: each row's fate, given the names of the register and the tasks there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from soi.documents.reading import CellValue
from soi.intake.sheets.enums import Fate
from soi.intake.sheets.logic.fates import Decision, Setting, TaskFacts, decide
from soi.intake.sheets.logic.headings import Table
from soi.intake.sheets.logic.keys import generated_code, natural_key
from soi.intake.sheets.logic.places import Places
from soi.intake.sheets.logic.rows import ReadRow, is_skipped, read_row
from soi.intake.sheets.logic.values import Values

Cells = Mapping[str, CellValue]
Key = tuple[str, int] | str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """Một dòng và số phận của nó; ``number`` is the row of the sheet, from 1."""

    number: int
    cells: Cells
    values: Values
    fate: Fate
    changed: tuple[str, ...] = ()
    mistakes: Mapping[str, str] = field(default_factory=dict)
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Nhiệm vụ đã có: by code within the body that assigns, and by what they say within the programme."""

    by_code: Mapping[str, TaskFacts] = field(default_factory=dict)
    by_nature: Mapping[tuple[str, int], Sequence[TaskFacts]] = field(default_factory=dict)

    def of(self, values: Values, programme: int | None) -> tuple[TaskFacts | None, str]:
        """Nhiệm vụ mà dòng nói đến, or the sentence why that cannot be known."""
        if values.code:
            return self.by_code.get(values.code), ""
        if programme is None or values.post is None:
            return None, ""
        if found := self.by_code.get(generated_code(programme, values.statement, values.post)):
            return found, ""
        alike = self.by_nature.get(natural_key(values.statement, values.post), ())
        same_day = [task for task in alike if task.due == values.due]
        if len(same_day) == 1 or len(alike) == 1:
            return (same_day or alike)[0], ""
        if alike:
            return None, (
                f"Chương trình đã có {len(alike)} nhiệm vụ giống dòng này. "
                "Hãy ghi mã ở cột «Mã» để biết dòng này là nhiệm vụ nào."
            )
        return None, ""


def rows_of(table: Table) -> list[tuple[int, Cells]]:
    """Các dòng có nội dung: by key of column; empty rows and the example are left out."""
    found: list[tuple[int, Cells]] = []
    for number, row in table.rows:
        cells: Cells = {key: row[place] for key, place in table.columns.items() if place < len(row)}
        if not is_skipped(cells):
            found.append((number, cells))
    return found


def read_rows(rows: Iterable[tuple[int, Cells]], places: Places) -> list[tuple[int, Cells, ReadRow]]:
    """Đọc mọi dòng, before anything is asked about tasks."""
    return [(number, cells, read_row(cells, places)) for number, cells in rows]


def plan(rows: Iterable[tuple[int, Cells, ReadRow]], known: Known, setting: Setting) -> list[PlannedRow]:
    """Số phận của mọi dòng, in the order of the sheet."""
    planner = _Planner(known, setting)
    return [planner.row(number, cells, read) for number, cells, read in rows]


@dataclass
class _Planner:
    """One sheet being planned: remembers which row used a code, a piece of work, a task first."""

    known: Known
    setting: Setting
    first_with: dict[Key, int] = field(default_factory=dict)
    first_about: dict[int, int] = field(default_factory=dict)

    def row(self, number: int, cells: Cells, read: ReadRow) -> PlannedRow:
        values, mistakes = read.values, dict(read.mistakes)
        if twice := _twice(values, number, self.first_with):
            mistakes.setdefault("code", twice)
        task, decision = self._decided(values, number, mistakes)
        return PlannedRow(
            number,
            cells,
            values,
            decision.fate,
            decision.changed,
            decision.mistakes,
            task.pk if task else None,
        )

    def _decided(
        self, values: Values, number: int, mistakes: Mapping[str, str]
    ) -> tuple[TaskFacts | None, Decision]:
        """A row with mistakes is still about its task, which therefore has not disappeared from the sheet."""
        task, unclear = self.known.of(values, self.setting.programme)
        if mistakes:
            return task, Decision(Fate.ERROR, mistakes=mistakes)
        if unclear:
            return None, Decision(Fate.ERROR, mistakes={"code": unclear})
        first = self.first_about.setdefault(task.pk, number) if task else number
        if first != number:
            # One row with its code, one without.
            sentence = f"Dòng này nói về cùng một nhiệm vụ với dòng {first}. Hãy xóa một dòng."
            return task, Decision(Fate.ERROR, mistakes={"code": sentence})
        return task, decide(values, task, self.setting)


def _twice(values: Values, number: int, first_with: dict[Key, int]) -> str:
    """Trùng: the same code, or without codes the same work for the same post, in an earlier row."""
    if values.code:
        first = first_with.setdefault(values.code, number)
        return "" if first == number else f"Mã «{values.code}» đã dùng ở dòng {first}. Hãy ghi mã khác."
    if values.post is None:
        return ""
    first = first_with.setdefault(natural_key(values.statement, values.post), number)
    if first == number:
        return ""
    return (
        f"Trùng với dòng {first}: cùng nhiệm vụ, cùng chức vụ. "
        "Nếu là hai việc khác nhau, hãy ghi hai mã khác nhau ở cột «Mã»; nếu không, hãy xóa một dòng."
    )
