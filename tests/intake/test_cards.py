"""Cards: what a form sends is read or refused by field; what is kept comes back the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Invalid
from soi.intake.cards import (
    CARDS,
    Candidate,
    ConferenceCard,
    DocumentCard,
    FindingCard,
    PersonCard,
    PostLine,
    card_of,
    problems,
    references,
)
from soi.intake.enums import PersonChoice, PostAction, ProposalKind
from soi.intake.fields import changed, to_json

PERSON = PersonCard(
    name="Lý Quang Thử",
    choice=PersonChoice.EXISTING,
    person=3,
    posts=(PostLine("Chính ủy", "Quân khu", 1, 2, PostAction.AS_HELD),),
    candidates=(Candidate(3, "Lý Quang Thử", "Chính ủy"),),
)


@pytest.mark.parametrize("kind", ProposalKind)
def test_every_kind_keeps_its_card(kind: ProposalKind) -> None:
    card = CARDS[kind]()
    assert card_of(kind, to_json(card)) == card


def test_a_full_card_comes_back_the_same() -> None:
    assert card_of("person", to_json(PERSON)) == PERSON


def test_a_form_sends_text() -> None:
    card = changed(
        ConferenceCard(), {"date_start": "22/11/2021", "organization": "5", "title": "  Kiểm  điểm "}
    )
    assert (card.date_start, card.organization, card.title) == (dt.date(2021, 11, 22), 5, "Kiểm điểm")
    assert changed(card, {"date_start": "", "organization": ""}).date_start is None


@pytest.mark.parametrize(
    ("card", "sent", "field"),
    [
        (ConferenceCard(), {"date_start": "31/02/2021"}, "date_start"),
        (ConferenceCard(), {"kind": "party"}, "kind"),
        (ConferenceCard(), {"title": "a" * 501}, "title"),
        (PERSON, {"person": "abc"}, "person"),
        (PERSON, {"roles": ["king"]}, "roles"),
        (PERSON, {"posts": "none"}, "posts"),
        (PERSON, {"posts": [{"action": "crown"}]}, "posts.action"),
        (PERSON, {"posts": ["x"]}, "posts"),
        (FindingCard(), {"statement": "a" * 20_001}, "statement"),
    ],
)
def test_what_cannot_be_read_is_named(card: Any, sent: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changed(card, sent)
    assert list(refusal.value.fields) == [field]
    assert refusal.value.fields[field].endswith(".")


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        changed(ConferenceCard(), {"kind": "x", "date_end": "hôm qua"})
    assert set(refusal.value.fields) == {"kind", "date_end"}


def test_the_candidates_are_not_the_editors_to_choose() -> None:
    assert changed(PERSON, {"candidates": [{"id": 9, "name": "Người Khác"}]}) == PERSON


@pytest.mark.parametrize(
    ("card", "fields"),
    [
        (ConferenceCard(), ["title", "date_start", "organization"]),
        (ConferenceCard(title="a", organization=1, date_start=dt.date(2021, 1, 2), date_end=dt.date(2021, 1, 1)),
         ["date_end"]),
        (PersonCard(name="Lý Thử"), ["choice"]),
        (PersonCard(name="Lý Thử", choice=PersonChoice.EXISTING), ["person"]),
        (PersonCard(name="Thử", choice=PersonChoice.NEW), ["name"]),
        (PersonCard(choice=PersonChoice.SKIP), []),
        (PersonCard(name="Lý Thử", choice=PersonChoice.NEW, posts=(
            PostLine("Bí thư", action=PostAction.HANDOVER), PostLine("Tư lệnh", action=PostAction.RECORD_NEW),
            PostLine("Ủy viên", action=PostAction.TEXT_ONLY))), ["posts", "posts"]),
        (FindingCard(statement=" "), ["statement"]),
        (DocumentCard(type="chỉ thị"), ["number"]),
        (DocumentCard(name="Nghị quyết đại hội"), []),
        (PERSON, []),
    ],
)  # fmt: skip
def test_what_is_missing(card: Any, fields: list[str]) -> None:
    assert [problem.field for problem in problems(card)] == fields


def test_a_date_without_year_is_said_in_words() -> None:
    (problem,) = problems(ConferenceCard(title="a", organization=1, date_as_written="--04-07"))
    assert "ngày 7/4, không có năm" in problem.sentence


def test_what_a_card_points_to() -> None:
    found = references(PERSON) | references(ConferenceCard(organization=8))
    assert (found.people, found.bodies, found.posts) == ({3}, {1, 8}, {2})
