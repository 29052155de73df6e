"""Đọc công việc: what an actor may see, one task with its parts, lists, and what waits for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from soi.base.actor import Actor, Capability
from soi.base.errors import NotFound
from soi.base.models import held_on
from soi.base.quarters import days_of
from soi.base.text import fold, search_terms
from soi.base.together import Together
from soi.history.models import Event
from soi.history.queries import events_of
from soi.org.models import Closure, Membership, Post
from soi.org.queries import held_since, scope, scope_of_any
from soi.work import filters
from soi.work.enums import Assessor, Standing, TaskState
from soi.work.filters import TaskFilter
from soi.work.models import (
    Assessment,
    BulkChange,
    Contributor,
    FormerPost,
    Handover,
    HandoverItem,
    Programme,
    ProgressReport,
    Task,
)

OUT_OF_SIGHT = "Không tìm thấy nhiệm vụ này, hoặc nhiệm vụ nằm ngoài phạm vi của đồng chí."
HANDOVER_OUT_OF_SIGHT = "Không tìm thấy biên bản bàn giao này, hoặc biên bản nằm ngoài phạm vi của đồng chí."
OPEN_STATES = (TaskState.ACTIVE, TaskState.REPORTED)
# Who may judge a result and answer a request: whoever leads, records or inspects for the level that gave it.
JUDGING = (Capability.DIRECT, Capability.RECORD, Capability.VERIFY)
_TEXTS = ("evidence__text", "evidence__search_key")


# --- what is in sight --------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Task]:
    """Nhiệm vụ được thấy: of or given by a body one may read, due from one's posts, helped by one, or judged
    or reported on by oneself at any time.
    """
    if actor.is_system:
        return Task.objects.all()
    reads, me = Capability.READ, actor.person_id or 0
    # Asked row by row, and only of tasks of other bodies: a list of all would be made for each question.
    helps = Contributor.objects.filter(
        scope(actor, reads, path="organization") | Q(post_id__in=actor.post_ids), task=OuterRef("pk")
    )
    said = ProgressReport.objects.filter(Q(reported_by_id=me) | Q(answer__answered_by_id=me))
    judged = Assessment.objects.filter(assessor_id=me)
    return Task.objects.filter(
        scope(actor, reads, path="organization")
        | scope(actor, reads, path="assigned_by")
        | Q(accountable_post_id__in=actor.post_ids)
        | Q(Exists(helps))
        | Q(pk__in=said.values("task_id"))
        | Q(pk__in=judged.values("task_id"))
    )


def programmes_visible_to(actor: Actor) -> QuerySet[Programme]:
    """Chương trình được thấy: of a body one may read, or with a task due from one's posts."""
    due = Task.objects.filter(accountable_post_id__in=actor.post_ids, programme=OuterRef("pk"))
    seen = scope(actor, Capability.READ, path="organization") | Q(Exists(due))
    return Programme.objects.filter(Q() if actor.is_system else seen).select_related("organization")


# --- one record --------------------------------------------------------------------------------------


def get(actor: Actor, pk: int) -> Task:
    """Một nhiệm vụ với mọi phần của nó, in two queries; NotFound when it is out of sight.

    Of its sub-tasks only those in sight; the task above it by ``parent_of``.
    """
    related = ("organization", "assigned_by", "accountable_post__organization", "programme", "directive")
    task = visible_to(actor).filter(pk=pk).select_related(*related, "remedy").first()
    if task is None:
        raise NotFound(OUT_OF_SIGHT)
    _PARTS.load([task], actor)
    return task


def _parts(actor: Actor) -> list[Prefetch[Any]]:
    reports = ProgressReport.objects.select_related("evidence", "reported_by", "answer").defer(*_TEXTS)
    subtasks = visible_to(actor).select_related("organization", "accountable_post").defer("search_key")
    return [
        Prefetch("contributors", Contributor.objects.select_related("organization", "post")),
        Prefetch("reports", reports),
        Prefetch("assessments", Assessment.objects.select_related("assessor")),
        Prefetch("subtasks", subtasks),
    ]


