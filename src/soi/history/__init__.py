"""Lịch sử: append-only events of every change, chained so that tampering shows."""
