"""Danh mục hạn chế, khuyết điểm và biện pháp khắc phục (mẫu Word)."""
