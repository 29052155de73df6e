"""Soạn lại: what nobody touched follows the records, what somebody wrote is never lost."""

from __future__ import annotations

from soi.briefings.logic.merging import DIFFERS, GONE, NEW, UNCHANGED, UPDATED, Merge, Old, Patch, merge
from soi.briefings.logic.sentences import Figure, Sentence, sentence


def old(
    text: str, *, composed: str | None = None, dropped: bool = False, change: str = "", key: str = "k"
) -> Old:
    return Old(key, text if composed is None else composed, text, dropped, change)


def new(text: str, key: str = "k") -> Sentence:
    return Sentence(2, key, text)


def only(plan: Merge) -> Patch:
    assert plan.added == ()
    (patch,) = plan.patches
    return patch


def test_an_untouched_line_takes_the_new_sentence_and_remembers_the_old() -> None:
    patch = only(merge([old("Có 3.")], [new("Có 4.")]))
    assert (patch.change, patch.text, patch.composed, patch.other_text) == (
        UPDATED,
        "Có 4.",
        "Có 4.",
        "Có 3.",
    )


def test_the_same_sentence_is_no_change() -> None:
    patch = only(merge([old("Có 3.", change=UPDATED)], [new("Có 3.")]))
    assert (patch.change, patch.other_text) == (UNCHANGED, "")


def test_an_edited_line_keeps_its_words_and_is_asked_about() -> None:
    patch = only(merge([old("Ba việc.", composed="Có 3.")], [new("Có 4.")]))
    assert (patch.change, patch.other_text) == (DIFFERS, "Có 4.")
    assert patch.text is None
    assert patch.composed is None
    assert patch.basis is None


def test_an_edited_line_is_not_asked_about_when_the_records_say_the_same() -> None:
    patch = only(merge([old("Ba việc.", composed="Có 3.")], [new("Có 3.")]))
    assert patch.change == UNCHANGED
    assert patch.text is None


def test_an_edited_line_opens_newer_records_only_where_its_figures_are_the_same() -> None:
    fresh = sentence(2, "k", "Có ", Figure("3 việc", "tasks", (7, 8, 9)), ".")
    mine = Old("k", "Có 3 việc.", "Được 3 việc.", dropped=False, change="", figures=("3 việc",))
    assert only(merge([mine], [fresh])).basis == fresh.basis
    other = Old("k", "Có 3 việc.", "Được 2 việc.", dropped=False, change="", figures=("2 việc",))
    assert only(merge([other], [fresh])).basis is None


def test_what_was_dropped_stays_dropped_though_its_figures_move() -> None:
    patch = only(merge([old("Có 3.", dropped=True)], [new("Có 4.")]))
    assert patch.dropped is None


def test_a_line_without_basis_leaves_and_comes_back() -> None:
    gone = only(merge([old("Có 3.")], []))
    assert (gone.change, gone.dropped) == (GONE, True)
    back = only(merge([old("Có 3.", dropped=True, change=GONE)], [new("Có 3.")]))
    assert back.dropped is False


def test_an_edited_line_without_basis_stays_for_its_author() -> None:
    patch = only(merge([old("Ba việc.", composed="Có 3.")], []))
    assert (patch.change, patch.dropped) == (GONE, None)


def test_what_somebody_dropped_and_then_lost_its_basis_asks_nothing() -> None:
    assert only(merge([old("Có 3.", dropped=True)], [])).change == UNCHANGED


def test_ones_own_lines_are_never_touched() -> None:
    assert merge([old("Của tôi.", key="")], []).patches == ()


def test_a_new_sentence_knows_the_one_it_follows() -> None:
    plan = merge([old("Một.", key="a")], [new("Một.", "a"), new("Hai.", "b"), new("Ba.", "c")])
    assert [(added.key, before) for added, before in plan.added] == [("b", "a"), ("c", "b")]
    assert plan.count(NEW) == 0
