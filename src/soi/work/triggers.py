"""Khóa của công việc: nothing said is reworded, no task is deleted, and none ends as done by its own hand.

The same rules stand in ``permissions``; here they hold against every door, a database console included. Who
holds a stake is worked out as in ``queries.Stake``; a test compares the two.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

TASK = "work_task"
ASSESSMENT = "work_assessment"
_NEVER_DELETED = (
    "task",
    "formerpost",
    "programme",
    "progressreport",
    "requestanswer",
    "assessment",
    "handover",
    "handoveritem",
)
# Said once, never reworded: a new report or assessment is a new row.
_NEVER_CHANGED = ("formerpost", "progressreport", "requestanswer", "assessment", "handoveritem")
# What is unique besides the key.
_ONCE = {
    # The second condition lets the database use the index of codes, which holds no empty ones.
    "task": ("(same.assigned_by_id = NEW.assigned_by_id AND same.code = NEW.code AND same.code <> '')",),
    "programme": (
        "(same.organization_id = NEW.organization_id AND same.period = NEW.period AND same.title = NEW.title)",
    ),
    "requestanswer": ("same.report_id = NEW.report_id",),
    "handover": (
        '(same.post_id = NEW.post_id AND same."on" = NEW."on" AND same.outgoing_id = NEW.outgoing_id)',
    ),
    "handoveritem": ("(same.handover_id = NEW.handover_id AND same.task_id = NEW.task_id)",),
}
_CLOSED = "('done', 'failed', 'cancelled')"
_GOOD, _BAD = "('exceeded', 'achieved')", "('not_achieved')"
_NO_DAY = "'1000-01-01'"
_NEW = "NEW.id"
_ON, _BY = '"on"', '"by"'
# What an ended task was, and how it ended.
_FACTS = (
    "organization_id",
    "accountable_post_id",
    "area",
    "statement",
    "deliverable",
    "unit",
    "weight",
    "start_on",
    "due_on",
    "state",
    "standing",
    "percent",
    "closed_on",
    "late_cause",
    "cancel_reason",
)


def _person_has_stake(task: str, person: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM work_task t JOIN org_membership m ON m.post_id = t.accountable_post_id"
        f" WHERE t.id = {task} AND m.person_id = {person}"
        ' AND (m."end" IS NULL OR m."end" > t.created_on))'
        " OR EXISTS (SELECT 1 FROM work_formerpost f JOIN work_task t ON t.id = f.task_id"
        f" JOIN org_membership m ON m.post_id = f.post_id WHERE f.task_id = {task} AND m.person_id = {person}"
        ' AND (m."end" IS NULL OR m."end" > t.created_on))'
        " OR EXISTS (SELECT 1 FROM work_progressreport g"
        f" WHERE g.task_id = {task} AND g.is_final AND g.reported_by_id = {person})"
    )


def has_stake(task: str, person: str, day: str) -> str:
    """SQL: the person, or somebody whose delegation they hold on that day, had a part in the task."""
    lender = _person_has_stake(task, "d.delegator_id")
    return (
        f"({_person_has_stake(task, person)}"
        f" OR EXISTS (SELECT 1 FROM access_delegation d WHERE d.delegate_id = {person}"
        f' AND d.start <= {day} AND d."end" > {day} AND d.ended_at IS NULL AND ({lender})))'
    )


def _judged(task: str, results: str) -> str:
    """The superior's last word on the task is one of these, said by somebody without a stake in it."""
    return (
        f"EXISTS (SELECT 1 FROM {ASSESSMENT} a WHERE a.task_id = {task} AND a.result IN {results}"
        f" AND a.id = (SELECT MAX(b.id) FROM {ASSESSMENT} b WHERE b.task_id = {task} AND b.{_BY} = 'superior')"
        f" AND NOT {has_stake(task, 'a.assessor_id', 'a.' + _ON)})"
    )


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


def _changed_or_emptied(column: str, nothing: str) -> str:
    return f"COALESCE(NEW.{column}, {nothing}) <> COALESCE(OLD.{column}, {nothing})"


def _same_row_again(table: str) -> Trigger:
    # SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger. Each way of being the
    # same is asked by itself: with OR inside, the whole table would be read.
    again = " OR ".join(
        f"EXISTS (SELECT 1 FROM work_{table} same WHERE {way})"
        for way in ("same.id = NEW.id", *_ONCE.get(table, ()))
    )
    return Trigger(
        f"work_{table}_no_replace",
        f"work_{table}",
        "INSERT",
        "a record of work is never replaced",
        again,
    )


