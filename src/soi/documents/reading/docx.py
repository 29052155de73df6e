"""Văn bản Word (.docx): paragraphs, tables, text boxes, footnotes, as the last saved version shows them.

Deleted and hidden words are left out, inserted words kept (tracked changes count as accepted). Numbers
that Word makes by itself for lists are not in the text. Headers and footers are not read.
"""

from __future__ import annotations

from soi.documents.reading.flow import Flow
from soi.documents.reading.limits import Limits
from soi.documents.reading.package import Package, main_part, parse_xml

# The second name of each is that of files saved as "Strict Open XML".
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PREFIX = dict.fromkeys(_WORD, "w:") | dict.fromkeys(_MATH, "m:") | {_COMPATIBILITY: "mc:"}

_SKIPPED = frozenset({"w:del", "w:moveFrom", "w:pPrChange", "w:rPrChange", "mc:Fallback"})
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off"})
_TEXT = frozenset({"w:t", "m:t"})


def read_docx(data: bytes, limits: Limits) -> str:
    """Đọc .docx: the text. Raises ``Invalid`` (no Word file, damaged, password, bomb, too long)."""
    package = Package(data, limits)
    main = main_part(package, limits)
    flow = Flow(limits)
    _walk(package.part(main), flow)
    folder = main.rpartition("/")[0]
    for notes in ("footnotes.xml", "endnotes.xml"):
        name = f"{folder}/{notes}".lstrip("/")
        if name in package.names():
            _walk(package.part(name), flow)
    return flow.text()


def _walk(xml: bytearray, flow: Flow) -> None:
    parse_xml(xml, _Walker(flow), flow.limits)


class _Walker:
    """Receives the events of one part. Paragraphs and runs may nest (text boxes), hence the stacks."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._paragraphs: list[list[str]] = []
        self._runs_hidden: list[bool] = []
        self._choice_taken: list[bool] = []
        self._skip_depth = 0
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        if self._skip_depth or name in _SKIPPED or (name == "mc:Choice" and self._is_second_choice()):
            self._skip_depth += 1
        elif name in _TEXT:
            self._in_text = True
        elif name in _SIGNS:
            self._sign(_SIGNS[name])
        elif name == "w:vanish" and self._runs_hidden:
            self._runs_hidden[-1] = _value(attributes) not in _OFF
        else:
            self._open(name)

    def end(self, tag: str) -> None:
        if self._skip_depth:
            self._skip_depth -= 1
            return
        name = _short(tag)
        if name in _TEXT:
            self._in_text = False
        elif name == "w:r":
            self._runs_hidden.pop()
        elif name == "w:p":
            self._flow.line("".join(self._paragraphs.pop()))
        elif name == "w:tbl":
            self._flow.close_table()
        elif name == "mc:AlternateContent":
            self._choice_taken.pop()

    def characters(self, text: str) -> None:
        if self._in_text and not self._skip_depth:
            self._put(text.replace("\n", " "))

    def _open(self, name: str) -> None:
        if name == "w:p":
            self._paragraphs.append([])
        elif name == "w:r":
            self._runs_hidden.append(False)
        elif name == "w:tbl":
            self._flow.open_table()
        elif name == "w:tr":
            self._flow.open_row()
        elif name == "w:tc":
            self._flow.open_cell()
        elif name == "mc:AlternateContent":
            self._choice_taken.append(False)

    def _sign(self, sign: str) -> None:
        # Outside a run, w:tab is a tab stop of the paragraph's layout.
        if self._runs_hidden:
            self._put(sign)

    def _put(self, text: str) -> None:
        if self._paragraphs and not (self._runs_hidden and self._runs_hidden[-1]):
            self._flow.count_characters(len(text))
            self._paragraphs[-1].append(text)

    def _is_second_choice(self) -> bool:
        """The choices of one text box all hold the same words."""
        if not self._choice_taken:
            return False
        taken, self._choice_taken[-1] = self._choice_taken[-1], True
        return taken


def _short(tag: str) -> str:
    namespace, _, local = tag.rpartition(" ")
    return _PREFIX.get(namespace, "?:") + local


def _value(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith(" val")), "1")
