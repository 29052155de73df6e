"""Trang chỉ đạo: what my body must do, who has and who has not by branch, and what the forms write."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soi.directives.enums import ElaborationKind
from soi.directives.models import Addressee, Directive, Elaboration
from soi.history.models import Event
from tests.directives.story import Story, day
from tests.factories import Region
from tests.web.findings_world import enter, links, words

TEXT = """Điều 1. Phạm vi
1. Mỗi chi bộ lập lịch sinh hoạt quý và gửi cấp ủy trước ngày 05.
2. Bí thư cấp ủy dự sinh hoạt với chi bộ yếu mỗi tháng một lần.
"""


@pytest.fixture(autouse=True)
def _the_day(time_machine: Any, region: Region) -> None:
    """The pages read the clock; it stands still at the fixtures' moment: 1 December 2021."""
    time_machine.move_to(region.now, tick=False)


@pytest.fixture
def story(region: Region) -> Story:
    return Story(region, region.now)


@pytest.fixture
def paper(story: Story) -> Directive:
    """To the division and the brigade; on 1 December both are late, the brigade with everything."""
    directive = story.issue("region", "division", "brigade")
    story.acknowledge(directive, "division", "03/11", by="divisionclerk")
    story.study(directive, "division", "20/11", by="divisionclerk")
    return directive


def url(directive: Directive, tail: str = "") -> str:
    return f"/chi-dao/{directive.pk}/{tail}"


def own(story: Story, directive: Directive, body: str, tail: str = "") -> str:
    return f"/chi-dao/noi-nhan/{story.at(directive, body).pk}/{tail}"


# --- the list -----------------------------------------------------------------------------------------


def test_each_body_finds_what_it_must_do(region: Region, paper: Directive) -> None:
    shown = words(enter(region, "divisionclerk").get("/chi-dao/"))
    assert "Gửi đến đơn vị tôi 1 Đơn vị tôi ban hành 0 Tất cả 1" in shown
    assert "Quá hạn cụ thể hóa, hạn 25/11/2021" in shown
    # Who issued it first sees what was issued, and how far it has come.
    shown = words(enter(region, "clerk").get("/chi-dao/"))
    assert "Gửi đến đơn vị tôi 0 Đơn vị tôi ban hành 1 Tất cả 1" in shown
    assert "đã xác nhận 1 /2 2 nơi quá hạn quán triệt 1 · cụ thể hóa 0" in shown
    assert "sinh hoạt chi bộ" not in words(enter(region, "commander").get("/chi-dao/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=sinh hoat", 1), ("q=05-NQ", 1), ("q=khong co", 0), ("kind=resolution", 1), ("kind=plan", 0),
        ("year=2021", 1), ("year=2020", 0), ("con=1", 1), ("kind=xyz&year=abcd&page=99&org=9999999999999", 1),
        ("year=0000", 1), ("q=%00", 1),
    ],
)  # fmt: skip
def test_filters(region: Region, paper: Directive, query: str, found: int) -> None:
    response = enter(region, "divisionclerk").get(f"/chi-dao/?tab=tat-ca&{query}")
    assert response.status_code == 200
    assert ("Nâng cao chất lượng" in words(response)) == bool(found)


def test_numbers_of_the_list_open_their_records(region: Region, story: Story, paper: Directive) -> None:
    story.issue(
        "division", "regiment", by="divisionclerk", number="12-KH", issued_on=day("20/11"),
        acknowledge_by=day("22/11"), study_by=None, elaborate_by=None, elaborates=story.at(paper, "division"),
    )  # fmt: skip
    client = enter(region, "clerk")
    page = client.get("/chi-dao/?tab=di")
    # The paper of the region only, not what elaborates it: 1 late of 2.
    target = next(link for link in links(page) if "muc=overdue" in link and link.startswith(url(paper)))
    assert "1 nơi quá hạn" in words(page)
    listed = words(client.get(target))
    assert "Nơi nhận: quá hạn (Nghị quyết 05-NQ/ĐU) 1" in listed
    assert "Đảng ủy Lữ đoàn 902" in listed
    # The whole cascade holds the regiment too.
    assert "2 nơi đang quá hạn" in words(client.get(url(paper)))


# --- the picture --------------------------------------------------------------------------------------


