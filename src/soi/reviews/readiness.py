"""Còn thiếu gì để chốt: asked by the page that shows it and by the action that refuses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from soi.reviews.comments_left import commenting_left
from soi.reviews.enums import Change, Verdict
from soi.reviews.logic.carried import lacks_answer
from soi.reviews.models import Carried, Explanation, Measure, Paragraph, Prompt, Review, Wording


class Missing(StrEnum):
    """Thiếu ở đâu: where on the page it is mended."""

    TEXT = "text"
    CHANGES = "changes"
    ASIDES = "asides"
    PROMPTS = "prompts"
    CARRIED = "carried"
    MEASURES = "measures"
    ROUNDS = "rounds"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Lack:
    """Một điều còn thiếu: where, and the sentence that says how much."""

    what: Missing
    sentence: str


def lacks(review: Review, *, today: dt.date) -> list[Lack]:
    """Những điều còn thiếu, in the order of the page; none: it may be finalized."""
    comments = commenting_left(review)
    asked = [
        *_of_text(review),
        (Missing.PROMPTS, unanswered_prompts(review).count(), "gợi ý của cấp trên chưa được giải trình"),
        (Missing.CARRIED, len(unanswered_carried(review)), "mục chuyển sang chưa được trả lời"),
        (Missing.MEASURES, _overdue_measures(review, today), "biện pháp có hạn đã qua"),
        (Missing.ROUNDS, len(comments.open_rounds), "đợt góp ý bắt buộc chưa xong"),
        (Missing.COMMENTS, comments.unanswered, "góp ý chưa được trả lời tiếp thu hay không"),
    ]
    counted = [Lack(what, f"Còn {number} {words}.") for what, number, words in asked if number]
    return [*_without_text(review), *counted]


def unanswered_prompts(review: Review) -> QuerySet[Prompt]:
    """Gợi ý đã gửi mà chưa giải trình, or whose last explanation was sent back. One that waits to be judged is not."""
    last = Explanation.objects.filter(prompt=OuterRef("pk")).order_by("-pk")
    sent = Prompt.objects.filter(review=review, sent_on__isnull=False, withdrawn_on__isnull=True)
    rows = sent.annotate(said=Exists(last), last_verdict=Subquery(last.values("verdict")[:1]))
    return rows.exclude(said=True, last_verdict__in=("", Verdict.ACCEPTED))


def unjudged_prompts(review: Review) -> QuerySet[Prompt]:
    """Gợi ý mà cấp trên chưa ghi nhận giải trình là rõ: what an approval waits for."""
    clear = Explanation.objects.filter(prompt=OuterRef("pk"), verdict=Verdict.ACCEPTED)
    sent = Prompt.objects.filter(review=review, sent_on__isnull=False, withdrawn_on__isnull=True)
    return sent.exclude(Exists(clear))


def unanswered_carried(review: Review) -> list[Carried]:
    """Mục chuyển sang còn thiếu trả lời, or why it is not finished: a finding may have been opened again since."""
    rows = Carried.objects.filter(review=review).select_related("finding")
    return [row for row in rows if lacks_answer(row.finding.state, row.answer, row.why_not)]


def _without_text(review: Review) -> list[Lack]:
    if Paragraph.objects.filter(review=review, edition=review.edition, dropped=False).exists():
        return []
    return [Lack(Missing.TEXT, "Bản kiểm điểm chưa có đoạn nào.")]


def _of_text(review: Review) -> list[tuple[Missing, int, str]]:
    undecided = Paragraph.objects.filter(
        review=review, edition=review.edition, dropped=False, change__in=(Change.DIFFERS, Change.GONE)
    )
    beside = Wording.objects.filter(
        paragraph__review=review, paragraph__edition=review.edition, paragraph__dropped=False,
        aside=True, settled=False,
    )  # fmt: skip
    return [
        (Missing.CHANGES, undecided.count(), "đoạn đã sửa mà số liệu trong hồ sơ nay đã khác"),
        (Missing.ASIDES, beside.count(), "lời văn của hai người cùng sửa chưa được chọn"),
    ]


def _overdue_measures(review: Review, today: dt.date) -> int:
    rows = Measure.objects.filter(review=review, edition=review.edition, dropped=False, task__isnull=True)
    return rows.filter(due_on__lt=today).count()
