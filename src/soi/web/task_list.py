"""Trang danh sách nhiệm vụ: rows, figures, chips and choices of the same tasks, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.base.actor import Actor, Capability
from soi.directives import queries as directives
from soi.forms.wording import upper_first
from soi.org import directory
from soi.org import queries as org
from soi.org.enums import WorkArea
from soi.web.parts import Choice, Tile
from soi.web.period_words import shown
from soi.web.register_links import Chip
from soi.work import filters, queries
from soi.work.enums import Standing
from soi.work.filters import TaskFilter

if TYPE_CHECKING:
    from soi.work.models import Task

# Lists in the filter bar longer than this help nobody; the records themselves lead to their tasks.
MOST_BODIES, MOST_PROGRAMMES = 300, 100
GROUPS = {
    filters.OPEN: gettext_lazy("Chưa xong"),
    filters.OVERDUE: gettext_lazy("Quá hạn"),
    filters.DUE_SOON: gettext_lazy("Đến hạn trong 14 ngày"),
    filters.DONE: gettext_lazy("Đã hoàn thành"),
}
# Asked for by the boards; offered here only while they are on.
RARE = {
    filters.NOT_DUE: gettext_lazy("Đang làm, còn hạn"),
    filters.COUNTED: gettext_lazy("Mọi nhiệm vụ chưa hủy"),
}
STANDINGS = {**GROUPS, **RARE, **dict(Standing.choices)}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Một dòng: the task, who holds its post today, how it stands on that day."""

    task: Task
    holder: str
    badge: str
    label: str
    days_late: int
    days_left: int

    @property
    def is_overdue(self) -> bool:
        """Quá hạn."""
        return self.badge == "overdue"


@dataclass(frozen=True, slots=True)
class Choices:
    """Các ô lọc."""

    standings: list[Choice]
    areas: list[Choice]
    periods: list[Choice]
    bodies: list[Choice]
    programmes: list[Choice]
    posts: list[Choice]


@dataclass(frozen=True, slots=True)
class Counted:
    """Các con số của một bộ lọc."""

    shown: int
    open: int
    overdue: int
    reported: int
    done: int
    every: int


def url_of(asked: TaskFilter) -> str:
    """Địa chỉ của danh sách với bộ lọc này."""
    return f"{reverse('task_list')}?{asked.as_query() or 'standing='}"


def rows_of(actor: Actor, tasks: Sequence[Task], day: dt.date | None = None) -> list[TaskRow]:
    """Các dòng, with holders of that day in one query."""
    day = day or actor.today
    held = names_of([task.accountable_post_id for task in tasks], day) if tasks else {}
    return [_row(task, held.get(task.accountable_post_id, ""), day) for task in tasks]


def names_of(post_ids: Sequence[int], day: dt.date) -> dict[int, str]:
    """Tên người giữ chức, by post."""
    held = org.holders_on(post_ids, day)
    return {post: ", ".join(person.name for person in people) for post, people in held.items()}


def _row(task: Task, holder: str, day: dt.date) -> TaskRow:
    overdue = task.is_overdue(day)
    ended = task.reported_on or day
    return TaskRow(
        task=task,
        holder=holder,
        badge="overdue" if overdue else task.standing,
        label=_("Quá hạn") if overdue else str(Standing(task.standing).label),
        days_late=max(0, (ended - task.due_on).days) if task.standing != Standing.CANCELLED else 0,
        days_left=max(0, (task.due_on - day).days),
    )


def counted(actor: Actor, asked: TaskFilter) -> Counted:
    """Đếm một lần for the figures, the heading and the pages; whatever standing is asked for."""
    day = asked.as_of or actor.today

    def number(standing: str) -> Count:
        return Count("pk", filter=queries.standing_on(standing, day))

    tasks = queries.listing(actor, replace(asked, standing="")).order_by()
    return Counted(
        **tasks.aggregate(
            shown=number(asked.standing) if asked.standing else Count("pk"),
            open=number(filters.OPEN),
            overdue=number(filters.OVERDUE),
            reported=number(Standing.REPORTED),
            done=number(filters.DONE),
            every=number(filters.COUNTED),
        )
    )


def tiles(numbers: Counted, asked: TaskFilter) -> list[Tile]:
    """Bốn con số; each opens its tasks."""

    def opens(standing: str) -> str:
        return url_of(replace(asked, standing=standing))

    return [
        Tile(
            numbers.open,
            _("Chưa xong"),
            opens(filters.OPEN),
            _("trong %(count)s nhiệm vụ") % {"count": numbers.every},
        ),
        Tile(
            numbers.overdue,
            _("Quá hạn"),
            opens(filters.OVERDUE),
            _("đã qua thời hạn mà chưa xong"),
            alert=numbers.overdue > 0,
        ),
        Tile(numbers.reported, _("Chờ đánh giá"), opens(Standing.REPORTED.value), _("đã báo cáo làm xong")),
        Tile(numbers.done, _("Đã hoàn thành"), opens(filters.DONE), _("đúng hạn, vượt mức hoặc muộn")),
    ]


# --- what can be chosen ------------------------------------------------------------------------------


def choices(actor: Actor, asked: TaskFilter) -> Choices:
    """Các ô lọc, each with what is chosen now even where the list is too long to hold it."""
    return Choices(
        standings=_standings(asked),
        areas=[Choice(value, str(label), value == asked.area) for value, label in WorkArea.choices],
        periods=_periods(asked, actor.today),
        bodies=_bodies(actor, asked),
        programmes=_named(queries.programmes_visible_to(actor), asked.programme, MOST_PROGRAMMES, "title"),
        posts=_posts(actor, asked),
    )


