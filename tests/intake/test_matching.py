"""Looking up: as of the day of the text, only what the actor may see, at one price."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from soi.intake.matching import Register, register_on
from soi.org import actions as org
from soi.org import staffing
from tests.factories import Region

APRIL = dt.date(2021, 4, 7)


def look(
    region: Region, username: str = "clerk", home: str = "region", day: dt.date = APRIL, **words: list[str]
) -> Register:
    return register_on(
        region.actor(username),
        region.bodies[home],
        day,
        names=words.get("names", []),
        post_texts=words.get("posts", []),
    )


def test_generic_names_are_seen_from_the_importing_body(army: Region) -> None:
    bodies = army.bodies
    region, division = look(army), look(army, "divisionclerk", "division")
    assert region.body("Đảng ủy") == bodies["region"].pk
    assert region.body("Bộ Tư lệnh Quân khu") == bodies["command"].pk
    assert region.body("Sư đoàn 901") == bodies["division"].pk
    assert division.body("Đảng ủy") == bodies["division"].pk
    assert division.body("Đảng ủy Quân khu") == bodies["region"].pk
    assert region.body("Tổng cục Thử Nghiệm") == bodies["centre"].pk


def test_bodies_out_of_sight_are_never_matched(army: Region) -> None:
    division = look(army, "divisionclerk", "division")
    assert division.body("Lữ đoàn 902") is None
    assert division.body("Bộ Tư lệnh Quân khu") is None
    assert look(army, "centreclerk", "division").body("Lữ đoàn 902") == army.bodies["brigade"].pk


def test_a_former_name_is_known(army: Region) -> None:
    org.rename_organization(
        actor=army.system, organization=army.bodies["brigade"], name="Đảng ủy Lữ đoàn Hỗn hợp",
        on=dt.date(2020, 1, 1), now=army.now,
    )  # fmt: skip
    assert look(army).body("Lữ đoàn 902") == army.bodies["brigade"].pk
    assert look(army).body("Lữ đoàn Hỗn hợp") == army.bodies["brigade"].pk


def test_posts_and_holders_are_those_of_the_day(army: Region) -> None:
    post, secretary = army.posts["secretary"], army.people["secretary"]
    staffing.end_membership(
        actor=army.system, membership=post.memberships.get(), on=dt.date(2021, 7, 1), now=army.now
    )
    before, after = (
        look(army, posts=["Bí thư Đảng ủy"]),
        look(army, day=dt.date(2021, 7, 1), posts=["Bí thư Đảng ủy"]),
    )
    home = army.bodies["region"].pk
    assert before.post("Bí thư Đảng ủy", home).holders == ((secretary.pk, secretary.name),)  # type: ignore[union-attr]
    assert after.post("Bí thư Đảng ủy", home).holders == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("written", ["Lê Văn Thử", "LÊ VĂN THỬ", "Le Van Thu", "Lê Vân Thử", "Lê Văng Thử"])
def test_people_are_found_whatever_the_spelling(army: Region, written: str) -> None:
    found = look(army, names=[written]).named(written, [])
    assert [match.person.id for match in found] == [army.people["secretary"].pk]


def test_people_out_of_sight_are_not_found(army: Region) -> None:
    assert look(army, "divisionclerk", "division", names=["Cao Văn Lữ"]).named("Cao Văn Lữ", []) == []
    assert look(army, names=["Cao Văn Lữ"]).named("Cao Văn Lữ", [])


@pytest.mark.parametrize("number", [1, 3])
def test_looking_up_costs_the_same_for_one_and_for_three(
    army: Region, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = army.actor("clerk")
    names = ["Lê Văn Thử", "Bùi Văn Lệnh", "Phan Văn Sư"][:number]
    posts = ["Bí thư Đảng ủy", "Tư lệnh Quân khu", "Chính ủy"][:number]
    with django_assert_num_queries(9):
        register = register_on(actor, army.bodies["region"], APRIL, names=names, post_texts=posts)
    assert len(register.people) == number


def test_in_a_text_about_others_short_names_mean_nobody_of_ours(army: Region) -> None:
    register = look(army, posts=["Bí thư Đảng ủy", "Tư lệnh"]).elsewhere()
    assert register.body("Đảng ủy") is None
    assert register.body("Đảng ủy Lữ đoàn 902") == army.bodies["brigade"].pk
    assert register.post("Bí thư Đảng ủy", None) is None
    secretary = army.people["secretary"].pk
    found = register.post("Bí thư Đảng ủy", None, holder=secretary)
    assert found is not None
    assert found.id == army.posts["secretary"].pk
