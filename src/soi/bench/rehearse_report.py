"""Kết luận của ``soi rehearse``: each figure with a sentence whether it is enough, and what to do when it is not.

The bounds are what a room can bear, not what Soi aims at (those are the bars of ``soi bench live``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from soi.bench.live import Figures
from soi.bench.live_load import median

# Seconds. After a line that broke everybody comes back at once; a change that comes later than the spoken word
# disturbs; a chair leaves a vote open about a minute.
JOIN, SEEN, SEEN_WORST, VOTING = 30.0, 1.0, 3.0, 60.0
# Of the machine's memory so much must stay free; cores that strangers used before a figure is doubted.
_FREE_SHARE, _FREE_LEAST, _STRANGERS = 0.1, 256.0, 0.5
_MODES = (("open", "Biểu quyết công khai"), ("secret", "Phiếu kín"))


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Một lần diễn tập: what was measured, and on what."""

    figures: Figures
    sites: int
    delegates: int
    workers: int
    engine: str
    cores: int
    total_mib: float
    few_files: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """Một số đo: its name, the figure, whether it is enough, and what that means in the room."""

    name: str
    figure: str
    enough: bool
    sentence: str

    def __str__(self) -> str:
        return f"{self.name}: {self.figure}\n    {'Đủ' if self.enough else 'CHƯA ĐỦ'}: {self.sentence}"


def judged(done: Rehearsed) -> list[Judged]:
    """Các số đo, mỗi số một câu."""
    found = [_join(done), _seen(done), _missing(done)]
    found += [_votes(done, mode, name) for mode, name in _MODES if mode in done.figures.votes]
    return [*found, _counted(done), _memory(done)]


def _join(done: Rehearsed) -> Judged:
    seconds = done.figures.join
    enough = seconds <= JOIN
    sentence = (
        "mạng đứt rồi có lại thì cả hội nghị trở vào gần như ngay."
        if enough
        else "mạng đứt rồi có lại thì phải chờ lâu. Cho các điểm cầu vào phòng sớm, lần lượt từng cụm."
    )
    return Judged("Mọi trang vào phòng họp", f"sau {_time(seconds)}", enough, sentence)


def _seen(done: Rehearsed) -> Judged:
    middle, worst = median(done.figures.all_seen) / 1000, max(done.figures.all_seen) / 1000
    enough = middle <= SEEN and worst <= SEEN_WORST
    sentence = (
        "người ở xa thấy thay đổi cùng lúc với người trong hội trường."
        if enough
        else "người dự thấy thay đổi chậm hơn lời người chủ trì. Để mỗi điểm cầu mở một màn hình chung, bớt máy riêng."
    )
    figure = f"thường sau {_time(middle)}, lâu nhất {_time(worst)}"
    return Judged("Mọi trang thấy một thay đổi", figure, enough, sentence)


def _missing(done: Rehearsed) -> Judged:
    number = done.figures.missing
    sentence = (
        "trang nào cũng nhận đủ thay đổi, phiếu nào cũng được nhận."
        if not number
        else "có trang không nhận được thay đổi hoặc phiếu không được nhận. Đừng họp cỡ này trên máy này."
    )
    return Judged("Số lần sót", str(number), not number, sentence)


def _votes(done: Rehearsed, mode: str, name: str) -> Judged:
    speed = done.figures.votes[mode]
    needed = done.delegates / speed if speed else float("inf")
    enough = needed <= VOTING
    sentence = f"{_whole(done.delegates)} đại biểu bỏ phiếu cùng lúc thì xong trong {_time(needed)}."
    if not enough:
        sentence += " Chủ trì để mở biểu quyết lâu hơn thế, hoặc cho bỏ phiếu lần lượt theo điểm cầu."
    return Judged(name, f"{_whole(speed)} phiếu một giây", enough, sentence)


def _counted(done: Rehearsed) -> Judged:
    seconds, votes = done.figures.all_counted, done.delegates // 2
    enough = seconds <= VOTING
    sentence = (
        "chủ trì đóng biểu quyết được ngay sau người bỏ phiếu cuối cùng."
        if enough
        else "trước khi đóng biểu quyết, chủ trì phải chờ đến khi số đã bỏ phiếu đứng yên."
    )
    figure = f"sau {_time(seconds)}, cho lần bỏ phiếu lâu hơn"
    return Judged(f"{_whole(votes)} phiếu được ghi nhận đủ", figure, enough, sentence)


