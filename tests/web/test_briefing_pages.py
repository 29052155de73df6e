"""Trang giao ban: the quarter and its units, the report read and edited, figures that open, odd input."""

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

from soi.base import triggers
from soi.base.quarters import days_of, quarter_of
from soi.briefings import actions, lines, queries
from soi.briefings.enums import LineChange, ReportState
from soi.briefings.models import BriefingReport, ReportLine
from soi.conferences.models import Conference
from soi.history.models import Event
from soi.org import actions as org
from soi.org.enums import Classification
from tests.briefings.story import Briefing
from tests.factories import build_region
from tests.forms import reading

NOW = timezone.now()
# On the first day of a quarter nothing of it can be overdue: these pages are asked about yesterday's quarter.
YESTERDAY = timezone.localdate(NOW) - dt.timedelta(days=1)
QUARTER = quarter_of(YESTERDAY)
FIRST = days_of(QUARTER).start
LIST_STATEMENTS, DETAIL_STATEMENTS = 11, 10


@pytest.fixture
def briefing(db: Any) -> Briefing:
    """The region on the day on which the pages are asked: the clock enters at the door."""
    return Briefing(build_region(NOW), NOW)


@pytest.fixture
def report(briefing: Briefing) -> BriefingReport:
    """Báo cáo của sư đoàn: two tasks due in the quarter, one of them overdue."""
    briefing.task("Ban hành quy chế của 04 phòng", due_on=YESTERDAY)
    briefing.task("Kiểm tra kỹ thuật 120 xe", due_on=FIRST + dt.timedelta(days=80))
    return _compose(briefing, "division", "divisionclerk")


def _compose(briefing: Briefing, body: str, by: str) -> BriefingReport:
    return actions.compose_report(
        actor=briefing.actor(by), organization=briefing.body(body), quarter=QUARTER, now=NOW
    ).report


def sign_in(briefing: Briefing, name: str) -> Client:
    client = Client()
    client.force_login(briefing.region.users[name])
    return client


def line_of(report: BriefingReport, key: str) -> ReportLine:
    return ReportLine.objects.get(report=report, edition=report.edition, key=key)


