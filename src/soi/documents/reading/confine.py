"""Giam tiến trình đọc: what the worker gives up before it looks at a byte of somebody's file.

Linux does all of it; other Unix systems the resource limits; Windows nothing of this, there only the
parent's clock and cap on the answer hold. The readers themselves never open a file or a connection:
this is the second wall, for the day one of the libraries has a hole.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

from soi.documents.reading.limits import Limits

_CLONE_NEWUSER = 0x1000_0000
_CLONE_NEWNET = 0x4000_0000
_PR_SET_NO_NEW_PRIVS = 38


def limit_use(limits: Limits) -> None:
    """Giới hạn tài nguyên: memory, processor time, no writing to files, no core dump."""
    _set("RLIMIT_AS", limits.memory_bytes)
    # One second between the signal that says why and the one that cannot be caught.
    seconds = int(limits.seconds) + 1
    _set("RLIMIT_CPU", seconds, seconds + 1)
    _set("RLIMIT_FSIZE", 0)
    _set("RLIMIT_CORE", 0)


def lock_in() -> None:
    """Khóa cửa: from here on no file, socket or process can be opened. All code must be loaded before."""
    _leave_the_network()
    _set("RLIMIT_NPROC", 0)
    # With no number left to give, open() and socket() fail for whoever asks; those in use still work.
    _set("RLIMIT_NOFILE", 0)


def _set(name: str, value: int, hard: int | None = None) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    # macOS knows RLIMIT_AS but refuses to set it.
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (value, value if hard is None else hard))


def _leave_the_network() -> None:
    """An own, empty network where the system lets an ordinary user have one; containers often do not."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(AttributeError, OSError):
        system = ctypes.CDLL(None)
        system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
