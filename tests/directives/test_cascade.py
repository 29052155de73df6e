"""Ba cấp: region → division → regiment, who has and who has not, by branch, as of a day."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from soi.directives import actions, queries
from soi.directives.cascade import Cascade, cascade
from soi.directives.enums import ElaborationKind, Standing, Step
from soi.directives.models import Addressee, Directive
from soi.org import actions as org
from tests.directives.story import Story, day
from tests.factories import Region


@pytest.fixture
def three(story: Story) -> dict[str, Directive]:
    """The region's resolution to its division and brigade; the division's plan to its regiment; the regiment's."""
    top = story.issue("region", "division", "brigade")
    story.acknowledge(top, "division", "03/11")
    story.study(top, "division", "12/11")
    middle = story.issue(
        "division", "regiment", by="divisionclerk", kind="plan", number="12-KH/ĐU", title="Kế hoạch thực hiện",
        issued_on=day("20/11"), acknowledge_by=day("22/11"), study_by=day("26/11"), elaborate_by=day("28/11"),
        elaborates=story.at(top, "division"),
    )  # fmt: skip
    story.acknowledge(middle, "regiment", "21/11", by="regiment")
    bottom = story.issue(
        "regiment", "battalion", by="regiment", kind="guidance", number="3-HD/ĐU", title="Hướng dẫn",
        issued_on=day("27/11"), acknowledge_by=day("29/11"), study_by=None, elaborate_by=None,
        elaborates=story.at(middle, "regiment"),
    )  # fmt: skip
    return {"top": top, "middle": middle, "bottom": bottom}


def seen(story: Story, directive: Directive, on: str, by: str = "clerk") -> Cascade:
    return cascade(story.actor(by), directive, day(on))


def figures(picture: Cascade, body: str, story: Story, step: Step) -> tuple[int, int, int, int]:
    branch = picture.branch(story.region.bodies[body].pk)
    assert branch is not None
    counts = branch.tally.steps[step]
    return counts.done, counts.done_late, counts.pending, counts.overdue


def test_three_levels_hang_together(story: Story, three: dict[str, Directive]) -> None:
    top, middle, bottom = three.values()
    assert (top.root_id, middle.root_id, bottom.root_id) == (None, top.pk, top.pk)
    picture = seen(story, top, "30/11")
    assert [branch.body.name for branch in picture.branches] == ["Đảng ủy Lữ đoàn 902", "Đảng ủy Sư đoàn 901"]
    division = picture.branches[1]
    assert [branch.body.name for branch in division.children] == ["Đảng ủy Trung đoàn 91"]
    assert [branch.body.name for branch in division.children[0].children] == ["Đảng bộ Tiểu đoàn 1"]
    assert [one.paper.label for _branch, one in division.every_duty()] == [
        "Nghị quyết 05-NQ/ĐU", "Kế hoạch 12-KH/ĐU", "Hướng dẫn 3-HD/ĐU",
    ]  # fmt: skip
    assert set(picture.papers) == {top.pk, middle.pk, bottom.pk}
    # From the middle, only what is below it.
    assert set(seen(story, middle, "30/11").papers) == {middle.pk, bottom.pk}


@pytest.mark.parametrize(
    ("on", "division", "whole"),
    [
        # the day of issue: everything is asked, nothing is done, nothing is late
        ("01/11", (0, 0, 1, 0), (0, 0, 2, 0)),
        # the day itself is not late
        ("05/11", (1, 0, 0, 0), (1, 0, 1, 0)),
        ("06/11", (1, 0, 0, 0), (1, 0, 0, 1)),
        # the day before the regiment acknowledges: the plan has come to it
        ("20/11", (1, 0, 1, 0), (1, 0, 1, 1)),
        ("21/11", (2, 0, 0, 0), (2, 0, 0, 1)),
        # the battalion is asked by the 29th
        ("29/11", (2, 0, 1, 0), (2, 0, 1, 1)),
        ("30/11", (2, 0, 0, 1), (2, 0, 0, 2)),
    ],
)
def test_acknowledged_as_of_a_day(
    story: Story, three: dict[str, Directive], on: str, division: tuple[int, ...], whole: tuple[int, ...]
) -> None:
    picture = seen(story, three["top"], on)
    assert figures(picture, "division", story, Step.ACKNOWLEDGE) == division
    assert figures(picture, "region", story, Step.ACKNOWLEDGE) == whole


