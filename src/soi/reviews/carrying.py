"""Trả lời mục chuyển sang: what was done about a finding of last time, and why it is not finished."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import nfc
from soi.history.actions import record
from soi.reviews import changing, permissions
from soi.reviews.enums import Mended, Verb
from soi.reviews.logic.carried import mended_of
from soi.reviews.models import Carried
from soi.reviews.queries import OUT_OF_SIGHT

LONGEST = 4000


@transaction.atomic
def answer_carried(
    *,
    actor: Actor,
    carried: Carried,
    answer: str,
    expected_version: int,
    now: dt.datetime,
    why_not: str = "",
) -> Carried:
    """Trả lời một mục chuyển sang. Whether it is mended the finding says; unless it is, ``why_not`` must say why.

    Raises Conflict where somebody answered since ``expected_version`` was shown; both wordings are in the sentence.
    """
    review = changing.fresh(carried.review)
    permissions.check_can_write(actor, review)
    changing.move(review, Verb.WRITE)
    current = _fresh(carried)
    if current.version != expected_version:
        raise Conflict(
            f"{current.author_label} vừa ghi: «{current.answer}». Lời của đồng chí chưa lưu: «{nfc(answer)}». "
            "Hãy đối chiếu rồi lưu lại."
        )
    mended = Mended(mended_of(current.finding.state))
    current.answer = changing.noted(answer, "kết quả khắc phục, có minh chứng", "answer")
    current.why_not = "" if mended == Mended.FIXED else changing.noted(why_not, _WHY, "why_not")
    _check_length(answer=current.answer, why_not=current.why_not)
    current.answered_at, current.author_label = now, actor.label
    current.version += 1
    current.save(update_fields=["answer", "why_not", "answered_at", "author_label", "version"])
    record(
        actor=actor, action="reviews.answer_carried", subject=review, now=now, using=Capability.RECORD,
        organization=review.organization, person=review.person, finding=current.finding, mended=mended,
        answer=current.answer, why_not=current.why_not,
    )  # fmt: skip
    return current


_WHY = "vì sao chưa khắc phục xong, và ai chịu trách nhiệm"


def _fresh(carried: Carried) -> Carried:
    rows = Carried.objects.select_for_update(of=("self",)).select_related("finding")
    current = rows.filter(pk=carried.pk).first()
    if current is None:
        raise NotFound(OUT_OF_SIGHT)
    return current


def _check_length(**texts: str) -> None:
    for field, text in texts.items():
        if len(text) > LONGEST:
            raise Invalid(f"Dài nhất {LONGEST} chữ cái.", {field: "Viết ngắn lại."})
