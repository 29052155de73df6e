"""``soi bench pages``: câu truy vấn và thời gian của các trang chính.

Each page is asked as a signed-in secretary who sees the whole tree, of the WSGI application that serves
(all middleware and templates, nothing of Django's test client), once with 100 findings and once with many.
Beside them, in the same run, the floor: the same list of twenty-five findings in bare Django (one view, one
template, no sign-in, no rights).
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import typer

QUERY_LIMIT = 12
P95_LIMIT_MS = 60.0
SMALL = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """Trang trả về: its status and its length in bytes."""

    status: int
    size: int


Ask = Callable[[], Answer]


@dataclass(frozen=True, slots=True)
class Measured:
    """Một trang đã đo: statements, and milliseconds at the middle and at 95 of 100."""

    queries: int
    p50: float
    p95: float
    size: int


def run(*, rounds: int, findings: int) -> int:
    """Đo và in bảng; 1 when a bar is missed."""
    with tempfile.TemporaryDirectory(prefix="soi-bench-") as directory, throw_away_database(Path(directory)):
        from soi.bench.rows import add_findings, build_bodies

        user, bodies, posts = build_bodies()
        add_findings(SMALL, bodies, posts)
        _keep_house()
        small = _measure_all(user, rounds)
        typer.echo(f"Thêm {findings - SMALL} nội dung …")
        add_findings(findings - SMALL, bodies, posts)
        know_the_rows()
        large = _measure_all(user, rounds)
        floor = _measure_floor(rounds)
    return _report(small, large, floor, findings)


def throw_away_database(directory: Path) -> AbstractContextManager[Any]:
    """A SQLite file of its own, or on PostgreSQL a test database made and dropped again."""
    from contextlib import contextmanager

    import django

    django.setup()
    from django.db import connection

    @contextmanager
    def made() -> Any:
        old_name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(directory / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(str(old_name), verbosity=0)

    return made()


def _keep_house() -> None:
    """What ``soi serve`` does every second: the figures follow the tree, which has just been founded."""
    from django.utils import timezone

    from soi.work import rollup

    rollup.fold(now=timezone.now())


def know_the_rows() -> None:
    """PostgreSQL counts rows within a minute of their coming (autovacuum); here it is told to at once."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _paths() -> dict[str, str]:
    from django.urls import reverse

    from soi.conferences.models import Conference
    from soi.findings.models import Finding
    from soi.org.models import Organization, Person

    finding = Finding.objects.filter(remedies__isnull=False).order_by("pk").first()
    conference = Conference.objects.order_by("pk").first()
    body = Organization.objects.order_by("pk").first()
    person = Person.objects.order_by("pk").first()
    if not (finding and conference and body and person):
        raise RuntimeError("no rows to measure")
    return {
        "Việc của tôi": reverse("my_work"),
        "Sổ theo dõi": reverse("finding_list"),
        "… tìm không dấu": reverse("finding_list") + "?q=quan+ly+vat+tu",
        "… lọc quá hạn": reverse("finding_list") + "?overdue=1",
        "Một nội dung": reverse("finding_detail", args=[finding.pk]),
        "Hội nghị": reverse("conference_list"),
        "Một hội nghị": reverse("conference_detail", args=[conference.pk]),
        "Tổ chức": reverse("organization_home"),
        "Một tổ chức": reverse("organization_detail", args=[body.pk]),
        "Con người": reverse("person_list"),
        "Một người": reverse("person_detail", args=[person.pk]),
    }


def _measure_all(user: Any, rounds: int) -> dict[str, Measured]:
    from django.test import Client

    client = Client()
    client.force_login(user)
    cookie = client.cookies.output(header="", sep=";").strip()
    return {name: _measure(partial(serve, path, cookie), rounds) for name, path in _paths().items()}


def serve(path: str, cookie: str) -> Answer:
    """One request to the application itself, as the server makes it."""
    from django.test import RequestFactory

    from soi.config.wsgi import application

    environ = RequestFactory(SERVER_NAME="localhost", HTTP_COOKIE=cookie).get(path).environ
    statuses: list[str] = []

    def start(status: str, _headers: Any, _error: Any = None) -> Any:
        statuses.append(status)

    response = application(environ, start)
    size = sum(len(part) for part in response)
    response.close()
    return Answer(int(statuses[0][:3]), size)


def _measure(ask: Ask, rounds: int) -> Measured:
    from django.db import connection, reset_queries

    for _ in range(3):  # the first answers fill templates and the session
        ask()
    connection.force_debug_cursor = True
    reset_queries()
    answer = ask()
    queries = len(connection.queries_log)
    connection.force_debug_cursor = False
    if answer.status != 200:
        raise RuntimeError(f"status {answer.status}")
    times = sorted(_milliseconds(ask) for _ in range(rounds))
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    return Measured(queries, statistics.median(times), p95, answer.size)


def _milliseconds(ask: Ask) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


_FLOOR_TEMPLATE = """<table>{% for row in rows %}<tr><td><a href="/{{ row.pk }}/">{{ row.statement }}</a></td>
<td>{{ row.organization }}</td><td>{{ row.get_state_display }}</td><td>{{ row.due_on }}</td></tr>{% endfor %}</table>
<p>{{ total }}</p>"""


def _measure_floor(rounds: int) -> Measured:
    """Bare Django: newest twenty-five with their bodies and a count, rendered by a small template."""
    from django.template import engines
    from django.test import RequestFactory

    from soi.findings.models import Finding

    template = engines["django"].from_string(_FLOOR_TEMPLATE)
    request = RequestFactory().get("/")

    def ask() -> Answer:
        rows = Finding.objects.select_related("organization").order_by("-found_on", "-pk")[:25]
        page = template.render({"rows": rows, "total": Finding.objects.count()}, request)
        return Answer(200, len(page.encode()))

    return _measure(ask, rounds)


def _report(small: dict[str, Measured], large: dict[str, Measured], floor: Measured, findings: int) -> int:
    columns = f"{'truy vấn':>9} {'p50':>8} {'p95':>8}"
    typer.echo(f"\n{'':<18} {f'{SMALL} nội dung':^27} {f'{findings} nội dung':^27}")
    typer.echo(f"{'Trang':<18} {columns} {columns} {'KB':>6} {'× sàn':>6}")
    missed = []
    for name, after in large.items():
        ratio = f"{after.size / 1024:>6.1f} {after.p50 / floor.p50:>6.1f}"
        typer.echo(f"{name:<18} {_figures(small[name])} {_figures(after)} {ratio}")
        missed += _missed(name, small[name], after)
    typer.echo(f"{'sàn: Django trần':<18} {'':>27} {_figures(floor)}")
    typer.echo(
        f"Ngưỡng: số truy vấn bằng nhau và ≤ {QUERY_LIMIT}; p95 ≤ {P95_LIMIT_MS:.0f} ms (thời gian: ms)"
    )
    for sentence in missed:
        typer.echo(f"KHÔNG ĐẠT  {sentence}")
    return 1 if missed else 0


def _figures(measured: Measured) -> str:
    return f"{measured.queries:>9} {measured.p50:>8.1f} {measured.p95:>8.1f}"


def _missed(name: str, before: Measured, after: Measured) -> list[str]:
    missed = []
    if before.queries != after.queries:
        missed.append(f"{name}: {before.queries} truy vấn thành {after.queries}")
    if after.queries > QUERY_LIMIT:
        missed.append(f"{name}: {after.queries} truy vấn")
    if after.p95 > P95_LIMIT_MS:
        missed.append(f"{name}: p95 {after.p95:.0f} ms")
    return missed
