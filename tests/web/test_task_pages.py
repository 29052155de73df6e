"""Trang nhiệm vụ: the list and its filters, one task and what it offers to whom, what the forms write."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from soi.directives.actions import issue_directive
from soi.directives.enums import DirectiveKind
from soi.directives.models import Addressee
from soi.documents import actions as documents
from soi.documents.reading import read_sheets
from soi.org import staffing
from soi.org.enums import WorkArea
from soi.work import programmes, progress, tasks
from soi.work.enums import Result, Standing, TaskState
from soi.work.models import Handover, Programme, Task
from tests.factories import Region
from tests.web.findings_world import enter, words
from tests.work.story import DUE_ON, STATEMENT, Story

XSS = '<script>alert(1)</script><img src=x onerror="alert(2)">'
LATE = dt.date(2021, 11, 20)
GIVEN = dt.date(2021, 11, 1)
WHOLE = {
    "statement": "Kiểm tra nền nếp sinh hoạt của 8 chi bộ",
    "deliverable": "8 biên bản kiểm tra",
    "due_on": "31/12/2021",
    "area": "leadership",
    "weight": "1",
}


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    """The pages read the clock; it stands still at the fixtures' moment."""
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def story(region: Region) -> Story:
    return Story(region, region.now)


def overdue(story: Story, **given: Any) -> Task:
    """Given a month ago, due eleven days ago."""
    return story.assign(due_on=LATE, today=GIVEN, **given)


def sent(region: Region, **changed: Any) -> dict[str, Any]:
    """A task of the region for the division's secretary, as the form sends it."""
    return {
        **WHOLE,
        "assigned_by": region.bodies["region"].pk,
        "accountable_post": region.posts["division"].pk,
        **changed,
    }


# --- the list ------------------------------------------------------------------------------------------


def test_empty_list_teaches_and_leads_on(region: Region) -> None:
    page = enter(region, "clerk").get("/cong-viec/")
    assert "Mỗi nhiệm vụ có đúng một chức vụ chịu trách nhiệm" in words(page)
    assert b'class="btn btn-primary" href="/cong-viec/moi/">Giao nhi' in page.content
    # Who cannot give work is not sent to a page that refuses them.
    assert b"/cong-viec/moi/" not in enter(region, "inspector").get("/cong-viec/").content


def test_a_row_says_what_who_and_how_late(region: Region, story: Story) -> None:
    overdue(story)
    shown = words(enter(region, "clerk").get("/cong-viec/"))
    for expected in (
        STATEMENT,
        "Đảng ủy Sư đoàn 901",
        "Phan Văn Sư",
        "20/11/2021",
        "quá 11 ngày",
        "1 nhiệm vụ",
    ):
        assert expected in shown, expected


def test_numbers_open_exactly_the_tasks_they_count(region: Region, story: Story) -> None:
    overdue(story)
    story.assign(statement="Việc còn hạn của sư đoàn, ban hành một kế hoạch")
    story.done(story.assign(statement="Việc chờ đánh giá, ban hành một kế hoạch"))
    story.closed(story.assign(statement="Việc đã xong, ban hành một kế hoạch"))
    tasks.cancel_task(
        actor=region.actor("clerk"), task=story.assign(statement="Việc bỏ, ban hành một kế hoạch"),
        reason="Nhập nhầm", now=region.now,
    )  # fmt: skip
    client = enter(region, "clerk")
    page = client.get("/cong-viec/").content.decode()
    numbers = re.findall(
        r'class="stat-number" href="([^"]+)">(\d+)</a><span class="stat-label">([^<]+)', page
    )
    assert [(number, label) for _url, number, label in numbers] == [
        ("3", "Chưa xong"), ("1", "Quá hạn"), ("1", "Chờ đánh giá"), ("1", "Đã hoàn thành"),
    ]  # fmt: skip
    for url, number, _label in numbers:
        assert client.get(url.replace("&amp;", "&")).content.decode().count("data-row") == int(number)


def test_filters_narrow_and_can_be_taken_off(region: Region, story: Story) -> None:
    overdue(story, statement="Củng cố doanh trại theo kế hoạch", area=WorkArea.ECONOMY)
    overdue(
        story, to="regiment", giver="division", by="divisionclerk", statement="Sửa kho súng, lập biên bản"
    )
    overdue(story, to="brigade", statement="Khám sức khỏe, lập danh sách")
    client = enter(region, "clerk")

    def found(query: str) -> set[str]:
        shown = words(client.get(f"/cong-viec/?{query}"))
        return {name for name in ("Củng cố", "Sửa kho", "Khám sức") if name in shown}

    division, regiment = region.bodies["division"].pk, region.bodies["regiment"].pk
    assert found("") == {"Củng cố", "Sửa kho", "Khám sức"}
    assert found(f"body={division}") == {"Củng cố", "Sửa kho"}
    assert found(f"body={division}&below=0") == {"Củng cố"}
    assert found(f"body={regiment}") == {"Sửa kho"}
    assert found("area=economy") == {"Củng cố"}
    assert found("q=sua kho") == found("q=sửa kho") == {"Sửa kho"}
    assert found("period=2022") == set()
    assert found("period=2021-Q4") == {"Củng cố", "Sửa kho", "Khám sức"}
    assert found(f"post={region.posts['brigade'].pk}") == {"Khám sức"}
    assert found(f"given_by={division}") == {"Sửa kho"}
    assert found("standing=overdue") == {"Củng cố", "Sửa kho", "Khám sức"}
    assert found("standing=overdue&as_of=2021-11-20") == set()
    page = client.get(f"/cong-viec/?body={division}&q=sua").content.decode()
    chips = re.findall(r'class="chip">([^:]+): <b>([^<]+)</b><a class="chip-remove" href="([^"]+)"', page)
    assert chips == [
        ("Tìm", "“sua”", f"/cong-viec/?body={division}"),
        ("Đơn vị", "Đảng ủy Sư đoàn 901 và cấp dưới", "/cong-viec/?q=sua"),
    ]
    assert "Không có nhiệm vụ nào phù hợp" in words(client.get("/cong-viec/?q=khong-co"))


