"""Kiểm điểm: a cycle opened for the levels below, prompts, drafts from records, comments, the final text."""
