"""Lời giải thuần túy của phòng chỉ đạo: standing, branches, points; no database."""
