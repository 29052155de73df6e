"""Chọn trong rất nhiều: a select with search (``static/soi/pick.js``); without JavaScript a plain select.

The list holds the first so many records; who is not among them is asked from ``task_choices``. Whatever is
sent is looked up among all the records that may be chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import QuerySet

# More than these make the page heavy and the list useless; the rest is found by search.
MOST_OFFERED = 300
Grouped = list[tuple[Any, Any]]
Labels = Callable[[Sequence[Any]], Grouped]


def plain(rows: Sequence[Any]) -> Grouped:
    """Mỗi bản ghi một dòng."""
    return [(str(row.pk), str(row)) for row in rows]


def by_body(names: Callable[[Iterable[int]], dict[int, str]]) -> Labels:
    """Chức vụ xếp theo đơn vị, each with whoever holds it (``names`` of posts)."""

    def labels(rows: Sequence[Any]) -> Grouped:
        held = names([post.pk for post in rows])
        groups = groupby(rows, key=lambda post: str(post.organization))
        return [(body, [(str(post.pk), _post(post, held)) for post in posts]) for body, posts in groups]

    return labels


def _post(post: Any, held: dict[int, str]) -> str:
    holder = held.get(post.pk, "")
    return f"{post.label} · {holder}" if holder else str(post.label)


class PickField(forms.ChoiceField):
    """Chọn một; the cleaned value is the record, or None."""

    default_error_messages = {"invalid_choice": _("Hãy chọn lại trong danh sách.")}

    def offer(
        self,
        rows: QuerySet[Any],
        *,
        chosen: Any = None,
        labels: Labels = plain,
        url: str = "",
        empty: Any = "",
    ) -> None:
        """What may be chosen; ``chosen`` (a key) is in the list even where it is long."""
        self.rows = rows
        offered = _first(rows, [chosen], self.widget, url)
        self.choices = [*([("", empty)] if empty else []), *labels(offered)]

    def to_python(self, value: Any) -> Any:
        found = _looked_up(self.rows, [value])
        if value not in self.empty_values and not found:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found[0] if found else None

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class PickManyField(forms.MultipleChoiceField):
    """Chọn nhiều; the cleaned value is a list of records."""

    default_error_messages = {"invalid_choice": _("Hãy chọn lại trong danh sách.")}

    def offer(
        self, rows: QuerySet[Any], *, chosen: Iterable[Any] = (), labels: Labels = plain, url: str = ""
    ) -> None:
        """What may be chosen."""
        self.rows = rows
        self.choices = labels(_first(rows, list(chosen), self.widget, url))

    def to_python(self, value: Any) -> Any:
        asked = super().to_python(value)
        found = _looked_up(self.rows, asked)
        if len(found) != len(set(asked)):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


def key(value: Any) -> int | None:
    """Số của bản ghi; None for what no database would take."""
    text = str(value if value is not None else "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _looked_up(rows: QuerySet[Any], values: Iterable[Any]) -> list[Any]:
    keys = [number for number in map(key, values) if number is not None]
    return list(rows.filter(pk__in=keys)) if keys else []


def _first(rows: QuerySet[Any], chosen: list[Any], widget: forms.Widget, url: str) -> list[Any]:
    """The first records and those chosen; the widget is told where to look for more."""
    offered = list(rows[: MOST_OFFERED + 1])
    widget.attrs["data-pick"] = _("Gõ vài chữ để tìm, có dấu hay không dấu")
    if len(offered) > MOST_OFFERED:
        offered = offered[:MOST_OFFERED]
        widget.attrs["data-pick-url"] = url
        known = {row.pk for row in offered}
        offered = [row for row in _looked_up(rows, chosen) if row.pk not in known] + offered
    return offered
