"""Thực hiện văn bản: acknowledged, studied, elaborated by each addressee; reminded from above; only added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.text import nfc, squash
from soi.directives import permissions, policies
from soi.directives.enums import DisseminationForm, ElaborationKind
from soi.directives.models import Addressee, Directive, Dissemination, Elaboration
from soi.directives.queries import still_open
from soi.documents.models import Source
from soi.history.actions import record
from soi.org.models import Closure

_RIGHT = Capability.RECORD
# More people than this is a slip of the finger.
MOST_PEOPLE = 1_000_000


@transaction.atomic
def acknowledge(
    *, actor: Actor, addressee: Addressee, now: dt.datetime, on: dt.date | None = None
) -> Addressee:
    """Xác nhận đã nhận: once, by the head of the body or its office."""
    behalf = permissions.check_can_carry_out(actor, addressee)
    current = fresh(addressee)
    permissions.check_state(policies.acknowledge_refusal(current.acknowledged_on))
    _acknowledge(actor, current, _day(actor, current, on), behalf)
    _record(actor, "acknowledge", current, now, behalf=behalf, on=current.acknowledged_on)
    return current


@transaction.atomic
def record_dissemination(
    *,
    actor: Actor,
    addressee: Addressee,
    on: dt.date,
    form: DisseminationForm,
    expected: int,
    attended: int,
    now: dt.datetime,
    note: str = "",
    evidence: Source | None = None,
) -> Dissemination:
    """Ghi một lần quán triệt: how, on which day, how many took part of how many who should.

    Who has studied the paper has received it: the acknowledgement is written along where it is missing.
    """
    behalf = permissions.check_can_carry_out(actor, addressee)
    permissions.check_source(actor, evidence, addressee.organization_id)
    current = fresh(addressee)
    _check_numbers(expected, attended)
    day = _day(actor, current, on)
    row = Dissemination.objects.create(
        addressee=current, on=day, form=DisseminationForm(form), expected=expected, attended=attended,
        note=nfc(note), evidence=evidence, reported_by_id=actor.person_id, reporter_label=_signed(actor, behalf),
    )  # fmt: skip
    _received(actor, current, day, behalf)
    if current.studied_on is None or day < current.studied_on:
        current.studied_on = day
        current.save(update_fields=["studied_on"])
    _record(
        actor, "disseminate", current, now, behalf=behalf,
        on=day, form=row.form, expected=expected, attended=attended, note=row.note, evidence=evidence,
    )  # fmt: skip
    return row


@transaction.atomic
def record_elaboration(
    *,
    actor: Actor,
    addressee: Addressee,
    kind: ElaborationKind,
    now: dt.datetime,
    on: dt.date | None = None,
    directive: Directive | None = None,
    note: str = "",
) -> Elaboration:
    """Ghi cách cụ thể hóa: by a paper of one's own, by a programme (called by the room of work), or not needed."""
    behalf = permissions.check_can_carry_out(actor, addressee)
    current = fresh(addressee)
    kind, note = ElaborationKind(kind), nfc(note)
    if kind == ElaborationKind.NOT_NEEDED and not note:
        raise Invalid(
            "Hãy ghi vì sao không cần cụ thể hóa, và thực hiện ngay bằng việc gì.",
            {"note": "Chưa ghi lý do."},
        )
    if (kind == ElaborationKind.DIRECTIVE) != (directive is not None):
        raise Invalid("Hãy chọn văn bản mà đơn vị đã ban hành.", {"directive": "Chọn văn bản."})
    day = _day(actor, current, directive.issued_on if directive else on, "on")
    if directive is not None:
        _link(actor, current, directive)
    return _elaborate(actor, current, kind, day=day, behalf=behalf, now=now, directive=directive, note=note)


def elaborated(
    *, actor: Actor, addressee: Addressee, directive: Directive, on: dt.date, now: dt.datetime
) -> Elaboration:
    """Vừa ban hành văn bản cụ thể hóa; called by ``issue_directive`` in its transaction, after its checks."""
    behalf = permissions.check_can_carry_out(actor, addressee)
    current = fresh(addressee)
    return _elaborate(
        actor, current, ElaborationKind.DIRECTIVE, day=on, behalf=behalf, now=now, directive=directive
    )


