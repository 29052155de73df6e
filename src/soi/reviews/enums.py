"""Loại đợt, nhóm được kiểm điểm, lý do chưa kiểm điểm, trạng thái và việc làm của phòng kiểm điểm."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CycleKind(TextChoices):
    """Loại đợt (Quy định 366-QĐ/TW, 30/8/2025: nhiệm kỳ, hằng năm, hằng quý, khi cần)."""

    QUARTER = "quarter", _("Hằng quý")
    YEAR = "year", _("Hằng năm")
    TERM = "term", _("Nhiệm kỳ")
    ON_DEMAND = "on_demand", _("Khi cần")


class CycleState(TextChoices):
    """Trạng thái của đợt."""

    OPEN = "open", _("Đang tiến hành")
    CLOSED = "closed", _("Đã kết thúc")


class Order(TextChoices):
    """Thứ tự tiến hành."""

    BOTTOM_UP = "bottom_up", _("Từ cấp dưới lên")
    BY_DECISION = "by_decision", _("Theo quyết định của cấp mở đợt")


class Step(TextChoices):
    """Bước trong lịch của đợt, in the order they are done."""

    PROMPT = "prompt", _("Cấp trên gửi gợi ý kiểm điểm")
    DRAFT = "draft", _("Soạn dự thảo")
    COMMENT = "comment", _("Lấy góp ý")
    CONFERENCE = "conference", _("Hội nghị kiểm điểm")
    FINALIZE = "finalize", _("Chốt, gửi cấp trên")
    DECIDE = "decide", _("Cấp trên xem xét")


class ReviewKind(TextChoices):
    """Kiểm điểm tập thể hay cá nhân."""

    COLLECTIVE = "collective", _("Tập thể")
    INDIVIDUAL = "individual", _("Cá nhân")


class PersonGroup(TextChoices):
    """Nhóm cá nhân, each with a form of its own (Hướng dẫn 43-HD/BTCTW, 31/10/2025: mẫu 2A, 2B, 2C)."""

    MEMBER = "member", _("Không giữ chức vụ lãnh đạo, quản lý")
    LEADER = "leader", _("Cán bộ lãnh đạo, quản lý")
    OUTSIDE = "outside", _("Ngoài hệ thống chính trị")


class Exemption(TextChoices):
    """Lý do chưa kiểm điểm trong đợt này."""

    NEW = "new", _("Chưa đủ 6 tháng")
    SUSPENDED = "suspended", _("Đang bị đình chỉ")
    EXCUSED = "excused", _("Được miễn công tác và sinh hoạt")
    AWAY = "away", _("Đi học, nghỉ ốm, nghỉ thai sản dài ngày")
    OTHER = "other", _("Lý do khác")


class ReviewState(TextChoices):
    """Trạng thái của một bản kiểm điểm. Finalized means frozen; a correction is a new edition."""

    WAITING = "waiting", _("Chưa soạn")
    DRAFT = "draft", _("Đang soạn")
    FINAL = "final", _("Đã chốt")
    RETURNED = "returned", _("Bị trả lại")
    APPROVED = "approved", _("Cấp trên đã duyệt")


class Verb(TextChoices):
    """Việc làm với một bản kiểm điểm."""

    WRITE = "write", _("Soạn, sửa")
    EXEMPT = "exempt", _("Ghi lý do chưa kiểm điểm")
    PROMPT = "prompt", _("Gợi ý kiểm điểm")
    EXPLAIN = "explain", _("Giải trình")
    FINALIZE = "finalize", _("Chốt")
    RETURN = "return", _("Trả lại")
    APPROVE = "approve", _("Duyệt")
    CORRECT = "correct", _("Đính chính")


class Section(IntegerChoices):
    """Phần của báo cáo kiểm điểm (mẫu báo cáo kiểm điểm tập thể)."""

    STRENGTHS = 1, _("Ưu điểm, kết quả đạt được")
    SHORTCOMINGS = 2, _("Hạn chế, khuyết điểm và nguyên nhân")
    CARRIED = 3, _("Kết quả khắc phục hạn chế, khuyết điểm kỳ trước")
    EXPLANATIONS = 4, _("Giải trình những vấn đề được gợi ý kiểm điểm")
    RESPONSIBILITY = 5, _("Trách nhiệm của tập thể, cá nhân")
    DIRECTIONS = 6, _("Phương hướng, biện pháp khắc phục")
    SELF_RATING = 7, _("Tự nhận mức xếp loại")


class PersonalSection(IntegerChoices):
    """Phần của bản kiểm điểm cá nhân (mẫu 2A, 2B, 2C); which of them a group has, ``sections`` says."""

    QUALITIES = 11, _("Phẩm chất chính trị, đạo đức, lối sống; ý thức kỷ luật; tác phong")
    DUTIES = 12, _("Thực hiện chức trách, nhiệm vụ")
    LEADING = 13, _("Lãnh đạo, quản lý; kết quả của đơn vị phụ trách; đoàn kết nội bộ")
    INITIATIVE = 14, _("Tinh thần trách nhiệm, dám nghĩ, dám làm; việc khó, việc nhạy cảm")
    EXAMPLE = 15, _("Nêu gương của bản thân và gia đình; phòng, chống tham nhũng, lãng phí")
    COMMITMENT = 16, _("Thực hiện cam kết tu dưỡng, rèn luyện hằng năm")
    SHORTCOMINGS = 21, _("Hạn chế, khuyết điểm và nguyên nhân")
    REMEDIES = 31, _("Kết quả khắc phục hạn chế, khuyết điểm kỳ trước")
    EXPLANATIONS = 41, _("Giải trình những vấn đề được gợi ý kiểm điểm")
    SHARED_RESPONSIBILITY = 51, _("Trách nhiệm cá nhân đối với hạn chế, khuyết điểm của tập thể")
    DIRECTIONS = 61, _("Phương hướng, biện pháp khắc phục")
    SELF_RATING = 71, _("Tự nhận mức xếp loại")


class Change(TextChoices):
    """Lần soạn gần nhất làm gì với đoạn này."""

    NONE = "", _("Không đổi")
    NEW = "new", _("Đoạn mới")
    UPDATED = "updated", _("Số liệu đã cập nhật")
    DIFFERS = "differs", _("Số liệu đã khác câu đồng chí sửa")
    GONE = "gone", _("Không còn căn cứ")


class Mended(TextChoices):
    """Hạn chế kỳ trước nay thế nào; it follows from the finding, nobody chooses it."""

    FIXED = "fixed", _("Đã khắc phục")
    GOING = "going", _("Đang khắc phục")
    NOT_YET = "not_yet", _("Chưa khắc phục")


class Verdict(TextChoices):
    """Cấp gợi ý xem xét giải trình."""

    ACCEPTED = "accepted", _("Đã rõ")
    AGAIN = "again", _("Cần giải trình thêm")


class Uptake(TextChoices):
    """Tiếp thu góp ý."""

    TAKEN = "taken", _("Tiếp thu")
    PARTLY = "partly", _("Tiếp thu một phần")
    NOT_TAKEN = "not_taken", _("Không tiếp thu")


class Lack(TextChoices):
    """Còn thiếu gì ở một đơn vị trong đợt, in the order it is shown."""

    UNLISTED = "unlisted", _("Chưa có trong danh sách")
    TEXT = "text", _("Chưa soạn bản kiểm điểm")
    EXPLANATION = "explanation", _("Gợi ý chưa giải trình")
    CARRIED = "carried", _("Mục chuyển sang chưa ghi kết quả")
    COMMENTS = "comments", _("Đợt góp ý chưa xong")
    UPTAKE = "uptake", _("Góp ý chưa trả lời")
    FINAL = "final", _("Chưa chốt")
    RETURNED = "returned", _("Bị trả lại, chờ chốt lại")
    DECISION = "decision", _("Chờ cấp trên xem xét")
    PERSONS = "persons", _("Cá nhân chưa chốt")
    UNLISTED_PERSONS = "unlisted_persons", _("Cá nhân chưa có trong danh sách")
