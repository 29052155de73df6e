"""Files for the tests of reading, built byte by byte so that each can be broken in one place."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
SENTENCE = "Đảng ủy xã Hòa Bình kiểm điểm tập thể, cá nhân năm 2025."


def document_xml(body: str, before: str = "") -> str:
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    opening = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}" {compatibility}>'
    return f"{opening}<w:body>{body}</w:body></w:document>"


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def archive(parts: Mapping[str, str | bytes], *, level: int = 6) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def docx(
    body: str,
    *,
    before: str = "",
    kind: str = "wordprocessingml.document",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    return docx_of(document_xml(body, before), kind=kind, more=more)


def docx_of(
    xml: str | bytes,
    *,
    kind: str = "wordprocessingml.document",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    types = CONTENT_TYPES.format(kind=kind)
    return archive({"[Content_Types].xml": types, "word/document.xml": xml, **(more or {})})


def pdf(
    *pages: str,
    count: int | None = None,
    kids: str | None = None,
    trailer: str = "",
    extra: tuple[str, ...] = (),
) -> bytes:
    """A PDF whose pages hold Vietnamese text: one font, whose codes a ToUnicode map explains."""
    letters = sorted(set("".join(pages)))
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    chars = "\n".join(f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange {len(codes)} beginbfchar\n{chars}\nendbfchar endcmap end"
    )
    first_page = 8
    listed = kids if kids is not None else " ".join(f"{first_page + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{listed}]/Count {len(pages) if count is None else count}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo 7 0 R/DW 500/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 0 999 999]/Ascent 800/Descent -200/StemV 80>>",
        _stream(to_unicode),
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]
    for number, page in enumerate(pages):
        lines = [f"<{''.join(f'{codes[c]:04x}' for c in line)}> Tj T*" for line in page.split("\n")]
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {first_page + 2 * number + 1} 0 R>>"
        )
        objects.append(_stream(f"BT /F 12 Tf 14 TL 40 760 Td {' '.join(lines)} ET"))
    return _numbered([*objects, *extra], trailer)


def _stream(content: str) -> str:
    packed = zlib.compress(content.encode()).decode("latin-1")
    return f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n{packed}\nendstream"


def _numbered(objects: list[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{content}endobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
