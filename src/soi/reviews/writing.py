"""Từng đoạn của bản kiểm điểm: write, add, drop, put back, move, choose. Every save adds a wording.

Two people may write in one paragraph. Whoever saves second says which version the words were based on; both
changes are joined where they touch different places, and kept beside each other where they do not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from soi.base import ordering
from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import nfc
from soi.history.actions import record
from soi.reviews import changing, permissions
from soi.reviews.enums import Change, ReviewState, Verb
from soi.reviews.logic.merging import join
from soi.reviews.models import Paragraph, Review, Wording
from soi.reviews.models.text import LONGEST_PARAGRAPH
from soi.reviews.sections import values_of


@dataclass(frozen=True, slots=True)
class Saved:
    """Kết quả ghi: the paragraph as it stands, and what became of the words that were sent.

    ``mine`` is the version that holds exactly the words that were sent: whoever went on typing meanwhile
    bases the next words on it. ``joined``: somebody else's words are in the text too; ``aside``: the words
    wait beside the paragraph, and ``mine`` is what they were based on.
    """

    paragraph: Paragraph
    mine: int
    joined: bool = False
    aside: Wording | None = None


@transaction.atomic
def edit_paragraph(
    *, actor: Actor, paragraph: Paragraph, text: str, expected_version: int, now: dt.datetime
) -> Saved:
    """Ghi lời một đoạn. Nobody's words are lost: not those that came first, nor those sent now."""
    review, current = _writable(actor, paragraph)
    wording = _stated(text)
    if wording == current.text:
        # The same words from both sides: whatever was based on the older version goes on from here.
        return Saved(current, current.version)
    if current.version == expected_version:
        _rewritten(actor, current, wording, now)
        saved = Saved(current, current.version)
    else:
        saved = _joined(actor, current, wording, expected_version, now)
    _record(
        actor, "set_aside" if saved.aside else "edit_paragraph", review, current, now, text=wording,
        version=current.version, based_on=expected_version, joined=saved.joined,
    )  # fmt: skip
    return saved


@transaction.atomic
def add_paragraph(
    *,
    actor: Actor,
    review: Review,
    section: int,
    text: str,
    now: dt.datetime,
    after: Paragraph | None = None,
) -> Paragraph:
    """Thêm đoạn của mình, at the end of the section or right after another paragraph of it."""
    permissions.check_can_write(actor, review)
    current = begun(changing.fresh(review))
    if section not in values_of(current.group):
        raise Invalid("Hãy chọn phần của bản kiểm điểm.", {"section": "Chọn một phần trong danh sách."})
    wording = _stated(text)
    of_section = Paragraph.objects.filter(review=current, edition=current.edition, section=section)
    last = of_section.aggregate(last=Max("order"))["last"] or 0
    paragraph = Paragraph.objects.create(
        review=current, edition=current.edition, section=section, order=last + ordering.STEP, text=wording,
        edited_at=now, editor_label=actor.label,
    )  # fmt: skip
    _keep(paragraph, now)
    if after is not None:
        ordering.place_after(_of_section(paragraph), paragraph, after.pk)
    _record(actor, "add_paragraph", current, paragraph, now, text=wording)
    return paragraph


@transaction.atomic
def drop_paragraph(*, actor: Actor, paragraph: Paragraph, now: dt.datetime) -> Paragraph:
    """Bỏ một đoạn; it can be put back until the review is finalized."""
    review, current = _writable(actor, paragraph)
    if current.dropped:
        raise Conflict("Đoạn này đã được bỏ rồi.")
    # Whoever drops a paragraph has decided about it; composing again will not bring it back.
    current.dropped, current.change = True, Change.NONE
    current.save(update_fields=["dropped", "change"])
    _record(actor, "drop_paragraph", review, current, now, text=current.text)
    return current


@transaction.atomic
def restore_paragraph(*, actor: Actor, paragraph: Paragraph, now: dt.datetime) -> Paragraph:
    """Lấy lại đoạn đã bỏ."""
    review, current = _writable(actor, paragraph)
    if not current.dropped:
        raise Conflict("Đoạn này đang có trong bản kiểm điểm.")
    current.dropped, current.change = False, Change.NONE
    current.save(update_fields=["dropped", "change"])
    _record(actor, "restore_paragraph", review, current, now, text=current.text)
    return current


@transaction.atomic
def move_paragraph(*, actor: Actor, paragraph: Paragraph, up: bool, now: dt.datetime) -> Paragraph:
    """Chuyển đoạn lên hoặc xuống một bậc trong phần của nó; at the end it stays where it is."""
    review, current = _writable(actor, paragraph)
    place = ordering.move(_of_section(current), current.pk, up=up)
    if place is None:
        return current
    _record(actor, "move_paragraph", review, current, now, text=current.text, place=place)
    return current


@transaction.atomic
def decide_paragraph(*, actor: Actor, paragraph: Paragraph, take_new: bool, now: dt.datetime) -> Paragraph:
    """Quyết định khi số liệu đã khác: take the sentence that the records now give, or keep one's own."""
    review, current = _writable(actor, paragraph)
    if current.change not in (Change.DIFFERS, Change.GONE):
        raise Conflict("Đoạn này không còn gì phải chọn. Hãy tải lại trang.")
    old = current.text
    if take_new and current.change == Change.GONE:
        current.dropped = True
    elif take_new:
        current.composed, current.basis = current.other_text, current.other_basis
        _rewritten(actor, current, current.other_text, now)
    elif current.change == Change.DIFFERS:
        # Decided against these records: composing again asks only when they change once more.
        current.composed = current.other_text
    current.change, current.other_text, current.other_basis = Change.NONE, "", []
    current.save(update_fields=["composed", "basis", "change", "other_text", "other_basis", "dropped"])
    _record(
        actor, "decide_paragraph", review, current, now, take_new=take_new, old_text=old, text=current.text
    )
    return current


