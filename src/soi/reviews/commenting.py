"""Góp ý ghi tên và bằng giấy, và trả lời từng góp ý. What is said without names goes through ``unsigned``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.base.text import nfc
from soi.documents.models import Source
from soi.history.actions import record
from soi.reviews import commented, permissions
from soi.reviews.enums import Uptake
from soi.reviews.logic.envelopes import Item
from soi.reviews.models import Asked, Comment, CommentRound, UnsignedComment

LONGEST = 4000
CLOSED = "Đợt góp ý này đã đóng nên không nhận thêm góp ý."
_WITHOUT_NAMES = "Đợt này góp ý không ghi tên; hãy gửi trên trang góp ý của đợt."
_NOT_ASKED = "Đồng chí không thuộc nơi được đề nghị góp ý trong đợt này."


def fresh(round_: CommentRound) -> CommentRound:
    """Đợt còn mở, locked until the transaction ends. Raises Conflict for one that is closed."""
    rows = CommentRound.objects.select_for_update(of=("self",)).select_related(
        "review__organization", "review__person", "review__cycle"
    )
    current = rows.get(pk=round_.pk)
    if current.closed_on is not None:
        raise Conflict(CLOSED)
    return current


# --- what is said -----------------------------------------------------------------------------------


@transaction.atomic
def comment(*, actor: Actor, asked: Asked, items: Sequence[Item], now: dt.datetime) -> list[Comment]:
    """Góp ý ghi tên: several at once, also again while the round is open. What was said already stands once."""
    round_ = _mine(actor, asked)
    said = checked(asked, items)
    return _add(actor, asked, round_, said, now, author_label=actor.label, at=now)


@transaction.atomic
def nothing_to_say(*, actor: Actor, asked: Asked, now: dt.datetime) -> Asked:
    """Nhất trí, không có ý kiến thêm."""
    round_ = _mine(actor, asked)
    return _agree(actor, asked, round_, now)


@transaction.atomic
def enter_on_paper(
    *,
    actor: Actor,
    asked: Asked,
    items: Sequence[Item],
    paper_on: dt.date | None,
    now: dt.datetime,
    source: Source | None = None,
) -> list[Comment]:
    """Nhập góp ý gửi bằng giấy: by the office, with the day of the paper and its scan; no words mean agreement."""
    permissions.check_can_ask(actor, asked.round.review)
    round_ = fresh(asked.round)
    if round_.anonymous:
        raise Conflict(_WITHOUT_NAMES)
    if paper_on is None or paper_on > actor.today:
        raise Invalid("Hãy ghi ngày trên giấy góp ý.", {"paper_on": "Ngày trên giấy, không sau hôm nay."})
    if not items:
        _agree(actor, asked, round_, now)
        return []
    said = checked(asked, items)
    return _add(
        actor, asked, round_, said, now, author_label=asked.name, at=now, source=source, paper_on=paper_on,
        enterer_label=actor.label,
    )  # fmt: skip


def _mine(actor: Actor, asked: Asked) -> CommentRound:
    if not commented.asked_of(actor).filter(pk=asked.pk).exists():
        raise NotAllowed(_NOT_ASKED)
    round_ = fresh(asked.round)
    if round_.anonymous:
        raise Conflict(_WITHOUT_NAMES)
    return round_


def checked(asked: Asked, items: Sequence[Item]) -> list[Item]:
    """Điều góp ý đã kiểm: words, and what they are about belongs to what was shown."""
    said = [Item(words, one.paragraph, one.finding) for one in items if (words := nfc(one.text))]
    if not said:
        raise Invalid("Chưa có góp ý nào.", {"text": "Ghi góp ý, hoặc bấm «Nhất trí, không có ý kiến thêm»."})
    if any(len(one.text) > LONGEST for one in said):
        raise Invalid(
            f"Một góp ý dài nhất {LONGEST} chữ cái.",
            {"text": "Tách thành nhiều góp ý, mỗi góp ý về một việc."},
        )
    paragraphs = {paragraph.pk for paragraph in commented.draft_for(asked)}
    findings = {finding.pk for finding in commented.findings_for(asked)}
    if any(
        (one.paragraph and one.paragraph not in paragraphs) or (one.finding and one.finding not in findings)
        for one in said
    ):
        raise Conflict(
            "Bản dự thảo vừa thay đổi, có đoạn không còn. Hãy tải lại trang; lời góp ý chép lại để gửi."
        )
    return said


def _add(
    actor: Actor, asked: Asked, round_: CommentRound, said: Sequence[Item], now: dt.datetime, **facts: Any
) -> list[Comment]:
    there = set(Comment.objects.filter(asked=asked).values_list("paragraph_id", "finding_id", "text"))
    new = [
        Comment(asked=asked, paragraph_id=one.paragraph, finding_id=one.finding, text=one.text, **facts)
        for one in said
        if (one.paragraph, one.finding, one.text) not in there
    ]
    if not new:
        return []
    Comment.objects.bulk_create(new)
    Asked.objects.filter(pk=asked.pk).update(answered_on=actor.today, nothing_to_say=False)
    record(
        actor=actor, action="reviews.comment", subject=round_, now=now,
        organization=round_.review.organization, review=round_.review_id, asked=asked, comments=len(new),
    )  # fmt: skip
    return new


def _agree(actor: Actor, asked: Asked, round_: CommentRound, now: dt.datetime) -> Asked:
    current = Asked.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if current.nothing_to_say:
        return current
    if Comment.objects.filter(asked=current).exists():
        raise Conflict("Nơi này đã có góp ý trong đợt, nên không ghi là không có ý kiến nữa.")
    current.nothing_to_say, current.answered_on = True, actor.today
    current.save(update_fields=["nothing_to_say", "answered_on"])
    record(
        actor=actor, action="reviews.nothing_to_say", subject=round_, now=now,
        organization=round_.review.organization, review=round_.review_id, asked=current,
    )  # fmt: skip
    return current


# --- the answer -------------------------------------------------------------------------------------


@transaction.atomic
def answer(
    *, actor: Actor, comment: Comment | UnsignedComment, uptake: str, reason: str, now: dt.datetime
) -> Comment | UnsignedComment:
    """Trả lời góp ý: taken in, partly, or not; the latter two say why. Answered again, the earlier one is history."""
    round_ = commented.round_of(comment)
    review = round_.review
    permissions.check_can_answer(actor, review)
    current = type(comment).objects.select_for_update(of=("self",)).get(pk=comment.pk)
    chosen, words = _uptake(uptake, reason)
    if (current.uptake, current.reason) == (chosen, words):
        return current
    before = current.uptake
    current.uptake, current.reason = chosen, words
    current.answered_at, current.answerer_label = now, actor.label
    current.save(update_fields=["uptake", "reason", "answered_at", "answerer_label"])
    record(
        actor=actor, action="reviews.answer_comment", subject=round_, now=now, using=Capability.RECORD,
        organization=review.organization, review=review.pk, comment=current.pk, old_uptake=before,
        uptake=chosen, reason=words, asked=comment.asked if isinstance(comment, Comment) else None,
    )  # fmt: skip
    return current


def _uptake(uptake: str, reason: str) -> tuple[str, str]:
    words = nfc(reason)
    if uptake not in Uptake.values:
        raise Invalid("Hãy chọn có tiếp thu hay không.", {"uptake": "Chọn một trong ba mức."})
    if uptake != Uptake.TAKEN and not words:
        raise Invalid(
            "Không tiếp thu hoặc chỉ tiếp thu một phần thì phải nói rõ vì sao.",
            {"reason": "Người góp ý sẽ đọc lý do này."},
        )
    return uptake, words
