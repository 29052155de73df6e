"""Biểu đồ: what is drawn is in proportion, escaped, linked, and free of anything the strict policy refuses."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest

from soi.web import charts
from soi.web.charts import Cell, Column, HeatRow, Part, TableRow

NASTY = '"><script>alert(1)</script>&'


def part(kind: str, number: int, label: str = "", url: str = "/x/?a=1&b=2") -> Part:
    return Part(kind, number, label or kind, url, f"{kind}: {number}")


def column(label: str, *numbers: int, overdue: int = 0) -> Column:
    parts = tuple(part(kind, n) for kind, n in zip(("exceeded", "on_time", "late"), numbers, strict=False))
    return Column(label, "2021", parts, part("counted", sum(numbers)), part("overdue", overdue))


def read(markup: str) -> ElementTree.Element:
    """Well-formed, or the test fails here."""
    return ElementTree.fromstring(f"<page>{markup}</page>")  # noqa: S314 - our own markup


def widths(markup: str, kind: str) -> list[float]:
    return [
        float(rect.attrib["width"].rstrip("%"))
        for rect in read(markup).iter("rect")
        if rect.attrib["class"] == f"c-{kind}"
    ]


def heights(markup: str, kind: str) -> list[float]:
    found = next(svg for svg in read(markup).iter("svg") if svg.attrib["class"] == "chart-plot")
    return [float(r.attrib["height"]) for r in found.iter("rect") if r.attrib["class"] == f"c-{kind}"]


def test_the_parts_of_a_strip_fill_it_in_proportion() -> None:
    drawn = charts.strip([part("on_time", 30), part("late", 10), part("failed", 0), part("overdue", 10)])
    assert widths(drawn, "on_time") == [60.0]
    assert widths(drawn, "late") == widths(drawn, "overdue") == [20.0]
    assert widths(drawn, "failed") == []
    assert [rect.attrib["x"] for rect in read(drawn).iter("rect")] == ["0.00%", "60.00%", "80.00%"]


def test_a_strip_of_nothing_is_an_empty_drawing() -> None:
    assert list(read(charts.strip([])).iter("rect")) == []
    assert list(read(charts.strip([part("late", 0)])).iter("rect")) == []


def test_a_number_stands_in_its_part_only_where_there_is_room() -> None:
    drawn = charts.strip([part("on_time", 990), part("overdue", 10)])
    assert [text.text for text in read(drawn).iter("text")] == ["990"]


def test_late_is_hatched_and_not_told_by_colour_alone() -> None:
    drawn = read(charts.strip([part("late", 1), part("on_time", 1)]))
    fills = {rect.attrib["class"]: rect.attrib.get("fill") for rect in drawn.iter("rect")}
    assert fills == {"c-late": "url(#hatch)", "c-on_time": None}
    assert 'id="hatch"' in charts.defs()


def test_a_bar_is_measured_by_the_longest_and_hidden_from_the_ear() -> None:
    drawn = charts.bar([part("overdue", 3), part("not_due", 2)], 10)
    assert (widths(drawn, "overdue"), widths(drawn, "not_due")) == ([30.0], [20.0])
    assert 'aria-hidden="true"' in drawn
    # The number stands beside it, as a link of its own.
    assert "<a " not in drawn
    assert "<text" not in drawn


@pytest.mark.parametrize("most", [0, -3])
def test_a_bar_without_a_longest_is_empty(most: int) -> None:
    assert list(read(charts.bar([part("overdue", 3)], most)).iter("rect")) == []


def test_columns_are_as_tall_as_their_numbers() -> None:
    drawn = charts.columns([column("III", 10, 20, 10), column("IV", 0, 10, 10)], line="Quá hạn")
    full = float(charts.PLOT)
    assert heights(drawn, "on_time") == [full / 2, full / 4]
    assert sum(heights(drawn, kind)[0] for kind in ("exceeded", "on_time", "late")) == full
    assert len(heights(drawn, "exceeded")) == 1


def test_the_line_joins_every_quarter_and_names_its_numbers() -> None:
    drawn = charts.columns(
        [column("II", 5, overdue=0), column("III", 5, overdue=4), column("IV", 5, overdue=2)], line="Quá hạn"
    )
    page = read(drawn)
    assert len([line for line in page.iter("line") if line.attrib["class"] == "c-line"]) == 2
    assert [t.text for t in page.iter("text") if t.attrib["class"] == "t-line"] == ["0", "4", "2"]
    # Nothing is behind a zero, so it is no link.
    assert [a.find("circle") is not None for a in page.iter("a")].count(True) == 2


def test_one_column_and_none() -> None:
    assert charts.columns([], line="Quá hạn") == ""
    assert heights(charts.columns([column("I", 0, 0, 0)], line="Quá hạn"), "late") == []
    assert len(heights(charts.columns([column("I", 1, 0, 0)], line="Quá hạn"), "exceeded")) == 1


def test_names_stand_apart_inside_the_chart() -> None:
    parts = tuple(part(kind, 1, kind) for kind in ("exceeded", "on_time", "late", "failed", "reported"))
    last = Column("IV", "", (*parts, part("not_due", 900)), part("counted", 905), part("overdue", 0))
    page = read(charts.columns([last], line="Quá hạn"))
    names = next(svg for svg in page.iter("svg") if svg.attrib["class"] == "chart-names")
    heights = [float(t.attrib["y"]) for t in names.iter("text") if t.attrib["class"] == "t-name"]
    assert len(heights) == 6
    assert all(one - two >= charts.NAME_GAP for one, two in itertools.pairwise(heights))
    assert min(heights) > 0


def test_names_pushed_out_at_the_top_slide_down_in_order() -> None:
    # Everything lies in the topmost sliver of the column.
    parts = (
        part("exceeded", 1000),
        *(part(kind, 1, kind) for kind in ("late", "failed", "reported", "not_due")),
    )
    page = read(
        charts.columns([Column("IV", "", parts, part("counted", 1004), part("overdue", 0))], line="x")
    )
    names = next(svg for svg in page.iter("svg") if svg.attrib["class"] == "chart-names")
    heights = [float(t.attrib["y"]) for t in names.iter("text") if t.attrib["class"] == "t-name"]
    assert heights == sorted(heights, reverse=True)
    assert all(one - two >= charts.NAME_GAP for one, two in itertools.pairwise(heights))
    assert min(heights) > 0


def test_a_kind_that_no_column_holds_is_not_named() -> None:
    drawn = charts.columns([column("IV", 3, 2, 0)], line="Quá hạn")
    names = drawn[drawn.index("chart-names") :]
    assert "on_time" in names
    assert "late" not in names


@pytest.mark.parametrize(
    ("share", "step"),
    [(0, 0), (0.001, 1), (0.10, 1), (0.101, 2), (0.25, 2), (0.26, 3), (0.50, 3), (0.51, 4), (1, 4)],
)
def test_steps(share: float, step: int) -> None:
    assert charts.step(share) == step


def test_the_heat_table_says_each_number_and_links_it() -> None:
    rows = [
        HeatRow(
            "Sư đoàn",
            "/b/2/",
            (Cell(3, 12, "/t/?a=1&b=2"), Cell(0, 5, "/none/"), Cell(0, 0)),
            Cell(3, 17, "/t/"),
        )
    ]
    total = HeatRow("Cộng", "", (Cell(3, 12, "/t/"), Cell(0, 5), Cell(0, 0)), Cell(3, 17, "/t/"))
    drawn = charts.heat(
        ["Kinh tế", "Dân vận", "Chung"], rows, total, corner="Đơn vị", together="Cộng", tone="overdue"
    )
    page = read(drawn)
    first = next(iter(next(page.iter("tbody"))))
    assert [
        ("".join(td.itertext()), td.attrib["class"], td.attrib["data-label"]) for td in first.iter("td")
    ] == [
        ("3/12", "heat-2", "Kinh tế"),
        ("0/5", "heat-0", "Dân vận"),
        ("·", "heat-none", "Chung"),
        ("3/17", "heat-all heat-2", "Cộng"),
    ]
    assert [a.attrib["href"] for a in first.iter("a")] == ["/b/2/", "/t/?a=1&b=2", "/t/"]
    assert [th.attrib["scope"] for th in page.iter("th")] == ["col"] * 5 + ["row", "row"]


def test_the_table_behind_a_chart() -> None:
    drawn = charts.table("Quý", ["Tổng số", "Muộn"], [TableRow("IV", "", ((12345, "/t/"), (0, "/none/")))])
    page = read(drawn)
    assert ["".join(td.itertext()) for td in page.iter("td")] == ["12.345", "0"]
    assert [a.attrib["href"] for a in page.iter("a")] == ["/t/"]


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-4321, "-4.321")]
)
def test_thousands(number: int, text: str) -> None:
    assert charts.thousands(number) == text


def everything(word: str) -> list[str]:
    one = Part("late", 7, word, f"/t/?q={word}", word)
    cell = Cell(1, 2, f"/t/?q={word}")
    row = HeatRow(word, f"/b/?q={word}", (cell,), cell)
    return [
        charts.strip([one]),
        charts.bar([one], 7),
        charts.columns([Column(word, word, (one,), one, one)], line=word),
        charts.heat([word], [row], row, corner=word, together=word, tone="done"),
        charts.table(word, [word], [TableRow(word, f"/b/?q={word}", ((1, f"/t/?q={word}"),))]),
        charts.defs(),
    ]


def test_words_are_escaped_everywhere() -> None:
    for drawn in everything(NASTY):
        read(drawn)
        assert "<script" not in drawn


def test_nothing_that_the_policy_refuses() -> None:
    for drawn in everything("Trung đoàn 91"):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?:|xlink|<image|<use", drawn)
