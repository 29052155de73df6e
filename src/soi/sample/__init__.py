"""Tổ chức mẫu giả định."""
