"""Dấu của cây: along which tree the counts were added up, and whether that is the tree of today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from soi.org.enums import ReorganizationKind
from soi.org.models import Reorganization
from soi.work.models import TreeStamp

# These change where a body that has tasks stands; a new name does not.
_MOVING = [
    ReorganizationKind.MOVE,
    ReorganizationKind.MERGE,
    ReorganizationKind.SPLIT,
    ReorganizationKind.ABOLISH,
]


def tree_stamp(today: dt.date) -> str:
    """Dấu của cây trong ngày: another one when tasks may count for other bodies than before.

    The moves in force by that day, and the newest day of founding: what is founded has no tasks yet, except
    where it was founded ahead of its day.
    """
    found = Reorganization.objects.filter(on__lte=today).aggregate(
        moves=Count("pk", filter=Q(kind__in=_MOVING)),
        founded=Max("on", filter=Q(kind=ReorganizationKind.FOUND)),
    )
    return f"{found['moves']} {found['founded'] or ''}"


def newest_reorganization() -> int:
    """Lần sắp xếp ghi sau cùng; they are written one at a time, so numbers and moments run together."""
    return Reorganization.objects.aggregate(newest=Max("pk"))["newest"] or 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """Dấu đã lưu: the tree, and the last day and reorganisation at which it was seen to be that tree still."""

    tree: str
    newest: int
    seen_on: str

    @classmethod
    def read(cls, stored: str) -> Stamp:
        """As :meth:`write` has written it; what was never written fits no tree."""
        tree, _, seen = stored.partition("|")
        newest, _, seen_on = seen.partition("|")
        return cls(tree, int(newest or -1), seen_on)

    @classmethod
    def stored(cls) -> Stamp:
        """The one that goes with the stored counts."""
        row = TreeStamp.objects.first()
        return cls.read(row.stamp if row else "")

    def write(self, now: dt.datetime) -> None:
        """Keep it beside the counts."""
        stamp = f"{self.tree}|{self.newest}|{self.seen_on}"
        TreeStamp.objects.update_or_create(pk=1, defaults={"stamp": stamp, "made_at": now})

    def was_seen(self, newest: int, today: dt.date) -> bool:
        """Nothing was reorganised since and no day has passed: no need to look at the tree again."""
        return (self.newest, self.seen_on) == (newest, today.isoformat())


def is_of_today(stamp: Stamp, newest: int, today: dt.date) -> bool:
    """Whether the counts that go with this stamp are added up along the tree of this day."""
    return stamp.was_seen(newest, today) or stamp.tree == tree_stamp(today)
