"""Biện pháp của phần phương hướng: add, edit, drop. Concrete, or it is not taken (R2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid, NotFound
from soi.base.text import nfc, squash
from soi.history.actions import record
from soi.org.models import Organization, Post
from soi.reviews import changing, permissions
from soi.reviews.enums import ReviewKind, Verb
from soi.reviews.models import Measure, Review
from soi.reviews.queries import OUT_OF_SIGHT, heirs
from soi.work import entering
from soi.work.entering import TaskEntry
from soi.work.enums import Origin
from soi.work.logic.vagueness import what_lacks

LONGEST = 4000
_IS_A_TASK = (
    "Biện pháp này đã thành nhiệm vụ từ lần chốt trước, nên không sửa ở đây nữa. "
    "Hãy sửa hoặc hủy chính nhiệm vụ đó, có ghi lý do."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """Một biện pháp được nhập."""

    statement: str
    deliverable: str
    accountable_post: Post | None
    area: str
    due_on: dt.date | None


@transaction.atomic
def add_measure(*, actor: Actor, review: Review, entry: MeasureEntry, now: dt.datetime) -> Measure:
    """Thêm biện pháp. Raises Invalid, with a better wording where it only exhorts."""
    current = _writable(actor, review)
    measure = Measure(review=current, edition=current.edition, **_taken(actor, current, entry))
    measure.save(force_insert=True)
    _record(actor, "add_measure", measure, now)
    return measure


@transaction.atomic
def edit_measure(
    *, actor: Actor, measure: Measure, entry: MeasureEntry, expected_version: int, now: dt.datetime
) -> Measure:
    """Sửa biện pháp. Raises Conflict where somebody changed it since ``expected_version`` was shown."""
    current = _fresh(actor, measure)
    if current.version != expected_version:
        raise Conflict(
            f"Biện pháp này vừa được người khác sửa thành: «{current.statement}». "
            f"Lời của đồng chí chưa lưu: «{nfc(entry.statement)}». Hãy đối chiếu rồi lưu lại."
        )
    columns = _taken(actor, current.review, entry)
    for name, value in columns.items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*columns, "version"])
    _record(actor, "edit_measure", current, now)
    return current


@transaction.atomic
def drop_measure(*, actor: Actor, measure: Measure, now: dt.datetime) -> Measure:
    """Bỏ biện pháp; it stays in the edition as dropped, and becomes no task."""
    current = _fresh(actor, measure)
    if current.dropped:
        raise Conflict("Biện pháp này đã được bỏ rồi.")
    current.dropped = True
    current.version += 1
    current.save(update_fields=["dropped", "version"])
    _record(actor, "drop_measure", current, now)
    return current


def task_entry(actor: Actor, measure: Measure) -> TaskEntry:
    """Nhiệm vụ mà biện pháp sẽ thành: given by the body to the accountable post, from the next period on."""
    begins = max(actor.today, measure.review.cycle.end)
    return TaskEntry(
        assigned_by=giver_of(actor, measure.review), accountable_post=measure.accountable_post,
        statement=measure.statement, deliverable=measure.deliverable, due_on=measure.due_on,
        area=measure.area, start_on=min(begins, measure.due_on), origin=Origin.REMEDY,
    )  # fmt: skip


def giver_of(actor: Actor, review: Review) -> Organization:
    """Nơi giao: the body itself, or who took it over."""
    return next(iter(heirs(review.organization, on=actor.today)), review.organization)


# --- parts -------------------------------------------------------------------------------------------


def _writable(actor: Actor, review: Review) -> Review:
    current = changing.fresh(review)
    permissions.check_can_write(actor, current)
    if current.kind == ReviewKind.INDIVIDUAL:
        raise Conflict(
            "Biện pháp có người chịu trách nhiệm và thời hạn chỉ lập trong bản kiểm điểm tập thể. "
            "Trong bản tự kiểm điểm, hãy viết hướng khắc phục vào lời văn."
        )
    changing.move(current, Verb.WRITE)
    return current


def _fresh(actor: Actor, measure: Measure) -> Measure:
    review = _writable(actor, measure.review)
    rows = Measure.objects.select_for_update(of=("self",)).filter(review=review, edition=review.edition)
    current = rows.filter(pk=measure.pk).first()
    if current is None:
        raise NotFound(OUT_OF_SIGHT)
    if current.task_id:
        raise Conflict(_IS_A_TASK)
    current.review = review
    return current


def _taken(actor: Actor, review: Review, entry: MeasureEntry) -> dict[str, object]:
    """The columns, once everything holds that the task will be asked for when the review is finalized."""
    post, due_on = entry.accountable_post, entry.due_on
    lack = what_lacks(entry.statement, entry.deliverable, has_post=post is not None, due_on=due_on)
    if lack or post is None or due_on is None:
        raise Invalid(lack.sentence, lack.fields) if lack else AssertionError("a lack without a sentence")
    for field, text, most in (
        ("statement", entry.statement, LONGEST),
        ("deliverable", entry.deliverable, 500),
    ):
        if len(nfc(text)) > most:
            raise Invalid(f"Dài nhất {most} chữ cái.", {field: "Viết ngắn lại."})
    columns: dict[str, object] = {
        "statement": nfc(entry.statement), "deliverable": squash(entry.deliverable),
        "accountable_post": post, "area": entry.area, "due_on": due_on,
    }  # fmt: skip
    entering.checked(actor, task_entry(actor, Measure(review=review, **columns)))
    return columns


def _record(actor: Actor, verb: str, measure: Measure, now: dt.datetime) -> None:
    review = measure.review
    record(
        actor=actor, action=f"reviews.{verb}", subject=review, now=now, using=Capability.RECORD,
        organization=review.organization, statement=measure.statement, deliverable=measure.deliverable,
        accountable_post=measure.accountable_post, due_on=measure.due_on, area=measure.area,
    )  # fmt: skip
