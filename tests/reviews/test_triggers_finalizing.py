"""The database itself: raw SQL, as from a console, finalizes nothing with a question open and changes nothing after."""

# ruff: noqa: S608  (the tests put together the very statements that a console would)

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from soi.reviews.enums import Verdict
from soi.reviews.models import Explanation, Finalization, Measure, Paragraph, Prompt, Review, Wording
from soi.reviews.triggers_finalizing import FINALIZING
from tests.conftest import TODAY
from tests.console import refused, run
from tests.reviews.deciding import Deciding

NEVER_LOST = [Prompt, Explanation, Measure, Finalization]
MARK = "0" * 64


def finalize_by_hand(review: Review) -> Finalization:
    with transaction.atomic():
        return Finalization.objects.create(
            review=review, edition=review.edition, at=dt.datetime(2021, 12, 1, tzinfo=dt.UTC),
            on=dt.date(2021, 12, 1), finalizer_label="Bàn phím", text="x", sha256=MARK,
        )  # fmt: skip


@pytest.fixture
def final(deciding: Deciding) -> Deciding:
    """A row in every table; finalized."""
    deciding.measure()
    deciding.explain(deciding.prompt())
    deciding.ready()
    Wording.objects.get_or_create(
        paragraph=Paragraph.objects.get(), version=1,
        defaults={"text": "Lời", "at": deciding.now, "editor_label": "X"},
    )  # fmt: skip
    deciding.finalize()
    return deciding


def test_every_trigger_has_a_name_of_its_own() -> None:
    names = [trigger.name for trigger in FINALIZING]
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 54, "PostgreSQL cuts names at 63, with _truncate behind"


def test_no_row_can_be_deleted_or_replaced(final: Deciding) -> None:
    for model in NEVER_LOST:
        table = model._meta.db_table
        count = model._default_manager.count()
        assert count, f"{table} must hold something that could be lost"
        refused(f"DELETE FROM {table}")
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
        refused(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1")
        assert model._default_manager.count() == count


# --- before: nothing open ----------------------------------------------------------------------------


def test_with_an_unexplained_prompt_nothing_is_finalized(deciding: Deciding) -> None:
    deciding.ready()
    prompt = deciding.prompt()
    with pytest.raises(DatabaseError, match="every prompt explained"):
        finalize_by_hand(deciding.review)
    deciding.judge(deciding.explain(prompt), Verdict.AGAIN, "Chưa rõ")
    with pytest.raises(DatabaseError, match="every prompt explained"):
        finalize_by_hand(deciding.review)
    deciding.explain(prompt, "Nói thêm")
    assert finalize_by_hand(deciding.review).pk


def test_with_an_unanswered_carried_row_or_without_text_nothing_is_finalized(deciding: Deciding) -> None:
    deciding.answer()
    with pytest.raises(DatabaseError, match="with text"):
        finalize_by_hand(deciding.review)
    deciding.write()
    run("UPDATE reviews_carried SET why_not = ''")
    with pytest.raises(DatabaseError, match="every carried finding"):
        finalize_by_hand(deciding.review)
    deciding.answer()
    assert finalize_by_hand(deciding.review).pk


def test_the_state_cannot_be_set_past_the_recorded_act(deciding: Deciding) -> None:
    deciding.ready()
    for state in ("final", "approved"):
        refused("UPDATE reviews_review SET state = %s WHERE id = %s", state, deciding.review.pk)
    refused("UPDATE reviews_review SET edition = 2 WHERE id = %s", deciding.review.pk)


# --- after: frozen -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("reviews_paragraph", "text = 'khác'"),
        ("reviews_paragraph", "dropped = NOT dropped"),
        ("reviews_paragraph", "edition = 2"),
        ("reviews_wording", "text = 'khác'"),
        ("reviews_measure", "statement = 'khác'"),
        ("reviews_measure", "task_id = NULL"),
        ("reviews_measure", "dropped = NOT dropped"),
        ("reviews_carried", "answer = 'khác'"),
        ("reviews_prompt", "text = 'khác'"),
        ("reviews_prompt", "sent_on = NULL"),
        ("reviews_prompt", "withdrawn_on = '2021-12-01', withdrawn_reason = 'x'"),
        ("reviews_explanation", "text = 'khác'"),
        ("reviews_explanation", "verdict = 'again', verdict_reason = 'x'"),
        ("reviews_finalization", "text = 'khác'"),
        ("reviews_finalization", "sha256 = 'khác'"),
        ("reviews_finalization", "finalizer_label = 'khác'"),
        ("reviews_review", "state = 'draft'"),
        ("reviews_review", "state = 'waiting'"),
        ("reviews_review", "state = 'returned', edition = 2"),
        ("reviews_review", "state = 'approved'"),
    ],
)
def test_nothing_of_a_finalized_edition_changes(final: Deciding, table: str, change: str) -> None:
    where = f"WHERE id = {final.review.pk}" if table == "reviews_review" else ""
    refused(f"UPDATE {table} SET {change} {where}")


def test_nothing_is_added_to_or_taken_from_a_finalized_edition(final: Deciding) -> None:
    refused("DELETE FROM reviews_wording")
    refused("DELETE FROM reviews_paragraph")
    paragraph, measure = Paragraph.objects.get(), Measure.objects.get()
    paragraph.pk, paragraph.key, measure.pk = None, "", None
    prompt = Prompt.objects.get()
    for row in (paragraph, measure, Explanation(prompt=prompt, text="x", on=final.review.cycle.opened_on,
                                                at=final.now, author_label="x"),
                Prompt(review=final.review, issuer=prompt.issuer, number=9, text="x", author_label="x")):  # fmt: skip
        row._state.adding = True
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


def test_a_decision_is_made_once_and_only_while_it_is_waited_for(final: Deciding) -> None:
    for explanation in Explanation.objects.all():
        final.judge(explanation)
    refused("UPDATE reviews_explanation SET verdict = ''")
    final.approve()
    refused("UPDATE reviews_finalization SET approved = NOT approved, reason = 'x'")
    refused("UPDATE reviews_finalization SET decided_on = NULL, approved = NULL")
    final.correct()
    refused("UPDATE reviews_finalization SET correction_reason = 'khác'")
    refused("UPDATE reviews_paragraph SET text = 'khác' WHERE edition = 1")
    rewritten = "UPDATE reviews_paragraph SET text = 'khác', version = version + 1 WHERE edition = 2"
    assert run(rewritten) == 1, "the new one is written"
    with pytest.raises(DatabaseError):
        finalize_by_hand(Review(pk=final.review.pk, edition=1))
    with pytest.raises(DatabaseError):
        finalize_by_hand(Review(pk=final.review.pk, edition=3))


def test_an_unsent_prompt_changes_and_a_withdrawn_one_never_again(deciding: Deciding) -> None:
    prompt = deciding.prepare()[0]
    assert run("UPDATE reviews_prompt SET text = 'khác'") == 1
    with pytest.raises(DatabaseError, match="was sent"), transaction.atomic():
        Explanation.objects.create(prompt=prompt, text="x", on=TODAY, at=deciding.now, author_label="x")
    refused("UPDATE reviews_prompt SET number = 7")
    run("UPDATE reviews_prompt SET withdrawn_on = '2021-12-01', withdrawn_reason = 'x'")
    refused("UPDATE reviews_prompt SET withdrawn_on = NULL")
