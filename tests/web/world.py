"""Một bộ hồ sơ để thử quyền: one record of every kind, all of the regiment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from soi.access.actions import delegate
from soi.access.models import Delegation, PostDuty, User
from soi.ballots import actions as ballots
from soi.ballots.actions import NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.base.quarters import days_of, quarter_of
from soi.briefings import actions as briefings
from soi.briefings import lines as briefing_lines
from soi.briefings.enums import Section
from soi.briefings.models import BriefingReport, BriefingRound, ReportLine
from soi.conferences import actions as conferences
from soi.conferences import deciding, minutes, minuting
from soi.conferences.enums import AttendanceRole, ConferenceKind, Form
from soi.conferences.models import Conclusion, Conference, MinutesComment
from soi.directives import actions as directives
from soi.directives.enums import DirectiveKind, DisseminationForm
from soi.directives.models import Addressee, Directive
from soi.documents import actions as documents
from soi.documents.models import Source
from soi.findings import actions as findings
from soi.findings import remedies
from soi.findings.enums import FindingKind, ResponsibilityKind
from soi.findings.models import Finding, RecurrenceLink, Remedy
from soi.history.actions import seal_pending
from soi.intake import actions as intake
from soi.intake.models import Draft, Proposal
from soi.intake.sheets import actions as sheets
from soi.intake.sheets.models import Sheet
from soi.notices import actions as notices
from soi.notices.deadlines import note_deadlines
from soi.notices.making import make_notices
from soi.notices.models import CalendarFeed, Notice
from soi.org.enums import WorkArea
from soi.org.models import Membership, Organization, Post
from tests.factories import Region
from tests.intake.sheets.books import row, workbook
from tests.web.before_world import Before, build_before
from tests.web.comments_world import Comments, build_comments
from tests.web.deciding_world import Deciding, build_deciding
from tests.web.floor_world import Session, build_session
from tests.web.poll_world import Polls, build_polls
from tests.web.review_world import Reviews, build_reviews
from tests.web.work_world import Work, build_work

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
    conclusion: Conclusion
    session: Session
    before: Before
    minutes_comment: MinutesComment
    polls: Polls
    source: Source
    directive: Directive
    addressee: Addressee
    draft: Draft
    proposal: Proposal
    sheet: Sheet
    notice: Notice
    feed: CalendarFeed
    calendar_key: str
    round: BriefingRound
    report: BriefingReport
    sent_report: BriefingReport
    line: ReportLine
    reviews: Reviews
    deciding: Deciding
    comments: Comments
    work: Work


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
    directive = _directive(region, source, evidence)
    round_, sent_report, report = _briefing(region, today)
    reviews = build_reviews(region, today)
    return World(
        round=round_,
        report=report,
        sent_report=sent_report,
        line=report.lines.get(key="", dropped=False),
        reviews=reviews,
        deciding=build_deciding(region, reviews.collective, today),
        comments=build_comments(region, reviews.collective, today),
        work=build_work(region, evidence, today),
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
        conference=(conference := _conference(region, finding)),
        conclusion=conference.conclusions.get(),
        session=build_session(region),
        before=_with_tellers(region, build_before(region)),
        minutes_comment=_minutes(region, conference),
        polls=build_polls(region),
        source=source,
        directive=directive,
        addressee=directive.addressees.get(),
        draft=draft,
        proposal=draft.proposals.first() or Proposal(),
        sheet=_sheet(region, today),
        notice=_notice(region),
        feed=notices.make_feed(
            actor=region.actor("regiment", today=today), organization=body, with_words=True, now=now
        )[0],
        # The key of somebody who may read none of this: whoever has it, reads none of it either.
        calendar_key=notices.make_feed(
            actor=region.actor("member", today=today), organization=None, with_words=True, now=now
        )[1],
    )


def _briefing(region: Region, today: dt.date) -> tuple[BriefingRound, BriefingReport, BriefingReport]:
    """The division's round; the regiment's report of the last quarter, sent, and of this one, a draft."""
    clerk, body, now = region.actor("divisionclerk", today=today), region.bodies["regiment"], region.now
    quarter = quarter_of(today)
    last = quarter_of(days_of(quarter).start - dt.timedelta(days=1))
    sent = briefings.compose_report(actor=clerk, organization=body, quarter=last, now=now).report
    sent = briefings.send_report(actor=clerk, report=sent, now=now)
    round_ = briefings.open_round(
        actor=clerk, organization=region.bodies["division"], quarter=quarter, due_on=today, now=now
    )
    report = briefings.compose_report(actor=clerk, organization=body, quarter=quarter, now=now).report
    text = "CANARY đề nghị cấp thêm kinh phí sửa kho vũ khí"
    briefing_lines.add_line(actor=clerk, report=report, section=Section.REQUESTS, text=text, now=now)
    return round_, sent, report


def _sheet(region: Region, today: dt.date) -> Sheet:
    """A sheet tried for the regiment: one row that could be written, one with a mistake."""
    rows = [row(nhiem_vu="CANARY kiểm tra kho vũ khí của 3 tiểu đoàn"), row(ma="CT-02", thoi_han="CANARY")]
    return sheets.take_sheet(
        actor=region.actor("divisionclerk", today=today),
        organization=region.bodies["regiment"],
        data=workbook(rows),
        filename="CANARY bảng nhiệm vụ.xlsx",
        title="CANARY chương trình năm",
        period=f"{today.year:04d}",
        now=region.now,
    )


def _notice(region: Region) -> Notice:
    """What the regiment's secretary was told of; everybody else's inbox has what concerns them."""
    seal_pending()
    make_notices(now=region.now)
    note_deadlines(now=region.now)
    return Notice.objects.filter(person=region.people["regiment"]).earliest("pk")


def _directive(region: Region, source: Source, evidence: Source) -> Directive:
    """A paper of the regiment to its battalion, studied and then late with the rest."""
    clerk, now = region.actor("divisionclerk"), region.now
    issued_on = timezone.localdate(now) - dt.timedelta(days=20)
    directive = directives.issue_directive(
        actor=clerk,
        issuer=region.bodies["regiment"],
        kind=DirectiveKind.PLAN,
        number="CANARY-KH/ĐU",
        title="CANARY kế hoạch siết chặt nền nếp sinh hoạt chi bộ",
        issued_on=issued_on,
        source=source,
        points=[directives.PointEntry("1", "CANARY mỗi chi bộ lập lịch sinh hoạt quý")],
        acknowledge_by=issued_on,
        elaborate_by=issued_on + dt.timedelta(days=5),
        addressees=[region.bodies["battalion"]],
        now=now,
    )
    directives.record_dissemination(
        actor=clerk,
        addressee=directive.addressees.get(),
        on=issued_on,
        form=DisseminationForm.CONFERENCE,
        expected=30,
        attended=28,
        note="CANARY họp toàn tiểu đoàn",
        evidence=evidence,
        now=now,
    )
    return directive


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
    minutes.add_conclusions(
        actor=clerk,
        conference=conference,
        conclusions=[
            minutes.NewConclusion("CANARY kiểm tra sổ trực ba tiểu đoàn", area=WorkArea.LEADERSHIP, period="")
        ],
        now=region.now,
    )
    conferences.attach_finding(actor=clerk, conference=conference, finding=finding, now=region.now)
    conference.sites.create(name="CANARY Nhà văn hóa", code="CHK347")
    return conference


def _minutes(region: Region, conference: Conference) -> MinutesComment:
    """Minutes out for comment, and a comment by the one who chaired."""
    clerk, today = region.actor("divisionclerk"), timezone.localdate(region.now)
    found = minuting.compose_minutes(actor=clerk, conference=conference, now=region.now)
    minuting.circulate(actor=clerk, minutes=found, until=today + dt.timedelta(days=3), now=region.now)
    chair = region.actor("regiment", today=today)
    return minuting.comment(actor=chair, minutes=found, text="CANARY ghi rõ thời hạn", now=region.now)


def _with_tellers(region: Region, before: Before) -> Before:
    """A poll prepared for the conference ahead, counted by two who may read there anyway."""
    clerk = region.actor("divisionclerk", today=timezone.localdate(region.now))
    yes_or_no = NewQuestion(QuestionKind.YES_NO, "CANARY thông qua", ("Đồng ý", "Không đồng ý"))
    poll = deciding.new_poll(
        actor=clerk, conference=before.conference, title="CANARY biểu quyết", mode=Mode.OPEN,
        questions=[yes_or_no], denominator=Denominator.PRESENT, majority=Majority.HALF, now=region.now,
    )  # fmt: skip
    head, other = region.people["division"], region.people["regiment"]
    ballots.name_tellers(actor=clerk, poll=poll, people=[head, other], head=head, now=region.now)
    return before
