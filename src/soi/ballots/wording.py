"""Câu chữ của kết quả: the rule and the outcome; one wording for pages and papers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from soi.ballots.enums import Denominator, Majority
from soi.ballots.logic.majority import Result
from soi.ballots.models import Poll
from soi.ballots.outcome import QuestionResult


def rule(denominator: str, majority: str) -> str:
    """Quy định, as it stands in the record: "Quá nửa số phiếu hợp lệ"."""
    base = str(Denominator(denominator).label).lower()
    if majority == Majority.RELATIVE:
        return _("Nhiều phiếu hơn; tỷ lệ tính trên %(base)s") % {"base": base}
    if majority == Majority.TWO_THIRDS:
        return _("Từ hai phần ba %(base)s trở lên") % {"base": base}
    return _("Quá nửa %(base)s") % {"base": base}


def rule_of(poll: Poll) -> str:
    """Quy định của cuộc bỏ phiếu này."""
    return rule(poll.denominator, poll.majority)


def sentence(found: QuestionResult) -> str:
    """Kết luận của một câu hỏi, without numbers of votes."""
    names = {"names": ", ".join(found.winners), "again": ", ".join(found.again), "left": found.seats_left}
    return {
        Result.PASSED: _("Được thông qua"),
        Result.NOT_PASSED: _("Không được thông qua"),
        Result.LEVEL: "%(names)s",
        Result.NO_LEVEL: _("Chưa mức nào đủ phiếu"),
        Result.ELECTED: _("Trúng cử: %(names)s"),
        Result.PARTLY_ELECTED: _("Trúng cử: %(names)s. Còn bầu tiếp %(left)s người trong số: %(again)s"),
        Result.NOBODY_ELECTED: _("Chưa ai trúng cử. Còn bầu tiếp %(left)s người trong số: %(again)s"),
    }[found.result] % names


def is_good(found: QuestionResult) -> bool:
    """Whether the question got what it asked for."""
    return found.result in {Result.PASSED, Result.LEVEL, Result.ELECTED}
