"""Loại tệp: found from the bytes, not from the name. The name only tells web pages from plain text."""

from __future__ import annotations

import re
from enum import Enum

from soi.base.errors import Invalid

READABLE = "Soi đọc được tệp .txt, .html, .docx và .pdf có chữ."
READABLE_SHEETS = "Soi đọc được bảng tính .xlsx và .ods."


class Kind(Enum):
    """Loại tệp đọc được; the value is the media type."""

    TEXT = "text/plain"
    HTML = "text/html"
    # Any zip archive so far: the package itself says whether it is a Word file.
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_OTHER_MARKUP = re.compile(rb"\s*<(?:\?xml|svg|!doctype)\b", re.IGNORECASE)


def sniff(data: bytes, suffix: str) -> Kind:
    """Nhận loại tệp. ``suffix`` is the ending of the name (".html"). Raises ``Invalid`` for other kinds."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.DOCX
    # Scanners and mail gateways put a few bytes before the mark.
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    _refuse_known_others(data)
    head = data[:4096].replace(b"\x00", b"")  # UTF-16 pages look alike without their zero bytes
    if _WEB_PAGE.search(head):
        return Kind.HTML
    if _OTHER_MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Invalid(f"Tệp này là dữ liệu XML, không phải văn bản. {READABLE}")
    return Kind.HTML if suffix in {".html", ".htm", ".xhtml"} else Kind.TEXT


def sniff_sheet(data: bytes) -> None:
    """Bảng tính: raises ``Invalid`` for what is not even an archive; the package says the rest."""
    if data.startswith(b"PK\x03\x04"):
        return
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise Invalid("Bảng tính có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")
    if data.startswith(_OLE):
        raise Invalid("Bảng tính .xls kiểu cũ chưa đọc được. Hãy mở bằng Excel rồi lưu lại thành .xlsx.")
    raise Invalid(f"Tệp này không phải bảng tính. {READABLE_SHEETS}")


def _refuse_known_others(data: bytes) -> None:
    if data.startswith(_OLE):
        raise Invalid(_ole_sentence(data))
    if data.startswith(b"{\\rtf"):
        raise Invalid("Tệp .rtf chưa đọc được. Hãy mở bằng Word rồi lưu lại thành .docx.")
    if data.startswith(_PICTURES):
        raise Invalid(f"Tệp này là ảnh, không có chữ để đọc. {READABLE}")


def _ole_sentence(data: bytes) -> str:
    """The container of Office 97–2003 also wraps newer files that have a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "Tệp có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
    if holds("WordDocument"):
        return "Tệp .doc kiểu cũ chưa đọc được. Hãy mở bằng Word rồi lưu lại thành .docx."
    return f"Tệp kiểu Office cũ (.doc, .xls, .ppt) chưa đọc được. Hãy lưu lại thành .docx. {READABLE}"