def test_elaboration_by_a_paper_of_ones_own_counts_from_its_day(
    story: Story, three: dict[str, Directive]
) -> None:
    before, after = (seen(story, three["top"], on) for on in ("19/11", "20/11"))
    assert figures(before, "division", story, Step.ELABORATE) == (0, 0, 1, 0)
    # The division's own is done; its regiment is asked now.
    assert figures(after, "division", story, Step.ELABORATE) == (1, 0, 1, 0)
    assert figures(seen(story, three["top"], "28/11"), "division", story, Step.ELABORATE) == (2, 0, 0, 0)


def test_late_is_shown_with_its_days_and_done_late_stays_late(
    story: Story, three: dict[str, Directive]
) -> None:
    top = three["top"]
    brigade = seen(story, top, "10/11").branch(story.region.bodies["brigade"].pk)
    assert brigade is not None
    assert (brigade.duties[0].days_late, brigade.tally.late) == (5, 1)
    story.acknowledge(top, "brigade", "12/11", by="brigade")
    assert figures(seen(story, top, "12/11"), "brigade", story, Step.ACKNOWLEDGE) == (0, 1, 0, 0)
    # On the day before, it was late, and that does not change afterwards.
    assert figures(seen(story, top, "11/11"), "brigade", story, Step.ACKNOWLEDGE) == (0, 0, 0, 1)


def test_before_its_day_a_paper_binds_nobody(story: Story, three: dict[str, Directive]) -> None:
    picture = cascade(story.actor("clerk"), three["top"], dt.date(2021, 10, 31))
    assert (picture.branches, picture.tally.duties) == ([], 0)


def test_a_subtree_groups_by_the_tree(story: Story) -> None:
    directive = story.issue("region", "region", whole=True)
    picture = seen(story, directive, "02/11")
    # Six bodies stand below the region; the region does not write to itself.
    assert picture.tally.duties == 6
    division = picture.branch(story.region.bodies["division"].pk)
    assert division is not None
    assert division.tally.duties == 4
    assert [branch.body.name for branch in picture.branches] == [
        "Bộ Tư lệnh Quân khu Thử Nghiệm", "Đảng ủy Lữ đoàn 902", "Đảng ủy Sư đoàn 901",
    ]  # fmt: skip


def test_bodies_between_group_without_owing_anything(story: Story) -> None:
    picture = seen(story, story.issue("region", "battalion", "brigade"), "02/11")
    division = picture.branches[1]
    assert (division.body.name, division.duties, division.tally.duties) == ("Đảng ủy Sư đoàn 901", [], 1)


def test_the_heir_carries_the_duty(story: Story) -> None:
    """Sáp nhập: from the day of the merger the body stands below its heir, and the heir acts for it."""
    region: Region = story.region
    directive = story.issue("region", "division", "brigade")
    org.merge_organizations(
        actor=region.system, sources=[region.bodies["brigade"]], into=region.bodies["command"], on=day("10/11"),
        now=story.now,
    )  # fmt: skip
    before, after = (seen(story, directive, on) for on in ("09/11", "10/11"))
    assert [branch.body.name for branch in before.branches] == ["Đảng ủy Lữ đoàn 902", "Đảng ủy Sư đoàn 901"]
    heir = after.branches[0]
    assert (heir.body.pk, heir.duties, heir.tally.duties) == (region.bodies["command"].pk, [], 1)
    old = heir.children[0]
    assert (old.body.name, old.heir) == ("Đảng ủy Lữ đoàn 902", "Bộ Tư lệnh Quân khu Thử Nghiệm")
    # The head of the heir finds it among his work, sees the paper, and acknowledges for the merged body.
    commander = story.actor("commander")
    assert [row.organization for row in queries.addressed_to(commander)] == [region.bodies["brigade"]]
    assert queries.get(commander, directive.pk) == directive
    done = actions.acknowledge(actor=commander, addressee=story.at(directive, "brigade"), now=story.now)
    assert done.acknowledger_label == "Bùi Văn Lệnh, Tư lệnh"
    # Positive control: with the body itself nothing waited for him, and of the division still nothing does.
    assert not queries.addressed_to(commander).filter(organization=region.bodies["division"]).exists()


