"""Danh sách mẫu: forms are found by their folder; a new form is a new folder and nothing else."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from soi.base.errors import NotFound
from soi.base.text import fold
from soi.forms.layout import LayoutProfile, profile

_FOLDER = Path(__file__).parent / "forms"
_NOT_IN_A_NAME = re.compile("[^a-z0-9]+")
_LONGEST_SUBJECT = 80


class Renderer(Protocol):
    """What ``render.py`` of every form offers: its own context, the layout, the time of creation."""

    def __call__(self, context: object, layout: LayoutProfile, *, created: dt.datetime) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Form:
    """Mẫu biểu: what ``form.toml`` says. ``layout`` is the profile used unless another one is asked for."""

    id: str
    title: str
    version: str
    layout: str
    source: str
    file_name: str


@cache
def forms() -> Mapping[str, Form]:
    """Các mẫu hiện có, by id."""
    found = (_read(path) for path in sorted(_FOLDER.glob("*/form.toml")))
    return MappingProxyType({form.id: form for form in found})


def form(form_id: str) -> Form:
    """Tra mẫu: refused when there is no such form."""
    try:
        return forms()[form_id]
    except KeyError:
        raise NotFound(f"Không có mẫu biểu “{form_id}”.") from None


def render(form_id: str, context: object, *, created: dt.datetime, layout_id: str | None = None) -> bytes:
    """Dựng mẫu: a form's .docx from its own context; ``layout_id`` where the body uses another layout."""
    chosen = form(form_id)
    module = importlib.import_module(f"soi.forms.forms.{chosen.id}.render")
    renderer = cast(Renderer, module.render)
    return renderer(context, profile(layout_id or chosen.layout), created=created)


def file_name(form_id: str, *, day: dt.date, subject: str = "", extension: str = "docx") -> str:
    """Tên tệp: "bien-ban-hoi-nghi-2021-04-07.docx": lower case without marks, safe on every system."""
    name = form(form_id).file_name
    # The pattern is split first, so that braces typed by a user are never taken for a place.
    parts = re.split(r"(\{day\}|\{subject\})", name)
    values = {"{day}": day.isoformat(), "{subject}": slug(subject)}
    stem = _NOT_IN_A_NAME.sub("-", "".join(values.get(part, part) for part in parts)).strip("-")
    return f"{stem}.{extension}"


def slug(text: str) -> str:
    """Chữ thường không dấu nối bằng gạch: at most 80 characters, cut between words where possible."""
    words = _NOT_IN_A_NAME.sub("-", fold(text)).strip("-")
    if len(words) <= _LONGEST_SUBJECT:
        return words
    return words[: _LONGEST_SUBJECT + 1].rpartition("-")[0] or words[:_LONGEST_SUBJECT]


def _read(path: Path) -> Form:
    found = Form(**tomllib.loads(path.read_text(encoding="utf-8")))
    if found.id != path.parent.name:
        raise ValueError(f"{path}: id {found.id!r} is not the name of its folder")
    profile(found.layout)
    return found
