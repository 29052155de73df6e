"""Phòng nền: registers the checks that refuse an unsafe installation; labels are looked up once."""

from __future__ import annotations

from django.apps import AppConfig, apps


class BaseRoom(AppConfig):
    """Nền."""

    name = "soi.base"

    def ready(self) -> None:
        from soi.base import checks, labels

        checks.register_all()
        labels.quicken(apps.get_models())
