"""Dựng văn bản Word: building blocks on python-docx; a form puts them together."""