_PARTS = Together(_parts)


def parent_of(actor: Actor, task: Task) -> Task | None:
    """Nhiệm vụ cấp trên của nó, where that is in sight; a task without one costs no query."""
    if task.parent_id is None:
        return None
    return visible_to(actor).filter(pk=task.parent_id).select_related("organization").first()


def get_report(actor: Actor, pk: int) -> ProgressReport:
    """Một báo cáo tiến độ; NotFound when its task is out of sight."""
    reports = ProgressReport.objects.filter(Exists(visible_to(actor).filter(pk=OuterRef("task"))), pk=pk)
    report = reports.select_related("task__organization", "task__assigned_by", "answer").first()
    if report is None:
        raise NotFound("Không tìm thấy báo cáo này, hoặc báo cáo nằm ngoài phạm vi của đồng chí.")
    return report


def get_programme(actor: Actor, pk: int) -> Programme:
    """Một chương trình; its tasks by ``listing`` with ``TaskFilter(programme=pk)``."""
    seen = programmes_visible_to(actor).filter(pk=pk)
    programme = seen.select_related("organization", "elaborates__directive", "source").first()
    if programme is None:
        raise NotFound("Không tìm thấy chương trình này, hoặc chương trình nằm ngoài phạm vi của đồng chí.")
    return programme


def history_of(task: Task) -> QuerySet[Event]:
    """Lịch sử của nhiệm vụ. The caller has checked that it may be seen."""
    return events_of(task)


# --- lists -------------------------------------------------------------------------------------------


def listing(actor: Actor, asked: TaskFilter) -> QuerySet[Task]:
    """Danh sách nhiệm vụ được thấy, after the filter, the earliest due first."""
    tasks = visible_to(actor).filter(_conditions(asked), _inside(actor, asked))
    tasks = tasks.filter(standing_on(asked.standing, asked.as_of or actor.today))
    for term in search_terms(asked.q):
        tasks = tasks.filter(search_key__contains=fold(term))
    return tasks.select_related("organization", "accountable_post").order_by("due_on", "pk")


def standing_on(standing: str, day: dt.date) -> Q:
    """Điều kiện của một mức, as of a day; empty asks for nothing."""
    active = Q(state=TaskState.ACTIVE)
    groups = {
        "": Q(),
        filters.OPEN: Q(state__in=OPEN_STATES),
        filters.DONE: Q(state=TaskState.DONE),
        filters.OVERDUE: active & Q(due_on__lt=day),
        filters.NOT_DUE: active & Q(due_on__gte=day),
        filters.COUNTED: ~Q(state=TaskState.CANCELLED),
    }
    if standing == filters.DUE_SOON:
        # A day near the end of the calendar has no fourteen days after it.
        until = dt.date.max if day > dt.date.max - filters.SOON else day + filters.SOON
        return active & Q(due_on__gte=day, due_on__lte=until)
    return groups[standing] if standing in groups else Q(standing=Standing(standing))


def _conditions(asked: TaskFilter) -> Q:
    exact = {
        "area": asked.area,
        "programme_id": asked.programme,
        "directive_id": asked.directive,
        "accountable_post_id": asked.post,
        "assigned_by_id": asked.given_by,
    }
    condition = Q(**{column: value for column, value in exact.items() if value})
    if asked.period:
        days = days_of(asked.period)
        condition &= Q(due_on__gte=days.start) & (Q(due_on__lt=days.end) if days.end else Q())
    return condition


def _inside(actor: Actor, asked: TaskFilter) -> Q:
    if asked.body is None:
        return Q()
    if not asked.below:
        return Q(organization_id=asked.body)
    # Merged and abolished bodies stand below their successor from that day on.
    below = Closure.objects.filter(held_on(actor.today), ancestor_id=asked.body)
    return Q(organization_id__in=below.values("descendant_id"))