@pytest.mark.parametrize(
    "query",
    [
        "body=abc", "body=99999999999999999999999", "body=987654321", "post=0", "programme=-1", "directive=987654321",
        "given_by=987654321", "period=9999", "period=0001-Q1", "standing=nonsense", "as_of=2021-02-30",
        "as_of=9999-12-31&standing=due_soon", "q=%00", "page=999999999999", "page=-3", "page=abc", "area=x",
        "q=" + "a" * 3000, "post=987654321", "programme=987654321", "period=9999-Q4",
    ],
)  # fmt: skip
def test_odd_addresses_still_answer(region: Region, story: Story, query: str) -> None:
    story.assign()
    assert enter(region, "clerk").get(f"/cong-viec/?{query}").status_code == 200


def test_everybody_finds_their_own_tasks_and_nobody_elses(region: Region, story: Story) -> None:
    story.assign(to="brigade", statement="Việc riêng của lữ đoàn, lập biên bản")
    story.assign(to="commander", statement="Việc của Tư lệnh, lập biên bản")
    assert "Việc của Tư lệnh" in words(enter(region, "commander").get("/cong-viec/"))
    assert "Việc riêng của lữ đoàn" not in words(enter(region, "commander").get("/cong-viec/"))
    assert "Việc riêng của lữ đoàn" not in words(enter(region, "divisionclerk").get("/cong-viec/?q=lu+doan"))
    assert "Việc riêng của lữ đoàn" in words(enter(region, "brigadeclerk").get("/cong-viec/?q=lu+doan"))


def test_pages_of_the_list_and_the_number_of_questions(region: Region, story: Story) -> None:
    client = enter(region, "clerk")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/cong-viec/").status_code == 200
        return len(captured)

    overdue(story)
    client.get("/cong-viec/")
    one = asked()
    for number in range(26):
        overdue(
            story,
            to=("regiment", "brigade", "division")[number % 3],
            statement=f"Việc {number}, lập biên bản",
        )
    assert asked() == one <= 12
    first, second = client.get("/cong-viec/").content, client.get("/cong-viec/?page=2").content
    assert (first.count(b"data-row"), second.count(b"data-row")) == (25, 2)


def test_three_clicks_to_the_overdue_tasks_of_a_subordinate(region: Region, story: Story) -> None:
    """Từ Việc của tôi: the body in the tree, the body's page, its number of overdue tasks."""
    overdue(story)
    overdue(story, to="regiment", giver="division", by="divisionclerk")
    story.assign(statement="Việc còn hạn, ban hành một kế hoạch")
    client = enter(region, "clerk")
    assert b'href="/to-chuc/"' in client.get("/").content
    division = region.bodies["division"].pk
    assert f'href="/to-chuc/{division}/'.encode() in client.get("/to-chuc/").content
    page = client.get(f"/to-chuc/{division}/").content.decode()
    link = re.search(r'href="(/cong-viec/\?[^"]*standing=overdue)">2</a>', page)
    assert link
    assert client.get(link[1].replace("&amp;", "&")).content.decode().count("data-row") == 2
    # And from the first page straight to all that is overdue.
    first = client.get("/").content.decode()
    whole = f"/cong-viec/?body={region.bodies['region'].pk}&amp;standing=overdue"
    assert f'class="late" href="{whole}">2</a>' in first
    # The page of the body above shows the number beside each unit below it.
    above = client.get(f"/to-chuc/{region.bodies['region'].pk}/").content.decode()
    assert f'href="/cong-viec/?body={division}&amp;standing=overdue">2 nhiệm vụ quá hạn</a>' in above


def test_the_page_of_a_body_asks_once_more_and_hides_from_outsiders(region: Region, story: Story) -> None:
    overdue(story)
    division = region.bodies["division"].pk
    assert "Quá hạn 1" in words(enter(region, "clerk").get(f"/to-chuc/{division}/"))
    # A member of a cell below knows the division by name, not what it owes.
    shown = words(enter(region, "member").get(f"/to-chuc/{division}/"))
    assert "Đảng ủy Sư đoàn 901" in shown
    assert "Quá hạn" not in shown


# --- one task ------------------------------------------------------------------------------------------


