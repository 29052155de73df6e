"""``soi intake``: đọc văn bản thành bản đề xuất, without any database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.callback()
def intake() -> None:
    """Keeps ``propose`` a subcommand while it is the only one."""


@app.command(help="Đọc từng tệp và ghi mỗi bản đề xuất thành một tệp JSON.")
def propose(
    files: Annotated[
        list[Path], typer.Argument(help="Tệp .txt, .html, .docx, .pdf.", exists=True, dir_okay=False)
    ],
    out: Annotated[Path, typer.Option(help="Thư mục nhận kết quả.", file_okay=False)],
) -> None:
    """Đề xuất từ các tệp; a file that cannot be read is named with its reason, the others go on."""
    from soi.intake.batch import propose_files

    failed = 0
    for result in propose_files(files, out):
        if result.written is None:
            failed += 1
            typer.echo(f"{result.path}: {result.sentence}", err=True)
        else:
            typer.echo(f"{result.path} → {result.written}")
    if failed:
        raise typer.Exit(1)
