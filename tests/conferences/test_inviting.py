"""Mời họp: whom, sending, replies, substitutes, opinions ahead; and who sees what when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences import inviting, papers, preparing, queries
from soi.conferences.enums import AttendanceRole, Presence, Reply, Secrecy
from soi.conferences.models import Conference, Invitation
from soi.conferences.preparing import SiteFacts
from soi.history.models import Event
from soi.org.enums import PostRole
from tests.conferences.conftest import hold
from tests.conferences.test_papers import put
from tests.conferences.test_preparing import DAY, prepare
from tests.factories import Region, add_official


@pytest.fixture
def ahead(region: Region) -> Conference:
    """With a deputy in the regiment, who may come in the place of its head."""
    add_official(region, "deputy", "Tô Văn Phó", "regiment", "Phó Bí thư Trung đoàn", role=PostRole.DEPUTY)
    return prepare(region)


def invite(region: Region, conference: Conference, *names: str, **facts: Any) -> list[Invitation]:
    people = [region.people[name] for name in names]
    return inviting.invite(
        actor=region.actor("divisionclerk"), conference=conference, people=people, now=region.now, **facts
    )


def sent(region: Region, conference: Conference, *names: str, **facts: Any) -> list[Invitation]:
    rows = invite(region, conference, *names, **facts)
    inviting.send(actor=region.actor("divisionclerk"), conference=conference, now=region.now)
    return rows


def reply(region: Region, username: str, invitation: Invitation, what: Reply, **facts: Any) -> Invitation:
    return inviting.answer(
        actor=region.actor(username), invitation=invitation, reply=what, now=region.now, **facts
    )


# --- whom ------------------------------------------------------------------------------------------------


def test_the_leadership_of_a_body_is_its_head_deputies_and_members_without_staff(
    region: Region, ahead: Conference
) -> None:
    leaders = inviting.leaders_of(region.bodies["region"], on=DAY)
    assert {person.name for person in leaders} == {"Lê Văn Thử", "Ngô Văn Kiểm"}
    assert {person.name for person in inviting.leaders_of(region.bodies["regiment"], on=DAY)} == {
        "Mai Văn Trung", "Tô Văn Phó",
    }  # fmt: skip


def test_the_heads_of_several_bodies(region: Region) -> None:
    bodies = [region.bodies["division"], region.bodies["brigade"], region.bodies["battalion"]]
    assert {person.name for person in inviting.heads_of(bodies, on=DAY)} == {"Phan Văn Sư", "Cao Văn Lữ"}


def test_an_invited_person_has_the_posts_of_that_day_and_is_not_present(
    region: Region, ahead: Conference
) -> None:
    row = invite(region, ahead, "regiment", role=AttendanceRole.CHAIR)[0].attendance
    assert (row.presence, row.posts) == (Presence.INVITED, "Bí thư Đảng ủy Trung đoàn")
    assert [held.role for held in row.roles.all()] == [AttendanceRole.CHAIR]


def test_nobody_stands_on_the_list_twice(region: Region, ahead: Conference) -> None:
    invite(region, ahead, "regiment")
    assert len(invite(region, ahead, "regiment", "member")) == 1
    with pytest.raises(Conflict, match="đã ở trong danh sách"):
        invite(region, ahead, "regiment", "member")


@pytest.mark.parametrize("number", [1, 3])
def test_inviting_many_costs_as_much_as_inviting_one(
    region: Region, ahead: Conference, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = region.actor("divisionclerk")
    people = [region.people[name] for name in ("regiment", "member", "deputy")][:number]
    with django_assert_num_queries(13):
        inviting.invite(actor=clerk, conference=ahead, people=people, now=region.now)


def test_a_person_out_of_sight_cannot_be_invited_by_number(region: Region, ahead: Conference) -> None:
    with pytest.raises(Invalid, match="Không tìm thấy người này"):
        invite(region, ahead, "brigade")


def test_who_only_reads_invites_nobody(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "regiment")[0]
    for name, error in (("inspector", NotAllowed), ("brigadeclerk", NotFound)):
        actor, now = region.actor(name), region.now
        with pytest.raises(error):
            inviting.invite(actor=actor, conference=ahead, people=[region.people["member"]], now=now)
        with pytest.raises(error):
            inviting.send(actor=actor, conference=ahead, now=now)
        with pytest.raises(error):
            inviting.remind(actor=actor, conference=ahead, now=now)
        with pytest.raises(error):
            inviting.withdraw_invitation(actor=actor, invitation=row, now=now)
        with pytest.raises(NotFound):
            inviting.get(actor, row.pk)


def test_nobody_is_invited_to_what_is_over(region: Region) -> None:
    past = hold(region, "regiment", date_start=dt.date(2021, 11, 30))
    with pytest.raises(Conflict, match="đã họp xong"):
        invite(region, past, "regiment")


# --- sending ---------------------------------------------------------------------------------------------


def test_an_invitation_is_seen_from_the_moment_it_is_sent(region: Region, ahead: Conference) -> None:
    row = invite(region, ahead, "member")[0]
    member = region.actor("member")
    assert not queries.visible_to(member).exists()
    assert inviting.mine(member, ahead) is None
    assert not inviting.waiting_for(member).exists()
    inviting.send(actor=region.actor("divisionclerk"), conference=ahead, now=region.now)
    assert queries.visible_to(member).get() == ahead
    assert inviting.mine(member, ahead) == row
    assert inviting.waiting_for(member).get() == row


def test_sending_twice_sends_only_what_was_not_sent(region: Region, ahead: Conference) -> None:
    sent(region, ahead, "regiment")
    invite(region, ahead, "member")
    clerk = region.actor("divisionclerk")
    assert inviting.send(actor=clerk, conference=ahead, now=region.now) == 1
    with pytest.raises(Conflict):
        inviting.send(actor=clerk, conference=ahead, now=region.now)
    people = [
        [one["label"] for one in event.payload.facts["people"]]
        for event in Event.objects.filter(action="conferences.send_invitations").order_by("pk")
    ]
    assert people == [["Mai Văn Trung"], ["Đinh Văn Viên"]]


def test_nobody_is_invited_without_an_hour(region: Region) -> None:
    conference = hold(region, "regiment", date_start=DAY)
    invite(region, conference, "regiment")
    with pytest.raises(Invalid, match="giờ khai mạc"):
        inviting.send(actor=region.actor("divisionclerk"), conference=conference, now=region.now)


def test_only_those_who_have_not_answered_are_reminded(region: Region, ahead: Conference) -> None:
    one, _two = sent(region, ahead, "regiment", "member")
    clerk = region.actor("divisionclerk")
    reply(region, "regiment", one, Reply.COMING)
    assert inviting.remind(actor=clerk, conference=ahead, now=region.now) == 1
    told = Event.objects.get(action="conferences.remind_invited").payload.facts["people"]
    assert [one["label"] for one in told] == ["Đinh Văn Viên"]
    reply(region, "member", inviting.mine(region.actor("member"), ahead), Reply.COMING)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="đều đã trả lời"):
        inviting.remind(actor=clerk, conference=ahead, now=region.now)


def test_withdrawing_takes_the_conference_out_of_sight(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "member")[0]
    inviting.withdraw_invitation(actor=region.actor("divisionclerk"), invitation=row, now=region.now)
    assert not queries.visible_to(region.actor("member")).exists()


def test_who_was_marked_present_is_not_withdrawn(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "member")[0]
    row.attendance.presence = Presence.PRESENT
    row.attendance.save()
    with pytest.raises(Conflict, match="điểm danh"):
        inviting.withdraw_invitation(actor=region.actor("divisionclerk"), invitation=row, now=region.now)
    with pytest.raises(Conflict, match="điểm danh"):
        reply(region, "member", row, Reply.COMING)


def test_changing_an_invitation_keeps_what_he_presents(region: Region, ahead: Conference) -> None:
    row = invite(region, ahead, "regiment")[0]
    row.attendance.roles.create(role=AttendanceRole.PRESENT)
    inviting.change_invitation(
        actor=region.actor("divisionclerk"), invitation=row, is_entitled=False, role=AttendanceRole.CHAIR,
        site=None, now=region.now,
    )  # fmt: skip
    assert {held.role for held in row.attendance.roles.all()} == {
        AttendanceRole.PRESENT,
        AttendanceRole.CHAIR,
    }
    assert not Invitation.objects.get(pk=row.pk).is_entitled


# --- replies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [Reply.COMING, Reply.ONLINE])
def test_a_reply_in_one_press_ends_the_waiting(region: Region, ahead: Conference, what: Reply) -> None:
    row = sent(region, ahead, "member")[0]
    assert reply(region, "member", row, what).reply == what
    assert not inviting.waiting_for(region.actor("member")).exists()


def test_who_stays_away_says_why(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "member")[0]
    with pytest.raises(Invalid, match="lý do"):
        reply(region, "member", row, Reply.ABSENT, reason="  ")
    assert reply(region, "member", row, Reply.ABSENT, reason="Đi học").reason == "Đi học"
    # The database, too, knows the rule.
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=row.pk).update(reason="")
    # Another answer takes the reason back.
    assert reply(region, "member", row, Reply.COMING).reason == ""


def test_only_the_invited_or_the_clerk_answers(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "regiment", "member")[1]
    with pytest.raises(NotAllowed):
        reply(region, "inspector", row, Reply.COMING)
    with pytest.raises(NotFound):
        reply(region, "brigade", row, Reply.COMING)
    reply(region, "divisionclerk", row, Reply.COMING)
    facts = Event.objects.get(action="conferences.answer_invitation").payload.facts
    assert (facts["reply"], facts["own"]) == ("coming", False)


def test_an_answer_before_sending_or_after_the_day_is_refused(region: Region, ahead: Conference) -> None:
    row = invite(region, ahead, "member")[0]
    with pytest.raises(Conflict, match="chưa gửi"):
        reply(region, "member", row, Reply.COMING)
    inviting.send(actor=region.actor("divisionclerk"), conference=ahead, now=region.now)
    late = region.actor("member", today=DAY + dt.timedelta(days=1))
    with pytest.raises(Conflict, match="đã họp xong"):
        inviting.answer(actor=late, invitation=row, reply=Reply.COMING, now=region.now)
    assert not inviting.waiting_for(late).exists()


# --- substitutes -----------------------------------------------------------------------------------------


def test_a_substitute_is_invited_at_once_as_a_guest(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "regiment")[0]
    reply(region, "regiment", row, Reply.REPLACED, replacement=region.people["deputy"])
    other = inviting.mine(region.actor("deputy"), ahead)
    assert other is not None
    assert (other.is_entitled, other.reply) == (False, Reply.WAITING)
    assert inviting.waiting_for(region.actor("deputy")).get() == other


@pytest.mark.parametrize("who", ["brigade", "regiment", "member"])
def test_only_somebody_of_the_own_body_may_stand_in(region: Region, ahead: Conference, who: str) -> None:
    row = sent(region, ahead, "regiment")[0]
    with pytest.raises(Invalid, match="Không cử được"):
        reply(region, "regiment", row, Reply.REPLACED, replacement=region.people[who])


def test_who_is_invited_himself_stands_in_for_nobody(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "regiment", "deputy")[0]
    with pytest.raises(Invalid, match="Không cử được"):
        reply(region, "regiment", row, Reply.REPLACED, replacement=region.people["deputy"])


def test_coming_after_all_sends_the_substitute_home(region: Region, ahead: Conference) -> None:
    row = sent(region, ahead, "regiment")[0]
    reply(region, "regiment", row, Reply.REPLACED, replacement=region.people["deputy"])
    changed = reply(region, "regiment", row, Reply.COMING)
    assert changed.replacement is None
    assert inviting.mine(region.actor("deputy"), ahead) is None
    # Naming the same person twice invites once.
    for _time in range(2):
        reply(region, "regiment", row, Reply.REPLACED, replacement=region.people["deputy"])
    assert ahead.attendances.filter(person=region.people["deputy"]).count() == 1


# --- opinions ahead --------------------------------------------------------------------------------------


def opine(region: Region, username: str, conference: Conference, text: str = "Nhất trí", **on: Any) -> Any:
    return inviting.send_opinion(
        actor=region.actor(username), conference=conference, text=text, now=region.now, **on
    )


def test_an_opinion_is_read_by_chair_secretary_and_its_author(region: Region, ahead: Conference) -> None:
    sent(region, ahead, "member")
    sent(region, ahead, "regiment", role=AttendanceRole.CHAIR)
    sent(region, ahead, "deputy")
    opine(region, "member", ahead, item=ahead.agenda.all()[0])
    seen = {
        name: inviting.opinions_for(region.actor(name), ahead).count()
        for name in ("member", "regiment", "deputy", "inspector", "divisionclerk")
    }
    assert seen == {"member": 1, "regiment": 1, "deputy": 0, "inspector": 0, "divisionclerk": 1}
    assert "Nhất trí" not in str(Event.objects.get(action="conferences.send_opinion").payload.facts)


def test_only_the_invited_write_ahead_and_only_on_papers_they_read(region: Region, ahead: Conference) -> None:
    paper = put(region, ahead, Secrecy.CHAIR)
    sent(region, ahead, "member")
    with pytest.raises(NotAllowed):
        opine(region, "inspector", ahead)
    with pytest.raises(NotFound):
        opine(region, "brigade", ahead)
    with pytest.raises(NotFound):
        opine(region, "member", ahead, paper=paper)
    with pytest.raises(Invalid):
        opine(region, "member", ahead, text=" ")
    assert not papers.papers_for(region.actor("member"), ahead).exists()


def test_who_heads_or_serves_a_site_sits_there_unless_told_otherwise(
    region: Region, ahead: Conference
) -> None:
    clerk, now = region.actor("divisionclerk"), region.now
    facts = SiteFacts(
        "Sư đoàn 901", head=region.people["division"], technician=region.people["divisionclerk"]
    )
    site = preparing.add_site(actor=clerk, conference=ahead, facts=facts, now=now)
    other = preparing.add_site(actor=clerk, conference=ahead, facts=SiteFacts("Trung đoàn 1"), now=now)
    head, nobody = invite(region, ahead, "division", "regiment")
    assert (head.site, nobody.site) == (site, None)
    assert invite(region, ahead, "divisionclerk", site=other)[0].site == other