def test_the_page_tells_the_whole_story(region: Region, story: Story) -> None:
    task = overdue(story, target=Decimal("8"), unit="chi bộ", weight=3, contributors=[
        tasks.ContributorEntry(region.bodies["brigade"])
    ])  # fmt: skip
    report = story.report(task, None, value=Decimal("2"), difficulty="Thiếu cán bộ", request="Xin thêm người")
    progress.answer_request(
        actor=region.actor("secretary"), report=report, text="Đã điều hai đồng chí.", now=region.now
    )
    shown = words(enter(region, "clerk").get(f"/cong-viec/{task.pk}/"))
    for expected in (
        STATEMENT, "Phan Văn Sư", "Bí thư Đảng ủy Sư đoàn", "Quy chế được ban hành", "20/11/2021",
        "quá hạn 11 ngày", "trọng số 3", "25%", "2 chi bộ trên 8 chi bộ", "Thiếu cán bộ", "Xin thêm người",
        "Đã điều hai đồng chí.", "Lê Văn Thử trả lời", "Phối hợp Đảng ủy Lữ đoàn 902",
        "Đảng ủy Quân khu Thử Nghiệm giao ngày",
    ):  # fmt: skip
        assert expected in shown, expected
    history = words(enter(region, "clerk").get(f"/cong-viec/{task.pk}/lich-su/"))
    for expected in ("Giao nhiệm vụ", "hạn 20/11/2021", "Báo cáo tiến độ", "25%", "Trả lời đề nghị"):
        assert expected in history, expected


def test_late_and_why_after_the_end(region: Region, story: Story) -> None:
    task = story.assess(story.done(overdue(story), late_cause="external"), late_cause="external")
    assert task.standing == Standing.LATE
    shown = words(enter(region, "clerk").get(f"/cong-viec/{task.pk}/"))
    assert "Hoàn thành muộn" in shown
    assert "xong muộn 11 ngày, nguyên nhân Khách quan" in shown
    assert "Cấp giao đánh giá 01/12/2021 Đạt yêu cầu" in shown
    assert "quá hạn" not in shown.split("Tiến độ")[0]


@pytest.mark.parametrize(
    ("state", "username", "main"),
    [
        ("active", "division", "Báo cáo tiến độ"),
        ("active", "divisionclerk", "Báo cáo tiến độ"),
        ("active", "clerk", "Nhắc việc"),
        ("asked", "secretary", "Trả lời đề nghị"),
        ("asked", "division", "Báo cáo tiến độ"),
        ("reported", "secretary", "Đánh giá kết quả"),
        ("reported", "division", ""),
        ("done", "secretary", ""),
        ("active", "inspector", ""),
        ("reported", "inspector", "Đánh giá kết quả"),
    ],
)
def test_one_main_action_for_the_state_and_the_person(
    region: Region, story: Story, state: str, username: str, main: str
) -> None:
    task = story.assign()
    if state == "asked":
        story.report(task, request="Xin thêm người")
    if state in {"reported", "done"}:
        task = story.done(task)
    if state == "done":
        story.assess(task)
    page = enter(region, username).get(f"/cong-viec/{task.pk}/").content.decode()
    buttons = re.findall(r'class="btn btn-primary" href="[^"]+">(?:<svg.*?</svg>)?([^<]*)', page, flags=re.S)
    assert [button.strip() for button in buttons] == ([main] if main else [])


def test_the_missing_button_says_why_once(region: Region, story: Story) -> None:
    task = story.done(story.assign(by="divisionclerk", giver="division"))
    shown = words(enter(region, "division").get(f"/cong-viec/{task.pk}/"))
    assert "giữ chức vụ chịu trách nhiệm chính trong thời gian thực hiện" in shown
    assert shown.count("đang chờ cấp giao đánh giá") == 1


def test_sub_tasks_add_up_by_weight(region: Region, story: Story) -> None:
    task = story.assign()
    for weight, percent in ((3, 80), (1, 0)):
        one = story.assign(
            by="divisionclerk", giver="division", to="regiment", parent=task, weight=weight,
            statement=f"Phần việc nặng {weight}, lập biên bản",
        )  # fmt: skip
        if percent:
            story.report(one, percent, by="regiment")
    page = enter(region, "clerk").get(f"/cong-viec/{task.pk}/")
    assert "60% tính theo trọng số; xong 0 trong 2" in words(page)
    assert "Phần việc nặng 3" in words(page)
    below = Task.objects.filter(parent=task).first()
    assert below is not None
    assert (
        f'href="/cong-viec/{task.pk}/"'
        in enter(region, "clerk").get(f"/cong-viec/{below.pk}/").content.decode()
    )


def test_questions_of_the_page_do_not_grow(region: Region, story: Story) -> None:
    task = story.assign()
    client = enter(region, "secretary")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/cong-viec/{task.pk}/").status_code == 200
        return len(captured)

    def grow(number: int) -> None:
        story.report(task, 10, request=f"Xin {number}")
        story.assign(
            by="divisionclerk",
            giver="division",
            to="regiment",
            parent=task,
            statement=f"Phần {number}, lập biên bản",
        )

    grow(1)
    client.get("/")
    one = asked()
    grow(2)
    grow(3)
    assert asked() == one <= 14


