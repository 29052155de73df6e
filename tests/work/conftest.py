"""Fixtures of work: one task that the region gave to the secretary of the division."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.work.models import Task
from tests.factories import Region
from tests.work.story import Story


@pytest.fixture
def story(region: Region, now: dt.datetime) -> Story:
    """The region and short ways to act in it."""
    return Story(region, now)


@pytest.fixture
def task(story: Story) -> Task:
    """Nhiệm vụ Quân khu giao cho bí thư sư đoàn, hạn 31/12/2021."""
    return story.assign()


@pytest.fixture
def reported(story: Story, task: Task) -> Task:
    """The same task, reported done and waiting for the level that gave it."""
    return story.done(task)
