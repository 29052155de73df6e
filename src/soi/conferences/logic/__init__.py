"""Phần thuần của hội nghị: no database, no user."""
