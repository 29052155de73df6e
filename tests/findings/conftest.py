"""Fixtures of the register: one shortcoming of the division, with a remedy due from its secretary."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.findings.models import Finding, Remedy
from tests.factories import Region
from tests.findings.story import Story


@pytest.fixture
def story(region: Region, now: dt.datetime) -> Story:
    """The region and short ways to act in it."""
    return Story(region, now)


@pytest.fixture
def finding(story: Story) -> Finding:
    """Một khuyết điểm của sư đoàn, nêu ngày 20/10/2021, chưa có biện pháp."""
    return story.record()


@pytest.fixture
def remedy(story: Story, finding: Finding) -> Remedy:
    """Biện pháp giao cho bí thư sư đoàn."""
    return story.give(finding)


@pytest.fixture
def reported(story: Story, finding: Finding, remedy: Remedy) -> Finding:
    """The same finding, reported done and waiting for somebody else."""
    story.report(remedy)
    finding.refresh_from_db()
    return finding
