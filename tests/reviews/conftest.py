"""Fixtures of the review room."""

from __future__ import annotations

import pytest

from tests.factories import Region
from tests.reviews.deciding import Deciding, deciding_of


@pytest.fixture
def deciding(region: Region) -> Deciding:
    """Kiểm điểm năm của sư đoàn, with a finding carried over from last year."""
    return deciding_of(region)
