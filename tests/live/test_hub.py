"""Trạm phát: everybody sees every event once, whatever the line does; rights end at once; once for an audience."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from soi.live import client as client_module
from soi.live import hub as hub_module
from soi.live.hub import Hub
from tests.live.fakes import CONFERENCE, FakeSource, Page, until

Story = Callable[[Hub, FakeSource], Awaitable[None]]
TOPIC = f"conference:{CONFERENCE}"


def play(story: Story, *, pulse: float = 0.02, **allowed: set[str]) -> FakeSource:
    """Runs a story against a hub of its own."""
    source = FakeSource(allowed=allowed or {"k1": {"delegate"}})
    source.say("khai mạc")

    async def run() -> None:
        hub = Hub(source, pulse_seconds=pulse)
        try:
            await story(hub, source)
        finally:
            hub.close()

    asyncio.run(run())
    return source


def ring(hub: Hub, source: FakeSource, sentence: str, audience: str = "delegate") -> None:
    hub.heard(TOPIC, source.say(sentence, audience))


def test_the_first_message_is_everything_and_then_only_what_changed() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page = Page(hub).open()
        await until(lambda: page.regions)
        assert page.regions == {"log": "khai mạc", "turnout": "0", "frame": "x"}
        ring(hub, source, "mời phát biểu")
        await until(lambda: page.told == [2])
        kind, data = page.events[-1]
        assert (kind, data["n"]) == ("", 2)
        assert data["regions"] == {"log": "khai mạc|mời phát biểu"}

    play(story)


def test_a_room_is_drawn_once_for_an_audience_however_many_watch() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub, key=f"k{n % 3}").open() for n in range(30)]
        pages += [Page(hub, key="chair", audience="chair").open()]
        await until(lambda: all(page.regions for page in pages))
        source.drawn.clear()
        ring(hub, source, "mời phát biểu")
        await until(lambda: all(page.told == [2] for page in pages))
        assert sorted(source.drawn) == ["chair", "delegate"]

    play(story, pulse=5, k0={"delegate"}, k1={"delegate"}, k2={"delegate"}, chair={"chair"})


def test_two_hundred_pages_cut_off_again_and_again_miss_nothing_and_get_nothing_twice() -> None:
    """D5: at the end each shows what a page opened afresh shows."""
    draw = random.Random(5)  # noqa: S311 (repeatable, no secret)

    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub, key=f"k{n}").open() for n in range(200)]
        await until(lambda: all(page.regions for page in pages))
        for number in range(20):
            for page in draw.sample(pages, 40):
                await page.cut()
            ring(hub, source, f"sự kiện {number}")
            if number % 3:
                await asyncio.sleep(0.003)
            for page in pages:
                if page.task is None or page.task.done():
                    page.open()
        await until(lambda: all(page.state == pages[0].state and page.told[-1:] == [21] for page in pages))
        fresh = Page(hub, key="k1").open()
        await until(lambda: fresh.regions)
        for page in pages:
            assert page.told == list(range(2, 22))
            assert page.regions == fresh.regions

    play(story, **{f"k{n}": {"delegate"} for n in range(200)})


def test_who_was_away_longer_than_screens_are_kept_gets_everything_anew() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page, other = Page(hub).open(), Page(hub).open()
        await until(lambda: page.regions and other.regions)
        await page.cut()
        page.state = "1.0123456789abcdef"  # a state that no screen of this process has
        ring(hub, source, "mời phát biểu")
        await until(lambda: other.told == [2])
        page.regions.clear()
        page.open()
        await until(lambda: page.regions)
        assert page.events[-1][1]["full"] is True
        assert page.regions == other.regions

    play(story)


def test_who_comes_back_and_missed_nothing_is_sent_nothing() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page, other = Page(hub).open(), Page(hub).open()
        await until(lambda: page.regions and other.regions)
        await page.cut()
        seen = len(page.events)
        page.open()
        await asyncio.sleep(0.05)
        assert [kind for kind, _ in page.events[seen:]] == ["clock"]

    play(story, pulse=5)


def test_a_page_that_takes_nothing_is_not_buffered_for_and_gets_the_present_when_it_takes_again() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        slow, quick = Page(hub).open(), Page(hub).open()
        await until(lambda: slow.regions and quick.regions)
        slow.flows.clear()
        for number in range(60):
            ring(hub, source, f"sự kiện {number}")
            await until(lambda: quick.told[-1:] == [len(source.events)])
        watching = next(c for c in hub._everybody() if c.state != quick.state or c._stale)
        assert len(watching._box) <= client_module.MOST_WAITING
        slow.flows.set()
        await until(lambda: slow.regions == quick.regions)
        assert slow.state == quick.state
        assert ("", True) in [(kind, data.get("full")) for kind, data in slow.events[2:]]

    play(story, pulse=5)


def test_a_line_that_takes_nothing_for_a_minute_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "BLOCKED_SECONDS", 0.1)

    async def story(hub: Hub, source: FakeSource) -> None:
        dead = Page(hub).open()
        await until(lambda: dead.regions)
        dead.flows.clear()
        ring(hub, source, "mời phát biểu")
        await until(lambda: dead.task is not None and dead.task.done())
        assert not hub.rooms

    play(story)


def test_a_ring_that_was_lost_is_made_up_for_within_a_second() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page = Page(hub).open()
        await until(lambda: page.regions)
        source.say("không ai rung chuông")
        await until(lambda: page.told == [2])

    play(story)


def test_the_turnout_is_pushed_without_any_ring_and_only_its_region() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page = Page(hub).open()
        await until(lambda: page.regions)
        for votes in (1, 250):
            source.turnout = votes
            await until(lambda: page.regions["turnout"] == str(source.turnout))
        assert page.events[-1][1] == {"n": 1, "regions": {"turnout": "250"}}

    play(story)


def test_people_are_counted_anew_when_somebody_comes_not_when_somebody_votes_or_speaks() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page = Page(hub).open()
        await until(lambda: page.regions)
        source.recounts.clear()
        source.turnout = 7
        await until(lambda: page.regions["turnout"] == "7")
        ring(hub, source, "mời phát biểu")
        await until(lambda: page.told == [2])
        assert source.recounts
        assert not any(source.recounts)
        # Somebody came: the number of the floor stays, and the bell rings.
        hub.heard(TOPIC, 2)
        await until(lambda: any(source.recounts))

    play(story)


def test_five_hundred_votes_in_a_second_are_a_few_messages() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page = Page(hub).open()
        await until(lambda: page.regions)
        before = len(page.events)
        for votes in range(500):
            source.turnout = votes
            hub.heard(TOPIC, 1)  # even if somebody rang for each
            if votes % 50 == 0:
                await asyncio.sleep(0.01)
        await until(lambda: page.regions["turnout"] == "499")
        assert len(page.events) - before <= 4

    play(story, pulse=0.1)


def test_when_a_right_ends_the_stream_ends_and_says_so() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page, other = Page(hub).open(), Page(hub, key="k2").open()
        await until(lambda: page.regions and other.regions)
        source.allowed["k1"] = set()
        source.stamp += 1
        await until(lambda: page.task is not None and page.task.done())
        assert page.kinds()[-1] == "over"
        ring(hub, source, "chỉ người còn quyền")
        await until(lambda: other.told == [2])
        assert page.told == []

    play(story, k1={"delegate"}, k2={"delegate"})


def test_when_a_session_ends_its_streams_end_without_any_other_sign() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub).open(), Page(hub).open()]
        await until(lambda: all(page.regions for page in pages))
        source.gone_keys.add("k1")
        await until(lambda: all(page.task is not None and page.task.done() for page in pages))

    play(story)


def test_many_who_come_together_are_looked_at_together() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub, key=f"k{n}").open() for n in range(300)]
        await until(lambda: all(page.regions for page in pages))
        assert sum(source.checks) == 300
        assert len(source.checks) <= 8

    play(story, pulse=5, **{f"k{n}": {"delegate"} for n in range(300)})


def test_nothing_of_an_event_for_the_chair_reaches_anybody_else() -> None:
    """Canary: not a byte, neither in a region nor in a sentence, live or replayed."""
    canary = "CHIM-HOÀNG-YẾN"

    async def story(hub: Hub, source: FakeSource) -> None:
        pages = {name: Page(hub, key=name, audience=name).open() for name in ("chair", "delegate", "wall")}
        await until(lambda: all(page.regions for page in pages.values()))
        ring(hub, source, canary, "chair")
        await until(lambda: all(page.state.startswith("2.") for page in pages.values()))
        pages["late"] = Page(hub, key="delegate", audience="delegate").open()
        await until(lambda: pages["late"].regions)
        told = {name: str(page.events) for name, page in pages.items()}
        assert canary in told.pop("chair")
        assert not [name for name, events in told.items() if canary in events]

    play(story, pulse=5, chair={"chair"}, delegate={"delegate"}, wall={"wall"})


def test_a_private_message_reaches_the_streams_of_that_account_only() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        source.users = {"k1": 11, "k2": 22}
        source.letters[9] = (22, {"kind": "offer"})
        page, other = Page(hub).open(), Page(hub, key="k2").open()
        await until(lambda: page.regions and other.regions)
        hub.heard(f"signal:{CONFERENCE}", 9)
        hub.heard(f"signal:{CONFERENCE}", 10)  # no such message
        await until(lambda: ("signal", {"kind": "offer"}) in other.events)
        assert "signal" not in page.kinds()

    play(story, k1={"delegate"}, k2={"delegate"})


def test_when_the_server_hears_nothing_the_pages_are_told_and_when_it_does_again() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        page = Page(hub).open()
        await until(lambda: page.regions)
        source.broken = True
        await until(lambda: ("line", {"lost": True}) in page.events)
        source.say("trong lúc mất kết nối")
        source.broken = False
        await until(lambda: page.told == [2])
        assert ("line", {"lost": False}) in page.events

    play(story)


def test_a_drawing_that_fails_is_tried_again() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        good, failures = source.look, [1, 2]

        def bad(conference: int, *, recount: bool) -> object:
            if failures:
                failures.pop()
                raise ValueError("no luck")
            return good(conference, recount=recount)

        source.look = bad  # type: ignore[method-assign]
        page = Page(hub).open()
        await until(lambda: page.regions)

    play(story)


def test_each_page_hears_a_beat() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub).open() for _ in range(5)]
        await until(lambda: all("beat" in page.kinds() for page in pages))

    play(story, pulse=0.005)


def test_a_server_that_stops_ends_every_stream_without_a_word() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub).open() for _ in range(20)]
        await until(lambda: all(page.regions for page in pages))
        hub.close()
        await asyncio.gather(*(page.task for page in pages if page.task))
        assert not any("over" in page.kinds() for page in pages)
        late = Page(hub).open()
        await until(lambda: late.status == 503)

    play(story)


def test_a_room_that_everybody_left_is_forgotten() -> None:
    async def story(hub: Hub, source: FakeSource) -> None:
        pages = [Page(hub).open() for _ in range(3)]
        await until(lambda: all(page.regions for page in pages))
        for page in pages:
            await page.cut()
        assert not hub.rooms

    play(story)
