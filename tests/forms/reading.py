"""Reading back what the forms wrote, and spoiling every text that goes into them."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

_SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def lines(content: bytes) -> list[str]:
    """Every paragraph of the body, those in tables included, in order."""
    body = opened(content).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def text(content: bytes) -> str:
    return "\n".join(lines(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zip_times(content: bytes) -> set[tuple[int, ...]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {entry.date_time for entry in package.infolist()}


@dataclasses.dataclass(frozen=True)
class SheetCell:
    """A cell as it stands in the file: type, value as text, number of the style, whether it is a formula."""

    kind: str
    value: str
    style: int
    formula: bool


def sheet(content: bytes, number: int = 1) -> dict[str, SheetCell]:
    """The cells of a worksheet by address."""
    root = etree.fromstring(parts(content)[f"xl/worksheets/sheet{number}.xml"])
    return {cell.get("r"): _cell(cell) for cell in root.iterfind(".//s:c", _SHEET)}


def column(content: bytes, letter: str, number: int = 1) -> list[str]:
    cells = sheet(content, number)
    return [cell.value for address, cell in cells.items() if re.fullmatch(letter + r"\d+", address)]


def _cell(cell: Any) -> SheetCell:
    kind = cell.get("t", "n")
    path = "s:is/s:t" if kind == "inlineStr" else "s:v"
    return SheetCell(
        kind=kind,
        value=cell.findtext(path, default="", namespaces=_SHEET),
        style=int(cell.get("s", 0)),
        formula=cell.find("s:f", _SHEET) is not None,
    )


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with ``change`` applied to every text in it, however deep."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(item, change) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{n: with_texts(getattr(value, n), change) for n in names})
    return value


def texts(value: Any) -> Iterator[str]:
    """Every text in a context."""
    found: list[str] = []
    with_texts(value, lambda item: found.append(item) or item)
    return iter(found)
