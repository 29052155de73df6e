"""Ban hành và thực hiện: who may, on which days, what is refused and with which words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.access.actions import delegate
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.directives import actions, permissions, queries
from soi.directives.actions import PointEntry
from soi.directives.enums import ElaborationKind, Step
from soi.directives.models import Directive, Elaboration
from soi.documents import actions as documents
from soi.history.models import Event
from soi.org import actions as org
from tests.directives.story import Story, day


def told(action: str) -> list[dict[str, Any]]:
    return [
        event.payload.facts for event in Event.objects.filter(action=f"directives.{action}").order_by("pk")
    ]


# --- issuing ------------------------------------------------------------------------------------------


def test_issue_sends_to_each_once(story: Story) -> None:
    bodies = story.region.bodies
    directive = story.issue(
        "region",
        "division",
        "division",
        subtrees=[bodies["division"]],
        addressees=[bodies["division"], bodies["brigade"]],
    )
    found = set(directive.addressees.values_list("organization", flat=True))
    assert found == {bodies[name].pk for name in ("division", "regiment", "battalion", "cell", "brigade")}
    assert told("issue")[0]["sent_to"] == 5


@pytest.mark.parametrize(
    ("issuer", "to", "by"),
    [
        ("region", "division", "divisionclerk"),  # not the office of that level
        ("division", "regiment", "brigadeclerk"),  # another branch
        ("region", "division", "inspector"),  # reads only
    ],
)
def test_only_the_office_of_the_body_issues(story: Story, issuer: str, to: str, by: str) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        story.issue(issuer, to, by=by)
    assert not Directive.objects.exists()
    assert story.issue(issuer, to, by="clerk").pk


@pytest.mark.parametrize(
    ("issuer", "to"),
    [("division", "brigade"), ("division", "region"), ("division", "division"), ("regiment", "division")],
)
def test_only_who_stands_below_is_bound(story: Story, issuer: str, to: str) -> None:
    with pytest.raises(Invalid, match="cấp dưới của"):
        story.issue(issuer, to)
    assert not Directive.objects.exists()
    assert story.issue(issuer, "battalion").addressees.count() == 1


def test_who_moved_away_is_not_reached_by_an_old_date(story: Story) -> None:
    org.move_organization(
        actor=story.system(), organization=story.region.bodies["regiment"],
        parent=story.region.bodies["brigade"], on=day("20/11"), now=story.now,
    )  # fmt: skip
    with pytest.raises(Invalid, match="cấp dưới của"):
        story.issue("division", "regiment")
    # Nor may the new superior pretend to have been it before.
    with pytest.raises(Invalid, match="vào ngày 01/11/2021"):
        story.issue("brigade", "regiment")
    later = {
        "issued_on": day("20/11"),
        "acknowledge_by": day("21/11"),
        "study_by": None,
        "elaborate_by": None,
    }
    assert story.issue("brigade", "regiment", **later).addressees.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        (
            {
                "issued_on": dt.date(2021, 12, 2),
                "acknowledge_by": None,
                "study_by": None,
                "elaborate_by": None,
            },
            "issued_on",
        ),
        ({"issued_on": dt.date(2014, 12, 31)}, "issued_on"),
        ({"acknowledge_by": dt.date(2021, 10, 31)}, "acknowledge_by"),
        ({"study_by": dt.date(2021, 11, 4)}, "study_by"),
        ({"elaborate_by": dt.date(2021, 11, 14)}, "elaborate_by"),
        ({"addressees": []}, "addressees"),
        ({"number": "x" * 61}, "number"),
        ({"points": [PointEntry("1", "a"), PointEntry("1", "b")]}, "number"),
        ({"points": [PointEntry("", "a")]}, "number"),
    ],
)
def test_a_wrong_paper_says_which_field(story: Story, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        story.issue("region", "division", **changes)
    assert field in refused.value.fields
    assert not Directive.objects.exists()


def test_the_file_of_another_branch_cannot_be_taken_by_number(story: Story) -> None:
    source = documents.receive_text(
        actor=story.actor("brigadeclerk"), organization=story.region.bodies["brigade"], text="Mật của lữ đoàn",
        title="x", now=story.now,
    ).source  # fmt: skip
    with pytest.raises(NotFound):
        story.issue("division", "regiment", by="divisionclerk", source=source)
    passage = documents.passage(source=source, start=0, end=3)
    with pytest.raises(Invalid, match="chính tệp"):
        story.issue("division", "regiment", by="divisionclerk", points=[PointEntry("1", "Mật", passage)])
    assert story.issue("region", "brigade", source=source, points=[PointEntry("1", "Mật", passage)]).pk


def test_the_same_number_is_issued_once(story: Story) -> None:
    story.issue("region", "division")
    with pytest.raises(Conflict, match="đã được ghi rồi"):
        story.issue("region", "brigade")
    # Another body, another day, or no number at all is another paper.
    story.issue("division", "regiment")
    story.issue("region", "brigade", issued_on=day("02/11"))
    assert story.issue("region", "brigade", number="").pk != story.issue("region", "brigade", number="").pk


def test_what_elaborates_belongs_to_the_addressed_body(story: Story) -> None:
    top = story.issue("region", "division", "brigade")
    with pytest.raises(NotFound):
        story.issue(
            "division", "regiment", by="divisionclerk", number="1", elaborates=story.at(top, "brigade")
        )
    with pytest.raises(Invalid, match="chỉ tổ chức đó"):
        story.issue("division", "regiment", by="clerk", number="1", elaborates=story.at(top, "brigade"))
    early = {"issued_on": dt.date(2021, 10, 1), "number": "2", "elaborates": story.at(top, "division")}
    with pytest.raises(Invalid, match="trước ngày đó"):
        story.issue("division", "regiment", by="divisionclerk", **early)
    assert not Elaboration.objects.exists()
    done = story.issue(
        "division", "regiment", by="divisionclerk", number="1", elaborates=story.at(top, "division")
    )
    row = story.at(top, "division")
    # Who elaborates has received: the acknowledgement is written along.
    assert (row.elaborated_on, row.acknowledged_on, done.root_id) == (day("01/11"), day("01/11"), top.pk)


def test_points_keep_their_numbers(story: Story) -> None:
    directive = story.issue("region", "division", points=[PointEntry("1", "Lập lịch sinh hoạt")])
    actor = story.actor("clerk")
    with pytest.raises(Invalid, match="Số điểm không dùng lại"):
        actions.add_points(
            actor=actor, directive=directive, points=[PointEntry("1", "Nói khác")], now=story.now
        )
    with pytest.raises(NotAllowed):
        actions.add_points(
            actor=story.actor("divisionclerk"),
            directive=directive,
            points=[PointEntry("2", "x")],
            now=story.now,
        )
    actions.add_points(actor=actor, directive=directive, points=[PointEntry("2", "Kiểm tra")], now=story.now)
    assert [str(point) for point in directive.points.all()] == ["1. Lập lịch sinh hoạt", "2. Kiểm tra"]


def test_more_addressees_from_today_on(story: Story) -> None:
    directive = story.issue("region", "division")
    actor, bodies = story.actor("clerk"), story.region.bodies
    assert (
        actions.add_addressees(
            actor=actor,
            directive=directive,
            organizations=[bodies["division"], bodies["brigade"]],
            now=story.now,
        )
        == 1
    )
    assert story.at(directive, "brigade").added_on == actor.today
    with pytest.raises(Conflict, match="đều đã là nơi nhận"):
        actions.add_addressees(
            actor=actor, directive=directive, organizations=[bodies["brigade"]], now=story.now
        )


def test_who_saves_second_loses(story: Story) -> None:
    directive = story.issue("region", "division")
    values: dict[str, Any] = {
        "number": "05", "title": "Mới", "summary": "", "acknowledge_by": day("05/11"), "study_by": None,
        "elaborate_by": day("30/11"), "expected_version": directive.version, "now": story.now,
    }  # fmt: skip
    actions.edit_directive(actor=story.actor("clerk"), directive=directive, **values)
    with pytest.raises(Conflict, match="vừa sửa"):
        actions.edit_directive(actor=story.actor("clerk"), directive=directive, **values)
    facts = told("edit")[0]
    assert (facts["old_elaborate_by"], facts["elaborate_by"], facts["study_by"]) == (
        "2021-11-25",
        "2021-11-30",
        None,
    )
    assert "acknowledge_by" not in facts
    directive.refresh_from_db()
    assert (directive.title, directive.study_by) == ("Mới", None)
    assert list(queries.search(Directive.objects.all(), "moi")) == [directive]


def test_end_once_with_a_reason(story: Story) -> None:
    directive, actor = story.issue("region", "division"), story.actor("clerk")
    for on, reason in ((day("31/10"), "x"), (dt.date(2021, 12, 2), "x"), (day("10/11"), " ")):
        with pytest.raises(Invalid):
            actions.end_directive(actor=actor, directive=directive, on=on, reason=reason, now=story.now)
    actions.end_directive(actor=actor, directive=directive, on=day("10/11"), reason="Thay thế", now=story.now)
    with pytest.raises(Conflict):
        actions.end_directive(actor=actor, directive=directive, on=day("11/11"), reason="Nữa", now=story.now)
    assert not queries.addressed_to(story.actor("divisionclerk")).exists()


# --- carrying out ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("division", "Phan Văn Sư, Bí thư Đảng ủy Sư đoàn"),
        ("divisionclerk", "Hồ Thị Văn, Trợ lý văn phòng Sư đoàn"),
        ("clerk", "Đỗ Thị Mẫu, Trưởng ban Thư ký (ghi thay Đảng ủy Sư đoàn 901)"),
    ],
)
def test_acknowledged_by_head_or_office_and_it_says_who(story: Story, who: str, label: str) -> None:
    directive = story.issue("region", "division")
    row = story.acknowledge(directive, "division", by=who)
    assert (row.acknowledged_on, row.acknowledger_label) == (day("03/11"), label)
    assert row.acknowledged_by == story.region.people[who]
    with pytest.raises(Conflict, match="đã xác nhận nhận văn bản này ngày 03/11/2021"):
        story.acknowledge(directive, "division", by=who)


def test_who_stands_in_for_the_head_says_so(story: Story) -> None:
    delegate(
        actor=story.actor("division"), post=story.region.posts["division"], delegate=story.region.people["member"],
        start=dt.date(2021, 12, 1), end=dt.date(2021, 12, 9), reason="đi công tác", now=story.now,
    )  # fmt: skip
    directive = story.issue("region", "division")
    row = story.acknowledge(directive, "division", by="member")
    assert row.acknowledger_label.endswith("(ghi thay Phan Văn Sư)")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("inspector", NotAllowed), ("press", NotAllowed), ("brigade", NotFound), ("member", NotFound)],
)
def test_others_do_not_act_for_a_body(story: Story, who: str, refusal: type[Exception]) -> None:
    directive = story.issue("region", "division")
    for act in (story.acknowledge, story.study, story.not_needed):
        with pytest.raises(refusal):
            act(directive, "division", by=who)
    assert story.acknowledge(directive, "division", by="division").acknowledged_on


def test_a_head_without_any_duty_acts_for_his_body(story: Story) -> None:
    directive = story.issue("region", "command")
    assert (
        story.acknowledge(directive, "command", by="commander").acknowledger_label == "Bùi Văn Lệnh, Tư lệnh"
    )


@pytest.mark.parametrize("on", ["31/10", "02/12"])
def test_days_lie_between_the_sending_and_today(story: Story, on: str) -> None:
    directive = story.issue("region", "division")
    for act in (story.acknowledge, story.study, story.not_needed):
        with pytest.raises(Invalid, match="từ ngày gửi văn bản 01/11/2021"):
            act(directive, "division", on=on)
    for edge in ("01/11", "01/12"):
        assert story.study(directive, "division", on=edge)


@pytest.mark.parametrize(("expected", "attended"), [(0, 0), (-1, 0), (10, 11), (10, -1), (10**9, 1)])
def test_numbers_of_people_make_sense(story: Story, expected: int, attended: int) -> None:
    directive = story.issue("region", "division")
    with pytest.raises(Invalid):
        story.study(directive, "division", expected=expected, attended=attended)
    assert story.study(directive, "division", expected=10, attended=10)


def test_the_first_occasion_counts_and_all_are_kept(story: Story) -> None:
    directive = story.issue("region", "division")
    story.study(directive, "division", "20/11", expected=10, attended=4)
    story.study(directive, "division", "25/11", expected=10, attended=6)
    # Recorded later, held earlier: proved by its own row.
    story.study(directive, "division", "12/11", expected=5, attended=5)
    row = story.at(directive, "division")
    assert (row.studied_on, row.disseminations.count()) == (day("12/11"), 3)
    # The acknowledgement written along stays what it was.
    assert row.acknowledged_on == day("20/11")


def test_elaboration_by_a_foreign_paper_is_refused(story: Story) -> None:
    top = story.issue("region", "division", "brigade")
    own = story.issue("division", "regiment", by="divisionclerk", number="7", issued_on=day("02/11"))
    values = {"actor": story.actor("clerk"), "addressee": story.at(top, "brigade"), "now": story.now}
    with pytest.raises(Invalid, match="không do Đảng ủy Lữ đoàn 902 ban hành"):
        actions.record_elaboration(kind=ElaborationKind.DIRECTIVE, directive=own, **values)
    with pytest.raises(Invalid, match="Hãy chọn văn bản"):
        actions.record_elaboration(kind=ElaborationKind.DIRECTIVE, **values)
    with pytest.raises(Invalid):
        actions.record_elaboration(kind=ElaborationKind.NOT_NEEDED, note=" ", **values)
    values["addressee"] = story.at(top, "division")
    actions.record_elaboration(kind=ElaborationKind.DIRECTIVE, directive=own, **values)
    with pytest.raises(Conflict, match="đã được ghi"):
        actions.record_elaboration(kind=ElaborationKind.DIRECTIVE, directive=own, **values)


def test_what_waits_for_my_body_goes_step_by_step(story: Story) -> None:
    later = story.issue("region", "division", number="06", acknowledge_by=day("10/11"))
    first = story.issue("region", "division")
    clerk = story.actor("divisionclerk")

    def waiting() -> list[tuple[int, str, dt.date | None]]:
        return [(row.directive_id, row.next_step, row.next_due) for row in queries.addressed_to(clerk)]

    assert waiting() == [
        (first.pk, Step.ACKNOWLEDGE, day("05/11")), (later.pk, Step.ACKNOWLEDGE, day("10/11")),
    ]  # fmt: skip
    story.acknowledge(first, "division")
    assert waiting()[1] == (first.pk, Step.STUDY, day("15/11"))
    story.study(first, "division")
    assert waiting()[1] == (first.pk, Step.ELABORATE, day("25/11"))
    story.not_needed(first, "division")
    assert [row[0] for row in waiting()] == [later.pk]
    # Everybody below is not me: the region's office has nothing of its own to do.
    assert not queries.addressed_to(story.actor("clerk")).exists()


# --- reminding ------------------------------------------------------------------------------------------


def test_remind_once_a_day_and_count(story: Story) -> None:
    directive = story.issue("region", "division", "brigade")
    rows = [story.at(directive, "division"), story.at(directive, "brigade")]
    assert actions.remind(actor=story.actor("clerk"), addressees=rows, now=story.now, note="Gấp") == 2
    with pytest.raises(Conflict, match="một lần trong ngày"):
        actions.remind(actor=story.actor("clerk"), addressees=rows, now=story.now)
    tomorrow = story.actor("clerk", today=dt.date(2021, 12, 2))
    for act in (story.acknowledge, story.study, story.not_needed):
        act(directive, "brigade")
    assert actions.remind(actor=tomorrow, addressees=rows, now=story.now) == 1
    assert (story.at(directive, "division").reminders, story.at(directive, "brigade").reminders) == (2, 1)
    assert [facts["times"] for facts in told("remind")] == [1, 1, 2]
    with pytest.raises(Conflict, match="Không còn nơi nào"):
        actions.remind(actor=tomorrow, addressees=rows[1:], now=story.now)


@pytest.mark.parametrize(
    ("who", "body", "refusal"),
    [
        ("divisionclerk", "division", NotAllowed),  # nobody reminds oneself
        ("divisionclerk", "brigade", NotFound),
        ("inspector", "division", NotAllowed),
        ("divisionclerk", "regiment", None),  # one's own level below, on a paper from above
        ("clerk", "regiment", None),
    ],
)
def test_who_reminds_whom(story: Story, who: str, body: str, refusal: type[Exception] | None) -> None:
    directive = story.issue("region", "region", whole=True)
    rows = [story.at(directive, body)]
    if refusal is None:
        assert actions.remind(actor=story.actor(who), addressees=rows, now=story.now) == 1
        return
    with pytest.raises(refusal):
        actions.remind(actor=story.actor(who), addressees=rows, now=story.now)
    assert not story.at(directive, body).reminders


def test_every_deed_leaves_its_event(story: Story) -> None:
    directive = story.issue("region", "division")
    story.acknowledge(directive, "division")
    story.study(directive, "division")
    story.not_needed(directive, "division")
    actions.remind(
        actor=story.actor("clerk"),
        addressees=[story.at(story.issue("region", "brigade", number="6"), "brigade")],
        now=story.now,
    )
    for action in ("acknowledge", "disseminate", "elaborate"):
        (facts,) = told(action)
        assert facts["organization"]["label"] == "Đảng ủy Sư đoàn 901"
        assert facts["directive"]["id"] == directive.pk
    with pytest.raises(NotAllowed, match="Chỉ người đứng đầu"):
        permissions.check_can_carry_out(story.actor("inspector"), story.at(directive, "division"))
