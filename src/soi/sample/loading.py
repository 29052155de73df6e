"""Nạp tổ chức mẫu vào một cơ sở dữ liệu trống."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction

from soi.base.errors import Conflict, Invalid
from soi.history.actions import seal_pending
from soi.org.models import Organization
from soi.sample import days, drafts, founding, scenes
from soi.sample.blueprint import bodies
from soi.sample.briefings import Chancery
from soi.sample.changes import changes
from soi.sample.directing import Registry
from soi.sample.hall import Hall
from soi.sample.meetings import Secretariat, schedule
from soi.sample.names import Namer
from soi.sample.signins import PASSWORD, SIGN_INS, SignIn
from soi.sample.tasks import Office
from soi.sample.timeline import Timeline
from soi.sample.world import World

# One seed, so that everybody who tries the sample sees the same people and numbers.
SEED = 1945
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SampleResult:
    """Kết quả nạp: the ready-made sign-ins, their one password, and a text to try uploading."""

    sign_ins: tuple[SignIn, ...]
    password: str
    to_upload: Path


def is_loaded() -> bool:
    """Whether the database holds any organisation at all, the sample's or a real one's."""
    return Organization.objects.exists()


def load(*, today: dt.date, progress: Progress = lambda step, done, total: None) -> SampleResult:
    """Nạp dữ liệu mẫu, laid backwards from ``today``; all or nothing.

    Raises Conflict where organisations exist already, Invalid for a day before the sample's commune was formed.
    """
    if is_loaded():
        raise Conflict(
            "Cơ sở dữ liệu này đã có tổ chức nên không nạp dữ liệu mẫu. "
            "Hãy chọn một thư mục dữ liệu mới (SOI_DATA_DIR) rồi chạy lại."
        )
    if today < days.EARLIEST:
        raise Invalid(
            f"Dữ liệu mẫu chỉ nạp được cho ngày từ {days.EARLIEST:%d/%m/%Y} trở đi. Hãy kiểm tra đồng hồ của máy."
        )
    # Names have a stream of their own: they are the same on whatever day the sample is loaded.
    world = World(today, random.Random(SEED), Namer(random.Random(SEED)), random.Random(SEED + 1))  # noqa: S311
    with transaction.atomic():
        _found(world, progress)
        _live(world, progress)
    to_upload = drafts.read_texts(world, progress)
    progress("Niêm phong lịch sử", 0, 1)
    while seal_pending():
        pass
    progress("Niêm phong lịch sử", 1, 1)
    return SampleResult(SIGN_INS, PASSWORD, to_upload)


def _found(world: World, progress: Progress) -> None:
    total = 2 * sum(plan.founded is None for plan in bodies())
    for done, _ in enumerate(founding.found_from_the_start(world, days.at(world.opening)), start=1):
        progress("Lập tổ chức, bổ nhiệm cán bộ", done, total)


def _live(world: World, progress: Progress) -> None:
    timeline = Timeline(days.at(world.opening, 9), days.at(world.today, 6))
    for on, change in sorted(changes(world.today), key=lambda pair: pair[0]):
        timeline.add(on, 7, partial(change, world))
    secretariat = Secretariat(world, timeline)
    for meeting in schedule(world.opening, world.today):
        timeline.add(meeting.day, 11, partial(secretariat.hold, meeting))
    scenes.stage(world, timeline, secretariat)
    for office in (
        Registry(world, timeline),
        Office(world, timeline),
        Chancery(world, timeline),
        Hall(world, timeline),
    ):
        office.begin()
    most = 0
    for done, waiting in enumerate(timeline.run(), start=1):
        most = max(most, done + waiting)
        if done % 10 == 0 or not waiting:
            progress("Ghi hội nghị, chỉ đạo, công việc và việc khắc phục", done, most)
