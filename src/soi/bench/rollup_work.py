"""``soi bench rollup-work``: số liệu của rất nhiều nhiệm vụ trong một cây lớn, cộng lên mọi cấp.

Measured in one run, in a database of its own: the dashboard of the top body after a change deep in the tree,
what one change costs while others write and fold, folding, and counting everything anew. Beside each the
floor: bare SQL for the same figures and the same rows.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import typer

from soi.bench.pages import know_the_rows, serve, throw_away_database

PAGE_P95_MS, CHANGE_P95_MS, MOST_TIMES_FLOOR = 60.0, 10.0, 2.0
DELTAS_FOLDED = 2_000


@dataclass
class Findings:
    """Kết quả: lines to print, and the sentences of missed bars."""

    judges_times: bool
    lines: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def line(self, name: str, times: list[float], remark: str = "") -> None:
        self.lines.append(f"{name:<52}{statistics.median(times):>9.1f}{p95(times):>9.1f}   {remark}")

    def must(self, held: bool, sentence: str) -> None:
        """What must hold at any size."""
        if not held:
            self.missed.append(sentence)

    def bar(self, held: bool, sentence: str) -> None:
        """A bar for times; a small run on any database has none."""
        self.must(held or not self.judges_times, sentence)


def p95(times: list[float]) -> float:
    """95 of 100 are as quick as this or quicker."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def run(
    *, tasks: int, bodies: int, writers: int, changes: int, pause: float, rounds: int, small: bool
) -> int:
    """Đo và in bảng; 1 when a bar is missed, 2 when there is nothing to measure with."""
    with tempfile.TemporaryDirectory(prefix="soi-bench-") as directory:
        database = throw_away_database(Path(directory))
        if not small and not _has_postgres():
            typer.echo(
                "Phép đo này cần PostgreSQL: đặt SOI_DATABASE_URL=postgresql://… rồi chạy lại, "
                "hoặc thêm --small để đo cỡ nhỏ trên SQLite.",
                err=True,
            )
            return 2
        with database:
            findings = Findings(judges_times=not small)
            _load(bodies, tasks)
            _measure_rebuild(findings)
            _measure_reading(findings, rounds)
            _measure_folding(findings)
            _measure_writing(findings, writers if _has_postgres() else 1, changes, pause)
            _compare(findings, "sau mọi phép đo")
    return _report(findings)


def _has_postgres() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


def _load(bodies: int, tasks: int) -> None:
    from soi.bench.work_rows import add_tasks, build_tree

    with _told(f"Dựng {bodies:,} tổ chức, {tasks:,} nhiệm vụ"):
        add_tasks(build_tree(bodies), tasks)
        _settle_tables()


def _settle_tables() -> None:
    """What autovacuum does within minutes of such a load is done at once."""
    if _has_postgres():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")
    else:
        know_the_rows()


