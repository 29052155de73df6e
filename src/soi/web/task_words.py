"""Lịch sử nhiệm vụ bằng lời thường: what the facts of an event say, besides who and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from soi.work.enums import LateCause, Result


def work_words(action: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """Các dòng kể lại một sự kiện của nhiệm vụ."""
    if action == "work.report":
        yield f"{facts.get('percent', 0)}%"
    if action == "work.assign":
        yield _("Giao cho: %(post)s, hạn %(day)s") % {
            "post": _label(facts, "accountable_post"),
            "day": _day(facts),
        }
    if action == "work.change_due":
        yield _("Từ %(old)s sang %(new)s") % {"old": _day(facts, "old_due_on"), "new": _day(facts)}
    if action == "work.hand_over":
        yield _("Từ %(old)s sang %(new)s") % {
            "old": _label(facts, "old_post"),
            "new": _label(facts, "accountable_post"),
        }
    if facts.get("result"):
        yield str(dict(Result.choices).get(facts["result"], ""))
    if facts.get("late_cause"):
        yield _("Nguyên nhân chậm: %(cause)s") % {
            "cause": dict(LateCause.choices).get(facts["late_cause"], "")
        }
    if action == "work.edit" and isinstance(facts.get("old"), dict):
        yield _("Trước đó: %(old)s") % {"old": facts["old"].get("statement", "")}
    for name in ("note", "reason", "text", "difficulty", "request"):
        if facts.get(name) and not (name == "request" and action == "work.answer_request"):
            yield str(facts[name])


def _label(facts: Mapping[str, Any], name: str) -> str:
    named = facts.get(name)
    return str(named.get("label", "")) if isinstance(named, dict) else ""


def _day(facts: Mapping[str, Any], name: str = "due_on") -> str:
    try:
        return f"{dt.date.fromisoformat(str(facts.get(name, ''))):%d/%m/%Y}"
    except ValueError:
        return ""
