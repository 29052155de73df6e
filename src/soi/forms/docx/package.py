"""Đóng gói: the finished document as bytes, without a trace of who made it; same input, same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn

from soi.forms.origin import PRODUCER, created_utc
from soi.forms.wording import one_line

_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{PRODUCER}</Application></Properties>"
).encode()
# The earliest time that a zip entry can carry.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DROPPED_FROM_PACKAGE = {RELATIONSHIP_TYPE.THUMBNAIL}
# Parts of python-docx's own template: bibliography, and a second set of styles with other fonts.
_DROPPED_FROM_DOCUMENT = {
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
_DROPPED_SETTINGS = ("w:rsids", "w:savePreviewPicture", "w:proofState", "w:themeFontLang")
_WORD_2013 = "15"


def to_bytes(document: Document, *, title: str, created: dt.datetime) -> bytes:
    """Thành tệp .docx. ``created`` must carry its time zone; it is the only time in the file."""
    _clean_properties(document, one_line(title), created)
    _clean_settings(document)
    _drop_revision_marks(document.element)
    _drop_revision_marks(document.styles.element)
    _drop(document.part.package.rels, _DROPPED_FROM_PACKAGE)
    _drop(document.part.rels, _DROPPED_FROM_DOCUMENT)
    _set_application(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _clean_properties(document: Document, title: str, created: dt.datetime) -> None:
    properties = document.core_properties
    element = properties._element
    for child in list(element):
        element.remove(child)
    properties.title = title[:255]
    properties.author = properties.last_modified_by = PRODUCER
    # python-docx takes naive times as UTC.
    properties.created = properties.modified = created_utc(created).replace(tzinfo=None)


def _clean_settings(document: Document) -> None:
    settings = document.settings.element
    for tag in _DROPPED_SETTINGS:
        for child in settings.findall(qn(tag)):
            settings.remove(child)
    compat = settings.find(qn("w:compat"))
    for child in list(compat):
        if child.get(qn("w:name")) == "compatibilityMode":
            # Below 15, Word opens the file in "Compatibility Mode" and says so in the title bar.
            child.set(qn("w:val"), _WORD_2013)
        elif child.tag == qn("w:useFELayout"):
            compat.remove(child)


def _drop_revision_marks(root: Any) -> None:
    # Numbers of editing sessions: whose template it was can be told from them.
    for mark in list(root.iter(qn("w:rsid"))):
        mark.getparent().remove(mark)
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith(qn("w:rsid"))]:
            del element.attrib[name]


def _drop(relations: Relationships, kinds: set[str]) -> None:
    for key in [key for key, relation in relations.items() if relation.reltype in kinds]:
        del relations[key]


def _set_application(document: Document) -> None:
    # The template's own properties name the word processor that it was once made with.
    part = document.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    part._blob = _APPLICATION


def _without_times(package: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise the byte tells the operating system of the server.
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
