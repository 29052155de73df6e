"""Tài liệu: who may read which paper, and that nothing of it, not even its name, reaches anybody else."""

from __future__ import annotations

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import inviting, papers
from soi.conferences.enums import AttendanceRole, Presence, Secrecy
from soi.conferences.models import AgendaItem, Conference, Paper, PriorOpinion
from soi.conferences.papers import PaperFacts
from soi.documents import actions as documents
from soi.documents import queries as sources
from soi.documents.enums import Origin
from soi.documents.models import Source
from soi.history.models import Payload
from tests.conferences.test_preparing import prepare
from tests.factories import Region

WORDS = "Báo cáo mật CANARY"


@pytest.fixture
def ahead(region: Region) -> Conference:
    """The regiment's conference: the regiment's head chairs, a member votes, the commander is a guest."""
    conference = prepare(region)
    clerk, now = region.actor("divisionclerk"), region.now
    for name, role, entitled in (
        ("regiment", AttendanceRole.CHAIR, True),
        ("member", AttendanceRole.ATTEND, True),
        ("press", AttendanceRole.SECRETARY, False),
    ):
        inviting.invite(
            actor=region.system, conference=conference, people=[region.people[name]], role=role,
            is_entitled=entitled, now=now,
        )  # fmt: skip
    inviting.invite(
        actor=region.system, conference=conference, people=[region.people["commander"]], is_entitled=False,
        now=now,
    )  # fmt: skip
    inviting.send(actor=clerk, conference=conference, now=now)
    return conference


def put(region: Region, conference: Conference, secrecy: Secrecy, data: bytes = WORDS.encode()) -> Paper:
    return papers.add_paper(
        actor=region.actor("divisionclerk"), conference=conference, data=data, filename="mat.txt",
        facts=PaperFacts("Báo cáo mật", secrecy), now=region.now,
    )[0]  # fmt: skip


READERS = {
    # Everybody who sees the conference at all: readers above, chair, secretary, members, guests.
    Secrecy.ALL: {"regiment", "member", "press", "commander", "inspector", "divisionclerk", "division"},
    Secrecy.MEMBERS: {"regiment", "member", "press", "divisionclerk", "division"},
    Secrecy.CHAIR: {"regiment", "press", "divisionclerk", "division"},
}


@pytest.mark.parametrize("secrecy", Secrecy)
def test_who_may_read(region: Region, ahead: Conference, secrecy: Secrecy) -> None:
    paper = put(region, ahead, secrecy)
    asked = {
        "regiment",
        "member",
        "press",
        "commander",
        "inspector",
        "divisionclerk",
        "division",
        "brigade",
        "admin",
    }
    able = {name for name in asked if papers.papers_for(region.actor(name), ahead).exists()}
    assert able == READERS[secrecy]
    for name in asked - able:
        with pytest.raises(NotFound):
            papers.get(region.actor(name), paper.pk)


def test_an_invitation_not_yet_sent_opens_nothing(region: Region) -> None:
    conference = prepare(region)
    put(region, conference, Secrecy.ALL)
    inviting.invite(
        actor=region.system, conference=conference, people=[region.people["commander"]], now=region.now
    )
    commander = region.actor("commander")
    assert not papers.readable(commander).exists()
    inviting.send(actor=region.system, conference=conference, now=region.now)
    assert papers.readable(commander).exists()


def test_a_guest_marked_present_by_hand_is_no_member(region: Region, ahead: Conference) -> None:
    """Who came without an invitation reads what everybody reads."""
    put(region, ahead, Secrecy.MEMBERS)
    put(region, ahead, Secrecy.ALL, b"Cong khai")
    ahead.attendances.create(person=region.people["brigade"], presence=Presence.PRESENT)
    assert [paper.secrecy for paper in papers.papers_for(region.actor("brigade"), ahead)] == [Secrecy.ALL]


def test_secrecy_changes_at_once(region: Region, ahead: Conference) -> None:
    paper = put(region, ahead, Secrecy.ALL)
    papers.edit_paper(
        actor=region.actor("divisionclerk"),
        paper=paper,
        facts=PaperFacts("Khác", Secrecy.CHAIR),
        now=region.now,
    )
    with pytest.raises(NotFound):
        papers.get(region.actor("member"), paper.pk)
    assert papers.get(region.actor("regiment"), paper.pk).title == "Khác"


# --- it is nowhere else ----------------------------------------------------------------------------------


