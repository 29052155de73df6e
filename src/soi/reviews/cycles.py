"""Mở đợt, đổi hạn các bước, kết thúc đợt kiểm điểm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.periods import Period
from soi.base.quarters import days_of, is_quarter, is_year
from soi.base.quarters import label as period_label
from soi.base.text import squash
from soi.history.actions import record
from soi.org.enums import Classification
from soi.org.models import Organization
from soi.reviews import list_queries, permissions
from soi.reviews.enums import CycleKind, CycleState, Order, ReviewKind, Step
from soi.reviews.listing import draw_up
from soi.reviews.logic.calendar import first_out_of_order
from soi.reviews.logic.rules import pack_on
from soi.reviews.models import Carried, Cycle, CycleStep


@transaction.atomic
def open_cycle(
    *,
    actor: Actor,
    organization: Organization,
    kind: CycleKind | str,
    steps: Mapping[str, dt.date],
    classifications: Sequence[str],
    period: str = "",
    days: Period | None = None,
    title: str = "",
    order: Order | str = Order.BOTTOM_UP,
    with_persons: bool = True,
    listed_on: dt.date | None = None,
    now: dt.datetime,
) -> Cycle:
    """Mở đợt kiểm điểm for a body and all below it: the list is drawn up and what is open is carried over.

    A quarter and a year are named by ``period`` ("2021-Q4", "2021"); a term and a cycle on demand by ``days``.
    """
    permissions.check_can_open(actor, organization)
    cycle = planned(
        organization, kind, period=period, days=days, title=title,
        order=order, listed_on=listed_on or actor.today,
    )  # fmt: skip
    cycle.classifications = _checked_classifications(classifications)
    cycle.with_persons, cycle.opened_on, cycle.opener_label = with_persons, actor.today, actor.label
    _check_days(cycle, actor.today)
    due = checked_steps(steps)
    _check_once(cycle)
    cycle.save()
    CycleStep.objects.bulk_create(CycleStep(cycle=cycle, step=step, due_on=day) for step, day in due.items())
    reviews = draw_up(cycle)
    collectives = sum(review.kind == ReviewKind.COLLECTIVE for review in reviews)
    if not collectives:
        raise Invalid(
            "Không có đơn vị nào thuộc các loại tổ chức đã chọn, nên chưa có ai để kiểm điểm.",
            {"classifications": "Chọn thêm loại tổ chức."},
        )
    record(
        actor=actor, action="reviews.open_cycle", subject=cycle, now=now, using=Capability.RECORD,
        organization=organization, kind=cycle.kind, period=cycle.period, rule_pack=cycle.rule_pack,
        listed_on=cycle.listed_on, steps=due, collectives=collectives, persons=len(reviews) - collectives,
        carried=Carried.objects.filter(review__cycle=cycle).count(),
    )  # fmt: skip
    return cycle


@transaction.atomic
def move_step(
    *, actor: Actor, cycle: Cycle, steps: Mapping[str, dt.date], reason: str = "", now: dt.datetime
) -> Cycle:
    """Đổi lịch: the days of one step or of several; the earlier days stay in the history."""
    current = _fresh(actor, cycle)
    permissions.check_is_open(current)
    rows = {row.step: row for row in current.steps.all()}
    before = {step: row.due_on for step, row in rows.items()}
    after = checked_steps({**before, **steps})
    if after == before:
        raise Conflict("Các hạn này đã đúng như vậy, không có gì để đổi.")
    changed = {step: day for step, day in after.items() if before.get(step) != day}
    for step, day in changed.items():
        CycleStep.objects.update_or_create(cycle=current, step=step, defaults={"due_on": day})
    record(
        actor=actor, action="reviews.move_step", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, before={step: before.get(step) for step in changed},
        after=changed, reason=squash(reason),
    )  # fmt: skip
    return current


@transaction.atomic
def close_cycle(*, actor: Actor, cycle: Cycle, now: dt.datetime) -> Cycle:
    """Kết thúc đợt: only when everybody in the list is reviewed or not reviewed with a reason, and nobody
    was left out of it."""
    current = _fresh(actor, cycle)
    permissions.check_is_open(current)
    if sentence := closing_refusal(current):
        raise Conflict(sentence)
    current.state, current.closed_on = CycleState.CLOSED, actor.today
    current.save(update_fields=["state", "closed_on"])
    record(
        actor=actor, action="reviews.close_cycle", subject=current, now=now, using=Capability.RECORD,
        organization=current.organization, period=current.period,
    )  # fmt: skip
    return current


def closing_refusal(cycle: Cycle) -> str:
    """Vì sao chưa kết thúc được đợt: how many are left and how many are missing; empty where all is done."""
    tally = list_queries.completeness(cycle).both
    parts = []
    if tally.left:
        parts.append(f"{tally.left} bản kiểm điểm chưa chốt và chưa ghi lý do")
    if tally.unlisted:
        parts.append(f"{tally.unlisted} tập thể, cá nhân chưa có trong danh sách")
    return f"Chưa kết thúc được đợt: còn {' và '.join(parts)}." if parts else ""


# --- what a cycle is about ---------------------------------------------------------------------------


def planned(
    organization: Organization,
    kind: CycleKind | str,
    *,
    period: str = "",
    days: Period | None = None,
    title: str = "",
    order: Order | str = Order.BOTTOM_UP,
    listed_on: dt.date,
) -> Cycle:
    """Đợt sẽ mở, not saved: its period, name and rule pack, as far as they follow from what was asked."""
    if kind not in CycleKind.values:
        raise Invalid("Hãy chọn loại đợt kiểm điểm.", {"kind": "Chọn một loại trong danh sách."})
    key, about = _period(CycleKind(kind), period, days)
    pack = pack_on(listed_on)
    if pack is None:
        raise Invalid(
            f"Chưa có bộ quy định nào cho ngày {listed_on:%d/%m/%Y}.",
            {"listed_on": "Chọn ngày từ 08/3/2018 trở đi."},
        )
    return Cycle(
        organization=organization, kind=kind, period=key, start=about.start, end=about.end or about.start,
        title=squash(title) or default_title(CycleKind(kind), key), rule_pack=pack.code,
        order=Order(order), listed_on=listed_on,
    )  # fmt: skip


def default_title(kind: CycleKind, period: str) -> str:
    """Tên đợt: "Kiểm điểm năm 2021"; a cycle on demand is named by whoever opens it."""
    if kind == CycleKind.ON_DEMAND:
        raise Invalid("Hãy đặt tên cho đợt kiểm điểm.", {"title": "Ví dụ: Kiểm điểm sau thanh tra đất đai."})
    about = f"Nhiệm kỳ {period}" if kind == CycleKind.TERM else period_label(period)
    return f"Kiểm điểm {about[:1].lower()}{about[1:]}"


def checked_steps(steps: Mapping[str, dt.date]) -> dict[str, dt.date]:
    """Lịch của đợt, in the order of the steps. Invalid where finalizing has no day, or a step comes too early."""
    days = {str(step): steps[step] for step in Step if steps.get(step)}
    if Step.FINALIZE not in days:
        raise Invalid(
            f"Hãy ghi hạn của bước «{Step.FINALIZE.label}».", {"due_finalize": "Bước này phải có hạn."}
        )
    if wrong := first_out_of_order(Step.values, days):
        before, step = (Step(one) for one in wrong)
        raise Invalid(
            f"Hạn của bước «{step.label}» trước hạn của bước «{before.label}».",
            {f"due_{step}": f"Chọn ngày từ {days[before]:%d/%m/%Y} trở đi."},
        )
    return days


def _period(kind: CycleKind, period: str, days: Period | None) -> tuple[str, Period]:
    if kind == CycleKind.QUARTER and is_quarter(period):
        return period, days_of(period)
    if kind == CycleKind.YEAR and is_year(period):
        return period, days_of(period)
    if kind in (CycleKind.QUARTER, CycleKind.YEAR):
        raise Invalid("Hãy chọn kỳ kiểm điểm.", {"period": "Chọn một kỳ trong danh sách."})
    if days is None or days.end is None:
        raise Invalid(
            "Hãy ghi kỳ kiểm điểm từ ngày nào đến ngày nào.", {"start": "Ghi cả ngày đầu và ngày cuối."}
        )
    last = days.end - dt.timedelta(days=1)
    return f"{days.start.year}-{last.year}" if kind == CycleKind.TERM else f"{days.start:%Y-%m-%d}", days


def _checked_classifications(wanted: Sequence[str]) -> list[str]:
    chosen = [str(one) for one in Classification.values if one in wanted]
    if not chosen:
        raise Invalid(
            "Hãy chọn ít nhất một loại tổ chức được kiểm điểm.",
            {"classifications": "Ví dụ đảng ủy, chi bộ."},
        )
    return chosen


def _check_days(cycle: Cycle, today: dt.date) -> None:
    if cycle.start > today:
        raise Invalid(
            f"Kỳ kiểm điểm bắt đầu ngày {cycle.start:%d/%m/%Y} nên chưa có gì để kiểm điểm.",
            {"period": "Chọn kỳ này hoặc kỳ trước."},
        )
    if cycle.listed_on > today:
        raise Invalid(
            "Chưa thể lập danh sách cho một ngày sau hôm nay.",
            {"listed_on": f"Chọn ngày đến {today:%d/%m/%Y}."},
        )
    if not cycle.organization.exists_on(cycle.listed_on):
        raise Invalid(
            f"Ngày {cycle.listed_on:%d/%m/%Y} chưa có hoặc không còn {cycle.organization}.",
            {"listed_on": "Chọn ngày đơn vị đang hoạt động."},
        )


def _check_once(cycle: Cycle) -> None:
    """Of two who open the same cycle at once the second waits here, and finds what the first has made."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=cycle.organization_id)
    if cycle.kind == CycleKind.ON_DEMAND:
        return
    same = Cycle.objects.filter(organization=cycle.organization, kind=cycle.kind, period=cycle.period)
    if opened := same.first():
        raise Conflict(
            f"«{opened.title}» đã được mở ngày {opened.opened_on:%d/%m/%Y}. Hãy mở đợt đó ra làm tiếp."
        )


def _fresh(actor: Actor, cycle: Cycle) -> Cycle:
    permissions.check_leads_cycle(actor, cycle)
    return Cycle.objects.select_for_update(of=("self",)).select_related("organization").get(pk=cycle.pk)
