"""Fixtures of the room: the region with a way to act in it and to have the notices made."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import Region
from tests.notices.story import Story


@pytest.fixture
def story(region: Region, now: dt.datetime) -> Story:
    """Nothing told yet: what building the region recorded is behind the mark."""
    story = Story(region, now)
    story.tell()
    assert story.told() == set()
    return story