def posts_for_task(actor: Actor) -> QuerySet[Post]:
    """Chức vụ có thể giao: in force today, in bodies whose records the actor keeps."""
    return (
        Post.objects.filter(held_on(actor.today), scope(actor, Capability.RECORD, path="organization"))
        .select_related("organization")
        .order_by("organization__sort_key", "pk")
    )


# --- what waits for whom -----------------------------------------------------------------------------


def due_from(actor: Actor) -> QuerySet[Task]:
    """Nhiệm vụ tôi chịu trách nhiệm chính: still to be done, overdue ones first."""
    return _shown(Task.objects.filter(state=TaskState.ACTIVE, accountable_post_id__in=actor.post_ids))


def helped_by(actor: Actor) -> QuerySet[Task]:
    """Nhiệm vụ tôi phối hợp: still to be done, with one of my posts named."""
    helps = Contributor.objects.filter(task=OuterRef("pk"), post_id__in=actor.post_ids)
    return _shown(Task.objects.filter(Exists(helps), state=TaskState.ACTIVE))


def to_assess(actor: Actor) -> QuerySet[Task]:
    """Chờ tôi đánh giá: reported done, given by my level or one below, and I had no part in it."""
    if actor.person_id is None:
        return Task.objects.none()
    judges = judged_by(actor, path="assigned_by")
    return _shown(Task.objects.filter(judges, outsider(actor), state=TaskState.REPORTED))


def requests_open(actor: Actor) -> QuerySet[ProgressReport]:
    """Đề nghị chờ tôi trả lời: of open tasks given by my level or one below, not asked by myself."""
    if actor.person_id is None:
        return ProgressReport.objects.none()
    waiting = ProgressReport.objects.filter(
        judged_by(actor, path="task__assigned_by"), task__state__in=OPEN_STATES, answer__isnull=True
    ).exclude(request="")
    mine = Q(reported_by_id__isnull=False, reported_by_id=actor.person_id)
    return waiting.exclude(mine).select_related("task__organization", "task__accountable_post")


def without_holder(actor: Actor) -> QuerySet[Task]:
    """Nhiệm vụ không còn ai giữ: still to be done, in my part of the tree, by a post that is gone or empty."""
    held = Membership.objects.filter(
        held_on(actor.today), held_on(actor.today, "post__"), post=OuterRef("accountable_post")
    )
    inside = scope(actor, Capability.READ, path="organization")
    return _shown(Task.objects.filter(inside, ~Exists(held), state=TaskState.ACTIVE))


def said_by(actor: Actor) -> QuerySet[Task]:
    """Nhiệm vụ tôi đã báo cáo, đánh giá hoặc trả lời, wherever I stand today; newest first."""
    me = actor.person_id or 0
    reports = ProgressReport.objects.filter(Q(reported_by_id=me) | Q(answer__answered_by_id=me))
    judged = Assessment.objects.filter(assessor_id=me)
    tasks = Task.objects.filter(Q(pk__in=reports.values("task_id")) | Q(pk__in=judged.values("task_id")))
    return _shown(tasks).order_by("-due_on", "-pk")


