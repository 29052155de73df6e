"""Danh sách văn bản chỉ đạo: three tabs, filters, and how far each paper has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from soi.base.actor import Actor
from soi.directives import queries
from soi.directives.enums import DirectiveKind
from soi.directives.queries import DirectiveFilter

if TYPE_CHECKING:
    from soi.directives.models import Addressee, Directive

PAGE_SIZE = 25
TABS = ("den", "di", "tat-ca")


@dataclass(frozen=True, slots=True)
class Tab:
    """Một thẻ: its records counted with the filters that are on."""

    key: str
    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """Một văn bản trong danh sách."""

    directive: Directive
    progress: queries.Progress
    mine: list[Addressee]

    @property
    def ended(self) -> bool:
        """Đã hết hiệu lực, or said when it will."""
        return self.directive.ended_on is not None


def read_filter(asked: Mapping[str, str]) -> DirectiveFilter:
    """From the address of the page; what is not known is left out, never an error."""
    kind, year, body = asked.get("kind", ""), asked.get("year", ""), asked.get("org", "")
    return DirectiveFilter(
        kind=kind if kind in DirectiveKind.values else "",
        q=asked.get("q", "").replace("\x00", "")[:200],
        year=year if year.isascii() and year.isdigit() and len(year) == 4 and year > "1900" else "",
        body=int(body) if body.isascii() and body.isdigit() and len(body) < 10 else None,
        open_only=asked.get("con", "") == "1",
    )


def list_page(actor: Actor, asked: Mapping[str, str]) -> dict[str, Any]:
    """Danh sách: the chosen tab, what each tab holds, and how far its papers have come."""
    wanted, chosen = read_filter(asked), asked.get("tab", "")
    narrowed = {
        "den": replace(wanted, mine=True), "di": replace(wanted, issued=True), "tat-ca": wanted,
    }  # fmt: skip
    lists = {key: queries.listing(actor, narrowed[key]) for key in TABS}
    counts = {key: rows.count() for key, rows in lists.items()}
    # Who opens the page first sees a tab that has something in it.
    tab = chosen if chosen in TABS else next((key for key in TABS if counts[key]), "den")
    page: Page[Any] = Paginator(range(counts[tab]), PAGE_SIZE).get_page(asked.get("page"))
    start = (page.number - 1) * PAGE_SIZE
    shown = list(lists[tab][start : start + PAGE_SIZE])
    progress, mine = queries.progress_of(actor, shown), queries.mine_among(actor, shown)
    none = queries.Progress()
    page.object_list = [ListRow(row, progress.get(row.pk, none), mine.get(row.pk, [])) for row in shown]
    return {
        "page": page,
        "tab": tab,
        "tabs": _tabs(tab, counts, asked),
        "wanted": wanted,
        "kinds": DirectiveKind.choices,
        "years": queries.years(actor),
        "is_filtered": wanted != DirectiveFilter(),
        "today": actor.today,
    }


def _tabs(tab: str, counts: dict[str, int], asked: Mapping[str, str]) -> list[Tab]:
    labels = {
        "den": _("Gửi đến đơn vị tôi"), "di": _("Đơn vị tôi ban hành"), "tat-ca": _("Tất cả"),
    }  # fmt: skip
    kept = {name: asked[name] for name in ("q", "kind", "year", "org", "con") if asked.get(name)}
    return [
        Tab(key, labels[key], f"?{urlencode({'tab': key, **kept})}", counts[key], key == tab) for key in TABS
    ]
