"""Bảng tính (.xlsx, .ods): the values of the cells, as last saved. Formulas are never worked out, links never
followed, pictures and macros never looked at."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from soi.base.errors import Invalid
from soi.base.text import nfc
from soi.documents.reading.kinds import READABLE_SHEETS
from soi.documents.reading.limits import Limits
from soi.documents.reading.package import ContentTypes, Package, Refusals, parse_xml

_SAYS = Refusals(
    damaged="Bảng tính bị hỏng, không mở được. Hãy mở bằng Excel, lưu thành tệp .xlsx mới rồi tải lên lại.",
    locked="Bảng tính có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    bomb="Bảng tính bung ra quá lớn nên bị từ chối. Hãy chép phần bảng sang một tệp .xlsx mới rồi tải lên lại.",
)
_NO_SHEET = "Tệp không có trang tính nào có chữ. Hãy kiểm tra lại tệp rồi tải lên lại."
_MACRO = "Tệp .xlsm có macro nên không được nhận. Hãy lưu lại thành .xlsx rồi tải lên lại."
_MOST_SHEETS = 20

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN, _MACRO_MAIN = "spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml"

# What travels to the parent as JSON: a day is {"day": "2021-11-22"}.
Plain = str | int | float | bool | dict[str, str] | None


def read_sheets(data: bytes, limits: Limits) -> dict[str, object]:
    """Đọc bảng tính: visible sheets with their rows from the very first row and column on."""
    package = Package(data, limits, says=_SAYS)
    media_type = _media_type(package, limits)
    _unpack_once(package)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = [
                {"name": sheet.name[:100], "rows": _rows(sheet, limits)} for sheet in _visible(workbook)
            ]
    except PasswordError:
        raise Invalid(_SAYS.locked) from None
    except (CalamineError, ValueError, OSError):
        raise Invalid(_SAYS.damaged) from None
    kept = [sheet for sheet in sheets if sheet["rows"]]
    if not kept:
        raise Invalid(_NO_SHEET)
    return {"media_type": media_type, "sheets": kept}


def _media_type(package: Package, limits: Limits) -> str:
    names = package.names()
    if "mimetype" in names and bytes(package.part("mimetype")).strip() == _ODS.encode():
        return _ODS
    if "[Content_Types].xml" in names:
        found = ContentTypes()
        parse_xml(package.part("[Content_Types].xml"), found, limits, says=_SAYS)
        if any(kind.endswith(_MACRO_MAIN) for kind in found.parts):
            raise Invalid(_MACRO)
        if any(kind.endswith(_MAIN) for kind in found.parts):
            return _XLSX
    raise Invalid(f"Tệp này không phải bảng tính. {READABLE_SHEETS}")


def _unpack_once(package: Package) -> None:
    """The library does not count what it unpacks: so all that it may read is unpacked and counted before."""
    for name in package.names():
        if name.endswith((".xml", ".rels")):
            package.part(name)


def _visible(workbook: CalamineWorkbook) -> Iterator[CalamineSheet]:
    wanted = [
        number
        for number, sheet in enumerate(workbook.sheets_metadata)
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    for number in wanted[:_MOST_SHEETS]:
        yield workbook.get_sheet_by_index(number)


def _rows(sheet: CalamineSheet, limits: Limits) -> list[list[Plain]]:
    end = sheet.end
    if end is None:
        return []
    if end[0] >= limits.rows:
        most = f"{limits.rows:,}".replace(",", ".")
        raise Invalid(
            f"Trang tính «{sheet.name[:100]}» có dữ liệu ở dòng {end[0] + 1}, quá {most} dòng. Hãy xóa các ô thừa "
            "bên dưới bảng, hoặc tách bảng thành nhiều tệp."
        )
    rows = [
        [_plain(cell) for cell in row[: limits.columns]] for row in sheet.to_python(skip_empty_area=False)
    ]
    return _without_tail([_without_tail(row) for row in rows])


def _plain(cell: object) -> Plain:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, dt.date):  # a datetime is one too
        return {"day": f"{cell.year:04d}-{cell.month:02d}-{cell.day:02d}"}
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, str):
        return nfc(cell) or None
    return str(cell)  # times and spans of time


def _number(value: float) -> int | float | None:
    """Excel keeps every number with a fraction; 12.0 was typed as 12."""
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 10**15 else value


def _without_tail(values: list) -> list:  # type: ignore[type-arg]  # (rows of cells, and cells of a row, alike)
    last = next((place for place in range(len(values), 0, -1) if values[place - 1] not in (None, [])), 0)
    return values[:last]
