"""Keys that open quickly, for every test of this room."""

from __future__ import annotations

from tests.ballots.box import cheap

__all__ = ["cheap"]
