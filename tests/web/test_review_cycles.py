"""Trang đợt kiểm điểm: opened, looked at, listed, exempted, chased and closed with nothing but the screens."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soi.reviews.enums import CycleState, Exemption, ReviewKind, Step
from soi.reviews.models import Cycle
from tests.factories import Region, add_official, build_region
from tests.forms import reading
from tests.reviews.cycle import Played, open_year

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
CYCLES_STATEMENTS, RING_STATEMENTS, LIST_STATEMENTS = 7, 16, 11


@pytest.fixture
def region(db: Any) -> Region:
    """The region on the day on which the pages are asked."""
    return build_region(NOW)


def opened(region: Region, **given: Any) -> Played:
    steps = {Step.DRAFT: TODAY + dt.timedelta(days=10), Step.FINALIZE: TODAY + dt.timedelta(days=20)}
    return open_year(region, **{"period": str(TODAY.year), "steps": steps, **given})


@pytest.fixture
def year(region: Region) -> Played:
    return opened(region)


def sign_in(region: Region, name: str) -> Client:
    client = Client()
    client.force_login(region.users[name])
    return client


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# --- opening -----------------------------------------------------------------------------------------


def asked(region: Region, **given: Any) -> dict[str, Any]:
    return {
        "body": region.bodies["region"].pk,
        "title": "",
        "period": str(TODAY.year),
        "classifications": ["party_committee", "party_cell"],
        "with_persons": "on",
        "listed_on": f"{TODAY:%d/%m/%Y}",
        "order": "bottom_up",
        "due_draft": f"{TODAY + dt.timedelta(days=10):%d/%m/%Y}",
        "due_finalize": f"{TODAY + dt.timedelta(days=20):%d/%m/%Y}",
        **given,
    }


def test_an_empty_list_teaches_and_the_menu_leads_there(region: Region) -> None:
    html = page(sign_in(region, "clerk"), "review_cycle_list")
    assert "Chưa có đợt kiểm điểm nào" in html
    assert reverse("review_cycle_new") in html
    assert reverse("review_cycle_new") not in page(sign_in(region, "member"), "review_cycle_list")
    assert f'href="{reverse("review_cycle_list")}"' in page(sign_in(region, "member"), "my_work")


def test_the_form_comes_filled_and_opens_as_it_stands(region: Region) -> None:
    client = sign_in(region, "clerk")
    html = page(client, "review_cycle_new")
    data: dict[str, Any] = {"body": region.bodies["region"].pk, "order": "bottom_up", "title": ""}
    data["period"] = re.search(r'<option value="(\d{4})"', html)[1]  # type: ignore[index]
    data["with_persons"] = "on"
    data["classifications"] = re.findall(r'name="classifications" value="(\w+)"', html)
    for name in ("listed_on", *(f"due_{step}" for step in Step)):
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)[0]  # type: ignore[index]
        data[name] = re.search(r'value="([^"]+)"', tag)[1]  # type: ignore[index]
    response = client.post(reverse("review_cycle_new"), data)
    assert response.status_code == 302, words(response.content.decode())
    assert Cycle.objects.get().reviews.count() == 19


def test_the_preview_counts_and_writes_nothing(region: Region) -> None:
    client = sign_in(region, "clerk")
    response = client.post(reverse("review_cycle_new"), asked(region, xem="1"))
    assert "danh sách sẽ có 5 tập thể và 11 cá nhân" in response.content.decode()
    assert not Cycle.objects.exists()
    client.post(reverse("review_cycle_new"), asked(region))
    rows = Cycle.objects.get().reviews
    assert (rows.filter(kind=ReviewKind.COLLECTIVE).count(), rows.filter(person__isnull=False).count()) == (
        5,
        11,
    )


@pytest.mark.parametrize(
    ("query", "given", "sentence"),
    [
        ("", {"due_finalize": ""}, "Bước này phải có hạn."),
        ("", {"due_finalize": "32/13/2021"}, "Hãy ghi ngày theo dạng"),
        ("", {"due_draft": "01/01/2090"}, "trước hạn của bước"),
        ("", {"classifications": []}, "Mục này không được để trống."),
        ("", {"classifications": ["nonsense"]}, "Hãy chọn lại trong danh sách."),
        ("", {"period": "1066"}, "Hãy chọn lại trong danh sách."),
        ("", {"body": "999"}, "Hãy chọn lại trong danh sách."),
        ("?loai=term", {}, "Mục này không được để trống."),
        ("?loai=term", {"start": "01/01/2021", "last": "01/01/2020"}, "Ngày cuối trước ngày đầu"),
        ("?loai=on_demand", {"start": "01/01/2021", "last": "01/02/2021"}, "Mục này không được để trống."),
        ("?loai=quarter", {"period": "2021"}, "Hãy chọn lại trong danh sách."),
    ],
)
def test_wrong_input_gets_a_sentence(
    region: Region, query: str, given: dict[str, Any], sentence: str
) -> None:
    url = reverse("review_cycle_new") + query
    response = sign_in(region, "clerk").post(url, asked(region, **given))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Cycle.objects.exists()


def test_a_second_opening_says_that_the_first_is_there(region: Region, year: Played) -> None:
    response = sign_in(region, "clerk").post(reverse("review_cycle_new"), asked(region))
    assert response.status_code == 409
    assert "đã được mở ngày" in response.content.decode()


# --- the ring ----------------------------------------------------------------------------------------


def test_the_ring_of_the_top_shows_the_identity_the_steps_and_every_body(
    region: Region, year: Played
) -> None:
    text = words(page(sign_in(region, "clerk"), "review_ring", year.cycle.pk))
    assert "19 trong danh sách = 0 đã kiểm điểm + 0 chưa kiểm điểm có lý do + 19 còn phải làm." in text
    assert "Soạn dự thảo" in text
    assert "Hướng dẫn 43-HD/BTCTW" in text
    for body in region.bodies.values():
        assert body.name in text


def test_it_opens_at_ones_own_body_and_goes_down_by_a_link(region: Region, year: Played) -> None:
    client = sign_in(region, "divisionclerk")
    text = words(page(client, "review_ring", year.cycle.pk))
    assert "Đảng ủy Sư đoàn 901 còn thiếu gì" in text
    assert "8 trong danh sách" in text
    assert "Đảng ủy Lữ đoàn 902" not in text
    cell = region.bodies["cell"].pk
    assert "Chi bộ Đại đội 2 còn thiếu gì" in words(page(client, "review_ring", year.cycle.pk, dv=cell))


@pytest.mark.parametrize("query", [{"dv": "x"}, {"page": "999"}, {"dv": "", "page": "-1"}])
def test_nonsense_on_the_address_is_no_fault(region: Region, year: Played, query: dict[str, str]) -> None:
    page(sign_in(region, "clerk"), "review_ring", year.cycle.pk, **query)
    page(sign_in(region, "clerk"), "review_list", year.cycle.pk, **query, tt="x", q="x" * 500)


def test_a_body_out_of_sight_or_of_another_tree_is_not_found(region: Region, year: Played) -> None:
    brigade = region.bodies["brigade"].pk
    page(sign_in(region, "divisionclerk"), "review_ring", year.cycle.pk, dv=brigade, status=404)
    own = opened(region, by="division", body="division")
    page(sign_in(region, "clerk"), "review_ring", own.cycle.pk, dv=brigade, status=404)


def test_closing_names_how_many_are_left_and_leads_to_them(region: Region, year: Played) -> None:
    client = sign_in(region, "clerk")
    html = page(client, "review_ring", year.cycle.pk)
    assert "còn 19 bản kiểm điểm chưa chốt" in html
    assert "?tt=left" in html
    response = client.post(reverse("review_closing", args=[year.cycle.pk]), follow=True)
    assert "Chưa kết thúc được đợt" in response.content.decode()
    assert Cycle.objects.get().state == CycleState.OPEN


def test_the_days_are_moved_and_seen(region: Region, year: Played) -> None:
    client = sign_in(region, "clerk")
    later = TODAY + dt.timedelta(days=25)
    url = reverse("review_steps", args=[year.cycle.pk])
    assert client.post(url, {"due_finalize": f"{later:%d/%m/%Y}", "reason": "Bão"}).status_code == 302
    assert f"{later:%d/%m/%Y}" in page(client, "review_ring", year.cycle.pk)
    assert client.post(url, {"due_finalize": f"{later:%d/%m/%Y}"}).status_code == 409


# --- the list ----------------------------------------------------------------------------------------


def test_an_exemption_is_written_and_withdrawn_from_the_list(region: Region, year: Played) -> None:
    client, review = sign_in(region, "divisionclerk"), year.personal("member")
    url = reverse("review_bulk", args=[year.cycle.pk])
    form = page(client, "review_bulk", year.cycle.pk, kind="exempt", review=review.pk)
    assert "Đinh Văn Viên" in form
    refused = client.post(url, {"kind": "exempt", "review": review.pk, "reason": "other", "note": ""})
    assert refused.status_code == 422
    assert "Hãy nói rõ lý do khác" in refused.content.decode()
    assert (
        client.post(url, {"kind": "exempt", "review": review.pk, "reason": "away", "note": ""}).status_code
        == 302
    )
    assert str(Exemption.AWAY.label) in page(client, "review_list", year.cycle.pk, tt="exempt")
    client.post(reverse("review_readmission", args=[review.pk]))
    review.refresh_from_db()
    assert review.exemption == ""


def test_several_are_reminded_by_their_boxes_and_not_twice_a_day(region: Region, year: Played) -> None:
    client, url = sign_in(region, "clerk"), reverse("review_bulk", args=[year.cycle.pk])
    chosen = [year.review("division").pk, year.review("brigade").pk]
    html = page(client, "review_ring", year.cycle.pk)
    assert all(f'name="review" value="{pk}"' in html for pk in chosen)
    data = {
        "kind": "remind",
        "review": chosen,
        "note": "",
        "next": reverse("review_ring", args=[year.cycle.pk]),
    }
    response = client.post(url, data, follow=True)
    assert "Đã nhắc 2 nơi." in response.content.decode()
    assert client.post(url, data).status_code == 409


def test_nothing_chosen_nonsense_and_what_is_out_of_sight(region: Region, year: Played) -> None:
    client = sign_in(region, "divisionclerk")
    page(client, "review_bulk", year.cycle.pk, kind="remind", status=422)
    page(client, "review_bulk", year.cycle.pk, kind="delete", review=1, status=404)
    brigade = year.review("brigade").pk
    page(client, "review_bulk", year.cycle.pk, kind="remind", review=brigade, status=404)
    page(client, "review_bulk", year.cycle.pk, kind="remind", review=year.review("division").pk, status=403)


def test_who_is_missing_is_said_and_added(region: Region, year: Played) -> None:
    add_official(region, "late", "Trần Thị Muộn", "cell", "Phó Bí thư Chi bộ")
    client = sign_in(region, "clerk")
    assert "Chưa có trong danh sách: 0 tập thể, 1 cá nhân." in page(client, "review_list", year.cycle.pk)
    client.post(reverse("review_list_supplement", args=[year.cycle.pk]))
    assert "Trần Thị Muộn" in page(client, "review_list", year.cycle.pk, q="tran thi muon")


def test_one_is_added_by_hand(region: Region, year: Played) -> None:
    client, url = sign_in(region, "clerk"), reverse("review_list_adding", args=[year.cycle.pk])
    assert "Chi bộ Đại đội 2" in client.get(url).content.decode()
    cell = region.bodies["cell"].pk
    again = client.post(url, {"organization": cell, "person": region.people["member"].pk})
    assert again.status_code == 409
    assert "đã có trong danh sách" in again.content.decode()
    wrong = client.post(url, {"organization": cell, "person": region.people["press"].pk})
    assert wrong.status_code == 422
    assert "không giữ chức vụ nào" in wrong.content.decode()


def test_the_workbook_holds_what_the_page_shows(region: Region, year: Played) -> None:
    client = sign_in(region, "clerk")
    response = client.get(reverse("review_list_xlsx", args=[year.cycle.pk]), {"loai": "individual"})
    names = reading.column(response.content, "C")
    assert len(names) == 13
    assert set(names[1:]) == {one.name for one in region.people.values()}
    notes = reading.column(response.content, "B", 2)
    assert "19 trong danh sách = 0 đã kiểm điểm + 0 chưa kiểm điểm có lý do + 19 còn phải làm" in notes


def test_a_plain_member_finds_their_own_line_and_no_button(region: Region, year: Played) -> None:
    html = page(sign_in(region, "member"), "review_list", year.cycle.pk)
    assert "Đinh Văn Viên" in html
    assert "Phan Văn Sư" not in html
    assert 'name="review"' not in html
    assert reverse("review_list_adding", args=[year.cycle.pk]) not in html


# --- budgets -----------------------------------------------------------------------------------------


def _statements(client: Client, url: str) -> int:
    client.get(url)  # composes what is kept
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_statements_of_the_pages_do_not_grow_with_their_rows(region: Region) -> None:
    client = sign_in(region, "clerk")
    first = opened(region, classifications=["party_cell"])
    ring_url, list_url = (reverse(name, args=[first.cycle.pk]) for name in ("review_ring", "review_list"))
    one = [_statements(client, url) for url in (reverse("review_cycle_list"), ring_url, list_url)]
    others = [opened(region, period=str(TODAY.year - back)) for back in (1, 2)]
    ring_url, list_url = (reverse(name, args=[others[0].cycle.pk]) for name in ("review_ring", "review_list"))
    many = [_statements(client, url) for url in (reverse("review_cycle_list"), ring_url, list_url)]
    assert one == many == [CYCLES_STATEMENTS, RING_STATEMENTS, LIST_STATEMENTS]
