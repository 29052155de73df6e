"""Names of conferences: made like those of minutes, whatever the headline."""

from __future__ import annotations

import pytest

from soi.conferences.enums import ConferenceKind
from soi.intake.logic.titles import conference_title, period_words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2021-Q1", "quý I/2021"),
        ("2021-Q4", "quý IV/2021"),
        ("2019-H1", "6 tháng đầu năm 2019"),
        ("2017-9M", "9 tháng năm 2017"),
        ("2022-11", "tháng 11/2022"),
        ("2021", "năm 2021"),
        ("2020-2025", "nhiệm kỳ 2020-2025"),
        ("P3Y", ""),
    ],
)
def test_periods_in_words(label: str, words: str) -> None:
    assert period_words(label) == words


@pytest.mark.parametrize(
    ("kind", "periods", "headline", "title"),
    [
        (ConferenceKind.BRIEFING_QUARTER, ("2021-Q1",), "Nâng cao hiệu quả", "Hội nghị giao ban quý I/2021"),
        (ConferenceKind.SELF_CRITICISM, ("2021",), "", "Hội nghị kiểm điểm tự phê bình và phê bình năm 2021"),
        (ConferenceKind.HALF_YEAR, (), "Vượt khó", "Hội nghị sơ kết"),
        (ConferenceKind.ANNUAL, ("P3Y", "2020"), "", "Hội nghị tổng kết năm 2020"),
        (ConferenceKind.ANNUAL, ("2020",), "HỘI NGHỊ  tổng kết công tác", "HỘI NGHỊ tổng kết công tác"),
        (ConferenceKind.THEMATIC, ("2020",), "Quán triệt nghị quyết", "Quán triệt nghị quyết"),
        (ConferenceKind.WORKING_SESSION, (), "", "Buổi làm việc Đảng ủy Xã"),
    ],
)
def test_a_record_bears_the_name_of_its_minutes(
    kind: ConferenceKind, periods: tuple[str, ...], headline: str, title: str
) -> None:
    assert conference_title(kind, periods, headline, "Đảng ủy Xã") == title


def test_a_headline_without_end_is_cut() -> None:
    assert len(conference_title(ConferenceKind.NONE, (), "dài " * 300, "")) == 500