def _shown(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return (
        tasks.select_related("organization", "accountable_post").defer("search_key").order_by("due_on", "pk")
    )


def judged_by(actor: Actor, *, path: str) -> Q:
    """Cấp giao: rows given (at ``path``) by a body for which the actor leads, records or inspects."""
    return scope_of_any(actor, JUDGING, path=path)


# --- who may judge -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stake:
    """Liên quan: why somebody may not assess a task. ``people``: one person, or those who lent to one."""

    people: tuple[int, ...]

    # Lists of the few tasks a person had a part in, each made once, not asked anew for every task.

    def is_accountable(self) -> Q:
        """Held the accountable post, or one that was accountable before, at any time since the task was given,
        or is named to hold it.
        """
        now = Task.objects.filter(held_since(self.people, post="accountable_post", since="created_on"))
        before = FormerPost.objects.filter(held_since(self.people, post="post", since="task__created_on"))
        return Q(pk__in=now.values("pk")) | Q(pk__in=before.values("task_id"))

    def has_reported(self) -> Q:
        """Reported it done: nobody judges their own report."""
        reported = ProgressReport.objects.filter(is_final=True, reported_by_id__in=self.people)
        return Q(pk__in=reported.values("task_id"))

    def any(self) -> Q:
        """Either of these."""
        return self.is_accountable() | self.has_reported()


def own_stake(actor: Actor) -> Stake:
    """Bản thân người thực hiện."""
    return Stake((actor.person_id or 0,))


def lenders_stake(actor: Actor) -> Stake:
    """Những người đang ủy quyền cho người thực hiện: who acts for somebody is no outsider to their work."""
    return Stake(tuple(sorted(actor.lenders)))


def outsider(actor: Actor) -> Q:
    """Nhiệm vụ mà người này không liên quan."""
    return ~Stake((actor.person_id or 0, *sorted(actor.lenders))).any()


# --- handing over, and many at once --------------------------------------------------------------------


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """Biên bản bàn giao được thấy: naming oneself, of one's own post, or of a body one reads."""
    me = actor.person_id or 0
    reach = (
        scope(actor, Capability.READ, path="post__organization")
        | Q(post_id__in=actor.post_ids)
        | Q(outgoing_id=me)
        | Q(incoming_id=me)
    )
    seen = Handover.objects.filter(Q() if actor.is_system else reach)
    return seen.select_related("post__organization", "outgoing", "incoming")


def get_handover(actor: Actor, pk: int) -> Handover:
    """Một biên bản bàn giao with its tasks; NotFound when it is out of sight."""
    handover = handovers_visible_to(actor).filter(pk=pk).first()
    if handover is None:
        raise NotFound(HANDOVER_OUT_OF_SIGHT)
    _ITEMS.load([handover])
    return handover


_ITEMS = Together(
    lambda: [
        Prefetch("items", HandoverItem.objects.select_related("task__organization").defer("task__search_key"))
    ]
)


def handovers_to_sign(actor: Actor) -> QuerySet[Handover]:
    """Bàn giao chờ tôi ký: given by me, or signed by the giver and taken over with a post that I hold."""
    me = actor.person_id or 0
    holds = Membership.objects.filter(held_on(actor.today), post=OuterRef("post"), person_id=me)
    giving = Q(outgoing_id=me, signed_out_at__isnull=True)
    taking = Q(signed_out_at__isnull=False, signed_in_at__isnull=True) & Q(Exists(holds))
    waiting = Handover.objects.filter(giving | (taking & ~Q(outgoing_id=me)))
    return waiting.select_related("post__organization", "outgoing").order_by("on", "pk")


def bulk_changes_of(actor: Actor) -> QuerySet[BulkChange]:
    """Việc hàng loạt tôi làm hôm nay và còn hoàn tác được, newest first."""
    mine = BulkChange.objects.filter(author_id=actor.person_id or 0, undone_at__isnull=True)
    return mine.filter(at__date=actor.today).order_by("-at", "-pk")


def get_bulk(actor: Actor, pk: int) -> BulkChange:
    """Một lần làm hàng loạt của chính mình; nobody else sees it as one change."""
    change = BulkChange.objects.filter(pk=pk, author_id=actor.person_id or 0).first()
    if change is None:
        raise NotFound("Không tìm thấy lần thay đổi hàng loạt này.")
    return change


def final_report(task: Task) -> ProgressReport | None:
    """Báo cáo hoàn thành gần nhất."""
    return task.reports.filter(is_final=True).order_by("-pk").first()


def self_assessment(task: Task) -> Assessment | None:
    """Tự đánh giá gần nhất, what the superior's form starts from."""
    return task.assessments.filter(by=Assessor.SELF).order_by("-pk").first()
