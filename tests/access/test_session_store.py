"""Kho phiên: as Django's own, asked with one statement."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from soi.access.session_store import SessionStore

pytestmark = pytest.mark.django_db


def kept(**data: object) -> str:
    store = SessionStore()
    store.update(data)
    store.create()
    assert store.session_key
    return store.session_key


def test_what_was_kept_is_read_in_one_statement_as_django_reads_it() -> None:
    key = kept(seen=17)
    with CaptureQueriesContext(connection) as asked:
        assert SessionStore(key).load() == {"seen": 17}
    assert len(asked) == 1
    assert db.SessionStore(key).load() == {"seen": 17}


@pytest.mark.parametrize("ends", [dt.timedelta(seconds=-1), dt.timedelta(days=-30)])
def test_a_session_that_is_over_is_empty_and_its_key_is_not_used_again(ends: dt.timedelta) -> None:
    key = kept(seen=17)
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + ends)
    store = SessionStore(key)
    assert store.load() == {}
    assert store.session_key is None


def test_an_unknown_key_is_no_session() -> None:
    store = SessionStore("x" * 32)
    assert store.load() == {}
    assert store.session_key is None


def test_what_somebody_else_wrote_into_the_row_is_not_believed() -> None:
    key = kept(seen=17)
    Session.objects.filter(pk=key).update(session_data="eyJzZWVuIjogOTl9:x:y")
    assert SessionStore(key).load() == {}
