"""Khóa của gợi ý, giải trình và lần chốt: nothing is finalized with a question left open, and then nothing changes."""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

REVIEW, CARRIED, FINDING = "reviews_review", "reviews_carried", "findings_finding"
PROMPT, EXPLANATION = "reviews_prompt", "reviews_explanation"
PARAGRAPH, WORDING, MEASURE = "reviews_paragraph", "reviews_wording", "reviews_measure"
FINALIZATION = "reviews_finalization"
# Each table, and what is unique in it besides the key.
_ONCE = {
    PROMPT: "same.review_id = NEW.review_id AND same.number = NEW.number",
    EXPLANATION: "1 = 0",
    MEASURE: "1 = 0",
    FINALIZATION: "same.review_id = NEW.review_id AND same.edition = NEW.edition",
}
_OVER = "('final', 'approved')"


def _changed(*columns: str) -> str:
    # Quoted: ``on`` is a word of SQL. A column that may be empty counts as changed when it is emptied.
    return " OR ".join(f'NEW."{column}" <> OLD."{column}"' for column in ("id", *columns))


def _finalized(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {FINALIZATION} f WHERE f.review_id = {row}.review_id"
        f" AND f.edition = {row}.edition)"
    )


def _of_finalized_paragraph(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {PARAGRAPH} p JOIN {FINALIZATION} f ON f.review_id = p.review_id"
        f" AND f.edition = p.edition WHERE p.id = {row}.paragraph_id)"
    )


def _is_over(review: str) -> str:
    return f"EXISTS (SELECT 1 FROM {REVIEW} r WHERE r.id = {review} AND r.state IN {_OVER})"


def _finalization(review: str, edition: str, what: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {FINALIZATION} f WHERE f.review_id = {review}.id"
        f" AND f.edition = {edition}.edition AND {what})"
    )


# A sent prompt whose last explanation is missing or was asked for again.
_PROMPT_OPEN = (
    f"EXISTS (SELECT 1 FROM {PROMPT} p WHERE p.review_id = NEW.review_id AND p.sent_on IS NOT NULL"
    f" AND p.withdrawn_on IS NULL AND NOT EXISTS (SELECT 1 FROM {EXPLANATION} e WHERE e.prompt_id = p.id"
    f" AND e.verdict <> 'again' AND NOT EXISTS (SELECT 1 FROM {EXPLANATION} later"
    " WHERE later.prompt_id = p.id AND later.id > e.id)))"
)
_CARRIED_OPEN = (
    f"EXISTS (SELECT 1 FROM {CARRIED} c JOIN {FINDING} g ON g.id = c.finding_id"
    " WHERE c.review_id = NEW.review_id"
    " AND (c.answer = '' OR (c.why_not = '' AND g.state <> 'mended')))"
)
_NO_TEXT = (
    f"NOT EXISTS (SELECT 1 FROM {PARAGRAPH} p WHERE p.review_id = NEW.review_id"
    " AND p.edition = NEW.edition AND NOT p.dropped)"
)
_BEING_WRITTEN = (
    f"EXISTS (SELECT 1 FROM {REVIEW} r WHERE r.id = NEW.review_id AND r.edition = NEW.edition"
    " AND r.state IN ('draft', 'returned') AND r.exemption = '')"
)
_PROMPT_REVIEW = f"(SELECT p.review_id FROM {PROMPT} p WHERE p.id = NEW.prompt_id)"
_PROMPT_ASKS = (
    f"EXISTS (SELECT 1 FROM {PROMPT} p WHERE p.id = NEW.prompt_id AND p.sent_on IS NOT NULL"
    " AND p.withdrawn_on IS NULL)"
)

