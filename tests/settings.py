"""Cài đặt khi kiểm thử: the application's own settings over a data directory that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_directory = tempfile.mkdtemp(prefix="soi-tests-")
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
os.environ["SOI_DATA_DIR"] = _directory
for _name in (
    "SOI_HTTPS", "SOI_SECOND_FACTOR", "SOI_BEHIND_PROXY", "SOI_ALLOWED_HOSTS", "SOI_SECRET_KEY",
    "SOI_MAIL_URL", "SOI_MAIL_FROM", "SOI_PUBLIC_URL",
    "SOI_JANUS_URL", "SOI_JANUS_ADMIN_KEY", "SOI_JANUS_WEBSOCKET", "SOI_TURN_URL", "SOI_TURN_SECRET",
):  # fmt: skip
    os.environ.pop(_name, None)

from soi.config.settings import *  # noqa: E402, F403
from soi.config.settings import PASSWORD_HASHERS as _HASHERS  # noqa: E402

# Argon2id is slow on purpose; tests of the hash itself name the hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *_HASHERS]
