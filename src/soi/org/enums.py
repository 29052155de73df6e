"""Các loại và mức trong tổ chức."""

from __future__ import annotations

from django.db.models import TextChoices


class Classification(TextChoices):
    """Loại tổ chức (Popolo: ``classification``)."""

    PARTY_COMMITTEE = "party_committee", "Đảng ủy"
    STANDING_COMMITTEE = "standing_committee", "Ban thường vụ"
    PARTY_CELL = "party_cell", "Chi bộ"
    COMMAND = "command", "Chỉ huy, bộ tư lệnh"
    AGENCY = "agency", "Cơ quan"
    UNIT = "unit", "Đơn vị"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân"
    MASS_ORGANIZATION = "mass_organization", "Mặt trận, đoàn thể"
    OTHER = "other", "Tổ chức khác"


class EdgeKind(TextChoices):
    """Quan hệ trong cây: subordinate in the tree, or taken over by a successor."""

    SUBORDINATE = "subordinate", "trực thuộc"
    SUCCEEDED = "succeeded", "được kế thừa"


class PostRole(TextChoices):
    """Vai trò của chức vụ trong tổ chức."""

    HEAD = "head", "Người đứng đầu"
    DEPUTY = "deputy", "Cấp phó"
    MEMBER = "member", "Ủy viên, thành viên"
    STAFF = "staff", "Cán bộ, nhân viên"


class HoldingKind(TextChoices):
    """Cách giữ chức."""

    APPOINTED = "appointed", "giữ chức"
    ACTING = "acting", "phụ trách, quyền"
    CONCURRENT = "concurrent", "kiêm nhiệm"


class ReorganizationKind(TextChoices):
    """Cách sắp xếp lại (W3C ORG: ``ChangeEvent``)."""

    FOUND = "found", "Thành lập"
    RENAME = "rename", "Đổi tên"
    MOVE = "move", "Chuyển trực thuộc"
    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia tách"
    ABOLISH = "abolish", "Giải thể"


class WorkArea(TextChoices):
    """Lĩnh vực công tác: by which findings, conclusions and tasks are sorted."""

    PARTY_BUILDING = "party_building", "Xây dựng Đảng"
    IDEOLOGY = "ideology", "Chính trị, tư tưởng"
    PERSONNEL = "personnel", "Tổ chức, cán bộ"
    INSPECTION = "inspection", "Kiểm tra, kỷ luật"
    LEADERSHIP = "leadership", "Lãnh đạo, chỉ đạo"
    DEFENCE = "defence", "Quân sự, quốc phòng"
    SECURITY = "security", "An ninh, trật tự"
    ECONOMY = "economy", "Kinh tế, ngân sách"
    SOCIETY = "society", "Văn hóa, xã hội"
    ADMIN_LAW = "admin_law", "Hành chính, pháp luật"
    MASS_WORK = "mass_work", "Dân vận, đoàn thể"
    LAND_ENV = "land_env", "Đất đai, môi trường"
    GENERAL = "general", "Chung"
