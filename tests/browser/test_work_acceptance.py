"""Vòng thứ hai trong trình duyệt thật: a resolution comes down, work is owned, the quarter is briefed.

Everything is done through the pages, by the people whose work it is. The days are those of the story: the browser
keeps its own clock, the server stands in December 2021.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from soi.access.enums import Duty
from soi.org.enums import PostRole, WorkArea
from soi.work import tasks
from soi.work.enums import TaskState
from soi.work.models import Task
from tests.browser.conftest import sign_in
from tests.conftest import NOW, TODAY
from tests.factories import Region, add_official

TITLE = "Về nâng cao chất lượng quản lý vũ khí, trang bị"
VAGUE = "Tăng cường công tác quản lý vật tư kỹ thuật"
WISH = "Vật tư được quản lý chặt chẽ"
BETTER = (
    "Mỗi tháng một lần đánh giá việc quản lý vật tư kỹ thuật; lập biên bản; "
    "sửa xong từng lỗi nêu trong biên bản"
)
PRODUCT = "Biên bản kiểm tra 12 kho vật tư"
REQUEST = "Bổ sung 02 cán bộ kiểm kê trong tháng 12"
# Given a month before the story begins, to the regiment: one is overdue when it begins, the other is not.
OVERDUE = "Rà soát 45 quy chế, quy định của Trung đoàn"
OPEN = "Tổ chức 04 lớp tập huấn cho 60 bí thư chi bộ"
OWN_WORDS = "Cấp ủy, chỉ huy các cấp đã lãnh đạo hoàn thành nhiệm vụ quý IV"
CONCLUSION = "Hoàn thành kiểm kê 100% vật tư kỹ thuật của 02 đơn vị"
GIVEN = TODAY - dt.timedelta(days=30)
BRIEFED = NOW + dt.timedelta(days=21)
CLICKS = 3  # the most a new user needs

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    """The server's clock, before anything is built; it goes on ticking."""
    time_machine.move_to(NOW, tick=True)
    return time_machine


def test_directive_work_and_briefing(page: Page, lasting_region: Region, clock: Any) -> None:
    seed(lasting_region)
    sign_in(page, "clerk")
    issue_resolution(page)
    open_round(page)

    sign_in(page, "divisionclerk")
    acknowledge_and_study(page)
    vague_task_is_refused(page)
    better_task_is_given(page)

    sign_in(page, "clerk")
    superior_sees_who_has_not(page)

    sign_in(page, "regiment")
    progress_with_request(page)
    report_done(page)
    owner_cannot_assess(page)

    sign_in(page, "divisionclerk")
    giver_assesses(page)
    bulk_by_keyboard_and_back(page)
    compose_report(page)
    edit_line(page)
    number_opens_its_records(page)
    send_report(page)

    sign_in(page, "newcomer")
    overdue_within_three_clicks(page)

    clock.move_to(BRIEFED, tick=True)
    sign_in(page, "clerk")
    superior_sees_sent_and_missing(page)
    hold_briefing(page)
    conclusion_becomes_task(page)


def seed(region: Region) -> None:
    """What was there before: two tasks of the regiment, and somebody who comes to the region."""
    giver = region.actor("divisionclerk", today=GIVEN)
    for statement, days, product in (
        (OVERDUE, -11, "Danh mục 45 quy chế đã rà soát"),
        (OPEN, 20, "Báo cáo kết quả 04 lớp tập huấn"),
    ):
        tasks.assign_task(
            actor=giver,
            assigned_by=region.bodies["division"],
            accountable_post=region.posts["regiment"],
            statement=statement,
            deliverable=product,
            due_on=TODAY + dt.timedelta(days=days),
            area=WorkArea.PARTY_BUILDING,
            now=region.now,
        )
    add_official(
        region,
        "newcomer",
        "Tạ Văn Mới",
        "region",
        "Phó Bí thư Đảng ủy Quân khu",
        role=PostRole.DEPUTY,
        duty=Duty.SECRETARY,
        whole_tree=True,
    )


# --- the resolution comes down ------------------------------------------------------------------------


