"""Khóa của biên bản: no version is reworded, nothing approved is changed, no comment gets other words."""

from __future__ import annotations

from soi.base.triggers import Trigger

_VERSION, _MINUTES, _COMMENT = (
    "conferences_minutesversion",
    "conferences_minutes",
    "conferences_minutescomment",
)

MINUTES: tuple[Trigger, ...] = (
    Trigger("minutesversion_no_update", _VERSION, "UPDATE", "Một bản của biên bản không được sửa."),
    Trigger("minutesversion_no_delete", _VERSION, "DELETE", "Một bản của biên bản không được xóa."),
    Trigger(
        "minutes_frozen", _MINUTES, "UPDATE", "Biên bản đã thông qua không được sửa.", "OLD.state = 'approved'"
    ),
    Trigger("minutes_no_delete", _MINUTES, "DELETE", "Biên bản không được xóa."),
    Trigger(
        "minutescomment_words", _COMMENT, "UPDATE", "Lời góp ý không được sửa.",
        "OLD.text <> NEW.text OR OLD.person_id <> NEW.person_id OR OLD.minutes_id <> NEW.minutes_id",
    ),
    Trigger("minutescomment_no_delete", _COMMENT, "DELETE", "Lời góp ý không được xóa."),
)  # fmt: skip
