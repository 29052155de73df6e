"""Trang một mục: what it shows, offers and refuses to whom, and what its forms write."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.conferences import actions as conferences
from soi.conferences.enums import ConferenceKind
from soi.findings import actions, remedies
from soi.findings.enums import FindingState, LinkState, ResponsibilityKind
from soi.findings.models import Finding, RecurrenceLink
from tests.factories import Region
from tests.web.findings_world import Book, enter, words

XSS = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    """The pages read the clock; it stands still at the fixtures' moment."""
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def book(region: Region) -> Book:
    return Book(region)


def test_out_of_sight_answers_like_missing(region: Region, book: Book) -> None:
    hidden = book.finding("Việc của lữ đoàn", body="brigade")
    client = enter(region, "divisionclerk")
    for part in ("", "lich-su/", "sua/", "bien-phap/", "nguyen-nhan/", "trach-nhiem/", "y-kien/"):
        there = client.get(f"/so-theo-doi/{hidden.pk}/{part}")
        missing = client.get(f"/so-theo-doi/999999/{part}")
        assert there.status_code == missing.status_code == 404
        assert words(there) == words(missing)
        assert "lữ đoàn" not in words(there)


def test_the_page_tells_the_whole_story(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể", names="regiment")
    clerk = region.actor("clerk")
    actions.add_cause(
        actor=clerk, finding=finding, kind="own", statement="Cấp ủy ít kiểm tra", now=region.now
    )
    actions.add_responsibility(
        actor=clerk,
        finding=finding,
        kind=ResponsibilityKind.COLLECTIVE,
        organization=region.bodies["regiment"],
        now=region.now,
    )
    remedy = book.remedy(finding, due=dt.date(2021, 11, 20))
    remedies.report_progress(
        actor=region.actor("regiment"), remedy=remedy, percent=40, note="Đại đội 1 xong.", now=region.now
    )
    actions.answer(
        actor=region.actor("regiment"), finding=finding, text="Tôi nhận trách nhiệm.", now=region.now
    )
    shown = words(enter(region, "clerk").get(f"/so-theo-doi/{finding.pk}/"))
    for expected in (
        "Chủ quan Cấp ủy ít kiểm tra",
        "Người đứng đầu Mai Văn Trung",
        "vào ngày 08/04/2021",
        "hiện nay: Mai Văn Trung",
        "quá hạn 11 ngày",
        "Đại đội 1 xong.",
        "Tôi nhận trách nhiệm.",
    ):
        assert expected in shown, expected
    history = words(enter(region, "clerk").get(f"/so-theo-doi/{finding.pk}/lich-su/"))
    assert "Ghi vào sổ 08:30 01/12/2021 Đỗ Thị Mẫu" in history
    assert "Báo cáo tiến độ 08:30 01/12/2021 Mai Văn Trung 40% Đại đội 1 xong." in history
    assert history.index("Báo cáo tiến độ") < history.index("Ghi vào sổ")


def test_a_conference_out_of_sight_is_not_named(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể")
    held = conferences.record_conference(
        actor=region.system,
        organization=region.bodies["region"],
        kind=ConferenceKind.BRIEFING_QUARTER,
        title="Giao ban của quân khu",
        date_start=finding.found_on,
        now=region.now,
    )
    conferences.attach_finding(actor=region.system, conference=held, finding=finding, now=region.now)
    url = f"/so-theo-doi/{finding.pk}/"
    assert "Nêu tại Giao ban của quân khu" in words(enter(region, "clerk").get(url))
    assert "Giao ban của quân khu" not in words(enter(region, "divisionclerk").get(url))


@pytest.mark.parametrize(
    ("state", "username", "main"),
    [
        ("open", "clerk", "Giao biện pháp"),
        ("open", "inspector", ""),
        ("active", "regiment", "Báo cáo kết quả"),
        ("reported", "inspector", "Kiểm tra, xác nhận"),
        ("reported", "regiment", "Thêm biện pháp"),
        ("mended", "inspector", "Mở lại"),
    ],
)
def test_one_main_action_for_the_state_and_the_person(
    region: Region, book: Book, state: str, username: str, main: str
) -> None:
    if state in {"open", "active"}:
        finding = book.finding("Giao nhiệm vụ chưa cụ thể")
        if state == "active":
            book.remedy(finding)
    else:
        finding = {"reported": book.reported, "mended": book.mended}[state]("Giao nhiệm vụ chưa cụ thể")
    page = enter(region, username).get(f"/so-theo-doi/{finding.pk}/").content.decode()
    buttons = re.findall(r'class="btn btn-primary" href="[^"]+">(?:<svg.*?</svg>)?([^<]*)', page, flags=re.S)
    assert [button.strip() for button in buttons] == ([main] if main else [])


def test_the_accountable_person_is_told_why_the_button_is_missing(region: Region, book: Book) -> None:
    finding = book.reported("Giao nhiệm vụ chưa cụ thể")
    client = enter(region, "regiment")
    assert "Đồng chí không xác nhận được nội dung này vì đồng chí giữ chức vụ" in words(
        client.get(f"/so-theo-doi/{finding.pk}/")
    )


def test_markup_in_texts_stays_text(region: Region, book: Book) -> None:
    finding = book.finding(f"Nội dung {XSS}", names="regiment")
    actions.answer(actor=region.actor("regiment"), finding=finding, text=XSS, now=region.now)
    book.remedy(finding)
    client = enter(region, "clerk")
    for url in (
        "/so-theo-doi/",
        f"/so-theo-doi/{finding.pk}/",
        f"/so-theo-doi/?q={XSS}",
        f"/so-theo-doi/{finding.pk}/sua/",
    ):
        page = client.get(url).content.decode()
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_questions_of_the_finding_page_do_not_grow_with_its_parts(region: Region, book: Book) -> None:
    client = enter(region, "clerk")
    client.get("/so-theo-doi/")

    def asked(finding: Finding) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/so-theo-doi/{finding.pk}/").status_code == 200
        return len(captured)

    small, large = book.finding("Ít việc phải làm"), book.finding("Kỷ luật quân nhân chưa nghiêm")
    book.remedy(small)
    for _time in range(3):
        book.remedy(large)
        actions.add_cause(
            actor=region.actor("clerk"), finding=large, kind="own", statement="Ít kiểm tra", now=region.now
        )
    assert asked(small) == asked(large) == 9


# --- writing -----------------------------------------------------------------------------------------


def new_finding(region: Region, **changes: Any) -> dict[str, Any]:
    return {
        "organization": region.bodies["regiment"].pk,
        "kind": "limitation",
        "statement": "Giao nhiệm vụ chưa cụ thể",
        "area": "leadership",
        "found_on": "2021-11-22",
        "cause": "Cấp ủy ít kiểm tra",
        "cause_kind": "own",
        **changes,
    }


def test_record_a_finding(region: Region) -> None:
    client = enter(region, "divisionclerk")
    data = new_finding(region, concerned=[region.bodies["battalion"].pk])
    response = client.post("/so-theo-doi/moi/", data)
    finding = Finding.objects.get()
    assert response.headers["Location"] == f"/so-theo-doi/{finding.pk}/"
    assert finding.statement == "Giao nhiệm vụ chưa cụ thể"
    assert finding.state == FindingState.OPEN
    assert [cause.statement for cause in finding.causes.all()] == ["Cấp ủy ít kiểm tra"]
    assert finding.bodies.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": ""},
        {"area": ""},
        {"found_on": "31/02/2021"},
        {"kind": "praise"},
        {"found_on": "2031-01-01"},
    ],
)
def test_a_wrong_form_keeps_what_was_typed(region: Region, changes: dict[str, str]) -> None:
    response = enter(region, "clerk").post("/so-theo-doi/moi/", new_finding(region, **changes))
    assert response.status_code == 422
    assert "Chưa ghi được, cần sửa các mục sau" in words(response)
    assert "Cấp ủy ít kiểm tra" in response.content.decode()
    assert not Finding.objects.exists()


