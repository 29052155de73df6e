"""Mật khẩu: the one rule of Django whose sentence has no Vietnamese translation."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """Đủ dài: at least ``min_length`` characters, nothing else asked of them (ASVS 6.2.1)."""

    def get_error_message(self) -> str:
        """What the person reads."""
        return gettext("Mật khẩu quá ngắn. Hãy dùng ít nhất %(min_length)d ký tự, ví dụ một câu dễ nhớ.")
