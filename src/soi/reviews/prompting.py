"""Gợi ý kiểm điểm: prepare, edit, send several at once, withdraw. Only the level directly above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import nfc
from soi.findings.models import Finding
from soi.findings.queries import visible_to as findings_visible_to
from soi.history.actions import record
from soi.org.models import Organization
from soi.reviews import changing, permissions
from soi.reviews.enums import Verb
from soi.reviews.models import Prompt, Review
from soi.reviews.queries import OUT_OF_SIGHT

LONGEST = 4000
_SENT = "Gợi ý đã gửi nên không sửa được nữa. Nếu sai, hãy rút, ghi lý do, rồi gửi gợi ý khác."
_GONE = "Gợi ý này đã được rút."
_UNSENT = "Bỏ trước khi gửi."


@transaction.atomic
def prepare_prompts(
    *,
    actor: Actor,
    reviews: Sequence[Review],
    texts: Sequence[str],
    now: dt.datetime,
    finding: Finding | None = None,
) -> list[Prompt]:
    """Lập gợi ý: each text for each of these; nobody below sees them before they are sent.

    Raises Invalid without a text, Conflict where one of the reviews takes no prompt any more: then none is made.
    """
    said = [_worded(text) for text in texts if nfc(text)]
    if not said:
        raise Invalid("Hãy ghi nội dung gợi ý.", {"text": "Ghi vấn đề cần kiểm điểm, giải trình."})
    if not reviews:
        raise Invalid("Hãy chọn nơi nhận gợi ý.", {"reviews": "Chọn ít nhất một tập thể hoặc cá nhân."})
    if finding is not None and not findings_visible_to(actor).filter(pk=finding.pk).exists():
        raise NotFound("Không tìm thấy nội dung này, hoặc nội dung nằm ngoài phạm vi của đồng chí.")
    current = changing.fresh_many(reviews)
    issuers = {review.pk: _issuer(actor, review) for review in current}
    last = _last_numbers(current)
    prompts = [
        Prompt(
            review=review, issuer=issuers[review.pk], number=last.get(review.pk, 0) + place, text=text,
            finding=finding, author_label=actor.label,
        )
        for review in current
        for place, text in enumerate(said, start=1)
    ]  # fmt: skip
    Prompt.objects.bulk_create(prompts)
    for review in current:
        first = next(prompt for prompt in prompts if prompt.review_id == review.pk)
        _record(
            actor, "prepare_prompts", review, issuers[review.pk], now, subject=first, texts=said,
            finding=finding,
        )  # fmt: skip
    return prompts


@transaction.atomic
def edit_prompt(
    *, actor: Actor, prompt: Prompt, text: str, expected_version: int, now: dt.datetime
) -> Prompt:
    """Sửa một gợi ý chưa gửi. Raises Conflict where it was sent, or changed since ``expected_version``."""
    issuer, current = _fresh(actor, prompt)
    if current.sent_on or current.withdrawn_on:
        raise Conflict(_GONE if current.withdrawn_on else _SENT)
    if current.version != expected_version:
        raise Conflict(
            f"Gợi ý này vừa được người khác sửa thành: «{current.text}». "
            f"Lời của đồng chí chưa lưu: «{nfc(text)}». Hãy đối chiếu rồi lưu lại."
        )
    old, current.text = current.text, _worded(text)
    current.version += 1
    current.save(update_fields=["text", "version"])
    _record(
        actor, "edit_prompt", current.review, issuer, now, subject=current, number=current.number, old=old,
        new=current.text,
    )  # fmt: skip
    return current


@transaction.atomic
def send_prompts(*, actor: Actor, prompts: Sequence[Prompt], now: dt.datetime) -> int:
    """Gửi các gợi ý đã lập, all or none; those already sent stay as they were. One event for each review."""
    reviews = {review.pk: review for review in changing.fresh_many([prompt.review for prompt in prompts])}
    rows = Prompt.objects.select_for_update().filter(pk__in=[prompt.pk for prompt in prompts])
    waiting = [row for row in rows.order_by("review", "number") if not (row.sent_on or row.withdrawn_on)]
    if not waiting:
        raise Conflict("Các gợi ý được chọn đều đã gửi hoặc đã rút, không còn gì để gửi.")
    for pk in {prompt.review_id for prompt in waiting}:
        mine = [prompt for prompt in waiting if prompt.review_id == pk]
        issuer = _issuer(actor, reviews[pk])
        for prompt in mine:
            prompt.sent_on, prompt.sender_label = actor.today, actor.label
        numbers = [prompt.number for prompt in mine]
        _record(actor, "send_prompts", reviews[pk], issuer, now, numbers=numbers)
    Prompt.objects.bulk_update(waiting, ["sent_on", "sender_label"])
    return len(waiting)


@transaction.atomic
def withdraw_prompt(*, actor: Actor, prompt: Prompt, reason: str, now: dt.datetime) -> Prompt:
    """Rút gợi ý, with a reason that who received it reads; one not yet sent is simply left out."""
    issuer, current = _fresh(actor, prompt)
    if current.withdrawn_on:
        raise Conflict(_GONE)
    sent = current.sent_on is not None
    current.withdrawn_reason = changing.noted(reason, "lý do rút gợi ý") if sent else nfc(reason) or _UNSENT
    current.withdrawn_on, current.withdrawer_label = actor.today, actor.label
    current.save(update_fields=["withdrawn_on", "withdrawn_reason", "withdrawer_label"])
    _record(
        actor, "withdraw_prompt", current.review, issuer, now, subject=None if sent else current,
        number=current.number, sent=sent, reason=current.withdrawn_reason,
    )  # fmt: skip
    return current


# --- parts -------------------------------------------------------------------------------------------


def _issuer(actor: Actor, review: Review) -> Organization:
    issuer = permissions.check_can_prompt(actor, review)
    permissions.check_state(review, Verb.PROMPT)
    return issuer


def _fresh(actor: Actor, prompt: Prompt) -> tuple[Organization, Prompt]:
    """The prompt locked, its review before it: every act takes the review first."""
    review = changing.fresh(prompt.review)
    issuer = _issuer(actor, review)
    current = Prompt.objects.select_for_update().filter(pk=prompt.pk).first()
    if current is None:
        raise NotFound(OUT_OF_SIGHT)
    current.review = review
    return issuer, current


def _worded(text: str) -> str:
    text = nfc(text)
    if not text:
        raise Invalid("Hãy ghi nội dung gợi ý.", {"text": "Ghi vấn đề cần kiểm điểm, giải trình."})
    if len(text) > LONGEST:
        raise Invalid(f"Mỗi gợi ý dài nhất {LONGEST} chữ cái.", {"text": "Tách thành nhiều gợi ý."})
    return text


def _last_numbers(reviews: Sequence[Review]) -> dict[int, int]:
    rows = Prompt.objects.filter(review__in=reviews).order_by().values_list("review")
    return dict(rows.annotate(last=Max("number")))


def _record(
    actor: Actor,
    verb: str,
    review: Review,
    issuer: Organization,
    now: dt.datetime,
    *,
    subject: Prompt | None = None,
    **facts: object,
) -> None:
    """Until it is sent a prompt is nobody's business below: what is done to it stays out of the review's history."""
    record(
        actor=actor, action=f"reviews.{verb}", subject=subject or review, now=now, using=Capability.RECORD,
        organization=review.organization, person=review.person, issuer=issuer, **facts,
    )  # fmt: skip
