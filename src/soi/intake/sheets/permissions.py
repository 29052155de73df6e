"""Ai được nhập bảng, and the sentence when not."""

from __future__ import annotations

from soi.base.actor import Actor
from soi.base.errors import Conflict, NotFound
from soi.intake.sheets import queries
from soi.intake.sheets.enums import SheetState
from soi.intake.sheets.models import Sheet
from soi.org.models import Organization
from soi.work import permissions as work

_NOT_WAITING = {
    SheetState.WRITING: "Bảng này đang được ghi. Hãy mở bảng để xem đã ghi đến đâu.",
    SheetState.DONE: "Bảng này đã ghi xong. Muốn sửa tiếp, hãy sửa trong bảng rồi nhập lại.",
    SheetState.DISCARDED: "Bảng này đã bỏ. Hãy tải lên lại nếu cần.",
}


def check_can_take(actor: Actor, organization: Organization) -> None:
    """Nhập bảng thay một tổ chức: who keeps its records, as for every single task."""
    work.check_can_keep(actor, organization)


def check_waiting(actor: Actor, sheet: Sheet) -> None:
    """Only a sheet in sight that waits can be confirmed or discarded."""
    check_sees(actor, sheet)
    if sentence := _NOT_WAITING.get(SheetState(sheet.state)):
        raise Conflict(sentence)


def check_sees(actor: Actor, sheet: Sheet) -> None:
    """A sheet out of sight does not exist for the actor."""
    if not queries.visible_to(actor).filter(pk=sheet.pk).exists():
        raise NotFound("Không tìm thấy bảng nhập này.")
