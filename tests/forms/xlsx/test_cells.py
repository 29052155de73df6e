import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from soi.forms.xlsx.cells import CUT_MARK, LONGEST_TEXT, cell_text
from soi.forms.xlsx.table import Column, table_workbook
from tests.forms import samples
from tests.forms.reading import SheetCell, parts, sheet

DANGEROUS = [
    "=1+1",
    "+84912",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    '=HYPERLINK("http://x.vn","bấm")',
    "=cmd|' /C calc'!A0",
    "{=SUM(A1:A2)}",
    "http://x.vn",
    "007",
    "1e5",
    "<r><t>x</t></r>",
    "<r><t>x</r>",
    "_x0041_",
    "&amp; <b>",
]


def one_cell(value: Any) -> SheetCell:
    content = table_workbook("Danh sách", [Column("Cột")], [[value]], created=samples.CREATED)
    return sheet(content)["A2"]


@pytest.mark.parametrize("typed", DANGEROUS)
def test_text_is_text_whatever_it_begins_with(typed: str) -> None:
    cell = one_cell(typed)
    assert cell.kind == "inlineStr"
    assert not cell.formula
    # Excel itself writes "_x0041_" as "_x005F_x0041_".
    assert cell.value.replace("_x005F", "").strip() == typed.strip()


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@a"])
def test_dangerous_text_stays_text_when_the_cell_is_edited(typed: str) -> None:
    content = table_workbook("Danh sách", [Column("Cột")], [[typed], ["thường"]], created=samples.CREATED)
    guarded, plain = sheet(content)["A2"].style, sheet(content)["A3"].style
    assert guarded != plain
    assert 'quotePrefix="1"' in parts(content)["xl/styles.xml"].decode()


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=[]), min_size=1))
def test_no_text_at_all_breaks_the_file_or_becomes_a_formula(typed: str) -> None:
    cell = one_cell(typed)
    assert not cell.formula
    assert cell.kind in ("inlineStr", "n")
    assert cell.kind == "inlineStr" or cell.value == ""


def test_an_over_long_text_is_cut_with_a_mark() -> None:
    longest = "ạ" * LONGEST_TEXT
    assert cell_text(longest) == longest
    cut = cell_text(longest + "b")
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith(CUT_MARK)
    assert one_cell("x" * 40_000).value.endswith(CUT_MARK)


def test_letters_outside_the_basic_plane_count_twice_and_are_not_halved() -> None:
    cut = cell_text("🙂" * LONGEST_TEXT)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert set(cut.removesuffix(CUT_MARK)) == {"🙂"}


def test_dates_are_real_dates() -> None:
    cell = one_cell(dt.date(2021, 11, 22))
    assert (cell.kind, cell.value) == ("n", "44522")
    formats = parts(table_workbook("D", [Column("C")], [[samples.DAY]], created=samples.CREATED))
    assert "dd/mm/yyyy" in formats["xl/styles.xml"].decode()


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (dt.date(1890, 5, 19), "inlineStr", "19/05/1890"),
        (dt.date(1900, 2, 28), "inlineStr", "28/02/1900"),
        (dt.datetime(2021, 11, 22, 12, 0, tzinfo=dt.UTC), "n", "44522.5"),
        (7, "n", "7"),
        (2.5, "n", "2.5"),
        (Decimal("8.02"), "n", "8.02"),
        (float("nan"), "inlineStr", "nan"),
        (float("inf"), "inlineStr", "inf"),
        (Decimal("NaN"), "inlineStr", "NaN"),
        (1234567890123456789, "inlineStr", "1234567890123456789"),
        (True, "inlineStr", "Có"),
        (None, "n", ""),
        ("", "n", ""),
    ],
)
def test_every_kind_of_value(value: Any, kind: str, written: str) -> None:
    cell = one_cell(value)
    assert (cell.kind, cell.value) == (kind, written)
