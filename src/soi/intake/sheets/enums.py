"""Trạng thái của một lần nhập bảng và số phận của từng dòng."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class SheetState(TextChoices):
    """Lần nhập bảng: nothing is written before somebody says so."""

    CHECKED = "checked", _("Chờ xác nhận")
    WRITING = "writing", _("Đang ghi")
    DONE = "done", _("Đã ghi xong")
    DISCARDED = "discarded", _("Đã bỏ")


class Fate(IntegerChoices):
    """Số phận của một dòng, in the order of the page: what is wrong comes first."""

    ERROR = 0, _("Lỗi")
    NEW = 1, _("Mới")
    CHANGED = 2, _("Đổi")
    SAME = 3, _("Không đổi")
