"""Báo cáo giao ban in ra: numbers of sections, the end mark, what is not there is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from soi.forms import registry
from soi.forms.forms.briefing_report.context import BriefingContext
from soi.forms.parts import Letterhead, SectionText, Signature
from tests.forms import reading

CREATED = dt.datetime(2021, 12, 25, 2, 0, tzinfo=dt.UTC)
CONTEXT = BriefingContext(
    letterhead=Letterhead(
        issuing_body="Đảng ủy Sư đoàn 901",
        superior_body="Đảng ủy Quân khu Thử Nghiệm",
        date=dt.date(2021, 12, 25),
    ),
    period="quý IV/2021",
    next_period="quý I/2022",
    as_of=dt.date(2021, 12, 24),
    sections=(
        SectionText(title="Kết luận kỳ trước", lines=("Kết luận 1: đã hoàn thành.",)),
        SectionText(title="Phần trống"),
        SectionText(title="Kết quả", lines=("Có 12 nhiệm vụ đến hạn", "Nổi bật: xây 03 nhà.", " \n ")),
    ),
    signature=Signature(post="Bí thư", name="Phan Văn Sư"),
    recipients=("Đảng ủy Quân khu Thử Nghiệm", "Lưu văn thư"),
)


def rendered(context: BriefingContext, layout: str = "party-hd05-2026") -> list[str]:
    return reading.lines(registry.render("briefing_report", context, created=CREATED, layout_id=layout))


def test_sections_are_numbered_and_empty_ones_take_no_number() -> None:
    lines = rendered(CONTEXT)
    assert "I. Kết luận kỳ trước" in lines
    assert "II. Kết quả" in lines
    assert not any("Phần trống" in line for line in lines)


def test_every_line_is_a_sentence_and_the_last_carries_the_end_mark() -> None:
    lines = [line for line in rendered(CONTEXT) if line.startswith("- ")]
    assert "- Có 12 nhiệm vụ đến hạn." in lines
    assert "- Nổi bật: xây 03 nhà." in lines
    state = [line for line in rendered(CONTEXT, "state-nd30-2020") if line.startswith("- ")]
    assert "- Nổi bật: xây 03 nhà./." in state
    assert "- Kết luận 1: đã hoàn thành." in state


def test_title_abstract_and_day_of_the_figures() -> None:
    lines = rendered(CONTEXT)
    assert "BÁO CÁO" in lines
    assert "Kết quả công tác quý IV/2021, phương hướng quý I/2022" in lines
    assert "(Số liệu tính đến ngày 24/12/2021)" in lines
    draft = rendered(replace(CONTEXT, is_draft=True))
    assert "(Bản đang soạn. Số liệu tính đến ngày 24/12/2021)" in draft


def test_an_empty_report_says_so_and_needs_no_signer() -> None:
    lines = rendered(replace(CONTEXT, sections=(), signature=None, recipients=()))
    assert "Báo cáo chưa có nội dung." in lines
    assert "PHAN VĂN SƯ" not in "".join(lines).upper()


def test_same_input_same_bytes_and_nobody_named() -> None:
    one, two = (registry.render("briefing_report", CONTEXT, created=CREATED) for _ in range(2))
    assert one == two
    assert reading.zip_times(one) == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("junk", ["\x00\x0b", "<w:p/>&amp;", "{{ x }}", "\ud800", "]]>"])
def test_any_text_is_printed_literally(junk: str) -> None:
    spoiled = reading.with_texts(CONTEXT, lambda text: f"{text}{junk}")
    content = registry.render("briefing_report", spoiled, created=CREATED)
    assert "12 nhiệm vụ" in reading.text(content)
