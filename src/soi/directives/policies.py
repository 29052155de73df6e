"""Văn bản có cho phép không: no user, no database. A refusal is the sentence that every door shows."""

from __future__ import annotations

import datetime as dt

from soi.directives.enums import Step


def ended_refusal(ended_on: dt.date | None, today: dt.date) -> str:
    """Văn bản đã hết hiệu lực thì không giao thêm, không nhắc nữa."""
    if ended_on is not None and ended_on <= today:
        return f"Văn bản này đã hết hiệu lực từ ngày {ended_on:%d/%m/%Y}."
    return ""


def acknowledge_refusal(acknowledged_on: dt.date | None) -> str:
    """Xác nhận đã nhận: once."""
    if acknowledged_on is not None:
        return f"Đơn vị đã xác nhận nhận văn bản này ngày {acknowledged_on:%d/%m/%Y}."
    return ""


def next_step(done: dict[Step, dt.date | None], due: dict[Step, dt.date | None]) -> Step | None:
    """Việc phải làm tiếp: the first step that is asked and not done; None where nothing is left."""
    for step in Step:
        if done[step] is None and (step == Step.ACKNOWLEDGE or due[step] is not None):
            return step
    return None