def page(client: Client, name: str, *args: Any, query: str = "", **headers: str) -> str:
    response = client.get(reverse(name, args=args) + query, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


# --- the quarter -------------------------------------------------------------------------------------


def test_the_superior_sees_who_has_sent_and_who_has_not(briefing: Briefing, report: BriefingReport) -> None:
    today = timezone.localdate(NOW)
    opened = actions.open_round(
        actor=briefing.actor("clerk"), organization=briefing.body("region"), quarter=QUARTER,
        due_on=max(today - dt.timedelta(days=3), FIRST), now=NOW,
    )  # fmt: skip
    actions.send_report(actor=briefing.actor("division"), report=report, now=NOW)
    client = sign_in(briefing, "clerk")
    text = page(client, "briefing_list", query=f"?quy={QUARTER}")
    assert "Đảng ủy Sư đoàn 901" in text
    assert "Gửi muộn" in text
    assert "Nhắc 2 đơn vị" in text
    late = page(client, "briefing_list", query=f"?quy={QUARTER}&tt=muon")
    assert "Đảng ủy Lữ đoàn 902</a>" not in late
    assert "Đảng ủy Sư đoàn 901</a>" in late
    # As of the day it was due nobody was late yet.
    then = page(client, "briefing_list", query=f"?quy={QUARTER}&ngay={opened.due_on:%d/%m/%Y}")
    assert "Quá hạn chưa gửi" not in then
    response = client.post(reverse("briefing_reminder", args=[opened.pk]), follow=True)
    assert "Đã nhắc 2 đơn vị." in response.content.decode()
    assert Event.objects.filter(action="briefings.remind").count() == 2


def test_a_unit_sees_the_day_and_begins_with_one_button(briefing: Briefing) -> None:
    actions.open_round(
        actor=briefing.actor("clerk"), organization=briefing.body("region"), quarter=QUARTER,
        due_on=FIRST + dt.timedelta(days=85), now=NOW,
    )  # fmt: skip
    client = sign_in(briefing, "divisionclerk")
    text = page(client, "briefing_list", query=f"?quy={QUARTER}")
    assert f"{FIRST + dt.timedelta(days=85):%d/%m/%Y}" in text
    assert "Soạn báo cáo từ hồ sơ" in text
    url = reverse("briefing_composing", args=[briefing.body("division").pk, QUARTER])
    response = client.post(url, follow=True)
    assert "câu từ hồ sơ" in response.content.decode()
    assert BriefingReport.objects.get().organization == briefing.body("division")
    assert "Soạn tiếp báo cáo" in page(client, "briefing_list", query=f"?quy={QUARTER}")


def test_who_only_reads_is_offered_nothing_to_write(briefing: Briefing, report: BriefingReport) -> None:
    client = sign_in(briefing, "inspector")
    text = page(client, "briefing_list", query=f"?quy={QUARTER}") + page(client, "briefing_detail", report.pk)
    for words in (
        "Soạn báo cáo từ hồ sơ",
        "Mở đợt giao ban",
        "brief-edit",
        "Gửi lên cấp trên",
        "Cập nhật số liệu",
    ):
        assert words not in text
    assert "Gửi lên cấp trên" in page(sign_in(briefing, "divisionclerk"), "briefing_detail", report.pk)


@pytest.mark.parametrize(
    "query",
    [
        "?quy=abc", "?quy=9999-Q4", "?quy=0000-Q1", "?dv=999999999999999999999", "?dv=0", "?dv=-1", "?dv=a&quy=",
        "?ngay=31/02/2021", "?ngay=00/00/0000", "?ngay=01/01/0001", "?page=99999999999999", "?tt=%00",
        "?ngay=31/12/9999",
    ],
)  # fmt: skip
def test_odd_addresses_are_answered(briefing: Briefing, query: str) -> None:
    assert "Giao ban" in page(sign_in(briefing, "clerk"), "briefing_list", query=query)


def test_the_round_has_its_form_and_its_refusal(briefing: Briefing) -> None:
    client = sign_in(briefing, "clerk")
    url = reverse("briefing_round_new", args=[briefing.body("region").pk, QUARTER])
    assert client.get(url).status_code == 200
    response = client.post(url, {"due_on": "01/01/2020"})
    assert response.status_code == 422
    assert "bắt đầu" in response.content.decode()
    day = FIRST + dt.timedelta(days=80)
    assert client.post(url, {"due_on": f"{day:%d/%m/%Y}"}).status_code == 302
    assert f"{day:%d/%m/%Y}" in client.get(url).content.decode()
    assert (
        client.get(reverse("briefing_round_new", args=[briefing.body("region").pk, "hom-nay"])).status_code
        == 404
    )


@pytest.mark.parametrize("units", [1, 3])
def test_the_list_costs_the_same_for_one_and_three_units(briefing: Briefing, units: int) -> None:
    for number in range(units):
        body = org.found_organization(
            actor=briefing.region.system, name=f"Đại đội {number}", classification=Classification.UNIT,
            parent=briefing.body("cell"), on=dt.date(2020, 1, 1), now=NOW,
        )  # fmt: skip
        actions.compose_report(actor=briefing.actor("clerk"), organization=body, quarter=QUARTER, now=NOW)
    client = sign_in(briefing, "clerk")
    url = f"{reverse('briefing_list')}?quy={QUARTER}&dv={briefing.body('cell').pk}"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert "Đại đội 0" in client.get(url).content.decode()
    assert len(captured) == LIST_STATEMENTS, "\n".join(q["sql"][:150] for q in captured)


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_report_costs_the_same_for_few_and_many_lines(briefing: Briefing, tasks: int) -> None:
    for number in range(tasks):
        briefing.task(f"Hoàn thành nội dung thứ {number}", due_on=FIRST)
    report = _compose(briefing, "division", "divisionclerk")
    client = sign_in(briefing, "divisionclerk")
    client.get(reverse("briefing_detail", args=[report.pk]))
    with CaptureQueriesContext(connection) as captured:
        page(client, "briefing_detail", report.pk)
    assert len(captured) == DETAIL_STATEMENTS, "\n".join(q["sql"][:150] for q in captured)


# --- the report --------------------------------------------------------------------------------------


def test_numbers_are_links_to_the_very_records(briefing: Briefing, report: BriefingReport) -> None:
    client = sign_in(briefing, "divisionclerk")
    text = page(client, "briefing_detail", report.pk)
    line = line_of(report, "results.total")
    url = f"{reverse('briefing_line', args=[line.pk])}?so=0"
    assert f'<a class="brief-figure" href="{url}">2 nhiệm vụ</a>' in text
    opened = client.get(url).content.decode()
    assert "Ban hành quy chế của 04 phòng" in opened
    assert "Kiểm tra kỹ thuật 120 xe" in opened
    assert f"{reverse('task_list')}?{line.basis[0]['query'].replace('&', '&amp;')}" in opened
    # A name opens its record at once.
    named = re.search(r'class="brief-figure" href="([^"]+)">Ban hành quy chế', text)
    assert named
    assert named[1] == reverse("task_detail", args=[line_of_task(report).basis[0]["ids"][0]])


def line_of_task(report: BriefingReport) -> ReportLine:
    return ReportLine.objects.get(report=report, key__startswith="undone.task.", text__contains="Ban hành")


def test_a_sent_figure_still_opens_what_was_counted_then(briefing: Briefing, report: BriefingReport) -> None:
    actions.send_report(actor=briefing.actor("division"), report=report, now=NOW)
    briefing.task("Việc giao sau khi gửi 01", due_on=FIRST)
    client = sign_in(briefing, "clerk")
    line = line_of(report, "results.total")
    opened = page(client, "briefing_line", line.pk, query="?so=0")
    assert "Ban hành quy chế của 04 phòng" in opened
    assert "Việc giao sau khi gửi" not in opened


def test_records_out_of_sight_are_counted_but_not_shown(briefing: Briefing, report: BriefingReport) -> None:
    line = line_of(report, "results.total")
    hidden = briefing.task("CANARY việc của lữ đoàn 01", to="brigade", due_on=FIRST)
    line.basis[0]["ids"].append(hidden.pk)
    line.save(update_fields=["basis"])
    opened = page(sign_in(briefing, "divisionclerk"), "briefing_line", line.pk, query="?so=0")
    assert "CANARY" not in opened
    assert "1 hồ sơ nằm ngoài phạm vi" in opened


@pytest.mark.parametrize(
    "query", ["?so=99", "?so=-1", "?so=a", "?so=99999999999999999999", "?page=0", "?page=a"]
)
def test_odd_figures_are_answered(briefing: Briefing, report: BriefingReport, query: str) -> None:
    client = sign_in(briefing, "divisionclerk")
    assert page(client, "briefing_line", line_of(report, "results.total").pk, query=query)
    own = lines.add_line(
        actor=briefing.actor("divisionclerk"), report=report, section=4, text="Mưa.", now=NOW
    )
    assert "không đếm hồ sơ nào" in page(client, "briefing_line", own.pk, query=query)


def test_a_line_is_edited_in_its_place(briefing: Briefing, report: BriefingReport) -> None:
    client, line = sign_in(briefing, "divisionclerk"), line_of(report, "results.total")
    url = reverse("briefing_line_edit", args=[line.pk])
    form = client.get(url, headers={"hx-request": "true"}).content.decode()
    assert form.startswith('<div class="brief-line brief-editing"')
    assert "<html" not in form
    sent = {"version": "1", "text": "Quý này có 2 nhiệm vụ đến hạn, 12 nhiệm vụ khác."}
    done = client.post(url, sent, headers={"hx-request": "true"}).content.decode()
    assert f'id="cau-{line.pk}"' in done
    # The figure is found again in the new words, and not inside another number.
    assert ">2 nhiệm vụ</a> đến hạn, 12 nhiệm vụ khác" in done
    assert "Đã sửa: Hồ Thị Văn" in done
    assert line.composed in done.replace("&#x27;", "'")
    back = client.get(f"{url}?thoi=1", headers={"hx-request": "true"}).content.decode()
    assert "<form" not in back.split("brief-note")[0]


def test_without_javascript_the_same_form_is_a_page(briefing: Briefing, report: BriefingReport) -> None:
    client, line = sign_in(briefing, "divisionclerk"), line_of(report, "results.total")
    url = reverse("briefing_line_edit", args=[line.pk])
    assert "<html" in client.get(url).content.decode()
    response = client.post(url, {"version": "1", "text": "Câu khác."})
    assert (response.status_code, response["Location"]) == (
        302, f"{reverse('briefing_detail', args=[report.pk])}#cau-{line.pk}",
    )  # fmt: skip


def test_of_two_editors_neither_loses_a_word(briefing: Briefing, report: BriefingReport) -> None:
    line = line_of(report, "results.total")
    url = reverse("briefing_line_edit", args=[line.pk])
    sign_in(briefing, "clerk").post(url, {"version": "1", "text": "Câu của văn phòng."})
    for headers, status in (({}, 409), ({"hx-request": "true"}, 422)):
        response = sign_in(briefing, "divisionclerk").post(
            url, {"version": "1", "text": "Câu của sư đoàn."}, headers=headers
        )
        text = response.content.decode()
        assert response.status_code == status
        assert "«Câu của văn phòng.»" in text
        assert re.search(r"<textarea[^>]*>\s*Câu của sư đoàn\.</textarea>", text)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"version": "a", "text": "x"},
        {"version": "9" * 30, "text": "x"},
        {"version": "1", "text": "x" * 5000},
        {"version": "1", "text": "\x00"},
    ],
)
def test_odd_edits_are_refused_with_a_form(
    briefing: Briefing, report: BriefingReport, sent: dict[str, str]
) -> None:
    url = reverse("briefing_line_edit", args=[line_of(report, "results.total").pk])
    assert sign_in(briefing, "divisionclerk").post(url, sent).status_code == 422


