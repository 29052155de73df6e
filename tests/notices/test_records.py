"""Mỗi loại hồ sơ có đủ: the rows it is seen in, what is loaded for the rules, its page and its body."""

from __future__ import annotations

import pytest

from soi.notices import making, records
from soi.notices.enums import TIMED, NoticeKind, RecordKind
from soi.notices.rules import RULES
from soi.web import notice_links


@pytest.mark.parametrize("kind", RecordKind)
def test_every_kind_of_record_is_complete(kind: RecordKind) -> None:
    assert kind in records.SEEN
    assert kind in notice_links.PAGES
    assert kind in notice_links.BODIES
    assert making._rows(kind) is not None


def test_every_kind_of_notice_is_made_by_a_rule_or_by_the_calendar() -> None:
    made = {rule.kind for rule in RULES} | set(TIMED)
    assert made == set(NoticeKind)


def test_the_words_of_a_notice_are_its_own() -> None:
    """Mail shows the label alone: none is empty, and no two say the same."""
    labels = [str(kind.label) for kind in NoticeKind]
    assert all(labels)
    assert len(set(labels)) == len(labels)
