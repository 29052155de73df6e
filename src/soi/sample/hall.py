"""Phòng họp mẫu: one online briefing held and its minutes approved, and one of today that is ready to begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from functools import partial

from soi.ballots.actions import NewQuestion
from soi.ballots.casting import cast
from soi.ballots.counting import count_poll
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.base.actor import Actor
from soi.conferences import (
    attending,
    contributing,
    deciding,
    floor,
    inviting,
    minutes,
    minuting,
    preparing,
    speaking,
)
from soi.conferences.enums import AttendanceRole, ContributionKind, Form, ItemKind, Reply, RequestKind
from soi.conferences.models import AgendaItem, Conference, Invitation
from soi.conferences.preparing import SiteFacts
from soi.org.models import Organization, Person
from soi.sample import days
from soi.sample.blueprint import BodyPlan
from soi.sample.people import actor_for, head_post, plan_of, subordinates
from soi.sample.timeline import Timeline
from soi.sample.world import World

_BODY = "region"
# So many days ago the one was held; the other is held today.
_HELD = 9
_MOST_SITES = 4
_WORDS = (
    (
        ContributionKind.STRENGTH,
        "Các đơn vị đã duy trì nghiêm chế độ giao ban, báo cáo đúng hạn hơn quý trước.",
    ),
    (ContributionKind.SHORTCOMING, "Một số nhiệm vụ giao chưa rõ người chịu trách nhiệm chính nên còn chậm."),
    (ContributionKind.CAUSE, "Người chỉ huy chưa kiểm tra đến nơi, còn dựa vào báo cáo của cấp dưới."),
    (ContributionKind.REMEDY, "Mỗi nhiệm vụ ghi rõ một người chịu trách nhiệm, sản phẩm và thời hạn."),
)
_CONCLUSIONS = (
    "Các đơn vị rà soát toàn bộ nhiệm vụ chưa có người chịu trách nhiệm chính, xong trong tháng này",
    "Văn phòng theo dõi, nhắc việc hằng tuần và báo cáo tại hội nghị giao ban sau",
)


def _place(body: Organization) -> str:
    """Điểm cầu của cấp ủy cũng là của đơn vị: "Sư đoàn 981"."""
    return body.name.removeprefix("Đảng ủy ")


# What goes on minute by minute: yields how long to wait, is sent the time.
Course = Generator[int, dt.datetime, None]


class Hall:
    """Phòng họp."""

    def __init__(self, world: World, timeline: Timeline) -> None:
        self._world, self._timeline = world, timeline

    def begin(self) -> None:
        """Xếp lịch: prepared some days ahead, held on its day, the minutes in the days after."""
        held, coming = (
            days.workday(self._world.today - dt.timedelta(days=_HELD)),
            days.workday(self._world.today),
        )
        self._timeline.add(held - dt.timedelta(days=4), 10, partial(self._prepare_held, held))
        self._timeline.add(
            self._world.today - dt.timedelta(days=2), 10, partial(self._prepare_coming, coming)
        )

    # --- before ------------------------------------------------------------------------------------------

    def _prepare_held(self, day: dt.date, now: dt.datetime) -> None:
        conference = self._prepare(day, now, title="Hội nghị trực tuyến giao ban, rà soát nhiệm vụ quá hạn")
        for invitation in inviting.of_conference(conference):
            self._reply(invitation, now)
        self._timeline.add_at(days.at(day, 7, 50), partial(self._hold, conference))

    def _prepare_coming(self, day: dt.date, now: dt.datetime) -> None:
        conference = self._prepare(
            day, now, title="Hội nghị trực tuyến giao ban, chuẩn bị kiểm điểm cuối năm"
        )
        # Most have replied; the others find the invitation among their work.
        for number, invitation in enumerate(inviting.of_conference(conference)):
            if number % 3 == 0:
                self._reply(invitation, now)
        deciding.new_poll(
            actor=self._clerk(now), conference=conference, title="Thông qua kết luận hội nghị", mode=Mode.OPEN,
            questions=[NewQuestion(QuestionKind.YES_NO, "Đồng ý với kết luận của hội nghị")],
            denominator=Denominator.SUMMONED, majority=Majority.HALF, now=now, item=self._last(conference).pk,
        )  # fmt: skip

    def _prepare(self, day: dt.date, now: dt.datetime, *, title: str) -> Conference:
        clerk, plan = self._clerk(now), plan_of(_BODY)
        conference = preparing.prepare_conference(
            actor=clerk, organization=self._world.bodies[_BODY], template="giao-ban", title=title,
            date_start=day, starts_at=dt.time(8, 0), ends_at=dt.time(10, 0), form=Form.ONLINE,
            place="Sở chỉ huy Quân khu", now=now,
        )  # fmt: skip
        main = preparing.add_site(
            actor=clerk, conference=conference, facts=SiteFacts("Sở chỉ huy Quân khu", is_main=True), now=now
        )
        people = [
            (self._head(plan, now), AttendanceRole.CHAIR, main),
            (self._writer(clerk), AttendanceRole.SECRETARY, main),
        ]
        for below in subordinates(plan, now.date(), self._world)[:_MOST_SITES]:
            head = self._head(below, now)
            site = preparing.add_site(
                actor=clerk, conference=conference, now=now,
                facts=SiteFacts(_place(self._world.bodies[below.key]), self._world.bodies[below.key], head=head),
            )  # fmt: skip
            people.append((head, AttendanceRole.ATTEND, site))
        for person, role, site in people:
            inviting.invite(
                actor=clerk, conference=conference, people=[person], role=role, site=site, now=now
            )
        inviting.send(actor=clerk, conference=conference, now=now)
        return conference

    def _clerk(self, now: dt.datetime) -> Actor:
        return actor_for(self._world, plan_of(_BODY), now)

    def _head(self, plan: BodyPlan, now: dt.datetime) -> Person:
        head = self._world.holder(head_post(self._world, plan, now.date()), now.date())
        assert head is not None  # noqa: S101 (head_post found somebody who holds it)
        return head

    @staticmethod
    def _writer(clerk: Actor) -> Person:
        return Person.objects.get(pk=clerk.person_id or 0)

    def _reply(self, invitation: Invitation, now: dt.datetime) -> None:
        actor = self._world.actor(invitation.attendance.person, now)
        inviting.answer(actor=actor, invitation=invitation, reply=Reply.COMING, now=now)

    @staticmethod
    def _last(conference: Conference) -> AgendaItem:
        return conference.agenda.order_by("-order")[0]

    # --- the day ------------------------------------------------------------------------------------------

    def _hold(self, conference: Conference, now: dt.datetime) -> None:
        course = self._course(conference, self._clerk(now))
        next(course)
        self._go_on(course, now)

    def _go_on(self, course: Course, now: dt.datetime) -> None:
        """To the next act, so many minutes later: what others do in between keeps its place in time."""
        try:
            wait = course.send(now)
        except StopIteration:
            return
        self._timeline.add_at(now + dt.timedelta(minutes=wait), partial(self._go_on, course))

    def _course(self, conference: Conference, clerk: Actor) -> Course:
        """Diễn biến: yields the minutes until the next act, and is told the time then."""
        now = yield 0
        self._come(conference, clerk, now)
        now = yield 10
        floor.open_session(actor=clerk, conference=conference, now=now)
        for item in conference.agenda.order_by("order"):
            now = yield 1
            floor.start_item(actor=clerk, conference=conference, item=item.pk, now=now)
            if item.kind == ItemKind.DISCUSSION:
                yield from self._discuss(conference, clerk)
            now = yield max(2, item.minutes // 3)
        yield from self._vote(conference, clerk)
        now = yield 1
        minutes.add_conclusions(
            actor=clerk, conference=conference, now=now,
            conclusions=[minutes.NewConclusion(text) for text in _CONCLUSIONS],
        )  # fmt: skip
        now = yield 5
        floor.close_session(actor=clerk, conference=conference, now=now)
        self._timeline.add(now.date() + dt.timedelta(days=1), 9, partial(self._write_minutes, conference))

    def _come(self, conference: Conference, clerk: Actor, now: dt.datetime) -> None:
        for row in conference.attendances.select_related("invitation__site"):
            attending.check_in(actor=clerk, attendance=row, site=row.invitation.site, now=now)

    def _discuss(self, conference: Conference, clerk: Actor) -> Course:
        for site, (kind, text) in zip(conference.sites.exclude(head=None), _WORDS, strict=False):
            assert site.head is not None  # noqa: S101 (asked for)
            now = yield 1
            speaker = self._world.actor(site.head, now)
            request = speaking.ask_to_speak(
                actor=speaker, conference=conference, kind=RequestKind.SPEAK, now=now
            )
            now = yield 1
            speaking.give_floor(actor=clerk, conference=conference, request=request.pk, now=now)
            now = yield 4
            contributing.add_contribution(
                actor=clerk, conference=conference, kind=kind, text=text, of_speaker=True, now=now
            )
            speaking.end_speech(actor=clerk, conference=conference, now=now)

    def _vote(self, conference: Conference, clerk: Actor) -> Course:
        now = yield 1
        poll = deciding.new_poll(
            actor=clerk, conference=conference, title="Thông qua kết luận hội nghị", mode=Mode.OPEN,
            questions=[NewQuestion(QuestionKind.YES_NO, "Đồng ý với kết luận của hội nghị")],
            denominator=Denominator.SUMMONED, majority=Majority.HALF, now=now, item=self._last(conference).pk,
        )  # fmt: skip
        opened = deciding.open_vote(actor=clerk, conference=conference, poll=poll, now=now)
        for number, entry in enumerate(opened.roll.select_related("person").order_by("person_id")):
            voter = self._world.actor(entry.person, now)
            cast(actor=voter, poll=opened, answers={1: (2 if number == 1 else 1,)}, now=now)
        now = yield 2
        closed = deciding.close_vote(actor=clerk, conference=conference, now=now)
        counted = count_poll(actor=clerk, poll=closed, now=now)
        deciding.publish_votes(actor=clerk, conference=conference, polls=[counted], now=now)

    # --- after ------------------------------------------------------------------------------------------

    def _write_minutes(self, conference: Conference, now: dt.datetime) -> None:
        clerk = self._clerk(now)
        found = minuting.compose_minutes(actor=clerk, conference=conference, now=now)
        until = now.date() + dt.timedelta(days=2)
        minuting.circulate(actor=clerk, minutes=found, until=until, now=now)
        self._timeline.add(until, 16, partial(self._approve, conference))

    def _approve(self, conference: Conference, now: dt.datetime) -> None:
        found = minuting.get(self._clerk(now), conference)
        for role in (AttendanceRole.SECRETARY, AttendanceRole.CHAIR):
            row = conference.attendances.filter(roles__role=role).select_related("person")[0]
            found = minuting.sign(actor=self._world.actor(row.person, now), minutes=found, now=now)
