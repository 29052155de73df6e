"""Đọc văn bản chỉ đạo: what an actor may see, what waits for their body, and the whole cascade on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import ExtractYear

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.base.text import fold, search_terms
from soi.base.together import Together
from soi.directives.enums import Step
from soi.directives.models import Addressee, Directive, DirectivePoint, Dissemination, Elaboration
from soi.documents.models import Source
from soi.history.models import Event
from soi.history.queries import events_of
from soi.org.enums import PostRole
from soi.org.models import Closure, Organization, Post
from soi.org.queries import scope, successors

OUT_OF_SIGHT = "Không tìm thấy văn bản này, hoặc văn bản nằm ngoài phạm vi của đồng chí."
_TEXTS = ("text", "search_key")
DONE_FIELD = {
    Step.ACKNOWLEDGE: "acknowledged_on",
    Step.STUDY: "studied_on",
    Step.ELABORATE: "elaborated_on",
}
DUE_FIELD = {Step.ACKNOWLEDGE: "acknowledge_by", Step.STUDY: "study_by", Step.ELABORATE: "elaborate_by"}


# --- whose paper it is ------------------------------------------------------------------------------


def _at(bodies: QuerySet[Post, Any] | list[int], today: dt.date, path: str) -> Q:
    """At one of these bodies, or at one that has been merged into them: the heir carries its duty."""
    reach = Closure.objects.filter(
        held_on(today), ancestor__in=bodies, depth__gt=0, descendant__end__lte=today
    )
    # The nearest body above that still exists is the heir; one further up is only its superior.
    nearer = Closure.objects.filter(
        held_on(today), descendant=OuterRef("descendant"), depth__gt=0, depth__lt=OuterRef("depth"),
        ancestor__end__isnull=True,
    )  # fmt: skip
    taken_over = reach.filter(~Exists(nearer)).values("descendant_id")
    return Q(**{f"{path}__in": bodies}) | Q(**{f"{path}__in": taken_over})


def at_my_posts(actor: Actor, *, path: str) -> Q:
    """Tổ chức tôi có chức vụ, with those it took over."""
    posts = Post.objects.filter(pk__in=actor.post_ids)
    return _at(posts.values("organization_id"), actor.today, path) if actor.post_ids else Q(pk__in=[])


def at_my_head_posts(actor: Actor, *, path: str) -> Q:
    """Tổ chức tôi đứng đầu, with those it took over."""
    posts = Post.objects.filter(pk__in=actor.post_ids, role=PostRole.HEAD)
    return _at(posts.values("organization_id"), actor.today, path) if actor.post_ids else Q(pk__in=[])


def kept_by_me(actor: Actor, *, path: str) -> Q:
    """Đơn vị tôi: the bodies that a right to record starts at (not all below them), and those one heads."""
    starts = sorted({g.organization_id for g in actor.grants if g.capability == Capability.RECORD})
    return at_my_head_posts(actor, path=path) | (_at(starts, actor.today, path) if starts else Q(pk__in=[]))


def addressees_seen(actor: Actor) -> Q:
    """Nơi nhận được thấy: of a body one reads or serves in, or of a paper whose issuer one reads."""
    if actor.is_system:
        return Q()
    return (
        scope(actor, Capability.READ, path="organization")
        | scope(actor, Capability.READ, path="directive__issuer")
        | at_my_posts(actor, path="organization")
    )


def visible_to(actor: Actor) -> QuerySet[Directive]:
    """Văn bản được thấy: issued by a body one may read, or sent to one that one reads or serves in."""
    if actor.is_system:
        return Directive.objects.all()
    sent = Addressee.objects.filter(
        scope(actor, Capability.READ, path="organization") | at_my_posts(actor, path="organization"),
        directive=OuterRef("pk"),
    )
    return Directive.objects.filter(scope(actor, Capability.READ, path="issuer") | Exists(sent))


# --- one paper, one addressee ------------------------------------------------------------------------


def get(actor: Actor, pk: int) -> Directive:
    """Một văn bản với các điểm của nó; NotFound when it is out of sight."""
    found = visible_to(actor).filter(pk=pk).select_related(
        "issuer", "source", "elaborates__organization", "elaborates__directive__issuer"
    ).defer(*(f"source__{name}" for name in _TEXTS))  # fmt: skip
    directive = found.first()
    if directive is None:
        raise NotFound(OUT_OF_SIGHT)
    _POINTS.load([directive])
    return directive


_POINTS = Together(lambda: [Prefetch("points", DirectivePoint.objects.select_related("passage"))])


def get_addressee(actor: Actor, pk: int) -> Addressee:
    """Một nơi nhận với những gì đã làm; NotFound when out of sight."""
    rows = Addressee.objects.filter(addressees_seen(actor), pk=pk)
    addressee = rows.select_related("directive__issuer", "organization").first()
    if addressee is None:
        raise NotFound("Không tìm thấy nơi nhận này, hoặc nơi nhận nằm ngoài phạm vi của đồng chí.")
    load_deeds([addressee])
    return addressee


def load_deeds(addressees: list[Addressee]) -> None:
    """Kèm các lần quán triệt và cụ thể hóa, in one query for all of them."""
    _DEEDS.load(addressees)


def _deeds() -> list[Prefetch[Any]]:
    evidence = (f"evidence__{name}" for name in _TEXTS)
    return [
        Prefetch("disseminations", Dissemination.objects.select_related("evidence").defer(*evidence)),
        Prefetch("elaborations", Elaboration.objects.select_related("directive")),
    ]


_DEEDS = Together(_deeds)


def mine_of(actor: Actor, directive: Directive) -> list[Addressee]:
    """Đơn vị tôi trong số nơi nhận: what the page puts first."""
    rows = Addressee.objects.filter(kept_by_me(actor, path="organization"), directive=directive)
    found = list(rows.select_related("organization", "directive"))
    load_deeds(found)
    return found


def elaborating(actor: Actor, directive: Directive) -> list[Directive]:
    """Văn bản cấp dưới cụ thể hóa văn bản này, of those in sight."""
    rows = visible_to(actor).filter(elaborates__directive=directive).select_related("issuer")
    return list(rows.order_by("issuer__sort_key", "issued_on", "pk")[:100])


def own_papers(actor: Actor, addressee: Addressee) -> QuerySet[Directive]:
    """Văn bản của nơi nhận có thể gắn vào: issued since the paper came, newest first."""
    issuers = [addressee.organization_id, *(heir.pk for heir in heirs_of(addressee, actor.today))]
    rows = visible_to(actor).filter(issuer__in=issuers, issued_on__gte=addressee.added_on)
    return rows.exclude(pk=addressee.directive_id).exclude(elaboration_of__addressee=addressee)


def by_numbers(numbers: Iterable[int]) -> list[Addressee]:
    """Nơi nhận theo số. The action that they are handed to checks each."""
    return list(Addressee.objects.filter(pk__in=list(numbers)).select_related("directive", "organization"))


def text_of(directive: Directive) -> str:
    """Chữ của tệp, from which points are proposed; empty without a file."""
    return Source.objects.filter(pk=directive.source_id or 0).values_list("text", flat=True).first() or ""


def heirs_of(addressee: Addressee, day: dt.date) -> list[Organization]:
    """Tổ chức kế thừa nghĩa vụ, where the addressed body has ended by that day."""
    body = addressee.organization
    return list(successors(body)) if body.end is not None and body.end <= day else []


def acknowledged_by(person_id: int) -> QuerySet[Addressee]:
    """Văn bản một người đã xác nhận: for that person's own record."""
    rows = Addressee.objects.filter(acknowledged_by_id=person_id)
    return rows.select_related("directive", "organization").order_by("-acknowledged_on", "-pk")


