"""The address of a list: whatever is asked, never an error; what is written is what is read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from soi.org.enums import WorkArea
from soi.work.enums import Standing
from soi.work.filters import GROUPS, TaskFilter

FULL = TaskFilter(
    body=3,
    below=False,
    area=WorkArea.DEFENCE,
    period="2021-Q4",
    standing="overdue",
    programme=4,
    directive=5,
    post=6,
    given_by=7,
    q="quy chế & «sổ»",
    as_of=dt.date(2021, 12, 1),
)


@pytest.mark.parametrize(
    "asked", [FULL, TaskFilter(), TaskFilter(body=1), TaskFilter(period="2021", standing=Standing.LATE)]
)
def test_there_and_back(asked: TaskFilter) -> None:
    assert TaskFilter.from_query(QueryDict(asked.as_query())) == asked


def test_only_what_is_set_is_written() -> None:
    assert TaskFilter().as_query() == ""
    assert TaskFilter(body=1, standing="open").as_query() == "body=1&standing=open"


@pytest.mark.parametrize("standing", [*Standing.values, *GROUPS])
def test_every_standing_and_group_is_known(standing: str) -> None:
    assert TaskFilter.from_query({"standing": standing}).standing == standing


@pytest.mark.parametrize(
    "asked",
    [
        "body=x&area=x&period=x&standing=x&programme=-1&directive=1.5&post=&given_by=٣&as_of=2021-13-01",
        "body=99999999999999999999&period=9999&as_of=0&programme=0",
        "period=0000-Q1&body=%00",
        "period=9999-Q4",
    ],
)
def test_what_is_not_known_is_left_out(asked: str) -> None:
    assert TaskFilter.from_query(QueryDict(asked)) == TaskFilter()


def test_a_plain_mapping_will_do() -> None:
    assert TaskFilter.from_query({"body": "3", "q": ["a", " b\x00 "]}) == TaskFilter(body=3, q="b")
    assert len(TaskFilter.from_query({"q": "a" * 500}).q) == 200
