"""``soi audit``: đầu chuỗi và kiểm tra chuỗi lịch sử."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.command(help="In đầu chuỗi hiện nay, để giữ ở nơi khác.")
def head() -> None:
    """Đầu chuỗi: seals what is pending first."""
    _setup()
    from soi.history import actions, queries

    actions.seal_pending()
    typer.echo(str(queries.head()))


@app.command(help="Kiểm tra chuỗi lịch sử (so với đầu chuỗi giữ ở ngoài nếu có) và cây tổ chức.")
def verify(
    known: Annotated[str, typer.Option("--head", help="Đầu chuỗi đã giữ, dạng số:mã.")] = "",
) -> None:
    """Kiểm tra; exits 1 and names each place that does not hold."""
    _setup()
    from soi.history import actions, queries
    from soi.org import closure

    try:
        outside = queries.parse_head(known) if known else None
    except ValueError as error:
        typer.echo("Đầu chuỗi phải có dạng số:mã, như lệnh «soi audit head» in ra.", err=True)
        raise typer.Exit(2) from error
    actions.seal_pending()
    faults = queries.verify(outside)
    for fault in faults:
        typer.echo(f"mục {fault.seq}: {fault.sentence}", err=True)
    differences = closure.differences()
    for difference in differences:
        typer.echo(f"cây tổ chức: {difference}", err=True)
    if faults or differences:
        raise typer.Exit(1)
    typer.echo(f"Chuỗi lịch sử nguyên vẹn, cây tổ chức khớp, đầu chuỗi {queries.head()}")


@app.command(help="So số liệu lưu sẵn của nhiệm vụ với đếm lại từ từng nhiệm vụ.")
def figures(
    renew: Annotated[bool, typer.Option("--renew", help="Tính lại từ đầu trước khi so.")] = False,
) -> None:
    """Số liệu; exits 1 and names each count that differs."""
    _setup()
    from django.utils import timezone

    from soi.work import rollup

    now = timezone.now()
    if renew:
        rollup.rebuild(now=now)
    else:
        rollup.fold(now=now)
    differences = rollup.differences(today=timezone.localdate(now))
    for difference in differences:
        typer.echo(difference, err=True)
    if differences:
        typer.echo("Chạy «soi audit figures --renew» để tính lại từ đầu.", err=True)
        raise typer.Exit(1)
    typer.echo("Số liệu nhiệm vụ khớp với từng nhiệm vụ.")


def _setup() -> None:
    import django

    django.setup()
