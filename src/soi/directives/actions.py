"""Ban hành văn bản: issue it, send it to more bodies, add points, correct it, end it; nothing is taken back.

What the addressees do with it stands in ``carrying_out``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F

from soi.base.actor import Actor, Capability
from soi.base.errors import Conflict, Invalid
from soi.base.models import held_on
from soi.base.text import fold, nfc, squash
from soi.directives import permissions, policies
from soi.directives.carrying_out import (
    acknowledge,
    elaborated,
    record_dissemination,
    record_elaboration,
    remind,
)
from soi.directives.enums import DirectiveKind
from soi.directives.models import Addressee, Directive, DirectivePoint
from soi.documents.models import Passage, Source
from soi.history.actions import record
from soi.org.models import Closure, Organization

__all__ = [
    "PointEntry",
    "acknowledge",
    "add_addressees",
    "add_points",
    "edit_directive",
    "end_directive",
    "issue_directive",
    "record_dissemination",
    "record_elaboration",
    "remind",
]

_RIGHT = Capability.RECORD
_AT_ONCE = 1_000
MOST_POINTS = 500


@dataclass(frozen=True, slots=True)
class PointEntry:
    """Một điểm được nhập; ``passage``: the words of the file that it was taken from."""

    number: str
    statement: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class _Dates:
    """Hạn của ba việc."""

    acknowledge_by: dt.date | None
    study_by: dt.date | None
    elaborate_by: dt.date | None

    def check(self, issued_on: dt.date) -> None:
        """None before the day of issue, and none before the step that comes first."""
        last, names = issued_on, ("acknowledge_by", "study_by", "elaborate_by")
        for name in names:
            day: dt.date | None = getattr(self, name)
            if day is None:
                continue
            if day < last:
                raise Invalid(
                    f"Hạn {day:%d/%m/%Y} sớm hơn ngày {last:%d/%m/%Y}. Hạn các việc phải từ ngày ban hành trở đi, "
                    "lần lượt: xác nhận, quán triệt, cụ thể hóa.",
                    {name: "Chọn ngày muộn hơn."},
                )
            last = day


@transaction.atomic
def issue_directive(
    *,
    actor: Actor,
    issuer: Organization,
    kind: DirectiveKind,
    number: str,
    title: str,
    issued_on: dt.date,
    now: dt.datetime,
    summary: str = "",
    source: Source | None = None,
    points: Sequence[PointEntry] = (),
    elaborates: Addressee | None = None,
    acknowledge_by: dt.date | None = None,
    study_by: dt.date | None = None,
    elaborate_by: dt.date | None = None,
    addressees: Sequence[Organization] = (),
    subtrees: Sequence[Organization] = (),
) -> Directive:
    """Ban hành một văn bản, to these bodies and to whole parts of the tree (``subtrees``: the body and all below).

    ``elaborates``: the place above whose call it answers; that call counts as elaborated from this day on.
    """
    permissions.check_can_issue(actor, issuer)
    permissions.check_source(actor, source, issuer.pk)
    title, dates = _titled(title), _Dates(acknowledge_by, study_by, elaborate_by)
    _check_day(actor, issuer, issued_on)
    dates.check(issued_on)
    above = _above(actor, issuer, elaborates, issued_on)
    directive = _create(
        issuer=issuer, kind=DirectiveKind(kind), number=squash(number), title=title, summary=nfc(summary),
        issued_on=issued_on, source=source, elaborates=elaborates,
        root_id=(above.root_id or above.pk) if above else None,
        acknowledge_by=acknowledge_by, study_by=study_by, elaborate_by=elaborate_by,
        search_key=_search_key(issuer, kind, number, title, summary),
    )  # fmt: skip
    sent = _send(actor, directive, addressees, subtrees, on=issued_on)
    _write_points(directive, points)
    record(
        actor=actor, action="directives.issue", subject=directive, now=now, using=_RIGHT,
        organization=issuer, kind=directive.kind, number=directive.number, title=title, issued_on=issued_on,
        source=source, elaborates=above, acknowledge_by=acknowledge_by, study_by=study_by,
        elaborate_by=elaborate_by, addressees=list(addressees), subtrees=list(subtrees), sent_to=sent,
        points=[point.number for point in points],
    )  # fmt: skip
    if elaborates is not None:
        elaborated(actor=actor, addressee=elaborates, directive=directive, on=issued_on, now=now)
    return directive


@transaction.atomic
def add_addressees(
    *,
    actor: Actor,
    directive: Directive,
    now: dt.datetime,
    organizations: Sequence[Organization] = (),
    subtrees: Sequence[Organization] = (),
) -> int:
    """Gửi thêm nơi nhận, from today; bodies that have it already are left out. Returns how many are new."""
    permissions.check_can_change(actor, directive)
    current = fresh(directive)
    permissions.check_state(policies.ended_refusal(current.ended_on, actor.today))
    sent = _send(actor, current, organizations, subtrees, on=actor.today)
    if not sent:
        raise Conflict("Các tổ chức đã chọn đều đã là nơi nhận của văn bản này.")
    record(
        actor=actor, action="directives.add_addressees", subject=current, now=now, using=_RIGHT,
        addressees=list(organizations), subtrees=list(subtrees), sent_to=sent,
    )  # fmt: skip
    return sent


@transaction.atomic
def add_points(
    *, actor: Actor, directive: Directive, points: Sequence[PointEntry], now: dt.datetime
) -> list[DirectivePoint]:
    """Ghi thêm điểm; a number once given stays with its words, because tasks answer to it."""
    permissions.check_can_change(actor, directive)
    current = fresh(directive)
    if not points:
        raise Invalid(
            "Chưa có điểm nào. Hãy chọn hoặc ghi ít nhất một điểm.", {"statement": "Chưa có nội dung."}
        )
    rows = _write_points(current, points)
    record(
        actor=actor, action="directives.add_points", subject=current, now=now, using=_RIGHT,
        points=[f"{row.number}. {row.statement}" for row in rows],
    )  # fmt: skip
    return rows


@transaction.atomic
def edit_directive(
    *,
    actor: Actor,
    directive: Directive,
    expected_version: int,
    now: dt.datetime,
    number: str,
    title: str,
    summary: str,
    acknowledge_by: dt.date | None,
    study_by: dt.date | None,
    elaborate_by: dt.date | None,
) -> Directive:
    """Sửa số, trích yếu, tóm tắt, gia hạn. Issuer, kind and day of issue never change.

    Raises Conflict where somebody saved since ``expected_version`` was shown.
    """
    permissions.check_can_change(actor, directive)
    current = fresh(directive)
    if current.version != expected_version:
        raise Conflict("Có người vừa sửa văn bản này. Hãy tải lại trang, xem nội dung mới rồi sửa lại.")
    wanted = {
        "number": squash(number), "title": _titled(title), "summary": nfc(summary),
        "acknowledge_by": acknowledge_by, "study_by": study_by, "elaborate_by": elaborate_by,
    }  # fmt: skip
    _Dates(acknowledge_by, study_by, elaborate_by).check(current.issued_on)
    changed = {name: value for name, value in wanted.items() if getattr(current, name) != value}
    before = {f"old_{name}": getattr(current, name) for name in changed}
    for name, value in changed.items():
        setattr(current, name, value)
    current.search_key = _search_key(current.issuer, current.kind, number, title, summary)
    current.version = F("version") + 1
    _save_once(current, [*changed, "search_key", "version"])
    current.refresh_from_db(fields=["version"])
    record(actor=actor, action="directives.edit", subject=current, now=now, using=_RIGHT, **before, **changed)
    return current


@transaction.atomic
def end_directive(
    *, actor: Actor, directive: Directive, on: dt.date, reason: str, now: dt.datetime
) -> Directive:
    """Hết hiệu lực từ ngày đó: nothing more is asked; what was done and what was late stays."""
    permissions.check_can_change(actor, directive)
    current = fresh(directive)
    if current.ended_on is not None:
        raise Conflict(f"Văn bản này đã được ghi hết hiệu lực từ ngày {current.ended_on:%d/%m/%Y}.")
    if not current.issued_on <= on <= actor.today:
        raise Invalid(
            f"Ngày hết hiệu lực phải từ ngày ban hành {current.issued_on:%d/%m/%Y} đến hôm nay.",
            {"on": "Chọn ngày khác."},
        )
    current.ended_on, current.end_reason = on, squash(reason)
    if not current.end_reason:
        raise Invalid("Hãy ghi lý do, ví dụ văn bản nào thay thế.", {"reason": "Chưa ghi lý do."})
    current.save(update_fields=["ended_on", "end_reason"])
    record(
        actor=actor, action="directives.end", subject=current, now=now, using=_RIGHT,
        on=on, reason=current.end_reason,
    )  # fmt: skip
    return current


def fresh(directive: Directive) -> Directive:
    """Bản mới nhất, locked until the transaction ends."""
    return Directive.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=directive.pk)


# --- parts shared by the verbs above -----------------------------------------------------------------


def _titled(title: str) -> str:
    title = squash(title)
    if not title:
        raise Invalid("Hãy ghi trích yếu của văn bản.", {"title": "Chưa có trích yếu."})
    return title


def _check_day(actor: Actor, issuer: Organization, issued_on: dt.date) -> None:
    if issued_on > actor.today:
        raise Invalid(
            "Ngày ban hành không được sau hôm nay. Văn bản chưa ban hành thì chưa ghi vào đây.",
            {"issued_on": "Chọn từ hôm nay trở về trước."},
        )
    if not issuer.exists_on(issued_on):
        raise Invalid(
            f"{issuer} không có vào ngày {issued_on:%d/%m/%Y}.", {"issued_on": "Xem lại ngày ban hành."}
        )


def _above(
    actor: Actor, issuer: Organization, elaborates: Addressee | None, issued_on: dt.date
) -> Directive | None:
    """The paper that is elaborated: sent to this very issuer, or to a body that the issuer took over."""
    if elaborates is None:
        return None
    permissions.check_can_carry_out(actor, elaborates)
    heirs = Closure.objects.filter(
        held_on(issued_on), ancestor=issuer, descendant=elaborates.organization_id,
    ).exclude(depth__gt=0, descendant__end__isnull=True)  # fmt: skip
    if not heirs.exists():
        raise Invalid(
            f"Văn bản cấp trên gửi cho {elaborates.organization}; chỉ tổ chức đó mới cụ thể hóa được.",
            {"issuer": "Chọn đúng nơi ban hành."},
        )
    if issued_on < elaborates.directive.issued_on:
        raise Invalid(
            f"Văn bản cấp trên ban hành ngày {elaborates.directive.issued_on:%d/%m/%Y}; văn bản cụ thể hóa "
            "không thể có trước ngày đó.",
            {"issued_on": "Chọn ngày muộn hơn."},
        )
    return elaborates.directive


def _create(**values: object) -> Directive:
    directive = Directive(**values)
    _save_once(directive, None)
    return directive


def _save_once(directive: Directive, fields: Sequence[str] | None) -> None:
    try:
        with transaction.atomic():
            directive.save(update_fields=fields)
    except IntegrityError as error:
        same = Directive.objects.filter(
            issuer=directive.issuer,
            kind=directive.kind,
            number=directive.number,
            issued_on=directive.issued_on,
        )
        if not same.exclude(pk=directive.pk).exists():
            raise
        raise Conflict(
            f"{directive.short_label} ngày {directive.issued_on:%d/%m/%Y} của {directive.issuer} đã được ghi rồi. "
            "Hãy tìm trong danh sách, hoặc xem lại số, ký hiệu."
        ) from error


def _send(
    actor: Actor,
    directive: Directive,
    bodies: Sequence[Organization],
    subtrees: Sequence[Organization],
    *,
    on: dt.date,
) -> int:
    """Write the addressees of that day; returns how many are new."""
    wanted = _bodies_of(directive.issuer_id, bodies, subtrees, on)
    if not wanted:
        raise Invalid(
            "Chưa chọn nơi nhận. Hãy chọn ít nhất một tổ chức cấp dưới.",
            {"addressees": "Chọn nơi nhận."},
        )
    permissions.check_below(directive.issuer, wanted, on=on, today=actor.today)
    known = set(Addressee.objects.filter(directive=directive).values_list("organization_id", flat=True))
    rows = [
        Addressee(directive=directive, organization_id=body, added_on=on) for body in sorted(wanted - known)
    ]
    Addressee.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return len(rows)


def _bodies_of(
    issuer: int, bodies: Sequence[Organization], subtrees: Sequence[Organization], on: dt.date
) -> set[int]:
    below = Closure.objects.filter(
        held_on(on), held_on(on, "descendant__"), ancestor__in=[body.pk for body in subtrees]
    )
    wanted = {body.pk for body in bodies} | set(below.values_list("descendant_id", flat=True))
    # "Everybody below us" is chosen by naming oneself.
    return wanted - {issuer} if any(body.pk == issuer for body in subtrees) else wanted


def _write_points(directive: Directive, points: Sequence[PointEntry]) -> list[DirectivePoint]:
    known = set(DirectivePoint.objects.filter(directive=directive).values_list("number", flat=True))
    if len(points) + len(known) > MOST_POINTS:
        raise Invalid(f"Một văn bản ghi nhiều nhất {MOST_POINTS} điểm.")
    rows = []
    for point in points:
        number, statement = squash(point.number), nfc(point.statement)
        if not number or not statement:
            raise Invalid(
                "Mỗi điểm phải có số và nội dung.", {"number": "Ghi số điểm.", "statement": "Ghi nội dung."}
            )
        if number in known:
            raise Invalid(
                f"Văn bản đã có điểm {number}. Số điểm không dùng lại, vì nhiệm vụ dẫn theo số đó.",
                {"number": "Ghi số khác."},
            )
        known.add(number)
        _check_passage(directive, point.passage)
        row = DirectivePoint(directive=directive, number=number, statement=statement, passage=point.passage)
        row.save()
        rows.append(row)
    return rows


def _check_passage(directive: Directive, passage: Passage | None) -> None:
    if passage is not None and passage.source_id != directive.source_id:
        raise Invalid("Đoạn trích phải lấy từ chính tệp của văn bản này.")


def _search_key(issuer: Organization, kind: str, number: str, title: str, summary: str) -> str:
    return fold(f"{DirectiveKind(kind).label} {number} {title} {summary} {issuer.name}")