def test_the_picture_as_of_a_day(region: Region, paper: Directive) -> None:
    client = enter(region, "clerk")
    now = words(client.get(url(paper)))
    assert "2 nơi nhận , 2 nơi đang quá hạn" in now
    assert "Xác nhận đã nhận 1 / 2 0 0 1" in now
    assert "Quán triệt 1 / 2 1 0 1" in now
    assert "Cụ thể hóa 0 / 2 0 0 2" in now
    then = words(client.get(url(paper, "?on=05/11/2021")))
    assert "2 nơi nhận , không nơi nào quá hạn" in then
    assert "Xác nhận đã nhận 1 / 2 0 1 0" in then
    before = words(client.get(url(paper, "?on=01/10/2021")))
    assert "Văn bản ban hành ngày 01/11/2021; vào ngày đang xem chưa gửi cho ai." in before
    for nonsense in (
        "?on=abc",
        "?on=99/99/9999",
        "?on=%00",
        "?nhanh=99999999999999999999&vb=x&viec=y&muc=z&page=-1",
    ):
        assert "2 nơi nhận" in words(client.get(url(paper, nonsense)))


def test_every_number_opens_as_many_records(region: Region, paper: Directive) -> None:
    client = enter(region, "clerk")
    page = client.get(url(paper)).content.decode()
    numbers = re.findall(r'href="(\?[^"]*muc=[^"]*)#danh-sach"[^>]*>(?:<b>)?(\d+)', page)
    assert len(numbers) > 6
    for link, number in numbers:
        listed = client.get(url(paper) + link.replace("&amp;", "&"))
        assert listed.content.decode().count('<tr data-href="/chi-dao/noi-nhan/') == int(number), link


def test_branches_open_level_by_level(region: Region, story: Story) -> None:
    directive = story.issue("region", "region", whole=True)
    client = enter(region, "clerk")
    shown = client.get(url(directive))
    assert "Đảng ủy Sư đoàn 901 3 nơi nhận ở dưới" in words(shown)
    assert "Đảng ủy Trung đoàn 91" not in words(shown).split("Theo đơn vị")[1].split("Chậm lâu nhất")[0]
    branch = url(directive, f"nhanh/{region.bodies['division'].pk}/")
    part = client.get(branch, headers={"HX-Request": "true"})
    assert "Đảng ủy Trung đoàn 91 2 nơi nhận ở dưới" in words(part)
    assert "<html" not in part.content.decode()
    # Without JavaScript the same rows are a page.
    assert "<html" in client.get(branch).content.decode()
    narrow = words(client.get(url(directive, f"?nhanh={region.bodies['division'].pk}")))
    assert "Tình hình thực hiện trong nhánh Đảng ủy Sư đoàn 901" in narrow
    assert "4 nơi nhận" in narrow
    assert client.get(url(directive, "nhanh/99999/")).status_code == 404


def test_what_another_branch_does_stays_unseen(region: Region, story: Story, paper: Directive) -> None:
    shown = words(enter(region, "brigadeclerk").get(url(paper)))
    assert "1 nơi nhận" in shown
    assert "Sư đoàn 901" not in shown
    assert enter(region, "brigadeclerk").get(own(story, paper, "division")).status_code == 404
    assert enter(region, "commander").get(url(paper)).status_code == 404
    assert enter(region, "divisionclerk").get(own(story, paper, "division")).status_code == 200


def test_questions_do_not_grow_with_the_addressees(region: Region, story: Story) -> None:
    few = story.issue("region", "division")
    many = story.issue("region", "region", whole=True, number="06-NQ")
    client = enter(region, "clerk")
    client.get(url(few))

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assert asked(url(few)) == asked(url(many)) <= 14
    one = asked("/chi-dao/?tab=di&q=06")
    assert asked("/chi-dao/?tab=di") == one <= 12


# --- my body --------------------------------------------------------------------------------------------


