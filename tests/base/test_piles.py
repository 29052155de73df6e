"""Nhiều danh sách trong một câu: the same rows, order and numbers as a query for each would give."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Case, DateField, F, QuerySet, When
from pytest_django import DjangoAssertNumQueries

from soi.base.piles import Pile, piles
from soi.findings.models import Finding, Remedy
from soi.org.models import Membership, Organization, Person
from tests.factories import Region
from tests.findings.story import Story


@pytest.fixture
def story(region: Region, now: dt.datetime) -> Story:
    return Story(region, now)


@pytest.fixture
def lists(story: Story) -> dict[str, QuerySet[Any]]:
    """Lists of four tables: with records beside them, without, deferred, empty."""
    for day in (20, 10, 30):
        finding = story.record(f"Ngày {day}: việc giao chưa «cụ thể», \\ chưa rõ")
        story.give(finding, due_on=dt.date(2022, 1, day))
    related = Remedy.objects.select_related("finding__organization", "accountable_post__organization")
    return {
        "remedies": related.defer("finding__search_key").order_by("due_on", "pk"),
        "bodies": Organization.objects.order_by("-sort_key"),
        "people": Person.objects.all(),
        "held": Membership.objects.select_related("post", "person").order_by("-pk"),
        "nobody": Person.objects.filter(pk__in=[]),
        "nothing": Finding.objects.none(),
    }


@pytest.mark.parametrize("first", [2, 100])
def test_the_same_as_a_query_for_each(
    lists: dict[str, QuerySet[Any]], first: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = piles(lists, first=first)
    assert list(found) == list(lists)
    for name, rows in lists.items():
        pile = found[name]
        assert pile.rows == list(rows[:first]), name
        assert pile.count == rows.count()
        assert pile.rest == max(0, pile.count - first)
    assert found["remedies"].count == 3


def test_what_stands_beside_a_row_is_there_without_another_query(
    lists: dict[str, QuerySet[Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = piles(lists, first=5)
    with django_assert_num_queries(0):
        first = found["remedies"].rows[0]
        assert first.due_on == dt.date(2022, 1, 10)
        assert first.finding.statement == "Ngày 10: việc giao chưa «cụ thể», \\ chưa rõ"
        assert str(first.accountable_post.organization)
        assert {row.person.name for row in found["held"].rows}


def test_annotations_are_read_and_may_order(
    lists: dict[str, QuerySet[Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    last = Case(When(due_on__gt=dt.date(2022, 1, 15), then=F("due_on")), output_field=DateField(null=True))
    rows = lists["remedies"].annotate(last=last).order_by(F("last").asc(nulls_last=True), "pk")
    with django_assert_num_queries(1):
        found = piles({"people": lists["people"], "rows": rows}, first=5)["rows"].rows
    assert found == list(rows)
    assert [row.last for row in found] == [dt.date(2022, 1, 20), dt.date(2022, 1, 30), None]


def test_one_list_alone_and_none_at_all(
    lists: dict[str, QuerySet[Any]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alone = piles({"bodies": lists["bodies"]}, first=3)["bodies"]
    assert alone.rows == list(lists["bodies"][:3])
    with django_assert_num_queries(0):
        assert piles({}, first=3) == {}
        assert piles({"nothing": lists["nothing"]}, first=3) == {"nothing": Pile()}
    # A scope that reaches nothing is an empty condition, not an empty queryset.
    assert piles({"nobody": lists["nobody"]}, first=3) == {"nobody": Pile()}
