"""Báo cáo giao ban quý."""