def test_out_of_sight_answers_like_missing(region: Region, story: Story) -> None:
    hidden = story.assign(to="brigade", statement="Việc riêng của lữ đoàn, lập biên bản")
    client = enter(region, "divisionclerk")
    for part in (
        "",
        "lich-su/",
        "sua/",
        "tien-do/",
        "bao-cao-xong/",
        "danh-gia/",
        "chuyen/",
        "han/",
        "huy/",
        "minh-chung/1/",
    ):
        there, missing = client.get(f"/cong-viec/{hidden.pk}/{part}"), client.get(f"/cong-viec/999999/{part}")
        assert there.status_code == missing.status_code == 404, part
        assert words(there) == words(missing)
    # Positive control: the brigade's own clerk finds it.
    assert enter(region, "brigadeclerk").get(f"/cong-viec/{hidden.pk}/").status_code == 200


def test_markup_in_texts_stays_text(region: Region, story: Story) -> None:
    task = story.assign(statement=f"Lập 3 biên bản {XSS}", deliverable=f"3 biên bản {XSS}")
    story.report(task, note=XSS, difficulty=XSS, request=XSS)
    client = enter(region, "clerk")
    urls = [
        "",
        f"{task.pk}/",
        f"{task.pk}/lich-su/",
        f"{task.pk}/han/",
        f"hang-loat/?kind=remind&task={task.pk}",
    ]
    for url in urls:
        page = client.get(f"/cong-viec/{url}").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert" in page


# --- giving a task -----------------------------------------------------------------------------------


def test_a_clear_task_is_given(region: Region) -> None:
    client = enter(region, "clerk")
    assert client.get("/cong-viec/moi/").status_code == 200
    answer = client.post(
        "/cong-viec/moi/",
        sent(region, target="8", unit="chi bộ", weight="4", contributors=[region.bodies["brigade"].pk]),
    )
    task = Task.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/cong-viec/{task.pk}/"
    assert (task.organization, task.assigned_by) == (region.bodies["division"], region.bodies["region"])
    assert (task.target, task.unit, task.weight, task.due_on) == (8, "chi bộ", 4, DUE_ON)
    assert [row.organization for row in task.contributors.all()] == [region.bodies["brigade"]]
    assert "Đã giao nhiệm vụ cho Bí thư Đảng ủy Sư đoàn" in words(client.get(answer["Location"]))


def test_the_vague_is_refused_with_a_better_wording_that_one_press_takes(region: Region) -> None:
    client = enter(region, "clerk")
    vague = sent(region, statement="Tăng cường công tác kiểm tra", deliverable="Báo cáo")
    refused = client.post("/cong-viec/moi/", vague)
    assert refused.status_code == 422
    assert not Task.objects.exists()
    page = refused.content.decode()
    button = re.search(r'name="use" value="([^"]+)" formnovalidate data-fill="#id_statement"', page)
    assert button
    assert "Mỗi tháng một lần đánh giá việc kiểm tra" in button[1]
    # Without JavaScript the server puts the words into the field; nothing else that was typed is lost.
    taken = client.post("/cong-viec/moi/", {**vague, "use": button[1]})
    assert taken.status_code == 200
    assert f">\n{button[1]}</textarea>" in taken.content.decode()
    assert "Báo cáo</textarea>" in taken.content.decode()
    assert not Task.objects.exists()
    assert client.post("/cong-viec/moi/", {**vague, "statement": button[1]}).status_code == 302


@pytest.mark.parametrize("missing", ["statement", "deliverable", "accountable_post", "due_on", "area"])
def test_what_is_missing_is_said_beside_its_field(region: Region, missing: str) -> None:
    refused = enter(region, "clerk").post("/cong-viec/moi/", sent(region, **{missing: ""}))
    assert refused.status_code == 422
    assert f'id="id_{missing}_error"' in refused.content.decode()
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"accountable_post": "abc"}, {"accountable_post": "99999999999999999999"}, {"accountable_post": "987654321"},
        {"due_on": "32/13/2021"}, {"due_on": "01/01/0001"}, {"due_on": "31/12/9999"},
        {"weight": "1e9"}, {"weight": "0"},
        {"target": "NaN"}, {"target": "1e30"}, {"target": "-1"}, {"target": "5"}, {"unit": "km"}, {"area": "x"},
        {"assigned_by": "x"}, {"contributors": ["x"]}, {"contributors": ["987654321"]}, {"programme": "x"},
        {"statement": "\x00\x00"}, {"directive": "9" * 30}, {"start_on": "31/12/2023"},
    ],
)  # fmt: skip
def test_odd_input_is_refused_in_words(region: Region, odd: dict[str, Any]) -> None:
    answer = enter(region, "clerk").post("/cong-viec/moi/", sent(region, **odd))
    assert answer.status_code in {302, 422}
    if answer.status_code == 422:
        assert "Chưa ghi được" in words(answer)
    else:
        assert odd == {"due_on": "31/12/9999"}


def test_the_holder_is_named_beside_the_post(region: Region) -> None:
    page = enter(region, "clerk").get("/cong-viec/moi/").content.decode()
    assert "Bí thư Đảng ủy Sư đoàn · Phan Văn Sư</option>" in page
    assert '<optgroup label="Đảng ủy Sư đoàn 901">' in page


