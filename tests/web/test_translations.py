"""Bản dịch: nothing in the source is without English, nothing stale is compiled, pages answer in English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import translation

from soi.conferences.enums import ConferenceKind
from soi.documents.reading.kinds import READABLE
from soi.findings.enums import FindingState
from soi.history.actions import record
from soi.history.models import Event
from soi.intake.logic.titles import conference_title
from soi.web import printing
from soi.web.forms.intake import UploadForm
from soi.web.period_words import read, say, shown
from tests.factories import Region
from tests.web.catalogue import (
    PACKAGE,
    Entry,
    Message,
    as_compiled,
    asked_for,
    compiled,
    entries,
    in_python,
    in_template,
)
from tests.web.world import World, build_world

PO = {name: PACKAGE / "locale" / name / "LC_MESSAGES" / "django.po" for name in ("en", "vi")}
MARKED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
_HOLES = re.compile(r"%(?:\(\w+\))?[sd%]|\{\w*\}|</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def english() -> list[Entry]:
    return entries(PO["en"])


# --- the catalogues -----------------------------------------------------------------------------------


def test_the_walk_sees_what_is_written() -> None:
    code = (
        '_("một")\ngettext_lazy("hai" " ba")\nngettext("%d a", "%d b", n)\npgettext("chỗ", "bốn")\n_(name)\n'
    )
    assert list(in_python(code)) == [
        Message("một"), Message("hai ba"), Message("%d a", "%d b"), Message("bốn", context="chỗ"),
    ]  # fmt: skip
    page = (
        "{% load i18n %}<p title=\"{% translate 'một (1)' %}\">chữ trần</p>{% include 'x' with label=_(\"hai\") %}"
        '{% blocktranslate with n=row.n %}{{ n }} ngày, 5%{% endblocktranslate %}{% translate "b" context "c" %}'
        "{% blocktranslate count n=n %}{{ n }} mục{% plural %}{{ n }} các mục{% endblocktranslate %}"
    )
    assert set(in_template(page)) == {
        Message("một (1)"), Message("hai"), Message("%(n)s ngày, 5%%"), Message("b", context="c"),
        Message("%(n)s mục", "%(n)s các mục"),
    }  # fmt: skip


def test_every_sentence_has_its_english(english: list[Entry]) -> None:
    done = {entry.message for entry in english if all(entry.texts) and not entry.fuzzy}
    asked = asked_for()
    assert len(asked) > 800
    assert {message.id: place for message, place in asked.items() if message not in done} == {}


def test_no_sentence_is_translated_that_nobody_says(english: list[Entry]) -> None:
    asked = asked_for()
    assert [entry.message.id for entry in english if entry.message not in asked] == []


def test_english_is_english(english: list[Entry]) -> None:
    # A real document number, as an example, keeps its letters.
    texts = [text for entry in english for text in entry.texts if "05-QĐ/ĐU" not in text]
    assert [text for text in texts if MARKED.search(text)] == []


@pytest.mark.parametrize("name", PO)
def test_holes_are_the_same_in_both_languages(name: str) -> None:
    wrong = []
    for entry in entries(PO[name]):
        asked = [entry.message.id, entry.message.plural] if entry.message.plural else [entry.message.id]
        # Languages without a plural say the plural sentence always.
        pairs = zip(asked[-len(entry.texts) :], entry.texts, strict=True)
        wrong += [text for said, text in pairs if holes(said) != holes(text)]
    assert wrong == []


def holes(text: str) -> list[str]:
    """What is filled in, and the tags around it; in order where they have no names."""
    return sorted(re.sub(r"%\((\w+)\)d", r"%(\1)s", hole) for hole in _HOLES.findall(text))


@pytest.mark.parametrize("name", PO)
def test_compiled_file_says_the_same(name: str) -> None:
    found = entries(PO[name])
    assert len({entry.message for entry in found}) == len(found) > 20
    assert compiled(PO[name].with_suffix(".mo")) == as_compiled(found)


@pytest.mark.parametrize("name", PO)
def test_header_names_nobody(name: str) -> None:
    header = PO[name].read_text().partition("\n\n")[0]
    assert "charset=UTF-8" in header
    assert not re.search(r"@|FULL NAME|YEAR|Last-Translator: [^\\]", header)


@pytest.mark.parametrize(
    "sentence",
    [
        "This field is required.",
        "Enter a whole number.",
        "Select a valid choice. That choice is not one of the available choices.",
        "Select a valid choice. %(value)s is not one of the available choices.",
        "“%(pk)s” is not a valid value.",
        "Null characters are not allowed.",
        "The submitted file is empty.",
        "No file was submitted. Check the encoding type on the form.",
        "This password is too common.",
        "This password is entirely numeric.",
        "The password is too similar to the %(verbose_name)s.",
        "You must type the same password each time.",
        "You cannot deactivate two-factor authentication.",
        "Signed out of all other sessions.",
        "Current Password",
        "Code",
    ],
)
def test_sentences_of_the_libraries_are_vietnamese(sentence: str) -> None:
    with translation.override("vi"):
        assert MARKED.search(translation.gettext(sentence))


# --- what stays Vietnamese ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("2021-Q1", "quarter I/2021"),
        ("2021-H1", "first half of 2021"),
        ("2021-09", "month 9/2021"),
        ("2021-09M", "first 9 months of 2021"),
        ("2020-2025", "term 2020-2025"),
        ("2021, đợt 2", "year 2021, đợt 2"),
    ],
)
def test_periods_are_shown_in_english_and_typed_in_vietnamese(label: str, words: str) -> None:
    with translation.override("en"):
        assert shown(label) == words
        typed = say(label)
    assert typed == say(label)
    assert label.endswith("đợt 2") or read(typed) == label.replace("-09M", "-9M")


def test_a_name_made_for_the_record_is_vietnamese() -> None:
    with translation.override("en"):
        name = conference_title(ConferenceKind.THEMATIC, (), "", "Đảng ủy A")
    assert name == "Chuyên đề, quán triệt Đảng ủy A"


def test_history_does_not_depend_on_the_language(region: Region) -> None:
    duty = build_world(region).duty
    with translation.override("en"):
        assert str(duty).startswith("Secretary")
        event = record(actor=region.system, action="access.try", subject=duty, now=region.now, duty=duty)
    assert (
        Event.objects.get(pk=event.pk).payload.facts["duty"]["label"] == f"Bí thư, chủ trì ({duty.post_id})"
    )


def test_printed_list_is_vietnamese_for_an_english_reader(world: World, reader: Client) -> None:
    seen = []
    made = printing.findings_list

    def listen(*args: object, **more: object) -> object:
        seen.append(made(*args, **more))  # type: ignore[arg-type]
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "findings_list", listen)
        assert reader.get("/so-theo-doi/danh-muc.docx?state=in_remedy").status_code == 200
    [context] = seen
    assert {line.state for line in context.findings} == {FindingState.IN_REMEDY.label} == {"Đang khắc phục"}
    assert context.filters == ("Tình trạng: Đang khắc phục",)


# --- pages --------------------------------------------------------------------------------------------


class Said(HTMLParser):
    """Chữ trên trang: texts, and the attributes that are read or read out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spoken = {"title", "aria-label", "placeholder", "alt", "data-label", "data-confirm", "data-busy"}
        self.texts += [
            text for name, text in attrs if text and (name in spoken or name.startswith("data-t-"))
        ]


