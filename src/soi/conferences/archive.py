"""Lưu hồ sơ hội nghị: everything as plain JSON, the files beside it, and a manifest with a hash of each.

What is secret stays so: of a secret ballot there are only the numbers that are published, and papers are those
that whoever asks for the archive may read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from soi.ballots import outcome
from soi.base.actor import Actor, Capability
from soi.base.errors import NotAllowed
from soi.conferences import papers, permissions
from soi.conferences.correcting import corrections_of
from soi.conferences.models import AttendanceSpan, Conference, ConferencePoll, MinutesComment, MinutesVersion
from soi.history.actions import record
from soi.org.queries import in_scope

VERSION = 1


def may_archive(actor: Actor, conference: Conference) -> bool:
    """Xuất cả hồ sơ: who records for the body."""
    return in_scope(actor, Capability.RECORD, conference.organization_id)


def check_can_archive(actor: Actor, conference: Conference) -> None:
    """Or the sentence that says whom to ask."""
    if may_archive(actor, conference):
        return
    permissions.check_sees(actor, conference)
    raise NotAllowed("Chỉ văn thư của đơn vị tổ chức hội nghị xuất được toàn bộ hồ sơ. Hãy nhờ văn thư.")


@transaction.atomic
def archive(*, actor: Actor, conference: Conference, files: Mapping[str, bytes], now: dt.datetime) -> bytes:
    """Tệp .zip: ``record.json``, ``files`` (printed forms, by name), papers, ``manifest.json``; told in history."""
    check_can_archive(actor, conference)
    parts = {"record.json": _json(told(conference)), **files, **_papers(actor, conference)}
    manifest = {
        "format": "soi-conference",
        "version": VERSION,
        "conference": conference.title,
        "made_at": now.isoformat(),
        "files": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(parts.items())
        },
    }
    whole = _zip({"manifest.json": _json(manifest), **parts}, now)
    record(
        actor=actor, action="conferences.archive", subject=conference, now=now, using=Capability.RECORD,
        sha256=hashlib.sha256(whole).hexdigest(), files=sorted(parts),
    )  # fmt: skip
    return whole


def intact(data: bytes) -> list[str]:
    """Kiểm tra một tệp đã lưu: names of what is missing, changed or not in its manifest; empty when whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        manifest = json.loads(package.read("manifest.json"))["files"]
        there = {name: package.read(name) for name in package.namelist() if name != "manifest.json"}
    wrong = {name for name in there if name not in manifest} | {
        name for name in manifest if name not in there
    }
    wrong |= {
        name
        for name, data in there.items()
        if name in manifest and hashlib.sha256(data).hexdigest() != manifest[name]["sha256"]
    }
    return sorted(wrong)


def told(conference: Conference) -> dict[str, Any]:
    """Mọi bản ghi của hội nghị, as plain values."""
    spans = AttendanceSpan.objects.filter(attendance__conference=conference)
    minutes = {"minutes__conference": conference}
    return {
        "conference": _row(conference, "search_key"),
        "organization": str(conference.organization),
        "sites": _rows(conference.sites.all(), "code"),
        "agenda": _rows(conference.agenda.all()),
        "attendances": [
            {**_row(row), "person": row.person.name, "roles": [held.role for held in row.roles.all()]}
            for row in conference.attendances.select_related("person").prefetch_related("roles")
        ],
        "spans": _rows(spans),
        "attendance_corrections": _rows(corrections_of(conference)),
        "questions_from_above": _rows(conference.prior_questions.all()),
        "opinions_ahead": _rows(conference.prior_opinions.all()),
        "events": _rows(conference.floor_events.all()),
        "speeches": _rows(conference.speeches.all()),
        "contributions": _rows(conference.contributions.all()),
        "conclusions": _rows(conference.conclusions.all()),
        "polls": [_poll(link) for link in conference.polls.select_related("poll")],
        "minutes": _rows(MinutesVersion.objects.filter(**minutes)),
        "minutes_comments": _rows(MinutesComment.objects.filter(**minutes)),
    }


def _rows(rows: Iterable[Model], *left_out: str) -> list[dict[str, Any]]:
    return [_row(row, *left_out) for row in rows]


def _row(row: Model, *left_out: str) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.name not in left_out]
    return {field.attname: _plain(getattr(row, field.attname)) for field in fields}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _poll(link: ConferencePoll) -> dict[str, Any]:
    """Only what is published of it: who voted what is in no archive."""
    poll, found = link.poll, outcome.published(link.poll)
    return {
        "title": poll.title,
        "mode": poll.mode,
        "state": poll.state,
        "round": poll.round,
        "frozen_hash": poll.frozen_hash,
        "summoned": poll.summoned,
        "present": poll.present,
        "result": [
            {
                "question": one.text,
                "result": str(one.result),
                "valid": one.valid,
                "votes": {option.label: option.votes for option in one.options},
            }
            for one in (found.questions if found else ())
        ],
    }


def _papers(actor: Actor, conference: Conference) -> dict[str, bytes]:
    found = {}
    for number, paper in enumerate(papers.papers_for(actor, conference), start=1):
        with paper.source.file.open("rb") as file:
            found[f"tai-lieu/{number:02d}-{paper.source.original_name.replace('/', '_')}"] = file.read()
    return found


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


def _zip(parts: Mapping[str, bytes], now: dt.datetime) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return whole.getvalue()
