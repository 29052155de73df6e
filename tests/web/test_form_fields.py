"""Ô nhập và mã hồ sơ (A6, A7): a form takes only what it shows, and only records its sender may see."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.test import Client

import soi.web.forms
from soi.base.actor import Actor
from soi.conferences.models import AgendaItem, AttendanceSpan, Site
from soi.conferences.papers import readable as readable_papers
from soi.conferences.queries import people_known_to
from soi.conferences.queries import visible_to as conferences_visible_to
from soi.directives.queries import visible_to as directives_visible_to
from soi.findings.models import Finding, Remedy
from soi.findings.queries import visible_to as findings_visible_to
from soi.org.directory import posts_visible_to
from soi.org.models import Organization
from soi.web.forms.fields import SoiForm
from soi.work.queries import programmes_visible_to
from tests.factories import PASSWORD, Region
from tests.web.world import World, build_world

# A value of the right shape for each keyword that a form asks for besides the actor.
GIVEN: dict[str, Any] = {
    "target_label": "Tổ chức",
    "proposals": (),
    "measured": "",
    "late": False,
    "offered": (),
    "periods": [],
    "bodies": [],
    "tellers": (),
    "questions": (),
    "sections": (),
    "mended": False,
    "classifications": (),
    "titled": False,
}


def form_classes() -> list[type[SoiForm]]:
    """Mọi biểu mẫu của các trang."""
    found = []
    for module in pkgutil.iter_modules(soi.web.forms.__path__):
        for _, cls in inspect.getmembers(import_module(f"soi.web.forms.{module.name}"), inspect.isclass):
            if issubclass(cls, SoiForm) and cls is not SoiForm and cls.__module__.endswith(module.name):
                found.append(cls)
    return sorted(set(found), key=lambda cls: cls.__qualname__)


def build(cls: type[SoiForm], actor: Actor, world: World, data: dict[str, Any]) -> SoiForm:
    """The form as its view makes it for this actor."""
    wanted = inspect.signature(cls.__init__).parameters
    known = {
        **GIVEN,
        "actor": actor,
        "finding": world.finding,
        "conference": world.conference,
        "people": people_known_to(actor),
        "posts": posts_visible_to(actor),
        "remedies": Remedy.objects.filter(finding__in=findings_visible_to(actor)),
        "sites": Site.objects.filter(conference__in=conferences_visible_to(actor)),
        "conferences": conferences_visible_to(actor),
        "parents": AgendaItem.objects.filter(conference__in=conferences_visible_to(actor)),
        "items": AgendaItem.objects.filter(conference__in=conferences_visible_to(actor)),
        "papers": readable_papers(actor),
        "directives": directives_visible_to(actor),
        "programmes": programmes_visible_to(actor),
        "span": AttendanceSpan(came_at=world.region.now),
        "several_days": True,
    }
    return cls(data, **{name: value for name, value in known.items() if name in wanted})


def choice_fields(form: SoiForm) -> Iterator[tuple[str, forms.ModelChoiceField]]:
    for name, field in form.fields.items():
        if isinstance(field, forms.ModelChoiceField):
            yield name, field


@pytest.fixture
def world(region: Region) -> World:
    return build_world(region)


def test_there_are_forms_with_choices_of_records(world: World) -> None:
    """Positive control: the walk below meets real fields."""
    actor = world.region.actor("brigade")
    met = {name for cls in form_classes() for name, _ in choice_fields(build(cls, actor, world, {}))}
    assert {"person", "target", "delegate", "post"} <= met


def test_no_form_offers_or_takes_records_of_another_branch(world: World) -> None:
    """Brigade's secretary: whatever the field, a regiment's record is refused like one that does not exist."""
    actor = world.region.actor("brigade")
    theirs: dict[str, list[Any]] = {
        "organization": [world.body, world.region.bodies["division"]],
        "person": [world.region.people["regiment"], world.region.people["member"]],
        "post": [world.post, world.region.posts["division"]],
        "finding": [world.finding],
        "remedy": [world.remedy],
        "source": [world.source],
    }
    wrong = []
    for cls in form_classes():
        for name, field in choice_fields(build(cls, actor, world, {})):
            model = field.queryset.model._meta.model_name if field.queryset is not None else ""
            for record in theirs.get(model or "", []):
                foreign = build(cls, actor, world, {name: record.pk})
                missing = build(cls, actor, world, {name: 987654321})
                if foreign.errors.get(name) is None or foreign.errors[name] != missing.errors.get(name):
                    wrong.append(f"{cls.__name__}.{name} takes {record!r}")
    assert wrong == []


def _every_field() -> dict[str, str]:
    """Names of all columns of all records, with values that would be noticed."""
    names = {
        field.attname
        for model in apps.get_models()
        if model.__module__.startswith("soi.")
        for field in model._meta.concrete_fields
    }
    return dict.fromkeys(names, "1")


def test_columns_added_to_a_form_change_nothing_else(client: Client, world: World) -> None:
    client.force_login(world.region.users["division"])
    before = Finding.objects.filter(pk=world.finding.pk).values().get()
    sent = {
        **_every_field(),
        "state": "mended",
        "mended_on": "01/01/2021",
        "organization_id": str(world.region.bodies["brigade"].pk),
        "statement": "Nền nếp sinh hoạt chi bộ ở hai đại đội chưa nghiêm",
        "area": "party_building",
        "version": str(world.finding.version),
    }
    assert client.post(f"/so-theo-doi/{world.finding.pk}/sua/", sent).status_code == 302
    after = Finding.objects.filter(pk=world.finding.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"statement", "exact_key", "search_key", "version"}


def test_columns_added_to_a_new_body_change_nothing_else(client: Client, world: World) -> None:
    client.force_login(world.region.users["division"])
    sent = {
        **_every_field(),
        "name": "Đảng ủy Tiểu đoàn 7",
        "short_name": "",
        "classification": "unit",
        "on": "01/02/2021",
        "basis": "",
        "end": "01/03/2021",
        "sort_key": "a",
    }
    assert client.post(f"/to-chuc/{world.body.pk}/them/", sent).status_code == 302
    body = Organization.objects.get(name="Đảng ủy Tiểu đoàn 7")
    assert body.end is None
    assert body.sort_key != "a"


def test_columns_added_at_sign_in_give_no_rights(client: Client, world: World) -> None:
    sent = {**_every_field(), "login": "member", "password": PASSWORD, "is_active": "1", "is_superuser": "1"}
    assert client.post("/dang-nhap/", sent).status_code == 302
    assert client.get("/quan-tri/").status_code == 403
