"""Danh sách kiểm điểm (Excel)."""
