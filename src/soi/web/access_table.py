"""Bảng quyền truy cập: one row for every URL. A view without a row does not answer.

The row says who may knock at all; which records a person finds behind the door is decided by the
``visible_to`` of each room. ``tests/web/test_access_table.py`` walks every URL with every kind of actor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from soi.base.actor import Actor, Capability


class Door(Enum):
    """Cửa: open to anybody, or only to people signed in."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng: methods, who may knock, and with which of these capabilities (any one is enough)."""

    methods: frozenset[str]
    door: Door = Door.SIGNED_IN
    any_of: frozenset[Capability] = frozenset()

    def admits(self, actor: Actor | None) -> bool:
        """Whether this actor may knock."""
        if self.door is Door.ANYONE:
            return True
        if actor is None:
            return False
        return not self.any_of or any(actor.may(capability) for capability in self.any_of)


def reads(*capabilities: Capability, door: Door = Door.SIGNED_IN) -> Row:
    """A page that only shows."""
    return Row(frozenset({"GET", "HEAD"}), door, frozenset(capabilities))


def writes(*capabilities: Capability, door: Door = Door.SIGNED_IN) -> Row:
    """A deed without a page of its own."""
    return Row(frozenset({"POST"}), door, frozenset(capabilities))


def both(*capabilities: Capability, door: Door = Door.SIGNED_IN) -> Row:
    """A form: shown on GET, sent on POST."""
    return Row(frozenset({"GET", "HEAD", "POST"}), door, frozenset(capabilities))


_CONTENT = (Capability.READ, Capability.RECORD, Capability.VERIFY)

