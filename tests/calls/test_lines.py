"""The line of a site: ticked by its technician and remembered, or measured and not remembered."""

from __future__ import annotations

import pytest

from soi.base import bell
from soi.base.errors import NotAllowed, NotFound
from soi.conferences import lines
from soi.conferences.enums import Line
from soi.conferences.models import Site
from soi.history.models import Event
from tests.calls.conftest import Hall


def tick(hall: Hall, username: str, line: Line = Line.CONNECTED) -> None:
    lines.tick(actor=hall.actor(username), site=hall.north, line=line, now=hall.region.now)


def test_the_technician_ticks_and_it_is_remembered(hall: Hall) -> None:
    tick(hall, "regiment")
    site = Site.objects.get(pk=hall.north.pk)
    assert (site.line, site.line_at) == (Line.CONNECTED, hall.region.now)
    assert Event.objects.filter(action="conferences.tick_line").count() == 1


def test_the_head_of_the_site_and_who_records_may_too(hall: Hall) -> None:
    tick(hall, "divisionclerk")
    Site.objects.filter(pk=hall.north.pk).update(head=hall.region.people["member"], technician=None)
    hall.north.refresh_from_db()
    tick(hall, "member")


def test_nobody_else_does(hall: Hall) -> None:
    with pytest.raises(NotAllowed, match="kỹ thuật"):
        tick(hall, "brigade")
    with pytest.raises(NotFound):
        tick(hall, "commander")


def test_what_is_measured_rings_once_and_only_when_it_changes(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(bell, "ring", lambda topic, number: heard.append(f"{topic} {number}"))
    sites = [hall.north.pk, hall.south.pk]

    def measure() -> int:
        return lines.measured(
            conference=hall.conference, sites=sites, line=Line.CONNECTED, now=hall.region.now
        )

    assert measure() == 2
    assert measure() == 0
    assert heard == [f"conference:{hall.conference.pk} 0"]
    assert not Event.objects.filter(action="conferences.tick_line").exists()