def disseminated_by(person_id: int) -> QuerySet[Dissemination]:
    """Lần quán triệt một người đã báo cáo: for that person's own record."""
    rows = Dissemination.objects.filter(reported_by_id=person_id).order_by("-on", "-pk")
    return rows.select_related("addressee__directive", "addressee__organization")


def history_of(actor: Actor, directive: Directive) -> QuerySet[Event]:
    """Lịch sử của văn bản và của những nơi nhận được thấy. The caller has got the paper from ``get``."""
    return events_of(directive, *Addressee.objects.filter(addressees_seen(actor), directive=directive)[:500])


# --- conditions on addressees -----------------------------------------------------------------------


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Còn hiệu lực trong ngày."""
    return Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gt": day})


def _not_done(step: Step, day: dt.date) -> Q:
    name = DONE_FIELD[step]
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": day})


def still_open(day: dt.date) -> Q:
    """Còn việc phải làm vào ngày đó: in force, and some step that is asked is not done."""
    steps = _not_done(Step.ACKNOWLEDGE, day)
    for step in (Step.STUDY, Step.ELABORATE):
        steps |= Q(**{f"directive__{DUE_FIELD[step]}__isnull": False}) & _not_done(step, day)
    return steps & in_force(day, "directive__")


def step_overdue(step: Step, day: dt.date) -> Q:
    """Quá hạn một việc vào ngày đó; the same rule as ``logic.standing``, a test compares the two."""
    due = f"directive__{DUE_FIELD[step]}"
    late_when_ended = Q(**{f"{due}__lt": F("directive__ended_on")})
    ended_or_not = in_force(day, "directive__") | late_when_ended
    return Q(**{f"{due}__lt": day}) & _not_done(step, day) & ended_or_not


def overdue(day: dt.date) -> Q:
    """Quá hạn ít nhất một việc."""
    return (
        step_overdue(Step.ACKNOWLEDGE, day)
        | step_overdue(Step.STUDY, day)
        | step_overdue(Step.ELABORATE, day)
    )


# --- what waits for my body --------------------------------------------------------------------------


def addressed_to(actor: Actor) -> QuerySet[Addressee]:
    """Văn bản chờ đơn vị tôi, the most urgent first; each with ``next_step`` and the day ``next_due``."""
    rows = Addressee.objects.filter(kept_by_me(actor, path="organization"), still_open(actor.today))
    return with_next_step(rows).order_by(F("next_due").asc(nulls_last=True), "pk")


def with_next_step(rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
    """Kèm việc phải làm tiếp và hạn của việc đó; empty where all that is asked is done."""
    ack = When(acknowledged_on__isnull=True, then=Value(Step.ACKNOWLEDGE.value))
    study = Q(studied_on__isnull=True, directive__study_by__isnull=False)
    elaborate = Q(elaborated_on__isnull=True, directive__elaborate_by__isnull=False)
    step = Case(
        ack,
        When(study, then=Value(Step.STUDY.value)),
        When(elaborate, then=Value(Step.ELABORATE.value)),
        default=Value(""),
        output_field=CharField(),
    )
    due = Case(
        When(acknowledged_on__isnull=True, then=F("directive__acknowledge_by")),
        When(study, then=F("directive__study_by")),
        When(elaborate, then=F("directive__elaborate_by")),
        default=None,
        output_field=DateField(null=True),
    )
    return rows.select_related("directive__issuer", "organization").annotate(next_step=step, next_due=due)


# --- the list -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DirectiveFilter:
    """Bộ lọc. ``mine``: sent to a body of mine; ``issued``: issued by one; ``body``: issued by or sent to it."""

    kind: str = ""
    q: str = ""
    body: int | None = None
    year: str = ""
    mine: bool = False
    issued: bool = False
    open_only: bool = False


def listing(actor: Actor, wanted: DirectiveFilter) -> QuerySet[Directive]:
    """Danh sách văn bản, newest first."""
    rows = search(visible_to(actor), wanted.q)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year.isascii() and wanted.year.isdigit() and 1 <= int(wanted.year[:5]) <= 9999:
        rows = rows.filter(issued_on__year=int(wanted.year[:5]))
    if wanted.body is not None:
        sent = Addressee.objects.filter(organization_id=wanted.body, directive=OuterRef("pk"))
        rows = rows.filter(Q(issuer_id=wanted.body) | Exists(sent))
    if wanted.issued:
        rows = rows.filter(issued_by_me(actor))
    rows = _sent(actor, rows, wanted)
    return rows.select_related("issuer")


def issued_by_me(actor: Actor) -> Q:
    """Do đơn vị tôi ban hành: a body where one serves or keeps the records."""
    return kept_by_me(actor, path="issuer") | at_my_posts(actor, path="issuer")


def sent_to_me(actor: Actor) -> Q:
    """Gửi đến đơn vị tôi: nơi nhận là tổ chức tôi có chức vụ hoặc lập hồ sơ."""
    return kept_by_me(actor, path="organization") | at_my_posts(actor, path="organization")


def _sent(actor: Actor, rows: QuerySet[Directive], wanted: DirectiveFilter) -> QuerySet[Directive]:
    """Of the addressees that count (mine, or all in sight), some; with ``open_only`` one with work left."""
    if not (wanted.mine or wanted.open_only):
        return rows
    sent = Addressee.objects.filter(directive=OuterRef("pk"))
    sent = sent.filter(sent_to_me(actor) if wanted.mine else addressees_seen(actor))
    if wanted.open_only:
        sent = sent.filter(still_open(actor.today))
    return rows.filter(Exists(sent))


def search(rows: QuerySet[Directive], query: str) -> QuerySet[Directive]:
    """Tìm: every word, with or without marks, in number, title, summary and issuer."""
    for term in search_terms(query):
        rows = rows.filter(search_key__contains=fold(term))
    return rows


def years(actor: Actor) -> list[int]:
    """Các năm có văn bản, newest first."""
    found = visible_to(actor).annotate(year=ExtractYear("issued_on")).order_by("-year")
    return list(found.values_list("year", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Progress:
    """Số liệu của một văn bản trong danh sách: of its direct addressees in sight."""

    addressees: int = 0
    acknowledged: int = 0
    studied: int = 0
    elaborated: int = 0
    overdue: int = 0


def progress_of(actor: Actor, directives: Iterable[Directive]) -> dict[int, Progress]:
    """Tiến độ của các văn bản trên trang, in one query."""
    day = actor.today
    rows = (
        Addressee.objects.filter(addressees_seen(actor), directive__in=[row.pk for row in directives])
        .order_by()
        .values_list("directive_id")
        .annotate(
            every=Count("pk"),
            acknowledged=Count("pk", filter=Q(acknowledged_on__lte=day)),
            studied=Count("pk", filter=Q(studied_on__lte=day)),
            elaborated=Count("pk", filter=Q(elaborated_on__lte=day)),
            late=Count("pk", filter=overdue(day)),
        )
    )
    return {pk: Progress(*numbers) for pk, *numbers in rows}


def mine_among(actor: Actor, directives: Iterable[Directive]) -> dict[int, list[Addressee]]:
    """Đơn vị tôi trong số nơi nhận của các văn bản trên trang, by directive, in one query."""
    rows = Addressee.objects.filter(sent_to_me(actor), directive__in=[row.pk for row in directives])
    found: dict[int, list[Addressee]] = {}
    for row in with_next_step(rows):
        found.setdefault(row.directive_id, []).append(row)
    return found
