"""Dòng giữ lại: drawn once while nothing changes, anew when anything does, and never with somebody's token."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from django.template import engines

from soi.conferences.enums import Audience, Line, RequestKind
from soi.web.room_rendering import regions_of
from soi.web.templatetags import room_rows
from tests.web.room_views import NOW, a_view, site, waiting

TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="CHIM-HOANG-YEN">'


@pytest.fixture(autouse=True)
def _forget() -> None:
    for kept in (room_rows._queue_line, room_rows._queue_acts, room_rows.site_row, room_rows.log_row):
        kept.cache_clear()


def queue(**changes: Any) -> str:
    rows = (waiting(1, 1, "Trần Văn A"), waiting(2, 2, "Lê Thị B"))
    return regions_of(a_view(queue=(rows[0], replace(rows[1], **changes))), Audience.CHAIR)["queue"]


def test_the_next_speaker_draws_no_row_anew() -> None:
    queue()
    before = room_rows._queue_line.cache_info().misses, room_rows._queue_acts.cache_info().misses
    html = queue(place=1)
    assert (room_rows._queue_line.cache_info().misses, room_rows._queue_acts.cache_info().misses) == before
    assert html.count('<span class="queue-place">1</span>') == 2


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"name": "Phạm Văn C"}, "Phạm Văn C"),
        ({"topic": "Về kinh phí"}, "Về kinh phí"),
        ({"reason": "chưa nói lần nào"}, "chưa nói lần nào"),
        ({"kind": RequestKind.POINT_OF_ORDER}, str(RequestKind.POINT_OF_ORDER.label)),
        ({"asked_at": NOW.replace(hour=16, minute=41)}, "16:41"),
        ({"pk": 77}, 'value="77"'),
    ],
)
def test_what_changes_in_a_row_is_seen(changes: dict[str, Any], seen: str) -> None:
    assert seen not in queue()
    assert seen in queue(**changes)


def test_a_site_whose_line_breaks_is_drawn_anew() -> None:
    def sites(**changes: Any) -> str:
        shown = site(3, changes.pop("name", "Sư đoàn 1"), **changes)
        return regions_of(a_view(sites=(shown,)), Audience.CHAIR)["sites"]

    for change in ({"line": Line.LOST}, {"present": 41}, {"turns": 9}, {"name": "Sư đoàn 9"}):
        assert sites(**change) != sites()
        assert sites() == sites()


def test_a_token_is_on_the_page_of_its_person_only() -> None:
    mine = regions_of(
        a_view(queue=(waiting(1, 1, "A"),)),
        Audience.CHAIR,
        token=engines["django"].from_string(TOKEN).render(),
    )
    assert "CHIM-HOANG-YEN" in mine["queue"]
    for _ in range(2):
        assert (
            "CHIM-HOANG-YEN" not in regions_of(a_view(queue=(waiting(1, 1, "A"),)), Audience.CHAIR)["queue"]
        )
    assert room_rows._queue_acts.cache_info().currsize == 1


def test_a_row_is_kept_by_all_that_it_says() -> None:
    """A field that took no part in comparing would not be noticed when it changes."""
    for row in (waiting(1, 1, "A"), site(1, "B"), a_view().log[0]):
        assert all(field.compare for field in fields(row))
