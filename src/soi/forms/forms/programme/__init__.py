"""Chương trình công tác (Excel), which can be mended and read in again."""
