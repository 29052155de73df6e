"""Người thực hiện: who acts, on which day, and what the posts held that day allow, in which part of the tree.

The dataclass lives in the lowest room so that every room can ask it; the room ``access`` builds it from
the posts held today. It is made once for each request and never stored.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Capability(StrEnum):
    """Quyền: what a post may let its holder do in a part of the tree."""

    READ = "read"  # xem hội nghị, hạn chế, biện pháp
    RECORD = "record"  # nhập văn bản, lập và sửa hồ sơ
    VERIFY = "verify"  # xác nhận đã khắc phục, công nhận lặp lại
    DIRECT = "direct"  # quyết định thay mặt tổ chức, ủy quyền
    PUBLISH = "publish"  # biên tập tin bài từ hội nghị
    MANAGE_ORGANIZATION = "manage_organization"  # lập, đổi tên, sáp nhập tổ chức; bổ nhiệm
    MANAGE_ACCOUNTS = "manage_accounts"  # cấp, khóa tài khoản; không xem nội dung


@dataclass(frozen=True, slots=True)
class Grant:
    """Phạm vi quyền: one capability over one body, or over the whole part of the tree below it."""

    capability: Capability
    organization_id: int
    whole_tree: bool
    post_id: int
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Người thực hiện. ``today`` is the local day (Asia/Ho_Chi_Minh) on which rights are judged."""

    user_id: int | None
    person_id: int | None
    label: str
    today: dt.date
    grants: tuple[Grant, ...] = field(default=(), repr=False)
    post_ids: frozenset[int] = frozenset()
    # Those who have lent this person a post: who acts for somebody is no outsider to their work.
    lenders: frozenset[int] = frozenset()
    # Names of the posts held (not of those lent), as printed beside the person's name.
    post_labels: tuple[str, ...] = ()
    # Only the command line (first installation, sample data) acts as the system; no door can make one.
    is_system: bool = False
    via: str = "web"

    def may(self, capability: Capability) -> bool:
        """Whether the actor has this capability anywhere at all (to show or hide a menu entry)."""
        return self.is_system or any(grant.capability == capability for grant in self.grants)

    def on_behalf_of(self, capability: Capability) -> str:
        """Whose post is used, when the capability comes only by delegation; empty otherwise."""
        names = {grant.on_behalf_of for grant in self.grants if grant.capability == capability}
        return "" if "" in names or not names else sorted(names)[0]


def system_actor(label: str, *, today: dt.date, via: str = "cli") -> Actor:
    """Hệ thống: the actor of installation and sample data, allowed everywhere, named in the history."""
    return Actor(user_id=None, person_id=None, label=label, today=today, is_system=True, via=via)
