"""Phần chung khi ghi một nhiệm vụ: the newest row, locked; words, numbers and days that can be taken.

Nothing here checks who acts; ``tasks``, ``progress`` and ``bulk`` do, and they alone are called from outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.db.models import OuterRef, QuerySet, Subquery

from soi.base.actor import Actor
from soi.base.errors import Invalid, NotFound
from soi.base.models import held_on
from soi.base.records import Kept
from soi.base.text import fold, nfc
from soi.org.enums import WorkArea
from soi.org.models import Closure, Organization, Post
from soi.work.enums import LateCause
from soi.work.models import Task
from soi.work.queries import OPEN_STATES, OUT_OF_SIGHT
from soi.work.rollup import Counted, note_change

_MOST = Decimal("999999999999.99")  # what the column holds


def fresh(task: Task) -> Task:
    """Bản mới nhất, locked until the transaction ends: of two acts at once, the second sees the first."""
    found: Task | None = _FRESH.one(keys=[task.pk])
    if found is None:
        raise NotFound(OUT_OF_SIGHT)
    return found


def fresh_many(tasks: Sequence[Task]) -> list[Task]:
    """Các bản mới nhất, locked in one order everywhere, so that two who change many never wait in a ring."""
    if len(tasks) == 1:
        return [fresh(tasks[0])]
    asked = {task.pk for task in tasks}
    locked = list(_locked().filter(pk__in=asked).order_by("pk"))
    if len(locked) != len(asked):
        raise NotFound(OUT_OF_SIGHT)
    return locked


def _locked() -> QuerySet[Task]:
    beside = ("organization", "assigned_by", "accountable_post")
    parts = Task.objects.filter(parent=OuterRef("pk"), state__in=OPEN_STATES).order_by("-due_on")
    rows = Task.objects.select_for_update(of=("self",)).select_related(*beside).defer("search_key")
    return rows.annotate(parts_due=Subquery(parts.values("due_on")[:1]))  # type: ignore[no-redef]


_FRESH = Kept(lambda pk: _locked().filter(pk=pk).order_by())


def save(task: Task, before: Counted, *columns: str) -> None:
    """Ghi các cột này; the figures of every body above follow from what was counted before and is now."""
    task.version += 1
    task.save(update_fields=[*columns, "version"])
    note_change(before, Counted.of(task))


# --- words, numbers ------------------------------------------------------------------------------------


def noted(text: str, what: str, field: str = "note") -> str:
    """Chữ phải có."""
    text = nfc(text)
    if not text:
        raise Invalid(f"Hãy ghi {what}.", {field: f"Chưa ghi {what}."})
    return text


def search_key(*texts: str) -> str:
    """Khóa tìm kiếm without marks."""
    return " ".join(fold(text) for text in texts if text)


def area_of(value: str) -> WorkArea:
    """Lĩnh vực, or the sentence that asks for one."""
    if value not in WorkArea.values:
        raise Invalid("Hãy chọn lĩnh vực công tác của nhiệm vụ.", {"area": "Chọn trong danh sách."})
    return WorkArea(value)


def weight_of(value: int) -> int:
    """Trọng số 1 to 10."""
    if not 1 <= value <= 10:
        raise Invalid("Trọng số là số từ 1 đến 10.", {"weight": "Ghi số từ 1 đến 10."})
    return value


def measured(value: Decimal | None, field: str) -> Decimal | None:
    """Một số đo: not negative, two places after the comma, as large as the column holds."""
    if value is None:
        return None
    try:
        number = Decimal(value)
        fits = number.is_finite() and 0 <= number <= _MOST and number == number.quantize(Decimal("0.01"))
    except InvalidOperation:
        fits = False
    if not fits:
        raise Invalid(
            "Số liệu phải là số không âm, nhỏ hơn một nghìn tỷ, nhiều nhất hai chữ số sau dấu phẩy.",
            {field: "Ghi lại số này."},
        )
    return number


def target_of(target: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    """Chỉ tiêu và đơn vị tính: both or neither."""
    target = measured(target, "target")
    if target is not None and not unit:
        raise Invalid(
            "Chỉ tiêu phải có đơn vị tính, ví dụ: %, lớp, chi bộ.", {"unit": "Ghi đơn vị tính của chỉ tiêu."}
        )
    if unit and target is None:
        raise Invalid("Đã ghi đơn vị tính nhưng chưa ghi chỉ tiêu.", {"target": "Ghi số phải đạt."})
    return target, unit


def late_cause_of(given: str, *, late: bool) -> str:
    """Nguyên nhân chậm: demanded when late, empty when not; the rating of a period needs it."""
    if not late:
        return ""
    if given not in LateCause.values:
        raise Invalid(
            "Nhiệm vụ xong sau thời hạn. Hãy chọn nguyên nhân chậm là chủ quan hay khách quan.",
            {"late_cause": "Chọn nguyên nhân chậm."},
        )
    return given


# --- days, posts, the tree -------------------------------------------------------------------------------


def report_day(actor: Actor, task: Task, on: dt.date | None) -> dt.date:
    """Ngày báo cáo: from the day the task was given to today."""
    day = on or actor.today
    if not task.created_on <= day <= actor.today:
        raise Invalid(
            f"Ngày báo cáo phải từ ngày giao {task.created_on:%d/%m/%Y} đến hôm nay.",
            {"on": "Chọn ngày khác."},
        )
    return day


def check_post(post: Post, *days: dt.date, field: str = "accountable_post") -> None:
    """Chức vụ phải có vào một trong những ngày này."""
    if not any(day in post.period for day in days):
        raise Invalid(
            f"Chức vụ {post} không có vào ngày {days[0]:%d/%m/%Y}. Hãy giao cho một chức vụ đang có.",
            {field: "Chọn chức vụ khác."},
        )


def bodies_below(body_id: int, bodies: Sequence[int], *, on: dt.date) -> set[int]:
    """Trong các tổ chức này, những tổ chức cùng là nó hoặc ở dưới nó on that day; no query when all are it."""
    others = set(bodies) - {body_id}
    if not others:
        return set(bodies)
    below = Closure.objects.filter(held_on(on), ancestor_id=body_id, descendant_id__in=others)
    return set(below.values_list("descendant_id", flat=True)) | (set(bodies) & {body_id})


def check_level(actor: Actor, giver: Organization, taker: Organization) -> None:
    """Cấp dưới không giao việc cho cấp trên. A body that was merged stands below its heir and is no lower."""
    same = giver.pk == taker.pk or not giver.exists_on(actor.today)
    if not same and bodies_below(taker.pk, [giver.pk], on=actor.today):
        raise Invalid(
            f"{giver} là cấp dưới của {taker} nên không giao nhiệm vụ lên được. "
            "Hãy nêu đề nghị trong báo cáo tiến độ.",
            {"assigned_by": "Chọn cấp giao ngang hoặc trên."},
        )
