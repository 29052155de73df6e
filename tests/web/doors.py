"""Gõ cửa mọi địa chỉ: the world, and one request of one actor; for the tests of the access table."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from soi.access.enums import Duty
from soi.org.enums import PostRole
from soi.org.staffing import end_membership
from tests.factories import Region, add_official, build_region
from tests.web import expected, expected_conferences, expected_reviews
from tests.web.world import World, build_world

TABLE = {**expected.table(), **expected_conferences.table(), **expected_reviews.table()}


def all_names() -> set[str]:
    """Tên của mọi địa chỉ mà bộ định tuyến biết."""
    found: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            else:
                found.add(pattern.name or repr(pattern))

    walk(get_resolver().url_patterns)
    return found


def build_doors(now: dt.datetime) -> World:
    """The region with today's rights, a former secretary, an inspector elsewhere, and records in the regiment."""
    region = build_region(now)
    _add_more_people(region)
    return build_world(region)


def _add_more_people(region: Region) -> None:
    now = region.now
    add_official(
        region, "otherinspector", "Tạ Văn Soát", "brigade", "Chủ nhiệm Kiểm tra Lữ đoàn",
        duty=Duty.INSPECTOR, whole_tree=True,
    )  # fmt: skip
    add_official(
        region, "former", "Âu Văn Cựu", "regiment", "Phó Bí thư Trung đoàn",
        role=PostRole.DEPUTY, duty=Duty.SECRETARY, whole_tree=True,
    )  # fmt: skip
    holding = region.posts["former"].memberships.get()
    yesterday = timezone.localdate(now) - dt.timedelta(days=1)
    end_membership(actor=region.system, membership=holding, on=yesterday, now=now)


def body_of(response: Any) -> bytes:
    text: bytes = response.content
    # The page shows its own address nowhere else than in the language form.
    return text.replace(response.request["PATH_INFO"].encode(), b"")


def read(response: Any) -> bytes:
    """The whole answer; reading a streamed file to its end also closes it."""
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def client_of(region: Region, username: str) -> Client:
    client = Client()
    if username != "anonymous":
        client.force_login(region.users[username])
    return client


def ask(region: Region, username: str, method: str, url: str, data: dict[str, str]) -> tuple[int, str]:
    """One request; whatever it changes is rolled back."""
    cache.clear()
    with transaction.atomic():
        client = client_of(region, username)
        send = getattr(client, method.lower())
        response = send(url, data) if method in {"GET", "POST"} else client.generic(method, url)
        read(response)
        answer = response.status_code, response.headers.get("Location", "")
        transaction.set_rollback(True)
    return answer


def is_let_in(answer: tuple[int, str]) -> bool:
    status, location = answer
    assert status < 500
    return status not in {401, 403, 404, 405} and not location.startswith(reverse("account_login"))


def wrong_doors(world: World, username: str) -> Iterator[str]:
    """Every URL, by GET and by POST, that lets this actor in and should not, or the other way round."""
    for name, row in TABLE.items():
        url = reverse(name, args=row.args(world))
        for method, allowed in (("GET", row.get), ("POST", row.post)):
            answer = ask(world.region, username, method, url, row.data)
            if is_let_in(answer) != (username in allowed):
                expected = "expected" if username in allowed else "not expected"
                yield f"{username}: {method} {name} {answer}, {expected}"
