"""Tài liệu: the source files, the passages taken from them as evidence, attachments."""
