"""Thứ tự phát biểu: who is next under each rule, and the reason in words. Pure.

Points of order come first under every rule, as they came in. The same requests and speeches always give the
same order, so that what the chair saw can be worked out again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from soi.conferences.logic import clock

# Values of ``RequestKind`` and ``QueueRule``; pure code does not import the enumerations of the tables.
POINT_OF_ORDER = "point_of_order"
ARRIVAL, SITES_IN_TURN = "arrival", "sites_in_turn"
FIRST_TIMERS, LEAST_TIME = "first_timers", "least_time"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Một đăng ký đang chờ; ``site`` is where the person sits, or the site that asks for itself."""

    pk: int
    person: int | None
    site: int | None
    kind: str
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Spoken:
    """Một lượt đã phát biểu, in the order they were held; ``seconds`` so far where it still goes on."""

    person: int | None
    site: int | None
    kind: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Một chỗ trong thứ tự: from 1, with the reason."""

    pk: int
    place: int
    reason: str


_Reasoned = tuple[Waiting, str]
# Who a request or a speech counts for: the place where it comes from, or the person alone.
_Place = tuple[str, int]


def ordered(requests: Iterable[Waiting], rule: str, spoken: Sequence[Spoken]) -> list[Placed]:
    """Xếp thứ tự: every request exactly once, points of order first, then by the rule."""
    arrived = sorted(requests, key=lambda one: (one.asked_at, one.pk))
    urgent = [one for one in arrived if one.kind == POINT_OF_ORDER]
    usual = [one for one in arrived if one.kind != POINT_OF_ORDER]
    # A word on the procedure takes nobody's turn.
    counted = [one for one in spoken if one.kind != POINT_OF_ORDER]
    reasoned = [(one, "Ý kiến về trình tự được mời trước.") for one in urgent]
    reasoned += _RULES[rule](usual, counted)
    return [Placed(one.pk, place, reason) for place, (one, reason) in enumerate(reasoned, start=1)]


def _by_arrival(waiting: list[Waiting], _spoken: Sequence[Spoken]) -> list[_Reasoned]:
    return [(one, f"Đăng ký thứ {number}.") for number, one in enumerate(waiting, start=1)]


def _sites_in_turn(waiting: list[Waiting], spoken: Sequence[Spoken]) -> list[_Reasoned]:
    """One request of each place in turn: next is the place whose last turn is longest ago."""
    turns, last = Counter(map(_place, spoken)), {_place(one): turn for turn, one in enumerate(spoken)}
    left, found = list(waiting), []
    for turn in range(len(spoken), len(spoken) + len(waiting)):
        # ``left`` is in the order of arrival, and min() takes the first of equals.
        one = min(left, key=lambda some: last.get(_place(some), -1))
        left.remove(one)
        place = _place(one)
        found.append((one, _turn_words(place, turns[place])))
        turns[place] += 1
        last[place] = turn
    return found


def _turn_words(place: _Place, turns: int) -> str:
    where = "Điểm cầu" if place[0] == "site" else "Người này"
    return f"{where} đã có {turns} lượt, nay lại đến lượt." if turns else f"{where} chưa có lượt nào."


def _first_timers(waiting: list[Waiting], spoken: Sequence[Spoken]) -> list[_Reasoned]:
    times = Counter(map(_speaker, spoken))
    new = [(one, "Chưa phát biểu lần nào.") for one in waiting if not times[_speaker(one)]]
    return new + [
        (one, f"Đã phát biểu {times[_speaker(one)]} lần, sau người chưa phát biểu.")
        for one in waiting
        if times[_speaker(one)]
    ]


def _least_time(waiting: list[Waiting], spoken: Sequence[Spoken]) -> list[_Reasoned]:
    used: Counter[_Place] = Counter()
    for one in spoken:
        used[_place(one)] += one.seconds
    in_order = sorted(waiting, key=lambda one: used[_place(one)])  # equals stay in the order of arrival
    return [(one, _time_words(_place(one), used[_place(one)])) for one in in_order]


def _time_words(place: _Place, seconds: int) -> str:
    where = "Điểm cầu" if place[0] == "site" else "Người này"
    return f"{where} đã nói {clock.words(seconds)}." if seconds else f"{where} chưa dùng thời gian nào."


def _place(one: Waiting | Spoken) -> _Place:
    return ("site", one.site) if one.site is not None else ("person", one.person or 0)


def _speaker(one: Waiting | Spoken) -> _Place:
    return ("person", one.person) if one.person is not None else ("site", one.site or 0)


_RULES: dict[str, Callable[[list[Waiting], Sequence[Spoken]], list[_Reasoned]]] = {
    ARRIVAL: _by_arrival,
    SITES_IN_TURN: _sites_in_turn,
    FIRST_TIMERS: _first_timers,
    LEAST_TIME: _least_time,
}
