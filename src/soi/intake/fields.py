"""Trường của thẻ: how each field of a card is read from a form or from stored JSON, and written back.

A card is a frozen dataclass whose annotations carry a ``Reader`` for each field. A reader takes what a form
sends (always text) as well as what JSON keeps, and raises ``ValueError`` with the sentence for that field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Annotated, Any, TypeVar, get_type_hints

from django.db.models import TextChoices

from soi.base.errors import Invalid
from soi.base.text import nfc, squash

Card = TypeVar("Card")
LONGEST = 20_000
_SHAPELESS = "Dữ liệu gửi lên không đúng dạng. Hãy tải lại trang."
_NOT_LISTED = "Hãy chọn lại trong danh sách."


@dataclass(frozen=True, slots=True)
class Reader:
    """Cách đọc một trường. ``fixed`` fields come from the proposal and are not edited."""

    by: Callable[[Any], Any]
    fixed: bool = False


def line(most: int = 500) -> Reader:
    """Một dòng chữ."""
    return Reader(lambda value: _short(squash(str(value or "")), most))


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"Nhiều nhất {most} ký tự.")
    return text


def one_of(kinds: type[TextChoices]) -> Reader:
    """Một trong các loại."""
    return Reader(lambda value: as_choice(kinds, value))


def as_choice(kinds: type[TextChoices], value: Any) -> Any:
    """The member of ``kinds``; refused when it is none of them."""
    try:
        return kinds(str(value))
    except ValueError:
        raise ValueError(_NOT_LISTED) from None


def as_day(value: Any) -> dt.date | None:
    """A day written 2021-11-22 or 22/11/2021; nothing written is None."""
    if value is None or isinstance(value, dt.date):
        return value
    text = squash(str(value))
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise ValueError("Ghi ngày theo dạng 22/11/2021.")


def as_number(value: Any) -> int | None:
    """A record number; nothing chosen is None."""
    if value in (None, ""):
        return None
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ValueError(_NOT_LISTED) from None


def rows_of(kind: type[Any], *, fixed: bool = False) -> Reader:
    """Nhiều dòng: a tuple of small dataclasses of one kind."""

    def read(value: Any) -> tuple[Any, ...]:
        return tuple(item if isinstance(item, kind) else from_json(kind, item) for item in as_list(value))

    return Reader(read, fixed)


def as_list(value: Any) -> list[Any]:
    """What JSON keeps as a list."""
    if not isinstance(value, list | tuple):
        raise ValueError(_SHAPELESS)  # noqa: TRY004  (a wrong field, not a wrong program)
    return list(value)


Text = Annotated[str, Reader(lambda value: _short(nfc(str(value or "")), LONGEST))]
Day = Annotated[dt.date | None, Reader(as_day)]
Number = Annotated[int | None, Reader(as_number)]
Switch = Annotated[bool, Reader(lambda value: value in (True, 1, "1", "on", "true"))]


# --- cards as a whole ----------------------------------------------------------------------------------


def from_json(kind: type[Card], data: Mapping[str, Any]) -> Card:
    """The card of these values; fields not named keep their default. ``Invalid`` names every wrong one."""
    if not isinstance(data, Mapping):
        raise ValueError(_SHAPELESS)  # noqa: TRY004  (a wrong field, not a wrong program)
    return kind(**_read(kind, data, also_fixed=True))


def changed(card: Card, data: Mapping[str, Any]) -> Card:
    """The card with the fields that an editor sent; what is fixed stays."""
    return replace(card, **_read(type(card), data, also_fixed=False))  # type: ignore[type-var]


def _read(kind: type[Any], data: Mapping[str, Any], *, also_fixed: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, reader in _readers(kind).items():
        if name not in data or (reader.fixed and not also_fixed):
            continue
        try:
            values[name] = reader.by(data[name])
        except Invalid as refusal:
            wrong |= {f"{name}.{part}": sentence for part, sentence in refusal.fields.items()}
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        raise Invalid("Có trường ghi chưa đúng. " + " ".join(dict.fromkeys(wrong.values())), wrong)
    return values


_known: dict[type[Any], dict[str, Reader]] = {}


def _readers(kind: type[Any]) -> dict[str, Reader]:
    if kind not in _known:
        hints = get_type_hints(kind, include_extras=True)
        _known[kind] = {item.name: hints[item.name].__metadata__[0] for item in fields(kind)}
    return _known[kind]


def to_json(value: Any) -> Any:
    """Plain JSON values of a card."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_json(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value
