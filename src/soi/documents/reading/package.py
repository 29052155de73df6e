"""Gói .docx, .xlsx, .ods: a zip archive, opened with limits. What the archive says of itself is never believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from soi.base.errors import Invalid
from soi.documents.reading.flow import refuse_too_complex
from soi.documents.reading.kinds import READABLE
from soi.documents.reading.limits import MIB, TOO_COMPLEX, Limits


@dataclass(frozen=True)
class Refusals:
    """Câu từ chối: what is said of a bad archive, in the words of the program that made it."""

    damaged: str
    locked: str
    bomb: str


WORD = Refusals(
    damaged="Tệp .docx bị hỏng, không mở được. Hãy mở bằng Word, lưu lại rồi tải lên lại.",
    locked="Tệp có đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    bomb="Tệp nén bung ra quá lớn nên bị từ chối. Hãy mở bằng Word, lưu thành tệp .docx mới rồi tải lên lại.",
)

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
_DEEPEST = 500
# No mark, and no paragraph, is as long as this many bytes.
_LONGEST_STRETCH = 4 * MIB
_CHUNK = 256 * 1024
_MAIN_PART = "wordprocessingml.document.main+xml"
_OTHERS = {
    "macroEnabled.main+xml": "Tệp .docm có macro nên không được nhận. Hãy lưu lại thành .docx.",
    "sheet.main+xml": f"Tệp này là bảng tính Excel. {READABLE}",
    "presentation.main+xml": f"Tệp này là bản trình chiếu PowerPoint. {READABLE}",
}


class Package:
    """An opened archive that gives single parts and counts every unpacked byte."""

    def __init__(self, data: bytes, limits: Limits, *, says: Refusals = WORD) -> None:
        self._left = limits.unpacked_bytes
        self._says = says
        # Counted in the bytes, before the library makes an object of each: 400,000 fit into 20 MB.
        if data.count(_DIRECTORY_ENTRY) > limits.zip_entries:
            raise Invalid(self._says.bomb)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Invalid(self._says.damaged) from None

    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def part(self, name: str) -> bytearray:
        """The unpacked bytes of a part. Raises ``Invalid`` (missing, damaged, locked, over the limit)."""
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            raise Invalid(self._says.damaged) from None
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise Invalid(self._says.locked)
        # Word writes no other method, and some of them take memory by their own header.
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Invalid(self._says.damaged)
        if info.file_size > self._left:
            raise Invalid(self._says.bomb)
        try:
            return self._unpack(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise Invalid(self._says.damaged) from None

    def _unpack(self, info: zipfile.ZipInfo) -> bytearray:
        unpacked = bytearray()
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise Invalid(self._says.bomb)
                unpacked += chunk
        return unpacked


def main_part(package: Package, limits: Limits) -> str:
    """The name of the Word text inside the archive; ``Invalid`` when it is no Word file."""
    if "[Content_Types].xml" not in package.names():
        raise Invalid(f"Tệp này là tệp nén (.zip) hoặc loại khác, không phải tệp Word. {READABLE}")
    found = ContentTypes()
    parse_xml(package.part("[Content_Types].xml"), found, limits)
    for content_type, name in found.parts.items():
        if content_type.endswith(_MAIN_PART):
            return name
    for ending, sentence in _OTHERS.items():
        if any(content_type.endswith(ending) for content_type in found.parts):
            raise Invalid(sentence)
    raise Invalid(WORD.damaged)


class ContentTypes:
    """Content type of each part that names its own."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def start(self, _tag: str, attributes: dict[str, str]) -> None:
        self.parts[attributes.get("ContentType", "")] = attributes.get("PartName", "").lstrip("/")

    def end(self, tag: str) -> None:
        """Only the marks themselves count."""

    def characters(self, text: str) -> None:
        """Only the marks themselves count."""


class Listener(Protocol):
    """Receives the events of a part; names come as "namespace local"."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def characters(self, text: str) -> None: ...


def parse_xml(xml: bytearray, listener: Listener, limits: Limits, *, says: Refusals = WORD) -> None:
    """Reads a part. A DOCTYPE is refused: Word never writes one, and without it there are no entities,
    nothing to expand and nothing to fetch."""
    refuse_too_complex(xml, limits)
    _refuse_long_stretch(xml)
    guard = _Guard(listener)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    parser.CharacterDataHandler = listener.characters
    parser.buffer_text = True
    try:
        # In one piece: fed in small pieces, this library reads a long token again for each of them.
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Invalid(says.damaged) from None


def _refuse_long_stretch(xml: bytearray) -> None:
    """One mark or comment of 60 MB: the library would copy and re-read it again and again."""
    for start in range(0, len(xml) - _LONGEST_STRETCH, _LONGEST_STRETCH):
        if xml.find(b"<", start, start + _LONGEST_STRETCH) < 0:
            raise Invalid(TOO_COMPLEX)


class _Guard:
    """Measures the depth of marks before they reach the listener."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Invalid(TOO_COMPLEX)
        self._listener.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._listener.end(tag)


def _refuse_doctype(*_declaration: object) -> None:
    raise Invalid("Tệp .docx có khai báo lạ (DOCTYPE) nên bị từ chối. Hãy lưu lại bằng Word rồi tải lên lại.")
