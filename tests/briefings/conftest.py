"""Fixtures of the briefing: the region with a quarter of work in the division."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.briefings.models import BriefingReport
from tests.briefings.story import Briefing
from tests.factories import Region


@pytest.fixture
def briefing(region: Region, now: dt.datetime) -> Briefing:
    """The region and short ways to act in it."""
    return Briefing(region, now)


@pytest.fixture
def report(briefing: Briefing) -> BriefingReport:
    """Báo cáo quý IV/2021 của sư đoàn: one task done, one overdue."""
    briefing.done(briefing.task("Hoàn thành kiểm tra kỹ thuật 120 xe"))
    briefing.task("Ban hành quy chế làm việc của 04 phòng", due_on=dt.date(2021, 11, 20))
    return briefing.compose()
