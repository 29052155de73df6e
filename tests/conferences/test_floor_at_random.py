"""Whatever people do, in whatever order: numbers have no gaps, one speaks, the table holds, events tell the floor."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Callable

import pytest

from soi.ballots import actions as ballots
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind
from soi.ballots.models import Poll
from soi.base.errors import Refusal
from soi.conferences import contributing, deciding, floor, floor_table, speaking
from soi.conferences.enums import FloorState, QueueRule, RequestKind, RequestState
from soi.conferences.floor_steps import locked
from soi.conferences.floor_table import Move
from soi.conferences.logic import fold
from soi.conferences.logic.sentences import sentence
from soi.conferences.logic.verbs import FloorVerb as Verb
from soi.conferences.models import Contribution, Speech, SpeechRequest
from tests.conferences.hall import Hall
from tests.conferences.test_floor import as_folded

BEFORE, ACTS = 5, 60
DRIVERS = ["commander", "press", "clerk"]
OTHERS = ["division", "regiment", "member", "brigade", "divisionclerk", "inspector", "brigadeclerk"]


class Crowd:
    """People who do anything at all: sensible, mistaken, not theirs to do."""

    def __init__(self, hall: Hall, dice: random.Random) -> None:
        self.hall, self.dice = hall, dice
        self.deeds: list[Callable[[], object]] = [
            self.open, self.item, self.present, self.turn, self.put_away, self.pause, *[self.resume] * 4, self.rule,
            self.timer, self.close, self.annul,
            *[self.ask] * 4, *[self.give] * 4, *[self.end] * 2, *[self.withdraw] * 2, self.decline,
            *[self.say] * 2, self.unsay, *[self.poll] * 2, *[self.end_poll] * 2,
        ]  # fmt: skip

    def by(self, *, usually: str = "clerk") -> dict[str, object]:
        who = usually if self.dice.random() < 0.6 else self.dice.choice(DRIVERS + OTHERS)
        return {
            "actor": self.hall.actor(who),
            "conference": self.hall.conference,
            "now": self.hall.later(self.dice.randint(0, 90)),
        }

    def one(self, numbers: list[int]) -> int:
        return self.dice.choice([*numbers, 10**6])

    def open(self) -> object:
        return floor.open_session(**self.by())  # type: ignore[arg-type]

    def open_at_last(self) -> object:
        return floor.open_session(**{**self.by(), "actor": self.hall.actor("commander")})  # type: ignore[arg-type]

    def item(self) -> object:
        return floor.start_item(item=self.one([row.pk for row in self.hall.items.values()]), **self.by())  # type: ignore[arg-type]

    def present(self) -> object:
        return floor.present(paper=self.one([row.pk for row in self.hall.papers.values()]), **self.by())  # type: ignore[arg-type]

    def turn(self) -> object:
        return floor.turn_page(page=self.dice.randint(0, 5), **self.by())  # type: ignore[arg-type]

    def put_away(self) -> object:
        return floor.put_away(**self.by())  # type: ignore[arg-type]

    def pause(self) -> object:
        return floor.pause(minutes=self.dice.choice([None, 0, 15]), **self.by())  # type: ignore[arg-type]

    def resume(self) -> object:
        return floor.resume(**self.by())  # type: ignore[arg-type]

    def rule(self) -> object:
        rule, minutes = self.dice.choice(QueueRule.values), self.dice.choice([None, 5])
        return floor.set_rule(rule=rule, speech_minutes=minutes, **self.by())  # type: ignore[arg-type]

    def timer(self) -> object:
        return floor.start_timer(seconds=self.dice.choice([None, 0, 120]), **self.by())  # type: ignore[arg-type]

    def close(self) -> object:
        # Rarely, or there would be little to see.
        return floor.close_session(**self.by()) if self.dice.random() < 0.1 else None  # type: ignore[arg-type]

    def ask(self) -> object:
        person = self.dice.choice([None, None, self.hall.person(self.dice.choice(OTHERS))])
        site = self.dice.choice([None, None, self.one([row.pk for row in self.hall.sites.values()])])
        kind = self.dice.choice(RequestKind.values)
        return speaking.ask_to_speak(
            kind=kind, topic="việc", person=person, site=site, **self.by(usually="press")
        )  # type: ignore[arg-type]

    def requests(self) -> list[int]:
        rows = SpeechRequest.objects.order_by("-state", "-pk")  # those that wait come first
        return list(rows.values_list("pk", flat=True)[:3])

    def give(self) -> object:
        if self.dice.random() < 0.6:
            return speaking.give_floor(request=self.one(self.requests()), **self.by())  # type: ignore[arg-type]
        person = self.hall.person(self.dice.choice(OTHERS))
        return speaking.give_floor(person=person, **self.by())  # type: ignore[arg-type]

    def end(self) -> object:
        return speaking.end_speech(**self.by())  # type: ignore[arg-type]

    def withdraw(self) -> object:
        return speaking.withdraw_request(request=self.one(self.requests()), **self.by())  # type: ignore[arg-type]

    def decline(self) -> object:
        return speaking.decline_request(request=self.one(self.requests()), reason="hết giờ", **self.by())  # type: ignore[arg-type]

    def say(self) -> object:
        paper = self.dice.choice([None, self.one([row.pk for row in self.hall.papers.values()])])
        return contributing.add_contribution(kind="cause", text="ý", paper=paper, **self.by(usually="press"))  # type: ignore[arg-type]

    def unsay(self) -> object:
        rows = list(Contribution.objects.order_by("pk").values_list("pk", flat=True))
        return contributing.withdraw_contribution(contribution=self.one(rows), **self.by())  # type: ignore[arg-type]

    def poll(self) -> object:
        found = Poll.objects.filter(state=PollState.DRAFT).order_by("pk").first()
        if found is None or self.dice.random() < 0.3:
            return deciding.new_poll(
                title="Thông qua", mode=Mode.OPEN, questions=[NewQuestion(QuestionKind.YES_NO, "Nhất trí")],
                denominator=Denominator.PRESENT, majority=Majority.HALF, **self.by(),
            )  # type: ignore[arg-type]  # fmt: skip
        return deciding.open_vote(poll=found, **self.by())  # type: ignore[arg-type]

    def end_poll(self) -> object:
        return deciding.close_vote(**self.by())  # type: ignore[arg-type]

    # On the ballots' own page; the floor hears of it when the poll is taken off.
    def annul(self) -> object:
        opened = Poll.objects.filter(state=PollState.OPEN).first()
        if opened is None or self.dice.random() < 0.7:
            return None
        return ballots.annul_poll(
            actor=self.hall.actor("clerk"), poll=opened, reason="sai danh sách", now=self.hall.later()
        )


def seeds() -> list[int | None]:
    """Always the same ones, and one nobody has tried; SOI_SEED repeats what was printed."""
    return [1, 2, None]


@pytest.mark.parametrize("seed", seeds())
def test_whatever_people_do(hall: Hall, seed: int | None) -> None:
    number = seed if seed is not None else int(os.environ.get("SOI_SEED") or secrets.randbelow(10**9))
    print(f"SOI_SEED={number}")  # noqa: T201  (read when it fails)
    dice = random.Random(number)  # noqa: S311
    crowd = Crowd(hall, dice)
    seen = set()
    for turn in range(ACTS):
        act = crowd.open_at_last if turn == BEFORE else dice.choice(crowd.deeds)
        done(hall, act)
        seen.add(hall.floor.state)
    # A seed nobody has tried may be a dull one.
    assert len(seen) > 3 or seed is None


def done(hall: Hall, act: Callable[[], object]) -> None:
    """Do it, or be refused with a sentence and nothing changed."""
    locked(hall.conference)  # makes the row, so that there is something to compare
    before, count = as_folded(hall), hall.floor.number
    refused = None
    try:
        act()
    except Refusal as refusal:
        refused = refusal
    if refused is not None:
        assert refused.sentence.endswith((".", "»")), refused.sentence
        assert (as_folded(hall), hall.floor.number) == (before, count)
    check(hall, before, count)


def check(hall: Hall, before: dict[str, object], count: int) -> None:
    """What must hold after every act."""
    row, events = hall.floor, hall.events
    assert [event.number for event in events] == list(range(1, row.number + 1))
    assert fold.folded(event.facts for event in events) == as_folded(hall)
    assert row.number - count in {0, 1}
    if row.number > count:
        move = floor_table.TABLE[FloorState(str(before["state"])), Verb(events[-1].verb)]
        assert isinstance(move, Move)
        assert row.state == move.target or (move.target is None and row.state in {"item", "presenting"})
        sentence(events[-1].verb, events[-1].facts)
    speeches = Speech.objects.filter(conference=hall.conference, ended_at=None).count()
    assert speeches == (row.state == FloorState.SPEAKING)
    assert (row.state == FloorState.PRESENTING) <= (row.paper_id is not None)
    assert (row.state == FloorState.ITEM) <= (row.paper_id is None)
    open_polls = set(Poll.objects.filter(state=PollState.OPEN).values_list("pk", flat=True))
    assert open_polls <= ({row.poll_id} if row.state == FloorState.VOTING else set())
    waiting = SpeechRequest.objects.filter(state=RequestState.WAITING).values_list("person", "site")
    keys = [person or -(site or 0) for person, site in waiting]
    assert len(keys) == len(set(keys))
