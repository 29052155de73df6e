"""The collective draft: sentences from records, each figure with them; composing again keeps what was written."""

from __future__ import annotations

import datetime as dt

import pytest

from soi.base.errors import Conflict, NotAllowed
from soi.base.periods import Period
from soi.findings.enums import CauseKind, FindingKind, ResponsibilityKind
from soi.findings.models import Responsibility
from soi.reviews import composing, writing
from soi.reviews.enums import Change, CycleKind, ReviewState
from soi.reviews.finalizing import finalize
from soi.reviews.models import Paragraph, Review
from soi.work.enums import Result
from tests.briefings.story import Briefing
from tests.factories import Region
from tests.reviews.cycle import Played, open_year

LAST_YEAR = dt.date(2020, 11, 10)
WRITER = "divisionclerk"


@pytest.fixture
def briefing(region: Region, now: dt.datetime) -> Briefing:
    return Briefing(region, now)


@pytest.fixture
def story(briefing: Briefing) -> Briefing:
    """A year of work in the division: two tasks done, one overdue, a strength, two shortcomings; one of last year."""
    briefing.done(briefing.task("Hoàn thành kiểm tra kỹ thuật 120 xe"))
    briefing.done(briefing.task("Tập huấn 60 cán bộ tham mưu"), result=Result.EXCEEDED)
    briefing.task("Ban hành quy chế làm việc của 04 phòng", due_on=dt.date(2021, 3, 20))
    briefing.finding("Nền nếp chính quy được giữ vững", kind=FindingKind.STRENGTH)
    briefing.finding(
        "Quản lý quân số có thời điểm chưa chặt chẽ", kind=FindingKind.SHORTCOMING,
        causes=((CauseKind.OWN, "Cán bộ chưa sâu sát"), (CauseKind.EXTERNAL, "Địa bàn phân tán")),
    )  # fmt: skip
    briefing.finding("Chậm cải tạo kho quân khí", found_on=LAST_YEAR)
    return briefing


def compose(played: Played, body: str = "division", *, by: str = WRITER) -> composing.Composed:
    return composing.compose_draft(actor=played.actor(by), review=played.review(body), now=played.now)


def by_key(review: Review) -> dict[str, Paragraph]:
    return {row.key: row for row in Paragraph.objects.filter(review=review) if row.key}


def test_every_section_speaks_from_records(story: Briefing) -> None:
    played = open_year(story.region)
    done = compose(played)

    rows = by_key(done.review)
    assert {row.section for row in rows.values()} == {1, 2, 3, 4, 5, 6}
    assert rows["results.total"].text.startswith("Trong năm 2021 có 3 nhiệm vụ đến hạn; đã hoàn thành 2")
    assert "nêu 1 khuyết điểm" in rows["undone.raised"].text
    assert "Cán bộ chưa sâu sát" in rows["causes.own"].text
    assert "Địa bàn phân tán" in rows["causes.external"].text
    assert rows["carried.total"].text == ("Kỳ trước chuyển sang 1 hạn chế, khuyết điểm: 1 chưa khắc phục.")
    assert rows["prompts.total"].text == "Không có nội dung nào được gợi ý kiểm điểm."
    assert "2 hạn chế, khuyết điểm chưa có biện pháp" in rows["directions.bare"].text
    assert done.is_new
    assert done.added == len(rows)
    assert done.review.state == ReviewState.DRAFT


def test_every_figure_counts_exactly_its_records(story: Briefing) -> None:
    played = open_year(story.region)
    review = compose(played).review

    figures = [figure for row in by_key(review).values() for figure in row.basis]
    assert len(figures) > 10
    for figure in figures:
        first = figure["words"].split(" ")[0]
        assert len(figure["ids"]) == figure["count"] == len(set(figure["ids"]))
        if first.isdigit():
            assert int(first) == figure["count"], figure


def test_figures_stand_where_their_words_stand(story: Briefing) -> None:
    review = compose(open_year(story.region)).review

    for row in by_key(review).values():
        for figure in row.basis:
            assert row.text[figure["at"] :].startswith(figure["words"]), (row.text, figure)


def test_persons_and_collectives_are_named_with_what_they_answer_for(story: Briefing) -> None:
    finding = story.finding("Để xảy ra mất an toàn giao thông", kind=FindingKind.SHORTCOMING)
    region = story.region
    Responsibility.objects.create(
        finding=finding, kind=ResponsibilityKind.HEAD, organization=region.bodies["division"],
        post=region.posts["division"], person=region.people["division"],
    )  # fmt: skip
    Responsibility.objects.create(
        finding=finding, kind=ResponsibilityKind.COLLECTIVE, organization=region.bodies["division"]
    )
    rows = by_key(compose(open_year(region)).review)

    texts = [row.text for row in rows.values() if row.section == 5]
    assert any(text.startswith("Tập thể Đảng ủy Sư đoàn 901 chịu trách nhiệm về 1") for text in texts)
    assert any(
        "Đồng chí Phan Văn Sư, Bí thư Đảng ủy Sư đoàn, với trách nhiệm người đứng đầu" in t for t in texts
    )


