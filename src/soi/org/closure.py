"""Bao đóng trong cơ sở dữ liệu: rebuilt below the bodies whose edges changed, and compared as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q

from soi.base.errors import Conflict
from soi.org.logic.closure import CycleError, Edge, Reach, closure_of
from soi.org.models import Closure, Organization, OrganizationEdge

CIRCLE = "Không đặt được tổ chức dưới chính nó hoặc dưới tổ chức cấp dưới của nó. Hãy chọn cấp trên khác."
# Numbers in one IN list; SQLite takes 32,766 parameters at most.
_AT_ONCE = 5_000


def rebuild_below(bodies: Iterable[int]) -> None:
    """Work out the closure of these bodies and of all that ever stood below them; call in a transaction.

    Raises ``Conflict`` when a body would come to stand below itself.
    """
    roots = set(bodies)
    below = Closure.objects.filter(ancestor_id__in=roots).values_list("descendant_id", flat=True)
    affected = roots | set(below)
    try:
        reaches = closure_of(affected, _edges_above(affected))
    except CycleError as error:
        raise Conflict(CIRCLE) from error
    for part in _parts(affected):
        Closure.objects.filter(descendant_id__in=part).delete()
    Closure.objects.bulk_create([_row(reach) for reach in reaches], batch_size=2000)


def differences() -> list[str]:
    """So sánh: where the stored closure differs from the one worked out anew from all edges."""
    wanted = set(closure_of(Organization.objects.values_list("pk", flat=True), _edges(Q())))
    stored = {
        (row.ancestor_id, row.descendant_id, row.depth, row.start, row.end) for row in Closure.objects.all()
    }
    expected = {(r.ancestor, r.descendant, r.depth, r.period.start, r.period.end) for r in wanted}
    return [f"thiếu {row}" for row in sorted(expected - stored, key=str)] + [
        f"thừa {row}" for row in sorted(stored - expected, key=str)
    ]


def _edges_above(bodies: set[int]) -> list[Edge]:
    """Every edge on a way up from these bodies, level by level: few queries even in a tree of a nation."""
    found: list[Edge] = []
    seen: set[int] = set()
    wave = bodies
    while wave:
        seen |= wave
        edges = [edge for part in _parts(wave) for edge in _edges(Q(child__in=part))]
        found += edges
        wave = {edge.parent for edge in edges} - seen
    return found


def _edges(wanted: Q) -> list[Edge]:
    return [Edge(row.child_id, row.parent_id, row.period) for row in OrganizationEdge.objects.filter(wanted)]


def _parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _row(reach: Reach) -> Closure:
    return Closure(
        ancestor_id=reach.ancestor,
        descendant_id=reach.descendant,
        depth=reach.depth,
        start=reach.period.start,
        end=reach.period.end,
    )
