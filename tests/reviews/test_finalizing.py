"""Finalizing: refused while anything is open; then frozen; decided above; corrected in a new edition."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from soi.org.enums import EdgeKind
from soi.org.models import OrganizationEdge
from soi.reviews import editions, permissions, prompting, readiness, writing
from soi.reviews.enums import Change, Exemption, ReviewState, Verdict
from soi.reviews.models import Finalization, Paragraph, Review, Wording
from soi.reviews.readiness import Missing
from soi.work import tasks
from soi.work.models import Task
from tests.reviews.comments import asking, closed
from tests.reviews.deciding import Deciding


def missing(deciding: Deciding) -> set[Missing]:
    return {lack.what for lack in readiness.lacks(deciding.review, today=deciding.actor("clerk").today)}


# --- what must be there ------------------------------------------------------------------------------


def test_nothing_is_finalized_before_a_word_is_written(deciding: Deciding) -> None:
    with pytest.raises(Conflict, match="chưa có chữ nào"):
        deciding.finalize()
    deciding.answer()
    assert missing(deciding) == {Missing.TEXT}
    with pytest.raises(Conflict, match="chưa có đoạn nào"):
        deciding.finalize()


def test_a_text_whose_every_paragraph_was_dropped_is_empty(deciding: Deciding) -> None:
    paragraph = deciding.write()
    deciding.answer()
    writing.drop_paragraph(actor=deciding.actor("division"), paragraph=paragraph, now=deciding.now)
    with pytest.raises(Conflict, match="chưa có đoạn nào"):
        deciding.finalize()


def test_a_prompt_without_its_explanation_blocks(deciding: Deciding) -> None:
    deciding.ready()
    prompt = deciding.prompt()
    with pytest.raises(Conflict, match="Còn 1 gợi ý"):
        deciding.finalize()
    deciding.explain(prompt)
    assert missing(deciding) == set(), "one that waits to be judged is an explanation"
    assert deciding.finalize().edition == 1


def test_an_explanation_asked_for_again_blocks_until_another_one_follows(deciding: Deciding) -> None:
    deciding.ready()
    prompt = deciding.prompt()
    deciding.judge(deciding.explain(prompt), Verdict.AGAIN, "Chưa rõ ai")
    with pytest.raises(Conflict, match="Còn 1 gợi ý"):
        deciding.finalize()
    deciding.explain(prompt, "Đồng chí bí thư chịu trách nhiệm.")
    assert deciding.finalize().edition == 1


def test_a_prompt_not_sent_or_withdrawn_asks_for_nothing(deciding: Deciding) -> None:

    deciding.ready()
    deciding.prepare()
    prompting.withdraw_prompt(
        actor=deciding.actor("clerk"), prompt=deciding.prompt(), reason="Trùng", now=deciding.now
    )
    assert deciding.finalize().edition == 1


def test_a_carried_row_without_its_answer_blocks(deciding: Deciding) -> None:
    deciding.write()
    with pytest.raises(Conflict, match="Còn 1 mục chuyển sang"):
        deciding.finalize()
    deciding.answer()
    assert deciding.finalize().edition == 1


def test_a_mandatory_round_blocks_until_it_is_closed(deciding: Deciding) -> None:
    deciding.ready()
    actor = deciding.actor("divisionclerk")
    round_ = asking(actor, deciding.review, bodies=[deciding.region.bodies["regiment"]])
    with pytest.raises(Conflict, match="Còn 1 đợt góp ý"):
        deciding.finalize()
    closed(actor, round_)
    assert deciding.finalize().edition == 1


def test_a_paragraph_that_awaits_a_choice_blocks(deciding: Deciding) -> None:
    deciding.ready()
    paragraph = Paragraph.objects.get()
    Paragraph.objects.update(change=Change.DIFFERS)
    Wording.objects.create(
        paragraph=paragraph, version=0, based_on=1, text="Lời khác", at=deciding.now, editor_label="X",
        aside=True,
    )  # fmt: skip
    assert missing(deciding) == {Missing.CHANGES, Missing.ASIDES}


def test_everything_that_is_missing_is_said_at_once(deciding: Deciding) -> None:
    deciding.write()
    deciding.prompt()
    with pytest.raises(Conflict) as refusal:
        deciding.finalize()
    assert "gợi ý" in refusal.value.sentence
    assert "mục chuyển sang" in refusal.value.sentence
    assert missing(deciding) == {Missing.PROMPTS, Missing.CARRIED}


@pytest.mark.parametrize("name", ["clerk", "secretary", "regiment", "brigade", "inspector", "press"])
def test_only_the_author_finalizes_and_corrects(deciding: Deciding, name: str) -> None:
    deciding.ready()
    with pytest.raises((NotAllowed, NotFound)):
        deciding.finalize(by=name)
    deciding.finalize()
    with pytest.raises((NotAllowed, NotFound)):
        deciding.correct(by=name)


def test_who_is_exempt_is_not_finalized(deciding: Deciding) -> None:
    Review.objects.filter(pk=deciding.review.pk).update(exemption=Exemption.AWAY)
    with pytest.raises(Conflict, match="chưa kiểm điểm"):
        deciding.finalize()


# --- all or nothing ----------------------------------------------------------------------------------


def test_finalized_and_its_tasks_stand_together_or_not_at_all(
    deciding: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the first task and the second, or before the state is written: nothing remains."""
    deciding.measure()
    deciding.measure(statement="Tập huấn 3 lớp cho cấp ủy", deliverable="3 lớp, có danh sách")
    deciding.ready()
    before = Event.objects.count()
    assign, calls = tasks.assign_task, iter(range(9))

    def dies_at_the_second(**given: Any) -> Task:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return assign(**given)

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "assign_task", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            deciding.finalize()
    assert (Task.objects.count(), Finalization.objects.count()) == (0, 0)
    assert (deciding.review.state, Event.objects.count()) == (ReviewState.DRAFT, before)

    deciding.finalize()
    assert (Task.objects.count(), Finalization.objects.count()) == (2, 1)


