"""Khóa trong cơ sở dữ liệu của phòng bỏ phiếu: what holds against every door, a database console included.

The moves of the state come from the table of ``transitions``. Results come in and the box goes out only within
a count: between the moment ``counted_at`` is written to a closed poll and the moment it is called counted, both
of one transaction.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.ballots.transitions import STEPS
from soi.base.triggers import Trigger

_POLL, _QUESTION, _OPTION, _ROLL = "ballots_poll", "ballots_question", "ballots_option", "ballots_rollentry"
_BOX, _VOTE, _TELLER, _SHARE = "ballots_boxitem", "ballots_vote", "ballots_teller", "ballots_keyshare"
_TALLY, _OPTION_TALLY, _PAPER = "ballots_tally", "ballots_optiontally", "ballots_papercount"
_BALLOT, _RECEIPT = "ballots_countedballot", "ballots_receipt"

_COUNTING = "p.state = 'closed' AND p.counted_at IS NOT NULL"
_DRAFT, _OPEN = "p.state = 'draft'", "p.state = 'open'"
_OPEN_SECRET = f"{_OPEN} AND p.mode = 'secret'"
_GONE = "p.state = 'annulled'"
_NO_TIME = "'1000-01-01'"
_FROZEN = (
    "organization_id", "title", "mode", "round", "denominator", "majority", "min_body_for_numbers",
    "frozen_hash", "public_key",
)  # fmt: skip
_FROZEN_OR_EMPTY = (("earlier_id", "0"), ("summoned", "0"), ("present", "0"), ("opened_at", _NO_TIME))
# What is unique besides the key.
_ONCE = {
    _ROLL: "same.poll_id = NEW.poll_id AND same.person_id = NEW.person_id",
    _VOTE: "same.question_id = NEW.question_id AND same.person_id = NEW.person_id",
    _TALLY: "same.question_id = NEW.question_id",
    _OPTION_TALLY: "same.option_id = NEW.option_id",
    _RECEIPT: "same.poll_id = NEW.poll_id AND same.code = NEW.code",
}


def _poll_is(condition: str, poll: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_POLL} p WHERE p.id = {poll} AND ({condition}))"


def _poll_of_question(question: str) -> str:
    return f"(SELECT q.poll_id FROM {_QUESTION} q WHERE q.id = {question})"


def _poll_of_option(option: str) -> str:
    return f"(SELECT q.poll_id FROM {_OPTION} o JOIN {_QUESTION} q ON q.id = o.question_id WHERE o.id = {option})"


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


def _changed_or_emptied(column: str, nothing: str) -> str:
    return f"COALESCE(NEW.{column}, {nothing}) <> COALESCE(OLD.{column}, {nothing})"


def _only_while(table: str, event: str, condition: str, *polls: str) -> Trigger:
    """Only while the poll of the row, as it was and as it becomes, is in such a state."""
    refused = " OR ".join(f"NOT {_poll_is(condition, poll)}" for poll in polls)
    name = f"{table}_{event.lower()}_in_its_time"
    return Trigger(name, table, event, "this part of a ballot cannot be changed in this state", refused)


def _while_drafting(table: str, path: str, *, by_poll: bool) -> list[Trigger]:
    new, old = (
        (f"NEW.{path}", f"OLD.{path}")
        if by_poll
        else (_poll_of_question(f"NEW.{path}"), _poll_of_question(f"OLD.{path}"))
    )
    return [
        _only_while(table, "INSERT", _DRAFT, new),
        _only_while(table, "UPDATE", _DRAFT, old, new),
        _only_while(table, "DELETE", _DRAFT, old),
    ]


def _never(table: str, event: str) -> Trigger:
    return Trigger(f"{table}_no_{event.lower()}", table, event, "what was voted or counted is never changed")


def _no_replace(table: str) -> Trigger:
    """SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger."""
    ways = ["same.id = NEW.id", *([_ONCE[table]] if table in _ONCE else [])]
    again = " OR ".join(f"EXISTS (SELECT 1 FROM {table} same WHERE {way})" for way in ways)
    return Trigger(f"{table}_no_replace", table, "INSERT", "a row of a ballot is never replaced", again)


_STEP = " OR ".join(f"(OLD.state = '{one.value}' AND NEW.state = '{other.value}')" for one, other in STEPS)
_CAST = f'(SELECT COUNT(*) FROM {_ROLL} r WHERE r.poll_id = NEW.id AND r."cast")'
_ON_ROLL = f"(SELECT COUNT(*) FROM {_ROLL} r WHERE r.poll_id = NEW.id)"
_WITHOUT_RESULT = (
    f"EXISTS (SELECT 1 FROM {_QUESTION} q LEFT JOIN {_TALLY} t ON t.question_id = q.id"
    " WHERE q.poll_id = NEW.id AND t.id IS NULL)"
)
_RESULT_DIFFERS = (
    f"EXISTS (SELECT 1 FROM {_QUESTION} q JOIN {_TALLY} t ON t.question_id = q.id"
    f" WHERE q.poll_id = NEW.id AND (t.returned <> {_CAST} OR t.issued <> {_ON_ROLL}))"
)
_SECRETS_LEFT = (
    f"EXISTS (SELECT 1 FROM {_BOX} b WHERE b.poll_id = NEW.id)"
    f" OR EXISTS (SELECT 1 FROM {_SHARE} s WHERE s.poll_id = NEW.id)"
    f" OR (SELECT COUNT(*) FROM {_RECEIPT} c WHERE c.poll_id = NEW.id) <> {_CAST}"
)

TRIGGERS = [
    # --- the poll itself
    Trigger(f"{_POLL}_no_delete", _POLL, "DELETE", "a poll is never deleted"),
    Trigger(f"{_POLL}_born_a_draft", _POLL, "INSERT", "a poll begins as a draft", "NEW.state <> 'draft'"),
    Trigger(
        f"{_POLL}_by_the_table",
        _POLL,
        "UPDATE OF state",
        "a poll changes its state only by the table",
        f"NEW.state <> OLD.state AND NOT ({_STEP})",
    ),
    Trigger(
        f"{_POLL}_frozen",
        _POLL,
        "UPDATE",
        "an open poll is frozen",
        "NEW.id <> OLD.id OR (OLD.state <> 'draft' AND ("
        + _changed(*_FROZEN)
        + "".join(f" OR {_changed_or_emptied(column, nothing)}" for column, nothing in _FROZEN_OR_EMPTY)
        + "))",
    ),
    Trigger(
        f"{_POLL}_opened_whole",
        _POLL,
        "UPDATE OF state",
        "a poll opens with questions, a roll and its hash",
        "NEW.state = 'open' AND OLD.state = 'draft' AND (NEW.frozen_hash = ''"
        f" OR NOT EXISTS (SELECT 1 FROM {_QUESTION} q WHERE q.poll_id = NEW.id)"
        f" OR NOT EXISTS (SELECT 1 FROM {_ROLL} r WHERE r.poll_id = NEW.id)"
        f" OR (NEW.mode = 'secret' AND (NEW.public_key = ''"
        f" OR NOT EXISTS (SELECT 1 FROM {_SHARE} s WHERE s.poll_id = NEW.id))))",
    ),
    Trigger(
        f"{_POLL}_counted_once",
        _POLL,
        "UPDATE OF counted_at",
        "a poll is counted once, when it is closed",
        f"{_changed_or_emptied('counted_at', _NO_TIME)} AND (OLD.state <> 'closed' OR OLD.counted_at IS NOT NULL)",
    ),
    Trigger(
        f"{_POLL}_counted_whole",
        _POLL,
        "UPDATE OF state",
        "a counted poll has every result and an empty box",
        f"NEW.state = 'counted' AND OLD.state = 'closed' AND (NEW.counted_at IS NULL OR {_WITHOUT_RESULT}"
        f" OR (NEW.mode <> 'paper' AND {_RESULT_DIFFERS}) OR (NEW.mode = 'secret' AND ({_SECRETS_LEFT})))",
    ),
    # --- what was frozen
    *_while_drafting(_QUESTION, "poll_id", by_poll=True),
    *_while_drafting(_OPTION, "question_id", by_poll=False),
    *_while_drafting(_TELLER, "poll_id", by_poll=True),
    # --- the roll: written at the opening, rewritten within a count, else only marked
    _only_while(_ROLL, "INSERT", f'({_DRAFT} AND NOT NEW."cast") OR ({_COUNTING})', "NEW.poll_id"),
    _only_while(_ROLL, "DELETE", f"{_DRAFT} OR ({_COUNTING})", "OLD.poll_id"),
    Trigger(
        f"{_ROLL}_marked_once",
        _ROLL,
        "UPDATE",
        "a roll is only marked, once a voter, while the poll is open",
        f'{_changed("id", "poll_id", "person_id")} OR OLD."cast" OR NOT NEW."cast"'
        f" OR NOT {_poll_is(_OPEN, 'NEW.poll_id')}",
    ),
    # --- the box and its key
    # One trigger for both: of all rows these are written in the greatest hurry.
    Trigger(
        f"{_BOX}_insert_in_its_time",
        _BOX,
        "INSERT",
        "a sealed ballot goes in once, while the poll is open",
        f"NOT {_poll_is(_OPEN_SECRET, 'NEW.poll_id')} OR EXISTS (SELECT 1 FROM {_BOX} same WHERE same.id = NEW.id)",
    ),
    _never(_BOX, "UPDATE"),
    _only_while(_BOX, "DELETE", f"{_GONE} OR ({_COUNTING})", "OLD.poll_id"),
    _only_while(_SHARE, "INSERT", f"{_DRAFT} AND p.mode = 'secret'", "NEW.poll_id"),
    _never(_SHARE, "UPDATE"),
    _only_while(_SHARE, "DELETE", f"{_GONE} OR ({_COUNTING})", "OLD.poll_id"),
    # --- votes by name
    _only_while(_VOTE, "INSERT", f"{_OPEN} AND p.mode = 'open'", "NEW.poll_id"),
    _never(_VOTE, "UPDATE"),
    _never(_VOTE, "DELETE"),
    # --- what was counted
    _only_while(_TALLY, "INSERT", _COUNTING, _poll_of_question("NEW.question_id")),
    _only_while(_OPTION_TALLY, "INSERT", _COUNTING, _poll_of_option("NEW.option_id")),
    _only_while(_BALLOT, "INSERT", _COUNTING, _poll_of_question("NEW.question_id")),
    _only_while(_RECEIPT, "INSERT", _COUNTING, "NEW.poll_id"),
    *(
        _never(table, event)
        for table in (_TALLY, _OPTION_TALLY, _BALLOT, _RECEIPT)
        for event in ("UPDATE", "DELETE")
    ),
    # --- paper: two tellers mend their numbers until they agree, and not after
    _only_while(_PAPER, "INSERT", "p.state = 'closed'", "NEW.poll_id"),
    _only_while(_PAPER, "UPDATE", "p.state = 'closed'", "OLD.poll_id", "NEW.poll_id"),
    _only_while(_PAPER, "DELETE", "p.state = 'closed'", "OLD.poll_id"),
    *(_no_replace(table) for table in (_POLL, _ROLL, _VOTE, _TALLY, _OPTION_TALLY, _BALLOT, _RECEIPT)),
]