ACCESS: Mapping[str, Row] = {
    # sign-in and one's own account
    "account_login": both(door=Door.ANYONE),
    "account_inactive": reads(door=Door.ANYONE),
    "account_logout": both(door=Door.ANYONE),
    "account_reauthenticate": both(),
    "account_change_password": both(),
    "mfa_authenticate": both(door=Door.ANYONE),
    "mfa_reauthenticate": both(),
    "mfa_index": reads(),
    "mfa_activate_totp": both(),
    "mfa_deactivate_totp": both(),
    "mfa_view_recovery_codes": reads(),
    "mfa_generate_recovery_codes": both(),
    "usersessions_list": both(),
    "set_language": writes(door=Door.ANYONE),
    "health": reads(door=Door.ANYONE),
    "account": reads(),
    "delegation_list": reads(),
    "delegation_new": both(),
    "delegation_ending": writes(),
    # what is due from me
    "my_work": reads(),
    # the figures of a body and what stands below it
    "board": reads(Capability.READ),
    "board_of": reads(Capability.READ),
    "board_waiting": reads(Capability.READ),
    # notices are one's own; a calendar is opened by whoever has its key, and shows what its owner may see
    "notice_list": reads(),
    "notice_open": reads(),
    "notice_reading": writes(),
    "notices_reading": writes(),
    "notice_count": reads(),
    "notice_settings": both(),
    "feed_new": writes(),
    "feed_withdrawal": writes(),
    "calendar_feed": reads(door=Door.ANYONE),
    # bodies and people
    "organization_home": reads(),
    "organization_branch": reads(),
    "organization_detail": reads(),
    "organization_new": both(Capability.MANAGE_ORGANIZATION),
    "organization_reorganize": both(Capability.MANAGE_ORGANIZATION),
    "post_new": both(Capability.MANAGE_ORGANIZATION),
    "appointment_new": both(Capability.MANAGE_ORGANIZATION),
    "membership_end": both(Capability.MANAGE_ORGANIZATION),
    "person_list": reads(*_CONTENT, Capability.MANAGE_ORGANIZATION),
    "person_detail": reads(),
    "rank_new": both(Capability.MANAGE_ORGANIZATION),
    # accounts and duties
    "account_list": reads(Capability.MANAGE_ACCOUNTS),
    "account_new": both(Capability.MANAGE_ACCOUNTS),
    "account_lock": writes(Capability.MANAGE_ACCOUNTS),
    "account_password": both(Capability.MANAGE_ACCOUNTS),
    "account_second_factor": writes(Capability.MANAGE_ACCOUNTS),
    "duty_list": reads(Capability.MANAGE_ACCOUNTS),
    "duty_new": both(Capability.MANAGE_ACCOUNTS),
    "duty_removal": writes(Capability.MANAGE_ACCOUNTS),
    # the register: whoever is named in a finding or holds a remedy's post may knock without any reading right
    "my_record": reads(),
    "finding_list": reads(*_CONTENT),
    "findings_docx": reads(Capability.READ),
    "findings_xlsx": reads(Capability.READ),
    "finding_new": both(Capability.RECORD),
    "finding_detail": reads(),
    "finding_history": reads(),
    "finding_edit": both(Capability.RECORD),
    "finding_answer": both(),
    "finding_cause": both(Capability.RECORD),
    "finding_responsibility": both(Capability.RECORD),
    "finding_evidence": reads(),
    "finding_verification": both(Capability.VERIFY),
    "finding_reopening": both(Capability.VERIFY),
    "remedy_new": both(Capability.RECORD),
    "remedy_progress": both(),
    "remedy_report_done": writes(),
    "remedy_change": both(Capability.RECORD),
    "remedy_programme": both(Capability.RECORD),
    "recurrence_decision": writes(Capability.VERIFY),
    "minutes_docx": reads(),
    # work: whoever holds the post of a task, helps with it or has judged it may knock without a reading right
    "task_list": reads(),
    "tasks_xlsx": reads(),
    "task_new": both(Capability.RECORD),
    "task_choices": reads(Capability.RECORD),
    "task_bulk": both(Capability.RECORD),
    "bulk_undo": writes(Capability.RECORD),
    "task_detail": reads(),
    "task_history": reads(),
    "task_evidence": reads(),
    "task_edit": both(Capability.RECORD),
    "task_progress": both(),
    "task_done": both(),
    "task_assessment": both(Capability.DIRECT, Capability.RECORD, Capability.VERIFY),
    "task_request_answer": both(Capability.DIRECT, Capability.RECORD, Capability.VERIFY),
    "task_handing": both(Capability.RECORD),
    "task_due": both(Capability.RECORD),
    "task_cancel": both(Capability.RECORD),
    "programme_list": reads(),
    "programme_new": both(Capability.RECORD),
    "programme_detail": reads(),
    "programme_xlsx": reads(),
    "handover_list": reads(),
    "handover_new": writes(),
    "handover_detail": reads(),
    "handover_signing": writes(),
    # directives: the head of an addressed body may knock without any reading right
    "directive_list": reads(),
    "directive_detail": reads(),
    "acknowledgements_xlsx": reads(),
    "directive_branch": reads(),
    "directive_history": reads(),
    "directive_file": reads(),
    "directive_new": both(Capability.RECORD),
    "directive_edit": both(Capability.RECORD),
    "directive_points": both(Capability.RECORD),
    "directive_addressees": both(Capability.RECORD),
    "directive_ending": both(Capability.RECORD),
    "directive_reminder": writes(Capability.RECORD),
    "addressee_detail": reads(),
    "addressee_acknowledgement": writes(),
    "addressee_dissemination": both(),
    "addressee_elaboration": both(),
    "addressee_evidence": reads(),
    # the quarterly briefing: who reads the body reads its report; the level above returns it
    "briefing_list": reads(*_CONTENT),
    "briefing_round_new": both(Capability.RECORD, Capability.DIRECT),
    "briefing_composing": writes(Capability.RECORD),
    "briefing_reminder": writes(Capability.RECORD, Capability.DIRECT),
    "briefing_detail": reads(Capability.READ),
    "briefing_docx": reads(Capability.READ),
    "briefing_recomposing": writes(Capability.RECORD),
    "briefing_sending": writes(Capability.RECORD, Capability.DIRECT),
    "briefing_return": both(Capability.RECORD, Capability.DIRECT),
    "briefing_paper": both(Capability.RECORD),
    "briefing_line_new": both(Capability.RECORD),
    "briefing_line": reads(Capability.READ),
    "briefing_line_edit": both(Capability.RECORD),
    "briefing_line_deed": writes(Capability.RECORD),
    # comments and one's own review: who is asked, and whose review it is, the record itself says
    "my_reviews": reads(),
    "comment_round_new": both(Capability.RECORD, Capability.DIRECT),
    "comment_asked": both(),
    "comment_round": reads(),
    "comment_round_closing": writes(Capability.RECORD, Capability.DIRECT),
    "comment_round_extending": both(Capability.RECORD, Capability.DIRECT),
    "comment_paper": both(Capability.RECORD, Capability.DIRECT),
    "comment_answer": both(),
    "unsigned_answer": both(),
    # the text of a review: whoever may read the review; who may write is asked of the review itself
    "review_detail": reads(),
    "review_composing": writes(),
    "review_writing": reads(),
    "review_paragraph_new": writes(),
    "review_docx": reads(),
    "review_compare": reads(),
    "review_copies": reads(),
    "review_paragraph": both(),
    "review_paragraph_deed": writes(),
    "review_figure": reads(),
    "review_wordings": reads(),
    # prompts and decisions: the level above; explanations, carried rows, finalizing: the author, a person alone
    "review_prompts": both(Capability.RECORD, Capability.DIRECT),
    "review_prompts_sending": writes(Capability.RECORD, Capability.DIRECT),
    "review_prompt_edit": both(Capability.RECORD, Capability.DIRECT),
    "review_prompt_withdrawal": both(Capability.RECORD, Capability.DIRECT),
    "review_explanation": both(),
    "review_judgement": both(Capability.RECORD, Capability.DIRECT),
    "review_carried": both(),
    "review_measure_new": both(Capability.RECORD, Capability.DIRECT),
    "review_measure_edit": both(Capability.RECORD, Capability.DIRECT),
    "review_measure_drop": writes(Capability.RECORD, Capability.DIRECT),
    "review_finalizing": writes(),
    "review_decision": both(Capability.RECORD, Capability.DIRECT),
    "review_correction": both(),
    # the review cycle: its lines are scoped; who leads the cycle or keeps the list is judged by the record itself
    "review_cycle_list": reads(),
    "review_cycle_new": both(Capability.RECORD, Capability.DIRECT),
    "review_ring": reads(),
    "review_steps": both(Capability.RECORD, Capability.DIRECT),
    "review_closing": writes(Capability.RECORD, Capability.DIRECT),
    "review_list": reads(),
    "review_list_xlsx": reads(),
    "review_bulk": both(Capability.RECORD, Capability.DIRECT),
    "review_list_adding": both(Capability.RECORD, Capability.DIRECT),
    "review_list_supplement": writes(Capability.RECORD, Capability.DIRECT),
    "review_readmission": writes(Capability.RECORD, Capability.DIRECT),
    # texts and conferences: a draft is nobody's record yet; whoever attended a conference may open it
    "draft_list": reads(Capability.RECORD),
    "draft_new": both(Capability.RECORD),
    "draft_choices": reads(Capability.RECORD),
    "draft_detail": reads(Capability.RECORD),
    "proposal_edit": writes(Capability.RECORD),
    "draft_accept_rest": writes(Capability.RECORD),
    "draft_confirmation": writes(Capability.RECORD),
    "draft_discarding": writes(Capability.RECORD),
    "draft_reading": writes(Capability.RECORD),
    # sheets of tasks: a trial, too, is nobody's record yet
    "sheet_list": reads(Capability.RECORD),
    "sheet_template": reads(Capability.RECORD),
    "sheet_new": both(Capability.RECORD),
    "sheet_detail": reads(Capability.RECORD),
    "sheet_errors": reads(Capability.RECORD),
    "sheet_confirmation": writes(Capability.RECORD),
    "sheet_writing": writes(Capability.RECORD),
    "sheet_discarding": writes(Capability.RECORD),
    "source_text": reads(Capability.READ),
    "source_file": reads(Capability.READ),
    # the room: who has no part in the session finds no page of it
    "room": reads(),
    "room_chair": reads(),
    "room_secretary": reads(),
    "room_delegate": reads(),
    "room_site": reads(),
    "room_teller": reads(),
    "room_wall": reads(),
    "room_mine": reads(),
    "room_paper": reads(),
    # what is done on the floor: who may is decided by the part one has in the session
    "floor_opening": writes(),
    "floor_closing": writes(),
    "floor_item": writes(),
    "floor_pause": writes(),
    "floor_resume": writes(),
    "floor_rule": writes(),
    "floor_timer": writes(),
    "floor_paper": writes(),
    "floor_page": writes(),
    "floor_paper_away": writes(),
    "floor_request": writes(),
    "floor_withdrawal": writes(),
    "floor_declining": writes(),
    "floor_giving": writes(),
    "floor_speech_end": writes(),
    "contribution_new": writes(),
    "contribution_withdrawal": writes(),
    "floor_poll": writes(),
    "floor_poll_close": writes(),
    "floor_poll_publication": writes(),
    "polls_publication": both(),
    # sound and picture: who opens the room, who joins for which site is judged by the room itself
    "call_room": both(),
    "call_closing": writes(),
    "call_joining": writes(),
    "call_leaving": writes(),
    "call_pulse": writes(),
    "call_signal": both(),
    "site_line": writes(),
    "conference_list": reads(),
    "conference_new": both(Capability.RECORD),
    "conference_detail": reads(),
    "conference_edit": both(Capability.RECORD),
    "conference_attendance": both(Capability.RECORD),
    "conference_conclusion": both(Capability.RECORD),
    # before: whoever is invited may knock without any right; chair and secretary see how far it is prepared
    "preparation_new": both(Capability.RECORD),
    "preparation": reads(),
    "agenda_layout": writes(Capability.RECORD),
    "agenda_new": both(Capability.RECORD),
    "agenda_edit": both(Capability.RECORD),
    "agenda_moving": writes(Capability.RECORD),
    "agenda_removal": writes(Capability.RECORD),
    "paper_new": both(Capability.RECORD),
    "paper_text": reads(),
    "paper_file": reads(),
    "paper_edit": both(Capability.RECORD),
    "paper_removal": writes(Capability.RECORD),
    "preparation_site_new": both(Capability.RECORD),
    "preparation_site_edit": both(Capability.RECORD),
    "preparation_site_removal": writes(Capability.RECORD),
    "invitation_choosing": both(Capability.RECORD),
    "invitations_sending": writes(Capability.RECORD),
    "invitations_reminder": writes(Capability.RECORD),
    "invitation_edit": both(Capability.RECORD),
    "invitation_reply": both(Capability.RECORD),
    "invitation_removal": writes(Capability.RECORD),
    "invitation_mine": both(),
    "invitation_calendar": reads(),
    "opinion_new": both(),
    "question_new": both(Capability.RECORD, Capability.DIRECT),
    "question_answer": both(Capability.RECORD),
    # the minutes: whoever sees the conference; who writes, comments or signs is judged by the record itself
    "minutes": reads(),
    "minutes_composing": writes(),
    "minutes_edit": both(),
    "minutes_circulation": writes(),
    "minutes_comment": writes(),
    "minutes_comment_answer": both(),
    "minutes_signing": writes(),
    "minutes_word": reads(),
    "minutes_pdf": reads(),
    "conference_archive": writes(Capability.RECORD),
    "conclusion_task": both(Capability.RECORD),
    # attendance: the actions ask whom one marks (secretary all, staff of a site their own); one's own is one's own
    "attendance_board": reads(),
    "attendance_roll_call": both(),
    "attendance_mine": reads(),
    "attendance_contest": writes(),
    "attendance_signing": writes(),
    "attendance_docx": reads(),
    "attendance_xlsx": reads(),
    "site_code": reads(),
    "site_code_svg": reads(),
    "site_code_renewal": writes(),
    "site_code_withdrawal": writes(),
    "attendance_person": reads(),
    "attendance_arrival": writes(),
    "attendance_leaving": writes(),
    "attendance_move": writes(),
    "attendance_undoing": writes(),
    "attendance_absence": writes(),
    "attendance_replacement": both(),
    "attendance_counting": writes(),
    "attendance_correction": both(),
    "attendance_code": reads(),
    # polls: whoever stands on the roll or counts may knock without any other right
    "poll_list": reads(),
    "poll_explained": reads(),
    "poll_new": both(Capability.RECORD, Capability.DIRECT),
    "poll_detail": reads(),
    "poll_edit": both(),
    "poll_tellers": both(),
    "poll_opening": both(),
    "poll_closing": writes(),
    "poll_publication": writes(),
    "poll_annulment": both(),
    "poll_voting": both(),
    "poll_counting": both(),
    "poll_paper": both(),
    "poll_record_docx": reads(),
}
