"""``soi bench``: đo trên máy này."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Keeps ``pages`` a subcommand while it is the only one."""


@app.command(help="Số câu truy vấn và thời gian của các trang chính với 100 và 10.000 nội dung.")
def pages(
    rounds: Annotated[int, typer.Option(help="Số lần đo mỗi trang.", min=5)] = 40,
    findings: Annotated[int, typer.Option(help="Số nội dung ở lần đo lớn.", min=100)] = 10_000,
) -> None:
    """Đo các trang trong một cơ sở dữ liệu tạm."""
    from soi.bench.pages import run

    raise typer.Exit(run(rounds=rounds, findings=findings))
