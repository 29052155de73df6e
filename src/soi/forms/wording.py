"""Câu chữ trong văn bản: dates, counts, names and sentences as they are printed; text made safe for XML."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from soi.base.text import nfc, squash
from soi.forms.parts import Cause, Participant, Responsible

# What XML 1.0 cannot hold at all: control characters, lone surrogates, two non-characters.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ENDS_A_SENTENCE = (".", "!", "?", "…", ":", ";")


def literal(text: str) -> str:
    """Nguyên văn: the user's text, NFC, without what XML cannot hold; any line end is a newline."""
    return nfc(_NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """``literal`` on a single line."""
    return squash(literal(text))


def sentence(text: str) -> str:
    """Câu: the text with a full stop unless it already ends like a sentence; empty stays empty."""
    text = literal(text)
    return text if not text or text.endswith(_ENDS_A_SENTENCE) else f"{text}."


def phrase(text: str) -> str:
    """Vế câu: the text without its final stop, to stand inside a sentence of the form."""
    return literal(text).rstrip(" .;,:")


def upper_first(text: str) -> str:
    """Viết hoa chữ đầu: first letter capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Viết thường chữ đầu, except where the second letter is a capital too (an abbreviation)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def long_date(day: dt.date) -> str:
    """Ngày dài, "ngày 07 tháng 4 năm 2021": a zero before days under 10 and months 1, 2 (HD 05, NĐ 30)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: dt.date) -> str:
    """Ngày ngắn: "07/04/2021"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def clock(time: dt.time) -> str:
    """Giờ: "08 giờ 00 phút"."""
    return f"{time.hour:02d} giờ {time.minute:02d} phút"


def count(number: int) -> str:
    """Số đếm: a zero before numbers under 10, as Party documents write them."""
    return f"{number:02d}"


def ranked_name(person: Participant) -> str:
    """Cấp bậc và tên: "Đại tá Nguyễn Văn A"."""
    return " ".join(part for part in (one_line(person.rank), one_line(person.name)) if part)


def post_list(posts: Iterable[str]) -> str:
    """Chức vụ: the posts, separated by commas."""
    return ", ".join(post for post in map(one_line, posts) if post)


def introduced(person: Participant, honorific: str) -> str:
    """Giới thiệu: "Đồng chí Đại tá Nguyễn Văn A, Bí thư Đảng ủy"."""
    name = " ".join(part for part in (honorific, ranked_name(person)) if part)
    return ", ".join(part for part in (name, post_list(person.posts)) if part)


def cause_text(cause: Cause) -> str:
    """Nguyên nhân: "Chủ quan: …", or the bare cause when its kind is not known."""
    if cause.kind is None:
        return upper_first(phrase(cause.text))
    return f"{upper_first(cause.kind.value)}: {phrase(cause.text)}"


def responsibility_lines(responsible: Responsible) -> tuple[str, ...]:
    """Trách nhiệm: "Tập thể: …", "Cá nhân: …"; only those that there are."""
    groups = (("Tập thể", responsible.collectives), ("Cá nhân", responsible.individuals))
    named = ((title, [n for n in map(one_line, names) if n]) for title, names in groups)
    return tuple(f"{title}: {'; '.join(names)}" for title, names in named if names)
