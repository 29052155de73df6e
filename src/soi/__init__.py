"""Soi: tự soi, tự sửa. An organisation of many levels reviews itself."""

__version__ = "0.1.0"
