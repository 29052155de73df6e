"""Thành phần thể thức: pieces that several forms share. Plain values; the caller has asked the database.

Every text is what shall stand on paper, in Vietnamese, in ordinary case: the layout decides about capitals.
An empty text or tuple means "not known or not there"; the form then leaves that piece out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Phần đầu văn bản: who issues, above whom, number and symbol, place and date of the document.

    ``number`` is complete ("05-BB/ĐU", without "Số"). ``place`` is the place name before the date ("Hà Nội").
    """

    issuing_body: str
    superior_body: str = ""
    number: str = ""
    place: str = ""
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Đại biểu: one person with the rank and the posts held **on the day of the conference**."""

    name: str
    rank: str = ""
    posts: tuple[str, ...] = ()
    site: str = ""
    """Điểm cầu where the person sat, if the conference had several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Khối chữ ký: ``collective`` is the body signed for ("Ban Thường vụ"; the layout adds T/M or TM.),
    ``post`` the signer's post or role ("Bí thư", "Chủ trì"), ``name`` with rank where there is one."""

    post: str
    name: str
    collective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """Một phần của báo cáo: its title, without number, and its lines as they shall stand."""

    title: str
    lines: tuple[str, ...] = ()


class CauseKind(Enum):
    """Loại nguyên nhân: the value is the word printed before the cause."""

    EXTERNAL = "khách quan"
    OWN = "chủ quan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Nguyên nhân: ``kind`` None when nobody has said whether it is one's own or from outside."""

    text: str
    kind: CauseKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Trách nhiệm: collectives (names of bodies) and individuals ("Bí thư – Nguyễn Văn A") answerable."""

    collectives: tuple[str, ...] = ()
    individuals: tuple[str, ...] = ()


NOBODY_NAMED = Responsible()
