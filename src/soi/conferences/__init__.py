"""Hội nghị: records of conferences, attendance, conclusions."""