def _memory(done: Rehearsed) -> Judged:
    enough = done.figures.memory_free >= max(_FREE_LEAST, _FREE_SHARE * done.total_mib)
    left = f"máy còn trống {_whole(done.figures.memory_free)} trong {_whole(done.total_mib)} MiB"
    sentence = (
        f"{left} khi mọi trang đang mở."
        if enough
        else f"{left} khi mọi trang đang mở. Tắt bớt việc khác trên máy hoặc thêm bộ nhớ."
    )
    return Judged("Bộ nhớ", _memory_figure(done), enough, sentence)


def _memory_figure(done: Rehearsed) -> str:
    database = done.figures.memory_database
    own = f"các tiến trình trả lời {_whole(done.figures.memory - database)} MiB"
    if done.engine == "SQLite":
        return f"{own} (SQLite nằm trong đó)"
    if not database:
        return f"{own}; của PostgreSQL không đọc được (máy khác, hoặc tài khoản này không được xem)"
    return f"{own}, PostgreSQL {_whole(database)} MiB"


# --- what to do ----------------------------------------------------------------------------------------------


def advice(done: Rehearsed, *, enough: bool) -> list[str]:
    """Việc nên làm: the cheapest first."""
    found = []
    if done.figures.strangers > _STRANGERS:
        found.append(
            f"Trong lúc đo có việc khác trên máy dùng {_number(done.figures.strangers)} lõi: "
            "số đo xấu hơn thật. Diễn tập lại khi máy rảnh."
        )
    if done.few_files:
        found.append(
            "Nâng giới hạn tệp mở trước khi họp: LimitNOFILE=16384 trong tệp dịch vụ của Soi "
            "(giới hạn hiện nay không đủ cho từng ấy trang; lần đo này đã tự nâng)."
        )
    return found if enough else [*found, *_stronger(done)]


def _stronger(done: Rehearsed) -> list[str]:
    if done.engine == "SQLite":
        return [
            "Dùng PostgreSQL (docs/operating.md): nhiều tiến trình cùng trả lời, nhiều người cùng ghi.",
            "Để mỗi điểm cầu mở một màn hình chung và họp với ít trang hơn; diễn tập lại với số đó.",
        ]
    more = (
        f"Chạy nhiều tiến trình hơn: soi serve --workers {done.cores}."
        if done.workers < done.cores
        else f"Dùng máy nhiều lõi hơn: {done.workers} tiến trình đã dùng hết {done.cores} lõi."
    )
    return [more, "Để mỗi điểm cầu mở một màn hình chung; diễn tập lại với số trang đó."]


def report(done: Rehearsed, say: Callable[[str], None]) -> bool:
    """In các số đo và kết luận; whether this machine is enough."""
    lines = judged(done)
    enough = all(line.enough for line in lines)
    say(f"\nKết quả diễn tập: {_size(done)}; {done.engine}, {done.workers} tiến trình trả lời\n")
    for line in lines:
        say(f"{line}\n")
    say(f"KẾT LUẬN: máy này {'đủ' if enough else 'CHƯA ĐỦ'} cho {_size(done)}.")
    for sentence in advice(done, enough=enough):
        say(f"  - {sentence}")
    say(
        "Máy này vừa trả lời vừa đóng vai mọi người dự, nên khi họp thật thường nhanh hơn. "
        "Đường truyền tới các điểm cầu thì diễn tập không đo được: hãy thử từ chính các điểm cầu."
    )
    return enough


def _size(done: Rehearsed) -> str:
    return f"{_whole(done.sites)} điểm cầu, {_whole(done.delegates)} đại biểu"


# --- numbers as they are written in Vietnamese -----------------------------------------------------------------


def _time(seconds: float) -> str:
    if seconds == float("inf"):
        return "vô hạn"
    if seconds >= 100:
        return f"{_whole(seconds / 60)} phút"
    return f"{_number(seconds)} giây"


def _number(value: float) -> str:
    text = f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return text.replace(".", ",")


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")
