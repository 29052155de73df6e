"""Bỏ phiếu trong trình duyệt: cast without leaving the page; what goes wrong keeps the marks and says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from soi.ballots.enums import QuestionKind
from soi.ballots.models import Poll, RollEntry
from tests.browser.conftest import sign_in
from tests.factories import Region
from tests.web.test_polls import Asked, open_secret

pytestmark = pytest.mark.browser


@pytest.fixture
def poll(lasting_region: Region) -> Poll:
    return open_secret(lasting_region, Asked(QuestionKind.YES_NO, "Nhất trí với dự thảo?"))


def marked(page: Page, poll: Poll) -> None:
    """The ballot, marked and looked over: one press before it is cast."""
    sign_in(page, "clerk")
    page.goto(f"/bieu-quyet/{poll.pk}/phieu/")
    page.locator("label.ballot-option").first.click()
    page.get_by_role("button", name="Xem lại phiếu").click()


def cast(page: Page) -> None:
    page.get_by_role("button", name="Bỏ phiếu", exact=True).click()


def test_a_ballot_is_cast_on_its_page_and_the_receipt_shown(page: Page, poll: Poll) -> None:
    marked(page, poll)
    page.evaluate("window.sameLoad = true")
    cast(page)
    heading = page.get_by_role("heading", name="Phiếu của đồng chí đã được ghi nhận.")
    expect(heading).to_be_focused()
    expect(page.locator("output")).to_have_count(1)
    expect(page.locator("form[data-ballot]")).to_have_count(0)
    assert page.evaluate("window.sameLoad")
    assert RollEntry.objects.filter(poll=poll, cast=True).count() == 1


def test_without_a_line_the_marks_stay_and_it_can_be_cast_again(page: Page, poll: Poll) -> None:
    marked(page, poll)

    def broken(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/phieu/**", broken)
    cast(page)
    expect(page.locator("[data-ballot-refusal]")).to_contain_text("Không kết nối được")
    expect(page.locator("input[name=q1]").first).to_be_checked()
    page.unroute("**/phieu/**")
    page.get_by_role("button", name="Xem lại phiếu").click()
    cast(page)
    expect(page.locator("output")).to_have_count(1)
    assert RollEntry.objects.filter(poll=poll, cast=True).count() == 1


def test_an_answer_that_was_lost_is_not_counted_twice(page: Page, poll: Poll) -> None:
    marked(page, poll)

    def answered_into_nothing(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/phieu/**", answered_into_nothing)
    cast(page)
    expect(page.locator("[data-ballot-refusal]")).to_be_visible()
    page.unroute("**/phieu/**")
    page.get_by_role("button", name="Xem lại phiếu").click()
    cast(page)
    expect(page.get_by_role("heading", name="Phiếu của đồng chí đã được ghi nhận.")).to_be_visible()
    expect(page.locator("output")).to_have_count(0)
    assert RollEntry.objects.filter(poll=poll, cast=True).count() == 1
