"""Bảng điều hành: whose it is, that every number opens exactly what it counts, and what it costs."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.directives import counting
from soi.directives.enums import DirectiveKind
from soi.org import actions as org
from soi.org.enums import Classification, WorkArea
from soi.org.models import Organization
from soi.web import board_page
from soi.web.board_links import Term
from soi.web.context import MENU
from soi.work import queries as work
from soi.work.enums import LateCause, Result
from soi.work.filters import OVERDUE, TaskFilter
from soi.work.models import Task
from tests.directives.story import Story as Papers
from tests.factories import Region
from tests.web.findings_world import enter, links, words
from tests.work.story import Story

FIRST, BEFORE = dt.date(2021, 9, 1), dt.date(2021, 11, 10)
# A link to the task list and the number in front of "/total", if any: what the reader sees and where it leads.
NUMBER = re.compile(r'<a [^>]*?href="(/cong-viec/\?[^"]*)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def story(region: Region) -> Story:
    return Story(region, region.now)


@pytest.fixture
def papers(region: Region) -> Papers:
    return Papers(region, region.now)


def late(story: Story, *, to: str, area: WorkArea = WorkArea.LEADERSHIP, due: dt.date = BEFORE) -> Task:
    """Quá hạn: given in September, due before today, nothing reported."""
    return story.assign(to=to, area=area, start_on=FIRST, due_on=due, created_on=FIRST, historic=True)


@pytest.fixture
def tasks(story: Story) -> None:
    """Every standing at least once, in three units and three quarters."""
    late(story, to="division")
    late(story, to="regiment", area=WorkArea.DEFENCE)
    late(story, to="regiment", area=WorkArea.DEFENCE, due=dt.date(2021, 9, 20))
    late(story, to="brigade")
    story.assign(to="brigade", area=WorkArea.ECONOMY)
    story.assign(to="inspector", area=WorkArea.INSPECTION)
    story.done(story.assign(to="division", area=WorkArea.IDEOLOGY))
    story.closed(story.assign(to="division"))
    story.assess(
        story.done(story.assign(to="division", area=WorkArea.DEFENCE), result=Result.EXCEEDED),
        result=Result.EXCEEDED,
    )
    behind = late(story, to="division", area=WorkArea.ECONOMY)
    story.assess(story.done(behind, late_cause=LateCause.OWN))
    story.assess(
        late(story, to="division", area=WorkArea.SOCIETY),
        result=Result.NOT_ACHIEVED,
        late_cause=LateCause.OWN,
    )


def page_of(region: Region, username: str, body: str, query: str = "") -> Any:
    return enter(region, username).get(reverse("board_of", args=[region.bodies[body].pk]) + query)


def numbers(response: Any) -> list[tuple[str, int]]:
    """Each link to the list of tasks, with the number that it shows."""
    found = []
    for url, inside in NUMBER.findall(response.content.decode()):
        plain = re.sub(r"<title>.*?</title>|<small>.*?</small>|<[^>]+>", " ", inside, flags=re.S)
        shown = re.findall(r"\d[\d.]*", html.unescape(plain))
        if shown:
            found.append((html.unescape(url), int(shown[-1].replace(".", ""))))
    return found


def counted(region: Region, username: str, url: str) -> int:
    asked = TaskFilter.from_query(QueryDict(url.partition("?")[2]))
    return work.listing(region.actor(username), asked).count()


# --- every number opens what it counts ----------------------------------------------------------------


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize("body", ["region", "division", "regiment", "cell"])
@pytest.mark.parametrize("query", ["", "?period=2021-Q3", "?period=2021-Q4&xem=hoan-thanh"])
def test_every_number_opens_exactly_the_tasks_it_counts(region: Region, body: str, query: str) -> None:
    found = numbers(page_of(region, "clerk", body, query))
    wrong = [(url, number) for url, number in found if counted(region, "clerk", url) != number]
    assert wrong == []


@pytest.mark.usefixtures("tasks")
def test_and_there_are_such_numbers(region: Region) -> None:
    response = page_of(region, "clerk", "region")
    found = numbers(response)
    assert len(found) > 60
    here = region.bodies["region"].pk
    shown = {TaskFilter.from_query(QueryDict(url.partition("?")[2])): number for url, number in found}
    for standing, number in {
        "counted": 11, "done": 3, "open": 7, "overdue": 4, "exceeded": 1, "on_time": 1, "late": 1, "failed": 1,
        "reported": 1, "not_due": 2,
    }.items():  # fmt: skip
        assert shown[TaskFilter(body=here, period="2021", standing=standing)] == number
    # Area × unit: the two overdue tasks of the regiment stand in the row of the division above it.
    division = TaskFilter(
        body=region.bodies["division"].pk, period="2021", area="defence", standing="overdue"
    )
    assert shown[division] == 2
    own = TaskFilter(body=here, below=False, period="2021", standing="counted")
    assert shown[own] == 1


@pytest.mark.usefixtures("tasks")
def test_a_change_shows_at_once(region: Region, story: Story) -> None:
    before = words(page_of(region, "clerk", "region"))
    assert "4 Quá hạn" in before
    late(story, to="brigade")
    assert "5 Quá hạn" in words(page_of(region, "clerk", "region"))


@pytest.mark.usefixtures("tasks")
def test_a_cancelled_task_counts_nowhere(region: Region, story: Story) -> None:
    from soi.work.tasks import cancel_task

    task = late(story, to="brigade")
    with_it = words(page_of(region, "clerk", "region"))
    cancel_task(actor=story.actor("clerk"), task=task, reason="Giao trùng", now=story.now)
    without = words(page_of(region, "clerk", "region"))
    assert "12 Tổng số nhiệm vụ" in with_it
    assert "11 Tổng số nhiệm vụ" in without


# --- three clicks -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tasks")
def test_from_the_menu_to_the_overdue_tasks_of_a_unit_below_in_three_clicks(region: Region) -> None:
    client = enter(region, "clerk")
    start = client.get("/to-chuc/")
    assert reverse("board") in links(start)
    own = client.get(reverse("board"))
    below = next(
        url for url in links(own) if url.startswith(reverse("board_of", args=[region.bodies["division"].pk]))
    )
    board = client.get(below)
    assert "Đảng ủy Sư đoàn 901" in words(board)
    asked = TaskFilter(body=region.bodies["regiment"].pk, period="2021", standing=OVERDUE)
    url = next(
        url for url in links(board) if TaskFilter.from_query(QueryDict(url.partition("?")[2])) == asked
    )
    assert "Trung đoàn 91" in words(client.get(url))


# --- whose board it is --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("username", "body"),
    [("secretary", "region"), ("commander", "command"), ("division", "division"), ("press", "region")],
)
def test_my_board_is_that_of_my_post(region: Region, username: str, body: str) -> None:
    answer = enter(region, username).get(reverse("board"))
    assert answer.status_code == 200
    assert answer.context["body"] == region.bodies[body]


@pytest.mark.usefixtures("tasks")
def test_who_reads_one_body_alone_sees_its_own_tasks_alone(region: Region) -> None:
    # The press officer reads the region itself, not what stands below it.
    response = page_of(region, "press", "region")
    text = words(response)
    assert "1 Tổng số nhiệm vụ" in text
    assert "Sư đoàn" not in text
    assert "Lữ đoàn" not in text
    assert [url for url, number in numbers(response) if counted(region, "press", url) != number] == []


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize(
    ("username", "body"), [("brigade", "regiment"), ("division", "region"), ("press", "division")]
)
@pytest.mark.parametrize("name", ["board_of", "board_waiting"])
def test_out_of_scope_is_like_missing(region: Region, username: str, body: str, name: str) -> None:
    client = enter(region, username)
    there = client.get(reverse(name, args=[region.bodies[body].pk]))
    assert there.status_code == 404
    assert client.get(reverse(name, args=[987654321])).status_code == 404


@pytest.mark.usefixtures("tasks")
def test_names_above_my_rights_are_no_links(region: Region) -> None:
    response = page_of(region, "division", "regiment")
    assert response.context["above"] == [region.bodies["division"]]
    assert page_of(region, "secretary", "cell").context["above"] == [
        region.bodies[name] for name in ("region", "division", "regiment", "battalion")
    ]


def test_without_a_reading_right_there_is_no_board(region: Region) -> None:
    client = enter(region, "admin")
    assert client.get(reverse("board")).status_code == 403
    assert reverse("board") not in links(client.get("/to-chuc/"))
    assert ("board", "board") in [(entry.name, entry.icon) for entry in MENU]


# --- periods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["", "?period=", "?period=2021", "?period=9999", "?period=0000", "?period=2021-Q5", "?period=%00", "?period=%27%3B",
     "?period=99999999999999999999", "?period=2021-Q4&period=x", "?xem=abc&tat-ca=abc", "?period=%FF%FE"],
)  # fmt: skip
def test_nonsense_is_this_year(region: Region, query: str) -> None:
    response = page_of(region, "clerk", "region", query)
    assert response.status_code == 200
    assert response.context["shown"].term == Term("2021", "2021-Q1", "2021-Q4")


def test_terms() -> None:
    today = dt.date(2021, 12, 1)
    assert Term.read("2021-Q3", today) == Term("2021-Q3", "2021-Q3", "2021-Q3")
    assert Term.read("2020", today) == Term("2020", "2020-Q1", "2020-Q4")
    assert Term.read("2021-Q3", today).trend_first == "2019-Q4"
    assert Term.read("", today).trend_first == "2020-Q1"
    assert Term.read("1900-Q1", today).trend_first == "1898-Q2"


@pytest.mark.usefixtures("tasks")
def test_the_page_says_for_when_it_stands(region: Region) -> None:
    text = words(page_of(region, "clerk", "region", "?period=2021-Q4"))
    assert "nhiệm vụ đến hạn trong quý IV/2021, tính đến 01/12/2021" in text
    # The one overdue from September is behind this quarter, and not forgotten.
    assert "Tính mọi kỳ, không chỉ quý IV/2021: 4 nhiệm vụ đang quá hạn" in text
    assert "Tính mọi kỳ" not in words(page_of(region, "clerk", "region", "?period=2021"))
    assert "Tính mọi kỳ" not in words(page_of(region, "clerk", "region", "?period=2020"))


def test_an_empty_board_says_how_it_begins(region: Region) -> None:
    text = words(page_of(region, "clerk", "cell"))
    assert "Chưa có nhiệm vụ nào đến hạn trong năm 2021" in text
    assert "Chưa có văn bản chỉ đạo nào còn hiệu lực" in text


# --- what is drawn ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tasks")
def test_bars_are_sorted_and_lead_on(region: Region) -> None:
    shown = page_of(region, "clerk", "region").context["shown"]
    assert [(row.label, row.number) for row in shown.overdue] == [
        ("Đảng ủy Sư đoàn 901", "3"), ("Đảng ủy Lữ đoàn 902", "1"),
    ]  # fmt: skip
    assert shown.overdue[0].url == f"{reverse('board_of', args=[region.bodies['division'].pk])}?period=2021"


@pytest.mark.usefixtures("tasks")
def test_a_table_behind_each_chart(region: Region) -> None:
    response = page_of(region, "clerk", "region")
    assert response.content.decode().count("<summary>Xem bảng số liệu</summary>") == 3
    trend = str(response.context["shown"].trend_table)
    # The year before has no task at all: the trend begins where there is something to see.
    assert re.findall(r"Quý \w+/\d+", trend) == [f"Quý {n}/2021" for n in ("I", "II", "III", "IV")]


@pytest.mark.usefixtures("tasks")
def test_nothing_that_the_policy_refuses(region: Region) -> None:
    text = page_of(region, "clerk", "region").content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)


@pytest.mark.usefixtures("tasks")
def test_names_are_escaped(region: Region) -> None:
    Organization.objects.filter(pk=region.bodies["brigade"].pk).update(name='Lữ đoàn <b>&"902"')
    text = page_of(region, "clerk", "region").content.decode()
    assert '<b>&"902' not in text
    assert "Lữ đoàn &lt;b&gt;&amp;&quot;902" in text


def test_more_units_than_a_wall_holds(region: Region, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_page, "MOST_UNITS", 1)
    for to in ("brigade", "division", "division"):
        late(story, to=to)
    few = page_of(region, "clerk", "region")
    assert "Còn 1 đơn vị" in words(few)
    assert "Lữ đoàn" not in str(few.context["shown"].heat)
    every = page_of(region, "clerk", "region", "?tat-ca=1")
    assert "Còn 1 đơn vị" not in words(every)
    assert "Lữ đoàn" in str(every.context["shown"].heat)


@pytest.mark.parametrize(
    ("number", "whole", "words_"),
    [(0, 0, "0%"), (0, 9, "0%"), (1, 1000, "dưới 1%"), (999, 1000, "99%"), (5, 5, "100%"), (1, 3, "33%")],
)
def test_percentages_never_round_to_all_or_nothing(number: int, whole: int, words_: str) -> None:
    assert board_page.percent(number, whole) == words_


# --- acknowledgement ----------------------------------------------------------------------------------


@pytest.fixture
def paper(papers: Papers) -> Any:
    """Sent to five bodies, due on 5 November; the brigade acknowledged in time."""
    directive = papers.issue("region", "command", "division", "regiment", "brigade", "battalion")
    papers.acknowledge(directive, "brigade")
    return directive


@pytest.mark.usefixtures("paper")
def test_who_has_not_acknowledged_by_unit_and_by_paper(region: Region) -> None:
    found = page_of(region, "clerk", "region").context["shown"].acknowledged
    assert (found.asked, found.waiting, found.overdue) == ("5", "4", "4")
    assert [(row.label, row.number, row.overdue) for row in found.units] == [
        ("Đảng ủy Sư đoàn 901", "3", 3), ("Bộ Tư lệnh Quân khu Thử Nghiệm", "1", 1),
    ]  # fmt: skip
    assert [(row.label, row.done, row.asked, row.waiting) for row in found.papers] == [
        ("Nghị quyết 05-NQ/ĐU", "1", "5", "4")
    ]


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("body", ["region", "division", "regiment", "battalion"])
def test_every_number_of_acknowledgement_opens_its_rows(region: Region, body: str) -> None:
    client = enter(region, "clerk")
    text = client.get(reverse("board_of", args=[region.bodies[body].pk])).content.decode()
    found = re.findall(r'<a [^>]*?href="(/bang-dieu-hanh/\d+/chua-xac-nhan/[^"]*)"[^>]*>\s*(\d+)', text)
    assert found
    for url, number in found:
        assert client.get(html.unescape(url)).context["page"].paginator.count == int(number)


def test_what_waits_is_listed_longest_overdue_first(region: Region, papers: Papers, paper: Any) -> None:
    papers.issue(
        "region",
        "command",
        number="06-CT/ĐU",
        kind=DirectiveKind.DIRECTIVE,
        acknowledge_by=None,
        study_by=None,
        elaborate_by=None,
    )
    url = reverse("board_waiting", args=[region.bodies["region"].pk])
    client = enter(region, "clerk")
    text = words(client.get(url))
    assert text.index("05/11/2021") < text.index("06-CT/ĐU")
    assert "quá hạn 26 ngày" in text
    assert "không đặt hạn" in text
    assert client.get(f"{url}?overdue=1").context["page"].paginator.count == 4
    assert client.get(f"{url}?directive={paper.pk}").context["page"].paginator.count == 4
    for nonsense in (
        "directive=abc",
        "directive=%00",
        "directive=99999999999999999999",
        "page=abc",
        "page=-1",
    ):
        assert client.get(f"{url}?{nonsense}").status_code == 200
    assert client.get(f"{url}?directive=99999999").context["page"].paginator.count == 0


def test_an_ended_paper_asks_nobody(region: Region, papers: Papers, paper: Any) -> None:
    from soi.directives.actions import end_directive

    end_directive(
        actor=papers.actor("clerk"),
        directive=paper,
        on=region.actor("clerk").today,
        reason="Đã có văn bản thay thế",
        now=region.now,
    )
    assert page_of(region, "clerk", "region").context["shown"].acknowledged.asked == "0"


def test_what_was_merged_is_counted_once_at_its_heir(region: Region, papers: Papers, paper: Any) -> None:
    today = region.actor("clerk").today
    org.merge_organizations(
        actor=region.system,
        sources=[region.bodies["regiment"]],
        into=region.bodies["division"],
        on=today,
        now=region.now,
    )
    rows = counting.by_unit(region.actor("clerk"), region.bodies["division"].pk, [], as_of=today)
    assert sum(row.figures.waiting for row in rows) == 3
    assert counting.waiting(region.actor("clerk"), region.bodies["division"].pk, as_of=today).count() == 3


def test_acknowledged_late_counts_from_its_day(region: Region, papers: Papers, paper: Any) -> None:
    papers.acknowledge(paper, "command", on="20/11")
    actor = region.actor("clerk")

    def behind(day: dt.date) -> int:
        return counting.waiting(actor, region.bodies["region"].pk, as_of=day).count()

    assert (behind(dt.date(2021, 11, 19)), behind(dt.date(2021, 11, 20))) == (4, 3)
    assert behind(dt.date(2021, 10, 31)) == 0


# --- what it costs ------------------------------------------------------------------------------------


def test_the_number_of_statements_stays_the_same(region: Region, story: Story, papers: Papers) -> None:
    client = enter(region, "clerk")
    url = reverse("board_of", args=[region.bodies["region"].pk])

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    cost()
    late(story, to="division")
    papers.issue("region", "division")
    one = cost()
    for n in range(3):
        name = f"Đảng ủy Trung đoàn {n + 1}"
        org.found_organization(
            actor=region.system, name=name, classification=Classification.UNIT, parent=region.bodies["region"],
            on=FIRST, now=region.now,
        )  # fmt: skip
        late(story, to="brigade", area=list(WorkArea)[n])
        papers.issue("region", "brigade", "regiment", number=f"1{n}-NQ/ĐU")
    assert cost() == one
    assert one <= 12
