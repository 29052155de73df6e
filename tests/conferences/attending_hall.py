"""A conference with two sites, three members, a guest, and a secretary who is no member."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from soi.base.actor import Actor
from soi.conferences import actions, attending, minutes, quorum
from soi.conferences.enums import AttendanceRole, ConferenceKind, Presence
from soi.conferences.models import Attendance, AttendanceSpan, Conference, Invitation, Site
from soi.org import staffing
from tests.conferences.conftest import hold
from tests.factories import Region

# Signed in under these names: who heads the branch site, and its technician, who is no member.
HEAD, TECHNICIAN = "division", "divisionclerk"


@dataclass
class Hall:
    """Hội trường: the main site and a branch, people by sign-in name."""

    region: Region
    conference: Conference
    main: Site
    branch: Site

    def at(self, minute: float) -> dt.datetime:
        return self.region.now + dt.timedelta(minutes=minute)

    def actor(self, who: str) -> Actor:
        return self.region.actor(who)

    def row(self, who: str) -> Attendance:
        return self.conference.attendances.select_related("person").get(person=self.region.people[who])

    def site_of(self, who: str) -> Site:
        return self.branch if who == HEAD else self.main

    def come(self, who: str, *, minute: float) -> AttendanceSpan:
        return attending.check_in(
            actor=self.region.system, attendance=self.row(who), site=self.site_of(who), now=self.at(minute)
        )

    def go(self, who: str, *, minute: float) -> AttendanceSpan:
        return attending.check_out(actor=self.region.system, attendance=self.row(who), now=self.at(minute))

    def quorum(self, minute: float) -> quorum.Quorum:
        return quorum.quorum(self.conference, self.at(minute))

    def spans(self, who: str) -> list[tuple[str, float, float | None]]:
        """Site, minutes from and to, of all intervals of a person."""
        rows = AttendanceSpan.objects.filter(attendance=self.row(who)).select_related("site")
        return [
            (row.site.name if row.site else "", self._minute(row.came_at), self._minute(row.left_at))
            for row in rows
        ]

    def _minute(self, at: dt.datetime | None) -> Any:
        return None if at is None else (at - self.region.now).total_seconds() / 60

    def invite(self, who: str, site: Site, *roles: AttendanceRole, entitled: bool = True) -> Attendance:
        row = minutes.record_attendance(
            actor=self.region.system, conference=self.conference, person=self.region.people[who], roles=roles,
            presence=Presence.INVITED, site=site, now=self.region.now,
        )  # fmt: skip
        Invitation.objects.create(attendance=row, site=site, is_entitled=entitled, sent_at=self.region.now)
        return row


def build_hall(
    region: Region, *, body: str = "region", kind: ConferenceKind = ConferenceKind.COMMITTEE_PLENUM
) -> Hall:
    """Members: secretary and brigade at the main site, division at the branch; a guest; "member" takes notes."""
    conference = hold(region, body, kind=kind, date_start=timezone.localdate(region.now))

    def site(name: str, *, is_main: bool) -> Site:
        return actions.add_site(
            actor=region.system, conference=conference, name=name, is_main=is_main, now=region.now
        )

    hall = Hall(region, conference, site("Sở chỉ huy", is_main=True), site("Sư đoàn 901", is_main=False))
    Site.objects.filter(pk=hall.branch.pk).update(
        head=region.people[HEAD], technician=region.people[TECHNICIAN]
    )
    region.people["guest"] = staffing.add_person(
        actor=region.system, name="Hà Thị Khách", organization=region.bodies["region"], now=region.now
    )
    hall.invite("secretary", hall.main, AttendanceRole.CHAIR)
    hall.invite("brigade", hall.main)
    hall.invite("division", hall.branch)
    hall.invite("guest", hall.main, entitled=False)
    hall.invite("member", hall.main, AttendanceRole.SECRETARY, entitled=False)
    return hall
