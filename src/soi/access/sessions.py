"""Phiên đăng nhập của nhiều người cùng lúc: whose they are and until when, by the rules the pages go by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from soi.access.models import User


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Phiên còn hạn: its account, and when it is over unless a page is opened before."""

    user: User
    until: dt.datetime


def signed_in(keys: Collection[str], *, now: dt.datetime) -> dict[str, SignedIn]:
    """Những phiên còn hạn, by key: two queries for all of them. What is missing is signed out."""
    open_now = {key: ends for key, ends in _open(keys, now).items() if ends.until > now}
    accounts = User.objects.select_related("person").filter(
        pk__in={ends.user_id for ends in open_now.values()}, is_active=True
    )
    users = {user.pk: user for user in accounts}
    hashes = {pk: user.get_session_auth_hash() for pk, user in users.items()}
    return {
        key: SignedIn(users[session.user_id], session.until)
        for key, session in open_now.items()
        if session.user_id in users and constant_time_compare(session.proof, hashes[session.user_id])
    }


def standing_keys(keys: Collection[str], *, now: dt.datetime) -> set[str]:
    """Those of these sessions that nobody has ended: one short query, asked every second."""
    rows = _store().get_model_class().objects.filter(session_key__in=keys, expire_date__gt=now)
    return set(rows.values_list("session_key", flat=True))


def with_second_factor(users: Collection[int]) -> set[int]:
    """Those of these accounts that sign in with a second factor."""
    return set(Authenticator.objects.filter(user_id__in=users).values_list("user_id", flat=True))


@dataclass(frozen=True, slots=True)
class _Session:
    user_id: int
    proof: str
    until: dt.datetime


def _open(keys: Collection[str], now: dt.datetime) -> dict[str, _Session]:
    store = _store()
    rows = store.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=now)
    found = {}
    for key, data, expires in rows.values_list("session_key", "session_data", "expire_date"):
        session = _session(store().decode(data), expires, now)
        if session:
            found[key] = session
    return found


def _session(data: Mapping[str, Any], expires: dt.datetime, now: dt.datetime) -> _Session | None:
    """Who signed in, and the nearest of its three limits: idle, in any case, and Django's own."""
    if SESSION_KEY not in data or data.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    clock = now.timestamp()
    idle = data.get("seen", clock) + settings.SESSION_IDLE_SECONDS
    age = data.get("started", clock) + settings.SESSION_COOKIE_AGE
    until = min(expires, dt.datetime.fromtimestamp(min(idle, age), dt.UTC))
    return _Session(int(data[SESSION_KEY]), str(data.get(HASH_SESSION_KEY, "")), until)


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore
