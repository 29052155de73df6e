"""Short ways to play a cycle through the actions. All names and texts are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.base.actor import Actor
from soi.org.enums import Classification
from soi.reviews import cycles
from soi.reviews.enums import CycleKind, ReviewKind, Step
from soi.reviews.models import Cycle, Review
from tests.factories import Region

STEPS = {
    Step.PROMPT: dt.date(2021, 12, 5),
    Step.DRAFT: dt.date(2021, 12, 10),
    Step.COMMENT: dt.date(2021, 12, 15),
    Step.CONFERENCE: dt.date(2021, 12, 20),
    Step.FINALIZE: dt.date(2021, 12, 25),
    Step.DECIDE: dt.date(2022, 1, 10),
}
# Every body of the factory's region belongs to one of these.
ALL = (Classification.PARTY_COMMITTEE, Classification.COMMAND, Classification.UNIT, Classification.PARTY_CELL)


@dataclass
class Played:
    """Một đợt đang mở in the factory region; bodies and people by their names there.

    Found before 01/01/2021 and not mended before: carried (``review("division").carried``). Found in 2021:
    a shortcoming of this year's, carried the next time.
    """

    region: Region
    cycle: Cycle

    @property
    def now(self) -> dt.datetime:
        return self.region.now

    def actor(self, name: str, **kwargs: Any) -> Actor:
        return self.region.actor(name, **kwargs)

    def review(self, body: str) -> Review:
        """Bản kiểm điểm tập thể của đơn vị này."""
        return self._rows().get(kind=ReviewKind.COLLECTIVE, organization=self.region.bodies[body])

    def personal(self, name: str) -> Review:
        """Bản kiểm điểm cá nhân của người này, in the body of their first post."""
        return self._rows().get(
            kind=ReviewKind.INDIVIDUAL,
            person=self.region.people[name],
            organization=self.region.posts[name].organization,
        )

    def _rows(self) -> Any:
        return Review.objects.select_related("cycle__organization", "organization", "person", "post").filter(
            cycle=self.cycle
        )


def open_year(region: Region, *, by: str = "clerk", body: str = "region", **given: Any) -> Played:
    """Đợt kiểm điểm năm 2021 of the region and all below: seven collectives, twelve persons.

    Call it after recording what is to be carried.
    """
    values: dict[str, Any] = {
        "kind": CycleKind.YEAR,
        "period": "2021",
        "steps": STEPS,
        "classifications": ALL,
        **given,
    }
    cycle = cycles.open_cycle(
        actor=region.actor(by), organization=region.bodies[body], now=region.now, **values
    )
    return Played(region, cycle)
