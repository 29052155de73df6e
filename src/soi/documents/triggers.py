"""Văn bản nguồn không đổi: the words that prove a record can neither be changed nor taken away."""

from __future__ import annotations

from soi.base.triggers import Trigger

_FIXED = ("text", "sha256", "file", "size", "organization_id")
_KEPT = "a source and its passages are kept as received"

TRIGGERS = [
    Trigger(
        "documents_source_unchanged",
        "documents_source",
        "UPDATE",
        _KEPT,
        condition=" OR ".join(f'NEW."{column}" <> OLD."{column}"' for column in _FIXED),
    ),
    Trigger("documents_source_no_delete", "documents_source", "DELETE", _KEPT),
    Trigger("documents_passage_no_update", "documents_passage", "UPDATE", _KEPT),
    Trigger("documents_passage_no_delete", "documents_passage", "DELETE", _KEPT),
]
