"""Fixtures of the room: the region, and short ways to act in it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.directives.story import Story
from tests.factories import Region


@pytest.fixture
def story(region: Region, now: dt.datetime) -> Story:
    return Story(region, now)