def issue_resolution(page: Page) -> None:
    menu(page, "Chỉ đạo")
    page.get_by_role("link", name="Ban hành văn bản").first.click()
    page.get_by_label("Nơi ban hành").select_option(label="Đảng ủy Quân khu Thử Nghiệm")
    page.get_by_label("Loại văn bản").select_option(label="Nghị quyết")
    page.get_by_label("Số, ký hiệu").fill("15-NQ/ĐU")
    page.get_by_label("Trích yếu").fill(TITLE)
    page.get_by_label("Chọn trong danh sách dưới đây").check()
    page.get_by_text("Chọn nhánh, chọn từng tổ chức").click()
    page.get_by_label("Từng tổ chức").select_option(label=["Đảng ủy Sư đoàn 901", "Đảng ủy Lữ đoàn 902"])
    fill_day(page, "Hạn xác nhận đã nhận", TODAY + dt.timedelta(days=3))
    fill_day(page, "Hạn quán triệt", TODAY + dt.timedelta(days=10))
    fill_day(page, "Hạn cụ thể hóa", TODAY + dt.timedelta(days=20))
    press(page, "Ban hành")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("#thuc-hien")).to_contain_text("2 nơi nhận, không nơi nào quá hạn")


def open_round(page: Page) -> None:
    menu(page, "Giao ban")
    page.get_by_role("link", name="Mở đợt giao ban").click()
    fill_day(page, "Hạn gửi báo cáo", TODAY + dt.timedelta(days=19))
    press(page, "Mở đợt")
    expect(page.locator("main")).to_contain_text("Hạn gửi báo cáo là ngày 20/12/2021.")


def acknowledge_and_study(page: Page) -> None:
    todo(page, "Văn bản chờ đơn vị tôi").get_by_role("link", name=TITLE).click()
    press(page, "Xác nhận đã nhận")
    page.get_by_role("link", name="Báo cáo quán triệt").click()
    page.get_by_label("Số người dự").fill("118")
    page.get_by_label("Trên tổng số phải dự").fill("120")
    page.get_by_label("Nội dung, cách làm").fill("Học tập tập trung tại hội trường Sư đoàn")
    press(page, "Ghi báo cáo")
    expect(page.locator("#viec-cua-toi [aria-current=step]")).to_contain_text("Cụ thể hóa")
    page.get_by_role("link", name="Xem những gì đã ghi").click()
    expect(page.locator("main")).to_contain_text("118 trong 120 người dự")


def superior_sees_who_has_not(page: Page) -> None:
    menu(page, "Chỉ đạo")
    page.get_by_role("link", name=TITLE).click()
    for step in ("Xác nhận đã nhận", "Quán triệt"):
        row = page.locator("#thuc-hien tbody tr", has_text=step)
        row.locator("[data-label='Đã làm'] a").first.click()
        expect(page.locator("#danh-sach tbody a.row-link")).to_have_text(["Đảng ủy Sư đoàn 901"])
        row.locator("[data-label='Còn hạn'] a").click()
        expect(page.locator("#danh-sach tbody a.row-link")).to_have_text(["Đảng ủy Lữ đoàn 902"])


# --- work is owned ------------------------------------------------------------------------------------


def vague_task_is_refused(page: Page) -> None:
    menu(page, "Nhiệm vụ")
    page.get_by_role("link", name="Giao nhiệm vụ").first.click()
    field(page, "Nhiệm vụ").fill(VAGUE)
    page.get_by_label("Sản phẩm, kết quả phải có").fill(WISH)
    page.get_by_label("Chịu trách nhiệm chính").select_option(
        label="Bí thư Đảng ủy Trung đoàn · Mai Văn Trung"
    )
    fill_day(page, "Thời hạn", TODAY + dt.timedelta(days=14))
    page.get_by_label("Lĩnh vực").select_option(label="Quân sự, quốc phòng")
    press(page, "Giao nhiệm vụ")
    expect(page.locator(".wording")).to_contain_text(f"Có thể viết: {BETTER}")
    assert not Task.objects.filter(created_on=TODAY).exists()


def better_task_is_given(page: Page) -> None:
    press(page, "Dùng câu này")
    expect(field(page, "Nhiệm vụ")).to_have_value(BETTER)
    # What was chosen already has stayed.
    expect(page.get_by_label("Thời hạn")).to_have_value("15/12/2021")
    page.get_by_label("Sản phẩm, kết quả phải có").fill(PRODUCT)
    press(page, "Giao nhiệm vụ")
    expect(page.locator("main")).to_contain_text("Đã giao nhiệm vụ cho Bí thư Đảng ủy Trung đoàn")


def progress_with_request(page: Page) -> None:
    todo(page, "Nhiệm vụ của tôi").get_by_role("link", name=BETTER).click()
    page.get_by_role("link", name="Báo cáo tiến độ").first.click()
    page.get_by_label("Đã làm được (phần trăm)").fill("45")
    page.get_by_label("Kết quả đến nay").fill("Đã kiểm tra 5 kho")
    page.get_by_label("Đề nghị cấp trên").fill(REQUEST)
    press(page, "Ghi báo cáo tiến độ")
    expect(page.locator("#tien-do")).to_contain_text(REQUEST)
    expect(page.locator("#tien-do")).to_contain_text("chưa được trả lời")


