"""Trang tin: furniture of news portals that is no part of an article, over the unmarked key of a whole line."""

from __future__ import annotations

# A line that begins like this is furniture by itself.
FURNITURE = (
    r"trang chu\b", r"\[?img\]?$", r"\[(?:img|image|video|anh)\b", r"dang nhap", r"dang ky\b(?: nhan)?", r"tim kiem", r"chuyen muc",
    r"tu khoa\s*:", r"tags?\s*:", r"the\s*:\s", r"chia se(?: bai viet)?", r"luot (?:xem|doc|truy cap)", r"so (?:lan|luot) (?:xem|doc)", r"in (?:trang|bai viet|tin|an pham)", r"gui (?:email|binh luan|phan hoi|y kien)",
    r"ban in$", r"ve dau trang", r"len dau trang", r"quay lai$", r"tro ve$", r"trang truoc", r"co chu", r"doc bai viet", r"nghe (?:doc )?bai", r"\+?\s*a\s?[+-]",
    r"ban quyen", r"©", r"copyright", r"ghi ro nguon", r"trang \d+\s?(?:/|tren)\s?\d+$", r"- ?\d{1,3} ?-$", r"\d{1,3}$", r"\d+ (?:luot|binh luan)", r"facebook\b", r"zalo\b", r"twitter\b", r"theo doi .{0,40}tren",
    r"xem them", r"xem tiep", r"doc them", r"doc tiep", r"more\s?\(", r"quang cao", r"video clip", r"mot so hinh anh", r"hinh anh (?:tai|ve|cua) .{0,60}:$", r"chum anh", r"thu vien (?:anh|video)",
    r"thich\s+(?:chia se|binh luan)", r"danh gia bai viet", r"danh muc$", r"menu$", r"lien he$", r"gioi thieu$", r"tin tuc$", r"thoi su$", r"truy cap", r"dang online", r"thong ke truy cap", r"file dinh kem", r"tai ve$", r"https?://", r"www\.", r"thong tin toa soan", r"su kien$", r"nhap tu khoa",
    r"font(?:size)?\b", r"rss$", r"skip to", r"source\s*:", r"binh luan$", r"aa$", r"luu bai viet", r"bao loi",
)  # fmt: skip

# From such a line on, everything to the end of the text is furniture.
FOOTERS = (
    r"(?:cac )?tin (?:khac|lien quan|cung chuyen muc|moi|cu hon|moi hon|bai khac|doc nhieu)", r"cac tin", r"(?:cac )?bai (?:viet )?(?:khac|lien quan|cung chuyen muc|moi)", r"co the ban quan tam",
    r"tra loi$", r"thu dien tu cua ban", r"binh luan\b", r"y kien ban doc", r"y kien cua ban", r"gui phan hoi", r"email cua ban", r"de lai (?:mot )?binh luan", r"tim kiem theo", r"tin noi bat$", r"tin moi$", r"doc nhieu$", r"xem nhieu$", r"lien ket (?:website|web)", r"(?:van ban|tai lieu) (?:moi|lien quan)$", r"xem them\s*:",
)  # fmt: skip
