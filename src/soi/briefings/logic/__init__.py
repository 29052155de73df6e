"""Phần thuần của giao ban: from facts to sentences, and from an old composing to a new one. No database."""
