import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from soi.forms import wording
from soi.forms.parts import Cause, CauseKind, Participant, Responsible


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (dt.date(2021, 4, 7), "ngày 07 tháng 4 năm 2021"),
        (dt.date(2021, 2, 10), "ngày 10 tháng 02 năm 2021"),
        (dt.date(2021, 1, 31), "ngày 31 tháng 01 năm 2021"),
        (dt.date(2021, 3, 1), "ngày 01 tháng 3 năm 2021"),
        (dt.date(2021, 12, 22), "ngày 22 tháng 12 năm 2021"),
    ],
)
def test_zero_before_small_days_and_the_first_two_months_only(day: dt.date, printed: str) -> None:
    assert wording.long_date(day) == printed


@given(st.text())
def test_whatever_is_typed_fits_into_xml_and_is_nfc(typed: str) -> None:
    cleaned = wording.literal(typed)
    element = etree.Element("t")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element)).text in (cleaned, None)
    assert unicodedata.is_normalized("NFC", cleaned)


def test_text_stays_and_only_the_impossible_goes() -> None:
    decomposed = unicodedata.normalize("NFD", "Đảng ủy\tsố 1")
    assert (
        wording.literal(f"\x00{decomposed}\x0c\ud800{{{{7*7}}}} <w:p> &") == "Đảng ủy\tsố 1\n{{7*7}} <w:p> &"
    )


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\v"])
def test_every_line_end_is_one_newline(end: str) -> None:
    assert wording.literal(f"một{end}hai") == "một\nhai"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("Đã làm", "Đã làm."), ("Đã làm.", "Đã làm."), ("Vì sao?", "Vì sao?"), ("", ""), ("  ", "")],
)
def test_a_sentence_gets_one_stop(typed: str, printed: str) -> None:
    assert wording.sentence(typed) == printed


def test_a_person_is_introduced_by_what_is_known() -> None:
    full = Participant(name="Tạ Hữu Ước", rank="Đại tá", posts=("Bí thư Đảng ủy", "Chính ủy"))
    assert wording.introduced(full, "Đồng chí") == "Đồng chí Đại tá Tạ Hữu Ước, Bí thư Đảng ủy, Chính ủy"
    assert wording.introduced(Participant(name="Tạ Hữu Ước"), "") == "Tạ Hữu Ước"


def test_causes_name_their_kind_when_it_is_known() -> None:
    assert wording.cause_text(Cause(text="ngại va chạm.", kind=CauseKind.OWN)) == "Chủ quan: ngại va chạm"
    assert wording.cause_text(Cause(text="ngại va chạm.")) == "Ngại va chạm"


def test_responsibility_leaves_out_the_side_that_is_empty() -> None:
    assert wording.responsibility_lines(Responsible(individuals=("Bí thư – A", " "))) == (
        "Cá nhân: Bí thư – A",
    )
    assert wording.responsibility_lines(Responsible()) == ()


@pytest.mark.parametrize(("typed", "printed"), [("Hạn chế", "hạn chế"), ("CTĐ yếu", "CTĐ yếu"), ("", "")])
def test_abbreviations_keep_their_capitals(typed: str, printed: str) -> None:
    assert wording.lower_first(typed) == printed
