"""Trọn một vòng trong trình duyệt thật: from a report on a clerk's disk to a shortcoming confirmed as mended.

The report is invented. The clerk uses the keyboard, the way the confirm page teaches it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from soi.findings.enums import FindingState
from soi.findings.models import Finding
from tests.browser.conftest import sign_in
from tests.factories import Region

REPORT = Path(__file__).parent / "bao-cao.txt"
STATEMENT = "Công tác quản lý vật tư ở một số đơn vị chưa chặt chẽ"

pytestmark = pytest.mark.browser


def test_from_report_to_verified_remedy(page: Page, lasting_region: Region) -> None:
    sign_in(page, "divisionclerk")
    upload(page)
    accept_by_keyboard(page)
    record_is_right(page)
    find_without_marks(page)
    give_remedy(page)
    accountable_reports(page)
    accountable_cannot_confirm(page)
    inspector_confirms(page)
    finding = Finding.objects.get(statement=STATEMENT)
    assert finding.state == FindingState.MENDED


def upload(page: Page) -> None:
    page.get_by_role("link", name="Nhập văn bản").first.click()
    page.goto("/nhap-van-ban/moi/")
    page.locator("input[type=file]").set_input_files(REPORT)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.wait_for_url(re.compile(r"/nhap-van-ban/\d+/$"))
    # Nothing is written before confirmation.
    assert not Finding.objects.exists()


def accept_by_keyboard(page: Page) -> None:
    pending = page.locator("article.card[data-state=pending]")
    expect(pending.nth(7)).to_be_attached()
    total = pending.count()
    page.keyboard.press("j")
    for left in range(total, 0, -1):
        card = pending.first
        card.click(position={"x": 5, "y": 5})
        page.keyboard.press("a")
        expect(pending).to_have_count(left - 1)
    page.get_by_role("button", name="Xác nhận và ghi vào sổ").click()
    page.wait_for_url(re.compile(r"/hoi-nghi/\d+/$"))


def record_is_right(page: Page) -> None:
    text = page.locator("main").inner_text().casefold()
    for words in (
        "Kiểm điểm tự phê bình và phê bình",
        "17/11/2021",
        "Phan Văn Sư",
        "Lê Văn Thử",
        "Đại tá",
        STATEMENT,
        "việc kiểm tra, giám sát của một số cấp ủy chưa thường xuyên",
        "tập trung khắc phục dứt điểm những hạn chế đã chỉ ra",
        "12-CT/ĐU",
    ):
        assert words.casefold() in text, words
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải hồ sơ").first.click()
    saved = download.value
    assert saved.suggested_filename.endswith(".docx")
    minutes = docx.Document(io.BytesIO(Path(saved.path()).read_bytes()))
    printed = "\n".join(paragraph.text for paragraph in minutes.paragraphs)
    assert STATEMENT in printed


def find_without_marks(page: Page) -> None:
    page.goto("/so-theo-doi/?q=quan+ly+vat+tu")
    rows = page.locator("tbody a.row-link")
    expect(rows).to_have_count(1)
    rows.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STATEMENT)
    # The words it was found in stand beside it.
    expect(page.locator("blockquote mark")).to_have_text(STATEMENT)


def give_remedy(page: Page) -> None:
    page.get_by_role("link", name="biện pháp", exact=False).first.click()
    page.get_by_label("Biện pháp", exact=False).first.fill(
        "Ban hành quy chế quản lý vật tư và kiểm kê hằng quý"
    )
    page.get_by_label("Chịu trách nhiệm chính").select_option(label_of(page, "Bí thư Đảng ủy Trung đoàn"))
    page.get_by_label("Sản phẩm, kết quả phải có").fill("Quy chế được ban hành, biên bản kiểm kê quý I")
    due = dt.date.today() + dt.timedelta(days=60)  # noqa: DTZ011 (the server's own day)
    page.get_by_label("Thời hạn").first.fill(f"{due:%d/%m/%Y}")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#bien-phap")).to_contain_text("Ban hành quy chế quản lý vật tư")


def label_of(page: Page, words: str) -> str:
    options = page.get_by_label("Chịu trách nhiệm chính").locator("option")
    return next(text for text in options.all_inner_texts() if words in text)


def accountable_reports(page: Page) -> None:
    sign_in(page, "regiment")
    # What is due from me leads straight to the report.
    page.get_by_role("link", name="Ban hành quy chế quản lý vật tư").first.click()
    page.get_by_label("Đã làm được (phần trăm)").fill("60")
    page.get_by_label("Kết quả, khó khăn").fill("Đã có dự thảo quy chế")
    page.get_by_role("button", name="Ghi báo cáo tiến độ").click()
    expect(page.locator("#bien-phap")).to_contain_text("60%")
    page.get_by_role("link", name="Báo cáo kết quả").first.click()
    page.get_by_label("Kết quả, khó khăn").fill("Đã ban hành quy chế số 07")
    page.get_by_role("button", name="Báo cáo đã làm xong").click()
    page.get_by_role("button", name="Đã làm xong", exact=True).click()
    expect(page.locator("main")).to_contain_text("Chờ xác nhận")


def accountable_cannot_confirm(page: Page) -> None:
    finding = Finding.objects.get(statement=STATEMENT)
    answer = page.goto(f"/so-theo-doi/{finding.pk}/xac-nhan/")
    assert answer is not None
    assert answer.status == 403


def inspector_confirms(page: Page) -> None:
    finding = Finding.objects.get(statement=STATEMENT)
    assert finding.state == FindingState.REPORTED
    sign_in(page, "inspector")
    page.get_by_role("link", name=STATEMENT).first.click()
    page.get_by_role("link", name="Kiểm tra, xác nhận").first.click()
    page.get_by_label("Đã khắc phục").first.check()
    page.get_by_label("Đã kiểm tra bằng cách nào, thấy gì").fill("Xem quy chế số 07 và biên bản kiểm kê")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Đã khắc phục")
