"""Còn thiếu gì trước ngày họp: plain counts in, the gaps out, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Gap(StrEnum):
    """Một điều còn thiếu, in the order in which one does them."""

    NO_AGENDA = "no_agenda"
    NO_START = "no_start"
    OVERRUN = "overrun"
    NO_SITE = "no_site"
    NOBODY = "nobody"
    NO_CHAIR = "no_chair"
    NO_SECRETARY = "no_secretary"
    PRESENTER = "presenter"
    SITE_STAFF = "site_staff"
    UNSENT = "unsent"
    UNANSWERED = "unanswered"
    NO_PAPER = "no_paper"
    NO_REPLY = "no_reply"


@dataclass(frozen=True, slots=True)
class Counts:
    """Những con số của việc chuẩn bị."""

    items: int = 0
    minutes_over: int = 0
    has_start: bool = False
    reports_without_paper: int = 0
    by_line: bool = False
    sites: int = 0
    sites_without_staff: int = 0
    invited: int = 0
    has_chair: bool = False
    has_secretary: bool = False
    presenters_left_out: int = 0
    unsent: int = 0
    waiting: int = 0
    questions_open: int = 0


def gaps(counts: Counts) -> list[Gap]:
    """Những điều còn thiếu; empty when the conference can be held as it stands."""
    missing = {
        Gap.NO_AGENDA: not counts.items,
        Gap.NO_START: not counts.has_start,
        Gap.OVERRUN: counts.minutes_over > 0,
        # Who meets by line needs at least two places.
        Gap.NO_SITE: counts.by_line and counts.sites < 2,
        Gap.NOBODY: not counts.invited,
        Gap.NO_CHAIR: counts.invited > 0 and not counts.has_chair,
        Gap.NO_SECRETARY: counts.invited > 0 and not counts.has_secretary,
        Gap.PRESENTER: counts.invited > 0 and counts.presenters_left_out > 0,
        Gap.SITE_STAFF: counts.sites_without_staff > 0,
        Gap.UNSENT: counts.unsent > 0,
        Gap.UNANSWERED: counts.questions_open > 0,
        Gap.NO_PAPER: counts.reports_without_paper > 0,
        Gap.NO_REPLY: counts.waiting > 0,
    }
    return [gap for gap, is_missing in missing.items() if is_missing]
