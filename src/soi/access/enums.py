"""Nhiệm vụ theo chức vụ, and what each lets its holder do."""

from __future__ import annotations

from django.db.models import TextChoices

from soi.base.actor import Capability


class Duty(TextChoices):
    """Nhiệm vụ trên hệ thống: given to a post, held by whoever holds the post."""

    SECRETARY = "secretary", "Bí thư, chủ trì"
    CLERK = "clerk", "Văn phòng, văn thư"
    MEMBER = "member", "Thành viên"
    INSPECTOR = "inspector", "Kiểm tra"
    PRESS = "press", "Tuyên truyền"
    ORGANIZER = "organizer", "Quản lý tổ chức, cán bộ"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


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
