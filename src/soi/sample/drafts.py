"""Văn bản mẫu: invented reports, filled with the people of the sample; two wait as drafts, one is left to upload."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from soi.documents.actions import receive
from soi.intake.actions import propose_draft
from soi.org.queries import rank_of
from soi.sample import days
from soi.sample.people import living, plan_of
from soi.sample.world import World

_SLOT = re.compile(r"\{([a-z0-9]+\.[a-z]+)(!name)?\}")
# text, how many days before today the meeting was, whose body receives it, who uploads it
_WAITING = (
    ("giao-ban-quan-khu", 4, "region", "office.clerk"),
    ("giao-ban-xa", 3, "commune", "commune.clerk"),
)
_TO_UPLOAD = ("kiem-diem-su-doan", 2)
FOLDER = "van-ban-thu"


def read_texts(world: World, progress: Callable[[str, int, int], None]) -> Path:
    """Nhận hai văn bản và lập bản nhập; returns the file left for the visitor to upload."""
    step, total = "Đọc văn bản mẫu", len(_WAITING) + 1
    for done, (name, ago, body, clerk) in enumerate(_WAITING):
        progress(step, done, total)
        _receive(world, name, ago, body, clerk)
    path = Path(settings.DATA_DIR) / FOLDER / f"{_TO_UPLOAD[0]}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(filled(world, *_TO_UPLOAD), encoding="utf-8")
    progress(step, total, total)
    return path


def _receive(world: World, name: str, ago: int, body: str, clerk: str) -> None:
    now = days.at(world.today, 7)
    person = world.holder(clerk, world.today)
    if person is None:
        raise LookupError(clerk)
    actor, organization = (
        world.actor(person, now),
        world.bodies[living(world, plan_of(body), world.today).key],
    )
    received = receive(
        actor=actor,
        organization=organization,
        data=filled(world, name, ago).encode(),
        filename=f"{name}.txt",
        now=now,
        origin_note="Văn bản giả định kèm theo dữ liệu mẫu",
    )
    propose_draft(actor=actor, source=received.source, organization=organization, now=now)


def filled(world: World, name: str, ago: int) -> str:
    """Văn bản đã điền tên người giữ chức và ngày tháng."""
    text = files("soi.sample").joinpath("texts", f"{name}.txt").read_text(encoding="utf-8")
    day = days.workday(world.today - dt.timedelta(days=ago + 3))
    following = day + dt.timedelta(days=1)
    dates = {
        "day": f"{day.day}-{day.month}",
        "day_long": f"{day:%d/%m/%Y}",
        "published": f"{following:%d/%m/%Y}",
        "deadline": f"{day + dt.timedelta(days=30):%d/%m/%Y}",
        "month": str(day.month),
        "year": str(day.year),
        "next": str(day.year + 1),
    }
    for slot, value in dates.items():
        text = text.replace(f"{{{slot}}}", value)
    return _SLOT.sub(lambda found: _person(world, found[1], day, bare=bool(found[2])), text)


def _person(world: World, post: str, on: dt.date, *, bare: bool) -> str:
    person = world.holder(post, on)
    if person is None:
        raise LookupError(post)
    rank = "" if bare else rank_of(person, on=on)
    return f"{rank} {person.name}".strip()
