"""Phần chung khi đổi trạng thái: the newest row, locked, and the one event of the change."""

from __future__ import annotations

from soi.ballots.casting import hold_box
from soi.ballots.models import Poll
from soi.ballots.queries import OUT_OF_SIGHT, is_as_frozen
from soi.base.errors import Conflict, NotFound

_TOUCHED = (
    "Nội dung cuộc bỏ phiếu (câu hỏi, danh sách hoặc cách tính) không còn như khi mở: mã băm không khớp. "
    "Hãy giữ nguyên hệ thống, báo người quản trị, lập biên bản; cuộc bỏ phiếu này phải hủy và bỏ phiếu lại."
)


def fresh(poll: Poll) -> Poll:
    """Bản mới nhất, locked until the transaction ends, with no ballot on its way."""
    hold_box(poll.pk, alone=True)
    current = Poll.objects.select_for_update(of=("self",)).select_related("organization").filter(pk=poll.pk)
    if found := current.first():
        return found
    raise NotFound(OUT_OF_SIGHT)


def save(poll: Poll, *columns: str) -> Poll:
    """Ghi các cột này."""
    poll.version += 1
    poll.save(update_fields=[*columns, "version"])
    return poll


def check_as_frozen(poll: Poll) -> None:
    """Còn nguyên như khi mở, or nothing goes on."""
    if not is_as_frozen(poll):
        raise Conflict(_TOUCHED)
