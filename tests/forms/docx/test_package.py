"""What a file tells about its making: nothing (U6), and twice the same."""

import datetime as dt
import getpass
import platform

import pytest

from soi.forms import registry
from soi.forms.docx.package import to_bytes
from soi.forms.docx.page import new_page
from soi.forms.layout import profile
from tests.forms import samples
from tests.forms.reading import opened, parts, zip_times

HANOI = dt.timezone(dt.timedelta(hours=7))


def rendered(form_id: str = "conference_minutes", created: dt.datetime = samples.CREATED) -> bytes:
    context = samples.minutes() if form_id == "conference_minutes" else samples.findings()
    return registry.render(form_id, context, created=created)


@pytest.mark.parametrize("form_id", ["conference_minutes", "findings_list"])
def test_same_input_same_bytes(form_id: str) -> None:
    assert rendered(form_id) == rendered(form_id)


def test_no_time_but_the_given_one() -> None:
    created = dt.datetime(2021, 4, 8, 16, 30, 59, 123, tzinfo=HANOI)
    content = rendered(created=created)
    assert zip_times(content) == {(1980, 1, 1, 0, 0, 0)}
    properties = opened(content).core_properties
    # The time is written as UTC.
    assert properties.created == properties.modified == dt.datetime(2021, 4, 8, 9, 30, 59, tzinfo=dt.UTC)
    assert str(dt.datetime.now(tz=dt.UTC).year) not in parts(content)["docProps/core.xml"].decode()


def test_author_and_the_rest_of_the_properties() -> None:
    properties = opened(rendered()).core_properties
    assert properties.author == properties.last_modified_by == "Soi"
    assert properties.comments == properties.keywords == properties.category == properties.subject == ""
    assert properties.revision in (0, 1)
    assert properties.title.startswith("Biên bản Hội nghị")


@pytest.mark.parametrize("form_id", ["conference_minutes", "findings_list"])
def test_no_trace_of_people_machines_or_tools(form_id: str) -> None:
    content = parts(rendered(form_id))
    whole = "\n".join(blob.decode("utf-8", errors="replace") for blob in content.values())
    for canary in ("python-docx", "Macintosh", "w:rsid", "w:author", "thumbnail", "customXml"):
        assert canary not in whole
    assert not [name for name in content if "thumbnail" in name or "custom" in name or "Effects" in name]
    core = content["docProps/core.xml"].decode() + content["docProps/app.xml"].decode()
    for canary in (getpass.getuser(), platform.node()):
        assert f">{canary}<" not in core


def test_word_opens_it_without_compatibility_mode() -> None:
    settings = parts(rendered())["word/settings.xml"].decode()
    assert 'w:name="compatibilityMode"' in settings
    assert 'w:val="14"' not in settings


def test_a_time_without_zone_is_refused() -> None:
    page = new_page(profile("party-hd05-2026"))
    with pytest.raises(ValueError, match="time zone"):
        to_bytes(page.document, title="x", created=samples.CREATED.replace(tzinfo=None))


def test_a_title_longer_than_the_property_is_cut() -> None:
    page = new_page(profile("party-hd05-2026"))
    content = to_bytes(page.document, title="dài " * 200, created=samples.CREATED)
    assert len(opened(content).core_properties.title) == 255
