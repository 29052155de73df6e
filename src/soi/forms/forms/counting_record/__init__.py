"""Biên bản kiểm phiếu (mẫu Word)."""
