"""Khóa của văn bản chỉ đạo: what was issued, received and done is only ever added to.

The days that every figure is worked out from need the row that proves them, whoever writes by another door.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

DIRECTIVE = "directives_directive"
ADDRESSEE = "directives_addressee"
_NEVER_DELETED = ("directive", "directivepoint", "addressee", "dissemination", "elaboration")
# Said once: another occasion, another way is a new row; tasks answer to the numbers of points.
_NEVER_CHANGED = ("directivepoint", "dissemination", "elaboration")
# What is unique besides the key.
_ONCE = {
    "addressee": "(same.directive_id = NEW.directive_id AND same.organization_id = NEW.organization_id)",
    "directivepoint": "(same.directive_id = NEW.directive_id AND same.number = NEW.number)",
    "directive": (
        "(NEW.number <> '' AND same.issuer_id = NEW.issuer_id AND same.kind = NEW.kind"
        " AND same.number = NEW.number AND same.issued_on = NEW.issued_on)"
    ),
}


def _same_row_again(table: str) -> Trigger:
    # SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger.
    again = " OR ".join(filter(None, ["same.id = NEW.id", _ONCE.get(table, "")]))
    return Trigger(
        f"directives_{table}_no_replace",
        f"directives_{table}",
        "INSERT",
        "a directive and what was done with it are never replaced",
        f"EXISTS (SELECT 1 FROM directives_{table} same WHERE {again})",
    )


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in ("id", *columns))


def _set_once(*columns: str) -> str:
    return " OR ".join(
        f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} <> OLD.{column}))"
        for column in columns
    )


def _unproved(column: str, table: str) -> str:
    """The day moves without a row of that day, or later, or away."""
    row = f'SELECT 1 FROM directives_{table} p WHERE p.addressee_id = NEW.id AND p."on" = NEW.{column}'
    moved = f"(OLD.{column} IS NULL OR NEW.{column} <> OLD.{column})"
    return (
        f"(OLD.{column} IS NOT NULL AND (NEW.{column} IS NULL OR NEW.{column} > OLD.{column}))"
        f" OR (NEW.{column} IS NOT NULL AND {moved} AND NOT EXISTS ({row}))"
    )


TRIGGERS = [
    *(
        Trigger(
            f"directives_{table}_no_delete",
            f"directives_{table}",
            "DELETE",
            "what was issued is never deleted",
        )
        for table in _NEVER_DELETED
    ),
    *(
        Trigger(
            f"directives_{table}_no_update",
            f"directives_{table}",
            "UPDATE",
            "what was said is never reworded",
        )
        for table in _NEVER_CHANGED
    ),
    *(_same_row_again(table) for table in _NEVER_DELETED),
    Trigger(
        "directives_directive_stays_itself",
        DIRECTIVE,
        "UPDATE",
        "issuer, kind and day of a directive cannot be changed; its file, its place and its end are set once",
        f"{_changed('issuer_id', 'kind', 'issued_on')} OR {_set_once('source_id', 'elaborates_id', 'ended_on')}",
    ),
    Trigger(
        "directives_addressee_stays_itself",
        ADDRESSEE,
        "UPDATE",
        "directive, body and first day of an addressee cannot be changed; an acknowledgement is given once",
        f"{_changed('directive_id', 'organization_id', 'added_on')} OR {_set_once('acknowledged_on')}"
        " OR (OLD.acknowledged_on IS NOT NULL AND (NEW.acknowledger_label <> OLD.acknowledger_label"
        " OR COALESCE(NEW.acknowledged_by_id, 0) <> COALESCE(OLD.acknowledged_by_id, 0)))"
        " OR NEW.reminders < OLD.reminders",
    ),
    Trigger(
        "directives_addressee_born_open",
        ADDRESSEE,
        "INSERT",
        "an addressee begins with nothing done",
        "NEW.studied_on IS NOT NULL OR NEW.elaborated_on IS NOT NULL",
    ),
    Trigger(
        "directives_addressee_studied_proved",
        ADDRESSEE,
        "UPDATE",
        "the day of studying is that of a recorded occasion",
        _unproved("studied_on", "dissemination"),
    ),
    Trigger(
        "directives_addressee_elaborated_proved",
        ADDRESSEE,
        "UPDATE",
        "the day of elaboration is that of a recorded one",
        _unproved("elaborated_on", "elaboration"),
    ),
]
