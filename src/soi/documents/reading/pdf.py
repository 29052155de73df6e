"""PDF có chữ: the text layer, page by page. Nothing is drawn, no script runs."""

from __future__ import annotations

import re

import pypdfium2
from pypdfium2 import raw as pdfium

from soi.base.errors import Invalid
from soi.documents.reading.limits import Limits
from soi.documents.reading.tidy import refuse_too_long

_DAMAGED = "Tệp PDF bị hỏng, không mở được. Hãy xuất lại tệp từ bản gốc rồi tải lên lại."
_LOCKED = "Tệp PDF có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
_NO_TEXT = (
    "Tệp PDF này là bản chụp, không có lớp chữ để đọc. "
    "Hãy tải lên bản Word (.docx), hoặc nhận dạng chữ (OCR) rồi tải lên lại."
)

_LIST_MARK = re.compile(r"\s*(?:[-–+*•]|\(?(?:\d+|[a-zđ]|[IVXLC]+)[.)/])")
_SENTENCE_END = (".", ":", ";", "!", "?", "…", "./.")


def read_pdf(data: bytes, limits: Limits) -> tuple[str, int, tuple[str, ...]]:
    """Đọc PDF: text, number of pages, warnings. Raises ``Invalid`` (password, scan, too long, damaged)."""
    document = _open(data)
    count = len(document)
    if count > limits.pages:
        raise Invalid(f"Tệp PDF có {count} trang; Soi đọc nhiều nhất {limits.pages} trang. Hãy tách tệp.")
    pages: list[str] = []
    for index in range(count):
        pages.append(join_wrapped_lines(_page_text(document, index)))
        refuse_too_long(sum(map(len, pages)), limits)
    empty = [number for number, text in enumerate(pages, start=1) if not text.strip()]
    if len(empty) == count:
        raise Invalid(_NO_TEXT)
    return "\n".join(pages), count, _empty_warning(empty)


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        raise Invalid(_LOCKED if locked else _DAMAGED) from None


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """The words inside the page's box; empty for a page that cannot be loaded."""
    try:
        page = document[index]
        text: str = page.get_textpage().get_text_bounded()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    # U+FFFE is what the library gives for a hyphen at the end of a line.
    return text.replace("\r\n", "\n").replace("\ufffe", "-")


def _empty_warning(empty: list[int]) -> tuple[str, ...]:
    if not empty:
        return ()
    shown = ", ".join(map(str, empty[:10])) + ("…" if len(empty) > 10 else "")
    return (f"{len(empty)} trang không có chữ (trang {shown}): có thể là bản chụp, chưa được đọc.",)


def join_wrapped_lines(text: str) -> str:
    """Nối dòng bị ngắt: a PDF knows printed lines only; lines that go on in the next become one paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    full = 0.75 * max(map(len, lines))
    joined: list[str] = []
    previous = ""
    for line in lines:
        if joined and _goes_on(previous, line, full):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
        previous = line
    return "\n".join(joined)


def _goes_on(line: str, following: str, full: float) -> bool:
    if not line or not following or line.endswith(_SENTENCE_END) or _LIST_MARK.match(following):
        return False
    return following[0].islower() or len(line) >= full
