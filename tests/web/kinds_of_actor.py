"""Ai bước vào: the actors that every URL is tried with, and what is expected of a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.web.world import World

# Everybody who signs in, and who may read, record, verify or manage in the regiment.
ACTORS = [
    "member",  # đảng viên chi bộ trong trung đoàn
    "commander",  # thành viên của tổ chức khác
    "regiment",  # bí thư của chính tổ chức
    "division",  # bí thư cấp trên trực tiếp
    "brigade",  # bí thư nhánh khác
    "divisionclerk",  # văn phòng trong nhánh
    "brigadeclerk",  # văn phòng nhánh khác
    "clerk",  # văn phòng cấp trên
    "secretary",  # cấp trên
    "inspector",  # kiểm tra trong phạm vi
    "otherinspector",  # kiểm tra ngoài phạm vi
    "press",  # tuyên huấn
    "admin",  # quản trị hệ thống
    "former",  # người đã thôi giữ chức
]
# Two halves, each walked through every door by a test of its own.
FIRST, OTHERS = ACTORS[::2], ACTORS[1::2]
SIGNED_IN = frozenset(ACTORS)
ANYONE = SIGNED_IN | {"anonymous"}
NOBODY: frozenset[str] = frozenset()
RECORDERS = frozenset({"regiment", "division", "divisionclerk", "clerk", "secretary"})
READERS = RECORDERS | {"inspector"}
# The regiment's secretary answers for the remedies and so never confirms them.
VERIFIERS = frozenset({"division", "secretary", "inspector"})
# Of work that the regiment gave: whoever leads, records or inspects there, and does not do it himself.
JUDGES = READERS - {"regiment"}
# Who records or reads somewhere, be it in another branch.
ALL_RECORDERS = RECORDERS | {"brigade", "brigadeclerk"}
CONTENT = SIGNED_IN - {"admin", "former"}
ADMINS = frozenset({"admin"})
POLL_TELLERS = frozenset({"division", "regiment"})


@dataclass(frozen=True)
class Expect:
    """Một dòng: who is let in by GET and by POST; ``args`` makes the address, ``data`` is what POST sends."""

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    args: Callable[[World], list[Any]] = field(default=lambda _world: [])
    data: dict[str, str] = field(default_factory=dict)