@transaction.atomic
def settle_wording(
    *, actor: Actor, wording: Wording, take: bool, expected_version: int, now: dt.datetime
) -> Paragraph:
    """Chọn lời văn chờ ghép: put it in the place of what stands there, or leave what stands there.

    Neither is lost: what was not chosen stays among the wordings of the paragraph.
    """
    review, current = _writable(actor, wording.paragraph)
    waiting = Wording.objects.select_for_update().get(pk=wording.pk)
    if not waiting.aside or waiting.settled:
        raise Conflict("Lời văn này đã được xem rồi. Hãy tải lại trang.")
    if take and current.version != expected_version:
        raise Conflict("Đoạn vừa có lời văn mới hơn. Hãy đọc lại rồi chọn.")
    waiting.settled = True
    waiting.save(update_fields=["settled"])
    if take and current.text != waiting.text:
        _rewritten(actor, current, waiting.text, now)
    _record(actor, "settle_wording", review, current, now, take=take, text=waiting.text)
    return current


def begun(review: Review) -> Review:
    """Bản kiểm điểm như đang có, locked: writing the first word makes it a draft."""
    if review.state == ReviewState.WAITING:
        changing.move(review, Verb.WRITE)
    else:
        permissions.check_state(review, Verb.WRITE)
    return review


# --- one paragraph and its wordings ------------------------------------------------------------------


def _writable(actor: Actor, paragraph: Paragraph) -> tuple[Review, Paragraph]:
    permissions.check_can_write(actor, paragraph.review)
    review = begun(changing.fresh(paragraph.review))
    current = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    if current.edition != review.edition:
        raise Conflict("Đoạn này thuộc bản đã chốt nên không đổi nữa. Hãy mở bản đang soạn.")
    current.review = review
    return review, current


def _joined(actor: Actor, current: Paragraph, wording: str, expected_version: int, now: dt.datetime) -> Saved:
    """Somebody was faster: both in one text, or the words sent wait beside it."""
    _keep(current, now)
    base = Wording.objects.filter(paragraph=current, version=expected_version, aside=False).first()
    both = join(base.text, wording, current.text) if base else None
    if both is None or len(both) > LONGEST_PARAGRAPH:
        _supersede(actor, current, expected_version)
        waiting = _add_wording(actor, current, wording, now, version=0, based_on=expected_version, aside=True)
        return Saved(current, expected_version, aside=waiting)
    # The words as they were sent are a version too: what is typed on meanwhile is based on them.
    mine = current.version + 1
    _add_wording(actor, current, wording, now, version=mine, based_on=expected_version)
    current.version = mine
    _rewritten(actor, current, both, now)
    _supersede(actor, current, expected_version)
    return Saved(current, mine, joined=True)


def _rewritten(actor: Actor, current: Paragraph, wording: str, now: dt.datetime) -> None:
    _keep(current, now)
    based_on = current.version
    current.text, current.version = wording, based_on + 1
    current.edited_at, current.editor_label = now, actor.label
    current.save(update_fields=["text", "version", "edited_at", "editor_label"])
    _add_wording(actor, current, wording, now, version=current.version, based_on=based_on)


def _keep(paragraph: Paragraph, now: dt.datetime) -> None:
    """The words that stand there are among the wordings, whoever wrote them."""
    if Wording.objects.filter(paragraph=paragraph, version=paragraph.version, aside=False).exists():
        return
    Wording.objects.create(
        paragraph=paragraph, version=paragraph.version, text=paragraph.text,
        at=paragraph.edited_at or paragraph.review.composed_at or now,
        editor_label=paragraph.editor_label or "Soạn từ hồ sơ",
    )  # fmt: skip


def _add_wording(
    actor: Actor,
    paragraph: Paragraph,
    text: str,
    now: dt.datetime,
    *,
    version: int,
    based_on: int,
    aside: bool = False,
) -> Wording:
    return Wording.objects.create(
        paragraph=paragraph, version=version, based_on=based_on, text=text, at=now,
        editor_label=actor.label, aside=aside,
    )  # fmt: skip


def _supersede(actor: Actor, paragraph: Paragraph, based_on: int) -> None:
    """Whoever goes on typing sends the same words and more: only the last of them waits."""
    Wording.objects.filter(
        paragraph=paragraph, editor_label=actor.label, based_on=based_on, aside=True, settled=False
    ).update(settled=True)


# --- parts shared by the verbs above -----------------------------------------------------------------


def _stated(text: str) -> str:
    wording = nfc(text)
    if not wording:
        raise Invalid("Hãy ghi nội dung đoạn, hoặc bấm bỏ đoạn.", {"text": "Chưa có nội dung."})
    if len(wording) > LONGEST_PARAGRAPH:
        raise Invalid(
            f"Đoạn dài {len(wording)} ký tự, chỉ nhận tối đa {LONGEST_PARAGRAPH}. Hãy tách thành nhiều đoạn.",
            {"text": f"Tối đa {LONGEST_PARAGRAPH} ký tự."},
        )
    return wording


def _of_section(paragraph: Paragraph) -> list[Paragraph]:
    return list(
        Paragraph.objects.filter(
            review=paragraph.review_id, edition=paragraph.edition, section=paragraph.section
        )
    )


def _record(
    actor: Actor, verb: str, review: Review, paragraph: Paragraph, now: dt.datetime, **facts: object
) -> None:
    record(
        actor=actor, action=f"reviews.{verb}", subject=review, now=now, using=Capability.RECORD,
        organization=review.organization, paragraph=paragraph.pk, section=paragraph.section, **facts,
    )  # fmt: skip
