"""Một hội nghị sắp họp của trung đoàn: agenda, a paper for members only, a site, an invitation, a question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from soi.conferences import agenda, inviting, papers, preparing
from soi.conferences.enums import Form, Secrecy
from soi.conferences.models import AgendaItem, Conference, Invitation, Paper, PriorQuestion, Site
from tests.factories import Region

BYTES = "CANARY Dự thảo báo cáo.\n\nĐoạn hai.".encode()


@dataclass
class Before:
    """Việc chuẩn bị của trung đoàn; its secretary is invited."""

    conference: Conference
    item: AgendaItem
    paper: Paper
    site: Site
    invitation: Invitation
    question: PriorQuestion


def prepare(region: Region, body: str = "regiment", clerk: str = "divisionclerk") -> Conference:
    """A conference in a week, with the agenda of the briefing template."""
    today = timezone.localdate(region.now)
    return preparing.prepare_conference(
        actor=region.actor(clerk, today=today), organization=region.bodies[body], template="giao-ban",
        title="CANARY Giao ban sắp tới", date_start=today + dt.timedelta(days=7), starts_at=dt.time(8),
        ends_at=dt.time(10), form=Form.HYBRID, place="CANARY Hội trường", now=region.now,
    )  # fmt: skip


def add_paper(
    region: Region, conference: Conference, title: str, secrecy: Secrecy, data: bytes = BYTES
) -> Paper:
    """A paper put in by the division's clerk."""
    return papers.add_paper(
        actor=region.actor("divisionclerk"), conference=conference, data=data, filename="CANARY-tep.txt",
        facts=papers.PaperFacts(title=title, secrecy=secrecy), now=region.now,
    )[0]  # fmt: skip


def build_before(region: Region) -> Before:
    """Everything there can be before a conference, once."""
    clerk = region.actor("divisionclerk", today=timezone.localdate(region.now))
    conference = prepare(region)
    invitation = inviting.invite(
        actor=clerk, conference=conference, people=[region.people["regiment"]], now=region.now
    )[0]
    inviting.send(actor=clerk, conference=conference, now=region.now)
    return Before(
        conference=conference,
        item=agenda.get_item(clerk, conference.agenda.first().pk),  # type: ignore[union-attr]
        paper=add_paper(region, conference, "CANARY Dự thảo", Secrecy.MEMBERS),
        site=preparing.add_site(
            actor=clerk, conference=conference, facts=preparing.SiteFacts("CANARY Điểm cầu"), now=region.now
        ),
        invitation=invitation,
        question=preparing.ask(
            actor=clerk, conference=conference, asked_by=region.bodies["division"],
            text="CANARY làm rõ trách nhiệm của người đứng đầu", now=region.now,
        ),
    )  # fmt: skip
