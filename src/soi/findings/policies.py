"""Trạng thái có cho phép không: no user, no database. A refusal is the sentence that every door shows."""

from __future__ import annotations

from soi.base.errors import Conflict
from soi.findings.enums import FindingState, LinkState, RemedyState, Verb
from soi.findings.transitions import TABLE, Refused


def refusal(state: FindingState, verb: Verb) -> str:
    """Vì sao không: empty where the state allows the verb."""
    row = TABLE[FindingState(state), verb]
    return row.sentence if isinstance(row, Refused) else ""


def next_state(state: FindingState, verb: Verb, *, active_remedies: int) -> FindingState:
    """Trạng thái sau đó. ``active_remedies``: how many are still to be done when the verb has taken effect.

    Raises Conflict where the state refuses the verb.
    """
    row = TABLE[FindingState(state), verb]
    if isinstance(row, Refused):
        raise Conflict(row.sentence)
    if len(row.targets) == 1:
        return row.targets[0]
    if verb == Verb.REPORT_DONE:
        return FindingState.IN_REMEDY if active_remedies else FindingState.REPORTED
    return FindingState.IN_REMEDY if active_remedies else FindingState.OPEN


def remedy_refusal(state: RemedyState) -> str:
    """Báo cáo về một biện pháp: only while it is active."""
    if state == RemedyState.REPORTED:
        return "Biện pháp này đã được báo cáo xong và đang chờ xác nhận."
    if state == RemedyState.CONFIRMED:
        return "Biện pháp này đã được xác nhận, không báo cáo thêm."
    return ""


def edit_refusal(state: FindingState) -> str:
    """Sửa nội dung: not after it was confirmed as mended, or the confirmation would speak of other words."""
    if state == FindingState.MENDED:
        return "Nội dung đã được xác nhận khắc phục thì không sửa nữa. Nếu tái diễn, hãy mở lại và ghi lý do."
    return ""


def link_refusal(state: LinkState) -> str:
    """Quyết định về một liên kết lặp lại: once."""
    if state != LinkState.PROPOSED:
        return f"Liên kết này đã có người quyết định: {LinkState(state).label}."
    return ""
