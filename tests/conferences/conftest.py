"""A conference of the region with two people, findings in two bodies, conclusions and a source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django import Settings

from soi.conferences import actions
from soi.conferences.enums import ConferenceKind, Form
from soi.conferences.models import Conference
from soi.findings import actions as findings
from soi.findings.enums import FindingKind
from soi.findings.models import Finding
from soi.org.enums import WorkArea
from tests.factories import Region

if TYPE_CHECKING:
    from tests.conferences.hall import Hall

DAY = dt.date(2021, 4, 7)


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def hold(region: Region, body: str = "region", **facts: Any) -> Conference:
    """A conference recorded by the system; any fact may be given."""
    given = {
        "kind": ConferenceKind.BRIEFING_QUARTER,
        "form": Form.ONLINE,
        "title": "Giao ban quý I",
        "date_start": DAY,
        "period": "2021-Q1",
        **facts,
    }
    return actions.record_conference(
        actor=region.system, organization=region.bodies[body], now=region.now, **given
    )


def find(region: Region, body: str, statement: str, kind: FindingKind = FindingKind.LIMITATION) -> Finding:
    """A finding of that body on the day of the conference."""
    return findings.record_finding(
        actor=region.system, organization=region.bodies[body], kind=kind, statement=statement,
        area=WorkArea.LEADERSHIP, found_on=DAY, now=region.now,
    )  # fmt: skip


@pytest.fixture
def conference(region: Region) -> Conference:
    return hold(region)


@pytest.fixture
def hall(region: Region) -> Hall:
    """A session about to begin, at three sites."""
    from tests.conferences.hall import build_hall

    return build_hall(region)


@pytest.fixture
def open_hall(hall: Hall) -> Hall:
    """The same, opened by the chair."""
    from soi.conferences import floor

    floor.open_session(actor=hall.actor("commander"), conference=hall.conference, now=hall.now)
    return hall
