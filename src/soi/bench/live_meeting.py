"""Cuộc họp được đo: the acts of its chair and its voters, through the pages' own addresses, with their tokens."""

from __future__ import annotations

import asyncio

from django.urls import reverse
from django.utils import timezone

from soi.ballots import actions as ballots
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.ballots.models import Poll, RollEntry
from soi.bench.live import Audience, Figures, Tell, cast_all, tell_nobody, watch
from soi.bench.live_load import Browser, Watcher, clock
from soi.bench.live_rows import CSRF, Meeting, ask_to_speak
from soi.bench.live_servers import Running
from soi.conferences import deciding
from soi.conferences.enums import Audience as Audiences
from soi.live.mount import PREFIX

_PASSPHRASES = ("mot-cum-tu-du-dai-thu-nhat", "mot-cum-tu-du-dai-thu-hai")


class Acts:
    """Người chủ trì và người bỏ phiếu."""

    def __init__(self, server: Running, meeting: Meeting, tell: Tell = tell_nobody) -> None:
        self._server, self._meeting, self._tell = server, meeting, tell
        self._pk = meeting.conference.pk
        self._requests: list[int] = []

    def prepare(self, *, speakers: int) -> None:
        """So many have asked to speak, in their order."""
        self._requests = ask_to_speak(self._meeting, speakers)

    async def measure(self, rounds: int) -> Figures:
        """Everything in turn; what the database is asked directly holds the clients up, so only between the rounds."""
        figures = Figures()
        chair = Browser(self._server.port, self._meeting.chair_cookie, CSRF)
        giving = reverse("floor_giving", args=[self._pk])

        async def next_speaker() -> None:
            if not self._requests:  # a small meeting: whoever has spoken asks again
                self.prepare(speakers=len(self._meeting.delegates) // 2)
            status, answer = await chair.post(giving, f"request={self._requests.pop(0)}")
            if status >= 400:
                raise RuntimeError(f"{giving}: {status} {answer[:300].decode(errors='replace')}")

        audience = Audience(self._pages(), next_speaker)
        watching = await watch(self._server, audience, figures, rounds, self._tell)
        for mode in (Mode.OPEN, Mode.SECRET):
            await self._vote(mode, watching, figures)
        chair.close()
        for watcher in watching:
            watcher.close()
        return figures

    def _pages(self) -> list[tuple[str, str]]:
        """Delegates, and the chair and the wall among them."""
        base = f"{PREFIX}{self._pk}/"
        own = [(f"{base}{seen}/", self._meeting.chair_cookie) for seen in (Audiences.CHAIR, Audiences.WALL)]
        everybody = [(f"{base}{Audiences.DELEGATE}/", cookie) for cookie in self._meeting.cookies]
        return [*own, *everybody[: len(everybody) - len(own)]]

    async def _vote(self, mode: Mode, watching: list[Watcher], figures: Figures) -> None:
        poll = self._open(mode)
        path = reverse("poll_voting", args=[poll])
        voters = self._meeting.cookies[: len(self._meeting.cookies) // 2]
        self._tell(f"{len(voters)} người bỏ phiếu: {mode.label.lower()}")
        await asyncio.sleep(1.5)
        begun = clock()
        seconds, refused = await cast_all(
            self._server.port, [(path, "step=cast&q1=1", cookie) for cookie in voters]
        )
        counted = self._counted(poll, len(voters) - refused)
        figures.votes[mode] = len(voters) / seconds
        figures.missing += refused
        figures.all_counted = max(figures.all_counted, counted - begun)
        figures.missing += sum(watcher.closed for watcher in watching)
        self._close(poll)

    def _open(self, mode: Mode) -> int:
        actor, now = self._meeting.leader, timezone.now()
        conference = self._meeting.conference
        poll = deciding.new_poll(
            actor=actor, conference=conference, title="Biểu quyết thông qua dự thảo", mode=mode,
            questions=[NewQuestion(QuestionKind.YES_NO, "Đồng chí có nhất trí không?", ("Đồng ý", "Không đồng ý"))],
            denominator=Denominator.values[0], majority=Majority.values[0], now=now,
        )  # fmt: skip
        passphrases = self._tellers(poll) if mode == Mode.SECRET else None
        deciding.open_vote(actor=actor, conference=conference, poll=poll, now=now, passphrases=passphrases)
        return poll.pk

    def _tellers(self, poll: Poll) -> dict[int, str]:
        people = [user.person for user in self._meeting.delegates[-2:]]
        tellers = ballots.name_tellers(
            actor=self._meeting.leader, poll=poll, people=people, head=people[0], now=timezone.now()
        )
        return {teller.pk: words for teller, words in zip(tellers, _PASSPHRASES, strict=True)}

    def _counted(self, poll: int, wanted: int) -> float:
        """When every mark stands on the roll."""
        while RollEntry.objects.filter(poll=poll, cast=True).count() < wanted:
            pass
        return clock()

    def _close(self, poll: int) -> None:
        deciding.close_vote(
            actor=self._meeting.leader, conference=self._meeting.conference, now=timezone.now(), poll=poll
        )
