"""Khóa của lời văn: a wording that was saved stays as it was; only whether it was looked at is noted."""

# ruff: noqa: S608  (names and conditions are constants of this file, never input)

from __future__ import annotations

from soi.base.triggers import Trigger

PARAGRAPH, WORDING = "reviews_paragraph", "reviews_wording"
_STAYS = ("id", "paragraph_id", "version", "based_on", "text", "at", "editor_label", "aside")
_CHANGED = " OR ".join(f'NEW."{column}" <> OLD."{column}"' for column in _STAYS)
_PLACE = " OR ".join(
    f'NEW."{column}" <> OLD."{column}"' for column in ("id", "review_id", "edition", "section", "key")
)

TEXT = (
    Trigger(f"{WORDING}_no_delete", WORDING, "DELETE", "what somebody wrote is never deleted"),
    Trigger(
        f"{WORDING}_no_replace",
        WORDING,
        "INSERT",
        "what somebody wrote is never replaced",
        f"EXISTS (SELECT 1 FROM {WORDING} same WHERE same.id = NEW.id)",
    ),
    Trigger(
        f"{WORDING}_stays",
        WORDING,
        "UPDATE",
        "of a wording only that it was looked at is noted, once",
        f"{_CHANGED} OR (OLD.settled AND NOT NEW.settled)",
    ),
    Trigger(f"{PARAGRAPH}_no_delete", PARAGRAPH, "DELETE", "a paragraph is dropped, never deleted"),
    Trigger(
        f"{PARAGRAPH}_stays_itself",
        PARAGRAPH,
        "UPDATE",
        "a paragraph stays in its section of its edition",
        _PLACE,
    ),
    Trigger(
        f"{PARAGRAPH}_only_forward",
        PARAGRAPH,
        "UPDATE",
        "the words of a paragraph change with its version",
        "NEW.version < OLD.version OR (NEW.text <> OLD.text AND NEW.version = OLD.version)",
    ),
)
