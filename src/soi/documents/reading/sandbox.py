"""Đọc trong tiến trình riêng: the caller's side. Starts the worker, feeds it, listens, ends it.

The caller's process never parses the file. It holds the bytes it was given and at most a capped answer.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePath
from threading import BoundedSemaphore, Thread
from typing import IO, Any, TypeVar

from soi.base.errors import Invalid
from soi.documents.reading.limits import DEFAULT, MIB, SHEETS, Limits
from soi.documents.reading.result import CellValue, ReadSheet, ReadText

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Each worker may take its full memory limit: more at a time would let four people fill a small server.
_SEATS = BoundedSemaphore(3)

_START = "import sys; sys.path += sys.argv[1:]; from soi.documents.reading.worker import main; main()"
_PACKAGES = ("soi", "lxml", "pypdfium2", "pypdfium2_raw", "pypdfium2_cfg", "python_calamine")

_EMPTY = "Tệp rỗng. Hãy kiểm tra lại tệp rồi tải lên lại."
_BUSY = "Máy đang đọc nhiều tệp khác. Hãy đợi một phút rồi tải lên lại."
_TOO_SLOW = (
    "Đọc tệp mất quá nhiều thời gian nên đã dừng. Hãy tách tệp, hoặc lưu thành tệp .docx mới rồi tải lên."
)
_SHEET_FAILED = (
    "Không đọc được bảng tính: tệp bị hỏng, hoặc có ô ghi ở rất xa bên ngoài bảng. "
    "Hãy chép phần bảng sang một tệp .xlsx mới rồi tải lên lại."
)
_FAILED = (
    "Không đọc được tệp: tệp bị hỏng hoặc quá phức tạp. Hãy mở tệp, lưu thành tệp .docx mới rồi tải lên."
)


def read_file(data: bytes, filename: str, *, limits: Limits = DEFAULT) -> ReadText:
    """Đọc tệp: the text of an uploaded file, read in a process of its own.

    Raises ``Invalid`` with a sentence that says what to do, and nothing else, whatever the bytes are.
    Takes at most ``limits.seconds`` (twice that when other files are being read).
    """
    return _asked(data, {"as": "text", "suffix": _suffix(filename)}, limits, _checked, _FAILED)


def read_sheets(data: bytes, *, limits: Limits = SHEETS) -> tuple[ReadSheet, ...]:
    """Đọc bảng tính: the visible sheets of an uploaded workbook, under the same confinement and promises."""
    return _asked(data, {"as": "sheets", "suffix": ""}, limits, _checked_sheets, _SHEET_FAILED)


def _asked(
    data: bytes,
    wanted: dict[str, str],
    limits: Limits,
    check: Callable[[dict[str, Any], Limits], Answer],
    failed: str,
) -> Answer:
    if not data:
        raise Invalid(_EMPTY)
    if len(data) > limits.file_bytes:
        raise Invalid(f"Tệp quá lớn: nhiều nhất {limits.file_bytes // MIB} MB. Hãy tách tệp rồi tải lên lại.")
    header = json.dumps({**wanted, "limits": asdict(limits)}).encode()
    if not _SEATS.acquire(timeout=limits.seconds):
        raise Invalid(_BUSY)
    try:
        return _understand(_run(header + b"\n" + data, limits), limits, check, failed)
    except OSError:  # no process, no temporary folder: the operator's trouble, in the operator's log
        _log.exception("the file reader could not be started")
        raise Invalid(failed) from None
    finally:
        _SEATS.release()


def _suffix(filename: str) -> str:
    return PurePath(filename).suffix.lower()[:10]


@cache
def _command() -> list[str]:
    """Isolated (-I) and without site (-S): no variable, start-up file or folder of the user has a say.

    The folders that hold the few packages needed are found here and named one by one, so it is the same
    for a wheel, an editable install and a source tree.
    """
    folders: dict[str, None] = {}
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec and spec.origin:
            folders[str(Path(spec.origin).parent.parent)] = None
    return [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, *folders]


def _run(request: bytes, limits: Limits) -> bytes:
    """What the worker said, at most as many bytes as an honest answer can have."""
    with tempfile.TemporaryDirectory(prefix="soi-", ignore_cleanup_errors=True) as empty_folder:
        process = subprocess.Popen(  # noqa: S603  (a fixed command; nothing of the user's is in it)
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty_folder,
            env=_environment(),
            close_fds=True,
            start_new_session=True,
        )
        return _talk(process, request, limits)


def _environment() -> dict[str, str]:
    # Windows cannot start a program without this one.
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}


def _talk(process: subprocess.Popen[bytes], request: bytes, limits: Limits) -> bytes:
    """Threads, not ``communicate``: that one would take an endless answer into memory."""
    answer = bytearray()
    most = 4 * limits.characters + 64 * 1024
    feeder = Thread(target=_feed, args=(process.stdin, request), daemon=True)
    listener = Thread(target=_listen, args=(process.stdout, answer, most), daemon=True)
    try:
        feeder.start()
        listener.start()
        listener.join(limits.seconds)
        if listener.is_alive():
            raise Invalid(_TOO_SLOW)
        _note_end(process, answer)
        return bytes(answer)
    finally:
        _end(process)
        feeder.join(1)
        listener.join(1)


def _feed(stdin: IO[bytes], request: bytes) -> None:
    # A worker that has seen enough, or was ended, no longer listens.
    with contextlib.suppress(OSError), stdin:
        stdin.write(request)


def _listen(stdout: IO[bytes], answer: bytearray, most: int) -> None:
    with contextlib.suppress(OSError), stdout:
        while len(answer) <= most and (chunk := stdout.read1(65536)):  # type: ignore[attr-defined]
            answer += chunk


def _note_end(process: subprocess.Popen[bytes], answer: bytearray) -> None:
    if answer:
        return
    code: int | str = "still running"
    with contextlib.suppress(subprocess.TimeoutExpired):
        code = process.wait(1)
    _log.warning("the file reader ended without an answer, code %s", code)
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
        raise Invalid(_TOO_SLOW)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the worker and all it may have started. Not yet waited for, so the number is still its own."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg") and process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _understand(
    answer: bytes, limits: Limits, check: Callable[[dict[str, Any], Limits], Answer], failed: str
) -> Answer:
    """A worker taken over by a bad file could say anything: nothing is believed without a look."""
    try:
        said = json.loads(answer)
        if "refused" in said:
            raise Invalid(str(said["refused"])[:500])
        if "fault" in said:
            _log.warning(
                "the file reader failed: %.200s", str(said["fault"]).encode("unicode_escape").decode()
            )
            raise Invalid(failed)
        return check(said, limits)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Invalid(failed) from None


def _checked(said: dict[str, Any], limits: Limits) -> ReadText:
    text, media_type, pages, warnings = (said[k] for k in ("text", "media_type", "pages", "warnings"))
    if not isinstance(text, str) or not isinstance(media_type, str) or not isinstance(warnings, list):
        raise TypeError
    if len(text) > limits.characters or not (pages is None or isinstance(pages, int)):
        raise ValueError
    text.encode()  # a lone surrogate cannot be stored
    return ReadText(text, media_type, pages, tuple(str(warning)[:500] for warning in warnings[:20]))


def _checked_sheets(said: dict[str, Any], limits: Limits) -> tuple[ReadSheet, ...]:
    return tuple(_checked_sheet(sheet, limits) for sheet in said["sheets"])


def _checked_sheet(said: dict[str, Any], limits: Limits) -> ReadSheet:
    name, rows = said["name"], said["rows"]
    if not isinstance(name, str) or not isinstance(rows, list) or len(rows) > limits.rows:
        raise TypeError
    return ReadSheet(name, tuple(tuple(map(_checked_cell, row[: limits.columns])) for row in rows))


def _checked_cell(said: object) -> CellValue:
    if isinstance(said, dict):
        return dt.date.fromisoformat(said["day"])
    if isinstance(said, str):
        said.encode()
    elif not (said is None or isinstance(said, int | float)):
        raise TypeError
    return said
