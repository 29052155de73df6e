"""Đọc một ô: text, day, number, whole number; and its address. A wrong cell is an ``Invalid`` sentence."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from soi.base.errors import Invalid
from soi.base.text import squash
from soi.documents.reading import CellValue

_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 1, 1)
# Excel counts days from here; the two days are its mistake about the year 1900.
_EXCEL_ZERO = dt.date(1899, 12, 30)
_HOW_DAY = "Hãy ghi ngày/tháng/năm, ví dụ 31/12/2021."
_DOTTED = re.compile(r"\d{1,3}(\.\d{3})+")
_COMMAED = re.compile(r"\d{1,3}(,\d{3})+")
_LARGEST = Decimal(10) ** 12
_HUNDREDTH = Decimal("0.01")


def column_name(place: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, place: int) -> str:
    """Địa chỉ ô: D17."""
    return f"{column_name(place)}{row}"


def text_of(cell: CellValue) -> str:
    """Chữ trong ô, on one line for comparing and storing; a number as Excel shows it, a day as 22/11/2021."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m}/{cell.year:04d}"
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    return squash(str(cell))


def day_of(cell: CellValue) -> dt.date | None:
    """Ngày: a date cell, 22/11/2021 (also with dots or dashes), 2021-11-22, or Excel's bare count of days."""
    if isinstance(cell, bool):
        raise Invalid(f"Không đọc được ngày. {_HOW_DAY}")
    if isinstance(cell, int | float):
        return _counted_day(cell)
    day = cell if isinstance(cell, dt.date) else _written_day(text_of(cell))
    if day is not None and not _FIRST_DAY <= day < _LAST_DAY:
        raise Invalid(f"Năm {day.year} ngoài khoảng 1990–2099. {_HOW_DAY}")
    return day


def _counted_day(number: float) -> dt.date:
    first, last = (_FIRST_DAY - _EXCEL_ZERO).days, (_LAST_DAY - _EXCEL_ZERO).days
    if not first <= number < last:
        raise Invalid(f"Số {text_of(number)} không phải là ngày. {_HOW_DAY}")
    return _EXCEL_ZERO + dt.timedelta(days=int(number))


def _written_day(text: str) -> dt.date | None:
    if not text:
        return None
    if match := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise Invalid(f"Không đọc được ngày «{text[:40]}». {_HOW_DAY}")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Invalid(f"Không có ngày {text[:40]}. {_HOW_DAY}") from None


def number_of(cell: CellValue) -> Decimal | None:
    """Số đo được, two decimals: 1.500 is fifteen hundred, 1,5 is one and a half, as written in Vietnamese."""
    if cell is None or cell == "":
        return None
    number = _decimal(cell)
    if not number.is_finite():
        raise Invalid(f"«{text_of(cell)[:40]}» không phải là số. Hãy ghi một con số, ví dụ 12 hoặc 1,5.")
    if not 0 <= number < _LARGEST:
        raise Invalid("Chỉ tiêu phải từ 0 đến dưới 1.000 tỷ. Hãy ghi theo đơn vị tính lớn hơn.")
    return number


def _decimal(cell: CellValue) -> Decimal:
    """NaN for what is no number."""
    try:
        return Decimal(_plain_number(cell)).quantize(_HUNDREDTH)
    except (InvalidOperation, ValueError):
        return Decimal("NaN")


def _plain_number(cell: CellValue) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return repr(cell)
    text = text_of(cell).replace(" ", "")
    if _COMMAED.fullmatch(text):
        whole, thousandth = text.replace(",", ""), text.replace(",", ".", 1)
        raise Invalid(
            f"«{text}» có thể là {whole} hoặc {thousandth}. Hãy ghi số không có dấu phẩy phân nhóm."
        )
    if _DOTTED.fullmatch(text.partition(",")[0]):
        text = text.replace(".", "")
    return text.replace(",", ".")


def weight_of(cell: CellValue) -> int | None:
    """Trọng số: a whole number from 1 to 10."""
    text = text_of(cell)
    if not text:
        return None
    if not (text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 10):
        raise Invalid(f"Trọng số «{text[:40]}» không dùng được. Hãy ghi số nguyên từ 1 đến 10.")
    return int(text)
