"""Số liệu: totals counted from the very lines that are printed, so a total and its lines cannot differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from soi.forms.forms.findings_list.context import FindingLine, FindingsContext
from soi.forms.wording import count, lower_first, one_line


def totals(context: FindingsContext) -> tuple[str, ...]:
    """Dòng số liệu: sentences about kinds, states, overdue remedies, findings without remedy, recurrence."""
    findings = context.findings
    if not findings:
        return ()
    remedies = [remedy for finding in findings for remedy in finding.remedies]
    kinds = _counted(finding.kind for finding in findings)
    states = _counted(finding.state for finding in findings)
    lines = [f"Tổng số: {count(len(findings))} hạn chế, khuyết điểm{f' ({kinds})' if kinds else ''}."]
    if states:
        lines.append(f"Trạng thái: {states}.")
    lines.append(f"Biện pháp: {count(len(remedies))}; trong đó quá hạn {count(_overdue(findings))}.")
    lines.extend(_warnings(findings))
    return tuple(lines)


def _counted(words: Iterable[str]) -> str:
    """Đếm theo chữ: "hạn chế 09, khuyết điểm 03": in the order in which the words first appear."""
    counter = Counter(word for word in map(one_line, words) if word)
    return ", ".join(f"{lower_first(word)} {count(number)}" for word, number in counter.items())


def _overdue(findings: Iterable[FindingLine]) -> int:
    return sum(remedy.is_overdue for finding in findings for remedy in finding.remedies)


def _warnings(findings: Iterable[FindingLine]) -> list[str]:
    without = sum(not finding.remedies for finding in findings)
    recurring = sum(finding.recurs for finding in findings)
    warnings = []
    if without:
        warnings.append(f"Chưa có biện pháp khắc phục: {count(without)}.")
    if recurring:
        warnings.append(f"Tái diễn: {count(recurring)}.")
    return warnings
