"""Hội nghị mẫu: the rhythm of two years, and what each conference found and concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from soi.base.actor import Actor
from soi.conferences import actions, minutes
from soi.conferences.enums import ConferenceKind, Form
from soi.conferences.models import Conference, Site
from soi.findings.actions import CauseEntry, ConcernedEntry, ResponsibilityEntry, record_finding
from soi.findings.enums import CauseKind, FindingKind, ResponsibilityKind
from soi.org.enums import WorkArea
from soi.sample import days
from soi.sample.attendance import attend
from soi.sample.blueprint import BodyPlan, data
from soi.sample.people import accountable_post, actor_for, head_post, plan_of, subordinates
from soi.sample.phrases import Issue, Statement, fill, issues, state, strengths, world_of
from soi.sample.story import Story, fate
from soi.sample.timeline import Timeline
from soi.sample.world import World

# Out of ten findings so many are strengths; out of ten wants so many are a body's old weak points.
_STRENGTHS, _WEAK_POINTS = 0.35, 0.45
_WEAK_POINTS_EACH = 4


@dataclass(frozen=True, slots=True)
class Meeting:
    """Một hội nghị theo lịch."""

    body: BodyPlan
    kind: ConferenceKind
    day: dt.date
    row: dict[str, Any]

    @property
    def words(self) -> dict[str, int]:
        """What stands in titles: the year, the quarter, the month looked back on."""
        return {
            "y": self.day.year,
            "next": self.day.year + 1,
            "q": (self.day.month - 1) // 3,
            "m": self.day.month,
        }

    @property
    def title(self) -> str:
        """Tên hội nghị."""
        table = data("meetings.toml")
        titles = table["titles"] | (table["civil_titles"] if world_of(self.body) == "civil" else {})
        return str(titles[self.kind.value]).format(**self.words)

    @property
    def period(self) -> str:
        """Kỳ được đánh giá."""
        year = self.day.year
        labels = {
            ConferenceKind.BRIEFING_QUARTER: f"{year}-Q{(self.day.month - 1) // 3}",
            ConferenceKind.HALF_YEAR: f"{year}-H1",
            ConferenceKind.CELL_MEETING: f"{year}-{self.day.month - 1:02}",
        }
        return labels.get(self.kind, str(year))


def schedule(first: dt.date, today: dt.date) -> Iterator[Meeting]:
    """Lịch hội nghị from the first day up to today; bodies that do not exist then are left out when held."""
    for month in days.months_between(first, today):
        for row in data("meetings.toml")["series"]:
            if month.month in row["months"]:
                for place, key in enumerate(row["bodies"]):
                    day = days.workday(month + dt.timedelta(days=row["day"] - 1 + place))
                    if first < day < today:
                        yield Meeting(plan_of(key), ConferenceKind(row["kind"]), day, row)


class Secretariat:
    """Ban thư ký: records each meeting on its day and starts the story of each shortcoming."""

    def __init__(self, world: World, timeline: Timeline) -> None:
        self._world, self._timeline, self._rng = world, timeline, world.rng
        self._weak: dict[str, list[Issue]] = {}
        self._last: dict[str, set[str]] = {}

    def hold(self, meeting: Meeting, now: dt.datetime) -> None:
        """Ghi hồ sơ một hội nghị."""
        if not self._may_meet(meeting):
            return
        actor = actor_for(self._world, meeting.body, now)
        conference = actions.record_conference(
            actor=actor,
            organization=self._world.bodies[meeting.body.key],
            kind=meeting.kind,
            form=Form(meeting.row["form"]),
            title=meeting.title,
            date_start=meeting.day,
            period=meeting.period,
            place=meeting.row.get("place", ""),
            now=now,
        )
        sites = self._sites(actor, conference, meeting, now)
        attend(
            self._world,
            actor,
            conference,
            meeting.body,
            sites=sites,
            superior=meeting.row.get("superior", ""),
            now=now,
        )
        self._find(actor, conference, meeting, now)
        self._conclude(actor, conference, meeting, now)

    def _may_meet(self, meeting: Meeting) -> bool:
        """A body that has just been formed has nothing to look back on yet."""
        settled = meeting.day - dt.timedelta(days=60)
        return self._world.exists(meeting.body.key, meeting.day) and self._world.exists(
            meeting.body.key, settled
        )

    def _sites(self, actor: Actor, conference: Conference, meeting: Meeting, now: dt.datetime) -> list[Site]:
        return [
            actions.add_site(actor=actor, conference=conference, name=name, is_main=number == 0, now=now)
            for number, name in enumerate(meeting.row.get("sites", ()))
        ]

    # --- findings -------------------------------------------------------------------------------------------

    def _find(self, actor: Actor, conference: Conference, meeting: Meeting, now: dt.datetime) -> None:
        total = meeting.row["findings"]
        good = max(1, round(total * _STRENGTHS))
        for area, text in strengths(meeting.body, good, self._rng):
            finding = record_finding(
                actor=actor,
                organization=conference.organization,
                kind=FindingKind.STRENGTH,
                statement=text,
                area=WorkArea(area),
                found_on=meeting.day,
                now=now,
            )
            actions.attach_finding(actor=actor, conference=conference, finding=finding, now=now)
        for issue in self._choose(meeting.body, total - good):
            self.blame(actor, conference, meeting.body, issue, now=now)

    def _choose(self, body: BodyPlan, count: int) -> list[Issue]:
        bank = [issue for issue in issues(world_of(body)) if issue.fits(body)]
        if body.key not in self._weak:
            self._weak[body.key] = self._rng.sample(bank, _WEAK_POINTS_EACH)
        before = self._last.get(body.key, set())
        weak = [issue for issue in self._weak[body.key] if self._rng.random() < _WEAK_POINTS]
        others = self._rng.sample(bank, len(bank))
        chosen = list(dict.fromkeys([*weak, *(one for one in others if one.key not in before)]))[:count]
        self._last[body.key] = {issue.key for issue in chosen}
        return chosen

    def blame(
        self,
        actor: Actor,
        conference: Conference,
        body: BodyPlan,
        issue: Issue,
        *,
        now: dt.datetime,
        post: str = "",
    ) -> Story:
        """Ghi một hạn chế hoặc khuyết điểm của hội nghị và bắt đầu theo dõi; ``post`` fixes who answers."""
        day = conference.date_start
        said = state(issue, body, self._rng, subordinates(body, day, self._world))
        finding = record_finding(
            actor=actor,
            organization=conference.organization,
            kind=FindingKind(issue.kind),
            statement=said.text,
            area=WorkArea(issue.area),
            found_on=day,
            now=now,
            concerned=self._concerned(said),
            causes=self._causes(issue),
            responsibilities=self._responsible(body, issue, day, post),
        )
        actions.attach_finding(actor=actor, conference=conference, finding=finding, now=now)
        story = Story(self._world, self._timeline, body, issue, finding, post)
        if not post:
            story.begin(day, fate(self._world, age=(self._world.today - day).days))
        return story

    def _concerned(self, said: Statement) -> list[ConcernedEntry]:
        if not said.named:
            return []
        return [ConcernedEntry(self._world.bodies[said.named], plan_of(said.named).unit)]

    def _causes(self, issue: Issue) -> list[CauseEntry]:
        causes = []
        if issue.external and self._rng.random() < 0.6:
            causes.append(CauseEntry(CauseKind.EXTERNAL, issue.external))
        if issue.own and self._rng.random() < 0.9:
            causes.append(CauseEntry(CauseKind.OWN, issue.own))
        return causes

    def _responsible(self, body: BodyPlan, issue: Issue, on: dt.date, post: str) -> list[ResponsibilityEntry]:
        organization = self._world.bodies[body.key]
        entries = [ResponsibilityEntry(ResponsibilityKind.COLLECTIVE, organization)]
        named = post or (
            accountable_post(self._world, body, issue.area, on)
            if issue.kind == "shortcoming" or issue.answer
            else ""
        )
        if named:
            at = self._world.bodies[named.partition(".")[0]]
            person = self._world.holder(named, on)
            kind = (
                ResponsibilityKind.HEAD
                if named == head_post(self._world, body, on)
                else ResponsibilityKind.INDIVIDUAL
            )
            entries.append(ResponsibilityEntry(kind, at, self._world.posts[named], person))
        return entries

    # --- conclusions ----------------------------------------------------------------------------------------

    def _conclude(self, actor: Actor, conference: Conference, meeting: Meeting, now: dt.datetime) -> None:
        table, world = data("meetings.toml"), world_of(meeting.body)
        chosen = self._rng.sample(table["conclusions"][world], min(5, 1 + meeting.row["findings"] // 2))
        conclusions = [
            minutes.NewConclusion(statement=text, area=WorkArea(area), period="") for area, text in chosen
        ]
        minutes.add_conclusions(actor=actor, conference=conference, conclusions=conclusions, now=now)
        if meeting.row["findings"] >= 4:
            cause = self._rng.choice(table["common_causes"][world])
            minutes.add_common_cause(actor=actor, conference=conference, statement=cause, now=now)
            self._cite(actor, conference, table["documents"][world], now)
        if meeting.kind in {ConferenceKind.SELF_CRITICISM, ConferenceKind.ANNUAL}:
            self._rate(actor, conference, meeting, now)

    def _cite(self, actor: Actor, conference: Conference, bank: list[list[Any]], now: dt.datetime) -> None:
        year = conference.date_start.year
        for kind, number, issuer, day, month in self._rng.sample(bank, 2):
            minutes.add_cited_document(
                actor=actor,
                conference=conference,
                type=kind,
                number=number,
                name="",
                issuer=issuer,
                date=dt.date(year, month, day),
                now=now,
            )

    def _rate(self, actor: Actor, conference: Conference, meeting: Meeting, now: dt.datetime) -> None:
        table = data("meetings.toml")["ratings"]
        for kind, key in (("rating", "collective"), ("commendation", "commendation")):
            text = fill(table[key].replace("{y}", str(meeting.day.year)), self._rng)
            minutes.add_decision(actor=actor, conference=conference, kind=kind, statement=text, now=now)