@pytest.mark.parametrize("secrecy", Secrecy)
def test_no_paper_is_among_the_texts_of_the_body(region: Region, ahead: Conference, secrecy: Secrecy) -> None:
    """Not for anybody, not even for those who may read it: the only way leads through the conference."""
    paper = put(region, ahead, secrecy)
    for name in ("regiment", "divisionclerk", "secretary", "inspector"):
        actor = region.actor(name)
        assert not sources.visible_to(actor).filter(pk=paper.source_id).exists()
        assert not sources.listing(actor, "canary", origins=tuple(Origin)).exists()
        with pytest.raises(NotFound):
            sources.get(actor, paper.source_id)
    assert not sources.visible_to(region.system).filter(pk=paper.source_id).exists()


def test_history_names_a_paper_by_number_only(region: Region, ahead: Conference) -> None:
    """Everybody who reads the body reads its history."""
    paper = put(region, ahead, Secrecy.CHAIR)
    clerk, now = region.actor("divisionclerk"), region.now
    papers.edit_paper(actor=clerk, paper=paper, facts=PaperFacts("Báo cáo mật 2", Secrecy.CHAIR), now=now)
    papers.remove_paper(actor=clerk, paper=paper, now=now)
    told = [
        row.facts
        for row in Payload.objects.filter(event__subject_id=ahead.pk, event__action__contains="paper")
    ]
    assert len(told) == 3
    assert "Báo cáo" not in str(told)


def test_the_same_bytes_as_a_text_of_the_body_are_kept_apart(region: Region, ahead: Conference) -> None:
    """Nobody learns from a refusal that a secret paper has these words; and the text stays readable as before."""
    clerk, body = region.actor("divisionclerk"), region.bodies["regiment"]
    put(region, ahead, Secrecy.CHAIR)
    text = documents.receive(
        actor=clerk, organization=body, data=WORDS.encode(), filename="cong-khai.txt", now=region.now
    )
    assert sources.visible_to(clerk).filter(pk=text.source.pk).exists()


def test_one_file_serves_two_conferences_each_with_its_own_secrecy(region: Region, ahead: Conference) -> None:
    put(region, ahead, Secrecy.CHAIR)
    other = prepare(region, title="Hội nghị khác")
    put(region, other, Secrecy.ALL)
    assert Source.objects.filter(origin=Origin.PAPER).count() == 1
    inspector = region.actor("inspector")
    assert not papers.papers_for(inspector, ahead).exists()
    assert papers.papers_for(inspector, other).exists()


# --- putting in and taking out ---------------------------------------------------------------------------


def test_a_paper_is_read_on_arrival_and_kept_once(region: Region, ahead: Conference) -> None:
    paper = put(region, ahead, Secrecy.ALL)
    assert paper.source.text == WORDS
    with pytest.raises(Conflict, match="đã có trong tài liệu"):
        put(region, ahead, Secrecy.ALL)


def test_who_only_reads_puts_nothing_in(region: Region, ahead: Conference) -> None:
    paper, now = put(region, ahead, Secrecy.ALL), region.now
    for name, error in (("inspector", NotAllowed), ("brigadeclerk", NotFound)):
        actor = region.actor(name)
        with pytest.raises(error):
            papers.add_paper(
                actor=actor, conference=ahead, data=b"x", filename="x.txt", facts=PaperFacts("x"), now=now
            )
        with pytest.raises(error):
            papers.edit_paper(actor=actor, paper=paper, facts=PaperFacts("x"), now=now)
        with pytest.raises(error):
            papers.remove_paper(actor=actor, paper=paper, now=now)
    assert Source.objects.filter(origin=Origin.PAPER).count() == 1


def test_a_paper_needs_a_name_and_an_item_of_its_conference(region: Region, ahead: Conference) -> None:
    foreign: AgendaItem = prepare(region, title="Khác").agenda.all()[0]
    for facts in (PaperFacts(" "), PaperFacts("Tên", item=foreign)):
        with pytest.raises(Invalid):
            papers.add_paper(
                actor=region.actor("divisionclerk"), conference=ahead, data=b"x", filename="x.txt",
                facts=facts, now=region.now,
            )  # fmt: skip


def test_a_paper_that_was_spoken_to_stays(region: Region, ahead: Conference) -> None:
    paper = put(region, ahead, Secrecy.ALL)
    PriorOpinion.objects.create(
        conference=ahead, paper=paper, person=region.people["member"], text="Ý kiến", at=region.now
    )
    with pytest.raises(Conflict, match="Đã có ý kiến"):
        papers.remove_paper(actor=region.actor("divisionclerk"), paper=paper, now=region.now)