def test_who_moved_out_of_the_branch_stays_in_the_picture(story: Story) -> None:
    directive = story.issue("division", "regiment", by="divisionclerk")
    org.move_organization(
        actor=story.system(), organization=story.region.bodies["regiment"],
        parent=story.region.bodies["brigade"], on=day("10/11"), now=story.now,
    )  # fmt: skip
    for on, away in (("09/11", False), ("10/11", True)):
        picture = seen(story, directive, on)
        assert [(branch.body.name, branch.moved_away) for branch in picture.branches] == [
            ("Đảng ủy Trung đoàn 91", away)
        ]
        assert picture.tally.duties == 1


def test_who_was_split_is_counted_once(story: Story) -> None:
    directive = story.issue("region", "brigade", "division")
    org.split_organization(
        actor=story.system(), organization=story.region.bodies["brigade"], names=["Lữ đoàn A", "Lữ đoàn B"],
        on=day("10/11"), now=story.now,
    )  # fmt: skip
    picture = seen(story, directive, "10/11")
    assert picture.tally.duties == 2
    assert [branch.body.name for branch in picture.branches] == ["Đảng ủy Sư đoàn 901", "Lữ đoàn A"]


def test_an_issuer_that_was_merged_is_shown_at_its_heir(story: Story) -> None:
    directive = story.issue("division", "regiment", by="divisionclerk")
    org.merge_organizations(
        actor=story.system(), sources=[story.region.bodies["division"]], into=story.region.bodies["brigade"],
        on=day("10/11"), now=story.now,
    )  # fmt: skip
    picture = seen(story, directive, "10/11")
    assert picture.root.body.name == "Đảng ủy Lữ đoàn 902"
    assert [(branch.body.name, branch.moved_away) for branch in picture.branches] == [
        ("Đảng ủy Trung đoàn 91", False)
    ]


def test_what_another_branch_does_is_not_shown(story: Story, three: dict[str, Directive]) -> None:
    for username, bodies in (
        ("brigadeclerk", {"Đảng ủy Lữ đoàn 902"}),
        ("divisionclerk", {"Đảng ủy Sư đoàn 901", "Đảng ủy Trung đoàn 91", "Đảng bộ Tiểu đoàn 1"}),
        # Positive control: from above everybody is seen.
        (
            "clerk",
            {"Đảng ủy Lữ đoàn 902", "Đảng ủy Sư đoàn 901", "Đảng ủy Trung đoàn 91", "Đảng bộ Tiểu đoàn 1"},
        ),
    ):
        picture = seen(story, three["top"], "30/11", by=username)
        assert {branch.body.name for branch, _duty in picture.root.every_duty()} == bodies, username


def test_a_paper_linked_afterwards_joins_the_cascade_with_all_below_it(story: Story) -> None:
    top = story.issue("region", "division")
    middle = story.issue("division", "regiment", by="divisionclerk", number="12", issued_on=day("02/11"))
    bottom = story.issue(
        "regiment",
        "battalion",
        by="regiment",
        number="3",
        issued_on=day("03/11"),
        elaborates=story.at(middle, "regiment"),
    )
    assert seen(story, top, "30/11").tally.duties == 1
    actions.record_elaboration(
        actor=story.actor("divisionclerk"), addressee=story.at(top, "division"), kind=ElaborationKind.DIRECTIVE,
        directive=middle, now=story.now,
    )  # fmt: skip
    assert seen(story, top, "30/11").tally.duties == 3
    bottom.refresh_from_db()
    assert bottom.root_id == top.pk


