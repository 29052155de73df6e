"""Câu chuyện của một hạn chế: remedy, progress, report, verification, answer, each by the person whose turn it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from soi.base.actor import Actor
from soi.base.errors import Refusal
from soi.findings import actions, recurrence, remedies
from soi.findings.enums import FindingState, LinkState, RemedyState
from soi.findings.models import Finding, RecurrenceLink, Remedy
from soi.sample.blueprint import BodyPlan
from soi.sample.people import accountable_post, actor_for, judges, living, reporter
from soi.sample.phrases import Issue, fill
from soi.sample.timeline import Happening, Timeline
from soi.sample.world import World

# Of the findings of the last so many days, this share has its links left for the visitor to decide.
_RECENT, _STILL_WAITING = 40, 0.25
# Percent alike from which the same words in another unit are the same shortcoming.
_SAME_WORDS = 88


@dataclass(frozen=True, slots=True)
class Fate:
    """Số phận: days from the finding to the remedy and the report, from the report to the verification.

    None where it never happens; ``term``: days given for the remedy; ``returned``: the first report is sent back.
    """

    remedy: int | None
    term: int
    done: int | None
    verified: int | None
    returned: bool = False


def fate(world: World, *, age: int) -> Fate:
    """Bốc thăm: most are mended in time, some late, a few never; what lies after today has not happened."""
    rng = world.rng
    term = rng.choice((45, 60, 60, 90, 90, 120))
    if age < 60 and rng.random() < 0.3:
        return Fate(remedy=None, term=term, done=None, verified=None)
    luck = rng.random()
    given = rng.randint(3, 12)
    if luck < 0.13:
        return Fate(given, term, done=None, verified=None)
    done = given + term + (rng.randint(8, 50) if luck < 0.3 else -rng.randint(1, 12))
    wait = rng.randint(6, 40) if luck < 0.95 else None
    return Fate(given, term, done, wait, returned=rng.random() < 0.08)


@dataclass(slots=True)
class Story:
    """Một hạn chế đang được khắc phục."""

    world: World
    timeline: Timeline
    body: BodyPlan
    issue: Issue
    finding: Finding
    post: str = ""

    def begin(self, found_on: dt.date, fate: Fate) -> None:
        """Xếp lịch các việc theo số phận."""
        later = found_on + dt.timedelta(days=1)
        if self.issue.answer:
            self.timeline.add(later + dt.timedelta(days=2), 14, self.answer)
        self.timeline.add(later + dt.timedelta(days=7), 15, self.decide_links)
        if fate.remedy is None:
            return
        self.timeline.add(
            later + dt.timedelta(days=fate.remedy), 9, partial(self.give, fate=fate, found_on=found_on)
        )

    def give(self, now: dt.datetime, *, fate: Fate, found_on: dt.date) -> None:
        """Giao biện pháp, then expect progress and the report."""
        body = self._living(now)
        post = self.post or accountable_post(self.world, body, self.issue.area, now.date())
        self.finding.refresh_from_db()
        remedy = remedies.add_remedy(
            actor=actor_for(self.world, body, now),
            finding=self.finding,
            statement=fill(self.issue.remedy, self.world.rng),
            accountable_post=self.world.posts[post],
            deliverable=fill(self.issue.deliverable, self.world.rng),
            due_on=now.date() + dt.timedelta(days=fate.term),
            now=now,
        )
        for share, (percent, note) in zip((0.4, 0.8), ((40, 0), (75, 1)), strict=True):
            day = now.date() + dt.timedelta(days=round(fate.term * share))
            self.timeline.add(day, 16, self._progress(remedy, percent, self.issue.progress[note]))
            if fate.done is None:
                break
        if fate.done is not None:
            self._expect_report(remedy, fate, found_on + dt.timedelta(days=fate.done))

    def _expect_report(self, remedy: Remedy, fate: Fate, done_on: dt.date) -> None:
        """The report, once more where the first is sent back, and the verification."""
        self.timeline.add(done_on, 16, self._done(remedy))
        late = 0
        if fate.returned:
            self.timeline.add(done_on + dt.timedelta(days=4), 9, self.send_back)
            self.timeline.add(done_on + dt.timedelta(days=25), 16, self._done(remedy))
            late = 26
        if fate.verified is not None:
            self.timeline.add(done_on + dt.timedelta(days=fate.verified + late), 10, self.confirm)

    def _living(self, now: dt.datetime) -> BodyPlan:
        return living(self.world, self.body, now.date())

    def _progress(self, remedy: Remedy, percent: int, note: str) -> Happening:
        def step(now: dt.datetime) -> None:
            if actor := self._reporter(remedy, now):
                remedies.report_progress(
                    actor=actor, remedy=remedy, percent=percent, note=f"{note}.", now=now
                )

        return step

    def _done(self, remedy: Remedy) -> Happening:
        def step(now: dt.datetime) -> None:
            if actor := self._reporter(remedy, now):
                note = f"Đã làm xong. Sản phẩm: {remedy.deliverable[:1].lower()}{remedy.deliverable[1:]}."
                remedies.report_done(actor=actor, remedy=remedy, note=note, now=now)

        return step

    def _reporter(self, remedy: Remedy, now: dt.datetime) -> Actor | None:
        remedy.refresh_from_db()
        if remedy.state != RemedyState.ACTIVE:
            return None
        return reporter(self.world, remedy.accountable_post, self._living(now), now)

    def send_back(self, now: dt.datetime) -> None:
        """Chưa đạt: the first report was not enough."""
        note = "Sản phẩm báo cáo chưa đủ so với yêu cầu, đề nghị bổ sung và báo cáo lại trong ba tuần."
        if self._waits():
            self._judge(
                now, lambda by: remedies.return_for_more(actor=by, finding=self.finding, note=note, now=now)
            )

    def confirm(self, now: dt.datetime) -> None:
        """Xác nhận, by somebody who had no part in it."""
        note = f"{self.issue.verified}."
        if self._waits():
            self._judge(
                now, lambda by: remedies.verify_mended(actor=by, finding=self.finding, note=note, now=now)
            )

    def _waits(self) -> bool:
        self.finding.refresh_from_db()
        return self.finding.state == FindingState.REPORTED

    def _judge(self, now: dt.datetime, act: Callable[[Actor], object]) -> None:
        """The nearest who may; a level above where the nearest has a part in it or does not see everything."""
        for judge in judges(self.world, self._living(now), now):
            with suppress(Refusal):
                act(judge)
                return

    def answer(self, now: dt.datetime) -> None:
        """Người được nêu ghi ý kiến."""
        named = self.finding.responsibilities.filter(person__isnull=False).select_related("person").first()
        if named is not None and named.person is not None:
            actor = self.world.actor(named.person, now)
            actions.answer(actor=actor, finding=self.finding, text=self.issue.answer, now=now)

    def decide_links(self, now: dt.datetime) -> None:
        """Nghi lặp lại: decided within a week; of the recent ones some still wait for somebody."""
        recent = (self.world.today - now.date()).days < _RECENT
        if recent and self.world.rng.random() < _STILL_WAITING:
            return
        for link in RecurrenceLink.objects.filter(finding=self.finding, state=LinkState.PROPOSED):
            same = link.same_body or link.similarity >= _SAME_WORDS
            self._judge(now, partial(self._decide, link, same, now))

    def _decide(self, link: RecurrenceLink, confirmed: bool, now: dt.datetime, judge: Actor) -> None:
        recurrence.decide_recurrence(actor=judge, link=link, confirmed=confirmed, now=now)
