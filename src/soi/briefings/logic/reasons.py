"""Nguyên nhân và đề nghị: what made work late, what stood in the way, what is asked of the superior. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from soi.base.text import exact_key
from soi.briefings.logic.facts import CauseFact, Remark, of_standing
from soi.briefings.logic.figures import TASKS, Counter
from soi.briefings.logic.sentences import Part, Sentence, listed, others, sentence
from soi.briefings.logic.wording import day, ended, named

CAUSES, REQUESTS = 4, 5
_LATE_CAUSES = {"own": "do nguyên nhân chủ quan", "external": "do nguyên nhân khách quan"}
_KINDS = {"own": "chủ quan", "external": "khách quan"}
MOST_CAUSES, MOST_REMARKS, MOST_REQUESTS = 4, 4, 10


def causes(count: Counter) -> list[Sentence]:
    """Phần 4 của báo cáo."""
    found = [*_late(count), *_difficulties(count)]
    for kind in _KINDS:
        found += _of_findings(count, kind)
    for unit in count.quarter.units:
        found += [
            sentence(
                CAUSES, f"causes.unit.{unit.report}.{number}",
                count.words("reports", unit.report, unit.name), f" nêu: {ended(text)}",
            )
            for number, text in enumerate(unit.own_causes, start=1)
        ]  # fmt: skip
    nothing = f"Trong {count.quarter.noun} không ghi nhận nguyên nhân chậm, muộn hay khó khăn, vướng mắc nào cần nêu."
    return found or [sentence(CAUSES, "causes.none", nothing)]


def _late(count: Counter) -> list[Sentence]:
    late = of_standing(count.quarter.due_in_quarter(), "late", "failed")
    if not late:
        return []
    groups: list[list[Part]] = [
        [count.some_tasks([row.pk for row in late if row.late_cause == cause], words)]
        for cause, words in _LATE_CAUSES.items()
        if any(row.late_cause == cause for row in late)
    ]
    if unsaid := [row.pk for row in late if not row.late_cause]:
        groups.append([count.some_tasks(unsaid, "chưa ghi rõ nguyên nhân")])
    every = count.some_tasks([row.pk for row in late], "nhiệm vụ")
    lead: list[Part] = ["Có ", every, " hoàn thành muộn hoặc không hoàn thành: "]
    return [sentence(CAUSES, "causes.late", *lead, *listed(groups), ".")]


def _difficulties(count: Counter) -> list[Sentence]:
    rows = [row for row in count.quarter.remarks if row.difficulty and row.on >= count.quarter.first]
    if not rows:
        return []
    figure = count.some_tasks([row.task for row in rows], "nhiệm vụ")
    lead = sentence(
        CAUSES, "causes.difficulties", "Có ", figure, " gặp khó khăn, vướng mắc trong khi thực hiện."
    )
    named = _latest(rows)
    figure = count.some_tasks(_left(rows, named), "nhiệm vụ khác gặp khó khăn, vướng mắc")
    return [
        lead,
        *(_difficulty(count, row) for row in named),
        *others(CAUSES, "causes.difficulties.others", figure),
    ]


def _difficulty(count: Counter, row: Remark) -> Sentence:
    return sentence(
        CAUSES, f"causes.difficulty.{row.task}",
        f"{row.body}: ", count.words(TASKS, row.task, named(row.difficulty)), f" (báo cáo ngày {day(row.on)}).",
    )  # fmt: skip


def _latest(rows: Sequence[Remark]) -> list[Remark]:
    """What a task said last; a few of the newest."""
    last = {row.task: row for row in sorted(rows, key=lambda row: row.on)}
    return sorted(last.values(), key=lambda row: (row.on, row.task), reverse=True)[:MOST_REMARKS]


def _left(rows: Sequence[Remark], named: Sequence[Remark]) -> list[int]:
    """Nhiệm vụ được đếm mà không nêu tên."""
    said = {row.task for row in named}
    return [row.task for row in rows if row.task not in said]


def _of_findings(count: Counter, kind: str) -> list[Sentence]:
    rows = [row for row in count.quarter.causes if row.kind == kind]
    if not rows:
        return []
    figure = count.some_findings([row.finding for row in rows], "hạn chế, khuyết điểm")
    texts = _distinct(rows)
    lead = f" do nguyên nhân {_KINDS[kind]}{', chủ yếu' if len(texts) > MOST_CAUSES else ''}: "
    named = "; ".join(texts[:MOST_CAUSES])
    return [sentence(CAUSES, f"causes.{kind}", "Có ", figure, lead, f"{named}.")]


def _distinct(rows: Iterable[CauseFact]) -> list[str]:
    """The same cause said of several findings stands once, the most frequent first."""
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(exact_key(row.statement), []).append(row.statement)
    often = sorted(said.values(), key=lambda texts: -len(texts))
    return [named(texts[0]) for texts in often]


# --- requests ----------------------------------------------------------------------------------------


def requests(count: Counter) -> list[Sentence]:
    """Phần 5 của báo cáo: to the superior; then what those below asked and nobody has answered."""
    open_ones = [row for row in count.quarter.remarks if row.request and not row.answered]
    up = [row for row in open_ones if not row.to_inside]
    inside = [row for row in open_ones if row.to_inside]
    found = [_request(count, row) for row in up[:MOST_REQUESTS]]
    figure = count.some_tasks(_left(up, up[:MOST_REQUESTS]), "nhiệm vụ khác có đề nghị với cấp trên")
    found += others(REQUESTS, "requests.others", figure)
    for unit in count.quarter.units:
        found += [
            sentence(
                REQUESTS, f"requests.unit.{unit.report}.{number}",
                count.words("reports", unit.report, unit.name), f" đề nghị: {ended(text)}",
            )
            for number, text in enumerate(unit.own_requests, start=1)
        ]  # fmt: skip
    found = found or [sentence(REQUESTS, "requests.none", "Không có đề nghị, kiến nghị với cấp trên.")]
    return [*found, *_inside(count, inside)]


def _request(count: Counter, row: Remark) -> Sentence:
    return sentence(
        REQUESTS, f"requests.task.{row.task}.{row.on}",
        f"Đề nghị {row.to}: ", count.words(TASKS, row.task, named(row.request)),
        f" ({row.body}, ngày {day(row.on)}, chưa được trả lời).",
    )  # fmt: skip


def _inside(count: Counter, rows: Sequence[Remark]) -> list[Sentence]:
    if not rows:
        return []
    figure = count.some_tasks([row.task for row in rows], "nhiệm vụ")
    lead = sentence(
        REQUESTS,
        "requests.inside",
        "Trong nội bộ còn ",
        figure,
        " có đề nghị của cấp dưới chưa được trả lời.",
    )
    chosen = _latest(rows)
    figure = count.some_tasks(_left(rows, chosen), "nhiệm vụ khác có đề nghị chưa được trả lời")
    return [
        lead,
        *(_one_inside(count, row) for row in chosen),
        *others(REQUESTS, "requests.inside.others", figure),
    ]


def _one_inside(count: Counter, row: Remark) -> Sentence:
    # A task that a body gave to one of its own posts: naming it twice reads like a mistake.
    lead = f"Trong {row.body} có đề nghị: " if row.body == row.to else f"{row.body} đề nghị {row.to}: "
    return sentence(
        REQUESTS, f"requests.inside.{row.task}",
        lead, count.words(TASKS, row.task, named(row.request)), f" (ngày {day(row.on)}).",
    )  # fmt: skip
