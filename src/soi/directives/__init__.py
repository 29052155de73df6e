"""Văn bản chỉ đạo: what comes down, whom it reaches, and what each body has done with it."""