def test_lines_are_added_dropped_taken_back_and_moved(briefing: Briefing, report: BriefingReport) -> None:
    client = sign_in(briefing, "divisionclerk")
    new = reverse("briefing_line_new", args=[report.pk])
    assert 'value="5" selected' in client.get(f"{new}?phan=5").content.decode()
    assert client.get(f"{new}?phan=%00abc").status_code == 200
    assert client.post(new, {"section": "5", "text": " "}).status_code == 422
    assert client.post(new, {"section": "99", "text": "x"}).status_code == 422
    assert client.post(new, {"section": "5", "text": "Cấp thêm 02 xe"}).status_code == 302
    own = ReportLine.objects.get(report=report, key="")
    deed = reverse("briefing_line_deed", args=[own.pk])
    assert "Câu thêm: Hồ Thị Văn" in page(client, "briefing_detail", report.pk)
    for name, count in (("up", 1), ("down", 1), ("drop", 0), ("restore", 1)):
        assert client.post(deed, {"deed": name}).status_code == 302
        own.refresh_from_db()
        assert own.dropped is (count == 0)
    assert client.post(deed, {"deed": "take"}).status_code == 409
    assert client.post(deed, {"deed": "xóa"}).status_code == 422


def test_composing_again_asks_about_edited_lines(briefing: Briefing, report: BriefingReport) -> None:
    client, line = sign_in(briefing, "divisionclerk"), line_of(report, "results.total")
    client.post(reverse("briefing_line_edit", args=[line.pk]), {"version": "1", "text": "Câu của tôi."})
    briefing.task("Tổ chức hội thao 05 môn", due_on=FIRST)
    again = client.post(reverse("briefing_recomposing", args=[report.pk]), follow=True).content.decode()
    assert "1 câu đã sửa cần đồng chí chọn" in again
    assert "Hồ sơ nay cho câu khác" in again
    assert "Đã cập nhật; trước đó" in again
    refused = client.post(reverse("briefing_sending", args=[report.pk]))
    assert refused.status_code == 409
    client.post(reverse("briefing_line_deed", args=[line.pk]), {"deed": "take"})
    line.refresh_from_db()
    assert (line.change, "3 nhiệm vụ" in line.text) == (LineChange.NONE, True)
    assert client.post(reverse("briefing_sending", args=[report.pk])).status_code == 302


