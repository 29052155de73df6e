"""Bảng tính Excel: workbooks in which the text of users can never become a formula."""
