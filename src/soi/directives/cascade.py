"""Chuỗi thực hiện: one directive, all that elaborate it, and everybody they bind, by branch, on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from soi.base.actor import Actor
from soi.base.models import held_on
from soi.directives.enums import Step
from soi.directives.logic.branches import (
    Above,
    Body,
    Branch,
    Duty,
    Paper,
    Standings,
    Tally,
    arrange,
    standings,
)
from soi.directives.models import Addressee, Directive
from soi.directives.queries import DONE_FIELD, DUE_FIELD, addressees_seen
from soi.org.enums import EdgeKind
from soi.org.models import Closure, Organization, OrganizationEdge

_DONE = tuple(DONE_FIELD[step] for step in Step)
_DUE = tuple(DUE_FIELD[step] for step in Step)


@dataclass(frozen=True, slots=True)
class Cascade:
    """Bức tranh thực hiện vào một ngày: the issuer's branch holds all others; ``papers`` by number."""

    directive: Directive
    as_of: dt.date
    root: Branch
    papers: dict[int, Paper]

    @property
    def branches(self) -> list[Branch]:
        """Các nhánh ngay dưới nơi ban hành."""
        return self.root.children

    @property
    def tally(self) -> Tally:
        """Số liệu của toàn bộ."""
        return self.root.tally

    def branch(self, organization_id: int | None) -> Branch | None:
        """Nhánh của một tổ chức; the whole for None; nothing where the body is not in the picture."""
        if organization_id is None:
            return self.root
        return next((one for one in self.root.walk() if one.body.pk == organization_id), None)


def cascade(actor: Actor, directive: Directive, as_of: dt.date) -> Cascade:
    """Ai đã làm, ai chưa, theo nhánh, vào ngày ``as_of``: of what the actor may see, in four queries.

    Bodies stand as they stood on that day; one that was merged by then stands below its heir.
    """
    papers = {paper.pk: paper for paper in _papers_below(directive, as_of)}
    rows = Addressee.objects.filter(addressees_seen(actor), directive__in=papers, added_on__lte=as_of)
    duties, bodies = _duties(rows.order_by("organization__sort_key", "pk"), papers, as_of)
    top = _top(directive.issuer, as_of)
    above = _above(top.pk, as_of, set(bodies))
    _name_the_others(bodies, {one.parent for one in above.values()})
    # A paper further down that the actor sees no addressee of is not theirs to read, not even by its number.
    seen = {directive.pk, *(duty.paper.pk for duty in duties)}
    shown = {pk: paper for pk, paper in papers.items() if pk in seen}
    return Cascade(directive, as_of, arrange(top, duties, above, bodies), shown)


def _top(issuer: Organization, as_of: dt.date) -> Body:
    """The issuer, or the body that had taken it over by that day."""
    if issuer.end is not None and issuer.end <= as_of:
        rows = Closure.objects.filter(held_on(as_of), held_on(as_of, "ancestor__"), descendant=issuer)
        heir = rows.select_related("ancestor").order_by("depth", "ancestor_id").first()
        issuer = heir.ancestor if heir else issuer
    return Body(issuer.pk, issuer.name, issuer.sort_key, issuer.end)


def _papers_below(directive: Directive, as_of: dt.date) -> Iterator[Paper]:
    """This paper and those that elaborate it, at any depth."""
    top = directive.root_id or directive.pk
    rows = Directive.objects.filter(Q(pk=top) | Q(root=top), issued_on__lte=as_of).order_by("issued_on", "pk")
    below = {directive.pk}
    fields = ("pk", "kind", "number", "title", "issuer_id", "ended_on", "elaborates__directive_id", *_DUE)
    known = {row[0]: row for row in rows.values_list(*fields)}
    # A paper may be linked to one above that was issued later than itself: order by links, not by days.
    waiting = list(known)
    while waiting:
        found = [pk for pk in waiting if known[pk][6] in below and pk not in below]
        below.update(found)
        waiting = [pk for pk in waiting if pk not in below] if found else []
    for pk in below & known.keys():
        _pk, kind, number, title, issuer, ended_on, _up, *dues = known[pk]
        label = Directive(kind=kind, number=number, title=title).short_label
        yield Paper(pk, label, issuer, dict(zip(Step, dues, strict=True)), ended_on)


def _duties(
    rows: QuerySet[Addressee], papers: dict[int, Paper], as_of: dt.date
) -> tuple[list[Duty], dict[int, Body]]:
    duties, bodies = [], {}
    fields = (
        "pk", "directive_id", "organization_id", "organization__name", "organization__sort_key",
        "organization__end", "reminders", "reminded_on", *_DONE,
    )  # fmt: skip
    # Most did the same on the same days: what is worked out once is shared.
    known: dict[tuple[object, ...], Standings] = {}
    for pk, paper, body, name, key, end, reminders, reminded, *done in rows.values_list(*fields):
        bodies[body] = Body(body, name, key, end)
        alike = (paper, *done)
        if alike not in known:
            known[alike] = standings(papers[paper], done, as_of)
        duties.append(Duty(pk, body, papers[paper], known[alike], reminders, reminded))
    return duties, bodies


def _above(top: int, as_of: dt.date, bodies: set[int]) -> dict[int, Above]:
    """For every body below the top on that day: its superior, or its heir where it was taken over."""
    below = Closure.objects.filter(held_on(as_of), ancestor_id=top).values("descendant_id")
    edges = OrganizationEdge.objects.filter(held_on(as_of), child__in=below, parent__in=below)
    inside: dict[int, Above] = {}
    # Who was split hangs from one of the heirs only, or it would be counted twice.
    edges = edges.order_by("-parent_id")
    for child, parent, kind in edges.values_list("child_id", "parent_id", "kind"):
        inside[child] = Above(parent, kind == EdgeKind.SUCCEEDED)
    inside.pop(top, None)
    return _only_towards(top, bodies, inside)


def _only_towards(top: int, bodies: set[int], inside: dict[int, Above]) -> dict[int, Above]:
    """The ways from these bodies up to the top; of the rest of the tree nothing needs a name."""
    kept: dict[int, Above] = {}
    for body in bodies:
        current = body
        while current != top and current in inside and current not in kept:
            kept[current] = inside[current]
            current = inside[current].parent
    return kept


def _name_the_others(bodies: dict[int, Body], wanted: set[int]) -> None:
    missing = wanted - bodies.keys()
    if missing:
        rows = Organization.objects.filter(pk__in=missing)
        for pk, name, key, end in rows.values_list("pk", "name", "sort_key", "end"):
            bodies[pk] = Body(pk, name, key, end)
