"""The database itself refuses to change what happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from soi.conferences import contributing, speaking
from soi.conferences.models import Contribution, Floor, FloorEvent, Speech
from tests.conferences.hall import Hall


@pytest.fixture
def spoken(open_hall: Hall) -> Hall:
    hall = open_hall
    contributing.add_contribution(
        actor=hall.actor("brigade"), conference=hall.conference, kind="cause", text="ý kiến", now=hall.later()
    )
    for _ in range(2):
        speaking.give_floor(
            actor=hall.actor("press"),
            conference=hall.conference,
            person=hall.person("brigade"),
            now=hall.later(),
        )
    return hall


EVENTS, SPEECHES = FloorEvent.objects, Speech.objects
ENDED = {"ended_at__isnull": False}

FORBIDDEN: dict[str, Callable[[], object]] = {
    "an event is reworded": lambda: EVENTS.filter(number=1).update(facts={}),
    "an event gets another audience": lambda: EVENTS.filter(number=1).update(audience="chair"),
    "an event is deleted": lambda: EVENTS.filter(number=1)._raw_delete("default"),
    "the last event is deleted": lambda: EVENTS.filter(number=4)._raw_delete("default"),
    "the floor goes back": lambda: Floor.objects.update(number=1),
    "a speech is deleted": lambda: SPEECHES.filter(**ENDED)._raw_delete("default"),
    "a speech gets another speaker": lambda: SPEECHES.update(person=None),
    "a speech begins earlier": lambda: SPEECHES.update(started_at="2021-01-01T00:00:00+00:00"),
    "an ended speech goes on": lambda: SPEECHES.filter(**ENDED).update(ended_at=None),
    "a contribution is reworded": lambda: Contribution.objects.update(text="khác"),
    "a contribution changes hands": lambda: Contribution.objects.update(person=None),
    "a contribution is deleted": lambda: Contribution.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_refused(spoken: Hall, what: str) -> None:
    before = [repr(event.__dict__) for event in spoken.events]
    with pytest.raises(DatabaseError), transaction.atomic():
        FORBIDDEN[what]()
    assert len(spoken.events) == len(before)


@pytest.mark.parametrize("number", [1, 6])
def test_no_gap_and_no_second(spoken: Hall, number: int) -> None:
    assert spoken.floor.number == 4
    with pytest.raises(DatabaseError), transaction.atomic():
        FloorEvent.objects.create(conference=spoken.conference, number=number, verb="open", at=spoken.now)


def test_what_may_still_happen(spoken: Hall) -> None:
    assert Contribution.objects.update(withdrawn=True) == 1
    assert Speech.objects.filter(ended_at=None).update(ended_at=spoken.later()) == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Contribution.objects.update(withdrawn=False)
