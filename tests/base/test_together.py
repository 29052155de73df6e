"""Đọc nhiều phần trong một câu: the same rows as ``prefetch_related`` reads, in the same order, in one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Prefetch, prefetch_related_objects
from pytest_django import DjangoAssertNumQueries

from soi.base.together import Together
from soi.findings import actions
from soi.findings.enums import ResponsibilityKind
from soi.findings.models import Cause, Finding, Remedy, RemedyProgress, Responsibility
from tests.factories import Region
from tests.findings.story import Story


@pytest.fixture
def story(region: Region, now: dt.datetime) -> Story:
    return Story(region, now)


@pytest.fixture
def findings(story: Story) -> list[Finding]:
    """One with many parts of every kind, one with few, one with none."""
    full, few, bare = (story.record(f"{word} việc giao chưa cụ thể") for word in ("Một", "Hai", "Ba"))
    for day in (20, 10):
        remedy = story.give(full, due_on=dt.date(2022, 1, day))
        story.report(remedy)
    story.give(few)
    body, post = story.region.bodies["division"], story.region.posts["division"]
    for kind, held in ((ResponsibilityKind.HEAD, post), (ResponsibilityKind.COLLECTIVE, None)):
        actions.add_responsibility(
            actor=story.actor("clerk"), finding=full, kind=kind, organization=body, post=held, now=story.now
        )
    for statement in ('Nói "ít", làm \\ ít', "Chưa đôn đốc\nchưa kiểm tra"):
        actions.add_cause(
            actor=story.actor("clerk"), finding=full, kind="own", statement=statement, now=story.now
        )
    person = story.region.people["division"]
    actions.answer(actor=story.actor("division"), finding=full, text=f"Ý kiến của {person}", now=story.now)
    return [full, few, bare]


def lookups() -> list[Prefetch[Any]]:
    return [
        Prefetch("causes", Cause.objects.select_related("passage").order_by("-pk")),
        Prefetch("responsibilities", Responsibility.objects.select_related("post__organization", "person")),
        Prefetch("remedies", Remedy.objects.select_related("accountable_post")),
        Prefetch("remedies__progress", RemedyProgress.objects.select_related("evidence", "reported_by")),
        Prefetch("answers"),
    ]


def everything(findings: list[Finding]) -> list[Any]:
    """Every value of every part, with the records beside it."""
    parts = [list(getattr(finding, name).all()) for finding in findings for name in ("causes", "answers")]
    named = [row for finding in findings for row in finding.responsibilities.all()]
    remedies = [remedy for finding in findings for remedy in finding.remedies.all()]
    reports = [report for remedy in remedies for report in remedy.progress.all()]
    rows = [row for part in (*parts, named, remedies, reports) for row in part]
    beside: list[Any] = [row.person for row in named]
    beside += [row.post and row.post.organization for row in named]
    beside += [remedy.accountable_post for remedy in remedies] + [report.evidence for report in reports]
    return [(type(row), {**row.__dict__, "_state": None}) if row else None for row in rows + beside]


def again(findings: list[Finding]) -> list[Finding]:
    return list(Finding.objects.filter(pk__in=[finding.pk for finding in findings]).order_by("pk"))


def test_it_reads_what_prefetch_related_reads(
    findings: list[Finding], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    usual, together = again(findings), again(findings)
    prefetch_related_objects(usual, *lookups())
    with django_assert_num_queries(1):
        Together(lookups).load(together)
        read = everything(together)
    expected = everything(usual)
    assert len(expected) > 15
    for values in (*read, *expected):
        if values:
            values[1].pop("_prefetched_objects_cache", None)
    assert read == expected


def test_rows_know_whose_they_are(
    findings: list[Finding], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Together(lookups).load(findings)
    with django_assert_num_queries(0):
        assert all(row.finding is findings[0] for row in findings[0].causes.all())
        assert [report.remedy.finding.pk for report in findings[0].remedies.all()[0].progress.all()]
        assert not findings[2].remedies.all()


def test_conditions_deferral_and_names_of_ones_own(
    findings: list[Finding], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few = Cause.objects.filter(statement__contains="đôn đốc").defer("kind")
    due = Remedy.objects.only("due_on")
    Together(lambda: [Prefetch("causes", few, to_attr="some"), Prefetch("remedies", due)]).load(findings)
    with django_assert_num_queries(0):
        assert [row.statement for row in findings[0].some] == ["Chưa đôn đốc\nchưa kiểm tra"]  # type: ignore[attr-defined]
        assert [row.due_on.day for row in findings[0].remedies.all()] == [10, 20]
    with django_assert_num_queries(2):
        assert findings[0].some[0].kind == "own"  # type: ignore[attr-defined]
        assert findings[0].remedies.all()[0].deliverable


@pytest.mark.django_db
def test_nothing_to_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        Together(lookups).load([])


def test_a_part_that_can_hold_nothing_costs_nothing(findings: list[Finding]) -> None:
    Together(lambda: [Prefetch("causes", Cause.objects.none()), Prefetch("remedies")]).load(findings)
    assert not findings[0].causes.all()
    assert len(findings[0].remedies.all()) == 2
