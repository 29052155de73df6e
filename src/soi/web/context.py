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
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Người đang xem: name and present posts, for the corner of every page."""

    display_name: str
    post_label: str
    initials: str


# URL name, label, short label for a phone, icon, and the first part of the paths that belong to it.
MENU = [
    ("my_work", _("Việc của tôi"), _("Việc"), "work", ""),
    ("board", _("Bảng điều hành"), _("Bảng"), "board", "bang-dieu-hanh"),
    ("task_list", _("Nhiệm vụ"), _("Nhiệm vụ"), "task", "cong-viec"),
    ("organization_home", _("Tổ chức"), _("Tổ chức"), "org", "to-chuc"),
    ("directive_list", _("Chỉ đạo"), _("Chỉ đạo"), "scroll", "chi-dao"),
    ("conference_list", _("Hội nghị"), _("Hội nghị"), "conference", "hoi-nghi"),
    ("briefing_list", _("Giao ban"), _("Giao ban"), "briefing", "giao-ban"),
    ("finding_list", _("Sổ theo dõi"), _("Sổ"), "register", "so-theo-doi"),
    ("draft_list", _("Nhập văn bản"), _("Nhập"), "intake", "nhap-van-ban"),
    ("person_list", _("Con người"), _("Người"), "people", "con-nguoi"),
    ("account_list", _("Quản trị"), _("Quản trị"), "shield", "quan-tri"),
]


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
    return [
        NavItem(reverse(name), str(label), icon, current=section == part, short=str(short))
        for name, label, short, icon, part in MENU
        if ACCESS[name].admits(actor)
    ]


def _viewer(actor: Actor) -> Viewer:
    names = actor.label.split()
    initials = (names[-1][:1] if names else "").upper()
    return Viewer(actor.label, "; ".join(actor.post_labels), initials)
