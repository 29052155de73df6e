"""The list, its filters and search, and the picture: each figure opens exactly the findings it was counted from."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from soi.base.actor import Actor
from soi.findings import remedies
from soi.findings.counting import grouped, picture_of
from soi.findings.enums import FindingKind, FindingState
from soi.findings.logic import heat
from soi.findings.models import Finding, FindingBody
from soi.findings.queries import with_parts
from soi.findings.register import (
    NOT_MENDED,
    ORDERS,
    WANTING,
    RegisterFilter,
    cell_filter,
    register,
    rows_between,
)
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import WorkArea
from tests.findings.crowd import crowd
from tests.findings.story import DUE_ON, Story

EVERYTHING = RegisterFilter()
TODAY = dt.date(2021, 12, 1)


def fill(story: Story, number: int, seed: int = 7) -> list[Finding]:
    region = story.region
    return crowd(
        number,
        bodies=list(region.bodies.values()),
        posts=[region.posts[name] for name in ("division", "regiment", "brigade", "member")],
        verifier=region.people["inspector"],
        seed=seed,
        today=TODAY,
    )


def statements(story: Story, asked: RegisterFilter, by: str = "clerk") -> list[str]:
    return list(register(story.actor(by), asked).values_list("statement", flat=True))


# --- filters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["clerk", "division", "brigade", "member"])
def test_every_filter_equals_a_slow_look_at_each_finding(story: Story, by: str) -> None:
    seed = 20211122
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    fill(story, 150, seed)
    actor = story.actor(by)
    below = {
        "clerk": set(story.region.bodies),
        "division": {"division", "regiment", "battalion", "cell"},
        "brigade": {"brigade"},
        "member": {"cell"},
    }[by]
    seen_bodies = {story.region.bodies[key].pk for key in below}
    due_posts = actor.post_ids

    def seen(finding: Finding) -> bool:
        return any(body.organization_id in seen_bodies for body in finding.bodies.all()) or any(
            remedy.accountable_post_id in due_posts for remedy in finding.remedies.all()
        )

    mine = [finding for finding in with_parts(Finding.objects.all()) if seen(finding)]
    division = {story.region.bodies[key].pk for key in ("division", "regiment", "battalion", "cell")}

    def passes(asked: RegisterFilter, finding: Finding) -> bool:
        overdue = any(r.state == "active" and r.due_on < TODAY for r in finding.remedies.all())
        return all(
            [
                not asked.kinds or finding.kind in asked.kinds,
                not asked.area or finding.area == asked.area,
                asked.state in ("", finding.state)
                or (asked.state == NOT_MENDED and finding.kind in WANTING and finding.state != "mended"),
                not asked.overdue or overdue,
                asked.organization_id is None
                or any(body.organization_id in division for body in finding.bodies.all()),
                not asked.period or finding.quarter == asked.period or finding.quarter[:4] == asked.period,
                all(word in finding.statement.lower() for word in asked.text.split()),
                not asked.recurrent or finding.recurrent,
            ]
        )

    some = 0
    for _ in range(60):
        asked = RegisterFilter(
            kinds=dice.choice([(), (), WANTING, ("strength",)]),
            area=dice.choice(["", "", "", *WorkArea.values[:2]]),
            state=dice.choice(["", "", NOT_MENDED, "mended", "open", "in_remedy"]),
            overdue=dice.random() < 0.2,
            organization_id=dice.choice([None, story.region.bodies["division"].pk]),
            period=dice.choice(["", "", "2021", "2020", "2021-Q2"]),
            text=dice.choice(["", "", "kỷ luật", "chậm", "đất phòng"]),
            recurrent=dice.random() < 0.1,
            order=dice.choice(list(ORDERS)),
        )
        expected = {finding.pk for finding in mine if passes(asked, finding)}
        found = list(register(actor, asked).values_list("pk", flat=True))
        assert set(found) == expected, (seed, asked)
        assert len(found) == len(expected), "nothing stands twice"
        some += bool(expected)
    assert some > 10, "too many empty answers prove nothing"


def test_search_with_and_without_marks(story: Story) -> None:
    texts = [
        "Chấp hành kỷ luật chưa nghiêm",
        "Kỳ họp luật hóa chậm",
        "Đạt 100% kế hoạch_năm",
        "Uỷ ban họp ít",
    ]
    for text in texts:
        story.record(text)
    for query, expected in {
        "ky luat": texts[:2],
        "luat KY": texts[:2],
        "kỷ luật": texts[:1],
        "luật kỷ": texts[:1],
        "kỳ luật": texts[1:2],
        "ủy ban": texts[3:],
        "uy ban": texts[3:],
        "100%": texts[2:3],
        "%": [],
        "1_0": [],
        "chưa có chữ này": [],
        "'; DROP TABLE findings_finding; --": [],
    }.items():
        assert sorted(statements(story, RegisterFilter(text=query))) == sorted(expected), query


def test_a_merged_body_is_listed_under_its_successor(story: Story) -> None:
    bodies = story.region.bodies
    finding = story.record(body="brigade")
    asked = RegisterFilter(organization_id=bodies["division"].pk)
    assert finding not in register(story.actor("clerk"), asked)
    org.merge_organizations(
        actor=story.region.system,
        sources=[bodies["brigade"]],
        into=bodies["division"],
        on=dt.date(2021, 11, 1),
        now=story.now,
    )
    assert finding in register(story.actor("clerk"), asked)


def test_filtering_by_a_body_out_of_sight_shows_nothing(story: Story, finding: Finding) -> None:
    asked = RegisterFilter(organization_id=finding.organization_id)
    assert statements(story, asked, by="clerk")
    assert statements(story, asked, by="brigade") == []


def test_orders(story: Story) -> None:
    old = story.record("Cũ", found_on=dt.date(2020, 1, 1), area=WorkArea.SOCIETY)
    new = story.record("Mới", area=WorkArea.DEFENCE)
    story.give(old, due_on=dt.date(2021, 12, 31))
    story.give(new, due_on=dt.date(2021, 12, 30))
    shown = {order: statements(story, RegisterFilter(order=order)) for order in [*ORDERS, "statement; --"]}
    assert shown["newest"] == shown["due"] == shown["area"] == shown["statement; --"] == ["Mới", "Cũ"]
    assert shown["oldest"] == ["Cũ", "Mới"]


# --- the address of the page ---------------------------------------------------------------------------------

FILTERS = st.builds(
    RegisterFilter,
    kinds=st.lists(st.sampled_from(FindingKind.values), unique=True).map(tuple),
    area=st.sampled_from(["", *WorkArea.values]),
    state=st.sampled_from(["", NOT_MENDED, *FindingState.values]),
    overdue=st.booleans(),
    organization_id=st.none() | st.integers(1, 10**9),
    period=st.sampled_from(["", "2021", "2021-Q4"]),
    text=st.sampled_from(["", "kỷ luật", "a&b=c %"]),
    person_id=st.none() | st.integers(1, 10**9),
    recurrent=st.booleans(),
    order=st.sampled_from(list(ORDERS)),
)


@given(FILTERS)
def test_a_filter_comes_back_from_its_address(asked: RegisterFilter) -> None:
    assert RegisterFilter.read(asked.as_query()) == asked
    address = QueryDict(mutable=True)
    for name, value in asked.as_query().items():
        address.setlist(name, value if isinstance(value, list) else [value])
    assert RegisterFilter.read(QueryDict(address.urlencode())) == asked


@given(
    st.dictionaries(
        st.sampled_from(["kind", "area", "state", "overdue", "org", "period", "q", "person", "order", "x"]),
        st.text(max_size=30),
    )
)
def test_nonsense_in_the_address_is_left_out(asked: dict[str, str]) -> None:
    filtered = RegisterFilter.read(asked)
    assert filtered.area in ("", *WorkArea.values)
    assert filtered.order in ORDERS


# --- rows ------------------------------------------------------------------------------------------------------


def test_a_row_shows_the_remedy_the_post_and_who_holds_it_today(story: Story, finding: Finding) -> None:
    story.give(finding, to="regiment", due_on=dt.date(2022, 2, 1))
    story.give(finding)
    region = story.region
    staffing.appoint(
        actor=region.system,
        person=region.people["press"],
        post=region.posts["division"],
        start=TODAY,
        replace=True,
        now=story.now,
    )
    (row,) = rows_between(story.actor("clerk"), EVERYTHING, 0, 25)
    assert row.remedy is not None
    assert (row.post, row.holder) == ("Bí thư Đảng ủy Sư đoàn", "Vũ Thị Báo")
    assert (row.due, row.overdue, row.age_days, row.remedies) == (DUE_ON, False, 42, 2)
    (late,) = rows_between(story.actor("clerk", today=dt.date(2022, 1, 1)), EVERYTHING, 0, 25)
    assert late.overdue


def test_reported_is_not_overdue_and_age_stops_when_mended(story: Story, reported: Finding) -> None:
    later = dt.date(2022, 3, 1)
    (row,) = rows_between(story.actor("clerk", today=later), EVERYTHING, 0, 25)
    assert not row.overdue
    assert not register(story.actor("clerk", today=later), RegisterFilter(overdue=True)).exists()
    story.verify(reported)
    (row,) = rows_between(story.actor("clerk", today=later), EVERYTHING, 0, 25)
    assert row.age_days == 42


def test_a_finding_without_remedy_has_an_empty_row(story: Story, finding: Finding) -> None:
    (row,) = rows_between(story.actor("clerk"), EVERYTHING, 0, 25)
    assert (row.remedy, row.post, row.holder, row.due, row.remedies) == (None, "", "", None, 0)


def test_pages_do_not_overlap(story: Story) -> None:
    fill(story, 55)
    actor = story.actor("clerk")
    pages = [rows_between(actor, EVERYTHING, first, first + 20) for first in (0, 20, 40, 60)]
    assert [len(page) for page in pages] == [20, 20, 15, 0]
    assert len({row.finding.pk for page in pages for row in page}) == 55


@pytest.mark.parametrize("number", [1, 3, 10, 200])
def test_a_page_costs_three_queries_whatever_its_size(
    story: Story, django_assert_num_queries: Any, number: int
) -> None:
    findings = fill(story, number)
    story.give(story.record())
    actor = story.actor("clerk")
    with django_assert_num_queries(3):
        rows = rows_between(actor, EVERYTHING, 0, 500)
        for row in rows:
            assert row.finding.organization.name
            assert row.post is not None
    assert len(rows) == len(findings) + 1


# --- the picture -----------------------------------------------------------------------------------------------


def heat_map(actor: Actor, asked: RegisterFilter, by: heat.By = "year") -> heat.HeatMap:
    """The picture of exactly what the filter asks for."""
    return picture_of([group for group in grouped(actor, asked) if group.is_behind(asked)], by)


@pytest.mark.parametrize("by", ["year", "quarter"])
@pytest.mark.parametrize("who", ["clerk", "division"])
def test_the_picture_equals_a_slow_count(
    story: Story, django_assert_num_queries: Any, by: Any, who: str
) -> None:
    seed = 424242
    fill(story, 200, seed)
    actor = story.actor(who)
    with django_assert_num_queries(1):
        picture = heat_map(actor, EVERYTHING, by=by)
    slow: Counter[tuple[str, str]] = Counter()
    slow_open: Counter[tuple[str, str]] = Counter()
    for finding in register(actor, EVERYTHING):
        period = str(finding.found_on.year)
        if by == "quarter":
            period += f"-Q{(finding.found_on.month - 1) // 3 + 1}"
        if finding.kind != "strength" and period in picture.periods:
            slow[finding.area, period] += 1
            slow_open[finding.area, period] += finding.state != "mended"
    cells = [cell for row in picture.rows for cell in row.cells]
    assert {(c.area, c.period): c.total for c in cells if c.total} == dict(slow), seed
    assert {(c.area, c.period): c.still_open for c in cells if c.still_open} == dict(+slow_open), seed
    assert picture.total.total == sum(slow.values())
    wanting = Finding.objects.filter(pk__in=register(actor, RegisterFilter(kinds=WANTING)).values("pk"))
    assert picture.left_out == wanting.count() - picture.total.total


def test_every_figure_of_the_picture_opens_the_findings_it_counted(story: Story) -> None:
    fill(story, 120)
    actor = story.actor("clerk")
    for asked in [
        EVERYTHING,
        RegisterFilter(text="kỷ luật"),
        RegisterFilter(kinds=("limitation",), state=NOT_MENDED),
        RegisterFilter(kinds=("strength", "shortcoming"), area="defence"),
    ]:
        picture = heat_map(actor, asked, by="year")
        assert picture.total.total == register(actor, cell_filter(asked)).count() > 0
        for row in picture.rows:
            assert row.total.total == register(actor, cell_filter(asked, area=row.area)).count()
            for cell in row.cells:
                behind = register(actor, cell_filter(asked, area=cell.area, period=cell.period))
                assert behind.count() == cell.total
                assert behind.exclude(state="mended").count() == cell.still_open
        for period, tally in zip(picture.periods, picture.totals, strict=True):
            assert register(actor, cell_filter(asked, period=period)).count() == tally.total


def test_what_comes_back_year_after_year_is_marked(story: Story) -> None:
    for year in (2019, 2020, 2021):
        story.record("Sinh hoạt chi bộ chưa đều", found_on=dt.date(year, 6, 1), area=WorkArea.PARTY_BUILDING)
    story.record("Đất bị lấn", found_on=dt.date(2019, 6, 1), area=WorkArea.LAND_ENV)
    rows = {row.area: row for row in heat_map(story.actor("clerk"), EVERYTHING).rows}
    assert (rows["party_building"].returns, rows["party_building"].comes_back) == (3, True)
    assert not rows["land_env"].comes_back


def test_the_picture_keeps_to_what_the_actor_sees(story: Story, finding: Finding) -> None:
    assert heat_map(story.actor("brigade"), EVERYTHING).total.total == 0
    assert heat_map(story.actor("division"), replace(EVERYTHING, period="2021")).total.total == 1


def test_bodies_concerned_do_not_count_twice(story: Story, finding: Finding) -> None:
    FindingBody.objects.create(
        finding=finding, organization=story.region.bodies["regiment"], role="concerned"
    )
    remedies_given = [story.give(finding), story.give(finding, to="regiment")]
    assert len(remedies_given) == 2
    actor = story.actor("division")
    assert register(actor, EVERYTHING).count() == 1
    assert heat_map(actor, EVERYTHING).total.total == 1
    assert remedies.report_done(actor=actor, remedy=remedies_given[0], note="x", now=story.now)
    assert register(actor, RegisterFilter(organization_id=finding.organization_id)).count() == 1
