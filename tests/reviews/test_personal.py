"""Kiểm điểm cá nhân: its sections by group, the draft from what the person did, and nobody else reads or writes it."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Invalid, NotAllowed, NotFound
from soi.findings.enums import CauseKind, FindingKind, ResponsibilityKind
from soi.findings.models import Responsibility
from soi.reviews import composing, editions, finalizing, personal, queries, reading, writing
from soi.reviews.enums import PersonalSection, PersonGroup, ReviewState, Section
from soi.reviews.models import Paragraph, Review
from soi.reviews.sections import sections_of, values_of
from soi.work.enums import Result
from tests.briefings.story import Briefing
from tests.conftest import NOW
from tests.factories import Region
from tests.reviews.cycle import Played, open_year

LAST_YEAR = dt.date(2020, 11, 10)
# Everybody but the person: of the same body, above, below, beside.
OTHERS = (
    "divisionclerk",
    "secretary",
    "clerk",
    "inspector",
    "press",
    "admin",
    "regiment",
    "member",
    "brigade",
)


@pytest.fixture
def briefing(region: Region, now: dt.datetime) -> Briefing:
    """The head of the division had two tasks of this year, one of another; is named twice; and last year once."""
    story = Briefing(region, now)
    story.done(story.task("Hoàn thành kiểm tra kỹ thuật 120 xe"), result=Result.EXCEEDED)
    story.task("Ban hành quy chế làm việc của 04 phòng", due_on=dt.date(2021, 3, 20))
    story.task("Việc của kỳ sau", due_on=dt.date(2022, 2, 1))
    story.task("Việc của người khác", to="regiment")
    for statement, given in (
        ("Nêu gương trong huấn luyện", {"kind": FindingKind.STRENGTH}),
        ("Phân công có việc chưa cụ thể", {"causes": ((CauseKind.OWN, "Chưa sâu sát"),)}),
        ("Chậm cải tạo kho quân khí", {"found_on": LAST_YEAR}),
    ):
        finding = story.finding(statement, **given)  # type: ignore[arg-type]
        Responsibility.objects.create(
            finding=finding, kind=ResponsibilityKind.HEAD, organization=finding.organization,
            post=region.posts["division"], person=region.people["division"],
        )  # fmt: skip
    story.finding("Quản lý quân số chưa chặt")
    return story


@pytest.fixture
def year(briefing: Briefing) -> Played:
    return open_year(briefing.region)


def composed(year: Played, name: str = "division") -> dict[str, Paragraph]:
    review = year.personal(name)
    composing.compose_draft(actor=year.actor(name), review=review, now=NOW)
    return {row.key: row for row in Paragraph.objects.filter(review=review)}


# --- sections ---------------------------------------------------------------------------------------


def test_each_group_has_the_sections_of_its_form() -> None:
    numerals = {group: [one.numeral for one in sections_of(group)] for group in (*PersonGroup.values, "")}
    rest = ["II", "III", "IV", "V", "VI", "VII"]
    assert numerals[PersonGroup.MEMBER] == ["I.1", "I.2", "I.3", *rest]
    assert numerals[PersonGroup.LEADER] == [f"I.{number}" for number in range(1, 7)] + rest
    assert numerals[PersonGroup.OUTSIDE] == ["I.1", "I.2", "I.3", *rest[:-1]]
    assert numerals[""] == ["I", *rest]
    assert PersonalSection.SHARED_RESPONSIBILITY not in values_of(PersonGroup.OUTSIDE)
    assert not set(PersonalSection.values) & set(Section.values)


def test_a_paragraph_goes_into_a_section_of_the_own_form_only(year: Played) -> None:
    review, me = year.personal("member"), year.actor("member")
    for section in (PersonalSection.LEADING, Section.STRENGTHS, 0):
        with pytest.raises(Invalid, match="chọn phần"):
            writing.add_paragraph(actor=me, review=review, section=section, text="Lời", now=NOW)
    row = writing.add_paragraph(
        actor=me, review=review, section=PersonalSection.COMMITMENT, text="Đã làm đúng cam kết.", now=NOW
    )
    assert row.section == PersonalSection.COMMITMENT


# --- from records -----------------------------------------------------------------------------------


def test_the_draft_says_what_the_person_did_and_not_what_others_did(year: Played) -> None:
    rows = composed(year)
    total = rows["tasks.total"]
    assert total.section == PersonalSection.DUTIES
    assert total.text == (
        "Chịu trách nhiệm chính 2 nhiệm vụ đến hạn trong kỳ: 1 vượt mức, 1 còn đang thực hiện."
    )
    everything = " ".join(row.text for row in rows.values())
    assert "Việc của kỳ sau" not in everything
    assert "Việc của người khác" not in everything


def test_what_names_the_person_stands_in_its_section(year: Played) -> None:
    rows = {row.text: PersonalSection(row.section) for row in composed(year).values()}

    def section_of(words: str) -> set[PersonalSection]:
        return {section for text, section in rows.items() if words in text}

    assert section_of("Nêu gương trong huấn luyện") == {PersonalSection.QUALITIES}
    assert section_of("Phân công có việc chưa cụ thể") == {
        PersonalSection.SHORTCOMINGS, PersonalSection.SHARED_RESPONSIBILITY,
    }  # fmt: skip
    assert section_of("Nguyên nhân chủ quan: Chưa sâu sát") == {PersonalSection.SHORTCOMINGS}
    assert section_of("Chậm cải tạo kho quân khí") == {PersonalSection.REMEDIES}


def test_the_shortcomings_of_the_collective_are_shared_with_the_same_records(year: Played) -> None:
    rows = composed(year)
    shared = rows["shared.total"]
    assert "Đảng ủy Sư đoàn 901 có 2 hạn chế, khuyết điểm" in shared.text
    ids = set(shared.basis[0]["ids"])
    me = year.actor("division")
    assert ids == {one.pk for one in personal.shared_with(me, year.personal("division"))}
    named = [row for key, row in rows.items() if key.startswith("shared.") and key != "shared.total"]
    assert [row.text for row in named] == ["Phân công có việc chưa cụ thể: trách nhiệm người đứng đầu."]
    # The other way round: the collective's part V names the person on the same record.
    composing.compose_draft(actor=year.actor("divisionclerk"), review=year.review("division"), now=NOW)
    collective = Paragraph.objects.filter(review=year.review("division"), section=Section.RESPONSIBILITY)
    assert any("Phan Văn Sư" in row.text for row in collective)


def test_a_person_without_records_writes_on_an_empty_form(year: Played) -> None:
    assert composed(year, "press") == {}
    assert Review.objects.get(pk=year.personal("press").pk).state == ReviewState.DRAFT


def test_composing_again_keeps_the_persons_words(year: Played) -> None:
    rows = composed(year)
    me = year.actor("division")
    writing.edit_paragraph(
        actor=me,
        paragraph=rows["tasks.total"],
        text="Tôi làm xong 1 trong 2 việc.",
        expected_version=1,
        now=NOW,
    )
    again = composed(year)
    assert again["tasks.total"].text == "Tôi làm xong 1 trong 2 việc."


# --- private until finalized (4.1) ------------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_reads_or_writes_the_draft(year: Played, name: str) -> None:
    rows = composed(year)
    review, paragraph, other = year.personal("division"), rows["tasks.total"], year.actor(name)
    assert editions.editions_for(other, review) == []
    with pytest.raises(NotFound):
        reading.get_paragraph(other, paragraph.pk)
    for act in (
        lambda: composing.compose_draft(actor=other, review=review, now=NOW),
        lambda: writing.edit_paragraph(
            actor=other, paragraph=paragraph, text="Lời người khác", expected_version=1, now=NOW
        ),
        lambda: writing.add_paragraph(actor=other, review=review, section=12, text="Lời người khác", now=NOW),
        lambda: finalizing.finalize(actor=other, review=review, now=NOW),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            act()


def test_the_system_neither_writes_for_a_person(year: Played) -> None:
    with pytest.raises(NotAllowed):
        composing.compose_draft(actor=year.region.system, review=year.personal("division"), now=NOW)


def test_finalized_it_is_read_above_and_corrected_the_new_words_are_private_again(year: Played) -> None:
    rows = composed(year)
    review, me, clerk = year.personal("division"), year.actor("division"), year.actor("clerk")
    finalizing.finalize(actor=me, review=review, now=NOW)
    assert editions.editions_for(clerk, year.personal("division")) == [1]
    finalizing.correct(actor=me, review=year.personal("division"), reason="Sai một con số.", now=NOW)
    review = year.personal("division")
    new = Paragraph.objects.get(review=review, edition=2, key="tasks.total")
    writing.edit_paragraph(
        actor=me, paragraph=new, text="Lời mới còn đang viết.", expected_version=new.version, now=NOW
    )
    assert editions.editions_for(clerk, review) == [1]
    assert editions.editions_for(me, review) == [1, 2]
    assert reading.get_paragraph(clerk, rows["tasks.total"].pk).edition == 1
    with pytest.raises(NotFound):
        reading.get_paragraph(clerk, new.pk)


def test_who_sees_the_line_of_a_person(year: Played) -> None:
    review = year.personal("division")
    seen = {name for name in OTHERS if queries.visible_to(year.actor(name)).filter(pk=review.pk).exists()}
    assert seen == {"divisionclerk", "secretary", "clerk", "inspector"}
