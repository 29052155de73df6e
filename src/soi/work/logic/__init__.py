"""Phần thuần của công việc: no database, no user."""
