"""Vietnamese text: the order of the dictionary, equal words equal, whatever way they were typed."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soi.base.text import (
    SORT_KEY_LENGTH,
    cut,
    exact_key,
    fold,
    foreign_letters,
    has_marks,
    nfc,
    person_sort_key,
    search_terms,
    sort_key,
    squash,
)

# Written down by hand in the order of a dictionary (letters, then tones, syllable by syllable).
DICTIONARY = """
a|à|ả|ã|á|ạ|an|an bình|an cư|an ninh|àn|án|anh|ao|ăn|ắn|ân|ấn|ba|ba ba|ba lô|bà|bà con|bả|bã|bá|bạ|bách|bãi
ban|ban thường vụ|bàn|bản|băng|biên bản|cán bộ|chi bộ|chi đội|chỉ thị|Chí Linh|da|dân vận|đa|đà|đá|Đảng bộ
đảng ủy|đoàn|e|ê|hòa|hóa|học|ma|ma túy|mà|mả|mã|má|mạ|o|ô|ơ|tuân thủ|tuần chay|tuần tra|u|ư|xã|y|ỹ|ý
"""
ENTRIES = [entry for entry in DICTIONARY.replace("\n", "|").split("|") if entry]

PEOPLE = [
    "Lê Văn An",
    "Nguyễn Thị An",
    "Trần Anh",
    "Đỗ Văn Ân",
    "Hồ Thị Bình",
    "Phạm Bình",
    "Đặng Dũng",
    "Lý Đan",
    "Bùi Đào",
    "Trần Hòa",
    "Trần Hoà Hòa",
    "Lê Hóa",
    "Cao Ý",
]

TYPED_TWICE = [
    ("uỷ ban", "ủy ban"),
    ("hoà bình", "hòa bình"),
    ("toà án", "tòa án"),
    ("sức khoẻ", "sức khỏe"),
    ("thuỵ", "thụy"),
    ("Đảng Uỷ", "ĐẢNG ỦY"),
    ("\u00d0ảng ủy", "Đảng ủy"),
    ("ban\u200b thường\u00a0vụ", "ban thường vụ"),
    ("\ufeffchi bộ\u200e", "chi bộ"),
    ("chi  \t bộ\n", "chi bộ"),
]

letters = st.text(
    alphabet="aăâbcdđeêghiklmnoôơuưyqxAĐÊÔƯ àảãáạầấệộợữỳýỵ0123456789-.\u0301\u0323", max_size=25
)
anything = st.one_of(letters, st.text(max_size=25))


def test_lists_stand_in_the_order_of_the_dictionary() -> None:
    shuffled = random.Random(1945).sample(ENTRIES, len(ENTRIES))  # noqa: S311 (no secret)
    assert sorted(shuffled, key=sort_key) == ENTRIES
    assert len(ENTRIES) >= 60


def test_people_stand_by_given_name_with_its_tone_then_family_name() -> None:
    shuffled = random.Random(1946).sample(PEOPLE, len(PEOPLE))  # noqa: S311 (no secret)
    assert sorted(shuffled, key=person_sort_key) == PEOPLE


def test_units_stand_by_number_not_by_digit() -> None:
    units = ["Đại đội 1", "Đại đội 2", "Đại đội 10", "Đại đội 10A", "Đại đội 91", "Đại đội 901"]
    assert sorted(random.Random(2).sample(units, len(units)), key=sort_key) == units  # noqa: S311 (no secret)
    assert sort_key("Tổ 007") == sort_key("Tổ 7")


@pytest.mark.parametrize(("one", "other"), TYPED_TWICE)
def test_equal_words_are_equal(one: str, other: str) -> None:
    for typed in (one, unicodedata.normalize("NFD", one)):
        assert exact_key(typed) == exact_key(other)
        assert fold(typed) == fold(other)
        assert sort_key(typed) == sort_key(other)


@pytest.mark.parametrize(
    "word", ["quý", "quỳ", "quả", "hoặc", "huệ", "huyện", "khuỷu", "ngoại", "của", "mùa", "quá"]
)
def test_marks_that_have_one_place_stay(word: str) -> None:
    assert exact_key(word) == word


def test_marks_count_where_they_should() -> None:
    assert exact_key("hòa") != exact_key("hóa")
    assert fold("hòa") == fold("Hóa") == "hoa"
    assert exact_key("da") != exact_key("đa")
    assert fold("Đảng ủy Quân khu") == "dang uy quan khu"
    assert has_marks("đang")
    assert not has_marks("Dang uy")


def test_what_cannot_be_stored_or_seen_is_taken_out() -> None:
    assert nfc("a\x00b\x1fc\u202ed\ud800e") == "abcde"
    assert nfc(" dòng một\r\n\tdòng hai ") == "dòng một\r\n\tdòng hai"
    assert nfc("a\u200b\u0301") == "á"


def test_letters_that_only_look_like_ours_are_found() -> None:
    assert foreign_letters("Нguyễn Văn Аn") == "НА"
    assert foreign_letters("Đảng ủy Ð Quân khu 1 (mới)") == ""


def test_search_words_are_few_and_short() -> None:
    assert search_terms("  Lê   Văn ") == ["Lê", "Văn"]
    assert search_terms("") == []
    assert len(search_terms("a " * 50)) == 8
    assert max(map(len, search_terms("x" * 500))) == 60


@given(anything)
def test_keys_do_not_depend_on_the_way_of_typing(text: str) -> None:
    for key in (nfc, squash, exact_key, fold, sort_key, person_sort_key):
        assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))


@given(anything)
def test_making_a_key_twice_changes_nothing(text: str) -> None:
    for key in (nfc, squash, exact_key, fold):
        assert key(key(text)) == key(text)
    assert unicodedata.is_normalized("NFC", nfc(text))


@given(anything)
def test_sort_keys_read_alike_in_every_collation(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdef")
    assert len(sort_key(text * 40)) <= SORT_KEY_LENGTH


@given(letters, letters)
def test_equal_sort_keys_mean_equal_words(one: str, other: str) -> None:
    if sort_key(one) == sort_key(other):
        assert fold(one).translate(_NO_ZEROS) == fold(other).translate(_NO_ZEROS)
    if exact_key(one) == exact_key(other):
        assert sort_key(one) == sort_key(other)


_NO_ZEROS = str.maketrans("", "", "0")


@given(letters, letters)
def test_a_longer_name_never_stands_before_its_beginning(start: str, rest: str) -> None:
    assert sort_key(start) <= sort_key(f"{start} {rest}")


def test_a_hundred_thousand_keys_take_little_time() -> None:
    dice = random.Random(1975)  # noqa: S311 (no secret)
    words = [
        f"{a}{b}" for a in ("", "ng", "tr", "đ", "qu", "h") for b in ("uyễn", "ầm", "ức", "oà", "ăng", "ế")
    ]
    names = [" ".join(dice.choices(words, k=3)) for _ in range(100_000)]
    started = time.process_time()
    keys = {person_sort_key(name) for name in names}
    assert time.process_time() - started < 6  # about 0.5 s on one slow core
    assert len(keys) > 10_000


def test_a_long_name_is_cut_between_two_words() -> None:
    assert cut("Rà soát quân số", 15) == "Rà soát quân số"
    assert cut("Rà soát quân số", 14) == "Rà soát quân…"
    assert cut("Rà soát, quân số", 12) == "Rà soát…"
    assert cut("Ràsoátquânsố", 5) == "Ràso…"
    long = "Lập bảng phân công nhiệm vụ của từng cấp ủy viên, mỗi việc một người chịu trách nhiệm"
    assert cut(long).endswith("chịu…")
    assert len(cut(long)) <= 80
