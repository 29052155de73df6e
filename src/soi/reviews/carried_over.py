"""Chuyển sang: what was open when the period began goes into the review of each body it belongs to or concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Max, Q

from soi.findings.enums import FindingKind
from soi.findings.models import Finding, FindingBody
from soi.org.enums import EdgeKind
from soi.org.models import OrganizationEdge
from soi.reviews.models import Carried, Cycle, Review

_AT_ONCE = 1000


def carry(cycle: Cycle, reviews: Sequence[Review]) -> int:
    """Chuyển vào các bản kiểm điểm tập thể này; what a body that is no more left open goes to its heirs.

    Found before the period and not mended before it: what was mended in the meantime is told as mended. What
    was found in the period itself belongs to the part on shortcomings, and is carried the next time.
    """
    of_body = _with_heritage(cycle, {review.organization_id: review for review in reviews})
    rows = list(_open_when_begun(cycle, of_body))
    times = _times_before(cycle, {finding for finding, _body, _state in rows})
    wanted = {
        (review.pk, finding): Carried(
            review=review, finding_id=finding, state_then=state, times=times.get(finding, 0) + 1
        )
        for finding, body, state in rows
        for review in of_body[body]
    }
    return len(Carried.objects.bulk_create(wanted.values(), batch_size=_AT_ONCE))


def _with_heritage(cycle: Cycle, own: dict[int, Review]) -> dict[int, list[Review]]:
    """Each body with the reviews that answer for it: its own, and of one that is no more, those of its heirs."""
    heirs: defaultdict[int, set[int]] = defaultdict(set)
    edges = OrganizationEdge.objects.filter(kind=EdgeKind.SUCCEEDED, start__lte=cycle.listed_on)
    for child, parent in edges.values_list("child_id", "parent_id"):
        heirs[child].add(parent)
    found = {body: [review] for body, review in own.items()}
    for gone in heirs:
        if answering := [own[body] for body in sorted(_last_heirs(gone, heirs)) if body in own]:
            found[gone] = found.get(gone, []) + [row for row in answering if row not in found.get(gone, [])]
    return found


def _last_heirs(body: int, heirs: dict[int, set[int]]) -> set[int]:
    """All who took the body over, directly or after another that is no more either."""
    seen: set[int] = set()
    wave = set(heirs.get(body, ()))
    while wave:
        seen |= wave
        wave = {heir for one in wave for heir in heirs.get(one, ())} - seen
    return seen


def _open_when_begun(cycle: Cycle, bodies: Iterable[int]) -> Iterable[tuple[int, int, str]]:
    """The finding, the body through which it comes, and how it stands now."""
    still_open = Q(finding__mended_on__isnull=True) | Q(finding__mended_on__gte=cycle.start)
    rows = FindingBody.objects.filter(
        still_open,
        finding__kind__in=(FindingKind.LIMITATION, FindingKind.SHORTCOMING),
        finding__found_on__lt=cycle.start,
    )
    wanted = sorted(bodies)
    for start in range(0, len(wanted), _AT_ONCE):
        some = rows.filter(organization_id__in=wanted[start : start + _AT_ONCE]).order_by("pk")
        yield from some.values_list("finding_id", "organization_id", "finding__state")


def _times_before(cycle: Cycle, findings: set[int]) -> dict[int, int]:
    """How often each was carried into cycles of this kind about earlier periods."""
    seen = Finding.objects.filter(
        carried_into__review__cycle__kind=cycle.kind,
        carried_into__review__cycle__start__lt=cycle.start,
        pk__in=findings,
    )
    return dict(seen.order_by().annotate(most=Max("carried_into__times")).values_list("pk", "most"))
