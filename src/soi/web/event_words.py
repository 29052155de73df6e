"""Lịch sử bằng lời thường: who did what and when, from the events of a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from soi.findings.enums import LinkState
from soi.web.task_words import work_words

if TYPE_CHECKING:
    from soi.history.models import Event

# What was done, the tone and the icon it is shown with.
_WORDS = {
    "findings.record_finding": (gettext_lazy("Ghi vào sổ"), "", "new"),
    "findings.edit_finding": (gettext_lazy("Sửa nội dung"), "", "edit"),
    "findings.add_concerned": (gettext_lazy("Thêm đơn vị liên quan"), "", "org"),
    "findings.add_cause": (gettext_lazy("Thêm nguyên nhân"), "", "document"),
    "findings.add_responsibility": (gettext_lazy("Thêm trách nhiệm"), "", "user"),
    "findings.answer": (gettext_lazy("Người được nêu ghi ý kiến"), "", "quote"),
    "findings.add_remedy": (gettext_lazy("Giao biện pháp khắc phục"), "", "mending"),
    "findings.change_remedy": (gettext_lazy("Điều chỉnh biện pháp"), "warn", "edit"),
    "findings.enter_programme": (gettext_lazy("Đưa vào chương trình công tác"), "", "plus"),
    "findings.report_progress": (gettext_lazy("Báo cáo tiến độ"), "", "waiting"),
    "findings.report_done": (gettext_lazy("Báo cáo đã làm xong"), "warn", "waiting"),
    "findings.return_for_more": (gettext_lazy("Trả lại để làm tiếp"), "bad", "returned"),
    "findings.verify_mended": (gettext_lazy("Xác nhận đã khắc phục"), "good", "verified"),
    "findings.reopen": (gettext_lazy("Mở lại"), "bad", "recurring"),
    "briefings.compose": (gettext_lazy("Soạn từ hồ sơ"), "", "recurring"),
    "briefings.edit_line": (gettext_lazy("Sửa câu"), "", "edit"),
    "briefings.add_line": (gettext_lazy("Thêm câu"), "", "plus"),
    "briefings.drop_line": (gettext_lazy("Bỏ câu"), "", "close"),
    "briefings.restore_line": (gettext_lazy("Lấy lại câu đã bỏ"), "", "returned"),
    "briefings.move_line": (gettext_lazy("Chuyển chỗ câu"), "", "edit"),
    "briefings.decide_line": (gettext_lazy("Chọn giữa hai câu"), "", "check"),
    "reviews.compose": (gettext_lazy("Soạn từ hồ sơ"), "", "recurring"),
    "reviews.edit_paragraph": (gettext_lazy("Sửa đoạn"), "", "edit"),
    "reviews.set_aside": (gettext_lazy("Hai người sửa cùng chỗ, giữ cả hai"), "warn", "edit"),
    "reviews.add_paragraph": (gettext_lazy("Thêm đoạn"), "", "plus"),
    "reviews.drop_paragraph": (gettext_lazy("Bỏ đoạn"), "", "close"),
    "reviews.restore_paragraph": (gettext_lazy("Lấy lại đoạn đã bỏ"), "", "returned"),
    "reviews.move_paragraph": (gettext_lazy("Chuyển chỗ đoạn"), "", "edit"),
    "reviews.decide_paragraph": (gettext_lazy("Chọn giữa hai lời văn"), "", "check"),
    "reviews.settle_wording": (gettext_lazy("Chọn lời văn chờ ghép"), "", "check"),
    "briefings.send": (gettext_lazy("Gửi lên cấp trên"), "good", "upload"),
    "briefings.return": (gettext_lazy("Trả lại báo cáo"), "bad", "returned"),
    "briefings.take_to_conference": (gettext_lazy("Đưa vào hội nghị"), "", "conference"),
    "reviews.send_prompts": (gettext_lazy("Cấp trên gửi gợi ý kiểm điểm"), "warn", "upload"),
    "reviews.withdraw_prompt": (gettext_lazy("Cấp trên rút gợi ý"), "", "undo"),
    "reviews.explain": (gettext_lazy("Giải trình gợi ý"), "", "quote"),
    "reviews.judge": (gettext_lazy("Cấp trên xem xét giải trình"), "", "eye"),
    "reviews.answer_carried": (gettext_lazy("Trả lời mục chuyển sang"), "", "mending"),
    "reviews.add_measure": (gettext_lazy("Thêm biện pháp"), "", "plus"),
    "reviews.edit_measure": (gettext_lazy("Sửa biện pháp"), "", "edit"),
    "reviews.drop_measure": (gettext_lazy("Bỏ biện pháp"), "", "close"),
    "reviews.finalize": (gettext_lazy("Chốt"), "good", "confirmed"),
    "reviews.return": (gettext_lazy("Cấp trên trả lại"), "bad", "returned"),
    "reviews.approve": (gettext_lazy("Cấp trên duyệt"), "good", "verified"),
    "reviews.correct": (gettext_lazy("Mở bản đính chính"), "warn", "edit"),
    "findings.propose_recurrence": (gettext_lazy("Tìm mục giống trước đây"), "", "recurring"),
    "findings.decide_recurrence": (gettext_lazy("Xem xét lặp lại"), "", "recurring"),
    "work.assign": (gettext_lazy("Giao nhiệm vụ"), "", "new"),
    "work.edit": (gettext_lazy("Sửa nội dung"), "", "edit"),
    "work.hand_over": (gettext_lazy("Chuyển người chịu trách nhiệm"), "", "handover"),
    "work.change_due": (gettext_lazy("Đổi hạn"), "warn", "calendar"),
    "work.cancel": (gettext_lazy("Hủy nhiệm vụ"), "bad", "close"),
    "work.remind": (gettext_lazy("Nhắc việc"), "warn", "bell"),
    "work.report": (gettext_lazy("Báo cáo tiến độ"), "", "mending"),
    "work.report_done": (gettext_lazy("Báo cáo đã làm xong"), "good", "check"),
    "work.return": (gettext_lazy("Trả lại để làm tiếp"), "bad", "returned"),
    "work.assess": (gettext_lazy("Đánh giá kết quả"), "good", "verified"),
    "work.answer_request": (gettext_lazy("Trả lời đề nghị"), "", "quote"),
}
# The facts worth reading again, in this order.
_TELLING = ("statement", "text", "note", "reason")


@dataclass(frozen=True, slots=True)
class Told:
    """Một dòng lịch sử, as ``components/_timeline.html`` shows it."""

    title: str
    by: str
    at: dt.datetime
    body: str
    tone: str
    icon: str


def told(event: Event) -> Told:
    """Kể lại một sự kiện; one of an unknown kind is still shown, with its author and time."""
    title, tone, icon = _WORDS.get(event.action, (gettext_lazy("Thay đổi hồ sơ"), "", "edit"))
    payload = getattr(event, "payload", None)
    by = event.actor_label
    if event.on_behalf_of:
        by = _("%(who)s, thay mặt %(whom)s") % {"who": by, "whom": event.on_behalf_of}
    if event.via == "intake":
        by = _("%(who)s, từ văn bản nhập vào") % {"who": by}
    return Told(str(title), by, event.at, _body(event.action, payload.facts if payload else {}), tone, icon)


def _body(action: str, facts: Mapping[str, Any]) -> str:
    if action == "findings.decide_recurrence":
        return str(dict(LinkState.choices).get(facts.get("decision", ""), ""))
    if action.startswith("work."):
        return "\n".join(work_words(action, facts))
    parts = [str(facts[name]) for name in _TELLING if facts.get(name)][:1]
    if action == "findings.report_progress":
        parts.insert(0, f"{facts.get('percent', 0)}%")
    if action == "findings.edit_finding" and facts.get("old_statement"):
        parts.append(_("Trước đó: %(old)s") % {"old": facts["old_statement"]})
    if action == "findings.change_remedy":
        parts.append(_changed(facts))
    if action == "findings.add_remedy" and isinstance(facts.get("accountable_post"), dict):
        parts.append(_("Giao cho: %(post)s") % {"post": facts["accountable_post"].get("label", "")})
    return "\n".join(parts)


def _changed(facts: Mapping[str, Any]) -> str:
    """Từ đâu sang đâu: post and date before and after."""
    before, after = facts.get("old_post") or {}, facts.get("accountable_post") or {}
    words = []
    if before.get("id") != after.get("id"):
        words.append(
            _("Chuyển từ %(old)s sang %(new)s")
            % {"old": before.get("label", ""), "new": after.get("label", "")}
        )
    if facts.get("old_due_on") != facts.get("due_on"):
        days = {"old": _day(facts.get("old_due_on")), "new": _day(facts.get("due_on"))}
        words.append(_("Thời hạn từ %(old)s sang %(new)s") % days)
    return "\n".join(words)


def _day(text: Any) -> str:
    return f"{dt.date.fromisoformat(str(text)):%d/%m/%Y}" if text else ""
