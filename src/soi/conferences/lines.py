"""Đường truyền của điểm cầu: ticked by its technician, or measured while its sound and picture run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from soi.base import bell
from soi.base.actor import Actor
from soi.base.errors import NotAllowed
from soi.conferences.enums import Line
from soi.conferences.models import Conference, Floor, Site
from soi.conferences.permissions import can_edit, check_sees
from soi.history import actions as history


def may_tick(actor: Actor, site: Site) -> bool:
    """Whether this person answers for the line of the site, or records for the conference."""
    own = actor.person_id is not None and actor.person_id in (site.head_id, site.technician_id)
    return own or actor.is_system or can_edit(actor, site.conference)


@transaction.atomic
def tick(*, actor: Actor, site: Site, line: Line, now: dt.datetime) -> Site:
    """Đánh dấu đường truyền: by the technician or the head of the site, or by who records the conference."""
    check_sees(actor, site.conference)
    if not may_tick(actor, site):
        raise NotAllowed(
            "Đường truyền do người phụ trách kỹ thuật của điểm cầu đánh dấu. Hãy báo đồng chí đó."
        )
    site.line, site.line_at = line, now
    site.save(update_fields=["line", "line_at"])
    history.record(
        actor=actor,
        action="conferences.tick_line",
        subject=site.conference,
        now=now,
        site=site.name,
        line=line.value,
    )
    _ring(site.conference)
    return site


@transaction.atomic
def measured(*, conference: Conference, sites: Collection[int], line: Line, now: dt.datetime) -> int:
    """Đường truyền đo được: what the server sees of connections, no act of anybody, so no history. How many changed."""
    changed = (
        Site.objects.filter(conference=conference, pk__in=sites)
        .exclude(line=line)
        .update(line=line, line_at=now)
    )
    if changed:
        _ring(conference)
    return changed


def _ring(conference: Conference) -> None:
    number = Floor.objects.filter(conference=conference).values_list("number", flat=True).first()
    bell.ring(f"conference:{conference.pk}", number or 0)
