"""Text columns: whatever way a word was typed, one spelling is stored and found, on both databases."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from django.db import connection, transaction

from soi.base.errors import Invalid
from soi.base.text import sort_key
from soi.org.enums import Classification
from soi.org.models import Membership, Organization, Person, Post

DECOMPOSED = unicodedata.normalize("NFD", "Đảng ủy  Trung đoàn ")
DAY = dt.date(2020, 1, 1)


def organization(name: str = DECOMPOSED) -> Organization:
    return Organization.objects.create(
        name=name, classification=Classification.UNIT, start=DAY, sort_key="", search_key=""
    )


@pytest.mark.django_db
def test_a_line_is_stored_composed_with_single_blanks() -> None:
    body = organization()
    assert body.name == "Đảng ủy Trung đoàn"
    body.refresh_from_db()
    assert body.name == "Đảng ủy Trung đoàn"


@pytest.mark.django_db
def test_bulk_writes_and_updates_are_composed_too() -> None:
    first = organization("Tạm")
    Organization.objects.filter(pk=first.pk).update(name=DECOMPOSED)
    people = Person.objects.bulk_create([Person(name=DECOMPOSED, sort_key="", search_key="")])
    assert Organization.objects.get(pk=first.pk).name == "Đảng ủy Trung đoàn"
    assert Person.objects.get(pk=people[0].pk).name == "Đảng ủy Trung đoàn"


@pytest.mark.django_db
def test_a_look_up_finds_the_word_however_it_is_typed() -> None:
    body = organization()
    for typed in (DECOMPOSED, "Đảng\u200b ủy Trung đoàn", "\u00d0ảng ủy Trung đoàn"):
        assert Organization.objects.get(name=typed) == body


@pytest.mark.django_db
def test_a_passage_keeps_its_lines() -> None:
    body, person = organization(), Person.objects.create(name="Lê Thử", sort_key="", search_key="")
    post = Post.objects.create(organization=body, label="Trợ lý", start=DAY, search_key="")
    basis = unicodedata.normalize("NFD", " Quyết định 1\nngày 01/01/2020 ")
    held = Membership.objects.create(person=person, post=post, start=DAY, basis=basis)
    held.refresh_from_db()
    assert held.basis == "Quyết định 1\nngày 01/01/2020"


@pytest.mark.django_db
def test_what_is_too_long_is_refused_in_words_not_by_the_database() -> None:
    with pytest.raises(Invalid, match="dài 301 ký tự, chỉ nhận tối đa 300") as refusal, transaction.atomic():
        organization("x" * 301)
    assert refusal.value.fields == {"name": "Tối đa 300 ký tự."}
    organization("x" * 300)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compares bytes")
@pytest.mark.parametrize("collation", ["C", "en-x-icu", "vi-x-icu", "sv-x-icu"])
def test_sort_keys_give_one_order_in_every_collation(collation: str) -> None:
    names = [
        "An",
        "An Bình",
        "Anh",
        "Ăn",
        "Đại đội 2",
        "Đại đội 10",
        "Da",
        "Đá",
        "A-b",
        "(a)",
        "ω",
        "Zét",
        "Ờ",
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT key FROM unnest(%s::text[]) AS key ORDER BY key COLLATE "{collation}"',  # noqa: S608 (from this file)
            [[sort_key(name) for name in names]],
        )
        assert [row[0] for row in cursor.fetchall()] == sorted(sort_key(name) for name in names)
