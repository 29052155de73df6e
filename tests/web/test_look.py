"""Giao diện: what the strict policy and the icon sprite demand of every template. (Goes to tests/web/.)"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import soi.web

WEB = Path(soi.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static/soi/icons.svg").read_text("utf-8")))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_or_handler(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_is_in_the_sprite(path: Path) -> None:
    text = path.read_text("utf-8")
    named = set(re.findall(r'_icon\.html"\s+with\s+name="([\w-]+)"', text))
    named |= set(re.findall(r'_badge\.html"\s+with\s+kind="([\w-]+)"', text))
    named |= set(re.findall(r"icons\.svg'\s*%}#([\w-]+)\"", text))
    assert named <= SPRITE


def test_every_state_has_an_icon_and_a_colour() -> None:
    from soi.findings.enums import FindingKind, FindingState, RemedyState

    css = (WEB / "static/soi/components.css").read_text("utf-8")
    plain = {FindingState.OPEN}
    for value in (*FindingKind, *FindingState, *RemedyState):
        assert value in SPRITE
        assert value in plain or re.search(rf"\.badge-{value}\b", css)


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in [*TEMPLATES, *(WEB / "static/soi").iterdir()]:
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", text), path.name
