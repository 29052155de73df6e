"""Báo cáo kiểm điểm tập thể."""
