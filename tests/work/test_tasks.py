"""Giving a task and changing it: the vague is refused, the tree is kept, the old date stays in the history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.directives.enums import DirectiveKind
from soi.directives.models import Directive
from soi.history.models import Event
from soi.org.enums import WorkArea
from soi.work import entering, programmes, queries
from soi.work.entering import ContributorEntry, TaskEntry
from soi.work.enums import Origin
from soi.work.models import Contributor, Task, TaskDelta
from tests.work.story import DUE_ON, STATEMENT, TODAY, Story, figures, figures_of_tasks

DAY = dt.timedelta(days=1)


def last_event() -> Event:
    return Event.objects.select_related("payload").latest("pk")


# --- giving ------------------------------------------------------------------------------------------


def test_what_is_given_is_kept_and_told(story: Story, now: dt.datetime) -> None:
    before = Event.objects.count()
    task = story.assign(target=Decimal("12.5"), unit=" % ", weight=3, code="NV-7K2M9QX4TB")
    task = Task.objects.get(pk=task.pk)
    assert task.organization == story.region.bodies["division"]
    assert (task.state, task.standing, task.created_on, task.start_on) == ("active", "active", TODAY, TODAY)
    assert (task.target, task.unit, task.code, task.origin) == (
        Decimal("12.5"), "%", "NV-7K2M9QX4TB", Origin.AD_HOC,
    )  # fmt: skip
    event = last_event()
    assert (event.action, event.subject_id, event.at) == ("work.assign", task.pk, now)
    assert event.payload.facts["accountable_post"]["label"] == "Bí thư Đảng ủy Sư đoàn"
    assert Event.objects.count() == before + 1
    assert figures() == figures_of_tasks()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"accountable_post": None}, "accountable_post"),
        ({"due_on": None}, "due_on"),
        ({"deliverable": " "}, "deliverable"),
        ({"statement": ""}, "statement"),
        ({"statement": "Tăng cường công tác quản lý", "deliverable": "Nền nếp"}, "statement"),
        ({"deliverable": "Có chuyển biến"}, "deliverable"),
        ({"due_on": TODAY - DAY}, "due_on"),
        ({"start_on": DUE_ON + DAY}, "start_on"),
        ({"area": "thể thao"}, "area"),
        ({"weight": 0}, "weight"),
        ({"weight": 11}, "weight"),
        ({"weight": 10**9}, "weight"),
        ({"target": Decimal(5)}, "unit"),
        ({"unit": "lớp"}, "target"),
        ({"target": Decimal("NaN"), "unit": "lớp"}, "target"),
        ({"target": Decimal("1e30"), "unit": "lớp"}, "target"),
        ({"historic": True, "created_on": TODAY + DAY}, "created_on"),
        ({"historic": True, "created_on": TODAY, "due_on": TODAY - DAY}, "due_on"),
        ({"unit": "đ" * 41, "target": Decimal(1)}, "unit"),
        ({"code": "a" * 41}, "code"),
    ],
)
def test_a_vague_or_impossible_task_does_not_exist(
    story: Story, given: dict[str, Any], field: str
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as refused:
        story.assign(**given)
    assert field in refused.value.fields
    assert not Task.objects.exists()
    assert not TaskDelta.objects.exists()


def test_the_vague_comes_back_with_a_better_wording(story: Story) -> None:
    with pytest.raises(Invalid, match="Nhiệm vụ «Tăng cường tuyên truyền» mới nêu chủ trương") as refused:
        story.assign(statement="Tăng cường tuyên truyền", deliverable="Nền nếp")
    assert "Có thể viết: «Mỗi tháng một lần đánh giá việc tuyên truyền" in refused.value.sentence
    with pytest.raises(Invalid, match="Chưa giao được nhiệm vụ vì còn thiếu"):
        story.assign(accountable_post=None)


def test_a_number_with_its_unit_makes_it_measurable(story: Story) -> None:
    given = {"statement": "Nâng cao tỷ lệ khá giỏi", "deliverable": "Chất lượng được nâng lên"}
    with pytest.raises(Invalid):
        story.assign(**given)
    assert story.assign(**given, target=Decimal(85), unit="%").pk


def test_due_today_is_early_enough(story: Story) -> None:
    assert story.assign(due_on=TODAY).due_on == TODAY


def test_an_old_paper_may_name_days_that_have_passed(story: Story) -> None:
    old = dt.date(2021, 3, 1)
    task = story.assign(historic=True, due_on=dt.date(2021, 6, 30), start_on=old)
    assert (task.created_on, task.start_on) == (old, old)
    assert task.is_overdue(TODAY)
    assert story.assign(created_on=old).created_on == TODAY, "only an old paper has an old day"


def test_the_same_line_of_a_sheet_is_given_once(story: Story) -> None:
    story.assign(code="NV-1")
    with pytest.raises(Conflict, match="mã «NV-1»"):
        story.assign(code=" NV-1 ")
    assert story.assign(by="divisionclerk", giver="division", code="NV-1").pk, "another giver counts anew"
    assert Task.objects.count() == 2


def test_a_post_that_is_gone_or_out_of_sight_cannot_be_accountable(story: Story) -> None:
    with pytest.raises(NotFound):
        story.assign(by="divisionclerk", giver="division", to="brigade")
    post = story.region.posts["division"]
    post.end = dt.date(2021, 11, 1)
    post.save(update_fields=["end"])
    with pytest.raises(Invalid, match="không có vào ngày"):
        story.assign()


@pytest.mark.parametrize(
    ("who", "giver", "to", "refusal"),
    [
        ("divisionclerk", "region", "division", NotAllowed),  # not the recorder of the giver
        ("inspector", "region", "division", NotAllowed),  # sees, and does not record
        ("brigadeclerk", "brigade", "division", NotFound),
        ("member", "cell", "member", NotAllowed),
    ],
)
def test_who_gives_keeps_the_records_of_both_levels(
    story: Story, who: str, giver: str, to: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        story.assign(by=who, giver=giver, to=to)


def test_work_is_not_given_upwards(story: Story) -> None:
    with pytest.raises(Invalid, match="cấp dưới") as refused:
        story.assign(giver="regiment", to="division")
    assert "assigned_by" in refused.value.fields
    assert story.assign(giver="command", to="division").pk, "beside is not below"


def test_contributors_are_known_and_each_once(story: Story) -> None:
    region = story.region
    brigade = ContributorEntry(region.bodies["brigade"], region.posts["brigade"])
    task = story.assign(contributors=[brigade, ContributorEntry(region.bodies["command"])])
    assert Contributor.objects.filter(task=task).count() == 2
    for wrong in (
        [brigade, brigade],
        [ContributorEntry(region.bodies["brigade"], region.posts["division"])],
        [ContributorEntry(region.bodies["division"])],
        [ContributorEntry(region.bodies["division"], region.posts["division"])],
    ):
        with pytest.raises(Invalid) as refused:
            story.assign(contributors=wrong)
        assert "contributors" in refused.value.fields
    with pytest.raises(NotFound):
        story.assign(by="divisionclerk", giver="division", contributors=[brigade])


def test_programme_and_directive_say_where_it_comes_from(story: Story, now: dt.datetime) -> None:
    region = story.region
    programme = programmes.add_programme(
        actor=story.actor("clerk"), organization=region.bodies["region"], title="Năm 2022", period="2022", now=now
    )  # fmt: skip
    directive = Directive.objects.create(
        issuer=region.bodies["region"], kind=DirectiveKind.RESOLUTION, number="01", title="Về kỷ luật",
        issued_on=TODAY, search_key="",
    )  # fmt: skip
    assert story.assign(programme=programme).origin == Origin.PROGRAMME
    assert story.assign(directive=directive, programme=programme).origin == Origin.DIRECTIVE
    assert story.assign(programme=programme, origin=Origin.REMEDY).origin == Origin.REMEDY
    with pytest.raises(Invalid) as refused:
        story.assign(by="divisionclerk", giver="division", programme=programme)
    assert "programme" in refused.value.fields
    with pytest.raises(NotFound):
        story.assign(by="brigadeclerk", giver="brigade", to="brigade", directive=directive)


def test_a_dry_run_says_what_the_act_would_say(story: Story) -> None:
    given = TaskEntry(
        assigned_by=story.region.bodies["region"], accountable_post=story.region.posts["division"],
        statement=STATEMENT, deliverable="Quy chế", due_on=DUE_ON, area=WorkArea.LEADERSHIP,
    )  # fmt: skip
    assert entering.checked(story.actor("clerk"), given).pk is None
    with pytest.raises(NotAllowed):
        entering.checked(story.actor("inspector"), given)
    assert not Task.objects.exists()


# --- down the tree -----------------------------------------------------------------------------------


def test_a_sub_task_goes_down_the_tree_and_ends_no_later(story: Story, task: Task) -> None:
    assert story.below(task).parent == task
    assert story.below(task, to="division").pk, "the body itself may divide its work"
    with pytest.raises(Invalid, match=r"31/12/2021") as refused:
        story.below(task, due_on=DUE_ON + DAY)
    assert "due_on" in refused.value.fields
    with pytest.raises(Invalid, match="hoặc cấp dưới"):
        story.below(task, by="clerk", giver="region", to="brigade")


def test_nothing_hangs_below_what_is_out_of_sight_or_ended(story: Story, task: Task) -> None:
    with pytest.raises(NotFound):
        story.below(task, by="brigadeclerk", giver="brigade", to="brigade")
    story.done(task)
    with pytest.raises(Invalid, match="không còn đang thực hiện"):
        story.below(task)


# --- editing ---------------------------------------------------------------------------------------------


def test_editing_keeps_the_old_words_in_the_history(story: Story, task: Task) -> None:
    edited = story.edit(task, statement="Ban hành quy chế phân công mới", area=WorkArea.DEFENCE, weight=5)
    assert (edited.version, edited.search_key[:8], edited.weight) == (2, "ban hanh", 5)
    facts = last_event().payload.facts
    assert (facts["old"]["statement"], facts["new"]["area"]) == (STATEMENT, WorkArea.DEFENCE)
    assert figures() == figures_of_tasks()
    assert list(queries.listing(story.actor("clerk"), queries.TaskFilter(q="phan cong moi"))) == [task]


def test_of_two_editors_the_second_is_told(story: Story, task: Task) -> None:
    story.edit(task, weight=2)
    with pytest.raises(Conflict, match=r"Đỗ Thị Mẫu đã thay đổi .* chưa lưu nhưng không mất: «Lời khác"):
        story.edit(task, statement="Lời khác, có 3 biên bản")


def test_an_edit_is_no_way_around_the_rules(story: Story, task: Task) -> None:
    for given, field in [
        ({"statement": "Tăng cường lãnh đạo", "deliverable": "Nền nếp"}, "statement"),
        ({"deliverable": ""}, "deliverable"),
        ({"weight": 11}, "weight"),
        ({"target": Decimal(3)}, "unit"),
        ({"start_on": DUE_ON + DAY}, "start_on"),
        ({"contributors": [ContributorEntry(story.region.bodies["division"])]}, "contributors"),
    ]:
        with pytest.raises(Invalid) as refused:
            story.edit(task, **given)
        assert field in refused.value.fields
    assert Task.objects.get(pk=task.pk).version == 1


def test_contributors_change_only_where_they_are_given(story: Story, task: Task) -> None:
    story.edit(task, contributors=[ContributorEntry(story.region.bodies["brigade"])])
    story.edit(task, version=2, weight=2)
    assert Contributor.objects.get().organization == story.region.bodies["brigade"]
    story.edit(task, version=3, contributors=[])
    assert not Contributor.objects.exists()
