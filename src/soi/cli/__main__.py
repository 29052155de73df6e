"""``python -m soi.cli``."""

from __future__ import annotations

from soi.cli import main

main()
