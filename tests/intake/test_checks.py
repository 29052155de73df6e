"""Cautions: each fault of a text is said in a sentence that names what to look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from soi.conferences.enums import ConferenceKind
from soi.findings.enums import FindingKind
from soi.intake.cards import (
    ArticleCard,
    Candidate,
    ConferenceCard,
    FindingCard,
    PersonCard,
    PostLine,
    UnitLine,
)
from soi.intake.checks import Caution, Facts, Item, Similar, cautions
from soi.intake.enums import PersonChoice, PostAction
from soi.intake.logic.bodies import KnownBody
from soi.intake.logic.people import Held
from soi.intake.logic.posts import KnownPost
from soi.org.enums import Classification

DAY = dt.date(2021, 4, 7)
BODY = KnownBody(1, ("Đảng ủy Quân khu",), Classification.PARTY_COMMITTEE, 0)
CONFERENCE = ConferenceCard(
    kind=ConferenceKind.BRIEFING_QUARTER, title="Giao ban", date_start=DAY, date_end=DAY, organization=1
)
LIMITATION = FindingCard(kind=FindingKind.LIMITATION, statement="Giao việc chưa rõ")
SECRETARY = PostLine("Bí thư Đảng ủy", organization=1, post=5)
PERSON = PersonCard(
    name="Lý Thử", rank="Trung tướng", choice=PersonChoice.EXISTING, person=3, posts=(SECRETARY,)
)
MINE = KnownPost(5, "Bí thư, Đảng ủy Quân khu", BODY, 1, ((3, "Lý Thử"),))
FACTS = Facts(today=dt.date(2021, 12, 1), day=DAY, posts={5: MINE}, held={3: [Held(5, "Bí thư")]})


def said(*cards: Any, facts: Facts = FACTS) -> list[Caution]:
    items = [Item(at, card) for at, card in enumerate(cards, start=1)]
    return list(cautions(items, facts))


def codes(*cards: Any, facts: Facts = FACTS) -> list[str]:
    return [caution.code for caution in said(*cards, facts=facts)]


def test_a_text_that_agrees_with_the_register_raises_nothing() -> None:
    assert codes(CONFERENCE, PERSON, LIMITATION) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"date_start": None, "date_as_written": "--04-07"}, "date_no_year"),
        ({"date_inferred": True}, "date_inferred"),
        ({"date_start": dt.date(2021, 12, 2)}, "date_future"),
        ({"organization_guessed": True, "organization_as_written": "Đảng ủy Khối"}, "body_unknown"),
    ],
)
def test_doubts_about_the_conference(change: dict[str, Any], code: str) -> None:
    assert codes(replace(CONFERENCE, **change), LIMITATION) == [code]


def test_a_meeting_after_its_own_report_is_a_misprint() -> None:
    (caution,) = said(CONFERENCE, LIMITATION, ArticleCard(published=dt.date(2021, 4, 6)))
    assert "07/04/2021 sau ngày đăng 06/04/2021" in caution.sentence
    assert codes(CONFERENCE, LIMITATION, ArticleCard(published=DAY)) == []


def test_a_review_that_found_nothing_wanting_is_worth_a_second_look() -> None:
    assert codes(CONFERENCE, replace(LIMITATION, kind=FindingKind.STRENGTH)) == ["no_limitation"]
    assert codes(replace(CONFERENCE, kind=ConferenceKind.THEMATIC)) == []


def test_unknown_and_doubtful_people() -> None:
    undecided = PersonCard(name="Lý Thử")
    near, same = Candidate(3, "Lý Thư", ""), Candidate(4, "Lý Thử", "Tư lệnh")
    assert codes(undecided) == ["person_unknown"]
    assert codes(replace(undecided, candidates=(near,))) == ["person_doubtful"]
    twins = replace(PERSON, candidates=(same, replace(same, id=9)))
    assert codes(twins) == ["namesakes"]
    assert codes(PersonCard(name="Lý Thử", choice=PersonChoice.SKIP)) == []


def test_two_holders_are_named_both() -> None:
    other = replace(MINE, holders=((8, "Trần Mẫu"),))
    facts = replace(FACTS, posts={5: other}, held={})
    (caution,) = said(PERSON, facts=facts)
    assert caution.code == "two_holders"
    assert (
        "07/04/2021 sổ ghi Trần Mẫu giữ chức Bí thư, Đảng ủy Quân khu, văn bản ghi Lý Thử" in caution.sentence
    )
    handed_over = replace(PERSON, posts=(replace(SECRETARY, action=PostAction.HANDOVER),))
    assert codes(handed_over, facts=facts) == []
    assert codes(PERSON, facts=replace(facts, posts={5: replace(other, seats=None)})) == []


def test_another_post_on_that_day() -> None:
    facts = replace(FACTS, posts={5: replace(MINE, holders=())}, held={3: [Held(6, "Tư lệnh, Bộ Tư lệnh")]})
    (caution,) = said(PERSON, facts=facts)
    assert caution.code == "other_post"
    assert "giữ chức Tư lệnh, Bộ Tư lệnh; văn bản ghi «Bí thư Đảng ủy»" in caution.sentence


def test_two_people_of_the_text_in_one_post() -> None:
    other = replace(PERSON, name="Trần Mẫu", person=8)
    found = said(PERSON, other)
    assert [caution.code for caution in found] == ["two_holders", "two_in_text"]
    assert "Lý Thử và Trần Mẫu cùng giữ chức" in found[-1].sentence


def test_an_unknown_post_and_a_lower_rank() -> None:
    unknown = replace(PERSON, posts=(PostLine("Ủy viên Ban Chỉ đạo"),))
    assert codes(unknown) == ["post_unknown"]
    assert codes(PERSON, facts=replace(FACTS, ranks={3: "Thượng tướng"})) == ["rank_lower"]
    assert codes(PERSON, facts=replace(FACTS, ranks={3: "Thiếu tướng"})) == []


def test_what_was_imported_before_can_be_opened() -> None:
    facts = replace(
        FACTS, conferences=[Similar(7, "Giao ban", DAY)], sources=[Similar(9, "Sư đoàn 901", DAY)]
    )
    same_text, same_conference = said(facts=facts)
    assert (same_text.source, same_conference.conference) == (9, 7)
    assert "Sư đoàn 901 nhập ngày 07/04/2021" in same_text.sentence


def test_a_named_unit_that_is_no_known_body() -> None:
    units = (UnitLine("Hải đội 501"), UnitLine("một số đơn vị"), UnitLine("Sư đoàn 901", 4))
    (caution,) = said(replace(LIMITATION, units=units))
    assert (caution.code, caution.proposal) == ("unit_unknown", 1)
    assert "«Hải đội 501»" in caution.sentence
