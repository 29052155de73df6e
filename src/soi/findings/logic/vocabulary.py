"""Từ vựng để so hai nội dung. Data only.

Words for comparing are folded: no marks, y written i.
"""

from __future__ import annotations

# Words that say nothing about what went wrong.
STOP_WORDS = frozenset(
    {
        "ai", "anh", "ba", "bang", "ben", "bi", "boi", "bon", "cac", "cach", "cai", "can", "cang", "canh",
        "cho", "chung", "co", "con", "cua", "cung", "da", "dang", "de", "den", "dia", "do", "doi", "du",
        "duoc", "gi", "gian", "gom", "ha", "hai", "hay", "hien", "hon", "i", "it", "khau", "la",
        "lai", "lam", "len", "luc", "ma", "mac", "moi", "mot", "nam", "nao", "nay", "nen", "ngay", "ngoai",
        "nhat", "nhien", "nhieu", "nhin", "nhu", "nhung", "noi", "nua", "o", "phai", "phuong", "qua", "ra",
        "rang", "rat", "roi", "sau", "se", "so", "song", "tai", "tat", "thang", "the", "theo", "thi",
        "thoi", "thuoc", "tiep", "tren", "trong", "truoc", "tuc", "tung", "tuy", "va", "vai", "van", "vao",
        "ve", "vi", "viec", "voi", "vua",
    }
)  # fmt: skip

# Office filler: it stands in nearly every statement, so it weighs little.
FILLER = frozenset(
    {
        "bao", "bat", "bo", "cao", "cap", "cau", "chap", "chat", "che", "chi", "chuc", "co", "cong", "cu",
        "dam", "dang", "dao", "day", "de", "deu", "diem", "dinh", "don", "dong", "du", "dung", "han",
        "hanh", "hien", "hieu", "hinh", "ket", "khai", "khuyet", "kip", "lanh", "luong", "muc", "nghiem",
        "nhan", "nhiem", "noi", "phan", "qua", "quan", "rang", "ro", "tac", "tai", "the", "thoi", "thuc",
        "thuong", "tinh", "to", "ton", "tot", "trien", "tuc", "ui", "uy", "van", "vi", "vu", "xac", "xuyen",
        "yeu",
    }
)  # fmt: skip

# Several ways of saying the same lack; the left side is replaced by the right before comparing.
SAME_LACK = {
    "khong": "chua",
    "thieu": "chua",
    "kem": "chua",
    "yeu": "chua",
    "thap": "chua",
    "cham": "chua",
    "lung": "chua",
}
LACK_WEIGHT = 0.4

# Pairs of syllables written in more than one way, or cut short.
ABBREVIATIONS = {
    "ctd": "cong tac dang",
    "ctct": "cong tac chinh tri",
    "dv": "dang vien",
    "cb": "can bo",
    "shcb": "sinh hoat chi bo",
    "tpb": "tu phe binh",
    "nq": "nghi quiet",
    "qd": "qui dinh",
    "kl": "ki luat",
    "cchc": "cai cach hanh chinh",
    "atgt": "an toan giao thong",
    "ubkt": "uy ban kiem tra",
    "qncn": "quan nhan chuien nghiep",
}
