"""Khóa của kiểm điểm: nothing is deleted; what a cycle and its list say of whom never becomes somebody else.

Prompts, texts and comments have theirs beside (``triggers_…``); all of them are put in place from here.
"""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger
from soi.reviews.triggers_commenting import COMMENTING
from soi.reviews.triggers_finalizing import FINALIZING
from soi.reviews.triggers_text import TEXT

CYCLE, STEP, REVIEW, CARRIED = (
    "reviews_cycle",
    "reviews_cyclestep",
    "reviews_review",
    "reviews_carried",
)
# Each table, and what is unique in it besides the key.
_ONCE = {
    CYCLE: "same.organization_id = NEW.organization_id AND same.kind = NEW.kind AND same.period = NEW.period"
    " AND NEW.kind <> 'on_demand'",
    STEP: "same.cycle_id = NEW.cycle_id AND same.step = NEW.step",
    REVIEW: "same.cycle_id = NEW.cycle_id AND same.kind = NEW.kind"
    " AND same.organization_id = NEW.organization_id"
    " AND COALESCE(same.person_id, -1) = COALESCE(NEW.person_id, -1)",
    CARRIED: "same.review_id = NEW.review_id AND same.finding_id = NEW.finding_id",
}


def _changed(*columns: str) -> str:
    # Quoted: ``end`` is a word of SQL.
    return " OR ".join(f'NEW."{column}" <> OLD."{column}"' for column in ("id", *columns))


_CYCLE_CLOSED = f"EXISTS (SELECT 1 FROM {CYCLE} c WHERE c.id = NEW.cycle_id AND c.state = 'closed')"

CYCLE_AND_LIST = (
    *(Trigger(f"{table}_no_delete", table, "DELETE", "reviews are only ever added to") for table in _ONCE),
    # SQLite's INSERT OR REPLACE removes the old row without asking the DELETE trigger.
    *(
        Trigger(
            f"{table}_no_replace",
            table,
            "INSERT",
            "a record of a review is never replaced",
            f"EXISTS (SELECT 1 FROM {table} same WHERE same.id = NEW.id OR ({again}))",
        )
        for table, again in _ONCE.items()
    ),
    Trigger(
        f"{CYCLE}_stays_itself",
        CYCLE,
        "UPDATE",
        "what a cycle is about and under which rules cannot be changed",
        _changed(
            "organization_id", "kind", "period", "start", "end", "rule_pack", "listed_on", "opened_on",
            "with_persons",
        ),
    ),
    Trigger(
        f"{CYCLE}_closed_for_good",
        CYCLE,
        "UPDATE",
        "a closed cycle is not opened again",
        "OLD.state = 'closed'",
    ),
    Trigger(
        f"{STEP}_stays_itself",
        STEP,
        "UPDATE",
        "a step only changes its day, while the cycle is open",
        f"{_changed('cycle_id', 'step')} OR {_CYCLE_CLOSED}",
    ),
    Trigger(
        f"{REVIEW}_stays_itself",
        REVIEW,
        "UPDATE",
        "whom a review is about cannot be changed, and editions only go on",
        f"{_changed('cycle_id', 'kind', 'organization_id')}"
        " OR COALESCE(NEW.person_id, -1) <> COALESCE(OLD.person_id, -1) OR NEW.edition < OLD.edition",
    ),
    Trigger(
        f"{REVIEW}_list_closed",
        REVIEW,
        "UPDATE",
        "the list of a closed cycle does not change",
        f"NEW.exemption <> OLD.exemption AND {_CYCLE_CLOSED}",
    ),
    Trigger(
        f"{REVIEW}_no_late_line", REVIEW, "INSERT", "nobody is added to a closed cycle", _CYCLE_CLOSED
    ),
    Trigger(
        f"{CARRIED}_stays_itself",
        CARRIED,
        "UPDATE",
        "what was carried over stays what it was",
        _changed("review_id", "finding_id", "state_then", "times"),
    ),
)  # fmt: skip

TRIGGERS = [*CYCLE_AND_LIST, *COMMENTING, *FINALIZING, *TEXT]
