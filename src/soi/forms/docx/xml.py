"""Phần tử XML: the one way in which WordprocessingML is made where python-docx has no function."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """Phần tử "w:…" with attributes of the same namespace. Any: python-docx's types and lxml's disagree."""
    made: Any = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    for child in children:
        made.append(child)
    return made
