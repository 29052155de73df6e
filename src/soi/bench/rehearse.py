"""``soi rehearse``: diễn tập tải của một hội nghị sắp họp, on this machine, its database engine and its workers.

The same clients and acts as ``soi bench live``, over an installation beside the real one (``aside``); what comes
out is not a bar but an answer: is this machine enough for so many sites and delegates, and what to do if not.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from soi.bench import aside
from soi.bench.live import Figures, measure
from soi.bench.live_load import tree
from soi.bench.rehearse_report import Rehearsed, report

ROUNDS = 10
# Besides one line for each page: the database, the journal, what is listened to.
_OTHER_FILES = 200
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ENOUGH, NOT_ENOUGH, CANNOT, STOPPED = 0, 1, 2, 130


def run(*, sites: int, delegates: int, workers: int | None, data_dir: Path) -> int:
    """Diễn tập và in kết luận; 0 enough, 1 not enough, 2 it could not be tried, 130 stopped by hand."""
    on_postgresql = bool(os.environ.get("SOI_DATABASE_URL"))
    workers = workers or (_cores() if on_postgresql else 1)
    if refused := _refusal(workers, on_postgresql=on_postgresql, pages=delegates):
        typer.echo(refused, err=True)
        return CANNOT
    few_files = _raise_open_files(delegates, workers)
    try:
        with _stopped_once(), aside.installation(beside=data_dir), _nothing_left_running():
            figures = _rehearse(sites, delegates, workers)
    except KeyboardInterrupt:
        typer.echo("\nĐã dừng diễn tập; dữ liệu tạm đã được xóa.", err=True)
        return STOPPED
    except aside.CannotMake as sentence:
        typer.echo(str(sentence), err=True)
        return CANNOT
    except (OSError, RuntimeError, EOFError) as error:  # a time that ran out is one of the first
        typer.echo(_broken(error, delegates), err=True)
        return NOT_ENOUGH
    engine = "PostgreSQL" if on_postgresql else "SQLite"
    rehearsed = Rehearsed(figures, sites, delegates, workers, engine, _cores(), total_mib(), few_files)
    return ENOUGH if report(rehearsed, typer.echo) else NOT_ENOUGH


def _rehearse(sites: int, delegates: int, workers: int) -> Figures:
    from soi.bench.live_rows import build
    from soi.bench.live_servers import soi_server
    from soi.bench.pages import know_the_rows

    tell = _teller()
    tell(f"dựng một hội nghị tạm: {delegates} đại biểu, {sites} điểm cầu")
    meeting = build(delegates=delegates, sites=sites)
    know_the_rows()
    tell(f"khởi động máy chủ tạm, {workers} tiến trình")
    with soi_server(workers) as server:
        figures = measure(server, meeting, ROUNDS, tell)
        tell("xóa dữ liệu tạm")
    return figures


def _teller() -> Callable[[str], None]:
    steps = iter(range(1, 100))
    return lambda step: typer.echo(f"  {next(steps)}. {step} …")


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def total_mib() -> float:
    """Bộ nhớ của máy."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20


def _refusal(workers: int, *, on_postgresql: bool, pages: int) -> str:
    """Why it cannot be tried here, before anything is begun."""
    if not Path("/proc/meminfo").exists():
        return "Diễn tập đọc số liệu của nhân Linux nên chỉ chạy được trên Linux."
    if workers > 1 and not on_postgresql:
        return "Chạy nhiều tiến trình cần PostgreSQL: đặt SOI_DATABASE_URL=postgresql://… hoặc bỏ --workers."
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < pages + _OTHER_FILES:
        return (
            f"Hệ điều hành chỉ cho mở {most} tệp, mà {pages} người cần ít nhất {pages + _OTHER_FILES}. "
            "Hãy nâng giới hạn (ulimit -Hn, LimitNOFILE) rồi chạy lại."
        )
    return ""


def _raise_open_files(pages: int, workers: int) -> bool:
    """All that the system allows; True when a worker that is started as usual would have had too few."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return usual != resource.RLIM_INFINITY and usual < pages // workers + _OTHER_FILES


@contextmanager
def _stopped_once() -> Iterator[None]:
    """Ctrl-C, the end of the line or of the service ends the rehearsal once; later ones leave the clearing up alone."""

    def stop(_number: int, _frame: object) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _nothing_left_running() -> Iterator[None]:
    """A server that was being started in the moment of Ctrl-C is nobody's yet: it ends here."""
    try:
        yield
    finally:
        for pid in tree(os.getpid())[1:]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _broken(error: Exception, delegates: int) -> str:
    if isinstance(error, TimeoutError):
        return (
            f"Có trang chờ một phút vẫn chưa vào được phòng họp: máy này không đủ cho {delegates} đại biểu. "
            "Hãy thử lại với ít đại biểu hơn (--delegates) để biết máy này đủ cho bao nhiêu."
        )
    return (
        f"Diễn tập đứt giữa chừng ({str(error) or type(error).__name__}). Máy chủ không giữ được tải này, hoặc cài đặt "
        "có lỗi: xem các dòng cảnh báo ở trên, rồi thử lại với ít đại biểu hơn (--delegates)."
    )
