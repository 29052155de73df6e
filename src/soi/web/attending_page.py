"""Trang điểm danh: whom the reader marks, by standing and by site, with the figures above the list."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import segno
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.base.errors import NotFound
from soi.conferences import attendance_lines as lists
from soi.conferences import quorum
from soi.conferences.attendance_lines import Contested, Line, Standing
from soi.conferences.logic.presence import CONGRESS, Ground

if TYPE_CHECKING:
    from soi.conferences.attending_rights import Reach
    from soi.conferences.models import Conference, Site
    from soi.conferences.quorum import Quorum

ALL = "tat-ca"
TABS: Mapping[str, tuple[Any, Standing | None]] = {
    "chua-den": (gettext_lazy("Chưa đến"), Standing.EXPECTED),
    "co-mat": (gettext_lazy("Có mặt"), Standing.PRESENT),
    "da-ve": (gettext_lazy("Đã về"), Standing.LEFT),
    "vang": (gettext_lazy("Vắng"), Standing.ABSENT),
    ALL: (gettext_lazy("Tất cả"), None),
}
_GROUNDS = {
    Ground.TRANSFERRED: gettext_lazy("tạm chuyển sinh hoạt"),
    Ground.SUSPENDED: gettext_lazy("bị đình chỉ"),
    Ground.EXEMPT: gettext_lazy("được miễn sinh hoạt"),
    Ground.ACCEPTED: gettext_lazy("vắng có lý do"),
    Ground.AWAY: gettext_lazy("vắng, không có người thay"),
}
# So many letters are needed before people of other sites are offered.
_LETTERS = 2
_MOST_ELSEWHERE = 10


@dataclass(frozen=True, slots=True)
class Tab:
    """Một bộ lọc theo tình trạng."""

    url: str
    label: str
    number: int
    current: bool


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """Một điểm cầu để chọn, with how many of its people are there."""

    site: Site
    url: str
    present: int
    invited: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Điều đang xem: which standing, which site, which name."""

    tab: str
    site_id: int | None
    query: str

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        tab, site = query.get("loc", ""), query.get("diem-cau", "")
        return cls(
            tab if tab in TABS else "chua-den",
            int(site) if site.isdecimal() and len(site) < 10 else None,
            query.get("q", "")[:100],
        )

    def url(self, conference: Conference, **other: str) -> str:
        """Address of the list; ``other`` replaces what is asked."""
        asked = {"loc": self.tab, "diem-cau": str(self.site_id or ""), "q": self.query, **other}
        page = reverse("attendance_board", args=[conference.pk])
        return f"{page}?{urlencode({name: value for name, value in asked.items() if value})}"


def board(conference: Conference, reach: Reach, asked: Asked, now: dt.datetime) -> dict[str, Any]:
    """Danh sách điểm danh: the same number of queries for one person and for a thousand."""
    everybody = lists.lines(conference, now)
    sites = _choices(conference, everybody, reach, asked)
    asked = _only_existing(asked, sites)
    mine = lists.within(everybody, reach, asked.site_id)
    found = lists.named(mine, asked.query)
    wanted = TABS[asked.tab][1]
    # Who looks for a name wants to find it, whatever the standing.
    shown = found if asked.query or wanted is None else [line for line in found if line.standing is wanted]
    return {
        "conference": conference,
        "asked": asked,
        "all_sites_url": asked.url(conference, **{"diem-cau": "", "q": ""}),
        "code_site": _fetch_to(sites, asked, reach) or (sites[0].site if sites else None),
        "lines": shown,
        **addresses(conference, asked),
        "elsewhere": _elsewhere(everybody, reach, asked),
        "fetch_to": _fetch_to(sites, asked, reach),
        "tabs": tabs_of(conference, mine, asked),
        "sites": sites if len(sites) > 1 else [],
        "site": next((one.site for one in sites if one.site.pk == asked.site_id), None),
        "reach": reach,
        "invited": len(everybody),
        "contested": contested(conference, reach, everybody),
        **counts(conference, mine, now),
    }


def contested(conference: Conference, reach: Reach, everybody: list[Line]) -> list[tuple[int, Contested]]:
    """Điều đã báo là chưa đúng, each with the row it is about; the staff of a site are not bothered with it."""
    if not reach.everybody:
        return []
    rows = {line.row.person_id: line.row.pk for line in everybody}
    return [(rows[one.person_id], one) for one in lists.contested(conference) if one.person_id in rows]