# --- up, back, to the conference ---------------------------------------------------------------------


def test_sent_returned_and_sent_again(briefing: Briefing, report: BriefingReport) -> None:
    unit, above = sign_in(briefing, "division"), sign_in(briefing, "clerk")
    text = unit.post(reverse("briefing_sending", args=[report.pk]), follow=True).content.decode()
    assert "văn bản còn nguyên" in text
    assert "brief-edit" not in text
    assert "Trả lại" not in text
    assert "Trả lại" in page(above, "briefing_detail", report.pk)
    back = reverse("briefing_return", args=[report.pk])
    assert above.get(back).status_code == 200
    assert above.post(back, {"reason": ""}).status_code == 422
    above.post(back, {"reason": "Bổ sung <b>nguyên nhân</b>"})
    text = page(unit, "briefing_detail", report.pk)
    assert "Bổ sung &lt;b&gt;nguyên nhân&lt;/b&gt;" in text
    assert "brief-edit" in text
    first = page(unit, "briefing_detail", report.pk, query="?lan=1")
    assert "đã bị trả lại" in first
    assert "brief-edit" not in first
    for odd in ("?lan=9", "?lan=a", "?lan=99999999999999"):
        assert "brief-edit" in page(unit, "briefing_detail", report.pk, query=odd)
    unit.post(reverse("briefing_sending", args=[report.pk]))
    report.refresh_from_db()
    assert (report.state, report.edition) == (ReportState.SENT, 2)
    assert above.post(reverse("briefing_recomposing", args=[report.pk])).status_code == 409


