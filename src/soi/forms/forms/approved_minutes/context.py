"""Biên bản hội nghị: the sections as they stand, and the proof that they have not changed since."""

from __future__ import annotations

from dataclasses import dataclass

from soi.forms.parts import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """Một mục với các đoạn."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedMinutesContext:
    """Biên bản. ``mark`` is its SHA-256 once approved; without it the paper says that it is a draft."""

    letterhead: Letterhead
    title: str
    sections: tuple[SectionText, ...]
    secretary: str = ""
    chair: str = ""
    mark: str = ""
