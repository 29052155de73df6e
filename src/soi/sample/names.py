"""Họ tên giả định: natural Vietnamese names put together by rule from a fixed seed. Nobody real is meant."""

from __future__ import annotations

import random

_COMMON = "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Phan Vũ Võ Đặng Bùi Đỗ Ngô Dương".split()
_RARER = (
    "Hồ Lý Đinh Trịnh Mai Đào Cao Tạ Lương Hà Chu Quách La Thái Kiều Lưu Đoàn Doãn Vi Nông Hứa Bạch Lục Khổng"
).split()
_FAMILIES = _COMMON * 3 + _RARER
_MEN_MIDDLE = "Văn Văn Văn Hữu Đức Công Quang Xuân Đình Ngọc Quốc Thành Tiến Bá Mạnh Duy Thế Sỹ Khắc Hải".split()
_MEN_GIVEN = (
    "An Bách Bảo Biên Cảnh Chiến Chương Cương Diễn Doanh Du Đạo Đáng Đăng Điền Định Đoài Đông Hào Hậu Hiển "
    "Hiệu Hoạch Hòa Hoan Hợp Huân Huy Hưởng Khánh Khoát Khôi Khương Kiên Kỳ Lăng Lân Lập Lộc Luận Lực Nghị "
    "Nghiêm Nhân Nhượng Ninh Phong Phụng Phương Quân Quý Sáng Sơn Tấn Tân Thiêm Thiệu Thịnh Thuận Thụy Thực "
    "Tín Toại Toàn Trí Triển Trung Tuân Tùng Tuyên Uy Vinh Vịnh Vượng Vỹ Xuyên"
).split()
_WOMEN_MIDDLE = ("Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thị Hồng", "Thị Thanh", "Thị Minh", "Thị Bích")
_WOMEN_GIVEN = (
    "Anh Chi Chinh Dịu Dung Duyên Hạnh Hiền Hoa Hoài Huế Hường Khuyên Lan Lành Liên Loan Lương Mai Mận Nga "
    "Ngà Nhài Nhàn Nhung Oanh Phượng Quỳnh Sen Tâm Thảo Thoa Thơm Thúy Thủy Trang Tươi Tuyết Vân Xuyến Yến"
).split()
# A family and a given name that, together, bring a well-known figure to mind, whatever stands between.
_TOO_WELL_KNOWN = frozenset(
    f"{family} {given}"
    for family, givens in {
        "Nguyễn": "Bảo Huân Nghị Sơn Trí Phương Tấn Hòa Tuân",
        "Trần": "Trí Phương Trung Nhân Toàn Tân Hưởng Huy Khánh",
        "Lê": "Lực Hòa Khánh Trung Tấn Huân",
        "Phạm": "Phong Phương Phụng Tuyên Hợp",
        "Phan": "Huy Phụng",
        "Hoàng": "Trung Quân Hoan",
        "Võ": "Toàn Chi Quý",
        "Bùi": "Phụng",
        "Đỗ": "Lương",
        "Trịnh": "Tùng",
        "Lương": "Quân Khánh",
        "Mai": "Lập",
        "Thái": "Phương",
        "Đặng": "Dung",
        "Lý": "Phụng",
    }.items()
    for given in givens.split()
)


class Namer:
    """Người đặt tên: every call gives a full name not given before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given_out: set[str] = set()

    def name(self, *, women: float) -> str:
        """Họ, đệm, tên; ``women``: how likely it is a woman's, from 0 to 1."""
        female = self._rng.random() < women
        middles, givens = (_WOMEN_MIDDLE, _WOMEN_GIVEN) if female else (_MEN_MIDDLE, _MEN_GIVEN)
        while True:
            family, given = self._rng.choice(_FAMILIES), self._rng.choice(givens)
            name = f"{family} {self._rng.choice(middles)} {given}"
            if f"{family} {given}" not in _TOO_WELL_KNOWN and name not in self._given_out and family != given:
                self._given_out.add(name)
                return name
