"""Các mẫu: one folder a form, found by its ``form.toml``."""
