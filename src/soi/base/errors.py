"""Từ chối: what the domain raises. Each carries the Vietnamese sentence that the user will read."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not a fault of the program)
    """An act that is refused. ``status`` is the HTTP status that the doors answer with."""

    status = 422

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def refusal_of(check: Callable[[], object]) -> str:
    """Vì sao không: the sentence of refusal, for a button that cannot be used; empty where the check passes."""
    try:
        check()
    except Refusal as refusal:
        return refusal.sentence
    return ""


class NotAllowed(Refusal):
    """Không có quyền: the actor sees the object but may not do this to it (403)."""

    status = 403


class NotFound(Refusal):
    """Không tìm thấy: missing, or outside what the actor may see; both answer alike (404)."""

    status = 404


class Conflict(Refusal):
    """Trạng thái không cho phép: somebody was faster, or the state does not allow this move (409)."""

    status = 409


class Invalid(Refusal):
    """Thiếu hoặc sai: what was entered cannot be taken; ``fields`` says what to mend, by field name."""

    status = 422

    def __init__(self, sentence: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = dict(fields or {})