@transaction.atomic
def remind(*, actor: Actor, addressees: Sequence[Addressee], now: dt.datetime, note: str = "") -> int:
    """Nhắc những nơi còn việc chưa làm, once a day each; returns how many were reminded.

    Raises Conflict where nobody is left to remind, and says why.
    """
    permissions.check_can_remind(actor, addressees)
    wanted = Addressee.objects.select_for_update(of=("self",)).filter(
        still_open(actor.today), pk__in={row.pk for row in addressees}
    )
    waiting = list(wanted.select_related("directive", "organization").order_by("pk"))
    due = [row for row in waiting if row.reminded_on is None or row.reminded_on < actor.today]
    if not due:
        raise Conflict(
            "Các nơi này đã được nhắc hôm nay. Mỗi nơi chỉ nhắc một lần trong ngày."
            if waiting
            else "Không còn nơi nào phải nhắc: các nơi được chọn đã làm xong, hoặc văn bản đã hết hiệu lực."
        )
    note = squash(note)[:500]
    Addressee.objects.filter(pk__in=[row.pk for row in due]).update(
        reminders=F("reminders") + 1, reminded_on=actor.today
    )
    for row in due:
        _record(actor, "remind", row, now, note=note, times=row.reminders + 1)
    return len(due)


def fresh(addressee: Addressee) -> Addressee:
    """Bản mới nhất, locked until the transaction ends: of two acts at once, the second sees the first."""
    rows = Addressee.objects.select_for_update(of=("self",)).select_related("directive", "organization")
    return rows.get(pk=addressee.pk)


# --- parts shared by the verbs above -----------------------------------------------------------------


def _elaborate(
    actor: Actor,
    current: Addressee,
    kind: ElaborationKind,
    *,
    day: dt.date,
    behalf: str,
    now: dt.datetime,
    directive: Directive | None = None,
    note: str = "",
) -> Elaboration:
    row = Elaboration.objects.create(
        addressee=current, kind=kind, on=day, directive=directive, note=note,
        reporter_label=_signed(actor, behalf),
    )  # fmt: skip
    _received(actor, current, day, behalf)
    if current.elaborated_on is None or day < current.elaborated_on:
        current.elaborated_on = day
        current.save(update_fields=["elaborated_on"])
    _record(
        actor, "elaborate", current, now, behalf=behalf, on=day, kind=kind, own_directive=directive, note=note
    )
    return row


def _link(actor: Actor, current: Addressee, directive: Directive) -> None:
    """A paper issued before becomes part of the cascade, unless it answers to another paper already."""
    permissions.check_sees(actor, directive)
    heir = Closure.objects.filter(ancestor=directive.issuer_id, descendant=current.organization_id)
    if (
        directive.issuer_id != current.organization_id
        and not heir.filter(descendant__end__isnull=False).exists()
    ):
        raise Invalid(
            f"{directive.short_label} không do {current.organization} ban hành. Hãy chọn văn bản của đơn vị.",
            {"directive": "Chọn văn bản khác."},
        )
    top = current.directive.root_id or current.directive_id
    if directive.pk in {top, current.directive_id}:
        raise Invalid("Văn bản không thể cụ thể hóa chính nó.", {"directive": "Chọn văn bản khác."})
    if Elaboration.objects.filter(addressee=current, directive=directive).exists():
        raise Conflict(f"{directive.short_label} đã được ghi là văn bản cụ thể hóa.")
    if directive.elaborates_id is None and directive.root_id is None:
        Directive.objects.filter(root=directive.pk).update(root=top)
        Directive.objects.filter(pk=directive.pk).update(elaborates=current, root=top)


def _received(actor: Actor, current: Addressee, day: dt.date, behalf: str) -> None:
    if current.acknowledged_on is None:
        _acknowledge(actor, current, day, behalf)


def _acknowledge(actor: Actor, current: Addressee, day: dt.date, behalf: str) -> None:
    current.acknowledged_on = day
    current.acknowledged_by_id = actor.person_id
    current.acknowledger_label = _signed(actor, behalf)
    current.save(update_fields=["acknowledged_on", "acknowledged_by", "acknowledger_label"])


def _signed(actor: Actor, behalf: str) -> str:
    name = ", ".join([actor.label, *actor.post_labels[:1]])
    return f"{name} (ghi thay {behalf})"[:300] if behalf else name[:300]


def _day(actor: Actor, current: Addressee, on: dt.date | None, field: str = "on") -> dt.date:
    day = on or actor.today
    if not current.added_on <= day <= actor.today:
        raise Invalid(
            f"Ngày phải từ ngày gửi văn bản {current.added_on:%d/%m/%Y} đến hôm nay.",
            {field: "Chọn ngày khác."},
        )
    return day


def _check_numbers(expected: int, attended: int) -> None:
    if not 0 < expected <= MOST_PEOPLE:
        raise Invalid("Số người phải dự phải từ 1 trở lên.", {"expected": f"Ghi số từ 1 đến {MOST_PEOPLE}."})
    if not 0 <= attended <= expected:
        raise Invalid(
            f"Số người dự phải từ 0 đến {expected}, là số người phải dự.",
            {"attended": "Xem lại số người dự."},
        )


def _record(actor: Actor, verb: str, row: Addressee, now: dt.datetime, **facts: object) -> None:
    record(
        actor=actor, action=f"directives.{verb}", subject=row, now=now, using=_RIGHT,
        directive=row.directive, organization=row.organization, **facts,
    )  # fmt: skip
