"""PDF từ Word: LibreOffice of this machine makes it, where it is installed; Soi needs it for nothing else."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from soi.base.errors import Invalid

# A form of a few pages takes two seconds; the first one after a start takes longer.
SECONDS = 90
_PROGRAMS = ("soffice", "libreoffice")


def program() -> str | None:
    """Nơi đặt LibreOffice, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def is_available() -> bool:
    """Máy này xuất được PDF hay không."""
    return program() is not None


def from_word(data: bytes) -> bytes:
    """PDF của một tệp .docx do Soi dựng; ``Invalid`` where the machine cannot make one."""
    office = program()
    if office is None:
        raise Invalid(
            "Máy chủ chưa cài LibreOffice nên chưa xuất được PDF. "
            "Hãy tải tệp Word rồi lưu thành PDF, hoặc nhờ người quản trị cài LibreOffice."
        )
    with tempfile.TemporaryDirectory(prefix="soi-pdf-") as name:
        folder = Path(name)
        (folder / "in.docx").write_bytes(data)
        try:
            subprocess.run(  # noqa: S603 (our own file, a fixed command, no shell)
                [
                    office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
                    "--convert-to", "pdf", "--outdir", name, str(folder / "in.docx"),
                ],
                check=True, capture_output=True, timeout=SECONDS,
            )  # fmt: skip
            return (folder / "in.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise Invalid(
                "LibreOffice trên máy chủ không chuyển được tệp này sang PDF. Hãy tải tệp Word."
            ) from error
