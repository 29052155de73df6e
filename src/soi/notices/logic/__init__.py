"""Giờ giấc của thông báo: pure functions over days and times of day."""
