"""Tổ chức: people, bodies and posts over time; the tree as of a date; reorganisation."""
