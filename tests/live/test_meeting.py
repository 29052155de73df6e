"""Phiên họp thật qua trạm phát: real actions, real rendering, real rights, over threads as the server has them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.utils import timezone

from soi.access import actions as access
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.base.actor import Actor
from soi.conferences import deciding, floor
from soi.conferences.models import Attendance
from soi.live.hub import Hub
from soi.live.mount import FromDatabase
from soi.web import room_rendering
from tests.live.conftest import Hall, build_hall
from tests.live.fakes import Page, until

pytestmark = pytest.mark.django_db(transaction=True)
Story = Callable[[Hub, Hall], Awaitable[None]]


@pytest.fixture
def real_hall(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setenv("SOI_LIVE_BUS", "process")
    yield build_hall()
    connections.close_all()


def play(hall: Hall, story: Story, *names: str) -> None:
    for name in names:
        hall.keys[name] = hall.sign_in(name)

    async def run() -> None:
        hub = Hub(FromDatabase(), pulse_seconds=0.5)
        try:
            await story(hub, hall)
        finally:
            hub._pulsing.cancel()
            for pool in (hub._pen, hub._guard):
                await asyncio.get_running_loop().run_in_executor(pool, connections.close_all)
            await sync_to_async(connections.close_all)()
            hub.close()

    asyncio.run(run())


def clerk(hall: Hall) -> Actor:
    return hall.region.actor("divisionclerk", today=timezone.localdate())


def page(hub: Hub, hall: Hall, name: str, audience: str) -> Page:
    return Page(hub, key=hall.keys[name], audience=audience, conference=hall.conference.pk).open()


@sync_to_async
def done(act: Callable[..., Any], hall: Hall, **given: Any) -> Any:
    return act(actor=clerk(hall), conference=hall.conference, now=timezone.now(), **given)


def test_each_audience_sees_its_own_page_change_as_a_fresh_load_would_show_it(real_hall: Hall) -> None:
    async def story(hub: Hub, hall: Hall) -> None:
        pages = {
            "chair": page(hub, hall, "divisionclerk", "chair"),
            "wall": page(hub, hall, "divisionclerk", "wall"),
            "delegate": page(hub, hall, "delegate", "delegate"),
            "site": page(hub, hall, "technician", "site"),
            "teller": page(hub, hall, "teller", "teller"),
        }
        await until(lambda: all(each.regions for each in pages.values()))
        before = {name: dict(each.regions) for name, each in pages.items()}
        await done(floor.open_session, hall)
        await until(lambda: all(each.state.startswith("1.") for each in pages.values()))
        for name, each in pages.items():
            assert each.regions != before[name], name
            fresh = await sync_to_async(room_rendering.regions)(hall.conference.pk, name, timezone.now())
            assert each.regions == fresh, name
        assert pages["delegate"].told == [1]

    play(real_hall, story, "divisionclerk", "delegate", "technician", "teller")


def test_what_only_the_chair_may_know_reaches_no_other_stream(real_hall: Hall) -> None:
    canary = "CHIM HOÀNG YẾN"

    async def story(hub: Hub, hall: Hall) -> None:
        names = {"wall": "divisionclerk", "delegate": "delegate", "site": "technician"}
        pages = {audience: page(hub, hall, name, audience) for audience, name in names.items()}
        pages["chair"] = page(hub, hall, "divisionclerk", "chair")
        await until(lambda: all(each.regions for each in pages.values()))
        await done(
            deciding.new_poll, hall, title=canary, mode=Mode.OPEN,
            questions=[NewQuestion(QuestionKind.YES_NO, canary, ("Đồng ý", "Không đồng ý"))],
            denominator=Denominator.values[0], majority=Majority.values[0],
        )  # fmt: skip
        await until(lambda: all(each.state.startswith("1.") for each in pages.values()))
        late = page(hub, hall, "delegate", "delegate")
        await until(lambda: late.regions)
        assert canary in str(pages.pop("chair").events)
        for name, each in {**pages, "late": late}.items():
            assert canary not in str(each.events), name

    play(real_hall, story, "divisionclerk", "delegate", "technician")


def _locks(hall: Hall) -> None:
    access.set_account_active(
        actor=hall.region.system, user=hall.region.users["delegate"], active=False, now=timezone.now()
    )


def _signs_out(hall: Hall) -> None:
    from django.contrib.sessions.models import Session

    Session.objects.filter(session_key=hall.keys["delegate"]).delete()


@pytest.mark.parametrize("ends", [_locks, _signs_out])
def test_a_stream_ends_soon_after_the_right(real_hall: Hall, ends: Callable[[Hall], None]) -> None:
    async def story(hub: Hub, hall: Hall) -> None:
        watching, staying = page(hub, hall, "delegate", "delegate"), page(hub, hall, "technician", "site")
        await until(lambda: watching.regions and staying.regions)
        await asyncio.sleep(0.6)  # the first look at everybody is over
        await sync_to_async(ends)(hall)
        await until(lambda: watching.task is not None and watching.task.done())
        assert watching.kinds()[-1] == "over"
        assert staying.task is not None
        assert not staying.task.done()

    play(real_hall, story, "delegate", "technician")


def test_who_is_taken_off_the_list_stops_watching_at_the_next_look(real_hall: Hall) -> None:
    async def story(hub: Hub, hall: Hall) -> None:
        watching = page(hub, hall, "delegate", "delegate")
        await until(lambda: watching.regions)

        def taken_off() -> None:
            Attendance.objects.filter(person=hall.region.people["delegate"]).delete()
            access.set_account_active(
                actor=hall.region.system, user=hall.region.users["press"], active=False, now=timezone.now()
            )

        await sync_to_async(taken_off)()
        await until(lambda: watching.task is not None and watching.task.done())

    play(real_hall, story, "delegate")
