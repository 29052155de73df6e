"""Trường chữ: text columns that keep only normalised text, so that equal words are equal everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from soi.base.errors import Invalid
from soi.base.text import nfc, squash

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
    _CharField = models.CharField[str, str]
else:  # Django's fields take type parameters only in the stubs
    _TextField = models.TextField
    _CharField = models.CharField


class NFCTextField(_TextField):
    """Đoạn chữ: NFC, trimmed; line breaks stay."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = nfc(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return nfc(value) if isinstance(value, str) else super().get_prep_value(value)


class NFCCharField(_CharField):
    """Dòng chữ: NFC, one line, single blanks."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = squash(value)
            self._check_length(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        return squash(value) if isinstance(value, str) else super().get_prep_value(value)

    def _check_length(self, value: str) -> None:
        """SQLite stores any length and PostgreSQL fails: refuse on both, in words a clerk can act on."""
        if self.max_length is not None and len(value) > self.max_length:
            raise Invalid(
                f"Mục «{self.verbose_name}» dài {len(value)} ký tự, chỉ nhận tối đa {self.max_length}. "
                "Hãy viết ngắn lại.",
                {self.name: f"Tối đa {self.max_length} ký tự."},
            )
