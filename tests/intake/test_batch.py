"""Proposals without a database: one JSON a text; a bad file stops nobody."""

from __future__ import annotations

import json
from pathlib import Path

from soi.intake.batch import propose_files
from tests.intake.texts import APRIL


def test_one_json_a_text_and_a_sentence_for_the_rest(tmp_path: Path) -> None:
    text, picture, missing = tmp_path / "april.txt", tmp_path / "anh.pdf", tmp_path / "khong-co.txt"
    text.write_text(APRIL, encoding="utf-8")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    results = propose_files([picture, missing, text], tmp_path / "ra" / "day")
    assert [result.written is not None for result in results] == [False, False, True]
    assert all(result.sentence for result in results[:2])
    draft = json.loads((tmp_path / "ra" / "day" / "april.json").read_text(encoding="utf-8"))
    assert (draft["id"], draft["conference"]["kind"]) == ("april", "briefing_quarter")
    for finding in draft["findings"]:
        assert APRIL[finding["start"] : finding["end"]] == finding["text"]


def test_two_texts_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "tin.txt").write_text(APRIL, encoding="utf-8")
    first, second = propose_files([tmp_path / "a" / "tin.txt", tmp_path / "b" / "tin.txt"], tmp_path / "ra")
    assert first.written
    assert "cùng tên" in second.sentence
