"""Việc gì thì báo cho ai: the table that turns an event of the history into notices. Data first, then its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from soi.briefings.models import BriefingRound
from soi.conferences.enums import AttendanceRole, Presence, Reply
from soi.conferences.models import Conference
from soi.findings.enums import RemedyState
from soi.findings.models import Finding, Remedy
from soi.notices.enums import NoticeKind as Kind
from soi.notices.enums import RecordKind
from soi.notices.people import Target
from soi.org.queries import subordinates
from soi.reviews.enums import Verdict
from soi.reviews.list_queries import IS_LEFT

Facts = Mapping[str, Any]
Who = Callable[[Any, Facts], Target]
# Beside its facts a rule is told the day of the event.
DAY = "_day"


# --- who: of a record and the facts of the event -------------------------------------------------------


def holder(record: Any, _facts: Facts) -> Target:
    """Người giữ chức vụ chịu trách nhiệm chính về nhiệm vụ, biện pháp."""
    return Target(posts=frozenset({record.accountable_post_id}))


def old_holder(_record: Any, facts: Facts) -> Target:
    """Người giữ chức vụ đã chịu trách nhiệm trước đó."""
    return Target(posts=frozenset(_ids([facts.get("old_post")])))


def giver(task: Any, _facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của cấp giao: who may assess, and answers a request."""
    return Target(bodies=frozenset({task.assigned_by_id}))


def helpers(task: Any, _facts: Facts) -> Target:
    """Các đơn vị phối hợp, by the post named or else by their head and clerks."""
    rows = list(task.contributors.all())
    return Target(
        posts=frozenset(row.post_id for row in rows if row.post_id),
        bodies=frozenset(row.organization_id for row in rows if not row.post_id),
    )


def reporter(task: Any, facts: Facts) -> Target:
    """Người đã nêu đề nghị, and who answers for the task."""
    asked = {
        report.reported_by_id for report in task.reports.all() if report.request and report.reported_by_id
    }
    return Target(people=frozenset(asked)) | holder(task, facts)


def signers(handover: Any, _facts: Facts) -> Target:
    """Người giao và người nhận."""
    return Target(people=frozenset({handover.outgoing_id, handover.incoming_id} - {None}))


