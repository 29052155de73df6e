"""Định dạng cho giao diện tiếng Anh: still day first, as on the paper forms; 1,234.5."""

from __future__ import annotations

from soi.config.formats.vi.formats import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