FINALIZING = (
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
    # --- what was finalized stays ---
    *(
        Trigger(
            f"{table}_frozen_{event.lower()}",
            table,
            event,
            "nothing of a finalized edition changes",
            " OR ".join(frozen(row) for row in rows),
        )
        for table, frozen in (
            (PARAGRAPH, _finalized),
            (MEASURE, _finalized),
            (WORDING, _of_finalized_paragraph),
        )
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
        if (table, event) != (MEASURE, "DELETE")
    ),
    Trigger(
        f"{CARRIED}_frozen",
        CARRIED,
        "UPDATE",
        "what a finalized review says of a carried finding stays",
        _is_over("OLD.review_id"),
    ),
    # --- finalizing ---
    Trigger(
        f"{FINALIZATION}_nothing_open",
        FINALIZATION,
        "INSERT",
        "a review is finalized with text, every prompt explained and every carried finding answered",
        f"{_PROMPT_OPEN} OR {_CARRIED_OPEN} OR {_NO_TEXT}",
    ),
    Trigger(
        f"{FINALIZATION}_of_what_is_written",
        FINALIZATION,
        "INSERT",
        "only the edition being written is finalized, and nobody has decided on it yet",
        f"NOT {_BEING_WRITTEN} OR NEW.decided_on IS NOT NULL OR NEW.corrected_on IS NOT NULL",
    ),
    Trigger(
        f"{FINALIZATION}_stays",
        FINALIZATION,
        "UPDATE",
        "what was finalized stays as it was; it is decided on once and corrected once",
        _changed("review_id", "edition", "at", "on", "finalizer_label", "text", "sha256")
        + " OR (OLD.decided_on IS NOT NULL AND (NEW.decided_on IS NULL OR"
        f" {_changed('approved', 'decided_on', 'decider_label', 'reason')}))"
        " OR (OLD.corrected_on IS NOT NULL AND (NEW.corrected_on IS NULL OR"
        f" {_changed('corrected_on', 'corrector_label', 'correction_reason')}))",
    ),
    Trigger(
        f"{FINALIZATION}_decided_in_time",
        FINALIZATION,
        "UPDATE",
        "only a finalized review that waits for it is decided on",
        "OLD.decided_on IS NULL AND NEW.decided_on IS NOT NULL AND NOT EXISTS"
        f" (SELECT 1 FROM {REVIEW} r WHERE r.id = NEW.review_id AND r.edition = NEW.edition"
        " AND r.state = 'final')",
    ),
    Trigger(
        f"{REVIEW}_not_born_final",
        REVIEW,
        "INSERT",
        "a review begins unwritten",
        "NEW.state IN ('final', 'returned', 'approved') OR NEW.edition <> 1",
    ),
    Trigger(
        f"{REVIEW}_final_openly",
        REVIEW,
        "UPDATE",
        "a review is finalized and approved by a recorded act only",
        "(NEW.state = 'final' AND NOT "
        + _finalization("NEW", "NEW", "f.decided_on IS NULL AND f.corrected_on IS NULL")
        + ") OR (NEW.state = 'approved' AND NOT "
        + _finalization("NEW", "NEW", "f.approved AND f.corrected_on IS NULL")
        + ")",
    ),
    Trigger(
        f"{REVIEW}_frozen",
        REVIEW,
        "UPDATE",
        "a finalized review goes on only by being returned or corrected, in a new edition",
        f"OLD.state IN {_OVER} AND NOT ("
        "(NEW.edition = OLD.edition AND NEW.state IN ('final', 'approved')"
        " AND (OLD.state = 'final' OR NEW.state = 'approved')"
        f" AND NOT ({_changed('as_of', 'composed_at')}))"
        " OR (NEW.edition = OLD.edition + 1 AND OLD.state = 'final' AND NEW.state = 'returned' AND "
        + _finalization("NEW", "OLD", "NOT f.approved")
        + ") OR (NEW.edition = OLD.edition + 1 AND NEW.state = 'draft' AND "
        + _finalization("NEW", "OLD", "f.corrected_on IS NOT NULL")
        + "))",
    ),
    Trigger(
        f"{REVIEW}_edition",
        REVIEW,
        "UPDATE",
        "an edition follows a finalized one",
        f"OLD.state NOT IN {_OVER} AND NEW.edition <> OLD.edition",
    ),
    # --- prompts and explanations ---
    Trigger(
        f"{PROMPT}_in_time",
        PROMPT,
        "INSERT",
        "a finalized review takes no more prompts",
        _is_over("NEW.review_id"),
    ),
    Trigger(
        f"{PROMPT}_stays",
        PROMPT,
        "UPDATE",
        "a prompt that was sent is only ever withdrawn, once",
        f"{_changed('review_id', 'issuer_id', 'number', 'author_label')} OR OLD.withdrawn_on IS NOT NULL"
        " OR (OLD.sent_on IS NOT NULL AND (NEW.sent_on IS NULL OR"
        f" {_changed('text', 'sent_on', 'sender_label')}"
        " OR COALESCE(NEW.finding_id, -1) <> COALESCE(OLD.finding_id, -1)))"
        f" OR {_is_over('NEW.review_id')}",
    ),
    Trigger(
        f"{EXPLANATION}_of_a_sent_prompt",
        EXPLANATION,
        "INSERT",
        "only a prompt that was sent, of a review not yet finalized, is explained",
        f"NOT {_PROMPT_ASKS} OR {_is_over(_PROMPT_REVIEW)}",
    ),
    Trigger(
        f"{EXPLANATION}_stays",
        EXPLANATION,
        "UPDATE",
        "an explanation stays as it was given, and is judged once",
        f"{_changed('prompt_id', 'text', 'on', 'at', 'author_label')} OR OLD.verdict <> ''"
        f" OR (NEW.verdict = 'again' AND {_is_over(_PROMPT_REVIEW)})",
    ),
)