def report_done(page: Page) -> None:
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Báo cáo đã làm xong").click()
    field(page, "Kết quả").fill("Đã kiểm tra đủ 12 kho, có biên bản từng kho")
    press(page, "Báo cáo đã làm xong")
    expect(page.locator("main")).to_contain_text("Cấp giao sẽ đánh giá kết quả")


def owner_cannot_assess(page: Page) -> None:
    expect(page.get_by_role("link", name="Đánh giá kết quả")).to_have_count(0)
    answer = page.goto(f"/cong-viec/{given().pk}/danh-gia/")
    assert answer is not None
    assert answer.status == 403


def giver_assesses(page: Page) -> None:
    page.goto("/")
    todo(page, "Đề nghị chờ trả lời").get_by_role("link", name=REQUEST).click()
    page.get_by_label("Trả lời").fill("Đồng ý, cử cán bộ của Phòng Kỹ thuật")
    press(page, "Gửi trả lời")
    menu(page, "Việc của tôi")
    todo(page, "Chờ tôi đánh giá").get_by_role("link", name=BETTER).click()
    page.get_by_label("Đạt yêu cầu").check()
    page.get_by_label("Nhận xét").fill("Đã xem biên bản của 12 kho")
    press(page, "Ghi đánh giá")
    expect(page.locator("#danh-gia")).to_contain_text("Đạt yêu cầu")
    assert given().state == TaskState.DONE


def bulk_by_keyboard_and_back(page: Page) -> None:
    menu(page, "Nhiệm vụ")
    dues = page.locator("tbody td[data-label=Hạn]")
    expect(dues).to_contain_text(["20/11/2021", "21/12/2021"])
    page.wait_for_load_state()  # the keys are heard once the scripts are there
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 2")
    page.keyboard.press("h")
    fill_day(page, "Hạn mới", TODAY + dt.timedelta(days=25))
    page.get_by_label("Lý do").fill("Chờ hướng dẫn của cấp trên")
    press(page, "Đổi hạn 2 nhiệm vụ")
    expect(dues).to_contain_text(["26/12/2021", "26/12/2021"])
    press(page, "Hoàn tác")
    expect(page.locator("main")).to_contain_text("Đã hoàn tác 2 nhiệm vụ.")
    expect(dues).to_contain_text(["20/11/2021", "21/12/2021"])


