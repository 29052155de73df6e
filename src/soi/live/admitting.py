"""Cho vào: knocks that come at the same time are answered together, so a thousand cost little more than one."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import StrEnum

from soi.live.client import Knock

AT_ONCE = 100


class Answer(StrEnum):
    """Trả lời: in; sign in first; or nothing here that this person may see."""

    IN = "in"
    SIGN_IN = "sign_in"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Trả lời cho một lần xin xem; ``until``: when to ask again at the latest."""

    answer: Answer
    until: dt.datetime
    user_id: int = 0

    @property
    def is_in(self) -> bool:
        return self.answer == Answer.IN


Check = Callable[[Sequence[Knock]], list[Verdict]]


class Admitting:
    """Người gác: asks for all who wait, in one go, while the next are gathering."""

    def __init__(self, check: Check, pool: Executor) -> None:
        self._check, self._pool = check, pool
        self._waiting: list[tuple[Knock, asyncio.Future[Verdict]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def ask(self, knock: Knock) -> Verdict:
        """Whether this one may watch."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Verdict] = loop.create_future()
        self._waiting.append((knock, answer))
        if self._asking is None or self._asking.done():
            self._asking = loop.create_task(self._ask_for_all())
        return await answer

    async def ask_all(self, knocks: Sequence[Knock]) -> list[Verdict]:
        """For each in turn."""
        return list(await asyncio.gather(*(self.ask(knock) for knock in knocks)))

    async def _ask_for_all(self) -> None:
        while self._waiting:
            some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            try:
                verdicts = await asyncio.get_running_loop().run_in_executor(
                    self._pool, self._check, [knock for knock, _ in some]
                )
            except Exception as error:  # noqa: BLE001 (each who waits is told)
                _answer_with_error(some, error)
                continue
            for (_, answer), verdict in zip(some, verdicts, strict=True):
                if not answer.done():
                    answer.set_result(verdict)


def _answer_with_error(some: Sequence[tuple[Knock, asyncio.Future[Verdict]]], error: Exception) -> None:
    for _, answer in some:
        if not answer.done():
            answer.set_exception(error)
