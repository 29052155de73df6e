"""The confirm page: every word of the text once, evidence marked, one price whatever the number of cards."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from soi.base.errors import NotFound
from soi.intake import actions, queries
from soi.intake.confirm_page import confirm_page
from soi.intake.enums import DraftState, ProposalKind, ProposalState
from soi.intake.models import Draft
from tests.factories import Region
from tests.intake.conftest import card, propose, receive
from tests.intake.texts import APRIL, NOVEMBER


@pytest.fixture
def draft(army: Region) -> Draft:
    return propose(army)


def test_the_text_is_whole_and_the_evidence_marked(army: Region, draft: Draft) -> None:
    page = confirm_page(army.actor("clerk"), draft)
    assert "".join(piece.text for piece in page.segments) == draft.source.text
    finding = card(draft, "finding", "Sư đoàn 901")
    marked = "".join(piece.text for piece in page.segments if finding.pk in piece.proposals)
    assert marked == draft.source.text[finding.start : finding.end]
    assert {piece for view in page.cards for piece in [view.id]} >= {
        pk for piece in page.segments for pk in piece.proposals
    }


def test_what_is_dropped_is_no_longer_marked_nor_warned_about(army: Region, draft: Draft) -> None:
    clerk = army.actor("clerk")
    row = card(draft, "person", "Lý Quang Thử")
    before = confirm_page(clerk, draft)
    assert [one.code for one in before.cautions if one.proposal == row.pk][:1] == ["person_unknown"]
    actions.drop_card(actor=clerk, proposal=row, now=army.now)
    after = confirm_page(clerk, draft)
    assert not [one for one in after.cautions if one.proposal == row.pk]
    assert all(row.pk not in piece.proposals for piece in after.segments)
    assert (after.counts.dropped, after.counts.pending) == (1, before.counts.pending - 1)


def test_the_next_card_to_look_at(army: Region, draft: Draft) -> None:
    clerk = army.actor("clerk")
    page = confirm_page(clerk, draft)
    assert page.next_pending is not None
    assert page.next_pending.kind == ProposalKind.CONFERENCE
    actions.accept_all_pending(actor=clerk, draft=draft, now=army.now)
    page = confirm_page(clerk, draft)
    assert page.next_pending is not None
    assert page.next_pending.card.name == "Lý Quang Thử"  # type: ignore[union-attr]
    assert page.next_pending.problems[0].field == "choice"
    assert {view.state for view in page.cards_of(ProposalKind.FINDING)} == {ProposalState.ACCEPTED}


def test_two_holders_of_one_post_are_pointed_out(army: Region, draft: Draft) -> None:
    page = confirm_page(army.actor("clerk"), draft)
    (caution,) = [one for one in page.cautions if one.code == "two_holders"]
    assert "sổ ghi Lê Văn Thử giữ chức Bí thư Đảng ủy Quân khu" in caution.sentence
    assert "văn bản ghi Lý Quang Thử" in caution.sentence


def test_the_same_file_in_another_body_is_pointed_out(army: Region) -> None:
    other = receive(army, APRIL, actor=army.actor("divisionclerk"), body="division")
    clerk = confirm_page(army.actor("clerk"), propose(army))
    assert [one.source for one in clerk.cautions if one.code == "same_text"] == [other.pk]
    page = confirm_page(army.actor("brigadeclerk"), propose(army, username="brigadeclerk", body="brigade"))
    assert not [one for one in page.cautions if one.code == "same_text"]


@pytest.mark.parametrize("text", [APRIL, NOVEMBER, "Một câu không nói về hội nghị nào."])
def test_the_page_costs_the_same_whatever_the_text(
    army: Region, text: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pk, actor = propose(army, text).pk, army.actor("clerk")
    with django_assert_max_num_queries(11):
        page = confirm_page(actor, queries.get(actor, pk))
        str([(view.card, view.problems, view.words) for view in page.cards])
        str((page.people, page.bodies, page.posts, page.source.original_name, page.draft.organization.name))


def test_the_list_of_drafts(
    army: Region, draft: Draft, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = army.actor("clerk")
    propose(army, NOVEMBER)
    actions.drop_card(actor=clerk, proposal=card(draft, "finding"), now=army.now)
    with django_assert_num_queries(1):
        rows = {row.pk: (row.total - row.pending, row.source.original_name) for row in queries.waiting(clerk)}
    assert rows[draft.pk] == (1, "Bài báo.txt")
    assert len(rows) == 2
    actions.discard_draft(actor=clerk, draft=draft, reason="Nhập nhầm", now=army.now)
    assert [row.state for row in queries.listing(clerk)].count(DraftState.DISCARDED) == 1
    assert len(queries.waiting(clerk)) == 1
    assert not queries.listing(army.actor("inspector"))
    with pytest.raises(NotFound):
        queries.get_card(army.actor("divisionclerk"), card(draft, "finding").pk)


def test_choices_are_searched_without_marks(army: Region) -> None:
    clerk = army.actor("clerk")
    assert [person.name for person in queries.people_to_choose(clerk, "ngo kiem")] == ["Ngô Văn Kiểm"]
    assert [body.name for body in queries.bodies_to_choose(clerk, "lu doan")] == ["Đảng ủy Lữ đoàn 902"]
    assert queries.people_to_choose(army.actor("divisionclerk"), "cao van lu") == []
