"""Phiếu điểm danh (Word, Excel)."""