def test_my_body_goes_from_step_to_step(region: Region, story: Story, paper: Directive) -> None:
    client = enter(region, "brigade")
    assert "Việc của Đảng ủy Lữ đoàn 902" in words(client.get(url(paper)))
    assert client.get(own(story, paper, "brigade", "xac-nhan/")).status_code == 405
    assert client.post(own(story, paper, "brigade", "xac-nhan/")).headers["Location"] == url(paper)
    assert client.post(own(story, paper, "brigade", "xac-nhan/")).status_code == 409
    sent = {
        "on": "30/11/2021",
        "form": "conference",
        "attended": "51",
        "expected": "50",
        "note": "Họp toàn đơn vị",
    }
    wrong = client.post(own(story, paper, "brigade", "quan-triet/"), sent)
    assert wrong.status_code == 422
    assert "Số người dự không thể nhiều hơn số phải dự." in words(wrong)
    file = SimpleUploadedFile("anh.txt", "danh sách".encode(), "text/plain")
    right = client.post(
        own(story, paper, "brigade", "quan-triet/"), sent | {"attended": "48", "evidence": file}
    )
    assert right.status_code == 302
    row = story.at(paper, "brigade")
    assert (row.acknowledged_on, row.studied_on) == (dt.date(2021, 12, 1), dt.date(2021, 11, 30))
    shown = words(client.get(own(story, paper, "brigade")))
    assert "48 trong 50 người dự" in shown
    evidence = row.disseminations.get().evidence_id
    proof = own(story, paper, "brigade", f"minh-chung/{evidence}/")
    assert b"".join(enter(region, "clerk").get(proof).streaming_content) == "danh sách".encode()
    assert enter(region, "divisionclerk").get(proof).status_code == 404
    assert client.get(own(story, paper, "brigade", "minh-chung/987654/")).status_code == 404


def test_not_needed_wants_a_reason(region: Region, story: Story, paper: Directive) -> None:
    client, address = enter(region, "brigade"), own(story, paper, "brigade", "cu-the-hoa/")
    assert client.post(address, {"kind": "not_needed", "on": "30/11/2021", "note": ""}).status_code == 422
    sent = {"kind": "not_needed", "on": "30/11/2021", "note": "Lữ đoàn thực hiện ngay"}
    assert client.post(address, sent).status_code == 302
    assert Elaboration.objects.get().note == "Lữ đoàn thực hiện ngay"
    # The programme is made in the room of work, not claimed here.
    assert client.post(address, sent | {"kind": "programme"}).status_code == 422


def test_whoever_writes_for_a_body_below_is_told_so(region: Region, story: Story, paper: Directive) -> None:
    """What is main on the page of one's own body is not the main thing for the level above."""
    page = own(story, paper, "brigade")
    mine, above = (enter(region, who).get(page) for who in ("brigadeclerk", "clerk"))
    assert "Đồng chí ghi thay" not in words(mine)
    assert 'class="btn btn-primary" type="submit"' in mine.text
    assert "Đồng chí ghi thay" in words(above)
    assert 'class="btn btn-primary" type="submit"' not in above.text
    # Nothing was studied yet, so nothing is added to it.
    assert "Báo cáo quán triệt" in words(mine)
    assert "Ghi thêm lần quán triệt" not in words(mine)


def test_the_issuer_is_my_own_body_until_i_choose_another(region: Region) -> None:
    shown = enter(region, "divisionclerk").get("/chi-dao/moi/").text
    assert f'<option value="{region.bodies["division"].pk}" selected>' in shown


def test_no_way_of_elaborating_is_chosen_for_me(region: Region, story: Story, paper: Directive) -> None:
    client = enter(region, "divisionclerk")
    page = own(story, paper, "division", "cu-the-hoa/")
    assert "checked" not in client.get(page).text
    assert client.post(page, {"on": "01/12/2021", "note": "Đã có"}).status_code == 422
    assert not Elaboration.objects.exists()


def test_others_cannot_act_for_a_body(region: Region, story: Story, paper: Directive) -> None:
    for who, status in (("inspector", 403), ("commander", 404), ("divisionclerk", 404), ("member", 404)):
        assert enter(region, who).post(own(story, paper, "brigade", "xac-nhan/")).status_code == status, who
    assert not story.at(paper, "brigade").acknowledged_on
    # From above the office may write it for them, and it says so.
    assert enter(region, "clerk").post(own(story, paper, "brigade", "xac-nhan/")).status_code == 302
    assert "ghi thay Đảng ủy Lữ đoàn 902" in story.at(paper, "brigade").acknowledger_label


