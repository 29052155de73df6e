"""Chụp lại hình cho docs/conference.md: a session of the sample is held on real screens and each is photographed.

Run beside a fresh demonstration (`soi demo --fresh`), because the session can be held once:

    .venv/bin/python -m tests.browser.pictures http://127.0.0.1:8000
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

# As ``soi demo`` prints it.
PASSWORD = "tu-soi-tu-sua-10"
IMAGES = Path(__file__).parents[2] / "docs" / "images"
WIDTHS = {1280: 800, 390: 844}
# Long pages are cut: the top is what one sees.
TALLEST = {1280: 1000, 390: 1100}
COMING, HELD = "chuẩn bị kiểm điểm cuối năm", "rà soát nhiệm vụ quá hạn"


class Studio:
    """One signed-in page for each person; pictures of an address at both widths."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._pages: dict[str, Page] = {}

    def page(self, username: str) -> Page:
        if username not in self._pages:
            context = self._browser.new_context(base_url=self._address, locale="vi-VN")
            page = self._pages[username] = context.new_page()
            page.goto("/dang-nhap/")
            page.get_by_label("Tên đăng nhập").fill(username)
            page.get_by_label("Mật khẩu").fill(PASSWORD)
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_load_state()
        return self._pages[username]

    def take(self, name: str, username: str, address: str, widths: tuple[int, ...] = (1280, 390)) -> None:
        page = self.page(username)
        for width in widths:
            page.set_viewport_size({"width": width, "height": WIDTHS[width]})
            page.goto(address)
            page.wait_for_timeout(1500)
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(height, TALLEST[width])})
            page.wait_for_timeout(300)
            path = IMAGES / f"{name}-{width}.png"
            page.screenshot(path=path)
            _shrink(path)
        page.set_viewport_size({"width": 1280, "height": 800})


def _shrink(path: Path) -> None:
    """Few colours are enough for flat screens, and a fifth of the bytes."""
    if tool := shutil.which("convert"):
        subprocess.run([tool, path, "-strip", "-colors", "64", f"PNG8:{path}"], check=True)


def main(address: str) -> None:
    """Chụp hết."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        studio = Studio(browser, address)
        coming, held = (_find(studio.page("vanphong"), words) for words in (COMING, HELD))
        before(studio, coming)
        during(studio, coming)
        studio.take("minutes", "captren", f"/hoi-nghi/{held}/bien-ban/")
        browser.close()


def before(studio: Studio, conference: int) -> None:
    """Chuẩn bị, giấy mời, điểm danh."""
    studio.take("preparing", "vanphong", f"/hoi-nghi/{conference}/chuan-bi/")
    studio.take("invitation", "bithu", f"/hoi-nghi/{conference}/giay-moi/", (390,))
    clerk = studio.page("vanphong")
    clerk.goto(f"/hoi-nghi/{conference}/diem-danh/")
    while clerk.locator(".att-tap[aria-pressed=false]").count() > 1:
        clerk.locator(".att-tap[aria-pressed=false]").first.click()
        clerk.wait_for_timeout(500)
    studio.take("attendance", "vanphong", f"/hoi-nghi/{conference}/diem-danh/?loc=tat-ca")
    _draft_secret_poll(clerk, conference)


def _draft_secret_poll(clerk: Page, conference: int) -> None:
    clerk.goto(f"/bieu-quyet/moi/?hoi-nghi={conference}")
    clerk.get_by_label("Tên cuộc bỏ phiếu").fill("Giới thiệu đơn vị đề nghị biểu dương")
    clerk.get_by_label("Nội dung xin ý kiến").fill("Sư đoàn 981\nSư đoàn 983")
    clerk.get_by_label("Phiếu kín điện tử").check()
    clerk.get_by_role("button", name="Lập cuộc bỏ phiếu").click()
    clerk.get_by_role("link", name="Cử ban kiểm phiếu").click()
    clerk.locator("[name=head]").select_option(label=_option(clerk, "head", "Trần Xuân Cương"))
    clerk.locator("[name=people]").select_option(label=_option(clerk, "people", "Nguyễn Văn Toại"))
    clerk.get_by_role("button", name="Cử ban kiểm phiếu").click()


def _option(page: Page, field: str, words: str) -> str:
    texts = page.locator(f"[name={field}] option").all_inner_texts()
    return next(text for text in texts if words in text)


def during(studio: Studio, conference: int) -> None:
    """Phiên họp: opened, one speaks and one waits, two things are written down."""
    room = f"/hoi-nghi/{conference}/phong"
    chair, secretary = studio.page("captren"), studio.page("vanphong")
    delegate = studio.page("bithu")
    chair.goto(f"{room}/chu-toa/")
    _press(chair, "Khai mạc")
    _go_to(chair, "Các đơn vị phát biểu")
    delegate.goto(f"{room}/dai-bieu/")
    delegate.locator("#ask-topic").fill("Sửa chữa doanh trại")
    delegate.get_by_role("button", name="Đăng ký phát biểu").click()
    chair.wait_for_timeout(1500)
    _press(chair, "Mời phát biểu")
    secretary.goto(f"{room}/thu-ky/")
    for key, words in (
        ("1", "Các đơn vị gửi báo cáo đúng hạn hơn quý trước."),
        ("2", "Hai trung đoàn còn chậm sửa chữa nhà bếp."),
    ):
        secretary.locator("#said-text").click()
        secretary.keyboard.press(key)
        secretary.keyboard.type(words)
        secretary.keyboard.press("Control+Enter")
        secretary.wait_for_timeout(800)
    studio.take("chair", "captren", f"{room}/chu-toa/")
    studio.take("secretary", "vanphong", f"{room}/thu-ky/")
    studio.take("delegate", "bithu", f"{room}/dai-bieu/")
    studio.take("site", "bithu", f"{room}/diem-cau/")
    studio.take("wall", "captren", f"{room}/man-hinh/")
    studio.take("tellers", "bithu", f"{room}/kiem-phieu/")
    chair.goto(f"{room}/chu-toa/")
    _press(chair, "Kết thúc")
    _go_to(chair, "Thông qua kết luận")
    _press(chair, "Mở bỏ phiếu")
    delegate.goto(f"{room}/dai-bieu/")
    delegate.wait_for_timeout(1500)
    with delegate.expect_navigation():
        delegate.get_by_role("link", name="Bỏ phiếu").first.click()
    studio.take("ballot", "bithu", delegate.url, (390,))


def _press(page: Page, words: str) -> None:
    page.locator("#do-main", has_text=words).click()
    page.wait_for_timeout(300)
    if page.locator("dialog[open]").count():
        page.locator("dialog[open] button").last.click()
    page.wait_for_timeout(1500)


def _go_to(page: Page, title: str) -> None:
    row = page.locator("[data-region=agenda] li", has_text=title)
    row.get_by_role("button", name="Chuyển đến").click()
    page.wait_for_timeout(1500)


def _find(page: Page, words: str) -> int:
    page.goto("/hoi-nghi/")
    link = page.get_by_role("link", name=re.compile(words)).first
    return int((link.get_attribute("href") or "").strip("/").split("/")[-1])


if __name__ == "__main__":
    main(sys.argv[1])
