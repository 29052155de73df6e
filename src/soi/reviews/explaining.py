"""Giải trình gợi ý, and how the level that prompted takes it: accepted, or explained again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import nfc
from soi.history.actions import record
from soi.reviews import changing, permissions
from soi.reviews.enums import Verb, Verdict
from soi.reviews.models import Explanation, Prompt
from soi.reviews.queries import OUT_OF_SIGHT

LONGEST = 8000


@transaction.atomic
def explain(*, actor: Actor, prompt: Prompt, text: str, now: dt.datetime) -> Explanation:
    """Giải trình một gợi ý đã gửi. Until it was judged another one may follow; what was said stays."""
    review = changing.fresh(prompt.review)
    permissions.check_can_write(actor, review)
    current = _sent(prompt)
    said = changing.noted(text, "nội dung giải trình", "text")
    if len(said) > LONGEST:
        raise Invalid(f"Giải trình dài nhất {LONGEST} chữ cái.", {"text": "Viết ngắn lại."})
    last = current.explanations.last()
    if last is not None and last.verdict == Verdict.ACCEPTED:
        raise Conflict("Cấp trên đã ghi nhận giải trình này là rõ, không cần giải trình thêm.")
    changing.move(review, Verb.EXPLAIN)
    made = Explanation.objects.create(
        prompt=current, text=said, on=actor.today, at=now, author_label=actor.label
    )
    record(
        actor=actor, action="reviews.explain", subject=review, now=now, using=Capability.RECORD,
        organization=review.organization, person=review.person, issuer=current.issuer,
        number=current.number, text=said,
    )  # fmt: skip
    return made


@transaction.atomic
def judge(
    *, actor: Actor, explanation: Explanation, verdict: Verdict | str, now: dt.datetime, reason: str = ""
) -> Explanation:
    """Xem xét giải trình, once: clear, or to be explained again, with what is still missing.

    After the review was finalized it is only taken as clear; otherwise the review is returned first.
    """
    review = changing.fresh(explanation.prompt.review)
    issuer = permissions.check_can_prompt(actor, review)
    current = Explanation.objects.select_for_update().filter(pk=explanation.pk).first()
    if current is None:
        raise NotFound(OUT_OF_SIGHT)
    if verdict not in Verdict.values:
        raise Invalid("Hãy chọn đã rõ hay cần giải trình thêm.", {"verdict": "Chọn một trong hai."})
    _check_judged(current)
    if verdict == Verdict.AGAIN:
        permissions.check_state(review, Verb.EXPLAIN)
        reason = changing.noted(reason, "điều cần giải trình thêm")
    current.verdict, current.verdict_reason = verdict, nfc(reason)
    current.verdict_on, current.judge_label = actor.today, actor.label
    current.save(update_fields=["verdict", "verdict_reason", "verdict_on", "judge_label"])
    record(
        actor=actor, action="reviews.judge", subject=review, now=now, using=Capability.RECORD,
        organization=review.organization, person=review.person, issuer=issuer,
        number=explanation.prompt.number, verdict=verdict, reason=current.verdict_reason,
    )  # fmt: skip
    return current


def _sent(prompt: Prompt) -> Prompt:
    """The prompt locked; one that was never sent does not exist for who would answer it."""
    current = Prompt.objects.select_for_update().filter(pk=prompt.pk, sent_on__isnull=False).first()
    if current is None:
        raise NotFound(OUT_OF_SIGHT)
    if current.withdrawn_on:
        raise Conflict("Gợi ý này đã được rút, không cần giải trình nữa.")
    return current


def _check_judged(explanation: Explanation) -> None:
    if explanation.verdict:
        raise Conflict("Giải trình này đã được xem xét rồi.")
    if Explanation.objects.filter(prompt=explanation.prompt_id, pk__gt=explanation.pk).exists():
        raise Conflict("Đã có giải trình mới hơn. Hãy xem giải trình mới nhất.")