def test_the_next_level_is_issued_from_the_paper_above(
    region: Region, story: Story, paper: Directive
) -> None:
    client = enter(region, "divisionclerk")
    above = story.at(paper, "division").pk
    form = client.get(f"/chi-dao/moi/?cu-the-hoa={above}")
    assert "Cụ thể hóa: Nghị quyết 05-NQ/ĐU" in words(form)
    sent = issue_form(
        region, issuer=region.bodies["division"].pk, number="12-KH/ĐU", **{"cu-the-hoa": str(above)}
    )
    assert client.post("/chi-dao/moi/", sent).status_code == 302
    directive = Directive.objects.get(number="12-KH/ĐU")
    assert (directive.elaborates_id, directive.root_id) == (above, paper.pk)
    assert Elaboration.objects.get().kind == ElaborationKind.DIRECTIVE
    assert "Cấp dưới đã cụ thể hóa" in words(enter(region, "clerk").get(url(paper)))
    assert "Cụ thể hóa văn bản cấp trên" in words(client.get(url(directive)))
    # The regiment may not see what is above its own level.
    assert "Cụ thể hóa văn bản cấp trên" not in words(enter(region, "regiment").get(url(directive)))
    assert client.get("/chi-dao/moi/?cu-the-hoa=999999").status_code == 404
    assert client.get("/chi-dao/moi/?cu-the-hoa=x²").status_code == 200


# --- issuing --------------------------------------------------------------------------------------------


def issue_form(region: Region, **changes: Any) -> dict[str, Any]:
    return {
        "issuer": region.bodies["region"].pk, "kind": "plan", "number": "9-KH/ĐU", "title": "Kế hoạch học tập",
        "issued_on": "30/11/2021", "reach": "direct", "acknowledge_by": "03/12/2021", "study_by": "",
        "elaborate_by": "", **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "bodies"),
    [
        ({"reach": "direct"}, {"command", "division", "brigade"}),
        ({"reach": "all"}, {"command", "division", "regiment", "battalion", "cell", "brigade"}),
        (
            {"reach": "chosen", "subtrees": ["regiment"], "addressees": ["brigade"]},
            {"regiment", "battalion", "cell", "brigade"},
        ),
    ],
)
def test_three_ways_to_choose_who_receives(region: Region, changes: dict[str, Any], bodies: set[str]) -> None:
    numbers = {
        name: [region.bodies[key].pk for key in keys] if isinstance(keys, list) else keys
        for name, keys in changes.items()
    }
    assert enter(region, "clerk").post("/chi-dao/moi/", issue_form(region, **numbers)).status_code == 302
    found = set(Addressee.objects.values_list("organization_id", flat=True))
    assert found == {region.bodies[key].pk for key in bodies}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""}, {"kind": "xyz"}, {"issued_on": "31/02/2021"}, {"issued_on": "30/12/2021"},
        {"issuer": "99999999999999999999"},
        {"reach": "chosen"}, {"acknowledge_by": "01/11/2021"}, {"study_by": "02/12/2021"}, {"number": "9" * 61},
        {"title": "a" * 501},
        {"file": SimpleUploadedFile("x.exe", b"MZ\x00\x01")},
    ],
)  # fmt: skip
def test_a_wrong_form_writes_nothing(region: Region, changes: dict[str, Any]) -> None:
    response = enter(region, "clerk").post("/chi-dao/moi/", issue_form(region, **changes))
    assert response.status_code == 422
    assert "Chưa ghi được, cần sửa các mục sau" in words(response)
    assert not Directive.objects.exists()


def test_pressed_twice_issued_once(region: Region) -> None:
    client = enter(region, "clerk")
    assert client.post("/chi-dao/moi/", issue_form(region)).status_code == 302
    again = client.post("/chi-dao/moi/", issue_form(region))
    assert again.status_code == 409
    assert "đã được ghi rồi" in words(again)
    assert Directive.objects.count() == 1


def test_who_may_not_issue(region: Region, paper: Directive) -> None:
    assert enter(region, "inspector").get("/chi-dao/moi/").status_code == 403
    # Another body's name is not among the choices.
    sent = issue_form(region)
    assert enter(region, "brigadeclerk").post("/chi-dao/moi/", sent).status_code == 422
    for tail in ("sua/", "diem/", "noi-nhan/", "het-hieu-luc/"):
        assert enter(region, "divisionclerk").get(url(paper, tail)).status_code == 403, tail
        assert enter(region, "clerk").get(url(paper, tail)).status_code == 200, tail


