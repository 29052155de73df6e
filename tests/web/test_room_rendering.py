"""Vẽ phòng họp: what each audience is shown in each state, from pictures of a session without a database."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from django.utils import translation

from soi.conferences.enums import Audience, FloorState, RequestKind, Secrecy
from soi.conferences.room import LogLine, RoomView
from soi.web import room_page
from soi.web.room_rendering import MOST_WAITING, REGIONS, regions_of
from tests.web.room_views import NOW, OPEN_POLL, SHOWN, SPEAKER, a_view, poll, site, waiting

ALL = [(audience, state) for audience in Audience for state in FloorState]


def act_of(view: RoomView) -> room_page.Act:
    act = room_page.main_act(view)
    assert act is not None
    return act


def buttons(html: str) -> list[str]:
    return re.findall(r"<button[^>]*>(.*?)</button>", html, re.DOTALL)


# --- every audience in every state --------------------------------------------------------------------


@pytest.mark.parametrize(("audience", "state"), ALL)
def test_every_state_is_drawn_for_everybody(audience: Audience, state: FloorState) -> None:
    drawn = regions_of(a_view(state), audience)
    assert set(drawn) == set(REGIONS[audience])
    assert any(drawn.values())


@pytest.mark.parametrize(("audience", "state"), ALL)
def test_regions_need_no_style_and_no_script_of_their_own(audience: Audience, state: FloorState) -> None:
    for html in regions_of(a_view(state, paper=SHOWN), audience).values():
        assert not re.search(r"\sstyle=|<script|\son[a-z]+=", html)


@pytest.mark.parametrize("state", list(FloorState))
def test_no_id_stands_twice_on_the_page_of_the_chair(state: FloorState) -> None:
    html = "".join(regions_of(a_view(state, paper=SHOWN, polls=(poll(),)), Audience.CHAIR).values())
    assert [name for name, times in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if times > 1] == []


@pytest.mark.parametrize("audience", [Audience.DELEGATE, Audience.TELLER, Audience.WALL])
@pytest.mark.parametrize("state", list(FloorState))
def test_only_who_conducts_gets_buttons_of_the_floor(audience: Audience, state: FloorState) -> None:
    html = "".join(regions_of(a_view(state, paper=SHOWN, polls=(OPEN_POLL,)), audience).values())
    assert "/phien/" not in html
    assert "<form" not in html


def test_rendering_is_the_same_for_the_same_picture() -> None:
    """The stream sends only what changed: nothing in a region may depend on the moment of drawing."""
    first = regions_of(a_view(FloorState.SPEAKING), Audience.CHAIR)
    again = regions_of(replace(a_view(FloorState.SPEAKING), now=NOW.replace(hour=15)), Audience.CHAIR)
    assert first == again


def test_regions_speak_the_language_of_the_installation() -> None:
    with translation.override("en"):
        assert "Đang bàn" in regions_of(a_view(), Audience.DELEGATE)["state"]


def test_an_empty_region_is_really_empty() -> None:
    drawn = regions_of(a_view(polls=(), sites=()), Audience.CHAIR)
    assert drawn["ballot"] == drawn["sites"] == ""


def test_what_people_typed_is_shown_as_text() -> None:
    row = waiting(21, 1, "<b>Đậm</b>", topic="<script>1</script>")
    html = regions_of(a_view(queue=(row,)), Audience.CHAIR)["queue"]
    assert "<script>" not in html
    assert "&lt;b&gt;Đậm" in html


# --- what must not be shown -----------------------------------------------------------------------------


@pytest.mark.parametrize("audience", [one for one in Audience if one != Audience.CHAIR])
def test_the_name_of_a_restricted_paper_stays_with_the_chair(audience: Audience) -> None:
    secret = replace(SHOWN, title="CANARY nhận xét cán bộ", secrecy=Secrecy.CHAIR)
    view = a_view(FloorState.PRESENTING, paper=secret)
    assert "CANARY" not in "".join(regions_of(view, audience).values())
    assert "CANARY" in "".join(regions_of(view, Audience.CHAIR).values())


def test_a_line_for_the_chair_alone_is_not_in_the_log_of_delegates() -> None:
    line = LogLine(18, NOW, "CANARY không mời phát biểu", Audience.CHAIR)
    view = a_view(log=(line,))
    assert "CANARY" not in "".join(regions_of(view, Audience.DELEGATE).values())
    assert "CANARY" in regions_of(view, Audience.CHAIR)["log"]


def test_drafts_of_polls_stay_with_chair_and_tellers() -> None:
    view = a_view(polls=(poll(title="CANARY bầu bổ sung"),))
    for audience in (Audience.DELEGATE, Audience.SITE, Audience.WALL):
        assert "CANARY" not in "".join(regions_of(view, audience).values())
    assert "CANARY" in regions_of(view, Audience.TELLER)["polls"]


# --- the main action of the chair -------------------------------------------------------------------------


def test_before_the_session_the_chair_opens_it() -> None:
    view = a_view(FloorState.WAITING, queue=())
    assert act_of(view).url == "floor_opening"
    # Who is there is said once, above the button.
    assert "26 trên 30" in regions_of(view, Audience.CHAIR)["now"]
    assert act_of(view).note == ""


def test_the_first_who_waits_is_given_the_floor() -> None:
    act = act_of(a_view())
    assert (act.url, act.value, act.about) == ("floor_giving", 21, "Đại úy Đinh Văn Viên")


def test_next_please_is_one_press_while_somebody_speaks() -> None:
    act = act_of(a_view(FloorState.SPEAKING))
    assert (act.url, act.label) == ("floor_giving", "Mời người tiếp theo")


def test_with_nobody_waiting_the_speech_is_ended() -> None:
    act = act_of(a_view(FloorState.SPEAKING, queue=()))
    assert act.url == "floor_speech_end"


def test_with_nobody_waiting_the_next_item_comes() -> None:
    act = act_of(a_view(queue=()))
    assert (act.url, act.value) == ("floor_item", 14)


def test_an_open_ballot_is_closed_with_a_warning_while_votes_are_missing() -> None:
    act = act_of(a_view(FloorState.VOTING))
    assert (act.url, act.arg) == ("floor_poll_close", OPEN_POLL.pk)
    assert "5 người chưa bỏ phiếu" in act.ask
    everybody = replace(OPEN_POLL, cast=26)
    act = act_of(a_view(FloorState.VOTING, poll=everybody))
    assert act.ask == ""


@pytest.mark.parametrize(
    ("mode", "url"), [("open", "floor_poll"), ("paper", "floor_poll"), ("secret", "poll_opening")]
)
def test_a_prepared_ballot_comes_before_the_next_item(mode: str, url: str) -> None:
    view = a_view(queue=())
    assert view.item
    act = act_of(replace(view, polls=(poll(mode=mode, item_id=view.item.pk),)))
    assert (act.url, act.arg, act.link) == (url, 31, mode == "secret")


def test_a_ballot_of_another_item_waits_for_its_item() -> None:
    act = act_of(a_view(queue=(), polls=(poll(item_id=99),)))
    assert act.url == "floor_item"


def test_at_the_end_the_session_is_closed_unless_answers_are_owed() -> None:
    last = tuple(replace(item, place="done") for item in a_view().agenda)
    act = act_of(a_view(queue=(), agenda=last))
    assert (act.url, act.why_not) == ("floor_closing", "")
    assert act.ask
    owed = a_view(queue=(), agenda=last, questions_left=2)
    act = act_of(owed)
    assert "2 gợi ý" in act.why_not
    assert buttons(regions_of(owed, Audience.CHAIR)["do"]) == []


def test_after_the_end_there_is_only_the_way_to_the_minutes() -> None:
    act = act_of(a_view(FloorState.CLOSED))
    assert (act.url, act.link) == ("minutes", True)
    drawn = regions_of(a_view(FloorState.CLOSED), Audience.CHAIR)
    assert "bien-ban" in drawn["do"]
    # Everybody has gone: how many are there now says nothing any more.
    assert "room-present" not in drawn["state"]
    assert "<form" not in drawn["do"] + drawn["queue"] + drawn["agenda"] + drawn["said"]


def test_there_is_one_primary_button_and_it_is_the_main_action() -> None:
    html = "".join(regions_of(a_view(FloorState.SPEAKING, paper=SHOWN), Audience.CHAIR).values())
    assert html.count("btn-primary") == 1


# --- words and lists ----------------------------------------------------------------------------------------


def test_a_clock_counts_down_in_the_browser_and_says_when_it_began_without_one() -> None:
    html = regions_of(a_view(FloorState.SPEAKING), Audience.WALL)["wall"]
    assert 'data-timer-seconds="300"' in html
    assert "data-timer-from=" in html
    assert "từ 14:20" in html
    open_end = regions_of(a_view(FloorState.SPEAKING, speaker=replace(SPEAKER, seconds=None)), Audience.WALL)
    assert "data-timer-seconds" not in open_end["wall"]


def test_the_wall_names_three_who_come_next() -> None:
    rows = tuple(waiting(place, place, f"Người thứ {place}") for place in range(1, 6))
    html = regions_of(a_view(queue=rows), Audience.WALL)["wall"]
    assert "Người thứ 3" in html
    assert "Người thứ 4" not in html


def test_a_long_queue_is_cut_with_the_number_of_the_rest() -> None:
    rows = tuple(waiting(place, place, f"Người {place}.") for place in range(1, MOST_WAITING + 5))
    html = regions_of(a_view(queue=rows), Audience.CHAIR)["queue"]
    assert "và 4 đăng ký nữa" in html
    assert f"Người {MOST_WAITING + 1}." not in html


def test_a_point_of_order_is_named_as_one() -> None:
    row = waiting(21, 1, "Đại úy Viên", kind=RequestKind.POINT_OF_ORDER)
    assert "Ý kiến về trình tự" in regions_of(a_view(queue=(row,)), Audience.DELEGATE)["queue"]


def test_the_number_of_those_here_opens_the_list_for_who_conducts_alone() -> None:
    assert "diem-danh" in regions_of(a_view(), Audience.CHAIR)["state"]
    assert "diem-danh" not in regions_of(a_view(), Audience.DELEGATE)["state"]


def test_a_site_is_not_named_twice_beside_the_button() -> None:
    view = a_view(queue=(waiting(1, 1, name="Sư đoàn 901", post="", site="Sư đoàn 901"),))
    assert act_of(view).note == ""


def test_a_missing_quorum_is_seen_by_everybody() -> None:
    view = a_view(entitled_present=12, quorum_reached=False)
    assert "chưa đủ" in regions_of(view, Audience.DELEGATE)["state"]
    assert "cần 20" in room_page.presence_words(view)


def test_the_code_of_the_hall_stands_on_the_wall_only_before_the_session() -> None:
    places = (site(1, "Hội trường", code="K7M42P"),)
    before = regions_of(a_view(FloorState.WAITING, sites=places), Audience.WALL)["wall"]
    during = regions_of(a_view(FloorState.ITEM, sites=places), Audience.WALL)["wall"]
    assert "K7M" in before
    assert "K7M" not in during


@pytest.mark.parametrize(("item", "number"), [(None, 0), (0, 1), (4, 5)])
def test_progress_counts_the_top_level(item: int | None, number: int) -> None:
    view = a_view()
    chosen = None if item is None else view.agenda[item]
    assert room_page.progress(replace(view, item=chosen)) == room_page.Progress(number, 5)
    if chosen:
        below = replace(chosen, index=f"{chosen.index}.1", depth=1)
        assert room_page.progress(replace(view, item=below)).number == number


# --- which page is mine ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audiences", "is_chair", "page"),
    [
        ({Audience.CHAIR, Audience.SITE, Audience.WALL, Audience.DELEGATE}, True, "room_chair"),
        ({Audience.CHAIR, Audience.SITE, Audience.WALL}, False, "room_secretary"),
        ({Audience.SITE, Audience.DELEGATE}, False, "room_site"),
        ({Audience.TELLER, Audience.DELEGATE}, False, "room_teller"),
        ({Audience.DELEGATE}, False, "room_delegate"),
        (set(), False, ""),
    ],
)
def test_my_page_is_that_of_my_task(audiences: set[Audience], is_chair: bool, page: str) -> None:
    assert room_page.my_page(audiences, is_chair=is_chair) == page


def test_tabs_are_only_the_pages_one_may_open() -> None:
    pages = [tab.page for tab in room_page.tabs({Audience.DELEGATE, Audience.SITE})]
    assert pages == ["room_site", "room_delegate"]
