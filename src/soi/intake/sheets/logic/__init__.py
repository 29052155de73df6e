"""Phần thuần của nhập bảng: headings, cells, names, fates. No database, no user."""
