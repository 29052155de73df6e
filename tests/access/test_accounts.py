"""Accounts: who may open, lock and reset which, with what names and passwords."""

from __future__ import annotations

import datetime as dt
import importlib
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import override_settings

from soi.access import actions
from soi.access.enums import Duty
from soi.access.models import PostDuty, User
from soi.access.queries import accounts_visible_to, people_without_account
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.history.models import Event, Payload
from soi.org import staffing
from soi.org.enums import PostRole
from soi.org.models import Person
from tests.conftest import NOW, TODAY
from tests.factories import FOUNDED, PASSWORD, Region, add_official

GOOD = "con-duong-lang-mua-mua-1954"


def newcomer(region: Region, body: str = "brigade") -> Person:
    """Somebody in a post of that body, without an account."""
    organization = region.bodies[body]
    post = staffing.add_post(
        actor=region.system,
        organization=organization,
        label="Trợ lý",
        role=PostRole.STAFF,
        start=FOUNDED,
        now=NOW,
    )
    person = staffing.add_person(actor=region.system, name="Tạ Văn Mới", organization=organization, now=NOW)
    staffing.appoint(actor=region.system, person=person, post=post, start=FOUNDED, now=NOW)
    return person


def open_account(region: Region, person: Person, *, by: str = "admin", **given: Any) -> User:
    wanted = {"username": "tavanmoi", "password": GOOD, **given}
    return actions.open_account(actor=region.actor(by), person=person, now=NOW, **wanted)


@pytest.fixture
def brigade_admin(region: Region) -> str:
    """An administrator of the brigade only."""
    add_official(
        region,
        "brigadeadmin",
        "Hà Văn Mạng",
        "brigade",
        "Quản trị mạng",
        duty=Duty.ADMINISTRATOR,
        whole_tree=True,
    )
    return "brigadeadmin"


def test_the_administrator_opens_an_account_once_a_person(region: Region) -> None:
    person = newcomer(region)
    assert person in people_without_account(region.actor("admin"))
    user = open_account(region, person, username=" TaVanMoi ")
    assert (user.username, user.person, user.is_active) == ("tavanmoi", person, True)
    assert check_password(GOOD, user.password)
    assert person not in people_without_account(region.actor("admin"))
    assert user in accounts_visible_to(region.actor("admin"))
    with pytest.raises(Conflict, match="Tạ Văn Mới đã có tài khoản"):
        open_account(region, person, username="tenkhac")
    with pytest.raises(Conflict, match="tavanmoi đã có người dùng"):
        open_account(region, newcomer(region))


@pytest.mark.parametrize(
    "username",
    [
        "",
        "an",
        "tạvănmới",
        "ta van moi",
        "ta@moi",
        ".ta",
        "tavanm\u043ei",
        "x" * 61,
        "ta\u200bvan",
        "a\nb",
        "ta/../moi",
    ],
)
def test_sign_in_names_are_plain(region: Region, username: str) -> None:
    with pytest.raises(Invalid, match="chữ thường không dấu") as refusal:
        open_account(region, newcomer(region), username=username)
    assert "username" in refusal.value.fields


def test_the_database_refuses_an_odd_sign_in_name_too(region: Region) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="Lê Thử", person=newcomer(region), date_joined=NOW)


@override_settings(
    AUTH_PASSWORD_VALIDATORS=[
        {"NAME": "soi.access.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
        *(
            {"NAME": f"django.contrib.auth.password_validation.{name}"}
            for name in ("CommonPasswordValidator", "NumericPasswordValidator")
        ),
        {
            "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ("username",)},
        },
    ]
)
@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngan-thoi-1", "Mật khẩu quá ngắn. Hãy dùng ít nhất 12 ký tự"),
        ("password1234", "Mật khẩu này quá phổ biến"),
        ("180219301954", "Mật khẩu này hoàn toàn là số"),
        ("tavanmoi2021", "Mật khẩu quá giống với tên đăng nhập"),
    ],
)
def test_weak_passwords_are_refused_in_vietnamese(region: Region, password: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        open_account(region, newcomer(region), password=password)
    assert sentence in refusal.value.fields["password"]


def test_a_long_sentence_is_a_good_password(region: Region) -> None:
    sentence = "Đường ra trận mùa này đẹp lắm " * 4
    assert check_password(sentence, open_account(region, newcomer(region), password=sentence).password)


def test_an_installation_hashes_with_argon2id_only() -> None:
    shipped = importlib.import_module("soi.config.settings")
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"]):
        hashed = make_password(GOOD)
        assert hashed.startswith("argon2$argon2id$")
        assert check_password(GOOD, hashed)
    source = (shipped.PACKAGE / "config" / "settings.py").read_text()
    assert 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]' in source


