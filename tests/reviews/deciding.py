"""Short ways to prompt, explain, finalize and decide. All names and texts are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from soi.base.actor import Actor
from soi.findings.models import Finding
from soi.org.enums import WorkArea
from soi.reviews import carrying, explaining, finalizing, measuring, prompting, writing
from soi.reviews.enums import Section, Verdict
from soi.reviews.measuring import MeasureEntry
from soi.reviews.models import Carried, Explanation, Finalization, Measure, Paragraph, Prompt, Review
from tests.factories import Region
from tests.findings.story import Story
from tests.reviews.cycle import Played, open_year

LAST_YEAR = dt.date(2020, 11, 20)
DUE = dt.date(2022, 3, 31)
ASKED = "Làm rõ trách nhiệm khi giao nhiệm vụ chưa cụ thể."
SAID = "Đã rà soát, giao lại từng nhiệm vụ cho một chức vụ."


@dataclass
class Deciding:
    """The review of the division in the year's cycle: written by the division, decided by the region."""

    played: Played
    finding: Finding
    author: str = "division"
    above: str = "clerk"

    @property
    def region(self) -> Region:
        return self.played.region

    @property
    def now(self) -> dt.datetime:
        return self.played.now

    @property
    def review(self) -> Review:
        return self.played.review("division")

    @property
    def carried(self) -> Carried:
        return self.review.carried.select_related("review", "finding").get()

    @property
    def story(self) -> Story:
        return Story(self.region, self.now)

    def actor(self, name: str) -> Actor:
        return self.region.actor(name)

    def write(self, text: str = "Hoàn thành nhiệm vụ được giao.") -> Paragraph:
        return writing.add_paragraph(
            actor=self.actor(self.author), review=self.review, section=Section.STRENGTHS, text=text,
            now=self.now,
        )  # fmt: skip

    def answer(self, carried: Carried | None = None, **given: Any) -> Carried:
        row = carried or self.carried
        values = {
            "answer": "Đã kiểm tra 5 đơn vị.",
            "why_not": "Còn 2 đơn vị, bí thư sư đoàn chịu trách nhiệm.",
        }
        return carrying.answer_carried(
            actor=self.actor(self.author), carried=row, expected_version=row.version, now=self.now,
            **{**values, **given},
        )  # fmt: skip

    def prepare(self, *texts: str, by: str = "", reviews: list[Review] | None = None) -> list[Prompt]:
        return prompting.prepare_prompts(
            actor=self.actor(by or self.above), reviews=reviews or [self.review], texts=texts or [ASKED],
            now=self.now,
        )  # fmt: skip

    def send(self, prompts: list[Prompt], by: str = "") -> int:
        return prompting.send_prompts(actor=self.actor(by or self.above), prompts=prompts, now=self.now)

    def prompt(self, text: str = ASKED) -> Prompt:
        """A prompt that was sent."""
        prompts = self.prepare(text)
        self.send(prompts)
        return Prompt.objects.select_related("review", "issuer").get(pk=prompts[0].pk)

    def explain(self, prompt: Prompt, text: str = SAID, by: str = "") -> Explanation:
        return explaining.explain(actor=self.actor(by or self.author), prompt=prompt, text=text, now=self.now)

    def judge(
        self, explanation: Explanation, verdict: Verdict = Verdict.ACCEPTED, reason: str = ""
    ) -> Explanation:
        return explaining.judge(
            actor=self.actor(self.above),
            explanation=explanation,
            verdict=verdict,
            reason=reason,
            now=self.now,
        )

    def entry(self, **given: Any) -> MeasureEntry:
        values: dict[str, Any] = {
            "statement": "Rà soát phân công nhiệm vụ của 5 đơn vị trực thuộc",
            "deliverable": "Bảng phân công được ban hành ở 5 đơn vị",
            "accountable_post": self.region.posts["division"],
            "area": WorkArea.LEADERSHIP,
            "due_on": DUE,
            **given,
        }
        return MeasureEntry(**values)

    def measure(self, by: str = "", **given: Any) -> Measure:
        return measuring.add_measure(
            actor=self.actor(by or self.author), review=self.review, entry=self.entry(**given), now=self.now
        )

    def ready(self) -> Review:
        """With text and the carried row answered: nothing is missing."""
        self.write()
        self.answer()
        return self.review

    def finalize(self, by: str = "") -> Finalization:
        return finalizing.finalize(actor=self.actor(by or self.author), review=self.review, now=self.now)

    def approve(self, by: str = "") -> Finalization:
        return finalizing.approve(actor=self.actor(by or self.above), review=self.review, now=self.now)

    def send_back(self, reason: str = "Chưa nêu rõ trách nhiệm.", by: str = "") -> Review:
        return finalizing.return_review(
            actor=self.actor(by or self.above), review=self.review, reason=reason, now=self.now
        )

    def correct(self, reason: str = "Sai số liệu mục 2.", by: str = "") -> Review:
        return finalizing.correct(
            actor=self.actor(by or self.author), review=self.review, reason=reason, now=self.now
        )


def deciding_of(region: Region) -> Deciding:
    """A finding of last year is still open, and this year's cycle is opened."""
    finding = Story(region, region.now).record(found_on=LAST_YEAR)
    return Deciding(open_year(region), finding)
