"""Câu soạn sẵn: the same record as the queryset gives, now and after a change, and nothing composed again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from soi.base.records import Kept
from soi.org.models import Organization, Post
from tests.factories import Region


def posts(pk: int) -> QuerySet[Post]:
    return Post.objects.select_related("organization").annotate(held=Count("memberships")).filter(pk=pk)


@pytest.fixture
def asked() -> Kept:
    return Kept(posts)


def test_it_reads_what_the_queryset_reads(
    region: Region, asked: Kept, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for post in region.posts.values():
        expected = posts(post.pk).get()
        with django_assert_num_queries(1):
            found = asked.one(keys=[post.pk])
            assert found.organization.name == expected.organization.name
        # Days come as days, on both databases; what is beside it is whole.
        assert isinstance(found.start, dt.date)
        for one, other in ((found, expected), (found.organization, expected.organization)):
            assert {**one.__dict__, "_state": 0} == {**other.__dict__, "_state": 0}
        assert found.held == expected.held
        assert not found._state.adding


def test_a_change_is_seen_by_the_kept_statement(region: Region, asked: Kept) -> None:
    post = region.posts["division"]
    asked.one(keys=[post.pk])
    Organization.objects.filter(pk=post.organization_id).update(name="Sư đoàn mới")
    with CaptureQueriesContext(connection) as seen:
        assert asked.one(keys=[post.pk]).organization.name == "Sư đoàn mới"
    assert str(post.pk) in seen.captured_queries[0]["sql"]


def test_what_is_not_there_is_none(region: Region, asked: Kept) -> None:
    assert asked.one(keys=[0]) is None
    assert asked.one(keys=[10**15]) is None


def test_what_is_read_can_be_saved(region: Region, asked: Kept) -> None:
    post = asked.one(keys=[region.posts["division"].pk])
    post.label = "Chỉ huy trưởng"
    post.save(update_fields=["label"])
    assert Post.objects.get(pk=post.pk).label == "Chỉ huy trưởng"
