"""Dòng nhiệm vụ trong bảng tính: first the very columns that are read in, then how far each task is."""

from __future__ import annotations

from collections.abc import Sequence

from soi.forms.forms.task_list.context import TaskLine
from soi.forms.wording import count
from soi.forms.xlsx.cells import CellValue
from soi.forms.xlsx.table import Column, Kind
from soi.forms.xlsx.task_columns import TASK_COLUMNS

OVERDUE = "Quá hạn"
# None of these headings is one that is read in: the workbook can be mended and read again.
_PROGRESS = (
    Column("Người giữ chức", width=24),
    Column("Tình trạng", width=18),
    Column("Quá hạn", width=10),
    Column("Phần trăm", Kind.NUMBER, 10),
    Column("Đã đạt", Kind.NUMBER, 10),
    Column("Ngày báo cáo xong", Kind.DATE, 14),
    Column("Nguyên nhân chậm", width=14),
)
SHEET_COLUMNS = (*(column.as_column() for column in TASK_COLUMNS), *_PROGRESS)
LIST_COLUMNS = (
    Column("TT", Kind.NUMBER, 6),
    *SHEET_COLUMNS,
    Column("Cấp giao", width=30),
    Column("Thuộc chương trình", width=36),
)


def sheet_row(line: TaskLine) -> list[CellValue]:
    """Một dòng, in the order of ``SHEET_COLUMNS``."""
    return [
        line.code,
        line.statement,
        line.deliverable,
        line.area,
        line.post,
        line.body,
        "; ".join(line.contributors),
        line.start,
        line.due,
        line.target,
        line.unit,
        line.weight,
        line.holder,
        line.standing,
        OVERDUE if line.overdue else "",
        line.percent,
        line.value,
        line.reported_on,
        line.late_cause,
    ]


def list_row(number: int, line: TaskLine) -> list[CellValue]:
    """Một dòng, in the order of ``LIST_COLUMNS``."""
    return [number, *sheet_row(line), line.assigned_by, line.programme]


def figures(lines: Sequence[TaskLine]) -> list[str]:
    """Số liệu counted from the very lines that are printed."""
    standings: dict[str, int] = {}
    for line in lines:
        standings[line.standing] = standings.get(line.standing, 0) + 1
    told = [f"Tổng số: {count(len(lines))} nhiệm vụ; quá hạn {count(sum(line.overdue for line in lines))}."]
    told += [f"{standing}: {count(number)}." for standing, number in standings.items()]
    return told