def test_a_body_without_records_still_gets_its_form(region: Region) -> None:
    rows = by_key(compose(open_year(region), "brigade", by="brigadeclerk").review)

    assert rows["results.total"].text == "Trong năm 2021 không có nhiệm vụ nào đến hạn."
    assert all(row.text for row in rows.values())


def test_composing_again_never_overwrites_edited_words(story: Briefing) -> None:
    played = open_year(story.region)
    review = compose(played).review
    line = by_key(review)["results.total"]
    writing.edit_paragraph(
        actor=played.actor(WRITER), paragraph=line, text="Năm 2021 có nhiều chuyển biến.",
        expected_version=1, now=played.now,
    )  # fmt: skip
    story.done(story.task("Xây 02 nhà ở cho bộ đội"))

    done = compose(played)
    line.refresh_from_db()
    assert line.text == "Năm 2021 có nhiều chuyển biến."
    assert line.change == Change.DIFFERS
    assert line.other_text.startswith("Trong năm 2021 có 4 nhiệm vụ")
    assert done.differing == 1
    assert not done.is_new

    writing.decide_paragraph(actor=played.actor(WRITER), paragraph=line, take_new=True, now=played.now)
    line.refresh_from_db()
    assert line.text.startswith("Trong năm 2021 có 4 nhiệm vụ")
    assert [one.text for one in line.wordings.order_by("version")][1] == "Năm 2021 có nhiều chuyển biến."


def test_composing_again_updates_what_nobody_touched_and_keeps_what_was_dropped(story: Briefing) -> None:
    played = open_year(story.region)
    review = compose(played).review
    rows = by_key(review)
    writing.drop_paragraph(actor=played.actor(WRITER), paragraph=rows["prompts.total"], now=played.now)
    story.done(story.task("Xây 02 nhà ở cho bộ đội"))

    assert compose(played).updated >= 1
    again = by_key(review)
    assert again["results.total"].text.startswith("Trong năm 2021 có 4 nhiệm vụ")
    assert again["results.total"].version == 2
    assert {one.version: one.text for one in again["results.total"].wordings.all()} == {
        1: rows["results.total"].text, 2: again["results.total"].text,
    }  # fmt: skip
    assert again["prompts.total"].dropped
    assert compose(played).changed == 0


def test_words_typed_on_an_older_composition_are_joined_or_kept(story: Briefing) -> None:
    """Somebody has a paragraph open while another brings the figures up to date."""
    played = open_year(story.region)
    line = by_key(compose(played).review)["results.total"]
    typed = line.text + " Đây là kết quả rất đáng ghi nhận của tập thể."
    story.done(story.task("Xây 02 nhà ở cho bộ đội"))
    compose(played)

    saved = writing.edit_paragraph(
        actor=played.actor(WRITER), paragraph=line, text=typed, expected_version=1, now=played.now
    )
    everything = saved.paragraph.text + (saved.aside.text if saved.aside else "")
    assert "rất đáng ghi nhận" in everything
    assert "4 nhiệm vụ" in everything


def test_a_term_is_told_by_its_days_and_opens_frozen_lists(story: Briefing) -> None:
    days = Period(dt.date(2020, 1, 1), dt.date(2025, 1, 1))
    played = open_year(story.region, kind=CycleKind.TERM, period="", days=days)
    rows = by_key(compose(played).review)

    total = rows["results.total"]
    assert total.text.startswith(
        "Trong kỳ từ ngày 01/01/2020 đến trước ngày 01/01/2025 có 3 nhiệm vụ đến hạn"
    )
    assert all(not figure["query"] for figure in total.basis if figure["list"] == "findings")
    assert total.basis[0]["query"] == ""
    assert "Trong nhiệm kỳ nêu" in rows["undone.raised"].text


def test_only_the_body_itself_composes(story: Briefing) -> None:
    played = open_year(story.region)

    for outsider in ("brigadeclerk", "member", "clerk"):
        with pytest.raises(NotAllowed if outsider == "clerk" else Exception):
            compose(played, by=outsider)
    assert compose(played).added


def test_what_was_finalized_is_not_composed_again(region: Region) -> None:
    played = open_year(region)
    review = compose(played, "brigade", by="brigadeclerk").review
    finalize(actor=played.actor("brigade"), review=review, now=played.now)

    with pytest.raises(Conflict, match="đã chốt"):
        compose(played, "brigade", by="brigadeclerk")


def test_the_number_of_statements_does_not_grow(
    story: Briefing, django_assert_max_num_queries: object
) -> None:
    played = open_year(story.region)
    for number in range(12):
        story.done(story.task(f"Nhiệm vụ thêm số {number}"))
        story.finding(f"Hạn chế thêm số {number}")
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        compose(played)