@contextmanager
def _told(what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    typer.echo(f"{what}: {time.perf_counter() - started:.1f} giây")


# --- counting everything anew ------------------------------------------------------------------------


def _measure_rebuild(findings: Findings) -> None:
    from django.utils import timezone

    from soi.work import rollup

    for name in ("Tính từ đầu, lần đầu (giây)", "Tính từ đầu, đã có số liệu (giây)"):
        started = time.perf_counter()
        rollup.rebuild(now=timezone.now())
        findings.lines.append(f"{name:<52}{time.perf_counter() - started:>9.1f}")
    _compare(findings, "sau khi tính từ đầu")
    _settle_tables()


def _compare(findings: Findings, when: str) -> None:
    from django.utils import timezone

    from soi.work import rollup

    different = rollup.differences(today=timezone.localdate())
    findings.lines.append(f"So với đếm lại từng nhiệm vụ, {when}: {'KHÁC' if different else 'bằng nhau'}")
    findings.must(not different, f"số liệu khác khi đếm lại {when}: {'; '.join(different[:3])}")


# --- the dashboard -----------------------------------------------------------------------------------


def _measure_reading(findings: Findings, rounds: int) -> None:
    from soi.bench import work_floor
    from soi.bench.work_writers import by_action

    top, cookie, path = _signed_in()
    changes = _changes(by_action, rounds)
    # The page's application keeps the garbage collector from long looks; so do the bare figures here.
    gc.collect()
    gc.freeze()
    for _ in range(3):
        _ask_page(path, cookie)
    page, figures, floor = list[float](), list[float](), list[float]()
    for change in islice(changes, rounds):
        change()
        page.append(_milliseconds(lambda: _ask_page(path, cookie)))
        figures.append(_milliseconds(lambda: work_floor.by_board(top)))
        floor.append(_milliseconds(lambda: work_floor.by_sql(top)))
    work_floor.fold_all()
    same = work_floor.by_sql(top) == work_floor.total_of(work_floor.by_board(top))
    ratio = statistics.median(figures) / statistics.median(floor)
    findings.line("Bảng điều hành cấp cao nhất, cả trang", page, f"ngưỡng p95 ≤ {PAGE_P95_MS:.0f} ms")
    findings.line("… riêng số liệu (board)", figures, f"{ratio:.1f} × sàn, đích ≤ {MOST_TIMES_FLOOR:.0f}")
    findings.line("… sàn: một câu SQL lấy cùng số liệu", floor, "cùng tổng số" if same else "KHÁC TỔNG SỐ")
    findings.bar(p95(page) <= PAGE_P95_MS, f"trang bảng điều hành: p95 {p95(page):.0f} ms")
    findings.bar(ratio <= MOST_TIMES_FLOOR, f"số liệu của bảng: {ratio:.1f} lần sàn")
    findings.must(same, "bảng điều hành và câu SQL trần cho tổng số khác nhau")


def _signed_in() -> tuple[Any, str, str]:
    """The top body, the cookie of its secretary, and the address of the dashboard."""
    from django.test import Client
    from django.urls import reverse

    from soi.access.models import User
    from soi.org.models import Organization

    client = Client()
    client.force_login(User.objects.get(username="do1"))
    cookie = client.cookies.output(header="", sep=";").strip()
    return Organization.objects.get(pk=1), cookie, reverse("board")


def _ask_page(path: str, cookie: str) -> None:
    answer = serve(path, cookie)
    if answer.status != 200:
        raise RuntimeError(f"status {answer.status}")


def _changes(way: Callable[[Any], Callable[[], object]], count: int) -> Iterator[Callable[[], object]]:
    from soi.bench.work_writers import open_tasks
    from soi.work.models import Task

    found = Task.objects.in_bulk(open_tasks(count))
    return (way(task) for task in found.values())


def _milliseconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


# --- folding and writing -----------------------------------------------------------------------------


def _measure_folding(findings: Findings) -> None:
    from soi.bench import work_floor

    work_floor.append_deltas(DELTAS_FOLDED // 2)
    milliseconds = _milliseconds(work_floor.fold_all)
    findings.lines.append(f"{f'Cộng dồn {DELTAS_FOLDED:,} thay đổi (ms)':<52}{milliseconds:>9.1f}")


def _measure_writing(findings: Findings, writers: int, changes: int, pause: float) -> None:
    from soi.bench.work_writers import WARM, Work, by_action, by_sql, open_tasks, write_at_once

    each = [(by_action, pause), (by_sql, pause), (by_action, 0.0), (by_sql, 0.0)]
    ids = open_tasks(len(each) * writers * (changes + WARM))
    share = len(ids) // (len(each) * writers)
    done = []
    for round_, (way, wait) in enumerate(each):
        works = [
            Work(tuple(ids[(round_ * writers + k) * share :][:share]), wait, k, way) for k in range(writers)
        ]
        done.append(write_at_once(works))
    action, floor, crowd, crowd_floor = done
    ratio = statistics.median(action.times) / statistics.median(floor.times)
    rate = len(action.times) / action.seconds
    findings.line(
        f"Một thay đổi, {writers} người ghi ({rate:.0f} thay đổi/giây)",
        action.times,
        f"{ratio:.1f} × sàn; ngưỡng p95 ≤ {CHANGE_P95_MS:.0f} ms",
    )
    findings.line("… sàn: cùng các dòng bằng SQL trần", floor.times)
    findings.line(
        "… không nghỉ giữa hai lần ghi", crowd.times, f"{len(crowd.times) / crowd.seconds:.0f}/giây"
    )
    findings.line(
        "… sàn, không nghỉ", crowd_floor.times, f"{len(crowd_floor.times) / crowd_floor.seconds:.0f}/giây"
    )
    deadlocks = sum(one.deadlocks for one in done)
    errors = [error for one in done for error in one.errors]
    findings.lines.append(f"Khóa chết: {deadlocks}; lỗi khác: {len(errors) - deadlocks}")
    findings.bar(p95(action.times) <= CHANGE_P95_MS, f"một thay đổi: p95 {p95(action.times):.1f} ms")
    findings.must(not errors, f"lỗi khi ghi: {errors[:2]}")


def _report(findings: Findings) -> int:
    typer.echo(f"\n{'':<52}{'p50':>9}{'p95':>9}   (ms)")
    for line in findings.lines:
        typer.echo(line)
    if not findings.judges_times:
        typer.echo("Cỡ nhỏ: không xét ngưỡng thời gian.")
    for sentence in findings.missed:
        typer.echo(f"KHÔNG ĐẠT  {sentence}")
    return 1 if findings.missed else 0
