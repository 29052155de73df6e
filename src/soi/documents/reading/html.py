"""Trang web lưu về (.html): the text that a reader sees. Scripts never run and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import StringIO
from typing import TYPE_CHECKING, cast

from lxml import etree

from soi.base.errors import Invalid
from soi.documents.reading.flow import Flow, refuse_too_complex
from soi.documents.reading.limits import Limits
from soi.documents.reading.plain import decode

if TYPE_CHECKING:
    from lxml.etree import ParserTarget

# fmt: off
_UNSEEN = frozenset({
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "svg", "math",
    "select", "textarea", "datalist", "audio", "video", "canvas",
})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
# What a page may declare. Python knows stranger codecs, some of them slow on purpose-made input.
_ENCODINGS = {"windows-1258": "cp1258", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,20})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_SPACES = re.compile(r"\s+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Đọc trang web: visible text, blocks as lines, cells by tabs; and warnings about the encoding."""
    refuse_too_complex(data, limits)
    text, warnings = decode(data, _declared(data))
    visible = _Visible(Flow(limits))
    # A target gets events and no tree is built: depth and size cost nothing.
    parser = etree.HTMLParser(target=cast("ParserTarget[None]", visible), no_network=True, huge_tree=False)
    try:
        parser.feed(_XML_DECLARATION.sub("", text).replace("\x00", ""))
        parser.close()
    except etree.ParseError:
        raise Invalid("Trang web bị hỏng, không đọc được. Hãy lưu lại trang rồi tải lên lại.") from None
    return visible.text(), warnings


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return _ENCODINGS.get(found.group(1).decode("ascii").lower()) if found else None


class _Visible:
    """Receives the parser's events and keeps the visible text."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._words = StringIO()
        self._unseen_depth = 0
        self._pre_depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._unseen_depth or tag in _UNSEEN or _is_hidden(attributes):
            self._unseen_depth += 1
            return
        if tag in _BLOCKS:
            self._finish_line()
            self._open(tag)

    def end(self, tag: str) -> None:
        if self._unseen_depth:
            self._unseen_depth -= 1
            return
        if tag in _BLOCKS:
            self._finish_line()
            self._pre_depth -= tag == "pre"
            if tag == "table":
                self._flow.close_table()

    def data(self, text: str) -> None:
        if not self._unseen_depth:
            text = text if self._pre_depth else _SPACES.sub(" ", text)
            self._flow.count_characters(len(text))
            self._words.write(text)

    def comment(self, text: str) -> None:
        """Comments are not seen."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Processing instructions are not seen."""

    def close(self) -> None:
        """The parser asks for a result here; ``text`` gives it."""

    def text(self) -> str:
        self._finish_line()
        return self._flow.text()

    def _open(self, tag: str) -> None:
        if tag == "table":
            self._flow.open_table()
        elif tag == "tr":
            self._flow.open_row()
        elif tag in {"td", "th"}:
            self._flow.open_cell()
        self._pre_depth += tag == "pre"

    def _finish_line(self) -> None:
        line, self._words = self._words.getvalue(), StringIO()
        if line and not line.isspace():
            self._flow.line(line.strip("\n") if self._pre_depth else _SPACES.sub(" ", line).strip())


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style", "")[:1000]))
