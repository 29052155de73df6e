"""Khóa của giao ban: nothing is deleted, and what was sent never changes, whoever comes by which door."""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

ROUND, REPORT = "briefings_briefinground", "briefings_briefingreport"
LINE, SENDING, PAPER = "briefings_reportline", "briefings_sending", "briefings_briefingpaper"
_ON = '"on"'
# Each table, and what is unique in it besides the key.
_ONCE = {
    ROUND: "same.organization_id = NEW.organization_id AND same.quarter = NEW.quarter",
    REPORT: "same.organization_id = NEW.organization_id AND same.quarter = NEW.quarter",
    LINE: "NEW.key <> '' AND same.report_id = NEW.report_id AND same.edition = NEW.edition"
    " AND same.key = NEW.key",
    SENDING: "same.report_id = NEW.report_id AND same.edition = NEW.edition",
    PAPER: "same.report_id = NEW.report_id AND same.conference_id = NEW.conference_id",
}


def _was_sent(line: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {SENDING} s WHERE s.report_id = {line}.report_id"
        f" AND s.edition = {line}.edition)"
    )


def _sending_of(report: str, returned: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {SENDING} s WHERE s.report_id = {report}.id"
        f" AND s.edition = {report}.edition AND s.returned_on IS {returned})"
    )


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in ("id", *columns))


TRIGGERS = [
    *(Trigger(f"{table}_no_delete", table, "DELETE", "briefings are only ever added to") for table in _ONCE),
    # SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger.
    *(
        Trigger(
            f"{table}_no_replace",
            table,
            "INSERT",
            "a record of a briefing is never replaced",
            f"EXISTS (SELECT 1 FROM {table} same WHERE same.id = NEW.id OR ({again}))",
        )
        for table, again in _ONCE.items()
    ),
    Trigger(
        f"{LINE}_frozen_insert",
        LINE,
        "INSERT",
        "nothing is added to a report that was sent",
        _was_sent("NEW"),
    ),
    Trigger(
        f"{LINE}_frozen_update",
        LINE,
        "UPDATE",
        "a line of a report that was sent never changes",
        f"{_was_sent('OLD')} OR {_was_sent('NEW')} OR {_changed('report_id', 'edition')}",
    ),
    Trigger(
        f"{REPORT}_stays_itself",
        REPORT,
        "UPDATE",
        "body and quarter of a report cannot be changed",
        _changed("organization_id", "quarter"),
    ),
    Trigger(
        f"{REPORT}_not_born_sent", REPORT, "INSERT", "a report begins as a draft", "NEW.state <> 'draft'"
    ),
    Trigger(
        f"{REPORT}_sent_openly",
        REPORT,
        "UPDATE",
        "a report is sent by a recorded sending only",
        f"NEW.state = 'sent' AND NOT {_sending_of('NEW', 'NULL')}",
    ),
    Trigger(
        f"{REPORT}_frozen",
        REPORT,
        "UPDATE",
        "a sent report changes only by being returned",
        f"OLD.state = 'sent' AND (NEW.state <> 'returned' OR NEW.edition <> OLD.edition + 1"
        f" OR {_changed('as_of', 'composed_at', 'composer_label')}"
        f" OR NOT {_sending_of('OLD', 'NOT NULL')})",
    ),
    Trigger(
        f"{REPORT}_edition",
        REPORT,
        "UPDATE",
        "an edition follows a returned one",
        "OLD.state <> 'sent' AND NEW.edition <> OLD.edition",
    ),
    Trigger(
        f"{SENDING}_not_born_returned",
        SENDING,
        "INSERT",
        "a sending cannot begin as returned",
        "NEW.returned_on IS NOT NULL",
    ),
    Trigger(
        f"{SENDING}_returned_once",
        SENDING,
        "UPDATE",
        "a sending changes only by being returned, once",
        f"OLD.returned_on IS NOT NULL OR NEW.returned_on IS NULL OR"
        f" {_changed('report_id', 'edition', 'at', _ON, 'sender_label', 'sha256')}",
    ),
    Trigger(f"{PAPER}_no_update", PAPER, "UPDATE", "a paper of a conference stays as it was laid before it"),
    Trigger(
        f"{ROUND}_stays_itself",
        ROUND,
        "UPDATE",
        "body and quarter of a round cannot be changed",
        _changed("organization_id", "quarter"),
    ),
]
