"""Đọc tệp tải lên: the text of an uploaded file, read in a process of its own. No Django here.

``read_file`` and, for sheets, ``read_sheets`` are the only ways in. They never parse anything themselves:
they start a short-lived process with few rights (``sandbox``), which finds out what the bytes are
(``kinds``) and reads them (``plain``, ``html``, ``docx``, ``pdf``, ``sheet``). Whatever happens there, the
caller gets what was read, or an ``Invalid`` whose sentence says what to do.
"""

from soi.documents.reading.limits import DEFAULT, SHEETS, Limits
from soi.documents.reading.result import CellValue, ReadSheet, ReadText
from soi.documents.reading.sandbox import read_file, read_sheets

__all__ = ["DEFAULT", "SHEETS", "CellValue", "Limits", "ReadSheet", "ReadText", "read_file", "read_sheets"]
