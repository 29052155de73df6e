"""Broken files: whatever is done to the bytes, the answer is a text or a sentence, never a fault."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

import soi
from soi.base.errors import Invalid
from soi.documents.reading import read_file
from tests.documents.reading.samples import SENTENCE, document_xml, docx, docx_of, paragraph, pdf

SEED = 20_251_122
IN_ONE_WORKER = 500
THROUGH_THE_DOOR = 20

# All mutants of one kind in one confined process: starting 500 would take a minute.
WORKER = """
import json, sys
sys.path += sys.argv[1:]
from soi.base.errors import Invalid
from soi.documents.reading.confine import limit_use, lock_in
from soi.documents.reading.kinds import Kind
from soi.documents.reading.limits import Limits
from soi.documents.reading.parse import parse_bytes, preload
limits = Limits(seconds=30)
limit_use(limits)
cases = [(suffix, bytes.fromhex(data)) for suffix, data in json.load(sys.stdin)]
for kind in Kind: preload(kind)
lock_in()
outcomes, faults = {"read": 0, "refused": 0}, []
for number, (suffix, data) in enumerate(cases):
    print(number, file=sys.stderr, flush=True)
    try: parse_bytes(data, suffix, limits); outcomes["read"] += 1
    except Invalid as refusal: assert refusal.sentence.endswith("."); outcomes["refused"] += 1
    except Exception as error: faults.append([number, repr(error)])
print(json.dumps([outcomes, faults]))
"""


def _originals() -> dict[str, bytes]:
    cell = f"<w:tc>{paragraph('ô')}</w:tc>"
    table = f"<w:tbl><w:tr>{cell * 2}</w:tr></w:tbl>"
    page = (
        f"<!doctype html><html><head><meta charset=utf-8></head><body><p>{SENTENCE}<table><tr><td>ô</table>"
    )
    return {
        ".docx": docx(paragraph(SENTENCE) * 3 + table),
        ".html": page.encode(),
        ".txt": (SENTENCE + "\n").encode() * 5,
        ".pdf": pdf(SENTENCE, "Trang hai\ndòng hai"),
    }


def _mutated(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice([1, 3, 10, 40])):
        place = dice.randrange(len(changed) or 1)
        piece = bytes(
            dice.choice([0, 255, 60, 62, 128, dice.randrange(256)]) for _ in range(dice.randint(1, 4))
        )
        match dice.randrange(5):
            case 0:
                changed[place : place + len(piece)] = piece
            case 1:
                changed[place:place] = piece
            case 2:
                del changed[place : place + dice.randint(1, 50)]
            case 3:
                changed[place:place] = changed[place : place + dice.randint(1, 200)]
            case _ if changed:
                changed[place] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _mutants(amount: int, seed: int) -> list[tuple[str, bytes]]:
    dice = random.Random(seed)  # noqa: S311  (repeatable on purpose)
    originals = _originals()
    inside = document_xml(paragraph(SENTENCE) + "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>").encode()
    mutants = []
    for number in range(amount):
        suffix = list(originals)[number % len(originals)]
        if suffix == ".docx" and number % 8:  # half of them broken inside a sound archive
            data = docx_of(_mutated(inside, dice))
        else:
            data = _mutated(originals[suffix], dice)
        mutants.append((suffix, data))
    return mutants


def test_500_broken_files_in_one_confined_process() -> None:
    print(f"seed {SEED}")  # noqa: T201  (shown when the test fails)
    cases = [(suffix, data.hex()) for suffix, data in _mutants(IN_ONE_WORKER, SEED)]
    ran = subprocess.run(
        [sys.executable, "-c", WORKER, str(Path(soi.__file__).parent.parent)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, f"ended at case {ran.stderr.split()[-1:]} of seed {SEED}"
    outcomes, faults = json.loads(ran.stdout)
    assert faults == []
    assert outcomes["read"] + outcomes["refused"] == IN_ONE_WORKER
    assert min(outcomes.values()) > IN_ONE_WORKER // 10  # both kinds of answer were really tried


@pytest.mark.parametrize("number", range(THROUGH_THE_DOOR))
def test_broken_files_through_the_door(number: int) -> None:
    suffix, data = _mutants(THROUGH_THE_DOOR, SEED + 1)[number]
    try:
        said = read_file(data, f"a{suffix}").text
    except Invalid as refusal:
        said = refusal.sentence
    assert said
