"""Đọc lời văn: the paragraphs of an edition, every wording they had, and who may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from soi.base.actor import Actor
from soi.base.errors import NotFound
from soi.history.models import Event
from soi.history.queries import events_of
from soi.reviews.editions import editions_for, reads_draft
from soi.reviews.enums import ReviewState
from soi.reviews.models import Paragraph, Prompt, Review, Wording
from soi.reviews.queries import OUT_OF_SIGHT, text_visible_to

PARAGRAPH_OUT_OF_SIGHT = "Không tìm thấy đoạn này, hoặc bản kiểm điểm nằm ngoài phạm vi của đồng chí."


def check_may_read(actor: Actor, review: Review) -> None:
    """A text of which no edition may be opened does not exist for the actor."""
    if not editions_for(actor, review):
        raise NotFound(OUT_OF_SIGHT)


def get_paragraph(actor: Actor, pk: int) -> Paragraph:
    """Một đoạn với bản kiểm điểm của nó; NotFound when its edition is not for this reader."""
    seen = text_visible_to(actor).filter(pk=OuterRef("review"))
    rows = Paragraph.objects.select_related("review__cycle", "review__organization", "review__person")
    paragraph = rows.filter(Exists(seen), pk=pk).first()
    if paragraph is None or paragraph.edition not in editions_for(actor, paragraph.review):
        raise NotFound(PARAGRAPH_OUT_OF_SIGHT)
    return paragraph


def check_at_home(actor: Actor, review: Review) -> None:
    """Lời văn đang soạn và mọi lời đã có: for those who write it only, whatever was finalized since."""
    if not reads_draft(actor, review):
        raise NotFound(OUT_OF_SIGHT)


def get_wording(paragraph: Paragraph, pk: int) -> Wording:
    """Một lời văn đã có của đoạn. The caller has checked that the paragraph may be seen."""
    wording = Wording.objects.filter(paragraph=paragraph, pk=pk).first()
    if wording is None:
        raise NotFound("Không tìm thấy lời văn này. Hãy tải lại trang.")
    return wording


def paragraphs_of(review: Review, *, edition: int | None = None) -> list[Paragraph]:
    """Các đoạn của một lần (the current one, unless another is named), in order, the dropped ones too."""
    wanted = review.edition if edition is None else edition
    return list(Paragraph.objects.filter(review=review, edition=wanted))


def asides_of(review: Review) -> dict[int, list[Wording]]:
    """Lời văn chờ ghép của lần hiện nay, by paragraph."""
    rows = Wording.objects.filter(
        paragraph__review=review, paragraph__edition=review.edition, aside=True, settled=False
    )
    found: dict[int, list[Wording]] = {}
    for wording in rows:
        found.setdefault(wording.paragraph_id, []).append(wording)
    return found


def wordings_of(paragraph: Paragraph) -> list[Wording]:
    """Mọi lời văn đoạn này đã có, newest first."""
    return list(Wording.objects.filter(paragraph=paragraph).order_by("-pk"))


def prompts_counted(actor: Actor, pks: Collection[int]) -> QuerySet[Prompt]:
    """Gợi ý đã đếm trong một câu, of reviews whose text this reader may open."""
    seen = text_visible_to(actor).filter(pk=OuterRef("review"))
    rows = Prompt.objects.filter(Exists(seen), pk__in=pks, sent_on__isnull=False)
    return rows.select_related("issuer").order_by("number")


def history_of(review: Review) -> QuerySet[Event]:
    """Lịch sử của bản kiểm điểm. The caller has checked that it may be seen."""
    return events_of(review)


def is_behind(review: Review) -> bool:
    """Hồ sơ đã có thêm từ lần soạn gần nhất: an explanation or an answer on what was carried came later."""
    if review.composed_at is None:
        return False
    later = Q(carried__answered_at__gt=F("composed_at")) | Q(prompts__explanations__at__gt=F("composed_at"))
    return Review.objects.filter(later, pk=review.pk).exists()


# --- who stood there before, and beside -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Một đoạn do người viết ở bản khác, to look for copied sentences."""

    review: int
    organization: int
    organization_name: str
    period: str
    text: str


def neighbours_of(review: Review) -> list[Neighbour]:
    """Đoạn do người viết: in finalized reviews of this cycle, and in this body's own of earlier ones.

    What nobody reworded was composed from records, and is nobody's to copy.
    """
    same_cycle = Q(review__cycle=review.cycle_id, review__state__in=(ReviewState.FINAL, ReviewState.APPROVED))
    earlier = Q(
        review__organization=review.organization_id,
        review__person=review.person_id,
        review__cycle__start__lt=review.cycle.start,
    )
    current = Q(edition=F("review__edition"), dropped=False, review__kind=review.kind)
    rows = (
        Paragraph.objects.filter(same_cycle | earlier, current)
        .exclude(text=F("composed"))
        .exclude(review=review)
        .order_by("-review__cycle__start", "review", "pk")
    )
    names = (
        "review_id",
        "review__organization_id",
        "review__organization__name",
        "review__cycle__period",
        "text",
    )
    return [Neighbour(*row) for row in rows.values_list(*names)]
