"""Loại thông báo, hồ sơ nó nói tới, cách nhận thư."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordKind(TextChoices):
    """Hồ sơ mà thông báo nói tới; how it is looked up stands in ``records``."""

    TASK = "task", _("Nhiệm vụ")
    REMEDY = "remedy", _("Biện pháp khắc phục")
    FINDING = "finding", _("Nội dung đánh giá")
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")
    ADDRESSEE = "addressee", _("Việc của nơi nhận văn bản")
    HANDOVER = "handover", _("Bàn giao công việc")
    BRIEFING = "briefing", _("Báo cáo giao ban")
    ROUND = "round", _("Đợt báo cáo giao ban")
    CONFERENCE = "conference", _("Hội nghị")
    REVIEW = "review", _("Bản kiểm điểm")
    REVIEW_CYCLE = "review_cycle", _("Đợt kiểm điểm")
    COMMENTS = "comments", _("Đợt góp ý kiểm điểm")


class NoticeKind(TextChoices):
    """Điều được báo. The label says what happened and nothing of what the record says: mail shows it alone."""

    TASK_ASSIGNED = "task_assigned", _("Đồng chí được giao nhiệm vụ")
    TASK_HELP = "task_help", _("Đơn vị đồng chí được giao phối hợp một nhiệm vụ")
    TASK_EDITED = "task_edited", _("Nội dung nhiệm vụ được sửa")
    TASK_HANDED_OVER = "task_handed_over", _("Nhiệm vụ được chuyển cho đồng chí")
    TASK_TAKEN_AWAY = "task_taken_away", _("Nhiệm vụ được chuyển cho chức vụ khác")
    TASK_DUE_CHANGED = "task_due_changed", _("Thời hạn nhiệm vụ được đổi")
    TASK_CANCELLED = "task_cancelled", _("Nhiệm vụ được hủy")
    TASK_REMINDED = "task_reminded", _("Cấp giao nhắc việc")
    TASK_REQUEST = "task_request", _("Báo cáo có đề nghị cần trả lời")
    TASK_ANSWERED = "task_answered", _("Đề nghị được trả lời")
    TASK_REPORTED = "task_reported", _("Nhiệm vụ báo cáo xong, chờ đánh giá")
    TASK_RETURNED = "task_returned", _("Nhiệm vụ chưa đạt, cần làm tiếp")
    TASK_ASSESSED = "task_assessed", _("Nhiệm vụ được đánh giá")
    HANDOVER_TO_SIGN = "handover_to_sign", _("Bản bàn giao công việc chờ ký")
    HANDOVER_SIGNED = "handover_signed", _("Bản bàn giao công việc được ký")
    DIRECTIVE_ISSUED = "directive_issued", _("Văn bản chỉ đạo gửi đến đơn vị")
    DIRECTIVE_REMINDED = "directive_reminded", _("Cấp trên nhắc thực hiện văn bản chỉ đạo")
    DIRECTIVE_ENDED = "directive_ended", _("Văn bản chỉ đạo hết hiệu lực")
    REMEDY_ASSIGNED = "remedy_assigned", _("Đồng chí được giao biện pháp khắc phục")
    REMEDY_CHANGED = "remedy_changed", _("Biện pháp khắc phục được điều chỉnh")
    FINDING_TO_VERIFY = "finding_to_verify", _("Nội dung báo cáo xong, chờ xác nhận khắc phục")
    FINDING_RETURNED = "finding_returned", _("Khắc phục chưa đạt, cần làm tiếp")
    FINDING_MENDED = "finding_mended", _("Nội dung được xác nhận đã khắc phục")
    FINDING_REOPENED = "finding_reopened", _("Nội dung đã khắc phục được mở lại")
    FINDING_NAMES_ME = "finding_names_me", _("Một nội dung đánh giá nêu trách nhiệm của đồng chí")
    FINDING_ANSWERED = "finding_answered", _("Người được nêu ghi ý kiến")
    BRIEFING_OPENED = "briefing_opened", _("Đợt báo cáo giao ban được mở")
    BRIEFING_DUE_CHANGED = "briefing_due_changed", _("Hạn gửi báo cáo giao ban được đổi")
    BRIEFING_REMINDED = "briefing_reminded", _("Cấp trên nhắc gửi báo cáo giao ban")
    BRIEFING_SENT = "briefing_sent", _("Cấp dưới gửi báo cáo giao ban")
    BRIEFING_RETURNED = "briefing_returned", _("Báo cáo giao ban được trả lại")
    REVIEW_OPENED = "review_opened", _("Đợt kiểm điểm được mở")
    REVIEW_STEPS_MOVED = "review_steps_moved", _("Lịch của đợt kiểm điểm được đổi")
    REVIEW_REMINDED = "review_reminded", _("Cấp trên nhắc kiểm điểm")
    REVIEW_PROMPTED = "review_prompted", _("Cấp trên gửi gợi ý kiểm điểm")
    REVIEW_PROMPT_WITHDRAWN = "review_prompt_withdrawn", _("Gợi ý kiểm điểm được rút")
    REVIEW_EXPLAINED = "review_explained", _("Gợi ý kiểm điểm được giải trình, chờ xem xét")
    REVIEW_EXPLAIN_AGAIN = "review_explain_again", _("Giải trình chưa rõ, cần giải trình thêm")
    REVIEW_FINALIZED = "review_finalized", _("Bản kiểm điểm được chốt, chờ xem xét")
    REVIEW_RETURNED = "review_returned", _("Bản kiểm điểm được trả lại")
    REVIEW_APPROVED = "review_approved", _("Bản kiểm điểm được duyệt")
    REVIEW_CORRECTED = "review_corrected", _("Bản kiểm điểm đã chốt được đính chính")
    COMMENTS_ASKED = "comments_asked", _("Đồng chí được đề nghị góp ý kiểm điểm")
    COMMENTS_EXTENDED = "comments_extended", _("Hạn góp ý kiểm điểm được gia hạn")
    COMMENT_ANSWERED = "comment_answered", _("Góp ý kiểm điểm của đồng chí được trả lời")
    CONFERENCE_INVITED = "conference_invited", _("Đồng chí được mời dự hội nghị")
    CONFERENCE_REMINDED = "conference_reminded", _("Nhắc trả lời giấy mời dự hội nghị")
    CONFERENCE_MOVED = "conference_moved", _("Thời gian hoặc địa điểm hội nghị thay đổi")
    MINUTES_CIRCULATED = "minutes_circulated", _("Biên bản hội nghị chờ đồng chí góp ý")
    MINUTES_SIGNED = "minutes_signed", _("Biên bản hội nghị được thông qua")
    ATTENDANCE_CONTESTED = "attendance_contested", _("Có người báo điểm danh hội nghị chưa đúng")
    DUE_IN_A_WEEK = "due_in_a_week", _("Còn không quá 7 ngày đến hạn")
    DUE_TOMORROW = "due_tomorrow", _("Đến hạn hôm nay hoặc ngày mai")
    OVERDUE = "overdue", _("Đã quá hạn")
    LONG_OVERDUE = "long_overdue", _("Việc giao cho cấp dưới quá hạn từ 14 ngày")


# Made by the calendar, not by an event.
TIMED = (NoticeKind.DUE_IN_A_WEEK, NoticeKind.DUE_TOMORROW, NoticeKind.OVERDUE, NoticeKind.LONG_OVERDUE)


class MailMode(TextChoices):
    """Cách nhận thư."""

    AT_ONCE = "at_once", _("Gửi ngay từng việc")
    DAILY = "daily", _("Gom lại, gửi một thư lúc 7 giờ mỗi ngày")
    NEVER = "never", _("Không gửi thư")


class MailState(TextChoices):
    """Tình trạng của một thư."""

    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    DROPPED = "dropped", _("Không còn gì để gửi")
    FAILED = "failed", _("Không gửi được")
