"""Cách đếm và ngưỡng: pure."""