def test_no_recording_for_a_body_out_of_scope(region: Region) -> None:
    data = new_finding(region, organization=region.bodies["brigade"].pk)
    assert enter(region, "divisionclerk").post("/so-theo-doi/moi/", data).status_code == 422
    assert enter(region, "inspector").post("/so-theo-doi/moi/", new_finding(region)).status_code == 403
    assert not Finding.objects.exists()


def test_edit_and_lose_a_race(region: Region, book: Book) -> None:
    finding = book.finding("Bản đầu")
    client, url = enter(region, "clerk"), f"/so-theo-doi/{finding.pk}/sua/"
    data = {"version": finding.version, "statement": "Bản sửa", "area": "economy"}
    assert client.post(url, data).status_code == 302
    late = client.post(url, data | {"statement": "Bản của người chậm hơn"})
    assert late.status_code == 409
    assert "Bản của người chậm hơn" in late.content.decode()
    assert book.again(finding).statement == "Bản sửa"


def test_a_remedy_needs_post_product_and_day(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể")
    client, url = enter(region, "clerk"), f"/so-theo-doi/{finding.pk}/bien-phap/"
    whole = {
        "statement": "Lập bảng phân công nhiệm vụ quý của ba đại đội",
        "accountable_post": region.posts["regiment"].pk,
        "deliverable": "Bảng phân công có chữ ký",
        "due_on": "2021-12-20",
    }
    for missing in ("accountable_post", "deliverable", "due_on"):
        response = client.post(url, whole | {missing: ""})
        assert response.status_code == 422
        assert "Lập bảng phân công" in response.content.decode()
    assert client.post(url, whole | {"due_on": "2020-01-01"}).status_code == 422
    assert not finding.remedies.exists()
    assert client.post(url, whole).status_code == 302
    assert finding.remedies.get().accountable_post == region.posts["regiment"]


def test_progress_with_evidence_then_done(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể")
    remedy = book.remedy(finding)
    client = enter(region, "regiment")
    file = SimpleUploadedFile("bảng.txt", "Đại đội 1".encode(), "text/plain")
    sent = client.post(
        f"/bien-phap/{remedy.pk}/tien-do/", {"percent": "40", "note": "Đại đội 1 xong.", "evidence": file}
    )
    assert sent.status_code == 302
    report = remedy.progress.get()
    assert (report.percent, report.reported_by) == (40, region.people["regiment"])
    assert report.evidence is not None
    download = enter(region, "inspector").get(f"/so-theo-doi/{finding.pk}/minh-chung/{report.evidence_id}/")
    assert b"".join(download.streaming_content) == "Đại đội 1".encode()
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert client.post(f"/bien-phap/{remedy.pk}/bao-cao-xong/", {"note": "Xong cả ba."}).status_code == 302
    assert book.again(finding).state == FindingState.REPORTED


def test_done_without_a_word_shows_the_form_again(region: Region, book: Book) -> None:
    remedy = book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể"))
    response = enter(region, "regiment").post(
        f"/bien-phap/{remedy.pk}/bao-cao-xong/", {"note": "", "percent": "70"}
    )
    assert response.status_code == 422
    assert "Mục này không được để trống." in words(response)
    assert 'value="70"' in response.content.decode()


def test_evidence_of_another_finding_is_not_handed_out(region: Region, book: Book) -> None:
    finding, other = book.finding("Giao nhiệm vụ chưa cụ thể"), book.finding("Kỷ luật chưa nghiêm")
    remedy = book.remedy(finding)
    file = SimpleUploadedFile("bảng.txt", b"x", "text/plain")
    enter(region, "regiment").post(
        f"/bien-phap/{remedy.pk}/tien-do/", {"percent": "40", "note": "Xong.", "evidence": file}
    )
    source = remedy.progress.get().evidence_id
    assert enter(region, "inspector").get(f"/so-theo-doi/{other.pk}/minh-chung/{source}/").status_code == 404
    assert enter(region, "brigade").get(f"/so-theo-doi/{finding.pk}/minh-chung/{source}/").status_code == 404


def test_others_cannot_report(region: Region, book: Book) -> None:
    remedy = book.remedy(book.finding("Giao nhiệm vụ chưa cụ thể"))
    refused = enter(region, "inspector").get(f"/bien-phap/{remedy.pk}/tien-do/")
    assert refused.status_code == 403
    assert "Chỉ Bí thư Đảng ủy Trung đoàn" in words(refused)
    assert enter(region, "brigade").get(f"/bien-phap/{remedy.pk}/tien-do/").status_code == 404


def test_the_accountable_person_cannot_verify(region: Region, book: Book) -> None:
    finding = book.reported("Giao nhiệm vụ chưa cụ thể")
    data = {"outcome": "mended", "note": "Tôi thấy đã xong."}
    refused = enter(region, "regiment").post(f"/so-theo-doi/{finding.pk}/xac-nhan/", data)
    assert refused.status_code == 403
    assert "Việc khắc phục phải do người khác xác nhận." in words(refused)
    assert book.again(finding).state == FindingState.REPORTED


def test_verify_return_and_reopen(region: Region, book: Book) -> None:
    client = enter(region, "inspector")
    returned = book.reported("Giao nhiệm vụ chưa cụ thể")
    url = f"/so-theo-doi/{returned.pk}/xac-nhan/"
    assert client.post(url, {"outcome": "mended", "note": ""}).status_code == 422
    assert client.post(url, {"outcome": "returned", "note": "Còn Đại đội 3."}).status_code == 302
    assert book.again(returned).state == FindingState.IN_REMEDY
    too_late = client.post(url, {"outcome": "mended", "note": "x"})
    assert too_late.status_code == 409
    mended = book.reported("Kỷ luật chưa nghiêm")
    client.post(f"/so-theo-doi/{mended.pk}/xac-nhan/", {"outcome": "mended", "note": "Đã xem tại đơn vị."})
    assert book.again(mended).state == FindingState.MENDED
    again = mended.remedies.get().pk
    client.post(f"/so-theo-doi/{mended.pk}/mo-lai/", {"reason": "Lại xảy ra.", "again": [again]})
    assert book.again(mended).state == FindingState.IN_REMEDY


def test_reopening_takes_only_remedies_of_this_finding(region: Region, book: Book) -> None:
    mended, other = book.mended("Giao nhiệm vụ chưa cụ thể"), book.finding("Kỷ luật chưa nghiêm")
    foreign = book.remedy(other)
    data = {"reason": "Lại xảy ra.", "again": [foreign.pk]}
    assert enter(region, "inspector").post(f"/so-theo-doi/{mended.pk}/mo-lai/", data).status_code == 422
    assert book.again(mended).state == FindingState.MENDED


def test_only_the_named_person_answers(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể", names="regiment")
    url, data = f"/so-theo-doi/{finding.pk}/y-kien/", {"text": "Tôi xin giải trình thêm."}
    assert enter(region, "clerk").post(url, data).status_code == 403
    assert enter(region, "regiment").post(url, data).status_code == 302
    assert [row.text for row in finding.answers.all()] == ["Tôi xin giải trình thêm."]


def test_cause_and_responsibility(region: Region, book: Book) -> None:
    finding = book.finding("Giao nhiệm vụ chưa cụ thể")
    client = enter(region, "clerk")
    client.post(
        f"/so-theo-doi/{finding.pk}/nguyen-nhan/", {"kind": "external", "statement": "Nhiều việc đột xuất"}
    )
    url = f"/so-theo-doi/{finding.pk}/trach-nhiem/"
    assert client.post(url, {"kind": "head", "post": ""}).status_code == 422
    assert client.post(url, {"kind": "head", "post": region.posts["regiment"].pk}).status_code == 302
    assert finding.causes.get().statement == "Nhiều việc đột xuất"
    assert finding.responsibilities.get().person == region.people["regiment"]


def test_recurrence_is_decided_by_a_person(region: Region, book: Book) -> None:
    book.finding("Giao nhiệm vụ chưa cụ thể, chưa rõ người chịu trách nhiệm", on=dt.date(2020, 4, 8))
    later = book.finding("Giao nhiệm vụ chưa cụ thể, chưa rõ người chịu trách nhiệm")
    link = RecurrenceLink.objects.get()
    url = f"/lap-lai/{link.pk}/"
    client = enter(region, "inspector")
    assert "Có phải lặp lại không?" in words(client.get(f"/so-theo-doi/{later.pk}/"))
    assert client.get(url).status_code == 405
    assert enter(region, "clerk").post(url, {"decision": "confirm"}).status_code == 403
    answer = client.post(url, {"decision": "confirm", "next": "//evil.example/"})
    assert answer.headers["Location"] == f"/so-theo-doi/{later.pk}/"
    link.refresh_from_db()
    assert link.state == LinkState.CONFIRMED
    assert "Đã nêu năm 2020" in words(client.get(f"/so-theo-doi/{later.pk}/"))
    assert client.post(url, {"decision": "reject"}).status_code == 409
