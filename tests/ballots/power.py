"""Mất điện: what a disk would hold had the power gone at some point of a recorded run.

``strace`` records every write and every sync of one process to a database and its journals. What was synced is on the
disk; of what was written since, each sector of 512 bytes may have reached it or not, in any order: dice decide. A
disk that lies about syncing is not modelled.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_CALLS = "pwrite64,write,ftruncate,fdatasync,fsync,unlink"
_LINE = re.compile(
    r'^\d+\s+(?P<call>\w+)\((?:(?P<fd>\d+)<(?P<path>[^>]*)>|"(?P<name>[^"]*)")(?P<rest>.*)\)\s+= (?P<done>\d+)'
)
_DATA = re.compile(r'^, "(?P<data>[^"]*)", (?P<size>\d+)(?:, (?P<at>\d+))?')


def can_record() -> bool:
    """Whether strace is here and may trace."""
    if not shutil.which("strace"):
        return False
    return (
        subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode
        == 0
    )


@dataclass(frozen=True, slots=True)
class Step:
    """Một việc với đĩa: a write, a cut to a length, a sync, or (no file) a line that the process told."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


def record(command: list[str], env: dict[str, str], file: Path, log: Path) -> list[Step]:
    """Runs the command; its steps with the file and its journals, and among them what it told, where it told it."""
    ran = subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "2000000", "-e", f"trace={_CALLS}", "-o", str(log), *command],
        env=env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    with log.open() as lines:
        found = [_step(line, str(file)) for line in lines]
    return [step for step in found if step]


def _step(line: str, file: str) -> Step | None:
    match = _LINE.match(line)
    if not match:
        return None
    path = _bytes(match["path"] or match["name"]).decode()
    call = match["call"]
    if match["fd"] == "1" and call == "write":
        data = _DATA.match(match["rest"])
        return Step("told", data=_bytes(data["data"])) if data else None
    if not path.startswith(file):
        return None
    name = Path(path).name
    if call == "pwrite64":
        data = _DATA.match(match["rest"])
        assert data, line[:200]
        written = _bytes(data["data"])
        assert len(written) == int(data["size"]) == int(match["done"])
        return Step("write", name, int(data["at"]), written)
    assert call != "write", "SQLite writes at places"
    if call == "ftruncate":
        return Step("cut", name, int(match["rest"].strip(" ,")))
    return Step("gone" if call == "unlink" else "sync", name)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass
class Disk:
    """Đĩa: what is surely on it, and what was written since the last sync of each file."""

    files: dict[str, bytearray]
    loose: dict[str, list[Step]] = field(default_factory=dict)
    told: bytes = b""

    def do(self, step: Step) -> None:
        if step.kind == "told":
            self.told += step.data
        elif step.kind == "sync":
            for one in self.loose.pop(step.file, []):
                _apply(self.files.setdefault(step.file, bytearray()), one)
        elif step.kind == "gone":
            self.loose.pop(step.file, None)
            self.files.pop(step.file, None)
        else:
            self.loose.setdefault(step.file, []).append(step)

    def after_a_cut(self, dice: random.Random, folder: Path) -> None:
        """Writes into ``folder`` what the machine finds when the power is back."""
        kept = dice.choice([0.0, 0.5, 1.0])
        for name in {*self.files, *self.loose}:
            content = bytearray(self.files.get(name, b""))
            for step in self.loose.get(name, []):
                for sector in _sectors(step):
                    if dice.random() < kept:
                        _apply(content, sector)
            (folder / name).write_bytes(content)


def _sectors(step: Step) -> list[Step]:
    if step.kind == "cut":
        return [step]
    edges = [step.at, *range((step.at // SECTOR + 1) * SECTOR, step.at + len(step.data), SECTOR)]
    ends = [*edges[1:], step.at + len(step.data)]
    return [
        Step("write", step.file, begin, step.data[begin - step.at : end - step.at])
        for begin, end in zip(edges, ends, strict=True)
    ]


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    if len(content) < step.at:
        content.extend(bytes(step.at - len(content)))
    content[step.at : step.at + len(step.data)] = step.data
