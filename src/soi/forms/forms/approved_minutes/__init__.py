"""Biên bản thư ký soạn từ diễn biến (mẫu Word)."""
