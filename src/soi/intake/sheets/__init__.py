"""Nhập bảng: tasks of a programme from a workbook; a trial that shows each row's fate, then the writing."""