TRIGGERS = [
    *(
        Trigger(f"work_{table}_no_delete", f"work_{table}", "DELETE", "what was given is never deleted")
        for table in _NEVER_DELETED
    ),
    *(
        Trigger(f"work_{table}_no_update", f"work_{table}", "UPDATE", "what was said is never reworded")
        for table in _NEVER_CHANGED
    ),
    *(_same_row_again(table) for table in _NEVER_DELETED),
    Trigger(
        "work_task_not_born_closed",
        TASK,
        "INSERT",
        "a task cannot begin as closed",
        f"NEW.state IN {_CLOSED}",
    ),
    # A task above exists before those below it and never changes: so no task stands above itself.
    Trigger(
        "work_task_below_an_earlier_one",
        TASK,
        "INSERT",
        "the task above must exist before",
        f"NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {TASK} p WHERE p.id = NEW.parent_id)",
    ),
    *(
        Trigger(
            f"work_task_body_of_post_{when}",
            TASK,
            event,
            "a task belongs to the body of its accountable post",
            "NEW.organization_id <> (SELECT p.organization_id FROM org_post p"
            " WHERE p.id = NEW.accountable_post_id)",
        )
        for when, event in (("new", "INSERT"), ("moved", "UPDATE OF organization_id, accountable_post_id"))
    ),
    Trigger(
        "work_task_stays_itself",
        TASK,
        "UPDATE",
        "who gave a task, when, and the task above it cannot be changed",
        f"{_changed('id', 'assigned_by_id', 'created_on', 'code')} OR {_changed_or_emptied('parent_id', '0')}",
    ),
    Trigger(
        "work_task_handed_on_openly",
        TASK,
        "UPDATE OF accountable_post_id",
        "who answered for a task before is recorded when it is handed on",
        "NEW.accountable_post_id <> OLD.accountable_post_id AND NOT EXISTS (SELECT 1 FROM work_formerpost f"
        " WHERE f.task_id = NEW.id AND f.post_id = OLD.accountable_post_id)",
    ),
    Trigger(
        "work_task_done_by_another",
        TASK,
        "UPDATE OF state",
        "only somebody else of the level that gave a task can call it done",
        f"NEW.state = 'done' AND OLD.state <> 'done' AND (OLD.state <> 'reported' OR NOT "
        f"{_judged(_NEW, _GOOD)})",
    ),
    Trigger(
        "work_task_failed_by_another",
        TASK,
        "UPDATE OF state",
        "only somebody else of the level that gave a task can call it failed",
        f"NEW.state = 'failed' AND OLD.state <> 'failed' AND NOT {_judged(_NEW, _BAD)}",
    ),
    Trigger(
        "work_task_closed_stays",
        TASK,
        "UPDATE",
        "a task that has ended cannot be changed",
        f"OLD.state IN {_CLOSED} AND ("
        + _changed(*_FACTS)
        + f" OR {_changed_or_emptied('target', '-1')} OR {_changed_or_emptied('value', '-1')}"
        f" OR {_changed_or_emptied('reported_on', _NO_DAY)})",
    ),
    Trigger(
        "work_assessment_by_another",
        ASSESSMENT,
        "INSERT",
        "somebody with a stake in a task cannot assess it for the level that gave it",
        f"NEW.{_BY} = 'superior' AND (NEW.assessor_id IS NULL OR "
        + has_stake("NEW.task_id", "NEW.assessor_id", f"NEW.{_ON}")
        + ")",
    ),
    Trigger(
        "work_handover_signed_stays",
        "work_handover",
        "UPDATE",
        "what was signed cannot be signed again or taken back",
        _changed("id", "post_id", "outgoing_id")
        + f" OR NEW.{_ON} <> OLD.{_ON}"
        + " OR (OLD.signed_out_at IS NOT NULL AND (NEW.signed_out_at IS NULL"
        " OR NEW.signed_out_at <> OLD.signed_out_at OR NEW.signed_out_label <> OLD.signed_out_label"
        " OR NEW.note <> OLD.note))"
        " OR (OLD.signed_in_at IS NOT NULL AND (NEW.signed_in_at IS NULL"
        " OR NEW.signed_in_at <> OLD.signed_in_at OR NEW.signed_in_label <> OLD.signed_in_label"
        f" OR {_changed_or_emptied('incoming_id', '0')}))",
    ),
    Trigger(
        "work_handoveritem_while_preparing",
        "work_handoveritem",
        "INSERT",
        "the list of a signed handover cannot grow",
        "EXISTS (SELECT 1 FROM work_handover h WHERE h.id = NEW.handover_id AND h.signed_out_at IS NOT NULL)",
    ),
]