def test_passwords_never_reach_the_history(region: Region) -> None:
    user = open_account(region, newcomer(region))
    actions.reset_password(actor=region.actor("admin"), user=user, password=GOOD + "!", now=NOW)
    facts = str(list(Payload.objects.values_list("facts", flat=True)))
    assert "tavanmoi" in facts
    assert GOOD not in facts
    assert user.password not in facts


# --- sessions ---------------------------------------------------------------------------------------------


def session_of(user: User) -> HttpRequest:
    """A request with an open session of this account."""
    request = HttpRequest()
    session: Any = importlib.import_module("django.contrib.sessions.backends.db").SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "soi.web.accounts.WithPerson"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    request.session = session
    return request


def test_a_reset_ends_every_open_session(region: Region) -> None:
    user = region.users["member"]
    sessions = [session_of(user), session_of(user)]
    assert [get_user(request) for request in sessions] == [user, user]
    actions.reset_password(actor=region.actor("admin"), user=user, password=GOOD, now=NOW)
    assert [get_user(request).is_authenticated for request in sessions] == [False, False]
    assert check_password(GOOD, User.objects.get(pk=user.pk).password)


def test_a_locked_account_is_out_at_once_and_back_when_opened(region: Region) -> None:
    user, admin = region.users["member"], region.actor("admin")
    actions.set_account_active(actor=admin, user=user, active=False, now=NOW)
    assert not get_user(session_of(user)).is_authenticated
    actions.set_account_active(actor=admin, user=user, active=True, now=NOW)
    assert get_user(session_of(user)) == user


def test_nobody_locks_themselves_out(region: Region) -> None:
    with pytest.raises(Conflict, match="tự khóa"):
        actions.set_account_active(
            actor=region.actor("admin"), user=region.users["admin"], active=False, now=NOW
        )


# --- whose accounts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["secretary", "clerk", "member", "inspector"])
def test_only_an_administrator_keeps_accounts(region: Region, by: str) -> None:
    user = region.users["regiment"]
    actor = region.actor(by)
    for act in (
        lambda: open_account(region, newcomer(region), by=by),
        lambda: actions.reset_password(actor=actor, user=user, password=GOOD, now=NOW),
        lambda: actions.set_account_active(actor=actor, user=user, active=False, now=NOW),
        lambda: actions.give_duty(actor=actor, post=region.posts["press"], duty=Duty.CLERK, now=NOW),
    ):
        with pytest.raises(NotAllowed, match="quản trị hệ thống"):
            act()
    assert not accounts_visible_to(actor).exists()
    assert not people_without_account(actor).exists()


def test_an_administrator_keeps_the_accounts_of_the_own_part(region: Region, brigade_admin: str) -> None:
    admin = region.actor(brigade_admin)
    actions.reset_password(actor=admin, user=region.users["brigadeclerk"], password=GOOD, now=NOW)
    for outside in ("secretary", "member", "admin"):
        with pytest.raises(NotAllowed):
            actions.reset_password(actor=admin, user=region.users[outside], password=GOOD, now=NOW)
    assert {user.username for user in accounts_visible_to(admin)} == {
        "brigade",
        "brigadeclerk",
        "brigadeadmin",
    }


