"""Âm thanh, hình ảnh của hội nghị: who may send, and the three ways in which sound and picture travel."""
