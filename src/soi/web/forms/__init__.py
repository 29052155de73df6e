"""Biểu mẫu trên trang: what is typed is checked for form here; whether it may be done, the actions decide."""
