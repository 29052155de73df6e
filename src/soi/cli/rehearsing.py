"""``soi rehearse``: diễn tập trước một hội nghị."""

from __future__ import annotations

from typing import Annotated

import typer


def rehearse(
    sites: Annotated[int, typer.Option(help="Số điểm cầu.", min=1, max=500)] = 40,
    delegates: Annotated[
        int, typer.Option(help="Số đại biểu, mỗi người một trang.", min=10, max=20_000)
    ] = 1000,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Số tiến trình trả lời, như của soi serve; không ghi thì một với SQLite, bằng số lõi với PostgreSQL.",
            min=1,
            max=64,
        ),
    ] = None,
) -> None:
    """Chạy trong một cài đặt tạm cạnh cài đặt thật; kết thúc bằng 1 khi máy này chưa đủ."""
    from soi.bench.rehearse import run
    from soi.config import environment

    typer.echo(
        "Diễn tập không chạm vào dữ liệu thật, nhưng dùng hết sức của máy: chạy khi không ai đang làm việc."
    )
    raise typer.Exit(run(sites=sites, delegates=delegates, workers=workers, data_dir=environment.data_dir()))
