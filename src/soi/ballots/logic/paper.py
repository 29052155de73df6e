"""Số đếm phiếu giấy: whether a teller's numbers can be, and on which line two tellers differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soi.ballots.logic.majority import Asked
from soi.ballots.logic.tally import ELECT


@dataclass(frozen=True, slots=True)
class LineCount:
    """Một câu hỏi: how many ballots are valid for it, and the votes of each option."""

    valid: int
    votes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Phiếu kiểm: one paper holds every question, so issued and returned are counted once."""

    issued: int
    returned: int
    lines: Mapping[int, LineCount]

    def as_json(self) -> dict[str, object]:
        """As it is kept with the poll."""
        return {
            "questions": {
                str(number): {
                    "issued": self.issued,
                    "returned": self.returned,
                    "valid": line.valid,
                    "options": {str(option): votes for option, votes in line.votes.items()},
                }
                for number, line in self.lines.items()
            }
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """Chỗ sai: where (a question and an option, None for the whole paper), and what does not add up."""

    what: str
    question: int | None = None
    option: int | None = None


def faults(sheet: Sheet, asked: Mapping[int, Asked], roll: int) -> Iterator[Fault]:
    """Chỗ không thể có: numbers that no box of ballots could give."""
    if sheet.issued > roll:
        yield Fault("issued_over_roll")
    if sheet.returned > sheet.issued:
        yield Fault("returned_over_issued")
    for number, question in asked.items():
        line = sheet.lines[number]
        if line.valid > sheet.returned:
            yield Fault("valid_over_returned", number)
        elif not _adds_up(line, question):
            yield Fault("votes_do_not_add_up", number)


def _adds_up(line: LineCount, question: Asked) -> bool:
    votes = sum(line.votes.values())
    if question.kind != ELECT:
        return votes == line.valid
    # A valid ballot names one to ``seats`` candidates, none of them twice.
    most = line.valid * min(question.seats or 1, len(question.options))
    return line.valid <= votes <= most and all(each <= line.valid for each in line.votes.values())


def differences(one: Sheet, other: Sheet) -> Iterator[Fault]:
    """Dòng hai người ghi khác nhau, in the order of the paper."""
    if one.issued != other.issued:
        yield Fault("issued")
    if one.returned != other.returned:
        yield Fault("returned")
    for number, line in one.lines.items():
        second = other.lines[number]
        if line.valid != second.valid:
            yield Fault("valid", number)
        for option, votes in line.votes.items():
            if votes != second.votes[option]:
                yield Fault("votes", number, option)
