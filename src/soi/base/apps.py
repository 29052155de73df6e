"""Phòng nền: registers the checks that refuse an unsafe installation."""

from __future__ import annotations

from django.apps import AppConfig


class BaseRoom(AppConfig):
    """Nền."""

    name = "soi.base"

    def ready(self) -> None:
        from soi.base import checks

        checks.register_all()
