"""Small files that grow: refused within about a second, by the worker, with the caller untouched."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import soi
from soi.documents.reading.limits import DEFAULT, MIB
from tests.documents.reading.samples import archive, docx, paragraph, pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measured as Linux counts memory")
ROOT = str(Path(soi.__file__).parent.parent)

# A caller of its own, so that the sizes are of this one reading: seconds, both peaks in MB, what came.
CALLER = """
import json, resource, sys, time
sys.path[:0] = sys.argv[1:2]
from soi.base.errors import Invalid
from soi.documents.reading import read_file
data = open(sys.argv[2], "rb").read()
started = time.monotonic()
try: said = read_file(data, sys.argv[2]).text[:200]
except Invalid as refusal: said = "REFUSED " + refusal.sentence
seconds = time.monotonic() - started
worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
# Not from getrusage: Linux hands the peak of a parent on to the program its child becomes.
status = open("/proc/self/status").read()
caller = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(json.dumps([seconds, caller, worker, said]))
"""


def _measure(data: bytes, path: Path) -> tuple[float, int, int, str]:
    path.write_bytes(data)
    ran = subprocess.run(
        [sys.executable, "-c", CALLER, ROOT, str(path)], capture_output=True, text=True, check=True
    )
    seconds, caller, worker, said = json.loads(ran.stdout)
    return seconds, caller, worker, said


def _times(piece: str, size: int) -> str:
    return piece * (size // len(piece))


def _lying(data: bytes, part: bytes, size: int) -> bytes:
    """The same archive, its headers saying another unpacked size for one part."""
    changed = bytearray(data)
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = changed.find(mark)
        while place >= 0:
            if changed[place + name_at :].startswith(part):
                struct.pack_into("<I", changed, place + size_at, size)
            place = changed.find(mark, place + 4)
    return bytes(changed)


def _nested_zip() -> bytes:
    inner = archive({"zeros": bytes(100 * MIB)}, level=1)
    return docx(
        paragraph("chữ thật"), more={"word/embeddings/a.zip": inner, "word/media/b.bmp": bytes(80 * MIB)}
    )


JUST_BELOW = 59 * MIB
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "ratio": (lambda: docx(_times("<w:p/>", 150 * MIB)), "bung ra quá lớn"),
    "lies low": (lambda: _lying(docx(_times("<w:p/>", 70 * MIB)), b"word/document.xml", 999), "bị hỏng"),
    "lies high": (lambda: _lying(docx(paragraph("x")), b"word/document.xml", 2**32 - 2), "bung ra quá lớn"),
    "entries": (lambda: archive({str(n): "" for n in range(20_000)}), "bung ra quá lớn"),
    "marks": (lambda: docx(_times("<w:p/>", JUST_BELOW)), "quá phức tạp"),
    "depth": (lambda: docx("<w:p>" * 100_000), "quá phức tạp"),
    "one mark": (lambda: docx(f'<w:p a="{"a" * JUST_BELOW}"/>'), "quá phức tạp"),
    "text": (lambda: docx(_times(paragraph("a" * 1000), 5 * MIB)), "dài quá 2.000.000 ký tự"),
    "page": (lambda: b"<p>" + b"a b " * (4 * MIB), "dài quá 2.000.000 ký tự"),
    "page marks": (lambda: b"<html>" + b"<b>" * (5 * MIB), "quá phức tạp"),
    "many pages": (lambda: pdf("x", kids="8 0 R " * 501, count=501), "501 trang"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_at_once(name: str, tmp_path: Path) -> None:
    make, sentence = BOMBS[name]
    seconds, caller, worker, said = _measure(make(), tmp_path / "bomb")
    assert said.startswith("REFUSED")
    assert sentence in said
    assert worker < 100
    assert caller < 80  # its own 20 MB and the file
    assert seconds < 2  # 0.1 to 0.4 when nothing else runs


def test_what_is_not_read_is_not_unpacked(tmp_path: Path) -> None:
    seconds, _caller, worker, said = _measure(_nested_zip(), tmp_path / "a.docx")
    assert said == "chữ thật"
    assert worker < 40
    assert seconds < 2


@pytest.mark.parametrize("count", [3, 400, 10**9])
def test_pdf_page_trees_with_loops_and_lies(count: int, tmp_path: Path) -> None:
    seconds, _caller, worker, said = _measure(
        pdf("chữ", kids="2 0 R 2 0 R 8 0 R", count=count), tmp_path / "a.pdf"
    )
    assert said.startswith(("chữ", "REFUSED"))
    assert worker < 100
    assert seconds < 2


def test_pdf_stream_bomb_dies_in_the_worker(tmp_path: Path) -> None:
    bomb = zlib.compress(zlib.compress(b"q " * (60 * MIB)))
    stream = (
        f"<</Length {len(bomb)}/Filter[/FlateDecode/FlateDecode]>>stream\n{bomb.decode('latin-1')}\nendstream"
    )
    data = pdf("x", extra=(stream,)).replace(b"/Contents 9 0 R", b"/Contents 10 0 R")
    seconds, caller, worker, said = _measure(data, tmp_path / "a.pdf")
    assert said.startswith("REFUSED Không đọc được tệp")
    assert caller < 80
    assert worker <= DEFAULT.memory_bytes // MIB
    assert seconds < 5


def test_long_honest_text_is_read(tmp_path: Path) -> None:
    """V6: one megabyte of words and ten thousand rows are no attack."""
    row = "<w:tr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>".format(paragraph("Hạn chế về công tác"))
    body = paragraph("Đảng ủy xã " * 90_000) + f"<w:tbl>{row * 10_000}</w:tbl>"
    started = time.monotonic()
    _seconds, _caller, worker, said = _measure(docx(body), tmp_path / "a.docx")
    assert said.startswith("Đảng ủy xã Đảng ủy xã")
    assert worker < 100
    assert time.monotonic() - started < 5
