"""Nhịp của các phòng họp đang có người xem: the number and the turnout of each, in one small query."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q

from soi.ballots.enums import PollState
from soi.conferences.models import Conference, Floor


def numbers(conference_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """(số sự kiện, số người đã bỏ phiếu) by conference; a turnout only while the ballot on the floor is open."""
    voted = Count("poll__roll", filter=Q(poll__state=PollState.OPEN, poll__roll__cast=True))
    floors = Floor.objects.filter(conference_id__in=conference_ids).annotate(voted=voted)
    return {pk: (number, cast) for pk, number, cast in floors.values_list("conference_id", "number", "voted")}


def conference(pk: int) -> Conference:
    """Hội nghị số này, for functions that read it anew anyway. The caller has checked that it may be seen."""
    return Conference(pk=pk)
