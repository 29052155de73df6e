"""Reading sources: only the reading scope, found with or without marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from soi.base.errors import NotFound
from soi.documents import actions, queries
from soi.documents.models import Source
from tests.factories import Region


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def texts(region: Region) -> dict[str, Source]:
    return {
        key: actions.receive_text(
            actor=region.system,
            organization=region.bodies[key],
            text=text,
            title=f"Bản {key}",
            now=region.now,
        ).source
        for key, text in [
            ("region", "Hòa giải ở cơ sở"),
            ("division", "Đường biên giới"),
            ("brigade", "Huấn luyện"),
        ]
    }


def test_each_sees_the_texts_of_the_own_part_of_the_tree(region: Region, texts: dict[str, Source]) -> None:
    def seen(username: str) -> set[str]:
        visible = set(queries.visible_to(region.actor(username)))
        return {key for key, source in texts.items() if source in visible}

    assert seen("clerk") == {"region", "division", "brigade"}
    assert seen("divisionclerk") == {"division"}
    assert seen("press") == {"region"}
    assert seen("admin") == set()


def test_what_may_not_be_seen_does_not_exist(region: Region, texts: dict[str, Source]) -> None:
    assert queries.get(region.actor("divisionclerk"), texts["division"].pk) == texts["division"]
    with pytest.raises(NotFound):
        queries.get(region.actor("divisionclerk"), texts["brigade"].pk)


@pytest.mark.parametrize("query", ["hoa giai", "hoà giải", "HÒA", "ban region"])
def test_a_text_is_found_with_and_without_marks(region: Region, texts: dict[str, Source], query: str) -> None:
    assert list(queries.listing(region.actor("clerk"), query)) == [texts["region"]]


def test_the_list_costs_one_query_and_leaves_the_texts_alone(
    region: Region, texts: dict[str, Source], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = region.actor("clerk")
    with django_assert_num_queries(1):
        rows = [(source.original_name, source.organization.name) for source in queries.listing(actor)]
    assert len(rows) == 3
    assert "text" in queries.listing(actor)[0].get_deferred_fields()
