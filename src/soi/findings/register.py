"""Sổ theo dõi: the list of findings, filtered and searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from soi.base.actor import Actor
from soi.base.models import held_on
from soi.base.quarters import is_quarter, is_year
from soi.base.records import Kept
from soi.base.together import Together
from soi.findings.enums import FindingKind, FindingState, RemedyState
from soi.findings.logic.keys import wanted
from soi.findings.models import Finding, FindingBody, Remedy, Responsibility
from soi.findings.queries import KEYS, visible_to
from soi.org.enums import WorkArea
from soi.org.models import Closure
from soi.org.queries import holders_on

NOT_MENDED = "not_mended"
WANTING = (FindingKind.LIMITATION.value, FindingKind.SHORTCOMING.value)
# The allow-list of orders; each ends in the key, so that pages never overlap.
ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-found_on", "-pk"),
    "oldest": ("found_on", "pk"),
    "due": ("due_on", "pk"),
    "area": ("area", "-found_on", "-pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """Bộ lọc. ``period`` is a quarter ("2021-Q4") or a year ("2021"); ``state`` a state or ``not_mended``."""

    kinds: tuple[str, ...] = ()
    area: str = ""
    state: str = ""
    overdue: bool = False
    organization_id: int | None = None
    period: str = ""
    text: str = ""
    person_id: int | None = None
    recurrent: bool = False
    order: str = "newest"

    @classmethod
    def read(cls, asked: Mapping[str, object]) -> RegisterFilter:
        """Từ địa chỉ trang (QueryDict or plain mapping): what is not known is left out, never an error."""
        period, order = _one(asked, "period"), _one(asked, "order")
        return cls(
            kinds=tuple(kind for kind in _many(asked, "kind") if kind in FindingKind.values),
            area=_known(_one(asked, "area"), WorkArea.values),
            state=_known(_one(asked, "state"), [*FindingState.values, NOT_MENDED]),
            overdue=_one(asked, "overdue") == "1",
            organization_id=_number(_one(asked, "org")),
            period=period if is_quarter(period) or is_year(period) else "",
            text=_one(asked, "q")[:200],
            person_id=_number(_one(asked, "person")),
            recurrent=_one(asked, "recurrent") == "1",
            order=order if order in ORDERS else "newest",
        )

    def as_query(self) -> dict[str, str | list[str]]:
        """Trở lại địa chỉ trang: only what is set; ``read`` of it gives the same filter."""
        given: dict[str, str | list[str]] = {
            "kind": list(self.kinds),
            "area": self.area,
            "state": self.state,
            "overdue": "1" if self.overdue else "",
            "org": str(self.organization_id or ""),
            "period": self.period,
            "q": self.text,
            "person": str(self.person_id or ""),
            "recurrent": "1" if self.recurrent else "",
            "order": "" if self.order == "newest" else self.order,
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """Một dòng: a finding and what a list shows of its remedies; ``remedy``: the first not yet confirmed."""

    finding: Finding
    remedy: Remedy | None
    post: str
    holder: str
    due: dt.date | None
    overdue: bool
    age_days: int
    remedies: int


def register(actor: Actor, asked: RegisterFilter) -> QuerySet[Finding]:
    """Sổ theo dõi mà người này được thấy, after the filter, in the order asked for."""
    findings = visible_to(actor).filter(_plain_conditions(asked), _joined_conditions(actor, asked))
    for condition in _text_conditions(asked.text):
        findings = findings.filter(condition)
    return findings.order_by(*ORDERS.get(asked.order, ORDERS["newest"]))


def rows_between(actor: Actor, asked: RegisterFilter, first: int, last: int) -> list[RegisterRow]:
    """Các dòng từ ``first`` đến trước ``last``, counted from 0: three queries whatever their number."""
    return rows_of(actor, _BETWEEN.read(actor, asked, first, last))


_BETWEEN = Kept(
    lambda actor, asked, first, last: (
        register(actor, asked).select_related("organization").defer(*KEYS)[first:last]
    )
)


def rows_of(actor: Actor, findings: Iterable[Finding]) -> list[RegisterRow]:
    """Các dòng của danh sách: two queries more, for the remedies and for who holds their posts today."""
    listed = list(findings)
    _REMEDIES.load(listed)
    remedies = {finding.pk: found for finding in listed if (found := list(finding.remedies.all()))}
    first = {pk: _first_unconfirmed(several) for pk, several in remedies.items()}
    holders = holders_on([remedy.accountable_post_id for remedy in first.values()], actor.today)
    names = {post: ", ".join(person.name for person in people) for post, people in holders.items()}
    return [_row(actor.today, f, first.get(f.pk), remedies.get(f.pk, []), names) for f in listed]


_REMEDIES = Together(lambda: [Prefetch("remedies", Remedy.objects.select_related("accountable_post"))])


def late_on(day: dt.date) -> Q:
    """Quá hạn vào ngày đó: findings with a remedy that is still active after its date."""
    late = Remedy.objects.filter(finding=OuterRef("pk"), state=RemedyState.ACTIVE, due_on__lt=day)
    # The first two halve the work: a late remedy makes its finding late too.
    return Q(state=FindingState.IN_REMEDY, due_on__lt=day) & Q(Exists(late))


def cell_filter(asked: RegisterFilter, *, area: str = "", period: str = "") -> RegisterFilter:
    """Sổ đằng sau một ô: the register of exactly the findings counted in a cell, a row or a column."""
    return replace(_wanting(asked), area=area or asked.area, period=period or asked.period)


def _wanting(asked: RegisterFilter) -> RegisterFilter:
    chosen = tuple(kind for kind in WANTING if not asked.kinds or kind in asked.kinds)
    return replace(asked, kinds=chosen or WANTING)


# --- conditions --------------------------------------------------------------------------------------


def _plain_conditions(asked: RegisterFilter) -> Q:
    condition = Q()
    if asked.kinds:
        condition &= Q(kind__in=asked.kinds)
    if asked.area:
        condition &= Q(area=asked.area)
    if asked.state == NOT_MENDED:
        condition &= Q(kind__in=WANTING) & ~Q(state=FindingState.MENDED)
    elif asked.state:
        condition &= Q(state=asked.state)
    if asked.recurrent:
        condition &= Q(recurrent=True)
    return condition & _in_period(asked.period)


def _in_period(period: str) -> Q:
    if is_quarter(period):
        return Q(quarter=period)
    return Q(quarter__startswith=f"{period}-") if is_year(period) else Q()


def _joined_conditions(actor: Actor, asked: RegisterFilter) -> Q:
    condition = Q()
    if asked.overdue:
        condition &= late_on(actor.today)
    if asked.organization_id is not None:
        # Merged and abolished bodies stand below their successor from that day on.
        below = Closure.objects.filter(held_on(actor.today), ancestor_id=asked.organization_id)
        bodies = FindingBody.objects.filter(organization__in=below.values("descendant_id"))
        condition &= Q(pk__in=bodies.values("finding_id"))
    if asked.person_id is not None:
        named = Responsibility.objects.filter(person_id=asked.person_id)
        condition &= Q(pk__in=named.values("finding_id"))
    return condition


def _text_conditions(text: str) -> list[Q]:
    exact, terms = wanted(text)
    column = "exact_key__contains" if exact else "search_key__contains"
    return [Q(**{column: term}) for term in terms]


# --- rows --------------------------------------------------------------------------------------------


def _first_unconfirmed(remedies: list[Remedy]) -> Remedy:
    left = [remedy for remedy in remedies if remedy.state != RemedyState.CONFIRMED]
    return (left or remedies)[0]


def _row(
    today: dt.date, finding: Finding, first: Remedy | None, remedies: list[Remedy], names: dict[int, str]
) -> RegisterRow:
    return RegisterRow(
        finding=finding,
        remedy=first,
        post=first.accountable_post.label if first else "",
        holder=names.get(first.accountable_post_id, "") if first else "",
        due=finding.due_on or (first.due_on if first else None),
        overdue=any(remedy.is_overdue(today) for remedy in remedies),
        age_days=((finding.mended_on or today) - finding.found_on).days,
        remedies=len(remedies),
    )


# --- reading the address -----------------------------------------------------------------------------


def _many(asked: Mapping[str, object], name: str) -> list[str]:
    getlist = getattr(asked, "getlist", None)
    value = getlist(name) if getlist else asked.get(name, [])
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _one(asked: Mapping[str, object], name: str) -> str:
    values = _many(asked, name)
    return values[-1].strip() if values else ""


def _known(value: str, allowed: Iterable[str]) -> str:
    return value if value in allowed else ""


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None