def test_points_come_from_the_file_with_their_words(region: Region) -> None:
    client = enter(region, "clerk")
    file = SimpleUploadedFile("ke-hoach.txt", TEXT.encode(), "text/plain")
    response = client.post("/chi-dao/moi/", issue_form(region, file=file))
    directive = Directive.objects.get()
    assert response.headers["Location"] == url(directive, "diem/")
    assert "Điều 1.2. Bí thư cấp ủy dự sinh hoạt" in words(client.get(url(directive, "diem/")))
    sent = {"chosen": ["1"], "number": "3", "statement": "Báo cáo kết quả hằng quý"}
    assert client.post(url(directive, "diem/"), sent).status_code == 302
    points = {point.number: point for point in directive.points.all()}
    assert set(points) == {"Điều 1.2", "3"}
    passage = points["Điều 1.2"].passage
    assert passage is not None
    assert passage.text == "Bí thư cấp ủy dự sinh hoạt với chi bộ yếu mỗi tháng một lần."
    assert points["3"].passage is None
    # Every addressee reads the file, though the issuer's sources are closed to them.
    got = enter(region, "brigadeclerk").get(url(directive, "tep"))
    assert b"".join(got.streaming_content) == TEXT.encode()
    assert enter(region, "brigadeclerk").get(f"/van-ban/{directive.source_id}/").status_code == 404
    # The same file again is the same source.
    file.seek(0)
    client.post("/chi-dao/moi/", issue_form(region, number="10-KH", file=file))
    assert Directive.objects.get(number="10-KH").source_id == directive.source_id
    assert client.post(url(directive, "diem/"), {"number": "3", "statement": "Nói khác"}).status_code == 422
    assert client.post(url(directive, "diem/"), {"chosen": ["77"]}).status_code == 422
    assert client.post(url(directive, "diem/"), {"number": "4"}).status_code == 422


def test_edit_end_and_history(region: Region, paper: Directive) -> None:
    client = enter(region, "clerk")
    sent = {
        "version": paper.version, "number": "05-NQ/ĐU", "title": "Nâng cao chất lượng sinh hoạt chi bộ",
        "summary": "", "acknowledge_by": "05/11/2021", "study_by": "15/12/2021", "elaborate_by": "25/12/2021",
    }  # fmt: skip
    assert client.post(url(paper, "sua/"), sent).status_code == 302
    assert client.post(url(paper, "sua/"), sent).status_code == 409
    assert "Quán triệt 1 / 2 0 1 0" in words(client.get(url(paper)))
    assert client.post(url(paper, "het-hieu-luc/"), {"on": "02/12/2021", "reason": "x"}).status_code == 422
    assert (
        client.post(url(paper, "het-hieu-luc/"), {"on": "01/12/2021", "reason": "Thay bằng 06"}).status_code
        == 302
    )
    assert "hết hiệu lực từ 01/12/2021" in words(client.get(url(paper)))
    assert "Gửi thêm nơi nhận" not in words(client.get(url(paper)))
    told = words(client.get(url(paper, "lich-su/")))
    for expected in ("Ban hành", "2 nơi nhận", "Sửa, gia hạn", "Thay bằng 06", "Hội nghị trực tiếp, 38/40"):
        assert expected in told, expected
    # The brigade does not read there what the division did.
    assert "38/40" not in words(enter(region, "brigadeclerk").get(url(paper, "lich-su/")))


def test_send_to_more(region: Region, paper: Directive) -> None:
    client = enter(region, "clerk")
    sent = {"reach": "chosen", "addressees": [region.bodies["command"].pk, region.bodies["division"].pk]}
    assert client.post(url(paper, "noi-nhan/"), sent).status_code == 302
    assert paper.addressees.count() == 3
    assert client.post(url(paper, "noi-nhan/"), sent).status_code == 409


# --- reminding ------------------------------------------------------------------------------------------


