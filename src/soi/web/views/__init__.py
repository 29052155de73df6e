"""Các trang, one module a part of the menu."""
