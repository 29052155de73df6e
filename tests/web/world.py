"""Một bộ hồ sơ để thử quyền: one record of every kind, all of the regiment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from soi.access.actions import delegate
from soi.access.models import Delegation, PostDuty, User
from soi.conferences import actions as conferences
from soi.conferences import minutes
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form
from soi.conferences.models import Conference
from soi.documents import actions as documents
from soi.documents.models import Source
from soi.findings import actions as findings
from soi.findings import remedies
from soi.findings.enums import FindingKind, ResponsibilityKind
from soi.findings.models import Finding, RecurrenceLink, Remedy
from soi.intake import actions as intake
from soi.intake.models import Draft, Proposal
from soi.org.enums import WorkArea
from soi.org.models import Membership, Organization, Post
from tests.factories import Region

REPORT = """Ngày đăng: 20/10/2021

Sáng 19/10/2021, Đảng ủy Trung đoàn 91 tổ chức hội nghị giao ban quý III năm 2021. Thượng tá Mai Văn Trung, \
Bí thư Đảng ủy Trung đoàn chủ trì hội nghị. Tuy nhiên còn một số hạn chế: CANARY việc bảo quản vũ khí ở một số đơn vị \
chưa chặt chẽ; nền nếp sinh hoạt chi bộ chưa nghiêm.
"""
STATEMENT = "CANARY nền nếp sinh hoạt chi bộ ở một số đại đội chưa nghiêm"


@dataclass
class World:
    """Hồ sơ của trung đoàn."""

    region: Region
    body: Organization
    post: Post
    holding: Membership
    account: User
    duty: PostDuty
    delegation: Delegation
    finding: Finding
    reported: Finding
    mended: Finding
    remedy: Remedy
    evidence: Source
    link: RecurrenceLink
    conference: Conference
    source: Source
    draft: Draft
    proposal: Proposal


def build_world(region: Region) -> World:
    """Records that others may or may not see; the regiment's secretary answers for every remedy."""
    now, today = region.now, timezone.localdate(region.now)
    body, post = region.bodies["regiment"], region.posts["regiment"]
    clerk = region.actor("divisionclerk", today=today)
    earlier = _finding(region, today - dt.timedelta(days=400))
    finding = _finding(region, today - dt.timedelta(days=40))
    remedy = _remedy(region, finding)
    reported = _finding(region, today - dt.timedelta(days=60))
    _report_done(region, _remedy(region, reported))
    mended = _finding(region, today - dt.timedelta(days=80))
    _report_done(region, _remedy(region, mended))
    remedies.verify_mended(
        actor=region.actor("inspector", today=today), finding=mended, note="Đã kiểm tra tại chỗ", now=now
    )
    evidence = documents.receive_evidence(
        actor=clerk, organization=body, data=b"CANARY minh chung", filename="CANARY-minh-chung.txt", now=now
    )
    remedies.report_progress(
        actor=region.actor("regiment", today=today), remedy=remedy, percent=30, note="CANARY đang làm", now=now,
        evidence=evidence,
    )  # fmt: skip
    source = documents.receive_text(
        actor=clerk, organization=body, text=REPORT, title="CANARY giao ban quý III", now=now
    ).source
    draft = intake.propose_draft(actor=clerk, source=source, organization=body, now=now)
    return World(
        region=region,
        body=body,
        post=post,
        holding=post.memberships.get(end=None),
        account=region.users["regiment"],
        duty=PostDuty.objects.get(post=post),
        delegation=delegate(
            actor=region.actor("regiment", today=today),
            post=post,
            delegate=region.people["division"],
            # Not begun yet: today the delegate has no more rights than before.
            start=today + dt.timedelta(days=1),
            end=today + dt.timedelta(days=10),
            reason="CANARY đi công tác",
            now=now,
        ),
        finding=finding,
        reported=reported,
        mended=mended,
        remedy=remedy,
        evidence=evidence,
        link=RecurrenceLink.objects.get(finding=finding, earlier=earlier),
        conference=_conference(region, finding),
        source=source,
        draft=draft,
        proposal=draft.proposals.first() or Proposal(),
    )


def _finding(region: Region, found_on: dt.date) -> Finding:
    body, post = region.bodies["regiment"], region.posts["regiment"]
    return findings.record_finding(
        actor=region.actor("divisionclerk"),
        organization=body,
        kind=FindingKind.LIMITATION,
        statement=STATEMENT,
        area=WorkArea.PARTY_BUILDING,
        found_on=found_on,
        responsibilities=[
            findings.ResponsibilityEntry(kind=ResponsibilityKind.HEAD, organization=body, post=post)
        ],
        now=region.now,
    )


def _remedy(region: Region, finding: Finding) -> Remedy:
    return remedies.add_remedy(
        actor=region.actor("divisionclerk"),
        finding=finding,
        statement="CANARY rà soát và ban hành lịch sinh hoạt của từng chi bộ, kiểm tra hằng tháng",
        accountable_post=region.posts["regiment"],
        deliverable="Lịch sinh hoạt và biên bản kiểm tra",
        due_on=timezone.localdate(region.now) + dt.timedelta(days=30),
        now=region.now,
    )


def _report_done(region: Region, remedy: Remedy) -> None:
    remedies.report_done(actor=region.actor("regiment"), remedy=remedy, note="Đã xong", now=region.now)


def _conference(region: Region, finding: Finding) -> Conference:
    clerk = region.actor("divisionclerk")
    conference = conferences.record_conference(
        actor=clerk,
        organization=region.bodies["regiment"],
        kind=ConferenceKind.BRIEFING_QUARTER,
        form=Form.IN_PERSON,
        title="CANARY Hội nghị giao ban Trung đoàn 91",
        date_start=finding.found_on,
        now=region.now,
    )
    minutes.record_attendance(
        actor=clerk,
        conference=conference,
        person=region.people["regiment"],
        roles=[AttendanceRole.CHAIR],
        now=region.now,
    )
    conferences.attach_finding(actor=clerk, conference=conference, finding=finding, now=region.now)
    return conference
