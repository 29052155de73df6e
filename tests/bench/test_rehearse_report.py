"""Kết luận của buổi diễn tập: each figure on both sides of its bound, and what is advised on which machine."""

from __future__ import annotations

from typing import Any

import pytest

from soi.bench.live import Figures
from soi.bench.rehearse_report import Rehearsed, advice, judged, report


def rehearsed(engine: str = "PostgreSQL", workers: int = 2, cores: int = 2, **given: Any) -> Rehearsed:
    good: dict[str, Any] = {
        "join": 3.4, "memory": 400.0, "memory_database": 90.0, "memory_free": 3000.0, "all_counted": 1.3,
        "all_seen": [120.0, 130.0, 350.0], "votes": {"open": 200.0, "secret": 100.0},
    }  # fmt: skip
    few = bool(given.pop("few_files", False))
    return Rehearsed(Figures(**{**good, **given}), 40, 1000, workers, engine, cores, 4000.0, few)


def text_of(done: Rehearsed) -> tuple[bool, str]:
    said: list[str] = []
    return report(done, said.append), "\n".join(said)


def test_a_machine_that_is_enough_is_told_so_in_plain_words() -> None:
    enough, text = text_of(rehearsed())
    assert enough
    assert "CHƯA ĐỦ" not in text
    for line in (
        "40 điểm cầu, 1.000 đại biểu; PostgreSQL, 2 tiến trình trả lời",
        "Mọi trang vào phòng họp: sau 3,40 giây", "thường sau 0,13 giây, lâu nhất 0,35 giây", "Số lần sót: 0",
        "Biểu quyết công khai: 200 phiếu một giây", "1.000 đại biểu bỏ phiếu cùng lúc thì xong trong 5,00 giây",
        "500 phiếu được ghi nhận đủ: sau 1,30 giây", "các tiến trình trả lời 310 MiB, PostgreSQL 90 MiB",
        "máy còn trống 3.000 trong 4.000 MiB", "KẾT LUẬN: máy này đủ cho 40 điểm cầu, 1.000 đại biểu.",
    ):  # fmt: skip
        assert line in text


@pytest.mark.parametrize(
    ("within", "beyond", "name", "word"),
    [
        ({"join": 30.0}, {"join": 30.1}, "Mọi trang vào", "lần lượt từng cụm"),
        ({"all_seen": [1000.0]}, {"all_seen": [1001.0]}, "Mọi trang thấy", "màn hình chung"),
        (
            {"all_seen": [1.0, 1.0, 3000.0]},
            {"all_seen": [1.0, 1.0, 3001.0]},
            "Mọi trang thấy",
            "màn hình chung",
        ),
        ({"missing": 0}, {"missing": 1}, "Số lần sót", "Đừng họp cỡ này"),
        ({"votes": {"open": 16.7}}, {"votes": {"open": 16.6}}, "Biểu quyết", "lần lượt theo điểm cầu"),
        ({"votes": {"secret": 16.7}}, {"votes": {"secret": 16.6}}, "Phiếu kín", "lần lượt theo điểm cầu"),
        ({"all_counted": 60.0}, {"all_counted": 60.1}, "500 phiếu", "số đã bỏ phiếu đứng yên"),
        ({"memory_free": 400.0}, {"memory_free": 399.0}, "Bộ nhớ", "thêm bộ nhớ"),
    ],
)
def test_each_bound_has_two_sides_and_one_is_enough_to_fail(
    within: dict[str, Any], beyond: dict[str, Any], name: str, word: str
) -> None:
    assert all(line.enough for line in judged(rehearsed(**within)))
    (bad,) = [line for line in judged(rehearsed(**beyond)) if not line.enough]
    assert bad.name.startswith(name)
    assert word in bad.sentence
    enough, text = text_of(rehearsed(**beyond))
    assert not enough
    assert "KẾT LUẬN: máy này CHƯA ĐỦ" in text


def test_pages_that_never_saw_it_and_votes_that_never_came_have_words_too() -> None:
    enough, text = text_of(rehearsed(all_seen=[float("inf")], missing=12, votes={"open": 0.0}))
    assert not enough
    assert "thường sau vô hạn" in text
    assert "Số lần sót: 12" in text


def test_a_long_time_is_told_in_minutes() -> None:
    assert "sau 2 phút" in text_of(rehearsed(join=121.0))[1]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (rehearsed("SQLite", 1, memory_database=0.0), "400 MiB (SQLite nằm trong đó)"),
        (rehearsed(memory_database=0.0), "của PostgreSQL không đọc được"),
    ],
)
def test_the_memory_of_the_database_is_said_where_it_can_be_read(done: Rehearsed, words: str) -> None:
    assert words in text_of(done)[1]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (rehearsed("SQLite", 1), "Dùng PostgreSQL"),
        (rehearsed(workers=2, cores=8), "soi serve --workers 8"),
        (rehearsed(workers=8, cores=8), "8 tiến trình đã dùng hết 8 lõi"),
    ],
)
def test_the_first_advice_is_the_cheapest_that_this_machine_still_has(done: Rehearsed, words: str) -> None:
    assert words in advice(done, enough=False)[0]
    assert advice(done, enough=True) == []


def test_what_makes_the_figures_doubtful_is_said_even_when_it_is_enough() -> None:
    strangers, files = advice(rehearsed(strangers=0.75, few_files=True), enough=True)
    assert "dùng 0,75 lõi" in strangers
    assert "LimitNOFILE=16384" in files
