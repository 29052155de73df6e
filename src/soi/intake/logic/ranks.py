"""Cấp bậc: the order of ranks, lowest first.

Law on officers of the People's Army, article 10; the police use the same words.
"""

from __future__ import annotations

from soi.base.text import fold

_LADDER = (
    ("binh nhì",), ("binh nhất",), ("hạ sĩ",), ("trung sĩ",), ("thượng sĩ",), ("chuẩn úy",), ("thiếu úy",),
    ("trung úy",), ("thượng úy",), ("đại úy",), ("thiếu tá",), ("trung tá",), ("thượng tá",), ("đại tá",),
    ("thiếu tướng", "chuẩn đô đốc"), ("trung tướng", "phó đô đốc"), ("thượng tướng", "đô đốc"),
    ("đại tướng",),
)  # fmt: skip
_PLACE = {fold(name): place for place, names in enumerate(_LADDER) for name in names}


def place_of(rank: str) -> int | None:
    """Bậc trong thang, 0 the lowest; None for words that are no rank. Branch words behind it do not count."""
    words = fold(rank).replace("sy", "si").split(" ")
    for length in (3, 2):
        place = _PLACE.get(" ".join(words[:length]))
        if place is not None:
            return place
    return None


def is_lower(rank: str, than: str) -> bool:
    """Whether ``rank`` is certainly lower than ``than``."""
    one, two = place_of(rank), place_of(than)
    return one is not None and two is not None and one < two
