"""Khóa của sổ theo dõi: nothing is deleted, and nothing ends as mended by the hand of somebody involved.

The same rules stand in ``permissions``; here they hold against every door, a database console included. Who
holds a stake is worked out as in ``queries.Stake``; a test compares the two.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

FINDING = "findings_finding"
REMEDY = "findings_remedy"
CHANGE = "findings_remedychange"
VERIFICATION = "findings_verification"
_JUDGED_ON = 'v."on"'
_NEVER_DELETED = (
    "finding",
    "findingbody",
    "cause",
    "responsibility",
    "remedy",
    "remedychange",
    "remedyprogress",
    "verification",
    "answer",
    "recurrencelink",
)
# Said once, never reworded: a new report, confirmation or answer is a new row.
_NEVER_CHANGED = ("remedychange", "remedyprogress", "verification", "answer")
# What is unique besides the key.
_ONCE = {
    "findingbody": ("(same.finding_id = NEW.finding_id AND same.organization_id = NEW.organization_id)",),
    "recurrencelink": ("(same.finding_id = NEW.finding_id AND same.earlier_id = NEW.earlier_id)",),
}


def _person_has_stake(finding: str, person: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {REMEDY} r JOIN org_membership m ON m.post_id = r.accountable_post_id"
        f" WHERE r.finding_id = {finding} AND m.person_id = {person}"
        ' AND (m."end" IS NULL OR m."end" > r.created_on))'
        f" OR EXISTS (SELECT 1 FROM {CHANGE} c JOIN {REMEDY} r ON r.id = c.remedy_id"
        f" JOIN org_membership m ON m.post_id = c.old_post_id"
        f" WHERE r.finding_id = {finding} AND m.person_id = {person}"
        ' AND (m."end" IS NULL OR m."end" > r.created_on))'
        f" OR EXISTS (SELECT 1 FROM findings_responsibility q"
        f" WHERE q.finding_id = {finding} AND q.person_id = {person})"
        f" OR EXISTS (SELECT 1 FROM findings_remedyprogress g JOIN {REMEDY} r ON r.id = g.remedy_id"
        f" WHERE r.finding_id = {finding} AND g.reported_by_id = {person})"
    )


def has_stake(finding: str, person: str, day: str) -> str:
    """SQL: the person, or somebody whose delegation they hold on that day, had a part in the finding."""
    lender = _person_has_stake(finding, "d.delegator_id")
    return (
        f"({_person_has_stake(finding, person)}"
        f" OR EXISTS (SELECT 1 FROM access_delegation d WHERE d.delegate_id = {person}"
        f' AND d.start <= {day} AND d."end" > {day} AND d.ended_at IS NULL AND ({lender})))'
    )


def _last_outcome(finding: str) -> str:
    return (
        f"(SELECT v.outcome FROM {VERIFICATION} v WHERE v.finding_id = {finding} ORDER BY v.id DESC LIMIT 1)"
    )


def _confirmed_by_outsider(finding: str) -> str:
    """The last word on the finding is "mended", said by somebody without a stake in it."""
    return (
        f"EXISTS (SELECT 1 FROM {VERIFICATION} v WHERE v.finding_id = {finding} AND v.outcome = 'mended'"
        f" AND v.id = (SELECT MAX(w.id) FROM {VERIFICATION} w WHERE w.finding_id = {finding})"
        f" AND NOT {has_stake(finding, 'v.verifier_id', _JUDGED_ON)})"
    )


def _fixed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in ("id", *columns))


def _same_row_again(table: str) -> Trigger:
    # SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger.
    again = " OR ".join(["same.id = NEW.id", *_ONCE.get(table, ())])
    return Trigger(
        f"findings_{table}_no_replace",
        f"findings_{table}",
        "INSERT",
        "a record of the register is never replaced",
        f"EXISTS (SELECT 1 FROM findings_{table} same WHERE {again})",
    )


TRIGGERS = [
    *(
        Trigger(
            f"findings_{table}_no_delete", f"findings_{table}", "DELETE", "the register is only ever added to"
        )
        for table in _NEVER_DELETED
    ),
    *(
        Trigger(
            f"findings_{table}_no_update", f"findings_{table}", "UPDATE", "what was said is never reworded"
        )
        for table in _NEVER_CHANGED
    ),
    *(_same_row_again(table) for table in _NEVER_DELETED),
    Trigger(
        "findings_finding_not_born_mended",
        FINDING,
        "INSERT",
        "a finding cannot begin as mended",
        "NEW.state = 'mended'",
    ),
    Trigger(
        "findings_finding_stays_itself",
        FINDING,
        "UPDATE",
        "body, kind and day of a finding cannot be changed",
        _fixed("organization_id", "kind", "found_on"),
    ),
    Trigger(
        "findings_finding_mended_by_another",
        FINDING,
        "UPDATE",
        "only somebody without a stake can confirm that a finding is mended",
        "NEW.state = 'mended' AND OLD.state <> 'mended'"
        f" AND (OLD.state <> 'reported' OR NOT {_confirmed_by_outsider('NEW.id')})",
    ),
    Trigger(
        "findings_finding_reopened_openly",
        FINDING,
        "UPDATE",
        "a mended finding is reopened by a recorded decision only",
        f"OLD.state = 'mended' AND NEW.state <> 'mended' AND {_last_outcome('NEW.id')} <> 'reopened'",
    ),
    Trigger(
        "findings_verification_by_another",
        VERIFICATION,
        "INSERT",
        "somebody with a stake in a finding cannot confirm it",
        has_stake("NEW.finding_id", "NEW.verifier_id", 'NEW."on"'),
    ),
    Trigger(
        "findings_remedy_not_born_confirmed",
        REMEDY,
        "INSERT",
        "a remedy cannot begin as confirmed, nor on a finding that is closed",
        "NEW.state = 'confirmed' OR EXISTS (SELECT 1 FROM findings_finding f WHERE f.id = NEW.finding_id"
        " AND f.state IN ('mended', 'noted'))",
    ),
    Trigger(
        "findings_remedy_stays_itself",
        REMEDY,
        "UPDATE",
        "finding and first day of a remedy cannot be changed",
        _fixed("finding_id", "created_on"),
    ),
    Trigger(
        "findings_remedy_changed_openly",
        REMEDY,
        "UPDATE",
        "accountable post and date of a remedy change by a recorded decision only",
        "(NEW.accountable_post_id <> OLD.accountable_post_id OR NEW.due_on <> OLD.due_on)"
        f" AND NOT EXISTS (SELECT 1 FROM {CHANGE} c WHERE c.remedy_id = NEW.id"
        f" AND c.id = (SELECT MAX(d.id) FROM {CHANGE} d WHERE d.remedy_id = NEW.id)"
        " AND c.old_post_id = OLD.accountable_post_id AND c.new_post_id = NEW.accountable_post_id"
        " AND c.old_due_on = OLD.due_on AND c.new_due_on = NEW.due_on)",
    ),
    Trigger(
        "findings_remedy_confirmed_by_another",
        REMEDY,
        "UPDATE",
        "only somebody without a stake can confirm a remedy",
        "NEW.state = 'confirmed' AND OLD.state <> 'confirmed'"
        f" AND NOT {_confirmed_by_outsider('NEW.finding_id')}",
    ),
    Trigger(
        "findings_responsibility_stays",
        "findings_responsibility",
        "UPDATE",
        "a named responsibility cannot be moved to somebody else",
        "NEW.id <> OLD.id OR NEW.finding_id <> OLD.finding_id OR NEW.kind <> OLD.kind"
        " OR COALESCE(NEW.person_id, 0) <> COALESCE(OLD.person_id, 0)"
        " OR COALESCE(NEW.post_id, 0) <> COALESCE(OLD.post_id, 0)",
    ),
    Trigger(
        "findings_findingbody_stays",
        "findings_findingbody",
        "UPDATE",
        "a body of a finding cannot be changed",
        _fixed("finding_id", "organization_id", "role"),
    ),
    Trigger(
        "findings_recurrencelink_stays",
        "findings_recurrencelink",
        "UPDATE",
        "the ends of a link of recurrence cannot be changed",
        _fixed("finding_id", "earlier_id"),
    ),
]