def test_a_paper_that_ended_asks_for_nothing_more(story: Story) -> None:
    directive = story.issue("region", "division", "brigade")
    actions.end_directive(
        actor=story.actor("clerk"), directive=directive, on=day("10/11"), reason="Thay bằng Nghị quyết 06",
        now=story.now,
    )  # fmt: skip
    before, after = (seen(story, directive, on).tally.steps for on in ("09/11", "30/11"))
    assert (before[Step.STUDY].pending, after[Step.STUDY].pending, after[Step.STUDY].overdue) == (2, 0, 0)
    # What was late on the last day stays late, by the days it was late then.
    assert after[Step.ACKNOWLEDGE].overdue == 2
    late = [one.days_late for _branch, one in seen(story, directive, "30/11").root.every_duty()]
    assert late == [5, 5]


def test_as_many_questions_for_many_as_for_few(story: Story) -> None:
    one = story.issue("region", "division")
    many = story.issue("region", "region", whole=True, number="06")
    story.issue(
        "division",
        "division",
        whole=True,
        by="divisionclerk",
        number="7",
        elaborates=story.at(many, "division"),
    )
    actor, counted = story.actor("clerk"), []
    for directive in (one, many):
        with CaptureQueriesContext(connection) as asked:
            cascade(actor, queries.get(actor, directive.pk), day("30/11"))
        counted.append(len(asked))
    # One for the paper and its points, one for its points; papers, addressees, edges, names.
    assert counted[0] == counted[1] == 6


def test_the_database_and_the_pure_rule_agree(story: Story) -> None:
    """``queries.overdue`` and ``still_open`` count what ``logic.standing`` says, over days drawn at random."""
    seed = 20211201
    print("seed", seed)  # noqa: T201
    draw = random.Random(seed)  # noqa: S311
    dates = [None, *(day("01/11") + dt.timedelta(days=number) for number in range(0, 30, 3))]
    for number in range(40):
        due = sorted(filter(None, (draw.choice(dates) for _step in range(3))))
        due_or_none = [*due, None, None, None][:3]
        directive = story.issue(
            "region", "division", "brigade", number=f"{number}-NQ", acknowledge_by=due_or_none[0],
            study_by=due_or_none[1], elaborate_by=due_or_none[2],
        )  # fmt: skip
        for body in ("division", "brigade"):
            if draw.random() < 0.6:
                story.acknowledge(directive, body, f"{draw.randint(1, 28)}/11")
            if draw.random() < 0.6:
                story.study(directive, body, f"{draw.randint(1, 28)}/11")
            if draw.random() < 0.6:
                story.not_needed(directive, body, f"{draw.randint(1, 28)}/11")
        if draw.random() < 0.3:
            actions.end_directive(
                actor=story.actor("clerk"), directive=directive, on=day(f"{draw.randint(1, 28)}/11"),
                reason="Thay thế", now=story.now,
            )  # fmt: skip
    for on in ("05/11", "08/11", "16/11", "30/11"):
        compare(story, day(on))


def compare(story: Story, on: dt.date) -> None:
    late, waiting = set[int](), set[int]()
    for directive in Directive.objects.select_related("issuer"):
        for _branch, one in cascade(story.actor("clerk"), directive, on).root.every_duty():
            late |= {one.addressee} if one.is_late else set()
            standings = {state.standing for state in one.steps.values()}
            in_force = directive.ended_on is None or directive.ended_on > on
            waiting |= (
                {one.addressee} if in_force and standings & {Standing.PENDING, Standing.OVERDUE} else set()
            )

    def found(condition: Q) -> set[int]:
        return set(Addressee.objects.filter(condition).values_list("pk", flat=True))

    assert found(queries.overdue(on)) == late
    assert found(queries.still_open(on)) == waiting
    assert late
    assert waiting