def test_a_returned_report_waits_among_my_work(briefing: Briefing, report: BriefingReport) -> None:
    actions.send_report(actor=briefing.actor("division"), report=report, now=NOW)
    assert "Báo cáo giao ban bị trả lại" not in page(sign_in(briefing, "divisionclerk"), "my_work")
    actions.return_report(actor=briefing.actor("clerk"), report=report, reason="Bổ sung", now=NOW)
    assert "Báo cáo giao ban bị trả lại" in page(sign_in(briefing, "divisionclerk"), "my_work")
    # The level above has asked for it: it waits for the unit, not for them.
    assert "Báo cáo giao ban bị trả lại" not in page(sign_in(briefing, "clerk"), "my_work")


def test_the_report_becomes_paper_of_the_conference(briefing: Briefing, report: BriefingReport) -> None:
    actions.send_report(actor=briefing.actor("division"), report=report, now=NOW)
    held = briefing.conference(body="region", period=QUARTER, on=timezone.localdate(NOW))
    client = sign_in(briefing, "clerk")
    url = reverse("briefing_paper", args=[report.pk])
    assert str(held.date_start.year) in client.get(url).content.decode()
    assert client.post(url, {"conference": "999999"}).status_code == 422
    response = client.post(url, {"conference": str(held.pk)}, follow=True)
    assert f"{reverse('briefing_detail', args=[report.pk])}?lan=1" in response.content.decode()
    assert "Tài liệu của hội nghị" in page(client, "briefing_detail", report.pk)
    # Who attends a conference of the region does not see a report out of sight.
    assert Conference.objects.count() == 1
    assert not queries.papers_of(briefing.actor("brigade"), held)


def test_a_tampered_report_says_so(briefing: Briefing, report: BriefingReport) -> None:
    actions.send_report(actor=briefing.actor("division"), report=report, now=NOW)
    client = sign_in(briefing, "clerk")
    assert "không còn khớp với dấu" not in page(client, "briefing_detail", report.pk)
    triggers.remove(connection)
    ReportLine.objects.filter(report=report, key="results.total").update(text="Câu bị đổi lén.")
    triggers.install(connection)
    assert "không còn khớp với dấu" in page(client, "briefing_detail", report.pk)


def test_the_paper_in_word(briefing: Briefing, report: BriefingReport) -> None:
    dropped = line_of(report, "previous.none")
    lines.drop_line(actor=briefing.actor("divisionclerk"), line=dropped, now=NOW)
    response = sign_in(briefing, "divisionclerk").get(reverse("briefing_docx", args=[report.pk]))
    text = reading.text(response.content)
    assert "Ban hành quy chế của 04 phòng" in text
    assert dropped.text not in text
    assert "Bản đang soạn" in text
    assert "Phan Văn Sư" in text
    assert "bao-cao-giao-ban" in response["Content-Disposition"]
    actions.send_report(actor=briefing.actor("division"), report=report, now=NOW)
    response = sign_in(briefing, "clerk").get(reverse("briefing_docx", args=[report.pk]))
    assert "Bản đang soạn" not in reading.text(response.content)
    # Printed by its layout, in Vietnamese, whatever language the reader has chosen.
    client = sign_in(briefing, "clerk")
    client.cookies["soi_language"] = "en"
    assert "Kết quả thực hiện nhiệm vụ" in reading.text(
        client.get(reverse("briefing_docx", args=[report.pk])).content
    )
