"""Khóa của phiên họp: what happened stands. Events are never changed and have no gaps; words said stay as said.

The same rules hold in the actions; here they hold against every door, a database console included.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger
from soi.conferences.minutes_triggers import MINUTES

EVENT = "conferences_floorevent"
SPEECH = "conferences_speech"
CONTRIBUTION = "conferences_contribution"
FLOOR = "conferences_floor"
CORRECTION = "conferences_attendancecorrection"


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


def _changed_or_emptied(*columns: str) -> str:
    return " OR ".join(f"COALESCE(NEW.{column}, -1) <> COALESCE(OLD.{column}, -1)" for column in columns)


TRIGGERS = [
    Trigger(f"{EVENT}_no_update", EVENT, "UPDATE", "what happened is never reworded"),
    Trigger(f"{EVENT}_no_delete", EVENT, "DELETE", "what happened is never deleted"),
    # Also keeps SQLite's INSERT OR REPLACE from taking the place of an event.
    Trigger(
        f"{EVENT}_in_order",
        EVENT,
        "INSERT",
        "events of a session are numbered without gaps",
        f"NEW.number <> (SELECT COALESCE(MAX(e.number), 0) + 1 FROM {EVENT} e"
        " WHERE e.conference_id = NEW.conference_id)"
        f" OR EXISTS (SELECT 1 FROM {EVENT} same WHERE same.id = NEW.id)",
    ),
    Trigger(
        f"{FLOOR}_counts_up",
        FLOOR,
        "UPDATE",
        "the floor only goes on",
        f"NEW.number < OLD.number OR {_changed('id', 'conference_id')}",
    ),
    Trigger(f"{SPEECH}_no_delete", SPEECH, "DELETE", "a speech that was held is never deleted"),
    Trigger(
        f"{SPEECH}_stays",
        SPEECH,
        "UPDATE",
        "who spoke and when is never changed; a speech only ends",
        f"{_changed('id', 'conference_id', 'kind', 'started_at')}"
        f" OR {_changed_or_emptied('person_id', 'site_id', 'request_id')}"
        " OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at))",
    ),
    Trigger(f"{CONTRIBUTION}_no_delete", CONTRIBUTION, "DELETE", "what was said is never deleted"),
    Trigger(
        f"{CONTRIBUTION}_stays",
        CONTRIBUTION,
        "UPDATE",
        "what was said is never reworded, only withdrawn",
        f"{_changed('id', 'conference_id', 'kind', 'text', 'at', 'entered_label')}"
        f" OR {_changed_or_emptied('person_id', 'site_id', 'finding_id', 'paragraph')}"
        # A paper may leave the conference, but no other may take its place.
        " OR (NEW.paper_id IS NOT NULL AND "
        f"{_changed_or_emptied('paper_id')})"
        " OR (OLD.withdrawn AND NOT NEW.withdrawn)",
    ),
    Trigger(f"{CORRECTION}_no_update", CORRECTION, "UPDATE", "a correction of a time stays as it was made"),
    Trigger(f"{CORRECTION}_no_delete", CORRECTION, "DELETE", "a correction of a time is never deleted"),
    Trigger(
        f"{CORRECTION}_no_replace",
        CORRECTION,
        "INSERT",
        "a correction of a time is never replaced",
        f"EXISTS (SELECT 1 FROM {CORRECTION} same WHERE same.id = NEW.id)",
    ),
    *MINUTES,
]
