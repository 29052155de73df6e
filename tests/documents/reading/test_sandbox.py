"""The wall between an uploaded file and the process that serves people."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import soi
from soi.base.errors import Invalid
from soi.documents.reading import DEFAULT, Limits, ReadText, read_file, sandbox
from tests.documents.reading.samples import SENTENCE, docx, paragraph, pdf

ROOT = str(Path(soi.__file__).parent.parent)
QUICK = replace(DEFAULT, seconds=1.0)


def test_reads_each_kind_in_a_process_of_its_own() -> None:
    page = f"<!doctype html><meta charset=utf-8><p>{SENTENCE}".encode()
    assert read_file(SENTENCE.encode(), "a.txt") == ReadText(SENTENCE, "text/plain")
    assert read_file(page, "a.html") == ReadText(SENTENCE, "text/html")
    assert read_file(docx(paragraph(SENTENCE)), "a.docx").text == SENTENCE
    assert read_file(pdf(SENTENCE), "a.pdf") == ReadText(SENTENCE, "application/pdf", pages=1)


def test_empty_and_too_large_are_refused_without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_run", lambda *_: pytest.fail("a process was started"))
    with pytest.raises(Invalid, match="Tệp rỗng"):
        read_file(b"", "a.txt")
    with pytest.raises(Invalid, match="nhiều nhất 20 MB"):
        read_file(bytes(DEFAULT.file_bytes + 1), "a.txt")


@pytest.mark.parametrize(
    "name", ["", "..", "a", "a\x00b.docx", "\udce9.txt", "x" * 5000 + ".pdf", "../../etc/a"]
)
def test_any_file_name_will_do(name: str) -> None:
    assert read_file(b"xin", name).text == "xin"


def _be(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Puts another program in the worker's place, as a file that took the worker over would."""
    monkeypatch.setattr(sandbox, "_command", lambda: [sys.executable, "-c", program])


@pytest.mark.parametrize(
    "program",
    [
        "print('garbage')",
        "print('[]')",
        "print('{}')",
        "print('null')",
        "print('[' * 100000)",
        'print(\'{"text": 1, "media_type": "a", "pages": null, "warnings": []}\')',
        'print(\'{"text": "\\\\ud800", "media_type": "a", "pages": null, "warnings": []}\')',
        'print(\'{"text": "\' + \'a\' * 2000001 + \'", "media_type": "a", "pages": null, "warnings": []}\')',
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit(3)",
        "import os; os.write(1, b'\\xff\\xfe\\x00')",
    ],
)
def test_a_worker_that_breaks_or_lies_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    _be(monkeypatch, program)
    with pytest.raises(Invalid, match="Không đọc được tệp"):
        read_file(b"x" * 300_000, "a.txt")


def test_an_endless_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    _be(monkeypatch, "import os\nwhile True: os.write(1, b'a' * 65536)")
    with pytest.raises(Invalid, match="Không đọc được tệp"):
        read_file(b"x", "a.txt")


def test_a_worker_that_hangs_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "alive"
    child = f"import time, pathlib; time.sleep(1.5); pathlib.Path({str(mark)!r}).touch()"
    program = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    )
    _be(monkeypatch, program)
    started = time.monotonic()
    with pytest.raises(Invalid, match="mất quá nhiều thời gian"):
        read_file(b"x", "a.txt", limits=QUICK)
    assert time.monotonic() - started < 30  # it would sleep for 60
    time.sleep(1)
    assert not mark.exists()


def test_worker_inherits_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOI_SECRET", "canary")
    with (tmp_path / "open").open("w") as kept:
        program = (
            "import json, os\n"
            f"try: os.fstat({kept.fileno()}); inherited = True\n"
            "except OSError: inherited = False\n"
            "said = json.dumps([dict(os.environ).get('SOI_SECRET'), os.listdir('.'), inherited])\n"
            "print(json.dumps({'text': said, 'media_type': '', 'pages': None, 'warnings': []}))"
        )
        _be(monkeypatch, program)
        assert json.loads(read_file(b"x", "a.txt").text) == [None, [], False]


def test_worker_loads_no_django_and_no_settings() -> None:
    program = (
        "import sys; import soi.documents.reading.worker as w; w.preload(w.sniff(b'x', ''));"
        "print([m for m in sys.modules if m.startswith(('django', 'soi.config'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {ROOT!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert sandbox._command()[1:3] == ["-I", "-S"]
    assert ran.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="what a process can give up differs by system")
@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd')",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "os.pipe()",
        "subprocess.Popen(['true'])",
        "os.write(kept, b'x' * 10)",
        "bytearray(600 * 1024 * 1024)",
    ],
)
def test_locked_worker_can_do_nothing_but_think(attempt: str, tmp_path: Path) -> None:
    program = (
        f"import sys, os, socket, subprocess; sys.path.insert(0, {ROOT!r})\n"
        "from soi.documents.reading.confine import limit_use, lock_in\n"
        "from soi.documents.reading.limits import DEFAULT\n"
        f"kept = os.open({str(tmp_path / 'file')!r}, os.O_CREAT | os.O_WRONLY)\n"
        "if sys.argv[1] == 'locked': limit_use(DEFAULT); lock_in()\n"
        f"try: {attempt}\n"
        "except (OSError, MemoryError) as error: print(type(error).__name__)\n"
        "else: print('done')\n"
    )

    def said(mode: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", program, mode], capture_output=True, text=True, check=True
        )
        return ran.stdout.strip()

    assert said("locked") in {"OSError", "MemoryError", "BlockingIOError", "gaierror"}
    if "connection" not in attempt:
        assert said("free") == "done"  # the control: it is the lock that stops it


def test_processor_time_is_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        f"import sys; sys.path.insert(0, {ROOT!r})\n"
        "from soi.documents.reading.confine import limit_use\n"
        "from soi.documents.reading.limits import Limits\n"
        "limit_use(Limits(seconds=0))\nwhile True: pass"
    )
    _be(monkeypatch, program)
    with pytest.raises(Invalid, match="mất quá nhiều thời gian"):
        read_file(b"x", "a.txt", limits=replace(DEFAULT, seconds=8))


def test_a_fault_is_logged_without_words_of_the_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _be(monkeypatch, 'print(\'{"fault": "KeyError at x:1\\\\nforged line"}\')')
    with caplog.at_level(logging.WARNING), pytest.raises(Invalid, match="Không đọc được tệp"):
        read_file("điều bí mật".encode(), "a.txt")
    assert "KeyError at x:1" in caplog.text
    assert len(caplog.text.strip().splitlines()) == 1
    assert "bí mật" not in caplog.text


def test_a_reader_that_cannot_start_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_command", lambda: ["/no/such/program"])
    with pytest.raises(Invalid, match="Không đọc được tệp"):
        read_file(b"x", "a.txt")


def test_only_a_few_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = [sandbox._SEATS.acquire(blocking=False) for _ in range(10)]
    try:
        with pytest.raises(Invalid, match="đang đọc nhiều tệp"):
            read_file(b"x", "a.txt", limits=replace(DEFAULT, seconds=0.1))
    finally:
        for got in taken:
            if got:
                sandbox._SEATS.release()
    assert read_file(b"x", "a.txt").text == "x"


def test_limits_are_the_callers_to_tighten() -> None:
    assert read_file(b"abcde", "a.txt", limits=Limits(characters=5)).text == "abcde"
    with pytest.raises(Invalid, match="dài quá 4 ký tự"):
        read_file(b"abcde", "a.txt", limits=Limits(characters=4))
