"""Micro theo diễn biến: who may send follows from the floor; whoever carries sound and picture is told.

Pages work it out with every state they fetch. A carrier with a mute of its own (Janus) is told by a thread of
each serving process, which hears the bell, and made sure of again with the pulses of pages: a lost ring, a
process that died or a Janus that started anew is mended within seconds.
"""

from __future__ import annotations

import datetime as dt
import logging
import queue
import threading
from functools import lru_cache

from django.db import close_old_connections
from django.utils import timezone

from soi.base import bell
from soi.base.errors import Conflict
from soi.calls import queries
from soi.calls.adapters import adapter_of
from soi.calls.enums import RoomKind
from soi.calls.models import CallRoom
from soi.conferences.models import Conference

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 5
# Two events in one breath: the last one read is the one that holds.
_TRIES = 5


def follow(conference: Conference, now: dt.datetime) -> frozenset[int]:
    """Theo diễn biến: exactly the endpoints that the floor names send from now on. May be repeated."""
    room = queries.room_of(conference)
    return _tell(room, now, _TRIES) if room else frozenset()


def _tell(room: CallRoom, now: dt.datetime, tries: int) -> frozenset[int]:
    floor = queries.floor_now(room.conference)
    endpoints = list(queries.endpoints_of(room.conference))
    publishers = queries.publishers_among(floor, endpoints)
    adapter_of(room.kind).set_floor(room, endpoints, publishers)
    CallRoom.objects.filter(pk=room.pk).update(followed=floor.number, followed_at=now)
    # Another process may have told an older state after us: whoever finishes last looks once more.
    if tries > 1 and queries.floor_now(room.conference).number != floor.number:
        return _tell(room, now, tries - 1)
    return publishers


def make_sure(room: CallRoom, now: dt.datetime) -> bool:
    """With a pulse: follow again when that was not done for a moment. Whether it was."""
    recent = room.followed_at and room.followed_at > now - dt.timedelta(seconds=AGAIN_SECONDS)
    if room.kind != RoomKind.JANUS or recent:
        return False
    # Of many pulses at once, one does it.
    mine = CallRoom.objects.filter(pk=room.pk, followed_at=room.followed_at).update(followed_at=now)
    if not mine:
        return False
    try:
        follow(room.conference, now)
    except Conflict as error:
        logger.warning("microphones do not follow conference %s: %s", room.conference_id, error)
    return True


def start() -> None:
    """Bắt đầu nghe: in a serving process, once. The bell must not wait for another server, a thread does."""
    _thread()


@lru_cache(maxsize=1)
def _thread() -> threading.Thread:
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    bell.listen(lambda topic, _number: _hear(topic, waiting))
    thread = threading.Thread(target=_run, args=(waiting,), name="soi-calls", daemon=True)
    thread.start()
    return thread


def _hear(topic: str, waiting: queue.SimpleQueue[int]) -> None:
    what, _, pk = topic.partition(":")
    if what == "conference" and pk.isdecimal():
        waiting.put(int(pk))


def _run(waiting: queue.SimpleQueue[int]) -> None:
    while True:
        pks = {waiting.get()}
        while not waiting.empty():
            pks.add(waiting.get())
        close_old_connections()
        for pk in pks:
            _follow_one(pk)
        close_old_connections()


def _follow_one(pk: int) -> None:
    try:
        room = CallRoom.objects.filter(conference=pk, closed_at=None, kind=RoomKind.JANUS).first()
        if room is not None:
            follow(room.conference, timezone.now())
    except Exception:  # a thread that dies would leave microphones open
        logger.exception("microphones do not follow conference %s", pk)
