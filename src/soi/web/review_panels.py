"""Các khung trên trang bản kiểm điểm: prompts, carried rows, measures, and what is missing before it is finalized."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from soi.base.actor import Actor
from soi.reviews import editions, permissions, prompted, readiness
from soi.reviews.enums import Mended, ReviewKind, Verdict
from soi.reviews.logic.carried import lacks_answer, mended_of
from soi.reviews.readiness import Lack, Missing

if TYPE_CHECKING:
    from soi.reviews.models import Carried, Explanation, Finalization, Measure, Prompt, Review

# Icon and colour of what became of a finding, as the kit names them.
MENDED_BADGES = {Mended.FIXED: "mended", Mended.GOING: "in_remedy", Mended.NOT_YET: "overdue"}


@dataclass(frozen=True, slots=True)
class PromptRow:
    """Một gợi ý, its explanations, and what may be done about it now."""

    prompt: Prompt
    said: list[Explanation]
    may_explain: bool
    may_judge: bool
    may_change: bool

    @property
    def last(self) -> Explanation | None:
        return self.said[-1] if self.said else None

    @property
    def is_open(self) -> bool:
        """Still to be explained."""
        waits = self.prompt.sent_on and not self.prompt.withdrawn_on
        return bool(waits) and (self.last is None or self.last.verdict == Verdict.AGAIN)


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """Một mục chuyển sang as a line of the table."""

    carried: Carried
    mended: Mended
    badge: str
    lacks: bool


@dataclass(frozen=True, slots=True)
class LackRow:
    """Một điều còn thiếu and where it is mended."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Panels:
    """Các khung của một bản kiểm điểm."""

    prompts: list[PromptRow]
    carried: list[CarriedRow]
    measures: list[Measure]
    lacks: list[LackRow]
    finalizations: list[Finalization]
    offers: permissions.Offers
    shows_text: bool
    may_measure: bool
    waits_for_finalizing: bool

    @property
    def returned(self) -> Finalization | None:
        """Lần chốt vừa bị trả lại, while the next one is written."""
        last = self.finalizations[-1] if self.finalizations else None
        return last if last and last.approved is False else None

    @property
    def broken(self) -> list[Finalization]:
        """Lần chốt mà toàn văn không còn khớp dấu."""
        return [one for one in self.finalizations if not editions.is_intact(one)]


def build(actor: Actor, review: Review, *, edition: int) -> Panels:
    """The panels beside and below the text of one edition. The caller has checked that the review is seen."""
    offers = permissions.offers(actor, review)
    readable = edition in editions.editions_for(actor, review) or editions.reads_draft(actor, review)
    current = edition == review.edition
    waits = not offers.finalize
    return Panels(
        prompts=_prompts(actor, review, offers) if prompted.may_open(actor, review) else [],
        carried=[_carried(row) for row in prompted.carried_of(review)] if readable and current else [],
        measures=prompted.measures_of(review, edition=edition) if readable else [],
        lacks=[_lack(review, lack) for lack in readiness.lacks(review, today=actor.today)] if waits else [],
        finalizations=list(editions.finalizations_of(review)) if readable else [],
        offers=offers,
        shows_text=readable,
        may_measure=current and not offers.write and review.kind == ReviewKind.COLLECTIVE,
        waits_for_finalizing=waits and current,
    )


def _prompts(actor: Actor, review: Review, offers: permissions.Offers) -> list[PromptRow]:
    return [_prompt(prompt, offers) for prompt in prompted.prompts_of(actor, review)]


def _prompt(prompt: Prompt, offers: permissions.Offers) -> PromptRow:
    said = list(prompt.explanations.all())
    last = said[-1] if said else None
    asks = prompt.sent_on is not None and prompt.withdrawn_on is None
    clear = last is not None and last.verdict == Verdict.ACCEPTED
    return PromptRow(
        prompt=prompt,
        said=said,
        may_explain=asks and not clear and not offers.explain,
        may_judge=asks and last is not None and not last.verdict and not offers.judge,
        may_change=prompt.withdrawn_on is None and not offers.prompt,
    )


def _carried(row: Carried) -> CarriedRow:
    mended = Mended(mended_of(row.finding.state))
    lacks = lacks_answer(row.finding.state, row.answer, row.why_not)
    return CarriedRow(row, mended, MENDED_BADGES[mended], lacks)


def _lack(review: Review, lack: Lack) -> LackRow:
    here = reverse("review_detail", args=[review.pk])
    writing = reverse("review_writing", args=[review.pk])
    urls = {
        Missing.TEXT: writing,
        Missing.CHANGES: writing,
        Missing.ASIDES: writing,
        Missing.PROMPTS: f"{here}#goi-y",
        Missing.CARRIED: f"{here}#chuyen-sang",
        Missing.MEASURES: f"{here}#bien-phap",
        Missing.ROUNDS: f"{here}#gop-y",
        Missing.COMMENTS: f"{here}#gop-y",
    }
    return LackRow(lack.sentence, urls[lack.what])
