"""Văn bản: kinds of documents, letters of their numbers, and what a proper name of a resolution looks like."""

from __future__ import annotations

DOCUMENT_TYPES = (
    "nghị quyết", "chỉ thị", "kết luận", "quyết định", "kế hoạch", "quy định", "hướng dẫn", "thông báo",
    "nghị định", "thông tư", "thông tư liên tịch", "công văn", "đề án", "chương trình", "báo cáo",
    "thông tri", "công điện", "quy chế", "tờ trình", "chương trình hành động", "pháp lệnh",
    "thông báo kết luận", "chỉ lệnh", "mệnh lệnh", "nghị quyết liên tịch", "quy trình", "văn bản",
    "chương trình phối hợp", "hướng dẫn liên ngành", "giấy mời",
)  # fmt: skip
# How a type is named when the type words are a longer form of another.
TYPE_ALIASES = {
    "chương trình hành động": "chương trình",
    "thông báo kết luận": "thông báo",
    "chương trình phối hợp": "chương trình",
    "văn bản": "công văn",
}
