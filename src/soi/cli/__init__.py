"""Dòng lệnh ``soi``: serve, demo, init, rehearse, intake, audit, bench, manage. Django is imported inside commands,
so that ``soi --help`` answers at once and a wrong setting becomes a sentence."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from soi.cli import audit, bench, intake, rehearsing, serving

app = typer.Typer(
    help="Soi: tự soi, tự sửa.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.add_typer(intake.app, name="intake", help="Đọc văn bản thành bản đề xuất.")
app.add_typer(audit.app, name="audit", help="Kiểm tra sổ lịch sử.")
app.add_typer(bench.app, name="bench", help="Đo tốc độ trên máy này.")
app.command(help="Chạy Soi.")(serving.serve)
app.command(help="Nạp tổ chức mẫu (giả định) rồi chạy Soi.")(serving.demo)
app.command(help="Diễn tập tải của một hội nghị sắp họp trên máy này, trong dữ liệu tạm.")(
    rehearsing.rehearse
)
app.command(help="Cài đặt lần đầu: lập tổ chức đứng đầu và tài khoản quản trị.")(serving.init)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    help="Lệnh quản trị của Django.",
)
def manage(
    context: typer.Context, command: Annotated[str, typer.Argument(help="Tên lệnh.")] = "help"
) -> None:
    """Chuyển tiếp cho Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["soi manage", command, *context.args])


def main() -> None:
    """Cửa vào của lệnh ``soi``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soi.config.settings")
    # A pipe in an old locale must not break on Vietnamese.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    app()
