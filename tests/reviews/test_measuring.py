"""Measures: concrete or refused; a task once finalized; then changed only as a task."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.reviews import measuring
from soi.reviews.models import Measure
from soi.work.enums import Origin
from soi.work.models import Task
from soi.work.programmes import add_programme
from tests.reviews.deciding import DUE, Deciding


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"statement": "Tăng cường công tác lãnh đạo"}, "deliverable"),
        ({"statement": "Tăng cường công tác lãnh đạo", "deliverable": "Báo cáo"}, "statement"),
        ({"deliverable": ""}, "deliverable"),
        ({"accountable_post": None}, "accountable_post"),
        ({"due_on": None}, "due_on"),
        ({"due_on": dt.date(2021, 11, 30)}, "due_on"),
        ({"area": "không có"}, "area"),
        ({"statement": "Rà soát 5 đơn vị " + "x" * 4000}, "statement"),
        ({"deliverable": "5 biên bản " + "x" * 500}, "deliverable"),
    ],
)
def test_the_vague_and_the_incomplete_are_refused(
    deciding: Deciding, given: dict[str, Any], field: str
) -> None:
    if given == {"statement": "Tăng cường công tác lãnh đạo"}:
        given = {**given, "deliverable": "Chuyển biến tích cực"}
    with pytest.raises(Invalid) as refusal:
        deciding.measure(**given)
    assert field in refusal.value.fields
    assert not Measure.objects.exists()


def test_a_measure_is_not_given_upwards_or_to_another_branch(deciding: Deciding) -> None:
    for name in ("secretary", "brigade"):
        with pytest.raises((Invalid, NotAllowed, NotFound)):
            deciding.measure(accountable_post=deciding.region.posts[name])
    assert deciding.measure(accountable_post=deciding.region.posts["regiment"]).pk


@pytest.mark.parametrize("name", ["clerk", "regiment", "brigade", "inspector"])
def test_only_the_author_adds_measures(deciding: Deciding, name: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        deciding.measure(by=name)


def test_edited_dropped_and_never_lost(deciding: Deciding) -> None:
    measure, actor = deciding.measure(), deciding.actor("division")
    entry = deciding.entry(statement="Kiểm tra phân công ở 7 đơn vị")
    edited = measuring.edit_measure(
        actor=actor, measure=measure, entry=entry, expected_version=1, now=deciding.now
    )
    assert (edited.statement, edited.version) == ("Kiểm tra phân công ở 7 đơn vị", 2)
    with pytest.raises(Conflict, match="7 đơn vị"):
        measuring.edit_measure(
            actor=actor, measure=measure, entry=deciding.entry(), expected_version=1, now=deciding.now
        )
    measuring.drop_measure(actor=actor, measure=measure, now=deciding.now)
    with pytest.raises(Conflict):
        measuring.drop_measure(actor=actor, measure=measure, now=deciding.now)
    deciding.ready()
    deciding.finalize()
    assert not Task.objects.exists(), "what was dropped becomes no task"


def test_finalized_it_is_a_task_of_the_next_programme(deciding: Deciding) -> None:
    body = deciding.region.bodies["division"]
    programmes = {
        period: add_programme(
            actor=deciding.actor("division"), organization=body, title=f"Chương trình {period}",
            period=period, now=deciding.now,
        )
        for period in ("2021", "2022")
    }  # fmt: skip
    measure = deciding.measure()
    deciding.ready()
    deciding.finalize()
    measure.refresh_from_db()
    task = Task.objects.get()
    assert measure.task == task
    assert task.programme == programmes["2022"]
    assert (task.statement, task.deliverable, task.due_on) == (measure.statement, measure.deliverable, DUE)
    assert (task.accountable_post, task.assigned_by, task.origin) == (
        measure.accountable_post, body, Origin.REMEDY,
    )  # fmt: skip
    assert task.start_on == dt.date(2022, 1, 1), "it begins with the next period"


def test_without_a_programme_it_is_a_task_all_the_same(deciding: Deciding) -> None:
    deciding.measure()
    deciding.ready()
    deciding.finalize()
    assert Task.objects.get().programme is None


def test_corrected_it_stays_the_same_task_and_is_changed_only_there(deciding: Deciding) -> None:
    first = deciding.measure()
    deciding.ready()
    deciding.finalize()
    deciding.correct()
    copy = Measure.objects.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert (copy.edition, copy.task_id) == (2, first.task_id)
    with pytest.raises(Conflict, match="đã thành nhiệm vụ"):
        measuring.drop_measure(actor=deciding.actor("division"), measure=copy, now=deciding.now)
    with pytest.raises(NotFound):
        measuring.drop_measure(actor=deciding.actor("division"), measure=first, now=deciding.now)
    deciding.measure(statement="Tập huấn 3 lớp cho cấp ủy", deliverable="3 lớp, có danh sách")
    deciding.finalize()
    assert Task.objects.count() == 2, "the first is not given a second time"


def test_a_person_writes_the_way_ahead_into_the_text(deciding: Deciding) -> None:
    with pytest.raises(Conflict, match="tập thể"):
        measuring.add_measure(
            actor=deciding.actor("division"), review=deciding.played.personal("division"),
            entry=deciding.entry(), now=deciding.now,
        )  # fmt: skip
