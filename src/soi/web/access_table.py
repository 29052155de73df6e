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
    "recurrence_decision": writes(Capability.VERIFY),
    "minutes_docx": reads(),
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
    "source_text": reads(Capability.READ),
    "source_file": reads(Capability.READ),
    "conference_list": reads(),
    "conference_new": both(Capability.RECORD),
    "conference_detail": reads(),
    "conference_edit": both(Capability.RECORD),
    "conference_attendance": both(Capability.RECORD),
    "conference_conclusion": both(Capability.RECORD),
}
