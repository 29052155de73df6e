"""Trạng thái có cho phép không: no user, no database. A refusal is the sentence that every door shows."""

from __future__ import annotations

from soi.briefings.enums import ReportState, Verb

_FROZEN = (
    "Báo cáo đã gửi nên không sửa được nữa. Nếu cần bổ sung, hãy đề nghị cấp trên trả lại, "
    "hoặc nêu trong báo cáo quý sau."
)
_NOT_YET = "Báo cáo này chưa được gửi lên."
_REFUSALS = {
    (ReportState.SENT, Verb.WRITE): _FROZEN,
    (ReportState.SENT, Verb.SEND): "Báo cáo này đã được gửi rồi.",
    (ReportState.DRAFT, Verb.RETURN): f"{_NOT_YET} Chỉ trả lại được báo cáo đã gửi.",
    (ReportState.RETURNED, Verb.RETURN): "Báo cáo này đã được trả lại và đang chờ đơn vị gửi lại.",
    (ReportState.DRAFT, Verb.TAKE): f"{_NOT_YET} Hãy gửi báo cáo trước khi đưa vào hội nghị.",
    (ReportState.RETURNED, Verb.TAKE): "Báo cáo đang bị trả lại. Hãy gửi lại trước khi đưa vào hội nghị.",
}


def refusal(state: ReportState, verb: Verb) -> str:
    """Vì sao không: empty where the state allows the verb."""
    return _REFUSALS.get((ReportState(state), Verb(verb)), "")
