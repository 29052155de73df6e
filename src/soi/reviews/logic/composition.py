"""Soạn báo cáo kiểm điểm tập thể: the sentences of the form's sections, from records. Pure.

Parts I and II tell of the period as a briefing tells of its quarter. Part VII, the rating one claims, is left to
the author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from soi.briefings.logic import reasons, results, undone
from soi.briefings.logic.figures import Counter, Queries
from soi.briefings.logic.sentences import Figure, Part, Sentence, listed, others, sentence
from soi.briefings.logic.wording import day, ended, named
from soi.reviews.logic.draft import PROMPTS, CarriedFact, Facts, PromptFact, RemedyFact, ResponsibleFact

STRENGTHS, SHORTCOMINGS, CARRIED, EXPLANATIONS, RESPONSIBILITY, DIRECTIONS = range(1, 7)
MOST_REMEDIES, MOST_PERSONS, MOST_BODIES, MOST_NAMED = 15, 20, 10, 6
_MENDED = {"fixed": "đã khắc phục", "going": "đang khắc phục", "not_yet": "chưa khắc phục"}
# Part III has a row of its own for each of these.
_TOLD_IN_PART_III = "undone.carried"


def compose(facts: Facts, queries: Queries) -> list[Sentence]:
    """Các đoạn của báo cáo; each figure in them knows its records."""
    count = Counter(facts.work, queries)
    lacking = [*undone.sentences(count), *reasons.causes(count)]
    return [
        *_in_section(STRENGTHS, results.sentences(count)),
        *_in_section(SHORTCOMINGS, [row for row in lacking if row.key != _TOLD_IN_PART_III]),
        *_carried(facts.carried),
        *_explanations(facts.prompts),
        *_responsibility(facts),
        *_directions(facts),
    ]


def _in_section(section: int, rows: Iterable[Sentence]) -> Iterator[Sentence]:
    return (replace(row, section=section) for row in rows)


# --- III: what became of what was carried ------------------------------------------------------------


def _carried(rows: Sequence[CarriedFact]) -> list[Sentence]:
    if not rows:
        return [
            sentence(CARRIED, "carried.total", "Không có hạn chế, khuyết điểm nào của kỳ trước chuyển sang.")
        ]
    every = Counter.some_findings([row.finding for row in rows], "hạn chế, khuyết điểm")
    states: list[list[Part]] = [
        [Counter.some_findings([row.finding for row in of_state], words)]
        for state, words in _MENDED.items()
        if (of_state := [row for row in rows if row.mended == state])
    ]
    lead = sentence(CARRIED, "carried.total", "Kỳ trước chuyển sang ", every, ": ", *listed(states), ".")
    return [lead, *(_one_carried(row) for row in rows)]


def _one_carried(row: CarriedFact) -> Sentence:
    again = f", chuyển sang lần thứ {row.times}" if row.times > 1 else ""
    parts: list[Part] = [
        Counter.words("findings", row.finding, named(row.statement)),
        f" ({row.body}, nêu ngày {day(row.found_on)}{again}): {_MENDED[row.mended]}.",
    ]
    if row.answer:
        parts.append(f" {ended(row.answer)}")
    if row.why_not:
        parts.append(f" Chưa xong vì: {ended(row.why_not)}")
    return sentence(CARRIED, f"carried.{row.finding}", *parts)


# --- IV: what the superior asked ---------------------------------------------------------------------


def _explanations(rows: Sequence[PromptFact]) -> list[Sentence]:
    if not rows:
        return [sentence(EXPLANATIONS, "prompts.total", "Không có nội dung nào được gợi ý kiểm điểm.")]
    every = Figure(f"{len(rows)} nội dung", PROMPTS, tuple(row.pk for row in rows))
    issuers = list(dict.fromkeys(row.issuer for row in rows))
    lead = sentence(EXPLANATIONS, "prompts.total", f"{', '.join(issuers)} gợi ý kiểm điểm ", every, ".")
    return [lead, *(_one_prompt(row) for row in rows)]


def _one_prompt(row: PromptFact) -> Sentence:
    answer = f"Giải trình: {ended(row.explanation)}" if row.explanation else "Chưa giải trình."
    return sentence(
        EXPLANATIONS, f"prompt.{row.pk}", Counter.words(PROMPTS, row.pk, f"Gợi ý {row.number}"),
        f" (ngày {day(row.sent_on)}): {ended(row.text)} {answer}",
    )  # fmt: skip


# --- V: whose responsibility -------------------------------------------------------------------------


def _responsibility(facts: Facts) -> list[Sentence]:
    bodies = _grouped(row for row in facts.responsible if not row.person)
    persons = _grouped(row for row in facts.responsible if row.person)
    found = [
        *(_one_responsible(facts, key, rows) for key, rows in list(bodies.items())[:MOST_BODIES]),
        *_left_out(
            bodies, MOST_BODIES, "responsibility.bodies.others", "nội dung có trách nhiệm của tập thể khác"
        ),
        *(_one_responsible(facts, key, rows) for key, rows in list(persons.items())[:MOST_PERSONS]),
        *_left_out(
            persons, MOST_PERSONS, "responsibility.persons.others", "nội dung có trách nhiệm của cá nhân khác"
        ),
    ]
    nothing = "Hồ sơ chưa xác định trách nhiệm của tập thể, cá nhân về hạn chế, khuyết điểm nào trong kỳ."
    return found or [sentence(RESPONSIBILITY, "responsibility.none", nothing)]


def _grouped(rows: Iterable[ResponsibleFact]) -> dict[str, list[ResponsibleFact]]:
    """By whom, those with the most findings first."""
    groups: dict[str, list[ResponsibleFact]] = {}
    for row in rows:
        key = f"person.{row.person}" if row.person else f"body.{row.organization}"
        groups.setdefault(key, []).append(row)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _one_responsible(facts: Facts, key: str, rows: Sequence[ResponsibleFact]) -> Sentence:
    first, findings = rows[0], list(dict.fromkeys(row.finding for row in rows))
    who = f"Đồng chí {first.name}, {first.post}" if first.person else f"Tập thể {first.body}"
    if first.kind == "head":
        who += ", với trách nhiệm người đứng đầu,"
    every = Counter.some_findings(findings, "hạn chế, khuyết điểm")
    groups: list[list[Part]] = [
        [Counter.words("findings", pk, facts.work.statements[pk])]
        for pk in findings[:MOST_NAMED]
        if pk in facts.work.statements
    ]
    lead = ", trong đó có: " if len(groups) < len(findings) else ": "
    named_ones = [lead, *listed(groups, separator="; ")] if groups else []
    return sentence(
        RESPONSIBILITY, f"responsibility.{key}", f"{who} chịu trách nhiệm về ", every, *named_ones, "."
    )


def _left_out(groups: dict[str, list[ResponsibleFact]], most: int, key: str, noun: str) -> list[Sentence]:
    rest = [row.finding for rows in list(groups.values())[most:] for row in rows]
    return others(RESPONSIBILITY, key, Counter.some_findings(rest, noun))


# --- VI: what comes next -----------------------------------------------------------------------------


def _directions(facts: Facts) -> list[Sentence]:
    found: list[Sentence] = []
    if facts.remedies:
        mending = Counter.some_findings([row.finding for row in facts.remedies], "hạn chế, khuyết điểm")
        found.append(
            sentence(
                DIRECTIONS, "directions.total", "Tiếp tục khắc phục ", mending, " bằng các biện pháp sau."
            )
        )
        found += [_one_remedy(row) for row in facts.remedies[:MOST_REMEDIES]]
        rest = Counter.some_findings(
            [row.finding for row in facts.remedies[MOST_REMEDIES:]], "nội dung có biện pháp khác"
        )
        found += others(DIRECTIONS, "directions.others", rest)
    if bare := _without_remedy(facts):
        figure = Counter.some_findings(bare, "hạn chế, khuyết điểm")
        found.append(sentence(DIRECTIONS, "directions.bare", "Còn ", figure, " chưa có biện pháp khắc phục."))
    return found


def _one_remedy(row: RemedyFact) -> Sentence:
    return sentence(
        DIRECTIONS, f"directions.remedy.{row.pk}", Counter.words("findings", row.finding, named(row.statement)),
        f"; kết quả: {named(row.deliverable)}; chịu trách nhiệm: {row.post}, {row.body}; hạn {day(row.due_on)}.",
    )  # fmt: skip


def _without_remedy(facts: Facts) -> list[int]:
    raised = [row.pk for row in facts.work.raised() if row.state == "open"]
    return list(dict.fromkeys([*raised, *(row.finding for row in facts.carried if row.mended == "not_yet")]))
