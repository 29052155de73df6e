"""Who held which post on which day: seats, hand-over, former holders, several posts at once, ranks."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from soi.base.actor import Actor, Capability, Grant
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.org import queries, staffing
from soi.org.models import Membership, Organization, Person, Post, RankHolding
from tests.org.conftest import FOUNDED, NOW, Tree

Y2018, Y2019, Y2020, Y2021 = (dt.date(year, 1, 1) for year in (2018, 2019, 2020, 2021))
TODAY = dt.date(2021, 12, 1)
DAY = dt.timedelta(days=1)


def appoint(
    tree: Tree,
    person: Person,
    post: Post,
    start: dt.date,
    end: dt.date | None = None,
    *,
    replace: bool = False,
) -> Membership:
    return staffing.appoint(
        actor=tree.system, person=person, post=post, start=start, end=end, replace=replace, now=NOW
    )


def who(post: Post, on: dt.date) -> list[str]:
    return [holding.person.name for holding in queries.holders(post, on=on)]


@pytest.fixture
def post(tree: Tree) -> Post:
    return tree.post("A", "Tư lệnh")


def test_who_was_he_on_that_day_for_two_generals(tree: Tree, post: Post) -> None:
    first, second = tree.person("Lê Văn Trước"), tree.person("Ngô Văn Sau")
    deputy = tree.post("A", "Phó Tư lệnh")
    appoint(tree, first, post, Y2018)
    appoint(tree, second, deputy, Y2018)
    appoint(tree, second, post, Y2021, replace=True)
    for person, rank, start in [
        (first, "Trung tướng", Y2018),
        (second, "Thiếu tướng", Y2018),
        (second, "Trung tướng", Y2020),
    ]:
        staffing.set_rank(
            actor=tree.system, person=person, rank=rank, start=start, organization=tree["A"], now=NOW
        )

    def was(person: Person, on: dt.date) -> str:
        labels = queries.post_labels(person.pk, on=on)
        return ", ".join([queries.rank_of(person, on=on), *labels]).strip(", ")

    assert was(first, Y2021 - DAY) == "Trung tướng, Tư lệnh"
    assert was(second, Y2021 - DAY) == "Trung tướng, Phó Tư lệnh"
    assert was(second, Y2020 - DAY) == "Thiếu tướng, Phó Tư lệnh"
    assert was(first, Y2021) == "Trung tướng"
    assert was(second, Y2021) == "Trung tướng, Phó Tư lệnh, Tư lệnh"
    assert was(second, Y2018 - DAY) == ""
    assert queries.post_labels(None, on=TODAY) == []
    assert (who(post, Y2021 - DAY), who(post, Y2021)) == (["Lê Văn Trước"], ["Ngô Văn Sau"])


def test_a_post_with_one_seat_has_one_holder(tree: Tree, post: Post) -> None:
    appoint(tree, tree.person("Lê Văn Một"), post, Y2018)
    with pytest.raises(Conflict, match="đang do Lê Văn Một giữ"):
        appoint(tree, tree.person("Lê Văn Hai"), post, Y2020)
    appoint(tree, tree.person("Lê Văn Hai"), post, Y2020, replace=True)
    handed_over = Membership.objects.get(person__name="Lê Văn Một")
    assert (handed_over.end, handed_over.end_known) == (Y2020, False)


def test_seats_are_counted_day_by_day(tree: Tree) -> None:
    post = tree.post("A", "Phó Tư lệnh", seats=2)
    appoint(tree, tree.person("Lê Văn Một"), post, Y2018, Y2019)
    appoint(tree, tree.person("Lê Văn Hai"), post, Y2018)
    appoint(tree, tree.person("Lê Văn Ba"), post, Y2019)
    for start in (Y2018, Y2018 + DAY, Y2020):
        with pytest.raises(Conflict, match="Phó Tư lệnh"):
            appoint(tree, tree.person("Lê Văn Tư"), post, start)
    with pytest.raises(Conflict, match="nhiều người giữ"):
        appoint(tree, tree.person("Lê Văn Tư"), post, Y2020, replace=True)
    assert len(who(post, Y2020)) == 2


def test_a_post_without_number_of_seats_takes_all(tree: Tree) -> None:
    post = tree.post("A", "Ủy viên", seats=None)
    for number in range(5):
        appoint(tree, tree.person(f"Lê Văn {'ABCDE'[number]}"), post, Y2018)
    assert len(who(post, Y2018)) == 5


def test_nobody_holds_the_same_post_twice_at_once(tree: Tree) -> None:
    post, person = tree.post("A", "Ủy viên", seats=None), tree.person()
    appoint(tree, person, post, Y2019, Y2020)
    for start, end in [(Y2019, None), (Y2018, None), (Y2018, Y2019 + DAY)]:
        with pytest.raises(Conflict, match="đã giữ chức Ủy viên từ 01/01/2019"):
            appoint(tree, person, post, start, end)
    appoint(tree, person, post, Y2018, Y2019)
    appoint(tree, person, post, Y2020)


def test_a_former_holder_is_written_down_later(tree: Tree, post: Post) -> None:
    appoint(tree, tree.person("Ngô Văn Nay"), post, Y2020)
    former = tree.person("Lê Văn Xưa")
    for end, replace in [(None, False), (None, True), (Y2021, False)]:
        with pytest.raises(Conflict, match="Ngô Văn Nay giữ chức Tư lệnh từ 01/01/2020"):
            appoint(tree, former, post, Y2018, end, replace=replace)
    appoint(tree, former, post, Y2018, Y2020)
    assert (who(post, Y2019), who(post, Y2020)) == (["Lê Văn Xưa"], ["Ngô Văn Nay"])


def test_a_holder_from_the_same_day_cannot_hand_over(tree: Tree, post: Post) -> None:
    appoint(tree, tree.person("Lê Văn Một"), post, Y2018)
    with pytest.raises(Conflict, match="từ 01/01/2018"):
        appoint(tree, tree.person("Lê Văn Hai"), post, Y2018, replace=True)


def test_several_posts_at_once(tree: Tree, post: Post) -> None:
    person, other = tree.person(), tree.post("B", "Bí thư")
    appoint(tree, person, post, Y2018)
    appoint(tree, person, other, Y2019)
    assert {held.post for held in queries.posts_of(person, on=Y2019)} == {post, other}


def test_ending_a_post_ends_its_holding(tree: Tree, post: Post) -> None:
    person = tree.person()
    appoint(tree, person, post, Y2018)
    staffing.end_post(actor=tree.system, post=post, on=Y2020, now=NOW)
    assert queries.post_labels(person.pk, on=Y2020 - DAY) == ["Tư lệnh"]
    assert queries.post_labels(person.pk, on=Y2020) == []
    for start in (Y2020, Y2021):
        with pytest.raises(Invalid, match="không có vào ngày"):
            appoint(tree, tree.person("Lê Văn Sau"), post, start)
    with pytest.raises(Conflict, match="đã hết từ 01/01/2020"):
        staffing.end_post(actor=tree.system, post=post, on=Y2021, now=NOW)


def test_a_post_does_not_end_before_its_last_holder_came(tree: Tree, post: Post) -> None:
    appoint(tree, tree.person(), post, Y2020)
    for day in (FOUNDED, Y2019, Y2020):
        with pytest.raises(Invalid, match="Tư lệnh"):
            staffing.end_post(actor=tree.system, post=post, on=day, now=NOW)


def test_a_holding_never_outlives_its_post(tree: Tree, post: Post) -> None:
    staffing.end_post(actor=tree.system, post=post, on=Y2020, now=NOW)
    assert appoint(tree, tree.person(), post, Y2018).end == Y2020


def test_a_post_of_a_body_that_is_gone(tree: Tree) -> None:
    post = tree.post("C", "Bí thư")
    tree.abolish("C", Y2021)
    with pytest.raises(Invalid, match="không có vào ngày 01/01/2021"):
        appoint(tree, tree.person(), post, Y2021)
    with pytest.raises(Invalid, match="chấm dứt từ ngày 01/01/2021"):
        tree.post("C", "Phó Bí thư", start=Y2021)
    assert tree.post("C", "Phó Bí thư", start=Y2019).end == Y2021


@pytest.mark.parametrize("seats", [0, -1])
def test_a_post_has_a_seat(tree: Tree, seats: int) -> None:
    with pytest.raises(Invalid, match="ít nhất một người"):
        tree.post("A", seats=seats)


def test_an_end_comes_after_the_start_and_is_not_moved_back_later(tree: Tree, post: Post) -> None:
    held = appoint(tree, tree.person(), post, Y2019)

    def end(on: dt.date) -> None:
        staffing.end_membership(actor=tree.system, membership=held, on=on, now=NOW)

    for day in (Y2018, Y2019):
        with pytest.raises(Invalid, match="sau ngày bắt đầu 01/01/2019"):
            end(day)
    with pytest.raises(Invalid, match="sau ngày bắt đầu"):
        appoint(tree, tree.person("Lê Văn Hai"), post, Y2019, Y2019)
    end(Y2021)
    end(Y2020)
    with pytest.raises(Conflict, match="đã thôi giữ chức này từ 01/01/2020"):
        end(Y2021)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "đủ họ và tên"),
        ("An", "đủ họ và tên"),
        ("Lê Vаn", "«а» không phải"),
        ("Lê " + "x" * 130, "tối đa 120"),
    ],
)
def test_names_that_cannot_be_taken(tree: Tree, name: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        tree.person(name)


def test_people_are_found_with_and_without_marks_and_listed_by_given_name(tree: Tree) -> None:
    for name in ("Đỗ Văn Ân", "Nguyễn Thị An", "Lê Thị Hoà", "Trần Đức Anh"):
        tree.person(name)
    everybody = Person.objects.all()
    assert [person.name for person in everybody] == [
        "Nguyễn Thị An",
        "Trần Đức Anh",
        "Đỗ Văn Ân",
        "Lê Thị Hoà",
    ]
    for query, found in [("do an", "Đỗ Văn Ân"), ("hòa", "Lê Thị Hoà"), ("DUC", "Trần Đức Anh")]:
        assert [person.name for person in queries.search_people(everybody, query)] == [found]
    assert not queries.search_people(everybody, "%").exists()


# --- ranks ------------------------------------------------------------------------------------------------


def rank(tree: Tree, person: Person, name: str, start: dt.date) -> RankHolding:
    return staffing.set_rank(
        actor=tree.system, person=person, rank=name, start=start, organization=tree["A"], now=NOW
    )


def test_ranks_written_down_in_any_order_give_the_same_history(tree: Tree) -> None:
    history = [("Đại úy", Y2018), ("Thiếu tá", Y2019), ("Trung tá", Y2020), ("Thượng tá", Y2021)]
    for order in [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)]:
        person = tree.person()
        for index in order:
            rank(tree, person, *history[index])
        held = [queries.rank_of(person, on=start) for _, start in history]
        assert held == [name for name, _ in history]
        assert queries.rank_of(person, on=Y2018 - DAY) == ""
        assert list(person.ranks.values_list("end", flat=True)) == [Y2019, Y2020, Y2021, None]


def test_the_same_rank_again_adds_nothing_and_another_from_that_day_is_refused(tree: Tree) -> None:
    person = tree.person()
    first = rank(tree, person, "Đại úy", Y2018)
    assert rank(tree, person, "Đại  úy ", Y2020) == first
    with pytest.raises(Conflict, match="đã có cấp bậc Đại úy từ ngày này"):
        rank(tree, person, "Thiếu tá", Y2018)
    with pytest.raises(Invalid, match="Hãy ghi cấp bậc"):
        rank(tree, person, " ", Y2020)
    assert person.ranks.count() == 1


# --- right and race ---------------------------------------------------------------------------------------


def manager(body: Organization) -> Actor:
    grants = tuple(
        Grant(capability, body.pk, whole_tree=True, post_id=0)
        for capability in (Capability.READ, Capability.MANAGE_ORGANIZATION)
    )
    return Actor(1, 1, "Người quản lý", TODAY, grants=grants)


def test_the_rank_of_a_person_elsewhere_is_not_mine_to_set(tree: Tree, post: Post) -> None:
    general, own = tree.person("Lê Văn Tướng"), tree.person("Ngô Văn Quân")
    appoint(tree, general, post, Y2018)
    appoint(tree, own, tree.post("B"), Y2018)

    def promote(person: Person) -> None:
        staffing.set_rank(
            actor=manager(tree["B"]),
            person=person,
            rank="Đại tá",
            start=Y2021,
            organization=tree["B"],
            now=NOW,
        )

    promote(own)
    promote(tree.person("Đỗ Thị Mới"))
    with pytest.raises(NotAllowed, match="Lê Văn Tướng không giữ chức vụ nào trong phạm vi"):
        promote(general)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_two_clerks_do_not_give_the_last_seat_twice() -> None:
    tree = Tree()
    tree.found("A")
    post = tree.post("A")
    people = [tree.person(f"Lê Văn {'ABCDEF'[number]}") for number in range(6)]
    start, refused = threading.Barrier(6), []

    def run(person: Person) -> None:
        start.wait()
        try:
            appoint(tree, person, post, Y2020)
        except Conflict as conflict:
            refused.append(conflict.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_two_moves_at_once_do_not_close_a_circle() -> None:
    from soi.org import closure

    tree = Tree()
    for key in "ABC":
        tree.found(key, None if key == "A" else "A")
    start, refused = threading.Barrier(2), []

    def run(key: str, to: str) -> None:
        start.wait()
        try:
            tree.move(key, to, Y2020)
        except Conflict as conflict:
            refused.append(conflict.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ("BC", "CB")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert closure.differences() == []
