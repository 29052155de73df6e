"""Thể thức văn bản: page, fonts and conventions as data, one profile per guidance and version.

A released profile never changes: a document printed again years later must look as it did. New guidance gets
a new profile with its own id. Sizes of type are in points, all lengths on paper in millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from soi.base.errors import NotFound


@dataclass(frozen=True, slots=True)
class Margins:
    """Lề trang, in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Banner:
    """Một dòng tiêu đề, tiêu ngữ on the right of the heading."""

    text: str
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutProfile:
    """Thể thức: everything about looks that differs between the Party's and the State's documents."""

    id: str
    source: str
    paper: tuple[float, float]
    """Width and height of the upright page."""
    margins: Margins
    font: str
    body_size: float
    exact_line: float | None
    """Line spacing "exactly", in points; None means single spacing."""
    first_line: float
    paragraph_gap: float
    """Space after a paragraph, in points."""
    table_size: float
    page_number_size: float

    superior_size: float
    issuer_size: float
    banner: tuple[Banner, ...]
    banner_rule: float
    """Length of the line under the last banner line."""
    issuer_star: bool
    """The "*" of the Party under the issuing body; otherwise a short line."""
    number_prefix: str
    number_size: float
    date_size: float

    type_size: float
    abstract_size: float
    abstract_hyphens: bool
    """The "-----" of the Party under the abstract; otherwise a short line."""
    end_mark: str
    on_behalf: str
    """The letters before a body that signs: T/M or TM."""
    signer_post_bold: bool
    recipients_title_size: float
    recipients_size: float
    recipients_underlined: bool
    """Whether "Nơi nhận" stands upright and underlined; otherwise bold italic."""
    honorific: str
    """What stands before a name ("Đồng chí"), if anything."""
    people_word: str
    """What people are counted in."""

    def text_width(self, *, landscape: bool = False) -> float:
        """Bề rộng vùng chữ: millimetres between the side margins."""
        width = self.paper[1] if landscape else self.paper[0]
        return width - self.margins.left - self.margins.right


_PARTY_2026 = LayoutProfile(
    id="party-hd05-2026",
    source="Hướng dẫn 05-HD/VPTW ngày 27/5/2026 của Văn phòng Trung ương Đảng về thể thức văn bản của Đảng",
    paper=(210, 297),
    margins=Margins(top=20, bottom=20, left=30, right=15),
    font="Times New Roman",
    body_size=14,
    exact_line=19,
    first_line=10,
    paragraph_gap=6,
    table_size=12,
    page_number_size=13,
    superior_size=14,
    issuer_size=14,
    banner=(Banner("ĐẢNG CỘNG SẢN VIỆT NAM", 15),),
    banner_rule=73,
    issuer_star=True,
    number_prefix="Số ",
    number_size=14,
    date_size=14,
    type_size=15,
    abstract_size=14,
    abstract_hyphens=True,
    end_mark=".",
    on_behalf="T/M",
    signer_post_bold=False,
    recipients_title_size=14,
    recipients_size=12,
    recipients_underlined=True,
    honorific="Đồng chí",
    people_word="đồng chí",
)

_STATE_2020 = LayoutProfile(
    id="state-nd30-2020",
    source="Nghị định 30/2020/NĐ-CP ngày 05/3/2020 về công tác văn thư, Phụ lục I",
    paper=(210, 297),
    margins=Margins(top=20, bottom=20, left=30, right=15),
    font="Times New Roman",
    body_size=14,
    exact_line=None,
    first_line=10,
    paragraph_gap=6,
    table_size=12,
    page_number_size=13,
    superior_size=13,
    issuer_size=13,
    banner=(Banner("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13), Banner("Độc lập - Tự do - Hạnh phúc", 14)),
    banner_rule=60,
    issuer_star=False,
    number_prefix="Số: ",
    number_size=13,
    date_size=14,
    type_size=14,
    abstract_size=14,
    abstract_hyphens=False,
    end_mark="./.",
    on_behalf="TM.",
    signer_post_bold=True,
    recipients_title_size=12,
    recipients_size=11,
    recipients_underlined=False,
    honorific="",
    people_word="người",
)

PROFILES: Mapping[str, LayoutProfile] = MappingProxyType({p.id: p for p in (_PARTY_2026, _STATE_2020)})


def profile(layout_id: str) -> LayoutProfile:
    """Tra thể thức: the profile of that id; an unknown one is refused."""
    try:
        return PROFILES[layout_id]
    except KeyError:
        raise NotFound(f"Không có thể thức văn bản “{layout_id}”.") from None
