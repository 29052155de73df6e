"""Phần thuần của kiểm điểm: rule packs, the list, what became of what was carried, sentences, copies. No database."""
