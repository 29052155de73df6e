"""Nhập hàng loạt không cần cơ sở dữ liệu: one JSON of proposals for each text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from soi.base.errors import Refusal
from soi.documents.reading import read_file
from soi.intake.extract import as_schema, propose


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Kết quả một tệp: what was written, or the sentence why not."""

    path: Path
    written: Path | None
    sentence: str = ""


def propose_files(paths: Iterable[Path], out_dir: Path) -> list[BatchResult]:
    """Đề xuất cho từng tệp: ``NAME.json`` in ``out_dir`` each. One bad file does not stop the others.

    Two files of the same name in different folders would overwrite each other: the second is refused.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    return [_propose_file(path, out_dir, taken) for path in paths]


def _propose_file(path: Path, out_dir: Path, taken: set[str]) -> BatchResult:
    if path.stem in taken:
        return BatchResult(path, None, "Đã có tệp khác cùng tên trong lần chạy này. Hãy đổi tên tệp.")
    try:
        text = _text_of(path)
    except Refusal as refusal:
        return BatchResult(path, None, refusal.sentence)
    except OSError as error:
        return BatchResult(path, None, f"Không mở được tệp: {error.strerror or error}.")
    taken.add(path.stem)
    target = out_dir / f"{path.stem}.json"
    draft = as_schema(propose(text, name=path.name), path.stem)
    target.write_text(json.dumps(draft, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return BatchResult(path, target)


def _text_of(path: Path) -> str:
    """The words of a file. Clean UTF-8 is taken as it stands, so that offsets count in the file itself."""
    data = path.read_bytes()
    if path.suffix.lower() == ".txt":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return read_file(data, path.name).text
