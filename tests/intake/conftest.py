"""A level above the region, with a clerk of its own; the post of political commissar; drafts of invented texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from soi.access.enums import Duty
from soi.base.actor import Actor
from soi.documents import actions as documents
from soi.documents.models import Source
from soi.intake import actions
from soi.intake.models import Draft, Proposal
from soi.org import actions as org
from soi.org import staffing
from soi.org.enums import Classification, PostRole
from tests.factories import FOUNDED, Region, add_official
from tests.intake.texts import APRIL


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def army(region: Region) -> Region:
    """The region below a centre ("Tổng cục"), whose clerk keeps the records of both."""
    region.bodies["centre"] = org.found_organization(
        actor=region.system, name="Đảng ủy Tổng cục Thử Nghiệm", classification=Classification.PARTY_COMMITTEE,
        parent=None, on=FOUNDED, now=region.now,
    )  # fmt: skip
    org.move_organization(
        actor=region.system, organization=region.bodies["region"], parent=region.bodies["centre"],
        on=dt.date(2016, 1, 1), now=region.now,
    )  # fmt: skip
    add_official(
        region, "centreclerk", "Tạ Thị Trung", "centre", "Trợ lý văn phòng", role=PostRole.STAFF,
        duty=Duty.CLERK, whole_tree=True,
    )  # fmt: skip
    region.posts["commissar"] = staffing.add_post(
        actor=region.system, organization=region.bodies["command"], label="Chính ủy", role=PostRole.HEAD,
        start=FOUNDED, now=region.now,
    )  # fmt: skip
    return region


def receive(
    region: Region, text: str, *, actor: Actor, body: str = "region", title: str = "Bài báo"
) -> Source:
    """A pasted text of that body."""
    return documents.receive_text(
        actor=actor, organization=region.bodies[body], text=text, title=title, now=region.now
    ).source


def propose(region: Region, text: str = APRIL, username: str = "clerk", body: str = "region") -> Draft:
    """The draft of a text, on behalf of that body."""
    actor = region.actor(username)
    source = receive(region, text, actor=actor, body=body)
    return actions.propose_draft(actor=actor, source=source, organization=region.bodies[body], now=region.now)


def card(draft: Draft, kind: str, name: str = "") -> Proposal:
    """The first card of a kind, or the one whose name or words contain ``name``."""
    rows = draft.proposals.filter(kind=kind).order_by("order")
    return next(
        row for row in rows if not name or name in (row.data.get("name", "") + row.data.get("statement", ""))
    )
