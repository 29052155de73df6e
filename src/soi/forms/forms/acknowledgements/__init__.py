"""Bảng theo dõi quán triệt một văn bản (Excel)."""
