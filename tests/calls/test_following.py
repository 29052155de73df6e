"""The contract of every way: the floor moves, and exactly these endpoints send."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base import bell
from soi.base.errors import Conflict
from soi.calls import actions, following, queries
from soi.calls.enums import RoomKind
from soi.calls.models import CallRoom, Endpoint
from soi.conferences.enums import FloorState
from soi.conferences.models import AgendaItem, Conference
from tests.calls.conftest import Fake, Hall


@pytest.fixture
def seated(hall: Hall, fake: Fake) -> dict[str, int]:
    """Three sites joined over the carrier that remembers; endpoint by name of the site."""
    actions.open_room(
        actor=hall.actor("division"), conference=hall.conference, kind=RoomKind.JANUS, now=hall.region.now
    )
    for username in ("divisionclerk", "regiment", "brigade"):
        actions.join(actor=hall.actor(username), conference=hall.conference, now=hall.region.now)
    return {str(each.site): each.pk for each in Endpoint.objects.all()}


def follow(hall: Hall) -> frozenset[int]:
    return following.follow(hall.conference, hall.region.now)


def test_the_floor_drives_exactly_who_sends(hall: Hall, fake: Fake, seated: dict[str, int]) -> None:
    main, north, south = seated["Sở chỉ huy"], seated["Trung đoàn 91"], seated["Lữ đoàn 902"]
    follow(hall)
    assert fake.publishing == {main}
    hall.turn(FloorState.ITEM)
    hall.speak("regiment")
    follow(hall)
    assert fake.publishing == {main, north}
    hall.hush()
    hall.speak(site=hall.south)
    follow(hall)
    assert fake.publishing == {main, south}
    hall.turn(FloorState.BREAK)
    follow(hall)
    assert fake.publishing == frozenset()
    hall.hush()
    follow(hall)
    assert fake.publishing == {main}


def test_who_presents_an_item_sends_during_it(hall: Hall, fake: Fake, seated: dict[str, int]) -> None:
    report = AgendaItem.objects.create(
        conference=hall.conference, order=2, title="Báo cáo", presenter=hall.region.people["brigade"]
    )
    hall.turn(FloorState.PRESENTING, item=report)
    follow(hall)
    assert fake.publishing == {seated["Sở chỉ huy"], seated["Lữ đoàn 902"]}


def test_a_newcomer_gets_a_ticket_to_send_only_with_the_floor(
    hall: Hall, fake: Fake, seated: dict[str, int]
) -> None:
    assert f"join {seated['Sở chỉ huy']} True" in fake.told
    assert f"join {seated['Trung đoàn 91']} False" in fake.told


def test_an_event_that_came_meanwhile_is_followed_too(
    hall: Hall, fake: Fake, seated: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Fake.set_floor

    def meanwhile(self: Fake, room: CallRoom, endpoints: list[Endpoint], publishers: frozenset[int]) -> None:
        plain(self, room, endpoints, publishers)
        if self.told.count("floor") == 1:
            hall.turn(FloorState.BREAK)

    monkeypatch.setattr(Fake, "set_floor", meanwhile)
    follow(hall)
    assert fake.publishing == frozenset()
    assert CallRoom.objects.get().followed == hall.number


def test_pulses_make_sure_once_in_a_while(hall: Hall, fake: Fake, seated: dict[str, int]) -> None:
    now = hall.region.now
    assert following.make_sure(CallRoom.objects.get(), now)
    assert not following.make_sure(CallRoom.objects.get(), now + dt.timedelta(seconds=4))
    assert following.make_sure(CallRoom.objects.get(), now + dt.timedelta(seconds=6))


def test_a_silent_carrier_fails_no_pulse(
    hall: Hall, fake: Fake, seated: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> None:
        raise Conflict("im lặng")

    monkeypatch.setattr(Fake, "set_floor", silent)
    assert following.make_sure(CallRoom.objects.get(), hall.region.now)


def test_the_bell_of_a_conference_wakes_the_thread_and_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    class Waiting:
        def put(self, pk: int) -> None:
            heard.append(str(pk))

    stop = bell.listen(lambda topic, _number: following._hear(topic, Waiting()))  # type: ignore[arg-type]
    try:
        bell.tell("conference:5 17")
        bell.tell("signal:5 9")
        bell.tell("conference:x 3")
    finally:
        stop()
    assert heard == ["5"]


def test_no_room_no_word(hall: Hall, fake: Fake) -> None:
    assert following.follow(hall.conference, hall.region.now) == frozenset()
    assert fake.told == []


def test_reading_the_floor_costs_the_same_for_many_sites(
    hall: Hall, fake: Fake, seated: dict[str, int], django_assert_num_queries: object
) -> None:
    conference = Conference.objects.get(pk=hall.conference.pk)
    hall.speak("regiment")
    with django_assert_num_queries(6):  # type: ignore[operator]
        queries.publishers_of(conference)
