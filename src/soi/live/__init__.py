"""Trực tiếp: pushes what changes to the pages that are open."""
