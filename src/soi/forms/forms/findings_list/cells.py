"""Ô của danh mục: what each cell says. Used by the Word form and the Excel workbook alike."""

from __future__ import annotations

from soi.forms.forms.findings_list.context import FindingLine, FindingSource, RemedyLine
from soi.forms.wording import cause_text, literal, one_line, responsibility_lines, short_date

NO_REMEDY = "Chưa có biện pháp"
OVERDUE = "Quá hạn"
RECURS = "Tái diễn"


def lines(*texts: str) -> str:
    """Nhiều dòng trong một ô: the texts that there are, each on its line."""
    return "\n".join(text for text in texts if text)


def finding_text(finding: FindingLine) -> str:
    """Nội dung, with its kind and, where so, that it comes back."""
    marks = [mark for mark in (one_line(finding.kind), RECURS if finding.recurs else "") if mark]
    marked = f"({'; '.join(marks)})" if marks else ""
    return lines(literal(finding.text), marked, *(literal(answer) for answer in answers_text(finding)))


def answers_text(finding: FindingLine) -> list[str]:
    """Ý kiến của người được nêu, each on its line: it goes wherever the finding goes."""
    return [f"Ý kiến của người được nêu: {answer}" for answer in finding.answers]


def source_text(source: FindingSource | None) -> str:
    """Nguồn: "Hội nghị …, ngày 07/04/2021"."""
    if source is None:
        return ""
    day = f"ngày {short_date(source.day)}" if source.day else ""
    return ", ".join(part for part in (one_line(source.title), day) if part)


def causes_text(finding: FindingLine) -> str:
    """Nguyên nhân: a line each."""
    return lines(*(cause_text(cause) for cause in finding.causes))


def responsible_text(finding: FindingLine) -> str:
    """Trách nhiệm: tập thể, cá nhân."""
    return lines(*responsibility_lines(finding.responsible))


def accountable_text(remedy: RemedyLine) -> str:
    """Người chịu trách nhiệm: "chức vụ – người"."""
    return " – ".join(
        part for part in map(one_line, (remedy.accountable_post, remedy.accountable_person)) if part
    )


def due_text(remedy: RemedyLine) -> str:
    """Thời hạn, marked when it has passed."""
    return lines(
        short_date(remedy.due) if remedy.due else "", f"({OVERDUE.lower()})" if remedy.is_overdue else ""
    )


def result_text(remedy: RemedyLine) -> str:
    """Trạng thái và kết quả."""
    return lines(one_line(remedy.state), literal(remedy.result))


def confirmation_text(remedy: RemedyLine) -> str:
    """Xác nhận: by whom, on which day."""
    confirmation = remedy.confirmation
    if confirmation is None:
        return ""
    return lines(one_line(confirmation.by), short_date(confirmation.day) if confirmation.day else "")