def overdue_within_three_clicks(page: Page) -> None:
    """From the first page to the overdue tasks of a unit two levels below."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    clicked = [
        page.locator("nav.nav").get_by_role("link", name="Bảng điều hành"),
        bar(page, "Đảng ủy Sư đoàn 901").locator(".chart-bar-name a"),
        bar(page, "Đảng ủy Trung đoàn 91").locator(".chart-bar-number a"),
    ]
    for link in clicked:
        link.click()
    assert len(clicked) <= CLICKS
    rows = page.locator("tbody tr")
    expect(rows.locator("a.row-link")).to_have_text([OVERDUE])
    expect(rows).to_contain_text(["quá 11 ngày"])


def bar(page: Page, unit: str) -> Locator:
    return page.locator(".chart-bars li", has_text=unit)


# --- the quarter is briefed -----------------------------------------------------------------------------


def compose_report(page: Page) -> None:
    menu(page, "Giao ban")
    expect(page.locator("main")).to_contain_text("Hạn gửi Đảng ủy Quân khu Thử Nghiệm: 20/12/2021")
    press(page, "Soạn báo cáo từ hồ sơ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Báo cáo giao ban quý IV/2021")


def edit_line(page: Page) -> None:
    line = page.locator(".brief-line", has_text="3 nhiệm vụ đến hạn")
    line.get_by_role("link", name="Sửa").click()
    words = page.get_by_label("Câu trong báo cáo")
    words.fill(f"{OWN_WORDS}. {words.input_value()}")
    press(page, "Ghi câu này")
    edited = page.locator(".brief-line", has_text=OWN_WORDS)
    expect(edited).to_contain_text("Đã sửa: Hồ Thị Văn")


def number_opens_its_records(page: Page) -> None:
    """Of the very line that was reworded: the three tasks of the quarter."""
    page.locator(".brief-line", has_text=OWN_WORDS).locator("a.brief-figure", has_text="3 nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Căn cứ của «3 nhiệm vụ»")
    records = page.locator("tbody a.row-link")
    expect(records).to_have_count(3)
    for statement in (BETTER, OVERDUE, OPEN):
        expect(records.filter(has_text=statement)).to_have_count(1)
    page.get_by_label("Đường dẫn").get_by_role("link", name="Đảng ủy Sư đoàn 901").click()


def send_report(page: Page) -> None:
    press(page, "Gửi lên cấp trên")
    press(page, "Gửi")
    expect(page.locator("main")).to_contain_text("Đã gửi báo cáo. Văn bản được giữ nguyên từ đây.")
    expect(page.get_by_role("button", name="Gửi lên cấp trên")).to_have_count(0)
    expect(page.locator(".brief-edit")).to_have_count(0)


def superior_sees_sent_and_missing(page: Page) -> None:
    menu(page, "Giao ban")
    sent = page.locator("tbody tr", has_text="Đảng ủy Sư đoàn 901")
    expect(sent).to_contain_text("Gửi đúng hạn")
    expect(sent).to_contain_text("01/12/2021")
    # The number of those that owe a report opens them.
    page.locator(".stat", has_text="Quá hạn").get_by_role("link", name="2").click()
    missing = page.locator("tbody tr")
    expect(missing).to_have_count(2)
    expect(missing.filter(has_text="Đảng ủy Lữ đoàn 902")).to_contain_text("Quá hạn chưa gửi")
    expect(missing.filter(has_text="Đảng ủy Lữ đoàn 902")).to_contain_text("2 ngày")
    expect(missing.filter(has_text="Đảng ủy Sư đoàn 901")).to_have_count(0)


def hold_briefing(page: Page) -> None:
    menu(page, "Hội nghị")
    page.get_by_role("link", name="Lập hồ sơ", exact=True).click()
    page.get_by_label("Tổ chức họp").select_option(label="Đảng ủy Quân khu Thử Nghiệm")
    page.get_by_label("Tên hội nghị").fill("Hội nghị giao ban quý IV năm 2021")
    field(page, "Loại").select_option(label="Giao ban quý")
    page.get_by_label("Kỳ được đánh giá").fill("quý IV/2021")
    press(page, "Lập hồ sơ")
    menu(page, "Giao ban")
    page.get_by_role("link", name="Đảng ủy Sư đoàn 901").click()
    page.get_by_role("link", name="Đưa vào hội nghị").click()
    page.get_by_label("Hội nghị giao ban").select_option(
        label="22/12/2021 · Hội nghị giao ban quý IV năm 2021"
    )
    press(page, "Đưa vào")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hội nghị giao ban quý IV năm 2021")
    page.get_by_role("link", name="Thêm kết luận").click()
    page.get_by_label("Nội dung").fill(CONCLUSION)
    press(page, "Ghi kết luận")


def conclusion_becomes_task(page: Page) -> None:
    page.locator("#ket-luan").get_by_role("link", name="Giao thành nhiệm vụ").click()
    expect(field(page, "Nhiệm vụ")).to_have_value(CONCLUSION)
    page.get_by_label("Chịu trách nhiệm chính").select_option(label="Bí thư Đảng ủy Sư đoàn · Phan Văn Sư")
    page.get_by_label("Sản phẩm, kết quả phải có").fill("Biên bản kiểm kê của 02 đơn vị")
    fill_day(page, "Thời hạn", TODAY + dt.timedelta(days=60))
    press(page, "Giao nhiệm vụ")
    expect(page.locator("#ket-luan")).to_contain_text("đã giao Bí thư Đảng ủy Sư đoàn, hạn 30/01/2022")
    page.locator("#ket-luan").get_by_role("link", name="đã giao").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CONCLUSION)
    expect(page.locator("main")).to_contain_text("Hội nghị giao ban quý IV năm 2021")


# --- short ways -----------------------------------------------------------------------------------------


def menu(page: Page, name: str) -> None:
    page.locator("nav.nav").get_by_role("link", name=name, exact=True).click()


def press(page: Page, name: str) -> None:
    page.locator("main, dialog[open]").get_by_role("button", name=name, exact=True).click()


def todo(page: Page, heading: str) -> Locator:
    """The panel of this name on the first page."""
    return page.locator("section.panel", has=page.get_by_role("heading", name=heading, exact=True))


def field(page: Page, label: str) -> Locator:
    """The field of exactly this name, be it marked as required or not."""
    return page.get_by_label(re.compile(rf"^{label}\s*([*(]|$)"))


def fill_day(page: Page, label: str, day: dt.date) -> None:
    page.get_by_label(label).fill(f"{day:%d/%m/%Y}")


def given() -> Task:
    return Task.objects.get(deliverable=PRODUCT)
