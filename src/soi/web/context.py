"""Khung trang: the menu and the viewer's name, for every page with the shell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor
from soi.web.access_table import ACCESS


@dataclass(frozen=True, slots=True)
class NavItem:
    """Mục menu."""

    url: str
    label: str
    icon: str
    current: bool
    short: str = ""
    apart: bool = False
    # On a phone behind "Thêm".
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """Người đang xem: name and present posts, for the corner of every page."""

    display_name: str
    post_label: str
    initials: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Một mục của menu.

    ``part``: what the paths that belong to it begin with, several with blanks between them; ``apart`` starts a
    group; ``phone`` stays on the bar of a phone where not all fit.
    """

    name: str
    label: Any
    short: Any
    icon: str
    part: str
    apart: bool = False
    phone: bool = False


# First what is mine, then the loop in its order, then what it stands on.
MENU = (
    Entry("my_work", _("Việc của tôi"), _("Việc"), "work", "", phone=True),
    Entry("board", _("Bảng điều hành"), _("Điều hành"), "board", "bang-dieu-hanh", phone=True),
    Entry("directive_list", _("Chỉ đạo"), _("Chỉ đạo"), "scroll", "chi-dao", apart=True),
    Entry("task_list", _("Nhiệm vụ"), _("Nhiệm vụ"), "task", "cong-viec nhap-bang", phone=True),
    Entry("conference_list", _("Hội nghị"), _("Hội nghị"), "conference", "hoi-nghi bieu-quyet"),
    Entry("briefing_list", _("Giao ban"), _("Giao ban"), "briefing", "giao-ban"),
    Entry("review_cycle_list", _("Kiểm điểm"), _("Kiểm điểm"), "verified", "kiem-diem"),
    Entry("finding_list", _("Sổ theo dõi"), _("Sổ"), "register", "so-theo-doi", phone=True),
    Entry("organization_home", _("Tổ chức"), _("Tổ chức"), "org", "to-chuc", apart=True),
    Entry("person_list", _("Con người"), _("Người"), "people", "con-nguoi"),
    Entry("draft_list", _("Nhập văn bản"), _("Nhập"), "intake", "nhap-van-ban"),
    Entry("account_list", _("Quản trị"), _("Quản trị"), "shield", "quan-tri"),
)
# So many fit beside each other at the foot of a phone.
ON_A_PHONE = 5


def shell(request: HttpRequest) -> dict[str, Any]:
    """Menu and viewer; worked out only when a template asks."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {
        "nav": SimpleLazyObject(lambda: _nav(request, actor)),
        "viewer": SimpleLazyObject(lambda: _viewer(actor)),
    }


def _nav(request: HttpRequest, actor: Actor) -> list[NavItem]:
    section = request.path.lstrip("/").split("/")[0]
    admitted = [entry for entry in MENU if ACCESS[entry.name].admits(actor)]
    too_many = len(admitted) > ON_A_PHONE
    return [
        NavItem(
            reverse(entry.name),
            str(entry.label),
            entry.icon,
            current=section in entry.part.split(" "),
            short=str(entry.short),
            apart=entry.apart,
            rest=too_many and not entry.phone,
        )
        for entry in admitted
    ]


def _viewer(actor: Actor) -> Viewer:
    names = actor.label.split()
    initials = (names[-1][:1] if names else "").upper()
    return Viewer(actor.label, "; ".join(actor.post_labels), initials)
