"""Đo tốc độ: each figure beside the floor it is compared with, measured in the same run."""
