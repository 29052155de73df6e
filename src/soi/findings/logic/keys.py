"""Khóa tìm kiếm: the words of a statement, each after one blank, so that a search finds their beginnings."""

from __future__ import annotations

import re

from soi.base.text import exact_key, fold, has_marks, search_terms

_NOT_WORD = re.compile(r"[^\w%/]+")


def exact_words(text: str) -> str:
    """Có dấu: " tự phê bình " with a blank before each word and at the end."""
    return _spaced(exact_key(text))


def plain_words(text: str) -> str:
    """Không dấu: " tu phe binh "."""
    return _spaced(fold(text))


def wanted(query: str) -> tuple[bool, list[str]]:
    """Những chữ phải có: whether marks count (the query carries some), and the beginnings of words."""
    exact = has_marks(query)
    make = exact_words if exact else plain_words
    terms = [make(term).rstrip() for term in search_terms(query)]
    return exact, [term for term in terms if term]


def _spaced(key: str) -> str:
    words = _NOT_WORD.sub(" ", key).strip()
    return f" {words} " if words else ""