def _standings(asked: TaskFilter) -> list[Choice]:
    offered = [name for name in STANDINGS if name not in RARE or name == asked.standing]
    return [Choice(name, str(STANDINGS[name]), name == asked.standing) for name in offered]


def _periods(asked: TaskFilter, today: dt.date) -> list[Choice]:
    """Năm và quý của thời hạn: next year, this one and two before."""
    found = []
    for year in range(today.year + 1, today.year - 3, -1):
        found += [f"{year:04d}", *(f"{year:04d}-Q{quarter}" for quarter in (4, 3, 2, 1))]
    if asked.period and asked.period not in found:
        found.append(asked.period)
    return [Choice(period, upper_first(shown(period)), period == asked.period) for period in found]


def _bodies(actor: Actor, asked: TaskFilter) -> list[Choice]:
    inside = org.visible_to(actor).filter(
        org.scope(actor, Capability.READ, path="pk"), org.existing_on(actor.today)
    )
    return _named(inside, asked.body, MOST_BODIES, "name", everywhere=org.visible_to(actor))


def _named(
    rows: QuerySet[Any], chosen: int | None, most: int, name: str, *, everywhere: QuerySet[Any] | None = None
) -> list[Choice]:
    found = list(rows.values_list("pk", name)[:most])
    if chosen and all(pk != chosen for pk, _name in found):
        found += list((rows if everywhere is None else everywhere).filter(pk=chosen).values_list("pk", name))
    return [Choice(str(pk), label, pk == chosen) for pk, label in found]


def _posts(actor: Actor, asked: TaskFilter) -> list[Choice]:
    """Ai chịu trách nhiệm: my own posts, and the one asked for by a link in a row."""
    wanted = {*actor.post_ids, *([asked.post] if asked.post else [])}
    posts = directory.posts_visible_to(actor).filter(pk__in=wanted) if wanted else []
    return [
        Choice(
            str(post.pk),
            f"{post.label}, {post.organization}" if post.pk not in actor.post_ids else _mine(post.label),
            post.pk == asked.post,
        )
        for post in posts
    ]


def _mine(label: str) -> str:
    return _("Của tôi: %(post)s") % {"post": label}


# --- what is on --------------------------------------------------------------------------------------


def chips(actor: Actor, asked: TaskFilter, offered: Choices) -> list[Chip]:
    """Đang lọc: one chip a condition, each with the address that drops only this one."""
    body = _chosen(offered.bodies, asked.body)
    wanted = [
        (_("Tìm"), f"“{asked.q}”" if asked.q else "", replace(asked, q="")),
        (_("Tình trạng"), str(STANDINGS.get(asked.standing, "")), replace(asked, standing="")),
        (_("Đơn vị"), _body_words(body, asked), replace(asked, body=None, below=True)),
        (_("Lĩnh vực"), str(dict(WorkArea.choices).get(asked.area, "")), replace(asked, area="")),
        (_("Thời hạn"), shown(asked.period), replace(asked, period="")),
        (_("Chương trình"), _chosen(offered.programmes, asked.programme), replace(asked, programme=None)),
        (_("Chịu trách nhiệm"), _chosen(offered.posts, asked.post), replace(asked, post=None)),
        (_("Văn bản"), _directive(actor, asked), replace(asked, directive=None)),
        (_("Đơn vị giao"), _giver(actor, asked), replace(asked, given_by=None)),
        (_("Xét đến ngày"), f"{asked.as_of:%d/%m/%Y}" if asked.as_of else "", replace(asked, as_of=None)),
    ]
    return [Chip(label, value, url_of(without)) for label, value, without in wanted if value]


def _body_words(body: str, asked: TaskFilter) -> str:
    if not asked.body:
        return ""
    return _("%(body)s và cấp dưới") % {"body": body} if asked.below else body


def _chosen(offered: list[Choice], wanted: int | None) -> str:
    if not wanted:
        return ""
    return next((choice.label for choice in offered if choice.chosen), _("ngoài phạm vi được xem"))


def _directive(actor: Actor, asked: TaskFilter) -> str:
    if not asked.directive:
        return ""
    found = directives.visible_to(actor).filter(pk=asked.directive).first()
    return str(found) if found else _("ngoài phạm vi được xem")


def _giver(actor: Actor, asked: TaskFilter) -> str:
    if not asked.given_by:
        return ""
    found = org.visible_to(actor).filter(pk=asked.given_by).first()
    return str(found) if found else _("ngoài phạm vi được xem")


# --- programmes ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """Một chương trình đã làm đến đâu."""

    every: int
    done: int
    overdue: int
    url: str
    overdue_url: str

    @property
    def percent(self) -> int:
        """Phần trăm nhiệm vụ đã hoàn thành."""
        return 100 * self.done // self.every if self.every else 0


def by_programme(actor: Actor, programmes: Sequence[int]) -> dict[int, Figure]:
    """Số liệu của các chương trình trên trang, in one query; each number opens its tasks."""
    if not programmes:
        return {}
    day = actor.today
    rows = (
        queries.visible_to(actor)
        .filter(programme_id__in=programmes)
        .order_by()
        .values_list("programme_id")
        .annotate(
            every=Count("pk", filter=queries.standing_on(filters.COUNTED, day)),
            done=Count("pk", filter=queries.standing_on(filters.DONE, day)),
            late=Count("pk", filter=queries.standing_on(filters.OVERDUE, day)),
        )
    )
    return {
        pk: Figure(
            every,
            done,
            late,
            url_of(TaskFilter(programme=pk, standing=filters.COUNTED)),
            url_of(TaskFilter(programme=pk, standing=filters.OVERDUE)),
        )
        for pk, every, done, late in rows
    }
