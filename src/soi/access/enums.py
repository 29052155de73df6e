"""Nhiệm vụ theo chức vụ, and what each lets its holder do."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Capability


class Duty(TextChoices):
    """Nhiệm vụ trên hệ thống: given to a post, held by whoever holds the post."""

    SECRETARY = "secretary", _("Bí thư, chủ trì")
    CLERK = "clerk", _("Văn phòng, văn thư")
    MEMBER = "member", _("Thành viên")
    INSPECTOR = "inspector", _("Kiểm tra")
    PRESS = "press", _("Tuyên truyền")
    ORGANIZER = "organizer", _("Quản lý tổ chức, cán bộ")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


# The table of rights: one line a duty. A system administrator sees no content.
CAPABILITIES: dict[Duty, frozenset[Capability]] = {
    Duty.SECRETARY: frozenset(
        {
            Capability.READ,
            Capability.RECORD,
            Capability.VERIFY,
            Capability.DIRECT,
            Capability.MANAGE_ORGANIZATION,
        }
    ),
    Duty.CLERK: frozenset({Capability.READ, Capability.RECORD, Capability.MANAGE_ORGANIZATION}),
    Duty.MEMBER: frozenset({Capability.READ}),
    Duty.INSPECTOR: frozenset({Capability.READ, Capability.VERIFY}),
    Duty.PRESS: frozenset({Capability.READ, Capability.PUBLISH}),
    Duty.ORGANIZER: frozenset({Capability.MANAGE_ORGANIZATION}),
    Duty.ADMINISTRATOR: frozenset({Capability.MANAGE_ACCOUNTS}),
}
