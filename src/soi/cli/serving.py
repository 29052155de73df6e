"""Chạy Soi: ``serve``, ``demo``, ``init``."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import uvicorn

Host = Annotated[str, typer.Option(help="Địa chỉ máy để nghe.")]
Port = Annotated[int, typer.Option(help="Cổng.", min=1, max=65535)]
Workers = Annotated[
    int, typer.Option(help="Số tiến trình trả lời (nhiều hơn một: cần PostgreSQL).", min=1, max=64)
]

# What an open page may still need when the server is told to stop.
GRACE_SECONDS = 5
# Of several processes together, but four each at least: every thread has a connection to the database.
ALL_PAGE_THREADS = 8


def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """Cập nhật cơ sở dữ liệu rồi chạy; Ctrl+C để dừng."""
    _prepare()
    _check()
    _check_workers(workers)
    typer.echo(f"Soi đang chạy tại http://{_shown(host)}:{port}/  (Ctrl+C để dừng)")
    _run(host, port, workers)


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: Annotated[Path | None, typer.Option(help="Nơi đặt dữ liệu mẫu.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Nạp lại dữ liệu mẫu từ đầu.")] = False,
) -> None:
    """Tổ chức mẫu: everything in it is invented."""
    directory = (data_dir or Path("var/demo")).resolve()
    os.environ["SOI_DATA_DIR"] = str(directory)
    os.environ.pop("SOI_DATABASE_URL", None)
    if fresh:
        _remove_sample(directory)
    _prepare()
    _load_sample(directory)
    _welcome(host, port)
    _run(host, port)


def init(
    organization: Annotated[str, typer.Option(prompt="Tên tổ chức đứng đầu")],
    name: Annotated[str, typer.Option(prompt="Họ và tên người quản trị")],
    username: Annotated[str, typer.Option(prompt="Tên đăng nhập")],
    password: Annotated[
        str, typer.Option(prompt="Mật khẩu (ít nhất 12 ký tự)", hide_input=True, confirmation_prompt=True)
    ],
) -> None:
    """Cài đặt lần đầu; refuses when organisations exist already."""
    _prepare()
    from soi.base.errors import Refusal
    from soi.cli.installation import install

    try:
        install(organization=organization, name=name, username=username, password=password)
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from refusal
    typer.echo("Đã cài đặt. Chạy «soi serve» rồi đăng nhập.")


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _check() -> None:
    from django.core.management import call_command

    call_command("check", deploy=False, fail_level="ERROR", databases=["default"])


def _check_workers(workers: int) -> None:
    from django.db import connection

    if workers > 1 and connection.vendor != "postgresql":
        typer.echo(
            "Chạy nhiều tiến trình cần PostgreSQL: đặt SOI_DATABASE_URL=postgresql://… hoặc bỏ --workers.",
            err=True,
        )
        raise typer.Exit(2)


def _remove_sample(directory: Path) -> None:
    """Only a directory that the sample was loaded into is emptied."""
    marker = directory / "sample.txt"
    if not marker.exists():
        return
    import shutil

    shutil.rmtree(directory)


def _load_sample(directory: Path) -> None:
    from soi import sample

    if sample.is_loaded():
        return
    marker = directory / "sample.txt"
    marker.write_text("Dữ liệu mẫu giả định của Soi; có thể xóa cả thư mục này.\n", encoding="utf-8")
    started = time.monotonic()
    sample.load(today=_today(), progress=_progress)
    typer.echo(f"\rĐã nạp tổ chức mẫu trong {time.monotonic() - started:.0f} giây.".ljust(78))


def _welcome(host: str, port: int) -> None:
    from soi.sample.signins import PASSWORD, SIGN_INS

    typer.echo(f"\n  Soi đang chạy tại  http://{_shown(host)}:{port}/   (Ctrl+C để dừng)")
    typer.echo(f"  Mật khẩu chung cho các tài khoản mẫu:  {PASSWORD}\n")
    for sign_in in SIGN_INS:
        typer.echo(f"    {sign_in.username:<12} {sign_in.label}. {sign_in.what}")
    typer.echo("\n  Mọi tổ chức, con người và sự việc trong dữ liệu mẫu đều là giả định.\n")


def _today() -> dt.date:
    from django.utils import timezone

    return timezone.localdate()


def _progress(step: str, done: int, total: int) -> None:
    share = done / total if total else 1.0
    bar = ("█" * round(share * 24)).ljust(24, "░")
    sys.stdout.write(f"\r  {bar} {share:>4.0%}  {step}".ljust(78)[:78])
    sys.stdout.flush()


def _shown(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 (only what is printed)


def _run(host: str, port: int, workers: int = 1) -> None:
    if workers > 1:
        _run_several(host, port, workers)
        return
    from soi.cli.housekeeping import Housekeeper

    housekeeper = Housekeeper()
    housekeeper.start()
    try:
        _server(host, port).run()
    finally:
        housekeeper.stop(patience=GRACE_SECONDS)


def _server(host: str, port: int) -> uvicorn.Server:
    import uvicorn
    from django.conf import settings

    return uvicorn.Server(
        uvicorn.Config(
            "soi.config.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            proxy_headers=settings.BEHIND_PROXY,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


def _run_several(host: str, port: int, workers: int) -> None:
    """Several answer, and one more keeps house."""
    from django.db import connections

    from soi.cli.processes import Processes, listening

    os.environ.setdefault("SOI_PAGE_THREADS", str(max(4, ALL_PAGE_THREADS // workers)))
    server = _server(host, port)
    _load(server)
    try:
        lines = listening(host, port, workers)
    except OSError as error:
        typer.echo(f"Không nghe được ở {_shown(host)}:{port}: {error.strerror}.", err=True)
        raise typer.Exit(1) from error
    connections.close_all()
    Processes([_keep_house, *(partial(server.run, [line]) for line in lines)]).run()


def _load(server: uvicorn.Server) -> None:
    """Nạp sẵn what every process needs, so that they share it: code, addresses, the templates of the live pages."""
    from django.template.loader import get_template
    from django.urls import reverse

    from soi.web.room_rendering import REGIONS

    server.config.load()
    reverse("my_work")
    for path in {path for regions in REGIONS.values() for path in regions.values()}:
        get_template(path)


def _keep_house() -> None:
    import signal

    from soi.cli.housekeeping import Housekeeper
    from soi.cli.processes import ENDING

    # Before there are threads: the signal is waited for, it interrupts nothing.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    housekeeper = Housekeeper()
    housekeeper.start()
    signal.sigwait(ENDING)
    housekeeper.stop(patience=GRACE_SECONDS)
