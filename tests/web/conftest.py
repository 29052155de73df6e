"""Thế giới của bảng quyền."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.web.doors import build_doors
from tests.web.world import World


@pytest.fixture
def world(db: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    """Building it costs as much as fifty requests, so each test walks all actors over one world."""
    # Making a PDF takes seconds, and who is let in does not depend on it.
    monkeypatch.setattr("soi.forms.pdf.from_word", lambda _word: b"%PDF-1.7")
    return build_doors(timezone.now())