def addresses(conference: Conference, asked: Asked) -> dict[str, str]:
    """Where this list stands, whole and as the query that a tap carries along."""
    here = asked.url(conference)
    return {"here": here, "asked_query": here.partition("?")[2]}


def counts(conference: Conference, mine: list[Line], now: dt.datetime) -> dict[str, Any]:
    """Những con số trên đầu trang."""
    found = quorum.quorum(conference, now)
    return {
        "present": sum(line.standing is Standing.PRESENT for line in mine),
        "total": len(mine),
        "quorum": found,
        "left_out": left_out_words(found),
        "quorum_sentence": quorum_sentence(found),
    }


def quorum_sentence(found: Quorum) -> str:
    """Đủ số hay chưa, in words: how many there must be and by which rule."""
    if not found.entitled:
        return _("Chưa mời ai là thành viên chính thức, nên chưa tính đủ số.")
    share = _("từ hai phần ba trở lên") if found.rule is CONGRESS else _("quá nửa")
    return _("Cần %(needed)s người (%(share)s của %(entitled)s).") % {
        "needed": found.needed, "share": share, "entitled": found.entitled,
    }  # fmt: skip


def left_out_words(found: Quorum) -> str:
    """Ai không tính vào tổng số, by why."""
    return ", ".join(f"{number} {_GROUNDS[ground]}" for ground, number in found.left_out.items())


def _choices(conference: Conference, everybody: list[Line], reach: Reach, asked: Asked) -> list[SiteChoice]:
    invited = Counter(line.site.pk for line in everybody if line.site)
    present = Counter(line.site.pk for line in everybody if line.site and line.standing is Standing.PRESENT)
    kept = (site for site in lists.sites_of(conference) if reach.keeps(site.pk))
    return [
        SiteChoice(
            site,
            asked.url(conference, **{"diem-cau": str(site.pk), "q": ""}),
            present[site.pk],
            invited[site.pk],
        )
        for site in kept
    ]


def _only_existing(asked: Asked, sites: list[SiteChoice]) -> Asked:
    known = any(one.site.pk == asked.site_id for one in sites)
    return asked if known else Asked(asked.tab, None, asked.query)


def tabs_of(conference: Conference, mine: list[Line], asked: Asked) -> list[Tab]:
    """Các thẻ theo tình trạng, each with its number."""
    by_standing = Counter(line.standing for line in mine)
    tabs = [
        Tab(
            asked.url(conference, loc=name, q=""),
            str(label),
            len(mine) if standing is None else by_standing[standing],
            current=name == asked.tab and not asked.query,
        )
        for name, (label, standing) in TABS.items()
    ]
    # Most of the day nobody has left yet.
    return [tab for tab in tabs if tab.number or tab.current or tab.label != str(TABS["da-ve"][0])]


def _elsewhere(everybody: list[Line], reach: Reach, asked: Asked) -> list[Line]:
    """Người của điểm cầu khác who may have come here: found by name only, never listed."""
    if len(asked.query.strip()) < _LETTERS:
        return []
    shown = {line.row.pk for line in lists.within(everybody, reach, asked.site_id)}
    found = lists.named(everybody, asked.query)
    return [line for line in found if line.row.pk not in shown][:_MOST_ELSEWHERE]


def _fetch_to(sites: list[SiteChoice], asked: Asked, reach: Reach) -> Site | None:
    """The site to which somebody is fetched: the one looked at, or the only one kept."""
    if asked.site_id is not None:
        return next((one.site for one in sites if one.site.pk == asked.site_id), None)
    return sites[0].site if len(sites) == 1 and not reach.everybody else None


def person(conference: Conference, reach: Reach, row: int, now: dt.datetime) -> Line:
    """Một người trong phạm vi; anybody else is not found."""
    found = next((line for line in lists.lines(conference, now) if line.row.pk == row), None)
    if found is None or not reach.marks(found.row):
        raise NotFound(_("Không tìm thấy người này trong danh sách đồng chí điểm danh."))
    return found


def mine(conference: Conference, person_id: int | None, now: dt.datetime) -> Line | None:
    """Dòng của chính mình."""
    found = lists.lines(conference, now)
    return next((line for line in found if person_id and line.row.person_id == person_id), None)


def qr(address: str) -> bytes:
    """Mã QR của một địa chỉ, as SVG without any style: black on white, with the quiet border scanners need."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=8, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return out.getvalue()
