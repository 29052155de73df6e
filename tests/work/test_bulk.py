"""Many tasks at once: all or none, few statements for each, and taken back by the author on the same day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.history.models import Event
from soi.work import bulk, queries, tasks
from soi.work.enums import BulkKind
from soi.work.models import BulkChange, BulkItem, Task, TaskDelta
from tests.work.story import DUE_ON, TODAY, Story, figures, figures_of_tasks

DAY = dt.timedelta(days=1)
NEW_DUE = DUE_ON + 10 * DAY


@pytest.fixture
def three(story: Story) -> list[Task]:
    return [story.assign(code=f"NV-{number}") for number in range(3)]


def change(
    story: Story, tasks_: list[Task], kind: BulkKind, *, by: str = "clerk", **given: Any
) -> BulkChange:
    return bulk.change_many(actor=story.actor(by), tasks=tasks_, kind=kind, now=story.now, **given)


def move(story: Story, tasks_: list[Task], **given: Any) -> BulkChange:
    return change(
        story, tasks_, BulkKind.CHANGE_DUE, **{"due_on": NEW_DUE, "reason": "Chờ kinh phí", **given}
    )  # fmt: skip


def hand_over(story: Story, tasks_: list[Task], to: str = "brigade", **given: Any) -> BulkChange:
    return change(story, tasks_, BulkKind.HAND_OVER, accountable_post=story.region.posts[to], **given)


def undo(story: Story, made: BulkChange, *, by: str = "clerk", today: dt.date = TODAY) -> int:
    return bulk.undo(actor=story.actor(by, today=today), change=made, now=story.now)


def state() -> list[dict[str, Any]]:
    return list(
        Task.objects.order_by("pk").values("organization", "accountable_post", "due_on", "reminded_on")
    )


def test_each_kind_and_back_again(story: Story, three: list[Task]) -> None:
    before = state()
    for act in (move, hand_over, lambda story, three: change(story, three, BulkKind.REMIND)):
        made = act(story, three)
        assert state() != before
        assert figures() == figures_of_tasks()
        assert made.items.count() == 3
        assert undo(story, made) == 3
        assert state() == before
        assert figures() == figures_of_tasks()


def test_each_task_tells_of_it_in_its_own_history(story: Story, three: list[Task]) -> None:
    made = move(story, three)
    for task in three:
        event = queries.history_of(task).first()
        assert event is not None
        assert (event.action, event.payload.facts["bulk"]) == ("work.change_due", made.pk)
        assert event.payload.facts["old_due_on"] == DUE_ON.isoformat()
    undo(story, made)
    last = queries.history_of(three[0]).first()
    assert last is not None
    assert last.action == "work.bulk_undone"
    assert Event.objects.filter(subject_type="work.bulkchange").count() == 2


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_cannot_be_changed_keeps_all_as_they_were(
    story: Story, three: list[Task], place: int
) -> None:
    story.done(three[place])
    before, told = state(), Event.objects.count()
    for act in (move, hand_over, lambda story, three: change(story, three, BulkKind.REMIND)):
        with pytest.raises(Conflict, match="Chưa nhiệm vụ nào bị thay đổi"):
            act(story, three)
    assert (state(), Event.objects.count()) == (before, told)
    assert not BulkChange.objects.exists()


def test_one_of_another_giver_or_out_of_sight_stops_all(story: Story, three: list[Task]) -> None:
    own = story.assign(by="divisionclerk", giver="division")
    with pytest.raises(NotAllowed):
        move(story, [own, *three], by="divisionclerk")
    foreign = story.assign(by="brigadeclerk", giver="brigade", to="brigade")
    with pytest.raises(NotFound):
        move(story, [own, foreign], by="divisionclerk")
    assert move(story, [own], by="divisionclerk").pk
    assert not BulkItem.objects.exclude(task=own).exists()


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (BulkKind.HAND_OVER, {}, "accountable_post"),
        (BulkKind.CHANGE_DUE, {"reason": "x"}, "due_on"),
        (BulkKind.CHANGE_DUE, {"due_on": NEW_DUE}, "reason"),
        (BulkKind.CHANGE_DUE, {"due_on": TODAY - DAY, "reason": "x"}, "due_on"),
    ],
)
def test_what_is_missing_is_asked_for(
    story: Story, three: list[Task], kind: BulkKind, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        change(story, three, kind, **given)
    assert field in refused.value.fields


def test_nothing_and_too_many(story: Story, three: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid):
        move(story, [])
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(Invalid, match="từ 1 đến 2"):
        move(story, three)
    assert move(story, [*three[:2], three[0]]).items.count() == 2, "the same task twice is one task"


def test_a_task_and_its_sub_task_move_together(story: Story, three: list[Task]) -> None:
    below = story.assign(by="clerk", to="regiment", parent=three[0])
    with pytest.raises(Invalid):
        move(story, [below])
    assert move(story, [three[0], below]).items.count() == 2


def test_who_was_reminded_today_is_left_out(story: Story, three: list[Task]) -> None:
    tasks.remind(actor=story.actor("clerk"), tasks=three[:1], now=story.now)
    made = change(story, three, BulkKind.REMIND)
    assert set(made.items.values_list("task", flat=True)) == {three[1].pk, three[2].pk}
    with pytest.raises(Conflict, match="đều đã được nhắc"):
        change(story, three, BulkKind.REMIND)


# --- taking back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "day", "refusal"),
    [("secretary", TODAY, NotAllowed), ("brigade", TODAY, NotAllowed), ("clerk", TODAY + DAY, Conflict)],
)
def test_only_the_author_and_only_that_day(
    story: Story, three: list[Task], who: str, day: dt.date, refusal: type[Refusal]
) -> None:
    made = move(story, three)
    with pytest.raises(refusal):
        undo(story, made, by=who, today=day)
    assert undo(story, made) == 3
    with pytest.raises(Conflict, match="đã được hoàn tác"):
        undo(story, made)


def test_what_was_changed_since_is_named_and_nothing_is_taken_back(story: Story, three: list[Task]) -> None:
    made = move(story, three)
    tasks.change_due(
        actor=story.actor("clerk"), task=three[1], due_on=NEW_DUE + DAY, reason="Xin thêm", now=story.now
    )
    before = state()
    with pytest.raises(Conflict, match=f"«{three[1]}»"):
        undo(story, made)
    assert state() == before


def test_a_report_of_the_new_owner_holds_a_handing_over(story: Story, three: list[Task]) -> None:
    story.report(three[0])
    made = hand_over(story, three)
    story.report(three[2], by="brigade")
    with pytest.raises(Conflict, match="đã có thay đổi"):
        undo(story, made)
    moved = move(story, three)
    story.report(three[2], by="brigade")
    assert undo(story, moved) == 3, "a report says nothing of the date"


def test_what_may_be_taken_back_is_offered_to_its_author(story: Story, three: list[Task]) -> None:
    made = move(story, three)
    clerk = story.actor("clerk")
    assert list(queries.bulk_changes_of(clerk)) == [made]
    assert queries.get_bulk(clerk, made.pk) == made
    assert not queries.bulk_changes_of(story.actor("secretary")).exists()
    assert not queries.bulk_changes_of(story.actor("clerk", today=TODAY + DAY)).exists()
    with pytest.raises(NotFound):
        queries.get_bulk(story.actor("secretary"), made.pk)
    undo(story, made)
    assert not queries.bulk_changes_of(clerk).exists()


def test_each_further_task_costs_its_event_only(story: Story, three: list[Task]) -> None:
    def cost(chosen: list[Task], due_on: dt.date) -> int:
        actor, before = story.actor("clerk"), TaskDelta.objects.count()
        with CaptureQueriesContext(connection) as queries_:
            bulk.change_many(
                actor=actor, tasks=chosen, kind=BulkKind.CHANGE_DUE, now=story.now, due_on=due_on, reason="x"
            )
        assert TaskDelta.objects.count() == before + 2 * len(chosen)
        return len(queries_)

    one, all_three = cost(three[:1], NEW_DUE), cost(three, NEW_DUE + DAY)
    assert (all_three - one) / 2 == 2  # event, payload


def test_what_was_given_below_meanwhile_holds_the_date(story: Story, three: list[Task]) -> None:
    """A part given after the date moved would end after the greater task, were the date taken back."""
    made = move(story, three)
    part = story.below(three[1], due_on=NEW_DUE)
    before = state()
    with pytest.raises(Invalid, match="Nhiệm vụ con"):
        undo(story, made)
    assert state() == before
    tasks.cancel_task(actor=story.actor("clerk"), task=part, reason="Không cần nữa", now=story.now)
    assert undo(story, made) == 3


def test_what_was_given_below_meanwhile_holds_the_post(story: Story, three: list[Task]) -> None:
    made = hand_over(story, three)
    part = story.below(three[1], by="brigadeclerk", giver="brigade", to="brigadeclerk")
    with pytest.raises(Invalid, match="nhiệm vụ con"):
        undo(story, made)
    assert three[1].organization_id != Task.objects.get(pk=three[1].pk).organization_id
    tasks.cancel_task(actor=story.actor("clerk"), task=part, reason="Không cần nữa", now=story.now)
    assert undo(story, made) == 3


def test_a_task_and_its_part_are_taken_back_together(story: Story, three: list[Task]) -> None:
    part = story.below(three[0], due_on=DUE_ON)
    made = move(story, [three[0], part])
    assert undo(story, made) == 2
    assert set(Task.objects.values_list("due_on", flat=True)) == {DUE_ON}
