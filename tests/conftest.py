"""Fixtures for every room: a clock, a small organisation, actors; triggers out of the way of table flushes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase

from soi.base import triggers
from soi.base.actor import Actor, system_actor
from tests.factories import Region, build_region

TODAY = dt.date(2021, 12, 1)
NOW = dt.datetime(2021, 12, 1, 1, 30, tzinfo=dt.UTC)  # 08:30 in Hanoi


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """One test database a worker. On SQLite it lives in the worker's memory and needs no name of its own
    (pytest-django knows that of Django's own engine only)."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker and connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"test_{connection.settings_dict['NAME']}_{worker}"


@pytest.fixture(scope="session", autouse=True)
def _one_redis_database_a_worker(request: pytest.FixtureRequest) -> None:
    """A worker that empties its cache would empty the other's, brakes and all."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw0")
    if url := os.environ.get("SOI_REDIS_URL"):
        base, _, database = url.rpartition("/")
        os.environ["SOI_REDIS_URL"] = f"{base}/{(int(database) + int(worker.removeprefix('gw'))) % 16}"
        caches.settings["default"]["LOCATION"] = os.environ["SOI_REDIS_URL"]
        # Made while the settings were checked, with the address of before.
        if hasattr(caches._connections, "default"):
            del caches["default"]


@pytest.fixture(scope="session", autouse=True)
def _flush_without_triggers() -> Iterator[None]:
    """Emptying tables between live-server tests deletes history, which the triggers refuse."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        triggers.remove(connection)
        try:
            flush(self)
        finally:
            triggers.install(connection)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture
def today() -> dt.date:
    return TODAY


@pytest.fixture
def now() -> dt.datetime:
    return NOW


@pytest.fixture
def system() -> Actor:
    """The installation itself: allowed everywhere."""
    return system_actor("Cài đặt", today=TODAY)


@pytest.fixture
def region(db: Any) -> Region:
    """Quân khu giả định: five levels, posts with holders and accounts."""
    return build_region(NOW)
