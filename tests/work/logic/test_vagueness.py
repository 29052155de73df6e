"""A remedy that nobody could check is refused with a better wording; an honest one passes."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.text import squash
from soi.work.logic.vagueness import TASK, better_wording, is_exhortation, what_lacks

DUE = dt.date(2021, 12, 31)


@pytest.mark.parametrize(
    ("statement", "deliverable"),
    [
        ("Ban hành quy chế phân công nhiệm vụ", "Quy chế được ban hành"),
        ("Tăng cường kiểm tra giờ giấc làm việc", "4 biên bản kiểm tra"),
        ("Tăng cường kiểm tra 12 chi bộ", "Nền nếp sinh hoạt"),
        ("Kiểm tra sổ ghi chép của chi bộ", "Chi bộ ghi đúng mẫu"),
        ("Chủ động liên hệ với huyện xin cấp đất", "Đất được cấp"),
        ("Khắc phục dột mái nhà kho", "Mái kho không dột"),
        ("Thay hệ thống điện nhà ăn", "Nhà ăn có điện an toàn"),
        ("Tiếp tục sửa tường rào phía đông", "Tường rào kín"),
    ],
)
def test_concrete_remedies_pass(statement: str, deliverable: str) -> None:
    assert what_lacks(statement, deliverable, has_post=True, due_on=DUE) is None


@pytest.mark.parametrize(
    "statement",
    [
        "Tăng cường công tác kiểm tra, giám sát",
        "Tăng cường, đẩy mạnh và quan tâm hơn nữa công tác tuyên truyền.",
        "Tiếp tục chú trọng giáo dục chính trị tư tưởng",
        "Nghiêm túc rút kinh nghiệm",
        "TIẾP TỤC NÂNG CAO Ý THỨC TRÁCH NHIỆM",
        "Thường xuyên, kịp thời",
    ],
)
def test_exhortations_are_refused_and_reworded(statement: str) -> None:
    assert is_exhortation(statement)
    lack = what_lacks(statement, "Đơn vị vững mạnh", has_post=True, due_on=DUE)
    assert lack is not None
    assert set(lack.fields) == {"statement"}
    assert better_wording(statement) in lack.sentence


def test_the_better_wording_keeps_the_matter_and_would_pass() -> None:
    wording = better_wording("Tiếp tục tăng cường, đẩy mạnh hơn nữa công tác giáo dục chính trị.")
    assert wording.startswith("Mỗi tháng một lần đánh giá việc giáo dục chính trị;")
    assert what_lacks(wording, "Biên bản hằng tháng", has_post=True, due_on=DUE) is None
    assert "từng đầu việc" in better_wording("Tiếp tục đẩy mạnh")


def test_the_matter_is_cut_where_marks_stand_in_another_place() -> None:
    # The key moves tone marks; cutting must not lose or add a letter.
    statement = squash("Tăng cường  hoà giải, củng cố uỷ ban")
    assert "việc hoà giải, củng cố uỷ ban;" in better_wording(statement)


@pytest.mark.parametrize("deliverable", ["Chất lượng được nâng lên", "Có chuyển biến", "Tốt hơn", "Hiệu quả"])
def test_a_result_that_anybody_may_claim_is_refused(deliverable: str) -> None:
    lack = what_lacks("Kiểm tra 12 chi bộ trực thuộc", deliverable, has_post=True, due_on=DUE)
    assert lack is not None
    assert set(lack.fields) == {"deliverable"}
    assert deliverable in lack.sentence


def test_everything_missing_is_named_at_once() -> None:
    lack = what_lacks(" ", "", has_post=False, due_on=None)
    assert lack is not None
    assert set(lack.fields) == {"statement", "deliverable", "accountable_post", "due_on"}
    for words in ["việc phải làm", "sản phẩm", "chức vụ chịu trách nhiệm", "thời hạn"]:
        assert words in lack.sentence


@pytest.mark.parametrize(("post", "due", "field"), [(False, DUE, "accountable_post"), (True, None, "due_on")])
def test_no_remedy_without_post_or_date(post: bool, due: dt.date | None, field: str) -> None:
    lack = what_lacks("Ban hành quy chế", "Quy chế", has_post=post, due_on=due)
    assert lack is not None
    assert set(lack.fields) == {field}


def test_a_hostile_text_does_not_hang() -> None:
    assert what_lacks("tăng cường, " * 5000 + "!", "x", has_post=True, due_on=DUE) is not None


@pytest.mark.parametrize("product", ["Báo cáo", "báo cáo.", "Biên bản"])
def test_a_bare_product_does_not_save_an_exhortation(product: str) -> None:
    lack = what_lacks("Tăng cường lãnh đạo", product, has_post=True, due_on=dt.date(2022, 1, 1))
    assert lack is not None
    assert "statement" in lack.fields
    named = f"{product.rstrip('.')} kết quả kiểm tra ba tiểu đoàn"
    assert what_lacks("Tăng cường lãnh đạo", named, has_post=True, due_on=dt.date(2022, 1, 1)) is None


@pytest.mark.parametrize("statement", ["Tăng cường tuyên truyền", ""])
def test_a_task_is_called_a_task_and_a_remedy_a_remedy(statement: str) -> None:
    given = (statement, "Nền nếp")
    remedy = what_lacks(*given, has_post=True, due_on=DUE)
    task = what_lacks(*given, has_post=True, due_on=DUE, matter=TASK)
    assert remedy is not None
    assert task is not None
    assert "iện pháp" in remedy.sentence
    words = remedy.sentence.replace("Biện pháp", "Nhiệm vụ").replace("biện pháp", "nhiệm vụ")
    assert task.sentence == words


def test_a_number_to_be_reached_stands_for_words_that_hold_none() -> None:
    given = ("Nâng cao tỷ lệ khá giỏi", "Chất lượng được nâng lên")
    assert what_lacks(*given, has_post=True, due_on=DUE, measured=False) is not None
    assert what_lacks(*given, has_post=True, due_on=DUE, measured=True) is None
    missing = what_lacks("", "", has_post=False, due_on=None, measured=True)
    assert missing is not None, "a number alone is no task"
    assert len(missing.fields) == 4
