"""Các loại và mức trong tổ chức."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Classification(TextChoices):
    """Loại tổ chức (Popolo: ``classification``)."""

    PARTY_COMMITTEE = "party_committee", _("Đảng ủy")
    STANDING_COMMITTEE = "standing_committee", _("Ban thường vụ")
    PARTY_CELL = "party_cell", _("Chi bộ")
    COMMAND = "command", _("Chỉ huy, bộ tư lệnh")
    AGENCY = "agency", _("Cơ quan")
    UNIT = "unit", _("Đơn vị")
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    MASS_ORGANIZATION = "mass_organization", _("Mặt trận, đoàn thể")
    OTHER = "other", _("Tổ chức khác")


class EdgeKind(TextChoices):
    """Quan hệ trong cây: subordinate in the tree, or taken over by a successor."""

    SUBORDINATE = "subordinate", _("trực thuộc")
    SUCCEEDED = "succeeded", _("được kế thừa")


class PostRole(TextChoices):
    """Vai trò của chức vụ trong tổ chức."""

    HEAD = "head", _("Người đứng đầu")
    DEPUTY = "deputy", _("Cấp phó")
    MEMBER = "member", _("Ủy viên, thành viên")
    STAFF = "staff", _("Cán bộ, nhân viên")


class HoldingKind(TextChoices):
    """Cách giữ chức."""

    APPOINTED = "appointed", _("giữ chức")
    ACTING = "acting", _("phụ trách, quyền")
    CONCURRENT = "concurrent", _("kiêm nhiệm")


class ReorganizationKind(TextChoices):
    """Cách sắp xếp lại (W3C ORG: ``ChangeEvent``)."""

    FOUND = "found", _("Thành lập")
    RENAME = "rename", _("Đổi tên")
    MOVE = "move", _("Chuyển trực thuộc")
    MERGE = "merge", _("Sáp nhập")
    SPLIT = "split", _("Chia tách")
    ABOLISH = "abolish", _("Giải thể")


class WorkArea(TextChoices):
    """Lĩnh vực công tác: by which findings, conclusions and tasks are sorted."""

    PARTY_BUILDING = "party_building", _("Xây dựng Đảng")
    IDEOLOGY = "ideology", _("Chính trị, tư tưởng")
    PERSONNEL = "personnel", _("Tổ chức, cán bộ")
    INSPECTION = "inspection", _("Kiểm tra, kỷ luật")
    LEADERSHIP = "leadership", _("Lãnh đạo, chỉ đạo")
    DEFENCE = "defence", _("Quân sự, quốc phòng")
    SECURITY = "security", _("An ninh, trật tự")
    ECONOMY = "economy", _("Kinh tế, ngân sách")
    SOCIETY = "society", _("Văn hóa, xã hội")
    ADMIN_LAW = "admin_law", _("Hành chính, pháp luật")
    MASS_WORK = "mass_work", _("Dân vận, đoàn thể")
    LAND_ENV = "land_env", _("Đất đai, môi trường")
    GENERAL = "general", _("Chung")
