"""Ai được xem, judged by the real rooms: the pages' own rules, for one and for many alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from soi.access import actions as access
from soi.access.queries import actor_of, actors_of
from soi.conferences.audiences import audiences_of, audiences_of_many
from soi.conferences.enums import Audience
from soi.conferences.models import Conference
from soi.history.models import Event
from soi.live.admitting import Answer
from soi.live.client import Knock
from soi.live.rights import Watch, check, touches_rights
from soi.org import staffing
from soi.org.models import Membership
from tests.live.conftest import Hall, attend

EVERY = [str(audience) for audience in Audience]


def answers(hall: Hall, key: str) -> dict[str, Answer]:
    knocks = [Knock(key, hall.conference.pk, audience) for audience in EVERY]
    return {knock.audience: verdict.answer for knock, verdict in zip(knocks, check(knocks), strict=True)}


def seen(hall: Hall, key: str) -> set[str]:
    return {audience for audience, answer in answers(hall, key).items() if answer == Answer.IN}


@pytest.mark.parametrize(
    ("who", "audiences"),
    [
        ("divisionclerk", {"chair", "site", "wall"}),
        ("clerk", {"chair", "site", "wall"}),  # records for the whole tree
        ("delegate", {"delegate"}),
        ("technician", {"site"}),
        ("teller", {"teller"}),
        ("press", set()),
        ("admin", set()),
        ("regiment", set()),
    ],
)
def test_each_person_sees_as_what_they_are(hall: Hall, who: str, audiences: set[str]) -> None:
    assert seen(hall, hall.sign_in(who)) == audiences


def test_who_chairs_sees_what_the_chair_sees_without_any_duty(hall: Hall) -> None:
    attend(hall.conference, hall.region.people["press"], role="chair")
    assert seen(hall, hall.sign_in("press")) == {"chair", "site", "wall", "delegate"}


def test_an_invitation_counts_from_the_moment_it_is_sent(hall: Hall) -> None:
    row = attend(hall.conference, hall.region.people["press"])
    row.invitation.sent_at = None
    row.invitation.save()
    assert seen(hall, hall.sign_in("press")) == set()


def test_a_conference_that_is_not_there_is_not_there(hall: Hall) -> None:
    verdicts = check([Knock(hall.sign_in("clerk"), 999_999, "chair")])
    assert verdicts[0].answer == Answer.NOT_HERE


def test_a_stranger_must_sign_in_for_each_audience(hall: Hall) -> None:
    assert set(answers(hall, "0" * 32).values()) == {Answer.SIGN_IN}


# --- former actors: each way in which a right to watch ends ------------------------------------------------


def _locked(hall: Hall, key: str) -> None:
    access.set_account_active(
        actor=hall.region.system, user=hall.region.users["delegate"], active=False, now=timezone.now()
    )


def _reset(hall: Hall, key: str) -> None:
    access.reset_password(
        actor=hall.region.system, user=hall.region.users["delegate"], password="mot-mat-khau-khac-1946",
        now=timezone.now(),
    )  # fmt: skip


def _signed_out(hall: Hall, key: str) -> None:
    Session.objects.filter(session_key=key).delete()


def _expired(hall: Hall, key: str) -> None:
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - dt.timedelta(seconds=1))


def _idle(hall: Hall, key: str) -> None:
    _rewrite(key, seen=timezone.now().timestamp() - 31 * 60)


def _old(hall: Hall, key: str) -> None:
    _rewrite(key, started=timezone.now().timestamp() - 13 * 60 * 60)


def _forged(hall: Hall, key: str) -> None:
    _rewrite(key, _auth_user_hash="0" * 64)


def _other_door(hall: Hall, key: str) -> None:
    _rewrite(key, _auth_user_backend="django.contrib.auth.backends.ModelBackend")


def _rewrite(key: str, **values: Any) -> None:
    row = Session.objects.get(session_key=key)
    row.session_data = Session.get_session_store_class()().encode({**row.get_decoded(), **values})
    row.save()


@pytest.mark.parametrize("ends", [_locked, _reset, _signed_out, _expired, _idle, _old, _forged, _other_door])
def test_who_is_signed_in_no_more_sees_nothing(hall: Hall, ends: Any) -> None:
    key = hall.sign_in("delegate")
    assert seen(hall, key) == {"delegate"}
    ends(hall, key)
    assert set(answers(hall, key).values()) == {Answer.SIGN_IN}


def test_who_must_choose_a_password_first_sees_nothing_yet(hall: Hall) -> None:
    key = hall.sign_in("delegate")
    hall.region.users["delegate"].password_is_temporary = True
    hall.region.users["delegate"].save()
    assert set(answers(hall, key).values()) == {Answer.NOT_HERE}


def test_powerful_posts_need_their_second_factor_here_too(hall: Hall, settings: Any) -> None:
    key, other = hall.sign_in("divisionclerk"), hall.sign_in("delegate")
    settings.SECOND_FACTOR = True
    assert set(answers(hall, key).values()) == {Answer.NOT_HERE}
    assert seen(hall, other) == {"delegate"}


def test_a_post_that_ended_gives_nothing(hall: Hall) -> None:
    key = hall.sign_in("divisionclerk")
    assert seen(hall, key)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(person=hall.region.people["divisionclerk"]).update(end=yesterday)
    assert seen(hall, key) == set()


def test_a_session_is_looked_at_again_when_it_runs_out(hall: Hall, settings: Any) -> None:
    key = hall.sign_in("delegate")
    verdict = check([Knock(key, hall.conference.pk, "delegate")])[0]
    left = (verdict.until - timezone.now()).total_seconds()
    assert settings.SESSION_IDLE_SECONDS - 10 < left <= settings.SESSION_IDLE_SECONDS


# --- one and many --------------------------------------------------------------------------------------------


def test_many_are_judged_as_one_is(hall: Hall) -> None:
    users, today = list(hall.region.users.values()), timezone.localdate()
    many = actors_of(users, today=today)
    assert many == [actor_of(user, today=today) for user in users]
    for conference in (hall.conference, Conference(pk=999_999)):
        found = audiences_of_many(many, conference.pk)
        assert found == [audiences_of(actor, conference) for actor in many]


def test_a_hundred_cost_as_many_queries_as_one(hall: Hall, django_assert_max_num_queries: Any) -> None:
    keys = [hall.sign_in(name) for name in hall.region.users]
    knocks = [Knock(key, hall.conference.pk, audience) for key in keys for audience in EVERY]
    with django_assert_max_num_queries(8):
        check(knocks)


# --- what is looked at every second ---------------------------------------------------------------------------


def test_the_stamp_moves_when_a_right_may_have_ended_and_not_for_an_act_of_the_meeting(hall: Hall) -> None:
    watch, now = Watch(), timezone.now()

    def stamp() -> object:
        return watch.pulse([hall.conference.pk], []).stamp

    first = stamp()
    assert stamp() == first
    access.set_account_active(
        actor=hall.region.system, user=hall.region.users["press"], active=False, now=now
    )
    second = stamp()
    assert second != first
    clerk = hall.region.actor("divisionclerk", today=timezone.localdate())
    Event.objects.create(
        at=now, actor_label=clerk.label, via="web", action="ballots.cast", subject_type="ballots.poll",
        subject_id=1, payload_hash="0" * 64,
    )  # fmt: skip
    assert stamp() == second


def test_an_end_of_a_post_moves_the_stamp(hall: Hall) -> None:
    watch, today = Watch(), timezone.localdate()
    first = watch.pulse([], []).stamp
    held = Membership.objects.get(person=hall.region.people["divisionclerk"])
    staffing.end_membership(actor=hall.region.system, membership=held, on=today, now=timezone.now())
    assert watch.pulse([], []).stamp != first


@pytest.mark.parametrize(
    ("action", "touches"),
    [
        ("access.end_delegation", True),
        ("org.merge", True),
        ("conferences.anything_new", True),
        ("ballots.name_tellers", True),
        ("ballots.cast", False),
        ("work.change_due", False),
        ("findings.record", False),
    ],
)
def test_what_is_not_known_to_be_harmless_is_looked_at(action: str, touches: bool) -> None:
    assert touches_rights(action) is touches


def test_ended_sessions_are_missing_from_the_pulse(hall: Hall) -> None:
    keys = {name: hall.sign_in(name) for name in ("delegate", "press")}
    Session.objects.filter(session_key=keys["press"]).delete()
    assert set(Watch().pulse([], set(keys.values())).keys) == {keys["delegate"]}
