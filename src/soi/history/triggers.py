"""Sổ lịch sử chỉ ghi thêm: the database refuses to change or delete events and seals."""

from __future__ import annotations

from soi.base.triggers import Trigger

TRIGGERS = [
    Trigger(f"history_{table}_no_{event.lower()}", f"history_{table}", event, "history is only ever added to")
    for table, event in [
        ("event", "UPDATE"),
        ("event", "DELETE"),
        ("seal", "UPDATE"),
        ("seal", "DELETE"),
        ("payload", "UPDATE"),
    ]
]
