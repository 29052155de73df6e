"""Questions about a tree: constant numbers of statements, the index used, bounds that hold."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from soi.base.actor import Actor, Capability, Grant
from soi.org import closure, directory, queries
from soi.org.enums import Classification
from soi.org.models import Organization, OrganizationEdge, Person, Post
from soi.org.queries import in_scope, scope, visible_to
from tests.factories import Region

TODAY = dt.date(2021, 12, 1)


def actor_over(organization_id: int, *, whole_tree: bool = True, posts: tuple[int, ...] = ()) -> Actor:
    grant = Grant(Capability.READ, organization_id, whole_tree=whole_tree, post_id=1)
    return Actor(1, 1, "Người đọc", TODAY, grants=(grant,), post_ids=frozenset(posts))


def keys(region: Region, bodies: object) -> set[str]:
    return {key for key, body in region.bodies.items() if body in list(bodies)}  # type: ignore[call-overload]


def test_a_right_over_one_body_or_over_all_below(region: Region) -> None:
    division = region.bodies["division"].pk
    below = {"division", "regiment", "battalion", "cell"}
    for whole_tree, expected in [(True, below), (False, {"division"})]:
        actor = actor_over(division, whole_tree=whole_tree)
        reach = scope(actor, Capability.READ, path="pk")
        assert keys(region, Organization.objects.filter(reach)) == expected
        for key, body in region.bodies.items():
            assert in_scope(actor, Capability.READ, body.pk) is (key in expected)
        assert not Organization.objects.filter(scope(actor, Capability.RECORD, path="pk")).exists()


def test_one_sees_ones_part_and_the_chain_above_ones_own_posts(region: Region) -> None:
    member = region.actor("member")
    assert keys(region, visible_to(member)) == {"cell", "battalion", "regiment", "division", "region"}
    assert keys(region, visible_to(region.actor("brigade"))) == {"brigade", "region"}
    assert keys(region, visible_to(region.actor("admin"))) == {"region"}
    assert keys(region, visible_to(region.system)) == set(region.bodies)


def test_people_are_seen_in_ones_part_and_above_it_and_always_oneself(region: Region) -> None:
    def seen(username: str) -> set[str]:
        people = set(queries.people_visible_to(region.actor(username)))
        return {key for key, person in region.people.items() if person in people}

    top = {"secretary", "clerk", "inspector", "press", "admin"}
    assert seen("member") == {"member", "regiment", "division", "divisionclerk", *top}
    assert seen("brigade") == {"brigade", "brigadeclerk", *top}
    assert seen("division") == {"division", "divisionclerk", "regiment", "member", *top}
    assert seen("admin") == top
    assert seen("secretary") == set(region.people)


@pytest.mark.parametrize("number", [1, 3])
def test_a_body_on_a_day_takes_one_statement(
    region: Region, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body = region.bodies["brigade"]
    for index in range(number):
        Post.objects.create(organization=body, label=f"Trợ lý {index}", start=TODAY, search_key="")
    with django_assert_num_queries(1):
        directory.load_day(body, on=TODAY)
        posts = body.posts_then  # type: ignore[attr-defined]
        assert [row.name for row in body.names.all()] == [body.name]
        names = [holding.person.name for post in posts for holding in post.holding]
    assert len(posts) == number + 2
    assert sorted(names) == ["Cao Văn Lữ", "Lý Thị Đoàn"]


def test_questions_about_a_day_take_one_statement_each(
    region: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cell, person = region.bodies["cell"], region.people["regiment"]
    with django_assert_num_queries(5):
        assert len(queries.ancestors(cell, on=TODAY)) == 4
        assert queries.superior(cell, on=TODAY) == region.bodies["battalion"]
        assert len(queries.subtree(region.bodies["region"], on=TODAY)) == 7
        assert [held.post.organization.name for held in queries.posts_of(person, on=TODAY)]
        assert queries.rank_of(person, on=TODAY) == ""


def test_the_scope_is_one_statement_whatever_the_number_of_bodies(
    region: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = region.actor("secretary")
    with django_assert_num_queries(1):
        assert len(
            Person.objects.filter(scope(actor, Capability.READ, path="memberships__post__organization"))
        )


@pytest.mark.django_db
def test_in_a_tree_of_three_thousand_bodies_the_scope_uses_the_index() -> None:
    """Ten branches of ten branches of thirty: the planner must go through the closure's index."""
    bodies = Organization.objects.bulk_create(
        Organization(
            name=f"Đơn vị {number}",
            classification=Classification.UNIT,
            start=dt.date(2015, 1, 1),
            sort_key=f"{number:05}",
            search_key="",
        )
        for number in range(3111)
    )
    parents = [
        (child, (child - 1) // 10 if child <= 110 else (child - 111) // 30 + 11) for child in range(1, 3111)
    ]
    OrganizationEdge.objects.bulk_create(
        OrganizationEdge(child=bodies[child], parent=bodies[parent], start=bodies[0].start)
        for child, parent in parents
    )
    closure.rebuild_below(body.pk for body in bodies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reach = Organization.objects.filter(scope(actor_over(bodies[1].pk), Capability.READ, path="pk"))
    assert reach.count() == 1 + 10 + 300
    plan = reach.order_by("sort_key")[:50].explain()
    print(plan)  # noqa: T201 (shown when the test fails)
    assert "closure_down" in plan
    moved = OrganizationEdge.objects.filter(child=bodies[1])
    moved.update(parent=bodies[2])
    closure.rebuild_below([bodies[1].pk])
    assert closure.differences() == []
