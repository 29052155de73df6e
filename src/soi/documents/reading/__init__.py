"""Đọc tệp tải lên: the text of an uploaded file, read in a process of its own. No Django here.

``read_file`` is the only way in. It never parses anything itself: it starts a short-lived process with
few rights (``sandbox``), which finds out what the bytes are (``kinds``) and reads them (``plain``,
``html``, ``docx``, ``pdf``). Whatever happens there, the caller gets a ``ReadText`` or an ``Invalid``
whose sentence says what to do.
"""

from soi.documents.reading.limits import DEFAULT, Limits
from soi.documents.reading.result import ReadText
from soi.documents.reading.sandbox import read_file

__all__ = ["DEFAULT", "Limits", "ReadText", "read_file"]