def addressed(addressee: Any, _facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của nơi nhận."""
    return Target(bodies=frozenset({addressee.organization_id}))


def addressees(directive: Any, _facts: Facts) -> Target:
    """Mọi nơi nhận của văn bản."""
    return Target(bodies=frozenset(row.organization_id for row in directive.addressees.all()))


def added_addressees(directive: Any, facts: Facts) -> Target:
    """Nơi nhận được thêm trong ngày của sự kiện."""
    added = [row for row in directive.addressees.all() if row.added_on == facts[DAY]]
    return Target(bodies=frozenset(row.organization_id for row in added))


def remedy_holders(finding: Finding, _facts: Facts) -> Target:
    """Người chịu trách nhiệm các biện pháp của nội dung."""
    return Target(posts=frozenset(remedy.accountable_post_id for remedy in finding.remedies.all()))


def active_holders(finding: Finding, _facts: Facts) -> Target:
    """Như trên, only of what is to be done again."""
    active = [remedy for remedy in finding.remedies.all() if remedy.state == RemedyState.ACTIVE]
    return Target(posts=frozenset(remedy.accountable_post_id for remedy in active))


def keepers(finding: Finding, _facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của tổ chức được nêu."""
    return Target(bodies=frozenset({finding.organization_id}))


def named(finding: Finding, facts: Facts) -> Target:
    """Người được nêu trách nhiệm: all of them, or the one that the event adds."""
    people = {row.person_id for row in finding.responsibilities.all() if row.person_id}
    return Target(people=frozenset(people & _ids([facts["person"]]) if facts.get("person") else people))


def units_below(round_: BriefingRound, facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của các đơn vị trực thuộc, which the round asks for a report."""
    units = subordinates(round_.organization, on=facts[DAY]).order_by()
    return Target(bodies=frozenset(units.values_list("pk", flat=True)))


def reminded(_round: BriefingRound, facts: Facts) -> Target:
    """Đơn vị được nhắc: the one that the event names."""
    return Target(bodies=frozenset(_ids([facts.get("organization")])))


def superior(_report: Any, facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của cấp trên mà báo cáo gửi tới."""
    return Target(bodies=frozenset(_ids([facts.get("superior")])))


def writers(report: Any, _facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của đơn vị viết báo cáo."""
    return Target(bodies=frozenset({report.organization_id}))


def listed(cycle: Any, _facts: Facts) -> Target:
    """Các tập thể và cá nhân còn phải kiểm điểm trong đợt."""
    rows = list(cycle.reviews.filter(IS_LEFT).order_by().values_list("person_id", "organization_id"))
    return Target(
        bodies=frozenset(body for person, body in rows if person is None),
        people=frozenset(person for person, _body in rows if person is not None),
    )


def chased(_cycle: Any, facts: Facts) -> Target:
    """Nơi, người được nhắc, which the event names."""
    return Target(bodies=frozenset(_ids(facts.get("bodies"))), people=frozenset(_ids(facts.get("people"))))


def authors(review: Any, _facts: Facts) -> Target:
    """Nơi lập bản kiểm điểm: the head and the office of the body, or the person."""
    if review.person_id:
        return Target(people=frozenset({review.person_id}))
    return Target(bodies=frozenset({review.organization_id}))


def judges(_review: Any, facts: Facts) -> Target:
    """Người đứng đầu và văn phòng của cấp trên trực tiếp, which prompted or decides."""
    return Target(bodies=frozenset(_ids([facts.get("issuer") or facts.get("above")])))


def commenters(round_: Any, _facts: Facts) -> Target:
    """Nơi, người được đề nghị góp ý, who answer here and not on paper."""
    rows = list(round_.asked.filter(on_paper=False).values_list("organization_id", "person_id"))
    return Target(
        bodies=frozenset(body for body, _person in rows if body),
        people=frozenset(person for _body, person in rows if person),
    )


def commenter(round_: Any, facts: Facts) -> Target:
    """Nơi đã góp ý, by name: without names nobody is told apart from the others."""
    row = round_.asked.filter(pk__in=_ids([facts.get("asked")])).first()
    if row is None:
        return Target()
    return Target(
        bodies=frozenset({row.organization_id} - {None}), people=frozenset({row.person_id} - {None})
    )


def invited_now(_conference: Conference, facts: Facts) -> Target:
    """Những người sự kiện nêu: invited, or reminded to reply."""
    return Target(people=frozenset(_ids(facts.get("people"))))


def invited(conference: Conference, _facts: Facts) -> Target:
    """Mọi người đã được gửi giấy mời mà không xin vắng."""
    sent = conference.attendances.filter(invitation__sent_at__isnull=False)
    coming = sent.exclude(invitation__reply__in=(Reply.ABSENT, Reply.REPLACED))
    return Target(people=frozenset(coming.order_by().values_list("person_id", flat=True)))


def attended(conference: Conference, _facts: Facts) -> Target:
    """Những người đã dự."""
    there = conference.attendances.exclude(presence__in=(Presence.ABSENT, Presence.INVITED))
    return Target(people=frozenset(there.order_by().values_list("person_id", flat=True)))


def substitute(_conference: Conference, facts: Facts) -> Target:
    """Người được cử dự thay."""
    return Target(people=frozenset(_ids([facts.get("replacement")])))


def verifiers(_record: Remedy, _facts: Facts) -> Target:
    """Người xác nhận được: worked out from rights, not from posts alone (``people.verifiers_of``)."""
    return Target()


def _ids(rows: Any) -> set[int]:
    """Numbers of the records that an event names."""
    return {row["id"] for row in rows or () if isinstance(row, dict) and "id" in row}


# --- the table -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """Một quy tắc: this event tells these people so. ``only`` asks the facts whether it applies at all."""

    action: str
    record: RecordKind
    kind: Kind
    to: Who
    only: Callable[[Facts], bool] = lambda _facts: True


def _was_sent(facts: Facts) -> bool:
    return bool(facts.get("sent"))


def _again(facts: Facts) -> bool:
    return facts.get("verdict") == Verdict.AGAIN


def _asks(facts: Facts) -> bool:
    return bool(facts.get("request"))


def _is_news(facts: Facts) -> bool:
    """What is entered from an old paper is no news to anybody."""
    return not facts.get("historic")


def secretaries(conference: Conference, _facts: Facts) -> Target:
    """Thư ký hội nghị; where none is named, the chair."""
    for role in (AttendanceRole.SECRETARY, AttendanceRole.CHAIR):
        named = conference.attendances.filter(roles__role=role).order_by()
        if people := frozenset(named.values_list("person_id", flat=True)):
            return Target(people=people)
    return Target()


def _is_frozen(facts: Facts) -> bool:
    return bool(facts.get("sha256"))


def _names_a_substitute(facts: Facts) -> bool:
    return bool(facts.get("replacement"))


# What makes somebody come to the wrong place or at the wrong time.
_WHEN_AND_WHERE = {"date_start", "date_end", "starts_at", "place"}


def _moves(facts: Facts) -> bool:
    return bool(_WHEN_AND_WHERE & set(facts.get("changed") or {}))


TASK, FINDING = RecordKind.TASK, RecordKind.FINDING
RULES: tuple[Rule, ...] = (
    # work: of two rules for one person and event the first speaks
    Rule("work.assign", TASK, Kind.TASK_ASSIGNED, holder, _is_news),
    Rule("work.assign", TASK, Kind.TASK_HELP, helpers, _is_news),
    Rule("work.edit", TASK, Kind.TASK_EDITED, holder),
    Rule("work.hand_over", TASK, Kind.TASK_HANDED_OVER, holder),
    Rule("work.hand_over", TASK, Kind.TASK_TAKEN_AWAY, old_holder),
    Rule("work.change_due", TASK, Kind.TASK_DUE_CHANGED, holder),
    Rule("work.cancel", TASK, Kind.TASK_CANCELLED, holder),
    Rule("work.cancel", TASK, Kind.TASK_CANCELLED, helpers),
    Rule("work.remind", TASK, Kind.TASK_REMINDED, holder),
    Rule("work.report", TASK, Kind.TASK_REQUEST, giver, _asks),
    Rule("work.answer_request", TASK, Kind.TASK_ANSWERED, reporter),
    Rule("work.report_done", TASK, Kind.TASK_REPORTED, giver, _is_news),
    Rule("work.return", TASK, Kind.TASK_RETURNED, holder),
    Rule("work.assess", TASK, Kind.TASK_ASSESSED, holder, _is_news),
    Rule("work.handover_prepared", RecordKind.HANDOVER, Kind.HANDOVER_TO_SIGN, signers),
    Rule("work.handover_signed", RecordKind.HANDOVER, Kind.HANDOVER_SIGNED, signers),
    # directives
    Rule("directives.issue", RecordKind.DIRECTIVE, Kind.DIRECTIVE_ISSUED, addressees, _is_news),
    Rule("directives.add_addressees", RecordKind.DIRECTIVE, Kind.DIRECTIVE_ISSUED, added_addressees),
    Rule("directives.end", RecordKind.DIRECTIVE, Kind.DIRECTIVE_ENDED, addressees),
    Rule("directives.remind", RecordKind.ADDRESSEE, Kind.DIRECTIVE_REMINDED, addressed),
    # findings
    Rule("findings.record_finding", FINDING, Kind.FINDING_NAMES_ME, named),
    Rule("findings.add_responsibility", FINDING, Kind.FINDING_NAMES_ME, named),
    Rule("findings.answer", FINDING, Kind.FINDING_ANSWERED, keepers),
    Rule("findings.add_remedy", RecordKind.REMEDY, Kind.REMEDY_ASSIGNED, holder, _is_news),
    Rule("findings.change_remedy", RecordKind.REMEDY, Kind.REMEDY_CHANGED, holder),
    Rule("findings.change_remedy", RecordKind.REMEDY, Kind.REMEDY_CHANGED, old_holder),
    Rule("findings.report_done", RecordKind.REMEDY, Kind.FINDING_TO_VERIFY, verifiers),
    Rule("findings.return_for_more", FINDING, Kind.FINDING_RETURNED, active_holders),
    Rule("findings.verify_mended", FINDING, Kind.FINDING_MENDED, remedy_holders),
    Rule("findings.reopen", FINDING, Kind.FINDING_REOPENED, active_holders),
    # conferences
    Rule("conferences.send_invitations", RecordKind.CONFERENCE, Kind.CONFERENCE_INVITED, invited_now),
    Rule(
        "conferences.answer_invitation",
        RecordKind.CONFERENCE,
        Kind.CONFERENCE_INVITED,
        substitute,
        _names_a_substitute,
    ),
    Rule("conferences.remind_invited", RecordKind.CONFERENCE, Kind.CONFERENCE_REMINDED, invited_now),
    Rule("conferences.edit", RecordKind.CONFERENCE, Kind.CONFERENCE_MOVED, invited, _moves),
    Rule("conferences.circulate_minutes", RecordKind.CONFERENCE, Kind.MINUTES_CIRCULATED, attended),
    Rule("conferences.sign_minutes", RecordKind.CONFERENCE, Kind.MINUTES_SIGNED, attended, _is_frozen),
    Rule("conferences.contest_attendance", RecordKind.CONFERENCE, Kind.ATTENDANCE_CONTESTED, secretaries),
    # reviews
    Rule("reviews.open_cycle", RecordKind.REVIEW_CYCLE, Kind.REVIEW_OPENED, listed),
    Rule("reviews.supplement", RecordKind.REVIEW_CYCLE, Kind.REVIEW_OPENED, chased),
    Rule("reviews.move_step", RecordKind.REVIEW_CYCLE, Kind.REVIEW_STEPS_MOVED, listed),
    Rule("reviews.remind", RecordKind.REVIEW_CYCLE, Kind.REVIEW_REMINDED, chased),
    Rule("reviews.send_prompts", RecordKind.REVIEW, Kind.REVIEW_PROMPTED, authors),
    Rule("reviews.withdraw_prompt", RecordKind.REVIEW, Kind.REVIEW_PROMPT_WITHDRAWN, authors, _was_sent),
    Rule("reviews.explain", RecordKind.REVIEW, Kind.REVIEW_EXPLAINED, judges),
    Rule("reviews.judge", RecordKind.REVIEW, Kind.REVIEW_EXPLAIN_AGAIN, authors, _again),
    Rule("reviews.finalize", RecordKind.REVIEW, Kind.REVIEW_FINALIZED, judges),
    Rule("reviews.return", RecordKind.REVIEW, Kind.REVIEW_RETURNED, authors),
    Rule("reviews.approve", RecordKind.REVIEW, Kind.REVIEW_APPROVED, authors),
    Rule("reviews.correct", RecordKind.REVIEW, Kind.REVIEW_CORRECTED, judges),
    Rule("reviews.ask_comments", RecordKind.COMMENTS, Kind.COMMENTS_ASKED, commenters),
    Rule("reviews.extend_comments", RecordKind.COMMENTS, Kind.COMMENTS_EXTENDED, commenters),
    Rule("reviews.answer_comment", RecordKind.COMMENTS, Kind.COMMENT_ANSWERED, commenter),
    # briefings
    Rule("briefings.open_round", RecordKind.ROUND, Kind.BRIEFING_OPENED, units_below),
    Rule("briefings.move_due", RecordKind.ROUND, Kind.BRIEFING_DUE_CHANGED, units_below),
    Rule("briefings.remind", RecordKind.ROUND, Kind.BRIEFING_REMINDED, reminded),
    Rule("briefings.send", RecordKind.BRIEFING, Kind.BRIEFING_SENT, superior),
    Rule("briefings.return", RecordKind.BRIEFING, Kind.BRIEFING_RETURNED, writers),
)
BY_ACTION: dict[str, tuple[Rule, ...]] = {
    action: tuple(rule for rule in RULES if rule.action == action)
    for action in dict.fromkeys(rule.action for rule in RULES)
}
