"""Gợi ý, giải trình, mục chuyển sang, biện pháp của bản kiểm điểm trung đoàn, through the actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from soi.findings.enums import FindingKind
from soi.findings.models import Finding
from soi.org.enums import WorkArea
from soi.reviews import explaining, measuring, prompting
from soi.reviews.measuring import MeasureEntry
from soi.reviews.models import Carried, Explanation, Measure, Prompt, Review
from tests.factories import Region


@dataclass
class Deciding:
    """``unsent``: prepared by the division, which the regiment must not see; ``prompt``: sent and explained."""

    review: Review
    unsent: Prompt
    prompt: Prompt
    explanation: Explanation
    carried: Carried
    measure: Measure


def build_deciding(region: Region, review: Review, today: dt.date) -> Deciding:
    """The division prompts, the regiment explains and promises."""
    above, author = region.actor("division", today=today), region.actor("regiment", today=today)
    sent, unsent = prompting.prepare_prompts(
        actor=above, reviews=[review], texts=["CANARY gợi ý đã gửi", "CANARY gợi ý chưa gửi"], now=region.now
    )
    prompting.send_prompts(actor=above, prompts=[sent], now=region.now)
    explanation = explaining.explain(actor=author, prompt=sent, text="CANARY giải trình", now=region.now)
    findings = Finding.objects.filter(organization=review.organization).exclude(kind=FindingKind.STRENGTH)
    finding = findings.order_by("pk")[0]
    carried, _ = Carried.objects.get_or_create(
        review=review, finding=finding, defaults={"state_then": finding.state}
    )
    entry = MeasureEntry(
        statement="CANARY rà soát phân công ở 3 tiểu đoàn", deliverable="Bảng phân công của 3 tiểu đoàn",
        accountable_post=region.posts["regiment"], area=WorkArea.LEADERSHIP,
        due_on=today + dt.timedelta(days=90),
    )  # fmt: skip
    measure = measuring.add_measure(actor=author, review=review, entry=entry, now=region.now)
    return Deciding(review, unsent, sent, explanation, carried, measure)
