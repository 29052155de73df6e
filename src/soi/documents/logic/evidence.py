"""Minh chứng: which files may be kept as proof, judged by their bytes, never by their name alone.

Nothing here is opened or unpacked: proof is kept and handed back as it came.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from soi.base.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
ACCEPTED = "Minh chứng nhận tệp .pdf, .docx, .xlsx, .png, .jpg và .txt, mỗi tệp không quá 20 MB."
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIPPED = {".docx": f"{_OFFICE}.wordprocessingml.document", ".xlsx": f"{_OFFICE}.spreadsheetml.sheet"}
_MARKS = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
}


def evidence_type(data: bytes, name: str) -> str:
    """Loại tệp minh chứng (media type). ``Invalid`` for other files, and where name and bytes disagree."""
    if not data:
        raise Invalid("Tệp rỗng. Hãy kiểm tra lại tệp rồi tải lên lại.")
    if len(data) > MOST_BYTES:
        raise Invalid(f"Tệp quá lớn. {ACCEPTED}")
    ending = PurePosixPath(name).suffix.lower()
    media_type = _by_marks(data, ending) if ending != ".txt" else _plain_text(data)
    if not media_type:
        raise Invalid(f"Không nhận được tệp {name}: loại tệp không phù hợp, hoặc đuôi tệp sai. {ACCEPTED}")
    return media_type


def _by_marks(data: bytes, ending: str) -> str:
    if ending in _ZIPPED:
        return _ZIPPED[ending] if data.startswith(b"PK\x03\x04") else ""
    mark, media_type = _MARKS.get(ending, (b"", ""))
    return media_type if mark and data.startswith(mark) else ""


def _plain_text(data: bytes) -> str:
    """A text that begins like a web page or a drawing is one, whatever it is called."""
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "" if b"\x00" in data or start.startswith(b"<") else "text/plain"