def test_a_measure_that_can_be_no_task_any_more_stops_it_by_name(deciding: Deciding) -> None:
    measure = deciding.measure(accountable_post=deciding.region.posts["regiment"])
    deciding.ready()
    post = measure.accountable_post
    post.end = deciding.actor("clerk").today
    post.save(update_fields=["end"])
    with pytest.raises(Conflict, match="Rà soát phân công"):
        deciding.finalize()
    assert deciding.review.state == ReviewState.DRAFT


# --- frozen ------------------------------------------------------------------------------------------


def test_the_mark_is_of_everything_the_edition_says(deciding: Deciding) -> None:
    deciding.measure()
    deciding.explain(deciding.prompt("Làm rõ điều này"), "Giải trình thế này")
    deciding.ready()
    done = deciding.finalize()
    assert done.sha256 == hashlib.sha256(done.text.encode()).hexdigest()
    assert editions.is_intact(done)
    for words in (
        "Hoàn thành nhiệm vụ được giao.", "Đã kiểm tra 5 đơn vị.", "not_yet", "Làm rõ điều này",
        "Giải trình thế này", "Rà soát phân công", "Đảng ủy Sư đoàn 901", deciding.finding.statement,
    ):  # fmt: skip
        assert words in done.text
    done.refresh_from_db()
    assert editions.is_intact(done), "what the database keeps gives the same mark"
    event = Event.objects.select_related("payload").filter(action="reviews.finalize").get()
    assert event.payload.facts["sha256"] == done.sha256


