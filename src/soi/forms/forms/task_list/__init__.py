"""Danh sách nhiệm vụ (Excel)."""
