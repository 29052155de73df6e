"""U3: a file cannot make the reader open another file or expand a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from soi.base.errors import Invalid
from soi.documents.reading import read_file
from soi.documents.reading.docx import read_docx
from soi.documents.reading.html import read_html
from soi.documents.reading.limits import DEFAULT
from tests.documents.reading.samples import CONTENT_TYPES, archive, document_xml, docx, paragraph

CANARY = "CHIM-HOANG-YEN-7261"


@pytest.fixture
def canary(tmp_path: Path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text(CANARY)
    return path.as_uri()


def _doctypes(uri: str) -> list[str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return [
        f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{uri}">]>',
        f'<!DOCTYPE w:document SYSTEM "{uri}">',
        f'<!DOCTYPE w:document [<!ENTITY % p SYSTEM "{uri}"> %p;]>',
        f'<!DOCTYPE w:document [<!ENTITY l0 "ha">{laughs}<!ENTITY x "&l9;">]>',
        '<!DOCTYPE w:document [<!ENTITY x "trong tệp">]>',
    ]


@pytest.mark.parametrize("which", range(5))
def test_docx_with_a_doctype_is_refused(canary: str, which: int) -> None:
    data = docx(paragraph("&x;"), before=_doctypes(canary)[which])
    for read in (lambda: read_docx(data, DEFAULT), lambda: read_file(data, "a.docx")):
        with pytest.raises(Invalid, match="DOCTYPE") as refused:
            read()
        assert CANARY not in str(refused.value)


def test_doctype_in_the_list_of_parts_is_refused(canary: str) -> None:
    types = CONTENT_TYPES.format(kind="wordprocessingml.document")
    types = types.replace("<Types", _doctypes(canary)[0] + "<Types", 1)
    with pytest.raises(Invalid, match="DOCTYPE"):
        read_docx(archive({"[Content_Types].xml": types, "word/document.xml": document_xml("")}), DEFAULT)


def test_undeclared_entity_is_damage() -> None:
    with pytest.raises(Invalid, match="bị hỏng"):
        read_docx(docx(paragraph("&x;")), DEFAULT)


@pytest.mark.parametrize("which", range(5))
def test_page_never_shows_another_file(canary: str, which: int) -> None:
    page = f"{_doctypes(canary)[which]}<html><body><p>thật &x;</p>"
    page += f'<iframe src="{canary}"></iframe><object data="{canary}"></object><link href="{canary}">'
    page += f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{canary}"/>'
    for text in (read_html(page.encode(), DEFAULT)[0], read_file(page.encode(), "a.html").text):
        assert "thật" in text
        assert CANARY not in text
        assert "haha" not in text.replace("&l", "")
