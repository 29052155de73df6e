"""Mở đầu và kết thúc: what became of the last briefing's conclusions; which units have sent their report. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from soi.briefings.logic.facts import Concluded, Quarter, UnitFact
from soi.briefings.logic.figures import CONFERENCES, FINDINGS, REPORTS, TASKS, Counter
from soi.briefings.logic.sentences import Figure, Part, Sentence, listed, sentence
from soi.briefings.logic.wording import day, named, names

PREVIOUS, UNITS = 1, 7
_DONE = {
    "exceeded": "đã hoàn thành vượt mức",
    "on_time": "đã hoàn thành đúng hạn",
    "late": "đã hoàn thành nhưng muộn hạn",
    "confirmed": "đã khắc phục, có xác nhận",
}
# One figure opens one list, so tasks and remedies are summed apart.
_SUMMED = {
    TASKS: {
        "done": "đã hoàn thành",
        "going": "đang thực hiện trong hạn",
        "late": "quá hạn chưa xong",
        "failed": "không hoàn thành hoặc đã hủy",
    },
    FINDINGS: {"done": "đã khắc phục xong", "going": "đang khắc phục", "late": "quá hạn khắc phục"},
}


def previous(count: Counter) -> list[Sentence]:
    """Phần 1 của báo cáo."""
    last = count.quarter.previous
    if last is None:
        words = "Chưa có hội nghị giao ban quý trước trong hồ sơ nên không có kết luận phải kiểm điểm."
        return [sentence(PREVIOUS, "previous.none", words)]
    lead: list[Part] = [count.words(CONFERENCES, last.pk, last.title), f" ngày {day(last.on)}"]
    if not last.conclusions:
        return [sentence(PREVIOUS, "previous.total", *lead, " không ghi kết luận nào.")]
    total = sentence(PREVIOUS, "previous.total", *lead, *_summary(count, last.pk, last.conclusions), ".")
    return [total, *(_one(count, row, last.pk) for row in last.conclusions)]


def _summary(count: Counter, conference: int, rows: Sequence[Concluded]) -> list[Part]:
    """What can be opened: the tasks and remedies that the conclusions became."""
    groups: list[list[Part]] = []
    for records, some in ((TASKS, [row for row in rows if row.task]), (FINDINGS, _remedies(rows))):
        for how, words in _SUMMED[records].items():
            these = [row for row in some if row.how(count.quarter.as_of) == how]
            if these:
                opened = tuple(row.task or row.finding for row in these)
                groups.append([Figure(f"{len(these)} {words}", records, opened)])
    if none := [row for row in rows if not row.standing]:
        groups.append([Figure(f"{len(none)} chưa giao thành nhiệm vụ", CONFERENCES, (conference,))])
    every = Figure(f"{len(rows)} nội dung", CONFERENCES, (conference,))
    return [" kết luận ", every, ": ", *listed(groups)]


def _remedies(rows: Sequence[Concluded]) -> list[Concluded]:
    return [row for row in rows if row.finding and not row.task]


def _one(count: Counter, row: Concluded, conference: int) -> Sentence:
    opens = (
        (TASKS, row.task)
        if row.task
        else (FINDINGS, row.finding)
        if row.finding
        else (CONFERENCES, conference)
    )
    words = count.words(*opens, named(row.statement))
    return sentence(
        PREVIOUS, f"previous.{conference}.{row.number}",
        f"Kết luận {row.number}: ", words, f" – {_became(row, count.quarter)}.",
    )  # fmt: skip


def _became(row: Concluded, quarter: Quarter) -> str:
    who = f" ({row.post}, {row.body})" if row.post else ""
    if not row.standing:
        return "chưa giao thành nhiệm vụ có người chịu trách nhiệm và thời hạn"
    if row.is_done:
        on = f" ngày {day(row.ended_on)}" if row.ended_on else ""
        return f"{_DONE[row.standing]}{on}{who}"
    if row.standing == "failed":
        return f"không hoàn thành{who}"
    if row.standing == "cancelled":
        return f"nhiệm vụ đã hủy{who}"
    if row.standing == "reported":
        return f"đã báo cáo xong, chờ đánh giá{who}"
    due = f", hạn {day(row.due_on)}" if row.due_on else ""
    late = ", đã quá hạn" if row.how(quarter.as_of) == "late" else ""
    reached = f", đạt {row.percent}%" if row.percent else ""
    return f"đang thực hiện{reached}{due}{late}{who}"


# --- the units ---------------------------------------------------------------------------------------


def units(count: Counter) -> list[Sentence]:
    """Phần 7: only for a body with bodies below it."""
    rows = count.quarter.units
    if not rows:
        return []
    sent = [row for row in rows if row.report]
    found = [_sent(count, rows, sent)]
    missing = [row for row in rows if not row.report]
    if missing:
        found.append(_missing(count, missing))
    if late := _late(count, sent):
        found.append(late)
    return [*found, *(_unit(count, row) for row in sent if row.total)]


def _sent(count: Counter, rows: Sequence[UnitFact], sent: Sequence[UnitFact]) -> Sentence:
    when = f"Tính đến ngày {day(count.quarter.as_of)}, "
    every = count.bodies(rows, "đơn vị trực thuộc")
    parts: list[Part]
    if len(rows) == 1:
        parts = [every, f" ({rows[0].name}) {'đã' if sent else 'chưa'} gửi báo cáo"]
    elif not sent:
        parts = ["chưa đơn vị nào trong ", every, " gửi báo cáo"]
    elif len(sent) == len(rows):
        parts = ["cả ", every, " đã gửi báo cáo"]
    else:
        figure = Figure(f"{len(sent)}", REPORTS, tuple(row.report for row in sent))
        parts = [figure, " trên ", every, " đã gửi báo cáo: ", names([row.name for row in sent])]
    return sentence(UNITS, "units.sent", when, *parts, ".")


def _missing(count: Counter, missing: Sequence[UnitFact]) -> Sentence:
    due = count.quarter.due_on
    parts: list[Part] = ["Chưa gửi: ", count.bodies(missing), f", gồm {names([row.name for row in missing])}"]
    if due and due < count.quarter.as_of:
        parts.append(f" (hạn {day(due)}, đã quá {(count.quarter.as_of - due).days} ngày)")
    elif due:
        parts.append(f" (hạn {day(due)})")
    return sentence(UNITS, "units.missing", *parts, ".")


def _late(count: Counter, sent: Sequence[UnitFact]) -> Sentence | None:
    due = count.quarter.due_on
    late = [row for row in sent if due and row.sent_on and row.sent_on > due]
    if not late or due is None:
        return None
    figure = Figure(f"{len(late)} đơn vị", REPORTS, tuple(row.report for row in late))
    who = names([f"{row.name} (ngày {day(row.sent_on)})" for row in late if row.sent_on])
    return sentence(UNITS, "units.late", "Gửi sau hạn ", day(due), ": ", figure, f", gồm {who}.")


def _unit(count: Counter, row: UnitFact) -> Sentence:
    """The unit's own words; its figures open here what they open in its report."""
    total = f"{row.total[:1].lower()}{row.total[1:]}" if row.total.startswith("Trong ") else row.total
    lead = sentence(UNITS, f"units.{row.pk}", count.words(REPORTS, row.report, row.name), " báo cáo: ")
    moved = tuple({**figure, "at": figure["at"] + len(lead.text)} for figure in row.total_basis)
    return replace(lead, text=lead.text + total, basis=lead.basis + moved)
