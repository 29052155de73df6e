"""Nhịp của các phòng họp đang có người xem: the number and the ballots of each, in one small query."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from soi.ballots.enums import PollState
from soi.conferences.models import Conference, ConferencePoll, Floor

_SETTLED = (PollState.COUNTED, PollState.PUBLISHED, PollState.ANNULLED)


def numbers(conference_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """(số sự kiện, điều không chuông nào báo) by conference: votes cast in the open ballot, and ballots settled.

    A ballot is counted or annulled on its own page, which knows of no floor; between two events the sum only grows.
    """
    voted = Count("poll__roll", filter=Q(poll__state=PollState.OPEN, poll__roll__cast=True))
    settled = ConferencePoll.objects.filter(conference=OuterRef("conference"), poll__state__in=_SETTLED)
    ended = Coalesce(Subquery(settled.order_by().values("conference").annotate(n=Count("pk")).values("n")), 0)
    floors = Floor.objects.filter(conference_id__in=conference_ids).annotate(voted=voted, ended=ended)
    rows = floors.values_list("conference_id", "number", "voted", "ended")
    return {pk: (number, cast + over) for pk, number, cast, over in rows}


def conference(pk: int) -> Conference:
    """Hội nghị số này, for functions that read it anew anyway. The caller has checked that it may be seen."""
    return Conference(pk=pk)
