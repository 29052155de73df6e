"""Đăng nhập: who gets in, who does not, and when a session ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from soi.access import actions
from soi.org.staffing import end_membership
from tests.factories import PASSWORD, Region

LOGIN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> int:
    return client.post(LOGIN, {"login": username, "password": password, **more}).status_code


def is_in(client: Client) -> bool:
    return client.get("/uy-quyen/").status_code == 200


def test_right_password_opens_and_leads_back(client: Client, region: Region) -> None:
    answer = client.get("/to-chuc/?ngay=2021-05-01")
    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap/?next=%2Fto-chuc%2F%3Fngay%3D2021-05-01"
    page = client.get(answer["Location"]).content.decode()
    assert 'name="next"' in page
    answer = client.post(LOGIN, {"login": "clerk", "password": PASSWORD, "next": "/to-chuc/?ngay=2021-05-01"})
    assert answer["Location"] == "/to-chuc/?ngay=2021-05-01"


@pytest.mark.parametrize("username", ["clerk", "CLERK", " Clerk "])
def test_letter_case_and_blanks_of_the_name_do_not_matter(
    client: Client, region: Region, username: str
) -> None:
    assert sign_in(client, username) == 302
    assert is_in(client)


@pytest.mark.parametrize(("username", "password"), [("clerk", "sai-mat-khau-roi"), ("khong-co", PASSWORD)])
def test_known_and_unknown_names_get_the_same_answer(
    client: Client, region: Region, username: str, password: str
) -> None:
    answer = client.post(LOGIN, {"login": username, "password": password})
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "https://xau.example/",
        "//xau.example/",
        "/\\xau.example",
        "javascript:alert(1)",
        "http:///xau",
        "\thttps://x",
    ],
)
def test_no_way_out_through_next(client: Client, region: Region, target: str) -> None:
    answer = client.post(LOGIN, {"login": "clerk", "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_a_new_session_at_sign_in(client: Client, region: Region) -> None:
    client.get(LOGIN)
    client.session["planted"] = 1
    before = client.session.session_key
    sign_in(client, "clerk")
    assert client.session.session_key != before


def test_guessing_is_braked_and_does_not_lock_the_rightful_user_out(client: Client, region: Region) -> None:
    for _ in range(12):
        last = client.post(LOGIN, {"login": "clerk", "password": "sai-mat-khau-roi"})
    assert "Đã thử quá nhiều lần" in last.content.decode()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        assert sign_in(Client(), "clerk") == 302


def test_a_locked_account_is_out_at_its_next_request(client: Client, region: Region) -> None:
    sign_in(client, "clerk")
    assert is_in(client)
    actions.set_account_active(
        actor=region.actor("admin"), user=region.users["clerk"], active=False, now=region.now
    )
    assert not is_in(client)
    answer = client.post(LOGIN, {"login": "clerk", "password": PASSWORD}, follow=True)
    assert "Tài khoản đang bị khóa" in answer.content.decode()
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(client: Client, region: Region) -> None:
    sign_in(client, "clerk")
    actions.reset_password(
        actor=region.actor("admin"),
        user=region.users["clerk"],
        password="mot-cau-khac-han-1975",
        now=region.now,
    )
    assert not is_in(client)


def test_signing_out_ends_the_session(client: Client, region: Region) -> None:
    sign_in(client, "clerk")
    key = client.session.session_key
    client.post("/dang-xuat/")
    client.cookies["soi"] = key or ""
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "still_in"), [(25, True), (31, False)])
def test_idle_sessions_end(client: Client, region: Region, minutes: int, still_in: bool) -> None:
    sign_in(client, "clerk")
    assert is_in(client)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
        assert is_in(client) is still_in


def test_no_session_lives_longer_than_half_a_day(client: Client, region: Region) -> None:
    start = timezone.now()
    sign_in(client, "clerk")
    for minutes in range(0, 12 * 60, 20):
        with time_machine.travel(start + dt.timedelta(minutes=minutes)):
            assert is_in(client)
    with time_machine.travel(start + dt.timedelta(minutes=12 * 60 + 1)):
        assert not is_in(client)


def test_rights_end_with_the_post(client: Client, region: Region) -> None:
    # The page judges by the real day, so the post is ended as of today.
    sign_in(client, "clerk")
    page = f"/to-chuc/{region.bodies['division'].pk}/"
    assert client.get(page).status_code == 200
    holding = region.posts["clerk"].memberships.get()
    end_membership(actor=region.system, membership=holding, on=timezone.localdate(), now=region.now)
    assert client.get(page).status_code == 404


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_second_factor_is_asked_and_checked(client: Client, region: Region) -> None:
    secret = generate_totp_secret()
    TOTP.activate(region.users["clerk"], secret)
    answer = client.post(LOGIN, {"login": "clerk", "password": PASSWORD})
    assert answer["Location"].startswith("/xac-thuc/")
    assert not is_in(client)
    wrong = client.post("/xac-thuc/", {"code": "000000"})
    assert wrong.status_code == 200
    assert not is_in(client)
    assert client.post("/xac-thuc/", {"code": _code(secret)}).status_code == 302
    assert is_in(client)


def test_power_without_second_factor_leads_to_setting_it_up(
    client: Client, region: Region, settings: object
) -> None:
    settings.SECOND_FACTOR = True  # type: ignore[attr-defined]
    sign_in(client, "clerk")
    answer = client.get("/to-chuc/")
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/xac-thuc/ung-dung/")
    page = client.get("/tai-khoan/xac-thuc/ung-dung/")
    if page.status_code == 302:  # asks for the password again
        assert client.post(page["Location"], {"password": PASSWORD}).status_code == 302
        page = client.get("/tai-khoan/xac-thuc/ung-dung/")
    secret = page.context["form"].secret
    assert client.post("/tai-khoan/xac-thuc/ung-dung/", {"code": _code(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=region.users["clerk"], type="totp").exists()
    assert client.get("/to-chuc/").status_code == 200


def test_a_plain_member_needs_no_second_factor(client: Client, region: Region, settings: object) -> None:
    settings.SECOND_FACTOR = True  # type: ignore[attr-defined]
    sign_in(client, "member")
    assert client.get("/to-chuc/").status_code == 200


def test_nobody_signs_up(client: Client, region: Region) -> None:
    for path in ("/signup/", "/accounts/signup/", "/dang-ky/"):
        assert client.get(path).status_code == 404


def test_forms_from_elsewhere_are_refused(region: Region) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(LOGIN, {"login": "clerk", "password": PASSWORD})
    assert answer.status_code == 403
    assert "tải lại trang" in answer.content.decode()


def test_passwords_are_kept_by_argon2id(region: Region, settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # type: ignore[attr-defined]
    actions.reset_password(
        actor=region.actor("admin"),
        user=region.users["clerk"],
        password="mot-cau-khac-han-1975",
        now=region.now,
    )
    region.users["clerk"].refresh_from_db()
    assert region.users["clerk"].password.startswith("argon2$argon2id$")


def test_second_factor_secrets_are_not_readable_in_the_database(region: Region) -> None:
    secret = generate_totp_secret()
    TOTP.activate(region.users["clerk"], secret)
    stored = Authenticator.objects.get(user=region.users["clerk"], type="totp").data
    assert secret not in str(stored)


def test_an_administrator_takes_off_a_lost_second_factor(client: Client, region: Region) -> None:
    TOTP.activate(region.users["clerk"], generate_totp_secret())
    page = f"/quan-tri/tai-khoan/{region.users['clerk'].pk}/xac-thuc/"
    client.force_login(region.users["secretary"])
    assert client.post(page).status_code == 403
    client.force_login(region.users["admin"])
    assert client.post(page).status_code == 302
    assert sign_in(Client(), "clerk") == 302
    assert client.post(page).status_code == 409


def test_a_password_given_by_the_administrator_is_changed_first(client: Client, region: Region) -> None:
    given, own = "mot-cau-khac-han-1975", "cau-rieng-cua-toi-2021"
    actions.reset_password(
        actor=region.actor("admin"), user=region.users["clerk"], password=given, now=region.now
    )
    assert sign_in(client, "clerk", given) == 302
    assert client.get("/to-chuc/")["Location"] == "/tai-khoan/mat-khau/"
    changed = client.post("/tai-khoan/mat-khau/", {"oldpassword": given, "password1": own, "password2": own})
    assert changed.status_code == 302
    assert client.get("/to-chuc/").status_code == 200
