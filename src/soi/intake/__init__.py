"""Tiếp nhận văn bản: years of existing papers become drafts of records, each field pointing at its words."""