@pytest.mark.parametrize("way", ["post", "delegation", "duty elsewhere"])
def test_no_way_up_through_somebody_with_rights_above(region: Region, brigade_admin: str, way: str) -> None:
    """The brigade's administrator would sign in with the new password and read what the region reads."""
    target, system = region.users["brigadeclerk"], region.system
    if way == "post":
        staffing.appoint(
            actor=system, person=target.person, post=region.posts["clerk"], start=TODAY, replace=True, now=NOW
        )
    elif way == "delegation":
        actions.delegate(
            actor=region.actor("clerk"),
            post=region.posts["clerk"],
            delegate=target.person,
            start=TODAY,
            end=TODAY + dt.timedelta(days=7),
            reason="nghỉ phép",
            now=NOW,
        )
    else:
        actions.give_duty(
            actor=system,
            post=region.posts["brigadeclerk"],
            duty=Duty.MEMBER,
            organization=region.bodies["region"],
            now=NOW,
        )
    with pytest.raises(NotAllowed, match="bao trùm mọi chức vụ"):
        actions.reset_password(actor=region.actor(brigade_admin), user=target, password=GOOD, now=NOW)
    actions.reset_password(actor=region.actor("admin"), user=target, password=GOOD, now=NOW)


def test_the_account_of_somebody_who_left_can_still_be_locked(region: Region, brigade_admin: str) -> None:
    user = region.users["brigade"]
    held = user.person.memberships.get()
    staffing.end_membership(actor=region.system, membership=held, on=TODAY, now=NOW)
    actions.set_account_active(actor=region.actor(brigade_admin), user=user, active=False, now=NOW)


def test_a_person_without_any_post_gets_no_account(region: Region) -> None:
    stranger = staffing.add_person(
        actor=region.system, name="Tạ Văn Lạ", organization=region.bodies["brigade"], now=NOW
    )
    with pytest.raises(NotAllowed):
        open_account(region, stranger)


# --- duties -----------------------------------------------------------------------------------------------


def test_duties_are_given_within_the_own_part_only(region: Region, brigade_admin: str) -> None:
    admin, posts = region.actor(brigade_admin), region.posts
    row = actions.give_duty(actor=admin, post=posts["brigadeclerk"], duty=Duty.PRESS, now=NOW)
    assert (row.organization, row.whole_tree) == (region.bodies["brigade"], True)
    with pytest.raises(NotAllowed, match="của cấp này"):
        actions.give_duty(
            actor=admin,
            post=posts["brigadeclerk"],
            duty=Duty.CLERK,
            organization=region.bodies["region"],
            now=NOW,
        )
    with pytest.raises(NotAllowed, match="của cấp này"):
        actions.give_duty(
            actor=admin, post=posts["member"], duty=Duty.CLERK, organization=region.bodies["brigade"], now=NOW
        )


def test_an_administrator_does_not_let_himself_read(region: Region) -> None:
    with pytest.raises(NotAllowed, match="tự giao hay tự bỏ"):
        actions.give_duty(
            actor=region.actor("admin"), post=region.posts["admin"], duty=Duty.SECRETARY, now=NOW
        )


def test_a_duty_given_twice_is_one_and_can_be_taken_away(region: Region) -> None:
    admin, post = region.actor("admin"), region.posts["press"]
    actions.give_duty(actor=admin, post=post, duty=Duty.CLERK, now=NOW)
    row = actions.give_duty(actor=admin, post=post, duty=Duty.CLERK, whole_tree=False, now=NOW)
    assert list(PostDuty.objects.filter(post=post, duty=Duty.CLERK).values_list("whole_tree", flat=True)) == [
        False
    ]
    actions.take_duty(actor=admin, row=row, now=NOW)
    assert not PostDuty.objects.filter(post=post, duty=Duty.CLERK).exists()
    assert Event.objects.filter(action="access.take_duty").count() == 1
    own = PostDuty.objects.get(post=region.posts["admin"])
    with pytest.raises(NotAllowed):
        actions.take_duty(actor=admin, row=own, now=NOW)


def test_every_act_on_accounts_is_one_event_by_the_right_person(region: Region) -> None:
    before, admin = Event.objects.count(), region.actor("admin")
    person = newcomer(region)
    made = Event.objects.count()
    user = open_account(region, person)
    actions.reset_password(actor=admin, user=user, password=PASSWORD, now=NOW)
    actions.set_account_active(actor=admin, user=user, active=False, now=NOW)
    events = list(Event.objects.order_by("pk")[made:])
    assert made == before + 3
    assert [event.action for event in events] == [
        "access.open_account", "access.reset_password", "access.set_account_active",
    ]  # fmt: skip
    assert {event.actor_label for event in events} == {"Trịnh Văn Máy"}