def recorded() -> list[str]:
    """Mọi chữ trong cơ sở dữ liệu, longest first: names and records stay as they were written."""
    texts: set[str] = set()
    for model in apps.get_models():
        names = [
            f.name for f in model._meta.concrete_fields if isinstance(f, models.CharField | models.TextField)
        ]
        for row in model._default_manager.values_list(*names) if names else ():
            texts |= {text for text in row if text and MARKED.search(text)}
    return sorted(texts, key=len, reverse=True)


def left_in_vietnamese(html: str) -> list[str]:
    data = recorded()
    left = []
    for text in Said(html).texts:
        rest = text.replace("Tiếng Việt", "")
        for known in data if MARKED.search(rest) else ():
            rest = rest.replace(known, "")
        if MARKED.search(rest):
            left.append(" ".join(rest.split()))
    return left


@pytest.fixture
def world(region: Region) -> World:
    return build_world(region)


@pytest.fixture
def reader(world: World, client: Client) -> Client:
    client.force_login(world.region.users["divisionclerk"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_pages_answer_in_english(world: World, reader: Client) -> None:
    paths = [
        "/", "/tai-khoan/", "/tai-khoan/mat-khau/", "/uy-quyen/moi/", "/to-chuc/", f"/to-chuc/{world.body.pk}/",
        "/con-nguoi/", "/so-theo-doi/", "/so-theo-doi/?by=year&state=open&period=2021-Q3", "/so-theo-doi/moi/",
        f"/so-theo-doi/{world.finding.pk}/bien-phap/", f"/so-theo-doi/{world.finding.pk}/lich-su/",
        "/hoi-nghi/", "/hoi-nghi/moi/", f"/hoi-nghi/{world.conference.pk}/", "/nhap-van-ban/",
        "/nhap-van-ban/moi/", "/ho-so-cua-toi/",
    ]  # fmt: skip
    left = {}
    for path in paths:
        answer = reader.get(path)
        assert (answer.status_code, answer["Content-Language"]) == (200, "en"), path
        html = answer.content.decode()
        assert '<html lang="en">' in html
        if found := left_in_vietnamese(html):
            left[path] = found
    assert left == {}


def test_one_form_speaks_to_each_reader_in_his_language() -> None:
    help_text = UploadForm.base_fields["documents"].help_text
    for language, words in (("en", "Soi reads .txt"), ("vi", READABLE), ("en", "Soi reads .txt")):
        with translation.override(language):
            assert words in str(help_text)


def test_signing_in_answers_in_english(client: Client, db: None) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.post("/dang-nhap/", {"login": "nobody", "password": "wrong"})
    html = answer.content.decode()
    assert "The user name or the password is not correct." in html
    assert left_in_vietnamese(html) == []


def test_without_a_choice_pages_are_vietnamese(reader: Client) -> None:
    del reader.cookies[settings.LANGUAGE_COOKIE_NAME]
    answer = reader.get("/so-theo-doi/", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "vi"
    assert "Chưa khắc phục xong" in answer.content.decode()


def test_too_many_tries_are_answered_by_a_page_of_soi(client: Client, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    answers = [client.post("/dang-nhap/", {"login": "nobody", "password": "x"}) for _try in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "Đã thử quá nhiều lần" in answers[1].content.decode()
