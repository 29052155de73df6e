"""Lịch sử của văn bản chỉ đạo bằng lời thường."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.directives.enums import DisseminationForm, ElaborationKind
from soi.web.event_words import Told
from soi.web.event_words import told as plainly_told

if TYPE_CHECKING:
    from soi.history.models import Event

# What was done, its tone and icon.
_DEEDS: Mapping[str, tuple[Any, str, str]] = {
    "directives.issue": (gettext_lazy("Ban hành"), "", "scroll"),
    "directives.edit": (gettext_lazy("Sửa, gia hạn"), "", "edit"),
    "directives.add_addressees": (gettext_lazy("Gửi thêm nơi nhận"), "", "org"),
    "directives.add_points": (gettext_lazy("Ghi các điểm"), "", "document"),
    "directives.end": (gettext_lazy("Hết hiệu lực"), "warn", "close"),
    "directives.acknowledge": (gettext_lazy("Xác nhận đã nhận"), "good", "check"),
    "directives.disseminate": (gettext_lazy("Báo cáo quán triệt"), "good", "people"),
    "directives.elaborate": (gettext_lazy("Cụ thể hóa"), "good", "document"),
    "directives.remind": (gettext_lazy("Nhắc"), "warn", "overdue"),
}


def told(event: Event) -> Told:
    """Kể lại một sự kiện của văn bản hoặc của một nơi nhận."""
    title, tone, icon = _DEEDS.get(event.action, (gettext_lazy("Thay đổi hồ sơ"), "", "edit"))
    payload = getattr(event, "payload", None)
    body = _body(event.action, payload.facts if payload else {})
    return replace(plainly_told(event), title=str(title), tone=tone, icon=icon, body=body)


def _body(action: str, facts: Mapping[str, Any]) -> str:
    where = facts.get("organization")
    parts = [where["label"]] if isinstance(where, dict) and action != "directives.issue" else []
    if action in {"directives.issue", "directives.add_addressees"}:
        parts.append(_("%(count)s nơi nhận") % {"count": facts.get("sent_to", 0)})
    if action == "directives.disseminate":
        form = dict(DisseminationForm.choices).get(facts.get("form", ""), "")
        parts.append(f"{form}, {facts.get('attended')}/{facts.get('expected')}")
    if action == "directives.elaborate":
        parts.append(str(dict(ElaborationKind.choices).get(facts.get("kind", ""), "")))
    own = facts.get("own_directive")
    parts += [own["label"]] if isinstance(own, dict) else []
    parts += [str(facts[name]) for name in ("reason", "note") if facts.get(name)]
    return "\n".join(parts)
