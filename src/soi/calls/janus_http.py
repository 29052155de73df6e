"""Nói với Janus: the only module of Soi that calls another server over HTTP. Short waits, no proxy, no redirect."""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

WAIT_SECONDS = 3.0
MOST_BYTES = 256 * 1024


class JanusSilent(Exception):  # noqa: N818  (said of the other side, as the domain's refusals are)
    """Janus cannot be reached, or says what nobody can read."""


class JanusRefused(Exception):  # noqa: N818
    """Janus answered and refused; ``code`` is that of its VideoRoom plugin."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


class VideoRoom:
    """Một phiên nói với Janus, attached to its VideoRoom plugin."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = _post(url, {"janus": "create"})["data"]["id"]
        handle = _post(f"{url}/{self._session}", {"janus": "attach", "plugin": "janus.plugin.videoroom"})
        self._handle = handle["data"]["id"]

    def ask(self, **body: Any) -> dict[str, Any]:
        """One request of the plugin; its answer, or ``JanusRefused``."""
        answer = _post(f"{self._url}/{self._session}/{self._handle}", {"janus": "message", "body": body})
        data = answer.get("plugindata", {}).get("data", {})
        if "error_code" in data:
            raise JanusRefused(int(data["error_code"]), str(data.get("error", "")))
        return dict(data)

    def leave(self) -> None:
        """End the session; Janus ends forgotten ones itself after a minute."""
        with suppress(JanusSilent, JanusRefused):
            _post(f"{self._url}/{self._session}", {"janus": "destroy"})


@contextmanager
def video_room(url: str) -> Iterator[VideoRoom]:
    """Nói với Janus for the length of a block."""
    room = VideoRoom(url)
    try:
        yield room
    finally:
        room.leave()


def _post(url: str, message: dict[str, Any]) -> dict[str, Any]:
    data = json.dumps({**message, "transaction": secrets.token_hex(8)}).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310  (settings allow http(s) only)
    try:
        with _opener.open(request, timeout=WAIT_SECONDS) as response:
            answer = json.loads(response.read(MOST_BYTES))
    except (OSError, ValueError) as error:
        raise JanusSilent(str(error)) from error
    if not isinstance(answer, dict):
        raise JanusSilent("not an answer of Janus")
    if answer.get("janus") == "error":
        fault = answer.get("error", {})
        raise JanusRefused(int(fault.get("code", 0)), str(fault.get("reason", "")))
    return answer
