"""Bản kiểm điểm cá nhân soạn từ hồ sơ: what the person did, what names them, what they share with the collective.

Only what the person may see themselves; each figure opens its records. What nobody recorded is left to the author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from soi.base.actor import Actor
from soi.briefings.logic.sentences import Figure, Part, Sentence, listed, sentence
from soi.briefings.logic.wording import day, ended, named
from soi.findings.enums import FindingKind, FindingState, RemedyState, ResponsibilityKind
from soi.findings.models import Finding, Remedy, Responsibility
from soi.findings.queries import visible_to as findings_visible_to
from soi.org.queries import held_since
from soi.reviews.enums import PersonalSection as Section
from soi.reviews.enums import PersonGroup
from soi.reviews.models import Cycle, Explanation, Prompt, Review
from soi.work.enums import Standing, TaskState
from soi.work.models import Contributor, Task

_TASKS, _FINDINGS = "tasks", "findings"
MOST_NAMED = 12
_STANDINGS = {
    Standing.EXCEEDED: "vượt mức",
    Standing.ON_TIME: "đúng hạn",
    Standing.LATE: "hoàn thành muộn",
    Standing.FAILED: "không hoàn thành",
    Standing.REPORTED: "đã báo cáo, chờ đánh giá",
    Standing.ACTIVE: "còn đang thực hiện",
}
_REMEDIES = {
    RemedyState.ACTIVE: "đang thực hiện",
    RemedyState.REPORTED: "đã báo cáo xong, chờ xác nhận",
    RemedyState.CONFIRMED: "đã được xác nhận",
}


def sentences(actor: Actor, review: Review) -> list[Sentence]:
    """Các đoạn, in the order of the form."""
    shared = [] if review.group == PersonGroup.OUTSIDE else list(_shared(actor, review))
    return [
        *_strengths(review),
        *_duties(review),
        *_shortcomings(review),
        *_mended(review),
        *_explanations(review),
        *shared,
        *_directions(actor, review),
    ]


def mine(actor: Actor) -> list[Review]:
    """Các bản kiểm điểm của tôi, newest cycle first, with the steps of each cycle."""
    rows = Review.objects.filter(person_id=actor.person_id or 0).select_related(
        "cycle", "organization", "person"
    )
    return list(rows.prefetch_related("cycle__steps").order_by("-cycle__start", "-cycle", "pk"))


def _within(cycle: Cycle, column: str) -> Q:
    return Q(**{f"{column}__gte": cycle.start, f"{column}__lt": cycle.end})


# --- what was done ----------------------------------------------------------------------------------


def tasks_of(review: Review) -> QuerySet[Task]:
    """Nhiệm vụ chịu trách nhiệm chính đến hạn trong kỳ: of the posts the person held since each was given."""
    held = Task.objects.filter(
        held_since([review.person_id or 0], post="accountable_post", since="created_on")
    )
    return _counted(review, Task.objects.filter(pk__in=held.values("pk")))


def helped_of(review: Review) -> QuerySet[Task]:
    """Nhiệm vụ phối hợp đến hạn trong kỳ."""
    helps = Contributor.objects.filter(
        held_since([review.person_id or 0], post="post", since="task__created_on"), task=OuterRef("pk")
    )
    return _counted(review, Task.objects.filter(Exists(helps)))


def _counted(review: Review, tasks: QuerySet[Task]) -> QuerySet[Task]:
    due = tasks.filter(_within(review.cycle, "due_on")).exclude(state=TaskState.CANCELLED)
    return due.order_by("due_on", "pk").defer("search_key")


def _duties(review: Review) -> Iterator[Sentence]:
    tasks = list(tasks_of(review))
    if tasks:
        yield _told(Section.DUTIES, "tasks.total", "Chịu trách nhiệm chính ", tasks, "đến hạn trong kỳ")
        for task in tasks[:MOST_NAMED]:
            words = _STANDINGS[Standing(task.standing)]
            yield sentence(
                Section.DUTIES, f"task.{task.pk}", Figure(named(task.statement), _TASKS, (task.pk,)),
                f" (hạn {day(task.due_on)}): {words}.",
            )  # fmt: skip
    if helped := list(helped_of(review)):
        yield _told(Section.DUTIES, "tasks.helped", "Phối hợp thực hiện ", helped, "đến hạn trong kỳ")


def _told(section: int, key: str, lead: str, tasks: Sequence[Task], when: str) -> Sentence:
    numbers = Counter(task.standing for task in tasks)
    parts: list[list[Part]] = [
        [
            Figure(f"{numbers[kind]}", _TASKS, tuple(one.pk for one in tasks if one.standing == kind)),
            f" {words}",
        ]
        for kind, words in _STANDINGS.items()
        if numbers[kind]
    ]
    every = Figure(f"{len(tasks)} nhiệm vụ", _TASKS, tuple(task.pk for task in tasks))
    return sentence(section, key, lead, every, f" {when}: ", *listed(parts), ".")


# --- what names the person --------------------------------------------------------------------------


def naming(review: Review) -> QuerySet[Finding]:
    """Nội dung nêu tên người này, by day."""
    names = Responsibility.objects.filter(finding=OuterRef("pk"), person_id=review.person_id or 0)
    return Finding.objects.filter(Exists(names)).select_related("organization").order_by("found_on", "pk")


def _strengths(review: Review) -> Iterator[Sentence]:
    rows = naming(review).filter(_within(review.cycle, "found_on"), kind=FindingKind.STRENGTH)
    for finding in rows[:MOST_NAMED]:
        yield _finding(Section.QUALITIES, "strength", finding, "được ghi nhận")


def _shortcomings(review: Review) -> Iterator[Sentence]:
    rows = naming(review).filter(_within(review.cycle, "found_on")).exclude(kind=FindingKind.STRENGTH)
    for finding in rows.prefetch_related("causes")[:MOST_NAMED]:
        yield _finding(Section.SHORTCOMINGS, "shortcoming", finding, "bị nêu")
        for cause in finding.causes.all():
            kind = cause.get_kind_display().lower()
            yield sentence(
                Section.SHORTCOMINGS, f"cause.{cause.pk}", f"Nguyên nhân {kind}: {ended(cause.statement)}"
            )


def _finding(section: int, key: str, finding: Finding, verb: str) -> Sentence:
    return sentence(
        section, f"{key}.{finding.pk}", Figure(named(finding.statement), _FINDINGS, (finding.pk,)),
        f" ({finding.organization}, {verb} ngày {day(finding.found_on)}).",
    )  # fmt: skip


def _mended(review: Review) -> Iterator[Sentence]:
    """What named the person before the period and was not mended when it began; and the remedies they answer for."""
    cycle = review.cycle
    open_then = Q(mended_on__isnull=True) | Q(mended_on__gte=cycle.start)
    rows = naming(review).filter(open_then, found_on__lt=cycle.start).exclude(kind=FindingKind.STRENGTH)
    for finding in rows[:MOST_NAMED]:
        state = (
            "đã khắc phục" if finding.state == FindingState.MENDED else finding.get_state_display().lower()
        )
        yield sentence(
            Section.REMEDIES, f"carried.{finding.pk}", Figure(named(finding.statement), _FINDINGS, (finding.pk,)),
            f" (nêu ngày {day(finding.found_on)}): {state}.",
        )  # fmt: skip
    for remedy in _remedies(review).filter(_within(cycle, "due_on"))[:MOST_NAMED]:
        words = _REMEDIES.get(RemedyState(remedy.state), remedy.get_state_display().lower())
        yield sentence(
            Section.REMEDIES, f"remedy.{remedy.pk}", "Biện pháp chịu trách nhiệm: ",
            Figure(named(remedy.statement), _FINDINGS, (remedy.finding_id,)),
            f" (hạn {day(remedy.due_on)}): {words}.",
        )  # fmt: skip


def _remedies(review: Review) -> QuerySet[Remedy]:
    held = Remedy.objects.filter(
        accountable_post__memberships__person_id=review.person_id or 0,
    ).exclude(accountable_post__memberships__end__lte=review.cycle.start)
    return Remedy.objects.filter(pk__in=held.values("pk")).order_by("due_on", "pk")


# --- prompts, the collective, what comes next -------------------------------------------------------


def _explanations(review: Review) -> Iterator[Sentence]:
    prompts = Prompt.objects.filter(review=review, sent_on__isnull=False, withdrawn_on__isnull=True)
    last = {row.prompt_id: row for row in Explanation.objects.filter(prompt__in=prompts).order_by("pk")}
    for prompt in prompts:
        said = f" Giải trình: {ended(last[prompt.pk].text)}" if prompt.pk in last else ""
        yield sentence(
            Section.EXPLANATIONS, f"prompt.{prompt.pk}", f"Gợi ý {prompt.number}: {ended(prompt.text)}{said}"
        )


def shared_with(actor: Actor, review: Review) -> QuerySet[Finding]:
    """Hạn chế, khuyết điểm của tập thể nơi kiểm điểm, raised in the period; of those the person may see."""
    return (
        findings_visible_to(actor)
        .filter(_within(review.cycle, "found_on"), organization=review.organization_id)
        .exclude(kind=FindingKind.STRENGTH)
        .order_by("found_on", "pk")
    )


def _shared(actor: Actor, review: Review) -> Iterator[Sentence]:
    rows = list(shared_with(actor, review))
    if not rows:
        return
    every = Figure(f"{len(rows)} hạn chế, khuyết điểm", _FINDINGS, tuple(row.pk for row in rows))
    yield sentence(
        Section.SHARED_RESPONSIBILITY, "shared.total",
        f"Trong kỳ, {review.organization} có ", every, "; bản thân có phần trách nhiệm.",
    )  # fmt: skip
    yield from _own_part(review, rows)


def _own_part(review: Review, rows: Iterable[Finding]) -> Iterator[Sentence]:
    """Where the register says which responsibility: the same link that the collective's part V reads."""
    kinds = dict(
        Responsibility.objects.filter(person_id=review.person_id or 0, finding__in=[row.pk for row in rows])
        .order_by("pk")
        .values_list("finding_id", "kind")
    )
    for row in rows:
        if row.pk in kinds:
            kind = f"trách nhiệm {ResponsibilityKind(kinds[row.pk]).label.lower()}"
            yield sentence(
                Section.SHARED_RESPONSIBILITY, f"shared.{row.pk}",
                Figure(named(row.statement), _FINDINGS, (row.pk,)), f": {kind}.",
            )  # fmt: skip


def _directions(actor: Actor, review: Review) -> Iterator[Sentence]:
    rows = _remedies(review).filter(state=RemedyState.ACTIVE, due_on__gte=review.cycle.start)
    for remedy in rows[:MOST_NAMED]:
        yield sentence(
            Section.DIRECTIONS, f"next.{remedy.pk}", "Tiếp tục thực hiện ",
            Figure(named(remedy.statement), _FINDINGS, (remedy.finding_id,)),
            f", xong trước ngày {day(remedy.due_on)}." if remedy.due_on >= actor.today
            else f", đã quá hạn ngày {day(remedy.due_on)}, phải làm xong ngay.",
        )  # fmt: skip
