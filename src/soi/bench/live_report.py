"""Bảng kết quả của ``soi bench live``: measured, the floor of the same run beside it, and the bar."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from soi.bench.live import Figures
from soi.bench.live_load import median


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng; ``most`` or ``least`` is the bar, of the two one."""

    name: str
    measured: float
    floor: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def held(self) -> bool:
        if self.most is not None:
            return self.measured <= self.most
        return self.least is None or self.measured >= self.least

    def __str__(self) -> str:
        bar = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"
        verdict = "đạt" if self.held else "KHÔNG ĐẠT"
        return f"{self.name:<48}{self.measured:>9.1f}{self.floor:>9.1f}  {bar:>7} {self.unit:<8}{verdict}"


def lines(figures: Figures, floor: Figures) -> list[Line]:
    """Các dòng của bảng."""
    seen, bare = figures.all_seen, floor.all_seen
    found = [
        Line("«Mời phát biểu» đến mọi trang, trung vị", median(seen), median(bare), "ms", most=150),
        Line("«Mời phát biểu» đến mọi trang, lần lâu nhất", max(seen), max(bare), "ms", most=400),
        Line("Một nửa số trang, p99", figures.p99, floor.p99, "ms", most=120),
        Line("Mọi trang vào phòng họp", figures.join, floor.join, "s", most=8),
        Line("Bộ nhớ, cả cơ sở dữ liệu", figures.memory, floor.memory, "MiB", most=450),
    ]
    for mode, name, least in (("open", "Biểu quyết công khai", 150), ("secret", "Phiếu kín", 80)):
        if mode in figures.votes:
            speed, bare_speed = figures.votes[mode], floor.votes[mode]
            found.append(Line(f"{name}, nửa số trang đang xem", speed, bare_speed, "phiếu/s", least=least))
    if figures.votes:
        counted, bare_counted = figures.all_counted, floor.all_counted
        found.append(Line("Một nửa số đại biểu bỏ phiếu, đủ phiếu", counted, bare_counted, "s", most=6))
    return found


def report(figures: Figures, floor: Figures, *, clients: int) -> int:
    """In bảng; 1 when a bar is missed or a page missed an event."""
    table = lines(figures, floor)
    typer.echo(f"\n{clients} trang đang mở, hai tiến trình, PostgreSQL\n")
    typer.echo(f"{'':<48}{'Soi':>9}{'sàn':>9}  {'ngưỡng':>7}")
    for line in table:
        typer.echo(str(line))
    per_client = (figures.memory - figures.memory_before) * 1024 / clients
    typer.echo(
        f"\nThiếu: {figures.missing} (sàn {floor.missing}).  Mỗi trang: {per_client:.0f} KiB, "
        f"{figures.processor_ms:.2f} ms bộ xử lý cho một lần gửi (sàn {floor.processor_ms:.2f}).  "
        f"Chủ trì được trả lời sau {figures.trigger:.0f} ms.  "
        f"Người khác dùng máy lúc đo: {figures.strangers:.2f} lõi (sàn {floor.strangers:.2f})."
    )
    missed = [line.name for line in table if not line.held]
    if figures.missing:
        missed.append("có trang không nhận được sự kiện, hoặc phiếu không được nhận")
    for sentence in missed:
        typer.echo(f"Không đạt: {sentence}", err=True)
    return 1 if missed else 0
