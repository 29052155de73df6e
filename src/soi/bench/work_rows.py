"""Cây và nhiệm vụ để đo: a tree of six levels and very many tasks, copied into a throw-away database.

Everything an action would have written stands there too: edges and closure, the foundings, posts with their
holders and duties. Only the history is missing.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import timezone

from soi.access.enums import Duty
from soi.access.models import PostDuty, User
from soi.base import triggers
from soi.base.text import fold, sort_key
from soi.org.enums import Classification, EdgeKind, HoldingKind, PostRole, ReorganizationKind, WorkArea
from soi.org.models import (
    Closure,
    Membership,
    Organization,
    OrganizationEdge,
    OrganizationName,
    Person,
    Post,
    Reorganization,
    ReorganizationBody,
)
from soi.work.enums import LateCause, Origin, Standing, TaskState
from soi.work.models import Task

SEED = 20261122
FOUNDED = dt.date(2015, 1, 1)
# Bodies of each level at 20,000; the rest are cells at the sixth.
_SHAPE = (1, 20, 160, 900, 4_000)
_ROWS_AT_ONCE = 100_000
_DAYS_BACK, _DAYS_AHEAD = 540, 180
_PAST = [Standing.ON_TIME, Standing.LATE, Standing.EXCEEDED, Standing.FAILED, Standing.ACTIVE,
         Standing.REPORTED, Standing.CANCELLED]  # fmt: skip
_PAST_WEIGHTS = [56, 14, 8, 3, 12, 5, 2]
_AHEAD = [Standing.ACTIVE, Standing.REPORTED, Standing.ON_TIME, Standing.EXCEEDED, Standing.CANCELLED]
_AHEAD_WEIGHTS = [72, 8, 14, 4, 2]
_STATES = {
    Standing.ACTIVE: TaskState.ACTIVE,
    Standing.REPORTED: TaskState.REPORTED,
    Standing.FAILED: TaskState.FAILED,
    Standing.CANCELLED: TaskState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Tree:
    """Cây đã dựng: by place in the lists; body ``n`` has the primary key ``n + 1``, and so its head post."""

    parents: Sequence[int]  # -1 for the top
    levels: Sequence[int]

    @property
    def size(self) -> int:
        return len(self.parents)

    def ways_up(self, body: int) -> Iterator[tuple[int, int]]:
        """(ancestor, depth), the body itself first."""
        depth = 0
        while body >= 0:
            yield body, depth
            body, depth = self.parents[body], depth + 1


def plan_tree(bodies: int) -> Tree:
    """A tree of six levels; every body above the last level has somebody below it where there is room."""
    draw = random.Random(SEED)  # noqa: S311 (repeatable figures, not secrets)
    widths = [max(1, round(share * bodies / 20_000)) if share > 1 else 1 for share in _SHAPE]
    widths.append(max(1, bodies - sum(widths)))
    parents, levels, first, previous = [-1], [0], 0, 1
    for level, width in enumerate(widths[1:], start=1):
        parents += [
            first + (place if place < previous else draw.randrange(previous)) for place in range(width)
        ]
        levels += [level] * width
        first, previous = len(parents) - width, width
    return Tree(parents, levels)


def build_tree(bodies: int) -> Tree:
    """Bodies, edges, closure, foundings, and in each body a head with an account and the duty of a secretary."""
    tree = plan_tree(bodies)
    names = [f"Đảng ủy Đơn vị {place}" if place else "Đảng ủy Quân khu Đo" for place in range(tree.size)]
    keys = list(enumerate(names, start=1))
    kind = Classification.PARTY_COMMITTEE
    copy(
        Organization, "id name short_name classification start end sort_key search_key",
        ((pk, name, "", kind, FOUNDED, None, sort_key(name), fold(name)) for pk, name in keys),
    )  # fmt: skip
    copy(
        OrganizationName, "organization_id name short_name start end",
        ((pk, name, "", FOUNDED, None) for pk, name in keys),
    )  # fmt: skip
    copy(
        OrganizationEdge, "child_id parent_id kind start end",
        ((pk, tree.parents[pk - 1] + 1, EdgeKind.SUBORDINATE, FOUNDED, None) for pk, _ in keys[1:]),
    )  # fmt: skip
    copy(Closure, "ancestor_id descendant_id depth start end", _closure(tree))
    copy(Reorganization, "id kind on basis", ((pk, ReorganizationKind.FOUND, FOUNDED, "") for pk, _ in keys))
    copy(
        ReorganizationBody, "reorganization_id organization_id is_result", ((pk, pk, True) for pk, _ in keys)
    )
    _staff(names)
    return tree


def _closure(tree: Tree) -> Iterator[tuple[Any, ...]]:
    for body in range(tree.size):
        for ancestor, depth in tree.ways_up(body):
            yield ancestor + 1, body + 1, depth, FOUNDED if depth else dt.date(1, 1, 1), None


def _staff(names: Sequence[str]) -> None:
    keys = list(enumerate(names, start=1))
    copy(
        Post, "id organization_id label role seats search_key start end",
        ((pk, pk, f"Bí thư {name}", PostRole.HEAD, 1, fold(f"Bí thư {name}"), FOUNDED, None) for pk, name in keys),
    )  # fmt: skip
    people = [f"Nguyễn Văn {chr(65 + pk % 26)}{pk}" for pk, _ in keys]
    copy(
        Person, "id name birth_date sort_key search_key",
        ((pk, name, None, sort_key(name), fold(name)) for pk, name in enumerate(people, start=1)),
    )  # fmt: skip
    copy(
        Membership, "person_id post_id kind start_known end_known basis start end",
        ((pk, pk, HoldingKind.APPOINTED, True, True, "", FOUNDED, None) for pk, _ in keys),
    )  # fmt: skip
    copy(
        PostDuty, "post_id duty organization_id whole_tree",
        ((pk, Duty.SECRETARY, pk, True) for pk, _ in keys),
    )  # fmt: skip
    # Nobody signs in with a password here.
    copy(
        User, "password last_login username email person_id is_active password_is_temporary date_joined",
        (("!", None, f"do{pk}", "", pk, True, False, timezone.now()) for pk, _ in keys),
    )  # fmt: skip


def add_tasks(tree: Tree, count: int) -> None:
    """Nhiệm vụ over eight quarters, most of them in the cells, each given by the next level up.

    Many are finished already, which the triggers let nobody write who is in a hurry.
    """
    triggers.remove(connection)
    copy(
        Task,
        "organization_id assigned_by_id accountable_post_id origin code area statement deliverable unit weight "
        "start_on due_on created_on state standing percent reported_on closed_on late_cause cancel_reason "
        "version search_key",
        _tasks(tree, count, timezone.localdate()),
    )
    triggers.install(connection)


def _tasks(tree: Tree, count: int, today: dt.date) -> Iterator[tuple[Any, ...]]:
    draw = random.Random(SEED + count)  # noqa: S311 (repeatable figures, not secrets)
    areas = WorkArea.values
    for number in range(count):
        # A third of the tasks is drawn again among the smaller numbers: offices have more than cells.
        body = draw.randrange(tree.size)
        body = body if number % 3 else draw.randrange(body + 1)
        due = today + dt.timedelta(days=draw.randrange(-_DAYS_BACK, _DAYS_AHEAD))
        past = due < today
        standing = draw.choices(_PAST if past else _AHEAD, _PAST_WEIGHTS if past else _AHEAD_WEIGHTS)[0]
        ended = standing not in {Standing.ACTIVE, Standing.CANCELLED}
        reported = (due + dt.timedelta(days=standing == Standing.LATE) if past else today) if ended else None
        closed = None if standing in {Standing.ACTIVE, Standing.REPORTED} else reported or due
        statement = f"Kiểm tra, chấn chỉnh nền nếp công tác đợt {number}"
        given = min(due - dt.timedelta(days=60), today)
        yield (
            body + 1, max(tree.parents[body], 0) + 1, body + 1, Origin.AD_HOC, "", draw.choice(areas),
            statement, "Báo cáo kết quả bằng văn bản", "", 1, given, due, given,
            _STATES.get(standing, TaskState.DONE), standing, 100 if ended else 30, reported, closed,
            LateCause.EXTERNAL if standing == Standing.LATE else "",
            "Không còn cần" if standing == Standing.CANCELLED else "", 1, fold(statement),
        )  # fmt: skip


# --- copying -----------------------------------------------------------------------------------------


def copy(model: type[models.Model], columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Chép vào: COPY on PostgreSQL, many INSERTs on SQLite."""
    table, names = model._meta.db_table, columns.split()
    listed = ", ".join(f'"{name}"' for name in names)
    holes, left = ", ".join(["%s"] * len(names)), iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while part := list(islice(left, _ROWS_AT_ONCE)):
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as out:
                    for row in part:
                        out.write_row([str(value) if isinstance(value, str) else value for value in row])
            else:
                cursor.executemany(
                    f"INSERT INTO {table} ({listed}) VALUES ({holes})",  # noqa: S608 (names of the tables)
                    [[_plain(value) for value in row] for row in part],
                )
        if connection.vendor == "postgresql":
            _start_numbers_after(model, cursor)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _start_numbers_after(model: type[models.Model], cursor: Any) -> None:
    highest = model._default_manager.aggregate(highest=Max("pk"))["highest"] or 1
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, highest])
