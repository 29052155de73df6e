"""Janus cho một lần thử: Debian's package, its own folder of settings, free ports on the loopback address."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.webrtc import missing

ADMIN_KEY = "khoa-quan-ly-de-thu"
LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/janus")


@dataclass(frozen=True)
class Janus:
    """Đang chạy ở đây."""

    url: str
    websocket: str
    process: subprocess.Popen[bytes]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _others(folder: Path, *wanted: str) -> str:
    return ",".join(file.name for file in folder.glob("*.so") if not file.name.endswith(wanted))


def _libraries() -> Path:
    found = sorted(Path("/usr/lib").glob("*/janus/plugins"))
    return found[0].parent if found else LIBRARIES


def _write(folder: Path, http: int, websocket: int) -> None:
    home = _libraries()
    (folder / "janus.jcfg").write_text(
        f"""general: {{
  configs_folder = "{folder}"
  plugins_folder = "{home}/plugins"
  transports_folder = "{home}/transports"
  events_folder = "{home}/events"
  loggers_folder = "{home}/loggers"
  debug_level = 3
}}
media: {{ rtp_port_range = "40000-40400" }}
plugins: {{ disable = "{_others(home / "plugins", "videoroom.so")}" }}
transports: {{ disable = "{_others(home / "transports", "http.so", "websockets.so")}" }}
"""
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text(f'general: {{ admin_key = "{ADMIN_KEY}" }}\n')
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{ json = "plain" base_path = "/janus" http = true port = {http} ip = "127.0.0.1" https = false }}\n'
        "admin: { admin_http = false }\n"
    )
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ json = "plain" ws = true ws_port = {websocket} ws_ip = "127.0.0.1" wss = false }}\n'
        "admin: { admin_ws = false }\n"
    )


@contextmanager
def running(folder: Path) -> Iterator[Janus]:
    """A Janus of one's own, stopped afterwards."""
    program = shutil.which("janus")
    if program is None:
        missing("janus")
    http, websocket = _free_port(), _free_port()
    _write(folder, http, websocket)
    log = (folder / "janus.log").open("wb")
    process = subprocess.Popen([str(program), "-F", str(folder)], stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{http}/janus"
    try:
        _wait(process, url, folder)
        yield Janus(url, f"ws://127.0.0.1:{websocket}/", process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def _wait(process: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/info", timeout=1):  # noqa: S310  (our own process)
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError((folder / "janus.log").read_text(errors="replace")[-2_000:])
