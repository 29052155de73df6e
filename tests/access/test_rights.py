"""Rights follow the posts held today: they come with the post, end with it, and are lent for days only."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from soi.access import actions
from soi.access.enums import CAPABILITIES, Duty
from soi.access.models import Delegation
from soi.access.queries import actor_of, delegations_visible_to
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.history.models import Event
from soi.org import actions as org
from soi.org import staffing
from soi.org.models import Membership
from soi.org.queries import in_scope
from tests.conftest import NOW, TODAY
from tests.factories import Region

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


def end(region: Region, username: str, on: dt.date) -> None:
    held = Membership.objects.get(person=region.people[username])
    staffing.end_membership(actor=region.system, membership=held, on=on, now=NOW)


def lend(
    region: Region, lender: str, to: str, *, start: dt.date = TODAY, until: dt.date = TODAY + WEEK
) -> Delegation:
    return actions.delegate(
        actor=region.actor(lender, today=start),
        post=region.posts[lender],
        delegate=region.people[to],
        start=start,
        end=until,
        reason="đi công tác",
        now=NOW,
    )


def capabilities(actor: Actor) -> set[Capability]:
    return {grant.capability for grant in actor.grants}


def test_the_table_of_rights() -> None:
    assert set(CAPABILITIES) == set(Duty)
    reading = {duty for duty, allowed in CAPABILITIES.items() if Capability.READ in allowed}
    assert reading == set(Duty) - {Duty.ADMINISTRATOR, Duty.ORGANIZER}
    assert [duty for duty in Duty if Capability.DIRECT in CAPABILITIES[duty]] == [Duty.SECRETARY]
    assert [duty for duty in Duty if Capability.MANAGE_ACCOUNTS in CAPABILITIES[duty]] == [Duty.ADMINISTRATOR]


def test_rights_end_with_the_post_that_very_day(region: Region) -> None:
    end(region, "clerk", TODAY)
    assert capabilities(region.actor("clerk", today=TODAY - DAY)) == CAPABILITIES[Duty.CLERK]
    gone = region.actor("clerk", today=TODAY)
    assert gone.grants == ()
    assert gone.post_ids == frozenset()
    assert not in_scope(gone, Capability.READ, region.bodies["region"].pk)
    assert gone.person_id == region.people["clerk"].pk


def test_rights_come_with_the_first_day(region: Region) -> None:
    post, person = region.posts["clerk"], region.people["member"]
    staffing.appoint(actor=region.system, person=person, post=post, start=TODAY, replace=True, now=NOW)
    assert not region.actor("member", today=TODAY - DAY).may(Capability.RECORD)
    assert region.actor("member", today=TODAY).may(Capability.RECORD)
    assert not region.actor("clerk", today=TODAY).may(Capability.RECORD)


def test_rights_end_when_the_post_or_its_body_ends(region: Region) -> None:
    staffing.end_post(actor=region.system, post=region.posts["press"], on=TODAY, now=NOW)
    assert not region.actor("press").grants
    org.merge_organizations(
        actor=region.system,
        sources=[region.bodies["brigade"]],
        into=region.bodies["division"],
        on=TODAY,
        now=NOW,
    )
    assert region.actor("brigade", today=TODAY - DAY).may(Capability.DIRECT)
    assert not region.actor("brigade", today=TODAY).grants


def test_rights_move_with_the_tree(region: Region) -> None:
    org.move_organization(
        actor=region.system,
        organization=region.bodies["regiment"],
        parent=region.bodies["brigade"],
        on=TODAY,
        now=NOW,
    )
    cell = region.bodies["cell"].pk
    for day, who in [(TODAY - DAY, "division"), (TODAY, "brigade")]:
        readers = {
            name
            for name in ("division", "brigade")
            if in_scope(region.actor(name, today=day), Capability.READ, cell)
        }
        assert readers == {who}


def test_an_administrator_sees_no_content(region: Region) -> None:
    admin = region.actor("admin")
    assert capabilities(admin) == {Capability.MANAGE_ACCOUNTS}
    for body in region.bodies.values():
        assert not in_scope(admin, Capability.READ, body.pk)


def test_an_account_without_posts_may_nothing(region: Region) -> None:
    end(region, "member", TODAY)
    assert not any(region.actor("member").may(capability) for capability in Capability)


@pytest.mark.parametrize("posts", [1, 3])
def test_an_actor_takes_one_statement(
    region: Region, posts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for username in ("clerk", "press", "inspector")[: posts - 1]:
        lend(region, username, "commander")
    user = region.users["commander"]
    with django_assert_num_queries(1):
        actor = actor_of(user, today=TODAY)
    assert len(actor.post_ids) == posts


# --- delegation -------------------------------------------------------------------------------------------


def test_what_is_lent_is_the_work_but_not_the_power_to_decide(region: Region) -> None:
    lend(region, "secretary", "member")
    actor = region.actor("member")
    assert capabilities(actor) == CAPABILITIES[Duty.SECRETARY] - {Capability.DIRECT}
    assert in_scope(actor, Capability.RECORD, region.bodies["brigade"].pk)
    assert actor.on_behalf_of(Capability.RECORD) == "Lê Văn Thử"
    assert actor.on_behalf_of(Capability.READ) == ""  # the member reads by the own post, too
    assert region.actor("secretary").may(Capability.DIRECT)


def test_what_was_lent_cannot_be_lent_on(region: Region) -> None:
    lend(region, "secretary", "member")
    with pytest.raises(NotAllowed, match="đang giữ chức"):
        actions.delegate(
            actor=region.actor("member"),
            post=region.posts["secretary"],
            delegate=region.people["clerk"],
            start=TODAY,
            end=TODAY + DAY,
            reason="bận",
            now=NOW,
        )


def test_a_delegation_holds_from_its_first_day_up_to_its_end(region: Region) -> None:
    lend(region, "clerk", "member", until=TODAY + WEEK)
    for day, holds in [
        (TODAY - DAY, False),
        (TODAY, True),
        (TODAY + WEEK - DAY, True),
        (TODAY + WEEK, False),
    ]:
        assert region.actor("member", today=day).may(Capability.RECORD) is holds


def test_a_delegation_ends_at_once(region: Region) -> None:
    row = lend(region, "clerk", "member")
    with pytest.raises(NotAllowed, match="người đã ủy quyền"):
        actions.end_delegation(actor=region.actor("member"), delegation=row, now=NOW)
    actions.end_delegation(actor=region.actor("clerk"), delegation=row, now=NOW)
    assert not region.actor("member").may(Capability.RECORD)
    with pytest.raises(Conflict, match="hết hạn"):
        actions.end_delegation(actor=region.actor("clerk"), delegation=row, now=NOW)


def test_an_expired_delegation_need_not_be_ended(region: Region) -> None:
    row = lend(region, "clerk", "member")
    with pytest.raises(Conflict, match="hết hạn"):
        actions.end_delegation(actor=region.actor("clerk", today=TODAY + WEEK), delegation=row, now=NOW)


def test_a_delegation_ends_with_the_post_of_the_one_who_lent(region: Region) -> None:
    lend(region, "clerk", "member")
    end(region, "clerk", TODAY + DAY)
    assert region.actor("member", today=TODAY).may(Capability.RECORD)
    assert not region.actor("member", today=TODAY + DAY).may(Capability.RECORD)


def test_a_successor_in_the_post_is_not_bound_by_it(region: Region) -> None:
    lend(region, "clerk", "member")
    staffing.appoint(
        actor=region.system,
        person=region.people["press"],
        post=region.posts["clerk"],
        start=TODAY + DAY,
        replace=True,
        now=NOW,
    )
    assert not region.actor("member", today=TODAY + DAY).may(Capability.RECORD)
    assert region.actor("press", today=TODAY + DAY).may(Capability.RECORD)


def test_the_own_post_comes_before_the_lent_one(region: Region) -> None:
    post = region.posts["secretary"]
    lend(region, "secretary", "division")
    actor = region.actor("division")
    assert actor.on_behalf_of(Capability.DIRECT) == ""
    direct = [grant.post_id for grant in actor.grants if grant.capability == Capability.DIRECT]
    assert direct == [region.posts["division"].pk]
    assert post.pk in actor.post_ids


def test_acts_by_delegation_are_recorded_on_behalf_of_the_lender(region: Region) -> None:
    lend(region, "clerk", "member")
    staffing.add_person(
        actor=region.actor("member"), name="Tạ Văn Mới", organization=region.bodies["brigade"], now=NOW
    )
    event = Event.objects.latest("pk")
    assert (event.actor_label, event.on_behalf_of) == ("Đinh Văn Viên", "Đỗ Thị Mẫu")


@pytest.mark.parametrize(
    ("start", "until", "reason", "sentence"),
    [
        (TODAY, TODAY, "đi công tác", "kết thúc sau ngày bắt đầu"),
        (TODAY, TODAY - DAY, "đi công tác", "kết thúc sau ngày bắt đầu"),
        (TODAY, TODAY + dt.timedelta(days=367), "đi công tác", "không quá một năm"),
        (TODAY, TODAY + WEEK, "  ", "lý do ủy quyền"),
        (TODAY, TODAY + WEEK, "x" * 301, "tối đa 300"),
    ],
)
def test_a_delegation_has_an_end_and_a_reason(
    region: Region, start: dt.date, until: dt.date, reason: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        actions.delegate(
            actor=region.actor("clerk"),
            post=region.posts["clerk"],
            delegate=region.people["member"],
            start=start,
            end=until,
            reason=reason,
            now=NOW,
        )


def test_only_the_holder_lends_and_not_to_oneself(region: Region) -> None:
    def try_to(actor: Actor, to: str) -> None:
        actions.delegate(
            actor=actor,
            post=region.posts["clerk"],
            delegate=region.people[to],
            start=TODAY,
            end=TODAY + WEEK,
            reason="đi công tác",
            now=NOW,
        )

    with pytest.raises(Invalid, match="chính mình"):
        try_to(region.actor("clerk"), "clerk")
    for other in (region.actor("secretary"), region.system):
        with pytest.raises(NotAllowed, match="đang giữ chức"):
            try_to(other, "member")
    end(region, "clerk", TODAY)
    with pytest.raises(NotAllowed, match="đang giữ chức"):
        try_to(region.actor("clerk"), "member")


def test_both_sides_see_a_delegation_and_nobody_else(region: Region) -> None:
    row = lend(region, "clerk", "member")
    for username in region.users:
        seen = row in delegations_visible_to(region.actor(username))
        assert seen is (username in {"clerk", "member"})
