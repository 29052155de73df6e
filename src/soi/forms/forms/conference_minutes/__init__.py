"""Biên bản hội nghị (mẫu Word)."""
