"""Mẫu nhập nhiệm vụ (Excel): headings, an example, drop-down lists, and a page that says how to fill it in."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from soi.forms.origin import PRODUCER, created_utc
from soi.forms.wording import one_line
from soi.forms.xlsx.cells import cell_formats, cell_text, write_cell
from soi.forms.xlsx.table import Kind, heading_format
from soi.forms.xlsx.task_columns import BY_KEY, EXAMPLE, POST_OF_BODY, TASK_COLUMNS

TASKS, HOW, POSTS, LISTS = "Nhiệm vụ", "Hướng dẫn", "Chức vụ", "Danh mục"
# Rows that get the drop-down lists; more can be written, they are read all the same.
_PREPARED = 10_001
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_RULES = (
    "Mỗi dòng là một nhiệm vụ, trên trang «Nhiệm vụ». Các cột có dấu * phải ghi đủ.",
    "Dòng ví dụ (cột Mã ghi «VÍ DỤ») không được nhập; xóa đi hay để lại đều được.",
    "Thứ tự các cột, cột thêm vào và cách viết hoa, viết dấu ở dòng tiêu đề không ảnh hưởng.",
    "Soi không tự lập chức vụ hay đơn vị mới từ bảng: tên phải có sẵn trong Soi.",
    "Tải lên rồi, Soi cho xem trước từng dòng: mới, đổi, không đổi hay có lỗi; chưa ghi gì cho đến khi xác nhận.",
    "Nhập lại cùng một bảng không làm gì thêm. Muốn sửa nhiều nhiệm vụ, sửa trong bảng rồi nhập lại.",
    "Ở dòng của nhiệm vụ đã có, ô không bắt buộc mà để trống thì giữ nguyên giá trị đang ghi.",
    "Dòng bị bỏ khỏi bảng không làm mất nhiệm vụ: Soi nêu tên để đồng chí quyết định.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateContext:
    """Danh sách để chọn: work areas, bodies, and posts with their bodies, each in the order shown."""

    body: str
    areas: tuple[str, ...]
    bodies: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]


def template_workbook(context: TemplateContext, *, created: dt.datetime) -> bytes:
    """Sổ tính mẫu .xlsx for one body."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties(
        {"title": "Mẫu nhập nhiệm vụ", "author": PRODUCER, "created": created_utc(created)}
    )
    _add_tasks(workbook, context)
    _add_instructions(workbook, context)
    _add_posts(workbook, context)
    _add_lists(workbook, context)
    workbook.close()
    return buffer.getvalue()


def _add_tasks(workbook: Any, context: TemplateContext) -> None:
    sheet, head = workbook.add_worksheet(TASKS), heading_format(workbook)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 36)
    sheet.set_row(1, 34)
    looks = {kind: workbook.add_format({**_FONT, **_look(kind)}) for kind in Kind}
    text = workbook.add_format({**_FONT, "num_format": "@"})
    example = workbook.add_format({**_FONT, "italic": True, "font_color": "#7F7F7F", "text_wrap": True})
    for number, column in enumerate(TASK_COLUMNS):
        look = text if column.key == "code" else looks[column.kind]
        sheet.set_column(number, number, column.width or column.kind.value, look)
        sheet.write_string(0, number, column.title + (" *" if column.required else ""), head)
        shown = EXAMPLE if column.key == "code" else column.example
        sheet.write_string(1, number, shown, example)
    _add_validation(sheet, context)


def _look(kind: Kind) -> dict[str, object]:
    if kind is Kind.DATE:
        return {"num_format": "dd/mm/yyyy", "align": "center"}
    return {"align": "center"} if kind is Kind.NUMBER else {"text_wrap": True}


def _add_validation(sheet: Any, context: TemplateContext) -> None:
    """Lists help and never forbid: a name typed another way is understood, or answered with a sentence."""
    lists = {
        "area": (LISTS, "A", len(context.areas)),
        "body": (LISTS, "B", len(context.bodies)),
        "post": (POSTS, "A", len(context.posts)),
    }
    for number, column in enumerate(TASK_COLUMNS):
        place = lists.get(column.key)
        if place and place[2]:
            source = f"='{place[0]}'!${place[1]}$2:${place[1]}${place[2] + 1}"
            _validate(sheet, number, {"validate": "list", "source": source, "show_error": False})
        elif column.kind is Kind.DATE:
            asked = {"input_title": column.title, "input_message": "Ngày/tháng/năm, ví dụ 31/12/2021"}
            _validate(sheet, number, {"validate": "any", **asked})
    weight = TASK_COLUMNS.index(BY_KEY["weight"])
    refused = {"error_title": "Trọng số", "error_message": "Ghi số nguyên từ 1 đến 10."}
    between = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 10}
    _validate(sheet, weight, {**between, **refused})


def _validate(sheet: Any, column: int, options: dict[str, Any]) -> None:
    sheet.data_validation(1, column, _PREPARED, column, options)


def _add_instructions(workbook: Any, context: TemplateContext) -> None:
    sheet = workbook.add_worksheet(HOW)
    sheet.set_row(0, 22)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 72)
    sheet.set_column(3, 3, 30)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    plain = workbook.add_format({**_FONT, "text_wrap": True})
    title = workbook.add_format({**_FONT, "bold": True, "font_size": 14})
    sheet.write_string(0, 0, cell_text(f"Cách điền bảng nhiệm vụ: {one_line(context.body)}"), title)
    last = 0
    for last, rule in enumerate(_RULES, start=1):
        sheet.merge_range(last, 0, last, 3, "", plain)
        sheet.write_string(last, 0, f"{last}. {rule}", plain)
        sheet.set_row(last, _height((rule, 130)))
    _add_table(workbook, sheet, last + 2)


def _add_table(workbook: Any, sheet: Any, top: int) -> None:
    formats, head = cell_formats(workbook), heading_format(workbook)
    for number, word in enumerate(("Cột", "Bắt buộc", "Ghi thế nào", "Ví dụ")):
        sheet.write_string(top, number, word, head)
    for row, column in enumerate(TASK_COLUMNS, start=top + 1):
        cells = (column.title, "Có" if column.required else "", column.how, column.example)
        sheet.set_row(row, _height((column.how, 64), (column.example, 26)))
        for number, text in enumerate(cells):
            write_cell(sheet, row, number, text, formats)


def _height(*cells: tuple[str, int]) -> int:
    """Of a row, in points, from its texts and how many letters a line takes: not every program works it out."""
    return 17 * max(math.ceil(len(text) / letters) for text, letters in cells)


def _add_posts(workbook: Any, context: TemplateContext) -> None:
    rows = [(f"{label}{POST_OF_BODY}{body}", label, body) for label, body in context.posts]
    heads = ("Chọn cho cột «Chức vụ chịu trách nhiệm»", "Tên chức vụ", "Thuộc đơn vị")
    _add_choices(workbook, POSTS, heads, rows, (60, 34, 40))


def _add_lists(workbook: Any, context: TemplateContext) -> None:
    longest = max(len(context.areas), len(context.bodies))
    padded = [(*names, *[""] * (longest - len(names))) for names in (context.areas, context.bodies)]
    _add_choices(workbook, LISTS, ("Các lĩnh vực", "Các đơn vị"), list(zip(*padded, strict=True)), (30, 50))


def _add_choices(
    workbook: Any,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    sheet, formats, head = workbook.add_worksheet(name), cell_formats(workbook), heading_format(workbook)
    sheet.freeze_panes(1, 0)
    for number, (title, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, head)
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            if text:
                write_cell(sheet, number, place, text, formats)
