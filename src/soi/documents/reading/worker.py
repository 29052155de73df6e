"""Tiến trình đọc: runs for one file and ends. Bytes come on stdin, one JSON object goes to stdout.

In:  one line of JSON {"as": "text" or "sheets", "suffix": ".docx", "limits": {…}}, then the bytes of the file.
Out: {"text", "media_type", "pages", "warnings"} or {"media_type", "sheets"}, or {"refused": sentence}, or
{"fault": where}.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict

from soi.base.errors import Invalid
from soi.documents.reading.confine import limit_use, lock_in
from soi.documents.reading.kinds import sniff, sniff_sheet
from soi.documents.reading.limits import Limits
from soi.documents.reading.parse import parse_bytes, parse_sheets, preload, preload_sheets

_LONGEST_HEADER = 4096
_TOO_BIG_FOR_MEMORY = (
    "Tệp cần quá nhiều bộ nhớ để đọc. Hãy tách tệp, hoặc lưu thành tệp .docx mới rồi tải lên."
)


def main() -> None:
    """Entry of the process; never returns to the interpreter, whose clean-up is not needed."""
    header = json.loads(sys.stdin.buffer.readline(_LONGEST_HEADER))
    limits = Limits(**header["limits"])
    limit_use(limits)
    answer = _answer(header["as"], header["suffix"], limits)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


def _answer(wanted: str, suffix: str, limits: Limits) -> dict[str, object]:
    try:
        data = sys.stdin.buffer.read(limits.file_bytes + 1)
        return _sheets(data, limits) if wanted == "sheets" else _text(data, suffix, limits)
    except Invalid as refusal:
        return {"refused": refusal.sentence}
    except MemoryError:
        return {"refused": _TOO_BIG_FOR_MEMORY}
    except Exception as error:  # noqa: BLE001  (the parent logs it and gives the user a sentence)
        return {"fault": _where(error)}


def _text(data: bytes, suffix: str, limits: Limits) -> dict[str, object]:
    preload(sniff(data, suffix))
    lock_in()
    return asdict(parse_bytes(data, suffix, limits))


def _sheets(data: bytes, limits: Limits) -> dict[str, object]:
    sniff_sheet(data)
    preload_sheets()
    lock_in()
    return parse_sheets(data, limits)


def _where(error: Exception) -> str:
    """Class and place only: a message could carry words of the file into the log."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"
