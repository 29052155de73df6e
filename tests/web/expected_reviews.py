"""Kỳ vọng cho kiểm điểm; written by hand, without looking at the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.kinds_of_actor import ALL_RECORDERS, READERS, RECORDERS, SIGNED_IN, Expect
from tests.web.world import World

# A level above judges a review; it does not lead the cycle of another body.
LEADS = frozenset({"regiment"})


def cycle(world: World) -> list[Any]:
    return [world.reviews.cycle.pk]


def table() -> dict[str, Expect]:
    """Kỳ vọng viết tay."""
    return {**_cycles(), **_text(), **_deciding(), **_comments()}


def _cycles() -> dict[str, Expect]:
    """Of the regiment: its readers see the cycle and whoever stands in its list; only it leads the cycle."""
    in_the_list = READERS | {"member"}
    return {
        "review_cycle_list": Expect(SIGNED_IN),
        "review_cycle_new": Expect(ALL_RECORDERS, ALL_RECORDERS),
        "review_ring": Expect(in_the_list, args=cycle),
        "review_list": Expect(in_the_list, args=cycle),
        "review_list_xlsx": Expect(in_the_list, args=cycle),
        "review_steps": Expect(LEADS, LEADS, cycle),
        "review_closing": Expect(post=LEADS, args=cycle),
        "review_list_adding": Expect(LEADS, LEADS, cycle),
        "review_list_supplement": Expect(post=LEADS, args=cycle),
        # Without a line chosen it says so to whoever sees the cycle and keeps some list.
        "review_bulk": Expect(RECORDERS, RECORDERS, cycle, {"kind": "remind"}),
        "review_readmission": Expect(post=RECORDERS, args=lambda world: [world.reviews.exempt.pk]),
    }


def _text() -> dict[str, Expect]:
    """Of the regiment's draft: its own people write and read it; above, only that there is one."""
    author = frozenset({"regiment"})

    def review(world: World) -> list[Any]:
        return [world.reviews.collective.pk]

    def paragraph(world: World) -> list[Any]:
        return [world.reviews.paragraph.pk]

    return {
        "review_detail": Expect(READERS, args=review),
        "review_composing": Expect(post=author, args=review),
        "review_writing": Expect(author, args=review),
        "review_paragraph_new": Expect(post=author, args=review, data={"section": "1", "text": "Thêm."}),
        "review_docx": Expect(author, args=review),
        "review_compare": Expect(author, args=review),
        "review_copies": Expect(author, args=review),
        "review_paragraph": Expect(author, author, paragraph, {"text": "CANARY lời khác", "version": "1"}),
        "review_paragraph_deed": Expect(post=author, args=paragraph, data={"deed": "up"}),
        "review_figure": Expect(author, args=paragraph),
        "review_wordings": Expect(author, args=paragraph),
    }


def _deciding() -> dict[str, Expect]:
    """Of the regiment's own review: it writes, the division right above prompts and decides, nobody higher up."""
    author, above = frozenset({"regiment"}), frozenset({"division", "divisionclerk"})

    def of(name: str) -> Callable[[World], list[Any]]:
        return lambda world: [getattr(world.deciding, name).pk]

    return {
        # Who has somebody directly below in the cycle finds them there; the page opens for who keeps records.
        "review_prompts": Expect(RECORDERS, RECORDERS, cycle),
        "review_prompts_sending": Expect(post=RECORDERS, args=cycle),
        "review_prompt_edit": Expect(above, above, of("unsent")),
        "review_prompt_withdrawal": Expect(above, above, of("prompt")),
        "review_explanation": Expect(author, author, of("prompt")),
        "review_judgement": Expect(above, above, of("explanation")),
        "review_carried": Expect(author, author, of("carried")),
        "review_measure_new": Expect(author, author, of("review")),
        "review_measure_edit": Expect(author, author, of("measure")),
        "review_measure_drop": Expect(post=author, args=of("measure")),
        "review_finalizing": Expect(post=author, args=of("review")),
        "review_decision": Expect(above, above, of("review")),
        "review_correction": Expect(author, author, of("review")),
    }


def _comments() -> dict[str, Expect]:
    """The regiment asks about its own draft: the level above neither asks, nor reads, nor answers."""
    office = frozenset({"regiment"})

    def of(name: str) -> Callable[[World], list[Any]]:
        return lambda world: [getattr(world.comments, name).pk]

    return {
        "my_reviews": Expect(SIGNED_IN),
        "comment_round_new": Expect(office, office, lambda world: [world.reviews.collective.pk]),
        "comment_round": Expect(office, args=of("round")),
        "comment_round_closing": Expect(post=office, args=of("round")),
        "comment_round_extending": Expect(office, office, of("round")),
        "comment_paper": Expect(office, office, of("paper")),
        "comment_asked": Expect(frozenset({"member"}), frozenset({"member"}), of("round")),
        "comment_answer": Expect(office, office, of("comment")),
        "unsigned_answer": Expect(office, office, of("unsigned")),
    }
