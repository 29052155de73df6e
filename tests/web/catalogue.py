"""Câu chữ phải dịch: what the source says, and what a catalogue answers; no GNU gettext needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations
from pathlib import Path

from django.utils.translation.template import templatize

import soi

PACKAGE = Path(soi.__file__).parent
# For each function, which of its arguments name the context, the message and the plural.
_CALLS = {
    "_": "i", "gettext": "i", "gettext_lazy": "i", "gettext_noop": "i",
    "ngettext": "ip", "ngettext_lazy": "ip",
    "pgettext": "ci", "pgettext_lazy": "ci", "npgettext": "cip", "npgettext_lazy": "cip",
}  # fmt: skip
_CALL = re.compile(r"\b(?:_|n?p?gettext)\(")


@dataclass(frozen=True)
class Message:
    """Một câu: as the source asks for it, and thereby what a catalogue is looked up with."""

    id: str
    plural: str = ""
    context: str = ""


@dataclass
class Entry:
    """Một mục của tệp .po: one text for each plural form."""

    message: Message
    texts: list[str] = field(default_factory=list)
    fuzzy: bool = False


def asked_for() -> dict[Message, str]:
    """Mọi câu trong mã nguồn và mẫu trang, each with one place where it stands."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= dict.fromkeys(in_python(path.read_text()), str(path.relative_to(PACKAGE)))
    for suffix in ("html", "txt"):
        for path in sorted((PACKAGE / "web" / "templates").rglob(f"*.{suffix}")):
            found |= dict.fromkeys(in_template(path.read_text()), str(path.relative_to(PACKAGE)))
    return found


def in_python(code: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (message := _called(node)):
            yield message


def _called(node: ast.Call) -> Message | None:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    roles = _CALLS.get(name, "")
    texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if not roles or len(texts) < len(roles):
        return None
    given = dict(zip(roles, texts, strict=False))
    return Message(given["i"], given.get("p", ""), given.get("c", ""))


def in_template(source: str) -> Iterator[Message]:
    """Django turns a template into something with calls of gettext in it; each is read as Python."""
    code = templatize(source)
    for match in _CALL.finditer(code):
        ends = (end.end() for end in re.finditer(r"\)", code[match.start() :]))
        call = next(filter(None, (_parsed(code[match.start() : match.start() + end]) for end in ends)))
        if message := _called(call):
            yield message


def _parsed(code: str) -> ast.Call | None:
    try:
        node = ast.parse(code, mode="eval").body
    except SyntaxError:
        return None
    return node if isinstance(node, ast.Call) else None


def entries(path: Path) -> list[Entry]:
    """Tệp .po, without its header."""
    blocks = re.split(r"\n\s*\n", path.read_text())
    return [entry for block in blocks if (entry := _entry(block)) and entry.message.id]


def _entry(block: str) -> Entry | None:
    parts: dict[str, str] = {}
    key, fuzzy = "", False
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        text = line
        if not line.startswith('"'):
            key, _blank, text = line.partition(" ")
        parts[key] = parts.get(key, "") + ast.literal_eval(text)
    if "msgid" not in parts:
        return None
    message = Message(parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""))
    return Entry(message, [text for key, text in parts.items() if key.startswith("msgstr")], fuzzy)


def compiled(path: Path) -> dict[object, str]:
    """Tệp .mo: texts by message, and by message and number of the form where there is a plural."""
    with path.open("rb") as file:
        catalogue: dict[object, str] = dict(GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    catalogue.pop("", None)
    return catalogue


def as_compiled(found: list[Entry]) -> dict[object, str]:
    """What the .mo of these entries has to hold."""
    texts: dict[object, str] = {}
    for entry in found:
        context = f"{entry.message.context}\x04" if entry.message.context else ""
        key = context + entry.message.id
        if entry.message.plural:
            texts |= {(key, number): text for number, text in enumerate(entry.texts)}
        else:
            texts[key] = entry.texts[0]
    return texts
