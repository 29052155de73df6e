"""Mẫu biểu: official forms in Word and Excel. Pure functions from frozen dataclasses to bytes.

No database and no template language here: the text of users is data and is written literally.
"""
