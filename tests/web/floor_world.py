"""Một phiên họp đang diễn ra, của trung đoàn: opened, with a request, a contribution and an open poll."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.ballots.models import Poll
from soi.conferences import actions as conferences
from soi.conferences import contributing, deciding, floor, speaking
from soi.conferences.enums import (
    AttendanceRole,
    ConferenceKind,
    ContributionKind,
    Evidence,
    ItemKind,
    RequestKind,
    Way,
)
from soi.conferences.models import (
    AgendaItem,
    Attendance,
    AttendanceRoleHeld,
    AttendanceSpan,
    Conference,
    Contribution,
    Invitation,
    SpeechRequest,
)
from tests.factories import Region


@dataclass
class Session:
    """Phiên họp; its chair is the regiment's secretary, the only one who attends."""

    conference: Conference
    item: AgendaItem
    request: SpeechRequest
    contribution: Contribution
    poll: Poll


def build_session(region: Region) -> Session:
    """In the middle of a vote."""
    conference = _conference(region)
    item = AgendaItem.objects.create(
        conference=conference, order=1, kind=ItemKind.DISCUSSION, title="CANARY thảo luận dự thảo"
    )
    chair, clerk, now = region.actor("regiment"), region.actor("divisionclerk"), region.now
    floor.open_session(actor=chair, conference=conference, now=now)
    floor.start_item(actor=chair, conference=conference, item=item.pk, now=now)
    request = speaking.ask_to_speak(
        actor=chair, conference=conference, kind=RequestKind.SPEAK, topic="CANARY quân số", now=now
    )
    said = contributing.add_contribution(
        actor=chair, conference=conference, kind=ContributionKind.CAUSE, text="CANARY thiếu kiểm tra", now=now
    )
    poll = deciding.new_poll(
        actor=clerk, conference=conference, title="CANARY thông qua dự thảo", mode=Mode.OPEN,
        questions=[NewQuestion(QuestionKind.YES_NO, "CANARY nhất trí")], denominator=Denominator.PRESENT,
        majority=Majority.HALF, now=now, item=item.pk,
    )  # fmt: skip
    deciding.open_vote(actor=clerk, conference=conference, poll=poll, now=now)
    return Session(conference, item, request, said, poll)


def _conference(region: Region) -> Conference:
    conference = conferences.record_conference(
        actor=region.actor("divisionclerk"), organization=region.bodies["regiment"],
        kind=ConferenceKind.THEMATIC, title="CANARY phiên họp đang diễn ra",
        date_start=timezone.localdate(region.now), now=region.now,
    )  # fmt: skip
    row = Attendance.objects.create(
        conference=conference, person=region.people["regiment"], posts=region.posts["regiment"].label
    )
    AttendanceRoleHeld.objects.create(attendance=row, role=AttendanceRole.CHAIR)
    Invitation.objects.create(attendance=row, sent_at=region.now)
    AttendanceSpan.objects.create(
        attendance=row, way=Way.IN_PERSON, evidence=Evidence.STAFF, came_at=region.now - dt.timedelta(hours=1)
    )
    return conference
