"""Bảng quyền (A1), the other half of the actors: see ``test_access_table``."""

from __future__ import annotations

from tests.web.doors import wrong_doors
from tests.web.kinds_of_actor import ACTORS, FIRST, OTHERS
from tests.web.world import World


def test_nobody_is_left_out() -> None:
    assert sorted([*FIRST, *OTHERS]) == sorted(ACTORS)


def test_who_else_is_let_in(world: World) -> None:
    assert [fault for username in OTHERS for fault in wrong_doors(world, username)] == []
