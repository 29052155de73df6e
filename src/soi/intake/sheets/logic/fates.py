"""Số phận của dòng: new, changed, the same, or wrong, decided from the row and the task it is about.

The trial and the writing ask the same questions here; only the writing then acts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from soi.base.text import squash
from soi.intake.sheets.enums import Fate
from soi.intake.sheets.logic.cells import text_of
from soi.intake.sheets.logic.rows import due_before
from soi.intake.sheets.logic.values import Values
from soi.work import policies
from soi.work.enums import TaskState, Verb
from soi.work.policies import NOT_BY_HIMSELF

_TEXTS = ("statement", "deliverable", "area")
# Which verb of the room of work writes which column.
_VERBS = {"post": Verb.HAND_OVER, "due": Verb.CHANGE_DUE}


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """Nhiệm vụ đã có, as far as a sheet can say anything about it."""

    pk: int
    code: str
    programme: int | None
    programme_title: str
    state: TaskState
    statement: str
    deliverable: str
    area: str
    post: int
    contributors: frozenset[int]
    start: dt.date
    due: dt.date
    target: Decimal | None
    unit: str
    weight: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định về một dòng; ``changed`` are keys of columns, ``mistakes`` as in ``ReadRow``."""

    fate: Fate
    changed: tuple[str, ...] = ()
    mistakes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """Bối cảnh: for which programme (None: made by the writing itself), of which period, on which day; and the
    posts that the clerk answers for.
    """

    programme: int | None
    period: str
    today: dt.date
    held: frozenset[int] = frozenset()


def decide(values: Values, task: TaskFacts | None, setting: Setting) -> Decision:
    """Quyết định về một dòng không có lỗi khi đọc."""
    if task is None:
        return Decision(Fate.NEW)
    if setting.programme is None or task.programme != setting.programme:
        return Decision(Fate.ERROR, mistakes={"code": _code_taken(values, task, setting.period)})
    changed = differences(values, task)
    if not changed:
        return Decision(Fate.SAME)
    mistakes = _refused(values, task, changed, setting)
    return Decision(Fate.ERROR if mistakes else Fate.CHANGED, changed, mistakes)


def differences(values: Values, task: TaskFacts) -> tuple[str, ...]:
    """Cột nào khác; an empty cell that need not be filled says nothing."""
    changed = [key for key in _TEXTS if squash(getattr(values, key)) != squash(getattr(task, key))]
    changed += [key for key in ("post", "due") if getattr(values, key) != getattr(task, key)]
    if values.contributors and frozenset(values.contributors) != task.contributors:
        changed.append("contributors")
    for key in ("start", "target", "unit", "weight"):
        wanted = getattr(values, key)
        if wanted not in (None, "") and wanted != getattr(task, key):
            changed.append(key)
    return tuple(changed)


def _code_taken(values: Values, task: TaskFacts, period: str) -> str:
    place = f"của «{task.programme_title}»" if task.programme_title else "giao ngoài chương trình"
    return (
        f"Mã «{values.code}» đã dùng cho một nhiệm vụ khác {place}: {_short(task.statement)}. "
        f"Hãy ghi mã khác, ví dụ «{period}-{values.code}»."
    )


def _refused(values: Values, task: TaskFacts, changed: tuple[str, ...], setting: Setting) -> dict[str, str]:
    mistakes = {key: NOT_BY_HIMSELF for key in _VERBS if key in changed and task.post in setting.held}
    for key in changed:
        if sentence := policies.refusal(task.state, _VERBS.get(key, Verb.EDIT)):
            mistakes[key] = f"{sentence} Trong sổ đang ghi: {_kept(task, key)}."
    if "due" in changed and values.due and values.due < setting.today:
        mistakes.setdefault("due", f"Thời hạn mới {text_of(values.due)} đã qua. Hãy ghi từ hôm nay trở đi.")
    start = values.start or task.start
    if not mistakes and values.due and values.due < start:
        mistakes["due"] = due_before(start)
    return mistakes


def _kept(task: TaskFacts, key: str) -> str:
    if key in {"post", "contributors", "area"}:
        return "nội dung khác"
    value = getattr(task, key)
    shown = text_of(value) if isinstance(value, dt.date) else str(value)
    return f"«{_short(shown)}»" if shown else "để trống"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"
