"""Đợt kiểm điểm của trung đoàn: a cycle opened by its secretary, with one line of each kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.org.enums import Classification
from soi.reviews import cycles, listing, writing
from soi.reviews.enums import CycleKind, Exemption, ReviewKind, Step
from soi.reviews.models import Cycle, Paragraph, Review
from tests.factories import Region


@dataclass
class Reviews:
    """``collective``: the regiment's own; ``lower``: the battalion's; ``exempt``: the cell, with a reason;
    ``personal``: of the member of the cell; ``paragraph``: of the regiment's draft."""

    cycle: Cycle
    collective: Review
    lower: Review
    exempt: Review
    personal: Review
    paragraph: Paragraph


def build_reviews(region: Region, today: dt.date) -> Reviews:
    """Opened today about this year; what is open from earlier years is carried into it."""
    secretary = region.actor("regiment", today=today)
    cycle = cycles.open_cycle(
        actor=secretary,
        organization=region.bodies["regiment"],
        kind=CycleKind.YEAR,
        period=f"{today.year:04d}",
        title="Kiểm điểm năm của Trung đoàn 91",
        steps={Step.DRAFT: today + dt.timedelta(days=10), Step.FINALIZE: today + dt.timedelta(days=20)},
        classifications=[Classification.PARTY_COMMITTEE, Classification.UNIT, Classification.PARTY_CELL],
        now=region.now,
    )

    def collective(body: str) -> Review:
        return cycle.reviews.get(kind=ReviewKind.COLLECTIVE, organization=region.bodies[body])

    listing.exempt(
        actor=secretary, reviews=[collective("cell")], reason=Exemption.OTHER, note="Đang tách chi bộ",
        now=region.now,
    )  # fmt: skip
    return Reviews(
        cycle=cycle,
        collective=collective("regiment"),
        lower=collective("battalion"),
        exempt=collective("cell"),
        personal=cycle.reviews.get(person=region.people["member"]),
        paragraph=writing.add_paragraph(
            actor=secretary,
            review=collective("regiment"),
            section=1,
            text="CANARY lời văn dự thảo",
            now=region.now,
        ),
    )
