"""Kỳ vọng cho mọi trang khác; written by hand, without looking at the access table."""

from __future__ import annotations

from typing import Any

from tests.web.kinds_of_actor import (
    ADMINS,
    ALL_RECORDERS,
    ANYONE,
    CONTENT,
    JUDGES,
    READERS,
    RECORDERS,
    SIGNED_IN,
    VERIFIERS,
    Expect,
)
from tests.web.world import World


def table() -> dict[str, Expect]:
    """Kỳ vọng viết tay."""

    def regiment(world: World) -> list[Any]:
        return [world.body.pk]

    def finding(world: World) -> list[Any]:
        return [world.finding.pk]

    def directive(world: World) -> list[Any]:
        return [world.directive.pk]

    def task(world: World) -> list[Any]:
        return [world.work.task.pk]

    def draft(world: World) -> list[Any]:
        return [world.draft.pk]

    def conference(world: World) -> list[Any]:
        return [world.conference.pk]

    return {
        "account_login": Expect(ANYONE, ANYONE),
        "account_inactive": Expect(ANYONE),
        # Signing out leads to the sign-in page, which this test reads as "not let in".
        "account_logout": Expect(SIGNED_IN),
        # Without a half-finished sign-in it leads back: to the sign-in page, or to where one was.
        "mfa_authenticate": Expect(SIGNED_IN, SIGNED_IN),
        "account_reauthenticate": Expect(SIGNED_IN, SIGNED_IN),
        "mfa_reauthenticate": Expect(SIGNED_IN, SIGNED_IN),
        "account_change_password": Expect(SIGNED_IN, SIGNED_IN),
        "mfa_index": Expect(SIGNED_IN),
        "mfa_activate_totp": Expect(SIGNED_IN, SIGNED_IN),
        # Nobody here has a second factor to take off or codes to see.
        "mfa_deactivate_totp": Expect(),
        "mfa_view_recovery_codes": Expect(),
        "mfa_generate_recovery_codes": Expect(SIGNED_IN, SIGNED_IN),
        "usersessions_list": Expect(SIGNED_IN, SIGNED_IN),
        "set_language": Expect(post=ANYONE),
        "health": Expect(ANYONE),
        "account": Expect(SIGNED_IN),
        "delegation_list": Expect(SIGNED_IN),
        "delegation_new": Expect(SIGNED_IN, SIGNED_IN),
        "delegation_ending": Expect(post=frozenset({"regiment"}), args=lambda world: [world.delegation.pk]),
        # notices and calendars are one's own; whoever has a calendar's key needs nothing else
        "notice_list": Expect(SIGNED_IN),
        "notice_count": Expect(SIGNED_IN),
        "notices_reading": Expect(post=SIGNED_IN),
        "notice_open": Expect(frozenset({"regiment"}), args=lambda world: [world.notice.pk]),
        "notice_reading": Expect(post=frozenset({"regiment"}), args=lambda world: [world.notice.pk]),
        "notice_settings": Expect(SIGNED_IN, SIGNED_IN),
        "feed_new": Expect(post=SIGNED_IN),
        "feed_withdrawal": Expect(post=frozenset({"regiment"}), args=lambda world: [world.feed.pk]),
        "calendar_feed": Expect(ANYONE, args=lambda world: [world.calendar_key]),
        "my_work": Expect(SIGNED_IN),
        "my_record": Expect(SIGNED_IN),
        # boards: whoever reads somewhere has one; the regiment's is for its readers
        "board": Expect(CONTENT),
        "board_of": Expect(READERS, args=regiment),
        "board_waiting": Expect(READERS, args=regiment),
        # the register: readers of the regiment, and the one who answers for it
        "finding_list": Expect(CONTENT),
        "findings_docx": Expect(CONTENT),
        "findings_xlsx": Expect(CONTENT),
        "finding_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "finding_detail": Expect(READERS, args=finding),
        "finding_history": Expect(READERS, args=finding),
        "finding_edit": Expect(RECORDERS, RECORDERS, finding),
        "finding_answer": Expect(frozenset({"regiment"}), frozenset({"regiment"}), finding),
        "finding_cause": Expect(RECORDERS, RECORDERS, finding),
        "finding_responsibility": Expect(RECORDERS, RECORDERS, finding),
        "finding_evidence": Expect(READERS, args=lambda world: [world.finding.pk, world.evidence.pk]),
        "finding_verification": Expect(VERIFIERS, VERIFIERS, lambda world: [world.reported.pk]),
        "finding_reopening": Expect(VERIFIERS, VERIFIERS, lambda world: [world.mended.pk]),
        "remedy_new": Expect(RECORDERS, RECORDERS, finding),
        "remedy_progress": Expect(RECORDERS, RECORDERS, lambda world: [world.remedy.pk]),
        "remedy_report_done": Expect(
            post=RECORDERS, args=lambda world: [world.remedy.pk], data={"note": "Đã ban hành lịch"}
        ),
        # Who answers for a remedy gives himself neither time nor a successor.
        "remedy_change": Expect(
            RECORDERS - {"regiment"}, RECORDERS - {"regiment"}, lambda world: [world.remedy.pk]
        ),
        "remedy_programme": Expect(RECORDERS, RECORDERS, lambda world: [world.remedy.pk]),
        # Not by the one who answers for the finding, no more than its verification.
        "recurrence_decision": Expect(
            post=VERIFIERS, args=lambda world: [world.link.pk], data={"decision": "confirm"}
        ),
        "minutes_docx": Expect(READERS, args=conference),
        # a paper of the regiment to its battalion: readers see it, recorders act for either
        "directive_list": Expect(SIGNED_IN),
        "directive_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "directive_detail": Expect(READERS, args=directive),
        "acknowledgements_xlsx": Expect(READERS, args=directive),
        "directive_branch": Expect(
            READERS, args=lambda world: [world.directive.pk, world.region.bodies["battalion"].pk]
        ),
        "directive_history": Expect(READERS, args=directive),
        "directive_file": Expect(READERS, args=directive),
        "directive_edit": Expect(RECORDERS, RECORDERS, directive),
        "directive_points": Expect(RECORDERS, RECORDERS, directive),
        "directive_addressees": Expect(RECORDERS, RECORDERS, directive),
        "directive_ending": Expect(RECORDERS, RECORDERS, directive),
        "directive_reminder": Expect(post=RECORDERS, args=directive),
        "addressee_detail": Expect(READERS, args=lambda world: [world.addressee.pk]),
        "addressee_acknowledgement": Expect(post=RECORDERS, args=lambda world: [world.addressee.pk]),
        "addressee_dissemination": Expect(RECORDERS, RECORDERS, lambda world: [world.addressee.pk]),
        "addressee_elaboration": Expect(RECORDERS, RECORDERS, lambda world: [world.addressee.pk]),
        "addressee_evidence": Expect(READERS, args=lambda world: [world.addressee.pk, world.evidence.pk]),
        # the quarterly briefing of the regiment; only the level above returns its report and reminds
        "briefing_list": Expect(CONTENT),
        "briefing_round_new": Expect(
            RECORDERS, RECORDERS, lambda world: [world.body.pk, world.report.quarter]
        ),
        "briefing_composing": Expect(
            post=RECORDERS, args=lambda world: [world.body.pk, world.report.quarter]
        ),
        "briefing_reminder": Expect(post=RECORDERS - {"regiment"}, args=lambda world: [world.round.pk]),
        "briefing_detail": Expect(READERS, args=lambda world: [world.report.pk]),
        "briefing_docx": Expect(READERS, args=lambda world: [world.report.pk]),
        "briefing_recomposing": Expect(post=RECORDERS, args=lambda world: [world.report.pk]),
        "briefing_sending": Expect(post=RECORDERS, args=lambda world: [world.report.pk]),
        "briefing_return": Expect(
            RECORDERS - {"regiment"}, RECORDERS - {"regiment"}, lambda world: [world.sent_report.pk]
        ),
        "briefing_paper": Expect(RECORDERS, RECORDERS, lambda world: [world.sent_report.pk]),
        "briefing_line_new": Expect(RECORDERS, RECORDERS, lambda world: [world.report.pk]),
        "briefing_line": Expect(READERS, args=lambda world: [world.line.pk]),
        "briefing_line_edit": Expect(RECORDERS, RECORDERS, lambda world: [world.line.pk]),
        "briefing_line_deed": Expect(
            post=RECORDERS, args=lambda world: [world.line.pk], data={"deed": "drop"}
        ),
        # work of the regiment: given by it, so that its secretary changes it, but never judges his own
        "task_list": Expect(SIGNED_IN),
        "tasks_xlsx": Expect(SIGNED_IN),
        "task_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "task_choices": Expect(ALL_RECORDERS, args=lambda _world: ["chuc-vu"]),
        # Without a task chosen it says so.
        "task_bulk": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "bulk_undo": Expect(post=frozenset({"divisionclerk"}), args=lambda world: [world.work.bulk.pk]),
        "task_detail": Expect(READERS, args=task),
        "task_history": Expect(READERS, args=task),
        "task_evidence": Expect(READERS, args=lambda world: [world.work.task.pk, world.evidence.pk]),
        "task_edit": Expect(RECORDERS, RECORDERS, task),
        "task_progress": Expect(RECORDERS, RECORDERS, task),
        "task_done": Expect(RECORDERS, RECORDERS, task),
        "task_handing": Expect(RECORDERS, RECORDERS, task),
        "task_due": Expect(RECORDERS, RECORDERS, task),
        "task_cancel": Expect(RECORDERS, RECORDERS, task),
        "task_assessment": Expect(JUDGES, JUDGES, lambda world: [world.work.reported.pk]),
        "task_request_answer": Expect(JUDGES, JUDGES, lambda world: [world.work.request.pk]),
        "programme_list": Expect(SIGNED_IN),
        "programme_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "programme_detail": Expect(READERS, args=lambda world: [world.work.programme.pk]),
        "programme_xlsx": Expect(READERS, args=lambda world: [world.work.programme.pk]),
        "handover_list": Expect(SIGNED_IN),
        "handover_new": Expect(
            post=RECORDERS, args=lambda world: [world.work.left_post.pk, world.work.left_by.pk]
        ),
        "handover_detail": Expect(READERS, args=lambda world: [world.work.handover.pk]),
        "handover_signing": Expect(post=RECORDERS, args=lambda world: [world.work.handover.pk]),
        # texts, drafts, conferences
        "draft_list": Expect(ALL_RECORDERS),
        "draft_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "draft_choices": Expect(ALL_RECORDERS, args=lambda _world: ["to-chuc"]),
        "draft_detail": Expect(RECORDERS, args=draft),
        "proposal_edit": Expect(
            post=RECORDERS, args=lambda world: [world.draft.pk, world.proposal.pk], data={"decision": "drop"}
        ),
        "draft_accept_rest": Expect(post=RECORDERS, args=draft, data={"kind": "finding"}),
        "draft_confirmation": Expect(post=RECORDERS, args=draft),
        "draft_discarding": Expect(post=RECORDERS, args=draft, data={"reason": "nhầm"}),
        "draft_reading": Expect(post=RECORDERS, args=draft),
        # sheets of tasks, of the regiment
        "sheet_list": Expect(ALL_RECORDERS),
        "sheet_template": Expect(ALL_RECORDERS),
        "sheet_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "sheet_detail": Expect(RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_errors": Expect(RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_confirmation": Expect(post=RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_writing": Expect(post=RECORDERS, args=lambda world: [world.sheet.pk]),
        "sheet_discarding": Expect(post=RECORDERS, args=lambda world: [world.sheet.pk]),
        "source_text": Expect(READERS, args=lambda world: [world.source.pk]),
        "source_file": Expect(READERS, args=lambda world: [world.source.pk]),
        # polls: who reads the body, and its tellers; who conducts them records or leads there
        "poll_list": Expect(SIGNED_IN),
        "poll_explained": Expect(SIGNED_IN),
        "organization_home": Expect(SIGNED_IN),
        # The chain above one's own body is known to a member by name; its content is not.
        "organization_detail": Expect(READERS | {"member"}, args=regiment),
        "organization_branch": Expect(READERS | {"member"}, args=regiment),
        "organization_new": Expect(RECORDERS, RECORDERS, regiment),
        "organization_reorganize": Expect(RECORDERS, RECORDERS, lambda world: [world.body.pk, "doi-ten"]),
        "post_new": Expect(RECORDERS, RECORDERS, regiment),
        "appointment_new": Expect(RECORDERS, RECORDERS, lambda world: [world.post.pk]),
        "membership_end": Expect(RECORDERS, RECORDERS, lambda world: [world.holding.pk]),
        "person_list": Expect(SIGNED_IN - {"admin", "former"}),
        # Who leads the bodies above one's own is no secret.
        "person_detail": Expect(READERS | {"member"}, args=lambda world: [world.holding.person_id]),
        "rank_new": Expect(RECORDERS, RECORDERS, lambda world: [world.holding.person_id]),
        "account_list": Expect(ADMINS),
        "account_new": Expect(ADMINS, ADMINS),
        "account_lock": Expect(post=ADMINS, args=lambda world: [world.account.pk], data={"active": "0"}),
        "account_password": Expect(ADMINS, ADMINS, lambda world: [world.account.pk]),
        "account_second_factor": Expect(post=ADMINS, args=lambda world: [world.account.pk]),
        "duty_list": Expect(ADMINS),
        "duty_new": Expect(ADMINS, ADMINS),
        "duty_removal": Expect(post=ADMINS, args=lambda world: [world.duty.pk]),
    }
