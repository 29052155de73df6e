"""Promises about every table, kept by looking at the models themselves: nobody has to remember them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from soi.base.models import PersonView
from soi.org.models import Person

# From the ground up; a room keeps links only to its own tables and to rooms below it.
ROOMS = [
    "base", "history", "org", "access", "documents", "ballots", "directives", "work", "findings",
    "conferences", "briefings", "reviews", "ratings", "commendations", "publications", "notices",
    "forms", "intake", "calls", "web",
]  # fmt: skip


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("soi.")]


def links(model: type[models.Model]) -> list[models.ForeignKey[models.Model, models.Model]]:
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.is_relation]  # type: ignore[misc]


ABOUT_PEOPLE = [model for model in own_models() if any(link.related_model is Person for link in links(model))]


def test_there_are_tables_about_people_to_look_at() -> None:
    assert {model._meta.label for model in ABOUT_PEOPLE} >= {
        "org.Membership", "org.RankHolding", "access.User", "access.Delegation", "findings.Responsibility",
    }  # fmt: skip


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda model: model._meta.label)
def test_no_hidden_file_on_anybody(model: type[models.Model]) -> None:
    view = model.__dict__.get("person_view")
    assert isinstance(view, PersonView), f"{model._meta.label} says nothing of how the person sees it"
    assert view.shown.strip()
    assert view.answered.strip()


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_links_point_to_the_same_room_or_one_below(model: type[models.Model]) -> None:
    assert room_of(model) in ROOMS
    for link in links(model):
        target = link.related_model
        assert isinstance(target, type)
        assert target.__module__.startswith("soi."), f"{link} points out of the house"
        assert ROOMS.index(room_of(target)) <= ROOMS.index(room_of(model)), f"{link} points upward"


def test_every_room_with_tables_has_a_place_in_the_order() -> None:
    assert {room_of(model) for model in own_models()} <= set(ROOMS)
