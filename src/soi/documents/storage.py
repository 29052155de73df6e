"""Kho tệp: bytes kept under their own hash, whole or not at all. Written before the row that names them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from soi.documents.models import Source, stored_name


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes, sha256: str) -> str:
    """Cất tệp: the stored name. The same bytes are kept once, whatever number of bodies received them.

    The file appears under its name only when all of it is on the disk: a power cut leaves no half file.
    """
    name = stored_name(Source(sha256=sha256), "")
    path = Path(default_storage.path(name))
    if path.is_file() and path.stat().st_size == len(data):
        return name
    path.parent.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(unfinished).chmod(settings.FILE_UPLOAD_PERMISSIONS)
        Path(unfinished).replace(path)
        _sync_folder(path.parent)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return name


def _sync_folder(folder: Path) -> None:
    """The new name itself reaches the disk; Windows cannot open folders and does this on its own."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
