"""``migrate`` as Django does it, then the triggers of every room."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections

from soi.base import triggers


class Command(MigrateCommand):
    """Cập nhật cơ sở dữ liệu; triggers are put back each time (SQLite loses them with a rebuilt table)."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            triggers.install(connections[options["database"]])
