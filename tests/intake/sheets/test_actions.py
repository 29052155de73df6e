"""Thử rồi ghi: what each row becomes, what the second time does, and what a refusal leaves behind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from soi.intake.sheets import queries, writing
from soi.intake.sheets.actions import discard_sheet, start_writing, take_sheet
from soi.intake.sheets.enums import Fate, SheetState
from soi.intake.sheets.models import Sheet, SheetRow
from soi.org.enums import WorkArea
from soi.work.enums import Origin, Standing
from soi.work.models import Programme, Task
from soi.work.programmes import add_programme
from soi.work.tasks import assign_task, cancel_task, edit_task
from tests.factories import Region
from tests.intake.sheets.books import DUE, row, workbook


def tried(region: Region, rows: list[dict[str, Any]], username: str = "divisionclerk", **more: Any) -> Sheet:
    known: dict[str, Any] = {
        "organization": region.bodies["division"],
        "title": "Chương trình 2021",
        "period": "2021",
    }
    return take_sheet(
        actor=region.actor(username),
        data=workbook(rows),
        filename="Chương trình.xlsx",
        now=region.now,
        **(known | more),
    )


def written(region: Region, rows: list[dict[str, Any]], **more: Any) -> Sheet:
    sheet, actor = tried(region, rows, **more), region.actor("divisionclerk")
    sheet = start_writing(actor=actor, sheet=sheet, leave_out_errors=True, now=region.now)
    while sheet.state == SheetState.WRITING:
        sheet = writing.write_some(actor=actor, sheet=sheet, now=region.now)
    return sheet


def fates(sheet: Sheet) -> list[Fate]:
    return [Fate(one.fate) for one in sheet.rows.order_by("number")]


def only_row(sheet: Sheet) -> SheetRow:
    return sheet.rows.get()


def test_every_cell_of_a_row_reaches_the_task(region: Region) -> None:
    written(
        region,
        [
            row(
                phoi_hop="Đảng bộ Tiểu đoàn 1; Chi bộ Đại đội 2", bat_dau="15/11/2021", chi_tieu="12", trong_so=4,
                don_vi_tinh="đại đội",
            )
        ],
    )  # fmt: skip
    task = Task.objects.get()
    assert task.code == "CT-01"
    assert task.statement == "Kiểm tra việc bảo quản vũ khí ở 100% đại đội"
    assert (task.organization, task.accountable_post) == (region.bodies["regiment"], region.posts["regiment"])
    assert task.assigned_by == region.bodies["division"]
    assert (task.start_on, task.due_on) == (dt.date(2021, 11, 15), DUE)
    assert (task.target, task.unit, task.weight) == (12, "đại đội", 4)
    assert (task.area, task.origin) == (WorkArea.DEFENCE, Origin.PROGRAMME)
    assert {one.organization for one in task.contributors.all()} == {
        region.bodies["battalion"],
        region.bodies["cell"],
    }
    assert Event.objects.filter(action="work.assign", subject_id=task.pk).exists()
    assert task.programme == Programme.objects.get(title="Chương trình 2021", period="2021")


def test_nothing_is_written_by_the_trial(region: Region) -> None:
    sheet = tried(region, [row()])
    assert fates(sheet) == [Fate.NEW]
    assert not Task.objects.exists()
    assert not Programme.objects.exists()


def test_the_same_file_twice_changes_nothing_with_and_without_codes(region: Region) -> None:
    rows = [
        row(),
        row(ma=None, nhiem_vu="Kiểm tra sổ trực của 3 tiểu đoàn"),
        row(ma=None, chuc_vu="Bí thư Đảng ủy Sư đoàn", don_vi=None),
    ]
    written(region, rows)
    before = list(Task.objects.order_by("pk").values())
    again = tried(region, rows)
    assert fates(again) == [Fate.SAME] * 3
    with pytest.raises(Conflict, match="không có gì để ghi"):
        start_writing(actor=region.actor("divisionclerk"), sheet=again, leave_out_errors=True, now=region.now)
    assert list(Task.objects.order_by("pk").values()) == before
    assert all(task["code"] for task in before)


def test_spelling_without_marks_is_the_same_line(region: Region) -> None:
    """Only the words count for the key; marks that were added are a change of this very task."""
    written(region, [row(ma=None, nhiem_vu="Kiem tra kho vu khi cua 3 tieu doan")])
    sheet = tried(region, [row(ma=None, nhiem_vu="Kiểm tra kho vũ khí của 3 tiểu đoàn")])
    assert (fates(sheet), only_row(sheet).changed) == ([Fate.CHANGED], ["statement"])


def test_a_line_without_code_finds_the_task_given_by_hand(region: Region) -> None:
    plan = add_programme(
        actor=region.actor("divisionclerk"), organization=region.bodies["division"], title="CT", period="2021",
        now=region.now,
    )  # fmt: skip
    by_hand = assign_task(
        actor=region.actor("divisionclerk"), assigned_by=region.bodies["division"],
        accountable_post=region.posts["regiment"], statement=row()["Nhiệm vụ"], deliverable=row()["Sản phẩm/kết quả"],
        due_on=DUE, area=WorkArea.DEFENCE, programme=plan, now=region.now,
    )  # fmt: skip
    sheet = tried(region, [row(ma=None)], programme=plan)
    assert (fates(sheet), only_row(sheet).task) == ([Fate.SAME], by_hand)


def test_changes_go_through_the_verbs_of_work(region: Region) -> None:
    written(region, [row()])
    sheet = written(
        region,
        [
            row(
                nhiem_vu="Kiểm tra việc bảo quản vũ khí ở 12 đại đội", thoi_han="20/12/2021", bat_dau="02/12/2021",
                chuc_vu="Bí thư Đảng ủy Sư đoàn", don_vi="Sư đoàn 901", phoi_hop="Chi bộ Đại đội 2",
            )
        ],
    )  # fmt: skip
    assert only_row(sheet).written
    task = Task.objects.get()
    assert task.statement.endswith("12 đại đội")
    assert (task.start_on, task.due_on) == (dt.date(2021, 12, 2), dt.date(2021, 12, 20))
    assert (task.accountable_post, task.organization) == (region.posts["division"], region.bodies["division"])
    assert [one.organization for one in task.contributors.all()] == [region.bodies["cell"]]
    done = set(Event.objects.filter(subject_type="work.task").values_list("action", flat=True))
    assert done == {"work.assign", "work.edit", "work.change_due", "work.hand_over"}


def test_an_empty_cell_leaves_what_is_there(region: Region) -> None:
    written(region, [row(chi_tieu=12, don_vi_tinh="đại đội", trong_so=4, phoi_hop="Chi bộ Đại đội 2")])
    assert fates(tried(region, [row()])) == [Fate.SAME]


def test_start_and_due_move_together_in_either_direction(region: Region) -> None:
    written(region, [row(bat_dau="02/12/2021", thoi_han="05/12/2021")])
    for start, due in (("10/12/2021", "20/12/2021"), ("01/12/2021", "03/12/2021")):
        sheet = written(region, [row(bat_dau=start, thoi_han=due)])
        assert only_row(sheet).written, only_row(sheet).mistakes
        assert f"{Task.objects.get().due_on:%d/%m/%Y}" == due


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"nhiem_vu": "Tăng cường công tác giáo dục", "san_pham": "Báo cáo"}, "statement", "mới nêu chủ trương"),
        ({"san_pham": "Có chuyển biến"}, "deliverable", "không kiểm tra được"),
        ({"san_pham": None}, "deliverable", "còn trống"),
        ({"linh_vuc": None}, "area", "còn trống"),
        ({"linh_vuc": "Thể thao"}, "area", "Không có lĩnh vực"),
        ({"thoi_han": None}, "due", "còn trống"),
        ({"bat_dau": "01/01/2022"}, "due", "trước ngày bắt đầu"),
        ({"chi_tieu": 5}, "unit", "phải ghi đơn vị tính"),
        ({"don_vi_tinh": "buổi"}, "target", "phải ghi chỉ tiêu"),
        ({"trong_so": 11}, "weight", "từ 1 đến 10"),
        ({"ma": "M" * 41}, "code", "nhiều nhất 40"),
        ({"phoi_hop": "Đảng ủy Trung đoàn 91"}, "contributors", "đã chịu trách nhiệm chính"),
        ({"phoi_hop": "Chi bộ Đại đội 2; Ban Nào Đó"}, "contributors", "Ban Nào Đó"),
        ({"chuc_vu": "Bí thư Đảng ủy Lữ đoàn", "don_vi": "Đảng ủy Lữ đoàn 902"}, "body", "Không tìm thấy đơn vị"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_column(
    region: Region, changes: dict[str, Any], column: str, said: str
) -> None:
    sheet = tried(region, [row(**changes)])
    found = only_row(sheet)
    assert found.fate == Fate.ERROR
    assert said in found.mistakes[column], found.mistakes


def test_whoever_sees_a_body_without_keeping_its_records_gives_it_nothing(region: Region) -> None:
    sheet = tried(region, [row(chuc_vu="Bí thư Đảng ủy Quân khu", don_vi="Đảng ủy Quân khu Thử Nghiệm")])
    assert "không lập hồ sơ" in only_row(sheet).mistakes["body"]


def test_tasks_are_not_given_upwards(region: Region) -> None:
    sheet = tried(
        region,
        [row(chuc_vu="Bí thư Đảng ủy Sư đoàn", don_vi="Đảng ủy Sư đoàn 901")],
        organization=region.bodies["regiment"],
    )
    assert "Cấp dưới không giao việc cho cấp trên" in only_row(sheet).mistakes["post"]


def test_percent_in_one_cell_is_target_and_unit(region: Region) -> None:
    written(region, [row(chi_tieu="95%")])
    assert (Task.objects.get().target, Task.objects.get().unit) == (95, "%")


def test_twice_in_one_sheet(region: Region) -> None:
    sheet = tried(region, [row(), row(), row(ma=None), row(ma=None)])
    assert fates(sheet) == [Fate.NEW, Fate.ERROR, Fate.NEW, Fate.ERROR]
    sentences = [one.mistakes.get("code", "") for one in sheet.rows.order_by("number")]
    assert "đã dùng ở dòng 2" in sentences[1]
    assert "Trùng với dòng 4" in sentences[3]


def test_a_code_of_another_programme_is_not_taken_over(region: Region) -> None:
    written(region, [row()], title="Chương trình 2020", period="2020")
    for title in ("Chương trình 2021", "Chương trình 2021 bổ sung"):
        sheet = tried(region, [row()], title=title)
        assert "của «Chương trình 2020»" in only_row(sheet).mistakes["code"]
        assert "2021-CT-01" in only_row(sheet).mistakes["code"]


def test_a_task_that_ended_stays_as_it_is(region: Region) -> None:
    written(region, [row()])
    cancel_task(
        actor=region.actor("divisionclerk"), task=Task.objects.get(), reason="Không cần nữa", now=region.now
    )
    assert fates(tried(region, [row()])) == [Fate.SAME]
    changed = only_row(tried(region, [row(thoi_han="30/12/2021")]))
    assert "đã hủy" in changed.mistakes["due"]
    assert Task.objects.get().standing == Standing.CANCELLED


def test_old_dates_come_in_but_are_pointed_out(region: Region) -> None:
    sheet = written(region, [row(thoi_han="30/06/2021")])
    assert only_row(sheet).past
    assert Task.objects.get().is_overdue(dt.date(2021, 12, 1))
    # A date is not moved into the past.
    assert "đã qua" in only_row(tried(region, [row(thoi_han="29/06/2021")])).mistakes["due"]


def test_what_disappeared_is_told_and_stays(region: Region) -> None:
    written(region, [row(), row(ma="CT-02"), row(ma="CT-03")])
    # A row with a mistake is still there.
    sheet = tried(region, [row(), row(ma="CT-02", thoi_han="hỏng")])
    assert [task.code for task in queries.gone(region.actor("divisionclerk"), sheet)] == ["CT-03"]


def test_a_row_refused_while_writing_keeps_its_sentence_and_the_others_go_on(region: Region) -> None:
    written(region, [row(), row(ma="CT-02")])
    sheet = tried(region, [row(thoi_han="30/12/2021"), row(ma="CT-02", thoi_han="30/12/2021")])
    actor = region.actor("divisionclerk")
    # Between the trial and the writing somebody cancels one of the two.
    cancel_task(actor=actor, task=Task.objects.get(code="CT-01"), reason="Không cần nữa", now=region.now)
    start_writing(actor=actor, sheet=sheet, leave_out_errors=False, now=region.now)
    done = writing.write_some(actor=actor, sheet=sheet, now=region.now)
    assert (done.state, done.written, done.wrong) == (SheetState.DONE, 1, 1)
    assert fates(sheet) == [Fate.ERROR, Fate.CHANGED]
    assert Task.objects.get(code="CT-02").due_on == dt.date(2021, 12, 30)
    assert Task.objects.get(code="CT-01").due_on == DUE


def test_what_somebody_already_wrote_is_not_written_again(region: Region) -> None:
    first, second = tried(region, [row()]), tried(region, [row()])
    actor = region.actor("divisionclerk")
    for sheet in (first, second):
        start_writing(actor=actor, sheet=sheet, leave_out_errors=False, now=region.now)
        writing.write_some(actor=actor, sheet=sheet, now=region.now)
    assert Task.objects.count() == 1
    assert Programme.objects.count() == 1
    assert fates(second) == [Fate.SAME]


def test_edited_on_the_page_shows_as_a_change_back(region: Region) -> None:
    written(region, [row(ma=None)])
    task = Task.objects.get()
    edit_task(
        actor=region.actor("divisionclerk"), task=task, expected_version=task.version, now=region.now,
        statement="Kiểm tra việc bảo quản vũ khí ở 9 đại đội", deliverable=task.deliverable, area=task.area,
        weight=task.weight, target=None, unit="",
    )  # fmt: skip
    sheet = tried(region, [row(ma=None)])
    assert (fates(sheet), only_row(sheet).task) == ([Fate.CHANGED], task)


def test_only_who_keeps_the_records(region: Region) -> None:
    with pytest.raises(NotAllowed):
        tried(region, [row()], username="inspector")
    with pytest.raises(NotFound):
        tried(region, [row()], username="brigadeclerk")
    sheet = tried(region, [row()])
    for act in (discard_sheet, lambda **kw: start_writing(leave_out_errors=True, **kw), writing.write_some):
        with pytest.raises(NotFound):
            act(actor=region.actor("brigadeclerk"), sheet=sheet, now=region.now)
    assert tried(region, [row()], username="clerk").organization == region.bodies["division"]


def test_a_sheet_is_written_or_discarded_once(region: Region) -> None:
    actor = region.actor("divisionclerk")
    done, gone = written(region, [row()]), tried(region, [row(ma="CT-02")])
    discard_sheet(actor=actor, sheet=gone, now=region.now)
    for sheet in (done, gone):
        with pytest.raises(Conflict):
            start_writing(actor=actor, sheet=sheet, leave_out_errors=True, now=region.now)
        with pytest.raises(Conflict):
            discard_sheet(actor=actor, sheet=sheet, now=region.now)
    assert writing.write_some(actor=actor, sheet=gone, now=region.now).state == SheetState.DISCARDED
    assert not Task.objects.filter(code="CT-02").exists()


def test_the_example_and_empty_rows_are_left_out(region: Region) -> None:
    sheet = tried(region, [row(ma="VÍ DỤ"), {}, row(ma="  "), row(ma="ví dụ 2")])
    assert [one.number for one in sheet.rows.all()] == [4]
    with pytest.raises(Invalid, match="chưa có dòng nhiệm vụ nào"):
        tried(region, [row(ma="VÍ DỤ")])


def test_a_title_of_a_group_is_no_task(region: Region) -> None:
    sheet = tried(region, [{"Mã": "I", "Nhiệm vụ": "CÔNG TÁC XÂY DỰNG ĐẢNG"}, row()])
    assert fates(sheet) == [Fate.ERROR, Fate.NEW]
    assert "tên một nhóm việc" in sheet.rows.get(number=2).mistakes["statement"]


@pytest.mark.parametrize(
    "column", ["linh_vuc", "chuc_vu", "don_vi", "phoi_hop", "bat_dau", "thoi_han", "trong_so"]
)
def test_a_cell_as_long_as_excel_allows_is_told_and_nothing_breaks(region: Region, column: str) -> None:
    sheet = tried(region, [row(**{column: "dài " * 8000}), row(ma="CT-02")])
    assert sorted(fates(sheet)) == [Fate.ERROR, Fate.NEW]


def test_the_trial_says_that_nobody_gives_himself_more_time(region: Region) -> None:
    """The clerk's own task: another date or post is refused by the trial already, other columns are not."""
    own = {"chuc_vu": "Trợ lý văn phòng Sư đoàn", "don_vi": "Sư đoàn 901"}
    written(region, [row(**own)])
    for changed in ({"thoi_han": "20/12/2021"}, {"chuc_vu": "Bí thư Đảng ủy Sư đoàn"}):
        assert fates(tried(region, [row(**{**own, **changed})])) == [Fate.ERROR]
    assert fates(tried(region, [row(**own, trong_so=7)])) == [Fate.CHANGED]
    assert fates(tried(region, [row(**own, thoi_han="20/12/2021")], "clerk")) == [Fate.CHANGED]
