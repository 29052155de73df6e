"""``soi bench``: đo trên máy này."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.command(help="Số câu truy vấn và thời gian của các trang chính với 100 và 10.000 nội dung.")
def pages(
    rounds: Annotated[int, typer.Option(help="Số lần đo mỗi trang.", min=5)] = 40,
    findings: Annotated[int, typer.Option(help="Số nội dung ở lần đo lớn.", min=100)] = 10_000,
) -> None:
    """Đo các trang trong một cơ sở dữ liệu tạm."""
    from soi.bench.pages import run

    raise typer.Exit(run(rounds=rounds, findings=findings))


@app.command(name="rollup-work", help="Số liệu của 1.000.000 nhiệm vụ trong 20.000 tổ chức (PostgreSQL).")
def rollup_work(  # noqa: PLR0917 (one for each option)
    tasks: Annotated[int, typer.Option(help="Số nhiệm vụ.", min=500)] = 1_000_000,
    bodies: Annotated[int, typer.Option(help="Số tổ chức.", min=50)] = 20_000,
    writers: Annotated[int, typer.Option(help="Số người ghi cùng lúc.", min=1, max=64)] = 8,
    changes: Annotated[int, typer.Option(help="Số thay đổi của mỗi người ghi.", min=1)] = 100,
    pause: Annotated[float, typer.Option(help="Giây nghỉ trung bình giữa hai lần ghi.", min=0)] = 0.2,
    rounds: Annotated[int, typer.Option(help="Số lần đo bảng điều hành.", min=5)] = 60,
    small: Annotated[bool, typer.Option("--small", help="Đo cỡ nhỏ, chạy được trên SQLite.")] = False,
) -> None:
    """Đo trong một cơ sở dữ liệu tạm; kết thúc bằng 1 khi có ngưỡng không đạt."""
    from soi.bench.rollup_work import run

    if small:
        tasks, bodies, changes = min(tasks, 5_000), min(bodies, 400), min(changes, 20)
    raise typer.Exit(
        run(
            tasks=tasks, bodies=bodies, writers=writers, changes=changes, pause=pause, rounds=rounds,
            small=small,
        )
    )  # fmt: skip


@app.command(
    help="Một nghìn người xem một hội nghị: đến mọi trang, bỏ phiếu, vào phòng, bộ nhớ (PostgreSQL)."
)
def live(
    clients: Annotated[int, typer.Option(help="Số trang đang mở.", min=20)] = 1000,
    rounds: Annotated[int, typer.Option(help="Số lần «mời phát biểu».", min=3)] = 20,
    sites: Annotated[int, typer.Option(help="Số điểm cầu.", min=1)] = 40,
    workers: Annotated[int, typer.Option(help="Số tiến trình trả lời.", min=1)] = 2,
) -> None:
    """Đo trong một cơ sở dữ liệu tạm; kết thúc bằng 1 khi có ngưỡng không đạt."""
    from soi.bench.live import run

    raise typer.Exit(run(clients=clients, rounds=rounds, sites=sites, workers=workers))
