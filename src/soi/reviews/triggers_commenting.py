"""Khóa của góp ý: what was said never changes; a box without names is opened once, after its round is closed.

Between the day written to ``closed_on`` and the end of the key, both of one transaction, the database lets sealed
comments out, opened ones in, and the roll be written anew. Before and after, never.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

ROUND, KEY, ASKED = "reviews_commentround", "reviews_roundkey", "reviews_asked"
COMMENT, SEALED, UNSIGNED = "reviews_comment", "reviews_sealedcomment", "reviews_unsignedcomment"

_HAS_KEY = f"EXISTS (SELECT 1 FROM {KEY} k WHERE k.round_id = r.id)"
_OPEN = "r.closed_on IS NULL"
_OPENING = f"r.anonymous AND r.closed_on IS NOT NULL AND {_HAS_KEY}"
_NO_DAY = "'1000-01-01'"


def _round_is(condition: str, round_: str) -> str:
    return f"EXISTS (SELECT 1 FROM {ROUND} r WHERE r.id = {round_} AND ({condition}))"


def _round_of_asked(asked: str) -> str:
    return f"(SELECT a.round_id FROM {ASKED} a WHERE a.id = {asked})"


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


def _changed_key(*columns: str) -> str:
    return " OR ".join(f"COALESCE(NEW.{column}, 0) <> COALESCE(OLD.{column}, 0)" for column in columns)


def _never(table: str, event: str) -> Trigger:
    return Trigger(f"{table}_no_{event.lower()}", table, event, "what was commented is never changed")


def _only_while(table: str, event: str, condition: str) -> Trigger:
    name = f"{table}_{event.lower()}_in_its_time"
    return Trigger(
        name, table, event, "this part of a comment round cannot be changed now", f"NOT ({condition})"
    )


def _no_replace(table: str) -> Trigger:
    """SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger."""
    again = f"EXISTS (SELECT 1 FROM {table} same WHERE same.id = NEW.id)"
    return Trigger(f"{table}_no_replace", table, "INSERT", "a row of comments is never replaced", again)


COMMENTING = [
    # --- the round
    _never(ROUND, "DELETE"),
    Trigger(
        f"{ROUND}_as_opened",
        ROUND,
        "UPDATE",
        "a round of comments stays as it was opened; its day only moves on, and it is closed once",
        _changed(
            "id", "review_id", "request", "opened_on", "mandatory", "anonymous", "public_key", "opener_label"
        )
        + " OR NEW.due_on < OLD.due_on OR (OLD.closed_on IS NOT NULL AND ("
        f"NEW.due_on <> OLD.due_on OR COALESCE(NEW.closed_on, {_NO_DAY}) <> OLD.closed_on))"
        f" OR (COALESCE(NEW.arrived, -1) <> COALESCE(OLD.arrived, -1)"
        f" AND OLD.arrived IS NOT NULL)",
    ),
    # --- the key
    _only_while(KEY, "INSERT", _round_is(f"r.anonymous AND {_OPEN}", "NEW.round_id")),
    _never(KEY, "UPDATE"),
    _only_while(
        KEY,
        "DELETE",
        _round_is("r.closed_on IS NOT NULL", "OLD.round_id")
        + f" AND NOT EXISTS (SELECT 1 FROM {SEALED} s WHERE s.round_id = OLD.round_id)",
    ),
    # --- who is asked
    _only_while(ASKED, "INSERT", _round_is(f"({_OPEN}) OR ({_OPENING} AND NOT NEW.spent)", "NEW.round_id")),
    _only_while(ASKED, "DELETE", _round_is(_OPENING, "OLD.round_id")),
    Trigger(
        f"{ASKED}_only_marked",
        ASKED,
        "UPDATE",
        "who is asked stays as asked, and is marked while the round is open",
        _changed("id", "round_id", "name", "on_paper")
        + f" OR {_changed_key('organization_id', 'person_id')}"
        + f" OR (OLD.spent AND NOT NEW.spent) OR NOT {_round_is(_OPEN, 'NEW.round_id')}"
        + f" OR (NEW.spent AND NOT {_round_is('r.anonymous', 'NEW.round_id')})"
        + f" OR ((NEW.nothing_to_say OR NEW.answered_on IS NOT NULL) AND {_round_is('r.anonymous', 'NEW.round_id')})",
    ),
    # --- by name
    _only_while(
        COMMENT, "INSERT", _round_is(f"{_OPEN} AND NOT r.anonymous", _round_of_asked("NEW.asked_id"))
    ),
    _never(COMMENT, "DELETE"),
    Trigger(
        f"{COMMENT}_as_said",
        COMMENT,
        "UPDATE",
        "what was commented is never changed",
        _changed("id", "asked_id", "text", "at", "author_label", "enterer_label")
        + f" OR {_changed_key('paragraph_id', 'finding_id', 'source_id')}"
        f" OR COALESCE(NEW.paper_on, {_NO_DAY}) <> COALESCE(OLD.paper_on, {_NO_DAY})",
    ),
    # --- without names
    _only_while(SEALED, "INSERT", _round_is(f"{_OPEN} AND {_HAS_KEY}", "NEW.round_id")),
    _never(SEALED, "UPDATE"),
    _only_while(SEALED, "DELETE", _round_is(_OPENING, "OLD.round_id")),
    _only_while(UNSIGNED, "INSERT", _round_is(_OPENING, "NEW.round_id")),
    _never(UNSIGNED, "DELETE"),
    Trigger(
        f"{UNSIGNED}_as_said",
        UNSIGNED,
        "UPDATE",
        "what was commented is never changed",
        _changed("id", "round_id", "text") + f" OR {_changed_key('paragraph_id', 'finding_id')}",
    ),
    *(_no_replace(table) for table in (ROUND, ASKED, COMMENT, SEALED, UNSIGNED)),
]
