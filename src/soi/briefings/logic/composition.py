"""Soạn báo cáo: all sentences of a quarter, in the order of the paper. Pure."""

from __future__ import annotations

from soi.briefings.logic import ahead, framing, reasons, results, undone
from soi.briefings.logic.facts import Quarter
from soi.briefings.logic.figures import Counter, Queries
from soi.briefings.logic.sentences import Sentence


def compose(quarter: Quarter, queries: Queries) -> list[Sentence]:
    """Các câu của báo cáo; each figure in them knows its records."""
    count = Counter(quarter, queries)
    return [
        *framing.previous(count),
        *results.sentences(count),
        *undone.sentences(count),
        *reasons.causes(count),
        *reasons.requests(count),
        *ahead.sentences(count),
        *framing.units(count),
    ]