def test_one_press_reminds_all_who_are_late_in_a_branch(region: Region, story: Story) -> None:
    directive = story.issue("region", "region", whole=True)
    client = enter(region, "clerk")
    division = region.bodies["division"].pk
    assert "Nhắc 4 nơi quá hạn" in words(client.get(url(directive, f"?nhanh={division}")))
    response = client.post(url(directive, "nhac/"), {"nhanh": str(division), "note": "Báo cáo trước 16 giờ"})
    assert response.headers["Location"] == url(directive, f"?nhanh={division}")
    reminded = Addressee.objects.filter(reminders=1).values_list("organization__name", flat=True)
    assert set(reminded) == {
        "Đảng ủy Sư đoàn 901", "Đảng ủy Trung đoàn 91", "Đảng bộ Tiểu đoàn 1", "Chi bộ Đại đội 2",
    }  # fmt: skip
    events = Event.objects.filter(action="directives.remind")
    assert events.count() == 4
    assert all(event.payload.facts["note"] == "Báo cáo trước 16 giờ" for event in events)
    # Once a day: the branch is done, the rest is offered, and who was reminded reads how often.
    assert client.post(url(directive, "nhac/"), {"nhanh": str(division)}).status_code == 409
    assert "Nhắc 2 nơi quá hạn" in words(client.get(url(directive)))
    assert "cấp trên đã nhắc 1 lần, gần nhất 01/12/2021" in words(
        enter(region, "regiment").get(url(directive))
    )


def test_the_level_between_reminds_its_own_only(region: Region, story: Story) -> None:
    directive = story.issue("region", "region", whole=True)
    client = enter(region, "divisionclerk")
    assert "Nhắc 3 nơi quá hạn" in words(client.get(url(directive)))
    assert client.post(url(directive, "nhac/")).status_code == 302
    assert not story.at(directive, "division").reminders
    assert story.at(directive, "cell").reminders == 1
    assert enter(region, "inspector").post(url(directive, "nhac/")).status_code == 403
    assert "Nhắc" not in words(enter(region, "inspector").get(url(directive))).split("Theo đơn vị")[0]


def test_nothing_is_offered_for_another_day(region: Region, paper: Directive) -> None:
    client = enter(region, "clerk")
    assert "Nhắc 2 nơi" in words(client.get(url(paper)))
    assert "Nhắc 2 nơi" not in words(client.get(url(paper, "?on=30/11/2021")))


# --- elsewhere ------------------------------------------------------------------------------------------


def test_the_first_page_says_what_waits(region: Region, paper: Directive) -> None:
    shown = words(enter(region, "divisionclerk").get("/"))
    assert "Văn bản chờ đơn vị tôi 1 việc Nâng cao chất lượng sinh hoạt chi bộ" in shown
    assert "cần cụ thể hóa Quá hạn 6 ngày 25/11/2021" in shown
    assert "Văn bản chờ đơn vị tôi" not in words(enter(region, "clerk").get("/"))


def test_my_record_holds_what_i_acknowledged_and_reported(region: Region, paper: Directive) -> None:
    shown = words(enter(region, "divisionclerk").get("/ho-so-cua-toi/"))
    assert "xác nhận đã nhận cho Đảng ủy Sư đoàn 901, ghi là Hồ Thị Văn" in shown
    assert "báo cáo quán triệt của Đảng ủy Sư đoàn 901: 38/40 người" in shown
    assert "38/40" not in words(enter(region, "brigade").get("/ho-so-cua-toi/"))


def test_markup_in_texts_stays_text(region: Region, story: Story) -> None:
    nasty = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    directive = story.issue("region", "division", title=nasty, summary=nasty)
    story.not_needed(directive, "division")
    for address in (
        "/chi-dao/",
        url(directive),
        f"/chi-dao/?q={nasty}",
        own(story, directive, "division"),
        url(directive, "lich-su/"),
    ):
        page = enter(region, "clerk").get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "alert(1)" in enter(region, "clerk").get(url(directive)).content.decode()


def test_a_paper_further_down_is_not_named_by_its_number(
    region: Region, story: Story, paper: Directive
) -> None:
    """The brigade sees the region's paper; what the division made of it is not for the brigade to read."""
    below = story.issue(
        "division", "regiment", by="divisionclerk", number="77-CANARY", issued_on=day("20/11"),
        elaborates=story.at(paper, "division"), acknowledge_by=None, study_by=None, elaborate_by=None,
    )  # fmt: skip
    asked = f"?viec=acknowledge&muc=asked&vb={below.pk}"
    assert enter(region, "brigade").get(url(below)).status_code == 404
    assert "CANARY" not in words(enter(region, "brigade").get(url(paper) + asked))
    assert "77-CANARY" in words(enter(region, "clerk").get(url(paper) + asked))
