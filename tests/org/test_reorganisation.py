"""Reorganisation keeps all history: the day before looks as it did, and nothing that was found is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.actor import Actor, Capability, Grant
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from soi.history.models import Event
from soi.org import actions, closure, queries, staffing
from soi.org.enums import Classification, ReorganizationKind
from soi.org.models import Closure, Membership, Organization, OrganizationEdge, OrganizationName, Post
from soi.org.queries import name_on, scope, subtree, superior
from tests.org.conftest import FOUNDED, NOW, Tree

DAY = dt.date(2021, 7, 1)
EVE = DAY - dt.timedelta(days=1)
TODAY = dt.date(2021, 12, 1)


def below(tree: Tree, key: str, on: dt.date) -> str:
    """The letters of the bodies below, e.g. "BDE"."""
    names = subtree(tree[key], on=on).values_list("name", flat=True)
    return "".join(sorted(name.removeprefix("Đơn vị ") for name in names))


def parent(tree: Tree, key: str, on: dt.date) -> Organization | None:
    return superior(tree[key], on=on)


def reader(tree: Tree, key: str, *, today: dt.date = TODAY) -> Actor:
    grant = Grant(Capability.READ, tree[key].pk, whole_tree=True, post_id=0)
    return Actor(1, 1, "Người đọc", today, grants=(grant,))


def manager(tree: Tree, key: str) -> Actor:
    grants = tuple(
        Grant(capability, tree[key].pk, whole_tree=True, post_id=0)
        for capability in (Capability.READ, Capability.MANAGE_ORGANIZATION)
    )
    return Actor(1, 1, "Người quản lý", TODAY, grants=grants)


# --- move -------------------------------------------------------------------------------------------------


def test_a_move_takes_along_what_stands_below_and_leaves_the_past(tree: Tree) -> None:
    tree.move("B", "C", DAY)
    assert (below(tree, "C", EVE), below(tree, "C", DAY)) == ("C", "BCDE")
    assert below(tree, "A", EVE) == below(tree, "A", DAY) == "ABCDE"
    assert (parent(tree, "B", EVE), parent(tree, "B", DAY)) == (tree["A"], tree["C"])
    assert [body.name for body in queries.ancestors(tree["E"], on=DAY)] == [
        "Đơn vị A", "Đơn vị C", "Đơn vị B", "Đơn vị D",
    ]  # fmt: skip


@pytest.mark.parametrize(("key", "to"), [("B", "B"), ("B", "D"), ("B", "E"), ("A", "E"), ("D", "E")])
def test_no_body_stands_below_itself(tree: Tree, key: str, to: str) -> None:
    edges = list(OrganizationEdge.objects.values_list())
    with pytest.raises(Conflict, match="dưới chính nó"):
        tree.move(key, to, DAY)
    assert list(OrganizationEdge.objects.values_list()) == edges
    assert closure.differences() == []


def test_a_circle_on_a_past_day_is_refused_too(tree: Tree) -> None:
    """C below E since July; E below C from March would close a circle only from July on."""
    tree.move("C", "E", DAY)
    with pytest.raises(Conflict, match="dưới chính nó"):
        tree.move("E", "C", dt.date(2021, 3, 1))


def test_a_move_to_where_it_stands_is_refused(tree: Tree) -> None:
    with pytest.raises(Conflict, match="đang trực thuộc"):
        tree.move("B", "A", DAY)


def test_a_second_move_must_come_later_than_the_first(tree: Tree) -> None:
    tree.move("E", "C", DAY)
    for day in (EVE, DAY):
        with pytest.raises(Invalid, match=r"từ 01/07/2021; ngày sắp xếp phải sau ngày đó"):
            tree.move("E", "B", day)
    tree.move("E", "B", DAY + dt.timedelta(days=1))
    assert parent(tree, "E", DAY) == tree["C"]


@pytest.mark.parametrize("day", [EVE, DAY, TODAY])
def test_nothing_is_put_below_a_body_that_is_gone(tree: Tree, day: dt.date) -> None:
    tree.abolish("C", DAY)
    with pytest.raises(Invalid, match="chấm dứt từ ngày 01/07/2021"):
        tree.move("E", "C", day)
    with pytest.raises(Invalid, match="chấm dứt"):
        tree.found("F", "C", day)
    for act in (
        lambda: tree.rename("C", "Tên mới", day),
        lambda: tree.abolish("C", day),
        lambda: tree.merge("C", "B", day),
        lambda: tree.merge("B", "C", day),
    ):
        with pytest.raises(Invalid, match="chấm dứt"):
            act()


def test_a_body_is_not_moved_before_it_or_its_new_superior_was_founded(tree: Tree) -> None:
    tree.found("N", "A", DAY)
    with pytest.raises(Invalid, match="thành lập ngày 01/07/2021"):
        tree.move("E", "N", EVE)
    with pytest.raises(Invalid, match="thành lập ngày 01/07/2021"):
        tree.move("N", "B", EVE)


def test_a_stale_copy_of_a_body_does_not_act_on_the_past_state(tree: Tree) -> None:
    stale = Organization.objects.get(pk=tree["C"].pk)
    tree.abolish("C", DAY)
    with pytest.raises(Invalid, match="chấm dứt"):
        actions.abolish_organization(actor=tree.system, organization=stale, on=TODAY, now=NOW)


# --- merge ------------------------------------------------------------------------------------------------


def test_a_merger_leaves_the_day_before_as_it_was(tree: Tree) -> None:
    post, person = tree.post("B"), tree.person()
    staffing.appoint(actor=tree.system, person=person, post=post, start=FOUNDED, now=NOW)
    tree.merge("B", "C", DAY)
    assert below(tree, "A", EVE) == "ABCDE"
    assert below(tree, "B", EVE) == "BDE"
    assert below(tree, "A", DAY) == "ACDE"
    assert below(tree, "C", DAY) == "CDE"
    assert list(queries.posts_of(person, on=EVE).values_list("post", flat=True)) == [post.pk]
    assert not queries.posts_of(person, on=DAY).exists()
    assert list(queries.successors(tree["B"])) == [tree["C"]]
    assert Membership.objects.get().end == Post.objects.get().end == DAY


def test_records_of_a_merged_body_are_seen_by_the_successor_from_that_day_on(tree: Tree) -> None:
    record_of_b = tree.post("B")
    tree.merge("B", "C", DAY)

    def seen(today: dt.date) -> bool:
        actor = reader(tree, "C", today=today)
        return Post.objects.filter(scope(actor, Capability.READ, path="organization")).contains(record_of_b)

    assert seen(DAY)
    assert not seen(EVE)


def test_successors_of_successors_keep_it(tree: Tree) -> None:
    tree.merge("B", "C", DAY)
    tree.found("F", "A", DAY)
    tree.merge("C", "F", TODAY)
    reach = Organization.objects.filter(scope(reader(tree, "F"), Capability.READ, path="pk"))
    assert {tree[key] for key in "BCDEF"} == set(reach)
    assert closure.differences() == []


def test_merging_the_superior_into_its_subordinate_lifts_the_subordinate(tree: Tree) -> None:
    tree.merge("B", "D", DAY)
    assert parent(tree, "D", DAY) == tree["A"]
    assert below(tree, "A", DAY) == "ACDE"
    assert below(tree, "A", EVE) == "ABCDE"
    assert closure.differences() == []


def test_merging_a_chain_of_superiors_lifts_to_the_nearest_that_remains(tree: Tree) -> None:
    tree.merge("BD", "E", DAY)
    assert parent(tree, "E", DAY) == tree["A"]
    assert below(tree, "A", DAY) == "ACE"
    assert list(queries.successors(tree["D"])) == [tree["E"]]


def test_merging_everything_above_makes_a_new_top(tree: Tree) -> None:
    tree.merge("AB", "D", DAY)
    assert parent(tree, "D", DAY) is None
    assert below(tree, "D", DAY) == "CDE"
    assert closure.differences() == []


def test_merging_a_body_and_its_subordinate_into_a_third(tree: Tree) -> None:
    tree.merge("BD", "C", DAY)
    assert below(tree, "C", DAY) == "CE"
    assert parent(tree, "E", DAY) == tree["C"]


def test_merging_into_the_superior(tree: Tree) -> None:
    tree.merge("D", "B", DAY)
    assert below(tree, "B", DAY) == "BE"


def test_merging_into_a_body_further_down_past_one_that_stays_is_refused_whole(tree: Tree) -> None:
    with pytest.raises(Conflict, match="dưới chính nó"):
        tree.merge("B", "E", DAY)
    tree["B"].refresh_from_db()
    assert tree["B"].end is None
    assert below(tree, "B", DAY) == "BDE"
    assert closure.differences() == []


def test_a_body_cannot_be_merged_into_itself_or_from_nothing(tree: Tree) -> None:
    for keys in ("", "C", "BC"):
        with pytest.raises(Invalid, match="ít nhất một tổ chức"):
            tree.merge(keys, "C", DAY)
    tree.merge("BB", "C", DAY)
    assert queries.successors(tree["B"]).count() == 1


# --- split, abolish, found, rename -----------------------------------------------------------------------


def split(tree: Tree, key: str, *names: str, on: dt.date = DAY) -> list[Organization]:
    return actions.split_organization(
        actor=tree.system, organization=tree[key], names=list(names), on=on, now=NOW
    )


def test_a_split_body_is_followed_by_all_its_parts(tree: Tree) -> None:
    tree.bodies["F"], tree.bodies["G"] = split(tree, "B", "Đơn vị F", "Đơn vị G")
    assert below(tree, "A", DAY) == "ACDEFG"
    assert below(tree, "F", DAY) == "DEF"
    assert below(tree, "A", EVE) == "ABCDE"
    for heir in "FG":
        assert tree["B"] in Organization.objects.filter(scope(reader(tree, heir), Capability.READ, path="pk"))
    tree.move("G", "F", TODAY)
    assert len(queries.ancestors(tree["B"], on=TODAY)) == 3
    assert closure.differences() == []


@pytest.mark.parametrize("names", [[], ["Một"], ["Một", "một "], ["Một", ""], ["Uỷ ban", "Ủy ban"]])
def test_a_split_needs_two_names(tree: Tree, names: list[str]) -> None:
    with pytest.raises(Invalid):
        split(tree, "B", *names)


def test_the_superior_takes_over_from_an_abolished_body(tree: Tree) -> None:
    tree.abolish("B", DAY)
    assert parent(tree, "D", DAY) == tree["A"]
    assert list(queries.successors(tree["B"])) == [tree["A"]]
    with pytest.raises(Conflict, match="đứng đầu một cây"):
        tree.abolish("A", DAY)


@pytest.mark.parametrize("later", ["child", "name", "post", "holder", "former holder"])
def test_a_body_does_not_end_before_its_last_recorded_change(tree: Tree, later: str) -> None:
    """Otherwise posts, names or children would go on in a body that is gone."""
    person = tree.person()
    if later == "child":
        tree.found("F", "B", DAY)
        tree.move("F", "C", TODAY)
    elif later == "name":
        tree.rename("B", "Tên mới", DAY)
    elif later == "post":
        tree.post("B", start=DAY)
    else:
        ended = TODAY if later == "former holder" else None
        post = tree.post("B")
        staffing.appoint(actor=tree.system, person=person, post=post, start=DAY, end=ended, now=NOW)
    for act in (
        lambda: tree.abolish("B", EVE),
        lambda: tree.merge("B", "C", DAY),
        lambda: split(tree, "B", "M", "N"),
    ):
        with pytest.raises(Invalid, match="còn có thay đổi đã ghi"):
            act()
    tree.abolish("B", TODAY + dt.timedelta(days=1))


def test_a_planned_end_of_a_post_is_brought_forward(tree: Tree) -> None:
    post = tree.post("B")
    staffing.appoint(
        actor=tree.system, person=tree.person(), post=post, start=FOUNDED, end=dt.date(2025, 1, 1), now=NOW
    )
    tree.abolish("B", DAY)
    assert Membership.objects.get().end == DAY


def test_a_body_is_not_dissolved_on_the_day_it_was_founded(tree: Tree) -> None:
    tree.found("R", None, DAY)
    with pytest.raises(Invalid, match="còn có thay đổi"):
        tree.merge("R", "A", DAY)


def test_names_answer_for_their_days_and_the_old_one_is_still_found(tree: Tree) -> None:
    tree.rename("B", "Đảng ủy Khu vực", DAY)
    assert name_on(tree["B"], EVE) == "Đơn vị B"
    assert name_on(tree["B"], DAY) == "Đảng ủy Khu vực"
    for query in ("don vi b", "khu vuc", "Đảng Uỷ"):
        assert tree["B"] in queries.search_organizations(Organization.objects.all(), query)
    with pytest.raises(Invalid, match="phải sau ngày đó"):
        tree.rename("B", "Tên khác", DAY)
    tree.abolish("B", TODAY)
    assert OrganizationName.objects.get(name="Đảng ủy Khu vực").end == TODAY
    assert name_on(tree["B"], TODAY) == "Đảng ủy Khu vực"


def test_a_name_of_tomorrow_is_not_the_name_of_today(tree: Tree) -> None:
    with pytest.raises(Invalid, match="chưa có hiệu lực"):
        tree.rename("B", "Tên mới", TODAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("  ", "Hãy ghi tên"), ("Đảng ủу", "«у» không phải chữ tiếng Việt"), ("x" * 301, "tối đa 300")],
)
def test_names_that_cannot_be_taken(tree: Tree, name: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        tree.rename("B", name, DAY)
    with pytest.raises(Invalid, match=sentence):
        actions.found_organization(
            actor=tree.system,
            name=name,
            classification=Classification.UNIT,
            parent=tree["A"],
            on=DAY,
            now=NOW,
        )


# --- record and right -------------------------------------------------------------------------------------


def test_each_reorganisation_is_one_decision_and_one_event(tree: Tree) -> None:
    events = Event.objects.count()
    tree.rename("D", "Đơn vị D mới", DAY)
    tree.move("D", "C", DAY)
    split(tree, "E", "Đơn vị X", "Đơn vị Y")
    tree.merge("B", "C", DAY)
    tree.abolish("D", TODAY)
    assert Event.objects.count() == events + 5
    kinds = [decision.kind for decision in queries.reorganizations_of(tree["D"])]
    assert kinds == [
        ReorganizationKind.ABOLISH, ReorganizationKind.MOVE, ReorganizationKind.RENAME, ReorganizationKind.FOUND,
    ]  # fmt: skip
    with pytest.raises(Refusal):
        tree.move("A", "C", DAY)
    assert Event.objects.count() == events + 5


def test_only_who_manages_this_part_of_the_tree_changes_it(tree: Tree) -> None:
    actor = manager(tree, "B")
    actions.rename_organization(actor=actor, organization=tree["D"], name="Tên mới", on=DAY, now=NOW)
    with pytest.raises(NotFound):
        actions.rename_organization(actor=actor, organization=tree["C"], name="Tên mới", on=DAY, now=NOW)
    with pytest.raises(NotAllowed, match="quyền sắp xếp"):
        actions.rename_organization(
            actor=reader(tree, "A"), organization=tree["C"], name="Tên mới", on=DAY, now=NOW
        )
    with pytest.raises(NotFound):
        actions.move_organization(actor=actor, organization=tree["D"], parent=tree["C"], on=DAY, now=NOW)
    with pytest.raises(NotFound):
        actions.merge_organizations(actor=actor, sources=[tree["C"]], into=tree["D"], on=DAY, now=NOW)
    with pytest.raises(NotAllowed, match="người cài đặt"):
        actions.found_organization(
            actor=actor, name="Cây mới", classification=Classification.UNIT, parent=None, on=DAY, now=NOW
        )


def test_the_closure_notices_when_a_row_is_missing_or_too_many(tree: Tree) -> None:
    row = Closure.objects.filter(depth=2).first()
    assert row is not None
    Closure.objects.filter(pk=row.pk).update(depth=3)
    assert len(closure.differences()) == 2
    closure.rebuild_below([tree["A"].pk])
    assert closure.differences() == []
