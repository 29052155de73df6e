"""Chuỗi băm: how an event becomes a link of the chain. Pure functions; the same bytes on every machine.

Link n = SHA-256(link n-1, canonical JSON of event n). The payload enters by its own salted hash only, so
that it can be erased when its retention ends without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(value: Mapping[str, Any]) -> bytes:
    """One spelling for equal content: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def payload_hash(payload: Mapping[str, Any], salt: str) -> str:
    """Salted hash of what changed; the salt keeps short payloads from being guessed after erasure."""
    return hashlib.sha256(salt.encode() + canonical(payload)).hexdigest()


def link(previous: str, event: Mapping[str, Any]) -> str:
    """The next link of the chain."""
    return hashlib.sha256(previous.encode() + canonical(event)).hexdigest()