def test_a_long_list_of_posts_is_searched(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soi.web.forms.picks.MOST_OFFERED", 2)
    client = enter(region, "clerk")
    page = client.get("/cong-viec/moi/").content.decode()
    assert 'data-pick-url="/cong-viec/chon/chuc-vu/"' in page
    for query in ("trung doan bi thu", "Mai Văn", "bí thư trung đoàn"):
        found = client.get("/cong-viec/chon/chuc-vu/", {"q": query}).content.decode()
        assert (
            f'<option value="{region.posts["regiment"].pk}">Bí thư Đảng ủy Trung đoàn · Mai Văn Trung'
            in found
        )
        assert found.count("<option") == 1
    # What was chosen stays in the form though it is not among the first.
    refused = client.post("/cong-viec/moi/", sent(region, statement=""))
    assert f'<option value="{region.posts["division"].pk}" selected>' in refused.content.decode()
    assert client.post("/cong-viec/moi/", sent(region)).status_code == 302
    # The other branch is not offered to who does not keep its records.
    other = enter(region, "brigadeclerk").get("/cong-viec/chon/chuc-vu/", {"q": "trung doan"})
    assert b"<option" not in other.content
    assert client.get("/cong-viec/chon/linh-tinh/").status_code == 404
    for kind in ("to-chuc", "don-vi-giao", "chuong-trinh", "van-ban"):
        assert client.get(f"/cong-viec/chon/{kind}/", {"q": "dang uy"}).status_code == 200
        assert client.get(f"/cong-viec/chon/{kind}/").content.strip() == b""


def test_a_sub_task_takes_over_what_it_can(region: Region, story: Story) -> None:
    # The programme of the level above is not that of the body which divides the work.
    task = story.assign(programme=programme_of(region))
    client = enter(region, "divisionclerk")
    page = client.get(f"/cong-viec/moi/?parent={task.pk}")
    assert f'<option value="{task.programme_id}" selected>' not in page.content.decode()
    assert "Giao nhiệm vụ con" in words(page)
    division = region.bodies["division"].pk
    assert f'<option value="{division}" selected>' in page.content.decode()
    data = sent(region, parent=task.pk, assigned_by=division, accountable_post=region.posts["regiment"].pk)
    assert client.post("/cong-viec/moi/", data).status_code == 302
    assert Task.objects.get(parent=task).organization == region.bodies["regiment"]
    hidden = story.assign(to="brigade")
    assert client.get(f"/cong-viec/moi/?parent={hidden.pk}").status_code == 404


# --- reporting and judging -----------------------------------------------------------------------------


def test_progress_is_reported_with_evidence(region: Region, story: Story) -> None:
    task = story.assign()
    client = enter(region, "division")
    data = {
        "percent": "40", "note": "Đã xong dự thảo", "difficulty": "Thiếu người", "request": "Xin thêm người",
        "evidence": SimpleUploadedFile("du-thao.txt", b"Du thao quy che"),
    }  # fmt: skip
    assert client.post(f"/cong-viec/{task.pk}/tien-do/", data).status_code == 302
    page = client.get(f"/cong-viec/{task.pk}/").content.decode()
    link = re.search(rf'href="(/cong-viec/{task.pk}/minh-chung/\d+/)"', page)
    assert link
    answer = client.get(link[1])
    assert b"".join(answer.streaming_content) == b"Du thao quy che"
    assert "du-thao.txt" in answer["Content-Disposition"]
    # Evidence of one task is not opened through another.
    other = story.assign(statement="Việc khác, lập biên bản")
    assert client.get(link[1].replace(f"/{task.pk}/", f"/{other.pk}/", 1)).status_code == 404
    # Who asked is not who answers; the level above finds it among what waits.
    assert "Đề nghị chờ trả lời" in words(enter(region, "secretary").get("/"))
    assert "Đề nghị chờ trả lời" not in words(client.get("/"))


def test_a_measured_task_asks_for_the_value(region: Region, story: Story) -> None:
    task = story.assign(target=Decimal("8"), unit="chi bộ")
    client = enter(region, "division")
    assert "Chỉ tiêu: 8 chi bộ." in words(client.get(f"/cong-viec/{task.pk}/tien-do/"))
    assert client.post(f"/cong-viec/{task.pk}/tien-do/", {"value": "6", "note": "Sáu nơi"}).status_code == 302
    task.refresh_from_db()
    assert (task.percent, task.value) == (75, 6)
    plain = story.assign(statement="Việc không đo, lập biên bản")
    assert 'name="value"' not in client.get(f"/cong-viec/{plain.pk}/tien-do/").content.decode()


def test_a_clerk_writes_for_the_holder_and_is_told_so(region: Region, story: Story) -> None:
    task = story.assign()
    page = enter(region, "divisionclerk").get(f"/cong-viec/{task.pk}/tien-do/")
    assert "Đồng chí ghi thay Bí thư Đảng ủy Sư đoàn" in words(page)
    assert enter(region, "inspector").get(f"/cong-viec/{task.pk}/tien-do/").status_code == 403


def test_late_demands_a_cause(region: Region, story: Story) -> None:
    task = overdue(story)
    client = enter(region, "division")
    data = {"result": "achieved", "note": "Đã ban hành"}
    refused = client.post(f"/cong-viec/{task.pk}/bao-cao-xong/", data)
    assert refused.status_code == 422
    assert "chọn nguyên nhân chậm" in words(refused)
    done = client.post(f"/cong-viec/{task.pk}/bao-cao-xong/", {**data, "late_cause": "own"})
    assert done.status_code == 302
    task.refresh_from_db()
    assert (task.state, task.late_cause) == (TaskState.REPORTED, "own")
    timely = story.assign(statement="Việc đúng hạn, lập biên bản")
    assert "Nguyên nhân chậm" not in words(client.get(f"/cong-viec/{timely.pk}/bao-cao-xong/"))


def test_the_superior_judges_and_not_the_holder(region: Region, story: Story) -> None:
    task = story.done(story.assign(), note="Đã ban hành Quy chế số 12")
    assert enter(region, "division").get(f"/cong-viec/{task.pk}/danh-gia/").status_code == 403
    client = enter(region, "secretary")
    assert "Chờ tôi đánh giá" in words(client.get("/"))
    page = client.get(f"/cong-viec/{task.pk}/danh-gia/")
    assert "Đã ban hành Quy chế số 12" in words(page)
    assert "Tự đánh giá: Đạt yêu cầu" in words(page)
    assert client.post(f"/cong-viec/{task.pk}/danh-gia/", {"result": "achieved"}).status_code == 422
    data = {"result": "exceeded", "note": "Sớm và đủ"}
    assert client.post(f"/cong-viec/{task.pk}/danh-gia/", data).status_code == 302
    task.refresh_from_db()
    assert task.standing == Standing.EXCEEDED
    assert client.get(f"/cong-viec/{task.pk}/danh-gia/").status_code == 409


def test_given_back_is_active_again(region: Region, story: Story) -> None:
    task = story.done(story.assign())
    client = enter(region, "secretary")
    data = {"result": "returned", "note": "Thiếu phần hậu cần"}
    assert client.post(f"/cong-viec/{task.pk}/danh-gia/", data).status_code == 302
    task.refresh_from_db()
    assert task.state == TaskState.ACTIVE
    assert "Thiếu phần hậu cần" in words(enter(region, "division").get(f"/cong-viec/{task.pk}/"))


def test_what_was_never_reported_can_only_be_called_failed(region: Region, story: Story) -> None:
    task = overdue(story)
    client = enter(region, "secretary")
    page = client.get(f"/cong-viec/{task.pk}/danh-gia/").content.decode()
    assert re.findall(r'name="result" value="(\w+)"', page) == ["not_achieved"]
    data = {"result": "not_achieved", "note": "Không ai làm", "late_cause": "own"}
    assert client.post(f"/cong-viec/{task.pk}/danh-gia/", data).status_code == 302
    task.refresh_from_db()
    assert task.state == TaskState.FAILED
    assert client.get(f"/cong-viec/{story.assign().pk}/danh-gia/").status_code == 409


def test_a_request_is_answered_once(region: Region, story: Story) -> None:
    report = story.report(story.assign(), request="Xin thêm hai cán bộ")
    url = f"/cong-viec/de-nghi/{report.pk}/"
    assert enter(region, "division").get(url).status_code == 403
    assert enter(region, "brigadeclerk").get(url).status_code == 404
    client = enter(region, "secretary")
    assert "Xin thêm hai cán bộ" in words(client.get(url))
    assert client.post(url, {"text": "Đồng ý"}).status_code == 302
    assert client.post(url, {"text": "Thêm nữa"}).status_code == 409
    assert "Đồng ý" in words(enter(region, "division").get(f"/cong-viec/{report.task_id}/"))


# --- changing what was given -------------------------------------------------------------------------


def test_hand_over_change_due_edit_and_cancel(region: Region, story: Story) -> None:
    task = story.assign()
    client, url = enter(region, "clerk"), f"/cong-viec/{task.pk}"
    assert client.post(f"{url}/chuyen/", {"accountable_post": region.posts["brigade"].pk}).status_code == 302
    assert client.post(f"{url}/han/", {"due_on": "15/01/2022", "reason": "Lùi hội nghị"}).status_code == 302
    assert client.post(f"{url}/han/", {"due_on": "15/01/2020", "reason": "Nhầm"}).status_code == 422
    task.refresh_from_db()
    assert (task.organization, task.due_on) == (region.bodies["brigade"], dt.date(2022, 1, 15))
    page = client.get(f"{url}/sua/").content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    data = {**WHOLE, "version": version[1]}
    assert client.post(f"{url}/sua/", data).status_code == 302
    assert client.post(f"{url}/sua/", {**data, "statement": "Lập 9 biên bản"}).status_code == 409
    assert client.post(f"{url}/huy/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}/huy/", {"reason": "Cấp trên đã làm"}).status_code == 302
    shown = words(client.get(f"{url}/"))
    assert "Cấp trên đã làm" in shown
    for part in ("chuyen", "han", "sua", "huy", "tien-do", "bao-cao-xong"):
        assert client.get(f"{url}/{part}/").status_code == 409, part
    history = words(client.get(f"{url}/lich-su/"))
    for expected in (
        "Từ 31/12/2021 sang 15/01/2022",
        "Lùi hội nghị",
        "Bí thư Đảng ủy Lữ đoàn",
        f"Trước đó: {STATEMENT}",
    ):
        assert expected in history, expected


def test_only_the_giver_changes(region: Region, story: Story) -> None:
    task = story.assign()
    for part in ("chuyen", "han", "sua", "huy"):
        assert enter(region, "divisionclerk").get(f"/cong-viec/{task.pk}/{part}/").status_code == 403
        assert enter(region, "clerk").get(f"/cong-viec/{task.pk}/{part}/").status_code == 200


# --- programmes ---------------------------------------------------------------------------------------


def programme_of(region: Region, title: str = "Chương trình công tác năm 2021") -> Programme:
    return programmes.add_programme(
        actor=region.actor("clerk"),
        organization=region.bodies["region"],
        title=title,
        period="2021",
        now=region.now,
    )


def test_a_programme_from_start_to_percent(region: Region, story: Story) -> None:
    client = enter(region, "clerk")
    assert "Lập chương trình đầu tiên" in words(client.get("/cong-viec/chuong-trinh/"))
    data = {"organization": region.bodies["region"].pk, "title": "Chương trình năm 2021", "period": "2021"}
    answer = client.post("/cong-viec/chuong-trinh/moi/", data)
    programme = Programme.objects.get()
    assert answer["Location"] == f"/cong-viec/chuong-trinh/{programme.pk}/"
    assert client.post("/cong-viec/chuong-trinh/moi/", data).status_code in {409, 422}
    assert "Giao nhiệm vụ đầu tiên" in words(client.get(answer["Location"]))
    assert client.get(f"/cong-viec/moi/?programme={programme.pk}").status_code == 200
    assert client.post("/cong-viec/moi/", sent(region, programme=programme.pk)).status_code == 302
    assert Task.objects.get().origin == "programme"
    story.closed(story.assign(programme=programme, statement="Việc đã xong, lập biên bản"))
    overdue(story, programme=programme, area=WorkArea.ECONOMY, statement="Việc trễ, lập biên bản")
    page = client.get(answer["Location"])
    shown = words(page)
    assert "33% Đã hoàn thành 1 trong 3 nhiệm vụ" in shown
    for url, number in re.findall(r'class="stat-number" href="([^"]+)">(\d+)</a>', page.content.decode()):
        assert client.get(url.replace("&amp;", "&")).content.decode().count("data-row") == int(number)
    listed = words(client.get("/cong-viec/chuong-trinh/"))
    assert "1 trong 3 nhiệm vụ" in listed
    assert "Chương trình năm 2021" not in words(enter(region, "brigadeclerk").get("/cong-viec/chuong-trinh/"))


def test_a_programme_out_of_sight_is_not_named_by_its_tasks(region: Region, story: Story) -> None:
    """The division's office sees the task; the programme is the region's own affair."""
    programme = programme_of(region, "CANARY chương trình của cấp trên")
    task = story.assign(programme=programme)
    for who, sees in (("divisionclerk", False), ("division", True), ("clerk", True)):
        client = enter(region, who)
        assert client.get(f"/cong-viec/chuong-trinh/{programme.pk}/").status_code == (200 if sees else 404)
        page = client.get(f"/cong-viec/{task.pk}/")
        assert page.status_code == 200
        assert ("CANARY" in words(page)) is sees
        sheets = read_sheets(client.get("/cong-viec/danh-sach.xlsx").content)
        assert ("CANARY" in str(sheets[0].rows)) is sees


def test_a_programme_names_the_paper_it_answers_only_to_who_sees_it(region: Region, story: Story) -> None:
    """Whoever is given a task of the programme opens it; the paper that it answers was not sent to them."""
    paper = issue_directive(
        actor=region.actor("clerk"), issuer=region.bodies["region"], kind=DirectiveKind.PLAN, number="7-KH",
        title="CANARY kế hoạch", issued_on=GIVEN, addressees=[region.bodies["division"]], now=region.now,
    )  # fmt: skip
    programme = programmes.add_programme(
        actor=region.actor("divisionclerk"), organization=region.bodies["division"], title="Chương trình sư đoàn",
        period="2021", elaborates=Addressee.objects.get(directive=paper), now=region.now,
    )  # fmt: skip
    story.assign(by="divisionclerk", giver="division", to="regiment", programme=programme)
    for who, sees in (("regiment", False), ("division", True)):
        client = enter(region, who)
        assert client.get(f"/chi-dao/{paper.pk}/").status_code == (200 if sees else 404)
        page = client.get(f"/cong-viec/chuong-trinh/{programme.pk}/")
        assert page.status_code == 200
        assert ("CANARY" in page.content.decode()) is sees


def test_questions_of_the_programme_list_do_not_grow(region: Region, story: Story) -> None:
    client = enter(region, "clerk")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/cong-viec/chuong-trinh/").status_code == 200
        return len(captured)

    story.assign(programme=programme_of(region))
    client.get("/")
    one = asked()
    for number in range(2):
        story.assign(
            programme=programme_of(region, f"Chương trình {number}"), statement=f"Việc {number}, lập biên bản"
        )
    assert asked() == one <= 12


@pytest.mark.parametrize("query", ["q=%00", "period=abc", "page=99999999999", "q=" + "x" * 500])
def test_odd_addresses_of_programmes(region: Region, query: str) -> None:
    programme_of(region)
    assert enter(region, "clerk").get(f"/cong-viec/chuong-trinh/?{query}").status_code == 200


# --- handing over ------------------------------------------------------------------------------------


def change_of_holder(region: Region) -> None:
    staffing.appoint(
        actor=region.system, post=region.posts["division"], person=region.people["member"],
        start=dt.date(2021, 11, 25), replace=True, now=region.now,
    )  # fmt: skip


def test_a_list_is_signed_by_both(region: Region, story: Story) -> None:
    task = overdue(story)
    client = enter(region, "divisionclerk")
    assert "Không có việc nào phải bàn giao" in words(client.get("/cong-viec/ban-giao/"))
    change_of_holder(region)
    page = client.get("/cong-viec/ban-giao/")
    assert "Phan Văn Sư thôi giữ từ 25/11/2021" in words(page)
    assert "còn 1 nhiệm vụ" in words(page)
    answer = client.post(new_handover(region))
    assert answer.status_code == 302
    handover = Handover.objects.get()
    url = f"/cong-viec/ban-giao/{handover.pk}/"
    assert task.statement in words(client.get(url))
    # The taker waits for the giver; each finds it in Việc của tôi when it is their turn.
    taker, giver = enter(region, "member"), enter(region, "division")
    assert taker.post(f"{url}ky/").status_code in {403, 409}
    assert "Bàn giao chờ ký" in words(giver.get("/"))
    assert "Bàn giao chờ ký" not in words(taker.get("/"))
    assert "Ký bên giao" in words(giver.get(url))
    assert giver.post(f"{url}ky/", {"note": "Đủ hồ sơ"}).status_code == 302
    assert "Bàn giao chờ ký" in words(taker.get("/"))
    assert "Ký nhận" in words(taker.get(url))
    assert taker.post(f"{url}ky/").status_code == 302
    handover.refresh_from_db()
    assert handover.incoming == region.people["member"]
    shown = words(client.get(url))
    assert "Đủ hồ sơ" in shown
    assert "Ký nhận" not in shown
    assert client.post(f"{url}ky/").status_code in {403, 409}


def new_handover(region: Region) -> str:
    return f"/cong-viec/ban-giao/moi/{region.posts['division'].pk}/{region.people['division'].pk}/"


def test_no_list_without_a_change_of_holder(region: Region, story: Story) -> None:
    story.assign()
    client = enter(region, "clerk")
    for url in (
        new_handover(region),
        f"/cong-viec/ban-giao/moi/{'9' * 40}/1/",
        "/cong-viec/ban-giao/moi/0/0/",
    ):
        assert client.post(url).status_code == 404
    assert not Handover.objects.exists()


def test_a_handover_of_another_branch_is_out_of_sight(region: Region, story: Story) -> None:
    overdue(story)
    change_of_holder(region)
    assert enter(region, "brigadeclerk").post(new_handover(region)).status_code == 404
    enter(region, "divisionclerk").post(new_handover(region))
    url = f"/cong-viec/ban-giao/{Handover.objects.get().pk}/"
    assert enter(region, "brigadeclerk").get(url).status_code == 404
    assert enter(region, "clerk").get(url).status_code == 200


# --- my work, my record -------------------------------------------------------------------------------


def test_my_tasks_overdue_first(region: Region, story: Story) -> None:
    story.assign(statement="Việc còn hạn, lập biên bản")
    overdue(story, statement="Việc đã trễ, lập biên bản")
    shown = words(enter(region, "division").get("/"))
    assert "Có 2 việc chờ đồng chí, 1 việc đã quá hạn" in shown
    assert shown.index("Việc đã trễ") < shown.index("Việc còn hạn")
    assert "Việc đã trễ" not in words(enter(region, "regiment").get("/"))


def test_my_record_holds_my_tasks_and_what_i_said(region: Region, story: Story) -> None:
    task = story.assign()
    story.report(task)
    mine = words(enter(region, "division").get("/ho-so-cua-toi/"))
    assert "Nhiệm vụ tôi đang chịu trách nhiệm" in mine
    assert STATEMENT in mine
    story.assess(story.done(task))
    # The task is no longer due, and stays where one has spoken on it.
    for username in ("division", "secretary"):
        record = words(enter(region, username).get("/ho-so-cua-toi/"))
        assert "Nhiệm vụ tôi đã báo cáo, đánh giá" in record
        assert STATEMENT in record
    assert STATEMENT not in words(enter(region, "brigade").get("/ho-so-cua-toi/"))


def test_system_pages_need_no_javascript_for_files(region: Region, story: Story) -> None:
    """Evidence is kept under the body of the task, for whoever reads there."""
    task = story.assign()
    kept = documents.receive_evidence(
        actor=region.actor("divisionclerk"), organization=region.bodies["division"], data=b"minh chung",
        filename="minh-chung.txt", now=region.now,
    )  # fmt: skip
    story.report(task, evidence=kept)
    story.done(task, result=Result.EXCEEDED)
    client: Client = enter(region, "secretary")
    assert b"minh-chung.txt" in client.get(f"/cong-viec/{task.pk}/").content
