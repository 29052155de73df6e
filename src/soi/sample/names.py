"""Họ tên giả định: natural Vietnamese names put together by rule from a fixed seed. Nobody real is meant."""

from __future__ import annotations

import random

from soi.sample.blueprint import data

# How much more often a family name is one of the common ones.
_COMMON_SHARE = 3


class Namer:
    """Người đặt tên: every call gives a full name not given before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given_out: set[str] = set()
        self._bank = data("names.toml")
        self._families = self._bank["families_common"] * _COMMON_SHARE + self._bank["families_rarer"]

    def name(self, *, women: float) -> str:
        """Họ, đệm, tên; ``women``: how likely it is a woman's, from 0 to 1."""
        sex = "women" if self._rng.random() < women else "men"
        while True:
            family = self._rng.choice(self._families)
            middle, given = (self._rng.choice(self._bank[f"{sex}_{part}"]) for part in ("middle", "given"))
            name = f"{family} {middle} {given}"
            if self._may_be_given(family, given) and name not in self._given_out:
                self._given_out.add(name)
                return name

    def _may_be_given(self, family: str, given: str) -> bool:
        return given != family and given not in self._bank["too_well_known"].get(family, ())
