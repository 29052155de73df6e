"""Loại hội nghị, hình thức, vai trò người dự."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConferenceKind(TextChoices):
    """Loại hội nghị: the purpose beats the forum."""

    BRIEFING_MONTH = "briefing_month", _("Giao ban tháng")
    BRIEFING_QUARTER = "briefing_quarter", _("Giao ban quý")
    HALF_YEAR = "half_year", _("Sơ kết 6 tháng")
    ANNUAL = "annual", _("Tổng kết năm")
    BRIEFING_OTHER = "briefing_other", _("Giao ban khác")
    SELF_CRITICISM = "self_criticism", _("Kiểm điểm tự phê bình và phê bình")
    REVIEW_RESOLUTION = "review_resolution", _("Sơ kết, tổng kết nghị quyết, chỉ thị")
    LESSONS = "lessons", _("Rút kinh nghiệm")
    COMMITTEE_PLENUM = "committee_plenum", _("Hội nghị cấp ủy, ban thường vụ")
    CELL_MEETING = "cell_meeting", _("Sinh hoạt chi bộ")
    CONGRESS = "congress", _("Đại hội")
    EMPLOYEE_CONFERENCE = "employee_conference", _("Hội nghị người lao động")
    WORKING_SESSION = "working_session", _("Buổi làm việc")
    HANDOVER = "handover", _("Bàn giao")
    THEMATIC = "thematic", _("Chuyên đề, quán triệt")
    NONE = "none", _("Văn bản không phải hội nghị")


class Form(TextChoices):
    """Hình thức họp."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    HYBRID = "hybrid", _("Trực tiếp kết hợp trực tuyến")
    UNKNOWN = "unknown", _("Không rõ")


class AttendanceRole(TextChoices):
    """Vai trò trong hội nghị."""

    CHAIR = "chair", _("Chủ trì")
    DIRECT = "direct", _("Dự và chỉ đạo")
    SECRETARY = "secretary", _("Thư ký")
    PRESENT = "present", _("Trình bày")
    SPEAK = "speak", _("Phát biểu")
    ATTEND = "attend", _("Dự")


class Presence(TextChoices):
    """Có mặt hay không; until the day comes, only invited."""

    INVITED = "invited", _("Được mời")
    PRESENT = "present", _("Có mặt")
    ABSENT = "absent", _("Vắng mặt")


class Way(TextChoices):
    """Cách dự."""

    IN_PERSON = "in_person", _("Tại điểm cầu")
    ONLINE = "online", _("Trực tuyến")


class Evidence(TextChoices):
    """Căn cứ điểm danh."""

    STAFF = "staff", _("Cán bộ điểm cầu ghi")
    CODE = "code", _("Tự điểm danh bằng mã")
    ROLL_CALL = "roll_call", _("Điểm danh gọi tên")


class NotCounted(TextChoices):
    """Trường hợp có thể không tính vào tổng số (Quy định 294-QĐ/TW, điểm 9.3); see ``logic.presence``."""

    TRANSFERRED = "transferred", _("Đang tạm chuyển sinh hoạt nơi khác")
    SUSPENDED = "suspended", _("Đang bị đình chỉ, khởi tố hoặc tạm giam")
    EXEMPT = "exempt", _("Được miễn công tác và sinh hoạt")


class Line(TextChoices):
    """Đường truyền của điểm cầu."""

    UNKNOWN = "unknown", _("Chưa kiểm tra")
    READY = "ready", _("Sẵn sàng")
    CONNECTED = "connected", _("Đã kết nối")
    LOST = "lost", _("Mất kết nối")


class ItemKind(TextChoices):
    """Loại nội dung chương trình."""

    OPENING = "opening", _("Khai mạc, giới thiệu")
    REPORT = "report", _("Trình bày báo cáo, dự thảo")
    DISCUSSION = "discussion", _("Thảo luận")
    EXPLANATION = "explanation", _("Giải trình")
    BALLOT = "ballot", _("Bỏ phiếu, biểu quyết")
    DIRECTION = "direction", _("Phát biểu chỉ đạo")
    CONCLUSION = "conclusion", _("Kết luận")
    OTHER = "other", _("Nội dung khác")


class Secrecy(TextChoices):
    """Ai được đọc tài liệu của hội nghị."""

    ALL = "all", _("Mọi người dự")
    MEMBERS = "members", _("Chủ trì, thư ký, người được mời chính thức")
    CHAIR = "chair", _("Chỉ chủ trì và thư ký")


class Reply(TextChoices):
    """Trả lời giấy mời."""

    WAITING = "waiting", _("Chưa trả lời")
    COMING = "coming", _("Sẽ dự")
    ONLINE = "online", _("Dự trực tuyến")
    ABSENT = "absent", _("Xin vắng")
    REPLACED = "replaced", _("Cử người dự thay")


class FloorState(TextChoices):
    """Diễn biến phiên họp."""

    WAITING = "waiting", _("Chưa khai mạc")
    ITEM = "item", _("Đang bàn")
    PRESENTING = "presenting", _("Đang trình bày")
    SPEAKING = "speaking", _("Có người phát biểu")
    VOTING = "voting", _("Đang bỏ phiếu")
    BREAK = "break", _("Nghỉ giải lao")
    CLOSED = "closed", _("Đã bế mạc")


class RequestKind(TextChoices):
    """Loại đăng ký phát biểu."""

    SPEAK = "speak", _("Phát biểu")
    POINT_OF_ORDER = "point_of_order", _("Ý kiến về trình tự")
    ANSWER = "answer", _("Giải trình, trả lời")


class RequestState(TextChoices):
    """Trạng thái đăng ký."""

    WAITING = "waiting", _("Đang chờ")
    GIVEN = "given", _("Đã được mời")
    WITHDRAWN = "withdrawn", _("Đã rút")
    DECLINED = "declined", _("Không mời")


class QueueRule(TextChoices):
    """Thứ tự phát biểu; points of order come first under each of them."""

    ARRIVAL = "arrival", _("Theo thứ tự đăng ký")
    SITES_IN_TURN = "sites_in_turn", _("Lần lượt từng điểm cầu")
    FIRST_TIMERS = "first_timers", _("Ưu tiên người chưa phát biểu")
    LEAST_TIME = "least_time", _("Ưu tiên nơi đã nói ít hơn")


class ContributionKind(TextChoices):
    """Loại ý kiến."""

    STRENGTH = "strength", _("Ưu điểm")
    SHORTCOMING = "shortcoming", _("Hạn chế, khuyết điểm")
    CAUSE = "cause", _("Nguyên nhân")
    REMEDY = "remedy", _("Biện pháp")
    DISAGREEMENT = "disagreement", _("Không nhất trí")
    OTHER = "other", _("Ý kiến khác")


class Audience(TextChoices):
    """Lớp người xem: each event is rendered once for each of these, never for each person."""

    CHAIR = "chair", _("Chủ trì, thư ký")
    DELEGATE = "delegate", _("Đại biểu")
    SITE = "site", _("Cán bộ điểm cầu")
    TELLER = "teller", _("Ban kiểm phiếu")
    WALL = "wall", _("Màn hình chung")


class MinutesState(TextChoices):
    """Trạng thái biên bản."""

    DRAFT = "draft", _("Thư ký đang soạn")
    CIRCULATED = "circulated", _("Đang lấy ý kiến")
    APPROVED = "approved", _("Đã thông qua")