def test_no_act_changes_what_was_finalized(deciding: Deciding) -> None:
    measure = deciding.measure()
    prompt = deciding.prompt()
    deciding.explain(prompt)
    deciding.ready()
    deciding.finalize()
    acts: list[Callable[[], object]] = [
        deciding.write,
        deciding.answer,
        deciding.measure,
        deciding.finalize,
        lambda: deciding.explain(prompt),
        lambda: deciding.prepare("Gợi ý muộn"),
        lambda: deciding.measure(statement="Việc khác cho 2 đơn vị"),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()
    measure.refresh_from_db()
    assert measure.version == 1


# --- decided above -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["division", "divisionclerk", "regiment", "brigade", "inspector"])
def test_only_the_level_directly_above_decides(deciding: Deciding, name: str) -> None:
    deciding.ready()
    deciding.finalize()
    with pytest.raises((NotAllowed, NotFound)):
        deciding.approve(by=name)
    with pytest.raises((NotAllowed, NotFound)):
        deciding.send_back(by=name)
    assert deciding.approve().approved is True


def test_what_was_not_finalized_is_not_decided_on(deciding: Deciding) -> None:
    deciding.ready()
    for act in (deciding.approve, deciding.send_back):
        with pytest.raises(Conflict, match="chưa chốt"):
            act()


def test_an_approval_waits_for_the_explanations_to_be_found_clear(deciding: Deciding) -> None:
    said = deciding.explain(deciding.prompt())
    deciding.ready()
    deciding.finalize()
    with pytest.raises(Conflict, match="Còn 1 giải trình"):
        deciding.approve()
    with pytest.raises(Conflict):
        deciding.judge(said, Verdict.AGAIN, "Chưa rõ")
    deciding.judge(said)
    assert deciding.approve().approved is True


def test_returned_with_the_reason_a_new_edition_goes_on_and_the_first_stays(deciding: Deciding) -> None:
    deciding.ready()
    first = deciding.finalize()
    with pytest.raises(Invalid):
        deciding.send_back("  ")
    deciding.send_back()
    review = deciding.review
    assert (review.state, review.edition) == (ReviewState.RETURNED, 2)
    old, new = Paragraph.objects.order_by("edition")
    assert (new.edition, new.text) == (2, old.text)
    writing.edit_paragraph(
        actor=deciding.actor("division"), paragraph=new, text="Nói rõ hơn.", expected_version=1,
        now=deciding.now,
    )  # fmt: skip
    with pytest.raises(Conflict):
        writing.edit_paragraph(
            actor=deciding.actor("division"), paragraph=old, text="Khác", expected_version=1,
            now=deciding.now,
        )  # fmt: skip
    deciding.answer(answer="Đã kiểm tra 7 đơn vị.")
    deciding.finalize()
    first.refresh_from_db()
    assert (first.approved, first.reason, "5 đơn vị" in first.text) == (
        False,
        "Chưa nêu rõ trách nhiệm.",
        True,
    )
    assert editions.is_intact(first)
    assert "7 đơn vị" in deciding.review.finalizations.get(edition=2).text


def test_corrected_after_the_approval_both_stand_and_it_is_decided_on_again(deciding: Deciding) -> None:
    deciding.ready()
    deciding.finalize()
    deciding.approve()
    with pytest.raises(Invalid):
        deciding.correct(" ")
    deciding.correct()
    assert (deciding.review.state, deciding.review.edition) == (ReviewState.DRAFT, 2)
    with pytest.raises(Conflict, match="sửa thẳng"):
        deciding.correct()
    deciding.finalize()
    deciding.approve()
    told = deciding.review.finalizations.values_list("edition", "approved", "correction_reason")
    assert list(told) == [(1, True, "Sai số liệu mục 2."), (2, True, "")]


def test_above_reads_what_was_finalized_never_what_is_being_written(deciding: Deciding) -> None:
    above, home = deciding.actor("clerk"), deciding.actor("division")
    deciding.ready()
    assert editions.editions_for(above, deciding.review) == []
    deciding.finalize()
    deciding.send_back()
    assert editions.editions_for(above, deciding.review) == [1]
    assert editions.editions_for(home, deciding.review) == [1, 2]


def test_a_body_that_was_merged_is_answered_for_by_its_heir(deciding: Deciding) -> None:
    """Mid-cycle the division goes to the brigade, which writes and finalizes what it took over."""
    bodies, today = deciding.region.bodies, deciding.actor("clerk").today
    deciding.ready()
    brigade = deciding.actor("brigade")
    assert not permissions.is_author(brigade, deciding.review)
    OrganizationEdge.objects.filter(child=bodies["division"], end=None).update(end=today)
    OrganizationEdge.objects.create(
        parent=bodies["brigade"], child=bodies["division"], kind=EdgeKind.SUCCEEDED, start=today
    )
    bodies["division"].end = today
    bodies["division"].save(update_fields=["end"])
    review = deciding.review
    assert permissions.is_author(brigade, review)
    assert not permissions.is_author(deciding.actor("regiment"), review)
    assert permissions.check_can_prompt(deciding.actor("clerk"), review) == bodies["region"]


def test_a_finalization_written_past_the_actions_is_refused_by_the_database(deciding: Deciding) -> None:
    deciding.write()
    review = deciding.review
    with pytest.raises(DatabaseError):
        Finalization.objects.create(
            review=review, edition=1, at=deciding.now, on=review.cycle.opened_on, finalizer_label="X",
            text="x", sha256="0" * 64,
        )  # fmt: skip
