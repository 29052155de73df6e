"""Câu chữ của báo cáo, from plain facts: numbers that open what they count, zero said in words, names chosen well."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from soi.briefings.links import ListQueries
from soi.briefings.logic import facts
from soi.briefings.logic.composition import compose
from soi.briefings.logic.facts import (
    CauseFact,
    Concluded,
    FindingFact,
    NamedTask,
    PreviousConference,
    Quarter,
    Remark,
    TaskFact,
    UnitFact,
)
from soi.briefings.logic.sentences import MOST_FROZEN, Sentence

AS_OF = dt.date(2021, 12, 20)
NUMBER = re.compile(r"\d+")
# What is a number in a sentence, but counts nothing: days, quarters, shares, the numbers of conclusions.
NOT_COUNTED = re.compile(
    r"\d{2}/\d{2}/\d{4}|quý [IV]+/\d{4}|Quý [IV]+/\d{4}|\d+(,\d)?%|Kết luận \d+|đã quá \d+ ngày|nêu \d+ việc"
)


def task(pk: int, standing: str = "on_time", due: str = "2021-11-15", **given: Any) -> TaskFact:
    values = {"area": "defence", "weight": 1, "late_cause": "", **given}
    return TaskFact(pk=pk, standing=standing, due_on=dt.date.fromisoformat(due), **values)


def finding(
    pk: int, kind: str = "limitation", state: str = "open", quarter: str = "2021-Q4", **given: Any
) -> FindingFact:
    values = {
        "body": "Trung đoàn 91",
        "area": "leadership",
        "due_on": None,
        "recurrent": False,
        "late": False,
    }
    return FindingFact(pk=pk, kind=kind, state=state, quarter=quarter, **{**values, **given})


def quarter(**given: Any) -> Quarter:
    made = Quarter(
        body=3, body_name="Sư đoàn 901", key="2021-Q4", as_of=AS_OF,
        areas={"defence": "Quân sự, quốc phòng", "economy": "Kinh tế, ngân sách"}, **given,
    )  # fmt: skip
    names = {
        pk: NamedTask(
            f"việc thứ {pk} của năm", "sản phẩm", "Trung đoàn 91", "Trung đoàn trưởng (Mai Văn Trung)", 30
        )
        for pk in facts.tasks_to_name(made)
    }
    return replace(
        made, named=names, statements={pk: f"nội dung {pk}" for pk in facts.findings_to_name(made)}
    )


def said(made: Quarter) -> dict[str, Sentence]:
    sentences = compose(made, ListQueries())
    keys = [sentence.key for sentence in sentences]
    assert len(keys) == len(set(keys)), "a key names one sentence"
    assert [s.section for s in sentences] == sorted(s.section for s in sentences)
    return {sentence.key: sentence for sentence in sentences}


def opened(sentence: Sentence) -> dict[str, list[int]]:
    return {figure["words"]: figure["ids"] for figure in sentence.basis}


FULL = {
    "tasks": [
        task(1, "exceeded"), task(2), task(3, "late", late_cause="own"), task(4, "active"),
        task(5, "active", "2021-12-30"), task(6, "reported"), task(7, "failed", late_cause="external"),
        task(8, "active", "2021-08-01"), task(9, "active", "2022-02-01", weight=5, area="economy"),
        task(10, "late", late_cause=""), task(11, "on_time", area="economy"),
    ],
    "findings": [
        finding(21, "shortcoming", recurrent=True), finding(22, state="in_remedy", due_on=dt.date(2022, 1, 31)),
        finding(23, state="mended"), finding(24, state="reported"),
        finding(25, quarter="2021-Q1", state="in_remedy", late=True), finding(26, quarter="2020-Q4", state="reported"),
    ],
    "strengths": [finding(31, "strength", "noted")],
    "causes": [
        CauseFact(21, "own", "Chưa sâu sát"), CauseFact(22, "own", "chưa sâu sát"),
        CauseFact(22, "external", "Thiếu người"),
    ],
    "remarks": [
        Remark(4, dt.date(2021, 11, 1), "Trung đoàn 91", "Quân khu", False, "Thiếu xe", "Cấp thêm xe", False),
        Remark(5, dt.date(2021, 11, 2), "Tiểu đoàn 1", "Trung đoàn 91", True, "", "Lùi hạn", False),
        Remark(6, dt.date(2021, 11, 3), "Tiểu đoàn 1", "Trung đoàn 91", True, "Mưa", "Đã được trả lời", True),
    ],
    "previous": PreviousConference(
        77, "Hội nghị giao ban quý III", dt.date(2021, 10, 5),
        (
            Concluded(1, "Sửa kho", "on_time", task=2, ended_on=dt.date(2021, 11, 10), post="Trưởng phòng", body="P1"),
            Concluded(2, "Huấn luyện", "active", task=4, due_on=dt.date(2021, 11, 15), percent=40, post="X", body="Y"),
            Concluded(3, "Chấn chỉnh", "confirmed", finding=23, ended_on=dt.date(2021, 12, 1), post="X", body="Y"),
            Concluded(4, "Học tập"),
        ),
    ),
    "units": [
        UnitFact(
            41, "Trung đoàn 91", 51, dt.date(2021, 12, 18), "Trong quý IV/2021 có 2 nhiệm vụ đến hạn.",
            ({"words": "2 nhiệm vụ", "at": 21, "list": "tasks", "query": "", "count": 2, "ids": [1, 2]},),
            ("Cấp 2 máy",),
        ),
        UnitFact(42, "Trung đoàn 92"),
    ],
    "due_on": dt.date(2021, 12, 15),
}  # fmt: skip


def test_every_sentence_with_a_number_opens_its_records() -> None:
    for sentence in said(quarter(**FULL)).values():
        text = sentence.text
        for figure in sentence.basis:
            assert text[figure["at"] : figure["at"] + len(figure["words"])] == figure["words"]
            assert figure["ids"], sentence
        covered = "".join(
            " " if any(f["at"] <= place < f["at"] + len(f["words"]) for f in sentence.basis) else letter
            for place, letter in enumerate(text)
        )
        # Names of bodies and records carry numbers of their own; here they are known.
        plain = NOT_COUNTED.sub(" ", covered).replace("Trung đoàn 91", "").replace("Trung đoàn 92", "")
        plain = re.sub(r"việc thứ \d+|Tiểu đoàn 1|\(P1\)|, P1\)|Cấp 2 máy", "", plain)
        assert not NUMBER.search(plain), (sentence.key, plain)


def test_numbers_of_the_whole_and_of_its_parts_add_up() -> None:
    total = said(quarter(**FULL))["results.total"]
    found = opened(total)
    every = set(found["9 nhiệm vụ"])
    assert every == {1, 2, 3, 4, 5, 6, 7, 10, 11}
    done, left = {1, 2, 3, 10, 11}, {4, 5, 6, 7}
    assert set(found["5 nhiệm vụ"]) == done
    assert [found[words] for words in ("1 vượt mức", "2 đúng hạn", "2 muộn hạn")] == [[1], [2, 11], [3, 10]]
    parts = ("1 đang thực hiện trong hạn", "1 chờ đánh giá", "1 quá hạn", "1 không hoàn thành")
    assert {pk for words in parts for pk in found[words]} == left
    assert "(55,6%)" in total.text


def test_a_number_leads_to_the_list_that_holds_just_these() -> None:
    total = said(quarter(**FULL))["results.total"]
    queries = {figure["words"]: figure["query"] for figure in total.basis}
    assert queries["9 nhiệm vụ"] == "body=3&period=2021-Q4&standing=counted"
    assert queries["1 vượt mức"] == "body=3&period=2021-Q4&standing=exceeded"
    # Overdue is judged on the day of the report, whenever the link is opened.
    assert queries["1 quá hạn"] == "body=3&period=2021-Q4&standing=overdue&as_of=2021-12-20"
    raised = said(quarter(**FULL))["undone.raised"]
    assert "kind=limitation&org=3&period=2021-Q4" in {figure["query"] for figure in raised.basis}


def test_zero_is_said_in_words_and_nothing_empty_is_left() -> None:
    sentences = said(quarter())
    texts = {key: sentence.text for key, sentence in sentences.items()}
    assert texts["results.total"] == "Trong quý IV/2021 không có nhiệm vụ nào đến hạn."
    assert texts["undone.overdue"].startswith("Không có nhiệm vụ quá hạn")
    assert texts["undone.raised"] == "Trong quý không nêu thêm hạn chế, khuyết điểm nào."
    assert texts["requests.none"] == "Không có đề nghị, kiến nghị với cấp trên."
    assert texts["ahead.total"] == "Chưa có nhiệm vụ nào được giao với hạn trong quý I/2022."
    assert "previous.none" in texts
    assert "causes.none" in texts
    assert not any(key.startswith("units") for key in texts)
    assert not any(re.search(r"\b0 ", text) for text in texts.values())
    assert all(sentence.basis == () for sentence in sentences.values())


@pytest.mark.parametrize("made", [quarter(), quarter(**FULL)])
def test_every_sentence_is_a_sentence(made: Quarter) -> None:
    for sentence in said(made).values():
        assert sentence.text == sentence.text.strip()
        assert sentence.text[0].isupper()
        assert sentence.text.endswith((".", "…"))
        assert "  " not in sentence.text
        assert not re.search(r"[,;:] ?[.,;]|\.\.|\( ", sentence.text), sentence.text


def test_all_done_in_time_is_said_so() -> None:
    sentences = said(quarter(tasks=[task(1), task(2)]))
    assert "toàn bộ đã hoàn thành, đều đúng hạn." in sentences["results.total"].text
    assert sentences["results.defence"].text == "Quân sự, quốc phòng: hoàn thành cả 2 nhiệm vụ, đều đúng hạn."
    mixed = said(quarter(tasks=[task(1), task(2, "late"), task(3, "active")]))["results.defence"].text
    assert "hoàn thành 2 trên 3 nhiệm vụ, gồm 1 đúng hạn, 1 muộn hạn; còn 1 quá hạn." in mixed
    one = said(quarter(tasks=[task(1, "late"), task(2, "active")]))["results.defence"].text
    assert "hoàn thành 1 trên 2 nhiệm vụ, muộn hạn; còn 1 quá hạn." in one


def test_none_done_is_not_called_a_result() -> None:
    text = said(quarter(tasks=[task(1, "active"), task(2, "failed")]))["results.total"].text
    assert "chưa nhiệm vụ nào hoàn thành; còn 1 quá hạn, 1 không hoàn thành." in text


def test_overdue_is_judged_on_the_day_and_not_past_the_quarter() -> None:
    rows = [task(1, "active", "2021-12-20"), task(2, "active", "2021-12-19"), task(3, "active", "2022-01-02")]
    assert [row.pk for row in quarter(tasks=rows).overdue()] == [2]
    later = replace(quarter(tasks=rows), as_of=dt.date(2022, 3, 1))
    assert [row.pk for row in later.overdue()] == [2, 1]  # what falls due in January is the next report's


def test_only_the_slowest_are_named_and_the_sentence_says_so() -> None:
    rows = [task(number, "active", f"2021-11-{number:02d}") for number in range(1, 16)]
    sentences = said(quarter(tasks=rows))
    assert sentences["undone.overdue"].text.endswith("; dưới đây nêu 5 việc chậm nhất.")
    assert opened(sentences["undone.overdue"])["15 nhiệm vụ"] == list(range(1, 16))
    assert [f"undone.task.{number}" in sentences for number in (1, 5, 6)] == [True, True, False]


def test_small_areas_share_a_sentence_and_lose_no_number() -> None:
    areas = {"a": 9, "b": 8, "c": 7, "d": 6, "e": 5, "f": 4, "g": 2, "h": 2}
    numbers = iter(range(1, 100))
    rows = [
        task(next(numbers), "active" if area == "h" else "on_time", "2021-12-25", area=area)
        for area, most in areas.items()
        for _ in range(most)
    ]
    sentences = said(quarter(tasks=rows))
    assert [key for key in sentences if re.fullmatch(r"results\.[a-h]", key)] == [
        f"results.{a}" for a in "abcdef"
    ]
    shared = sentences["results.smaller"]
    assert shared.text == (
        "Số nhiệm vụ đã hoàn thành ở các lĩnh vực khác: "
        "g: 2 trên 2 nhiệm vụ; h: chưa nhiệm vụ nào trong 2 nhiệm vụ."
    )
    assert [figure["ids"] for figure in shared.basis] == [[40, 41], [40, 41], [42, 43]]
    assert "area=h" in shared.basis[-1]["query"]
    # Seven stand each for itself: a shared sentence for one of them saves nothing.
    seven = said(quarter(tasks=[row for row in rows if row.area != "h"]))
    assert "results.smaller" not in seven
    assert "results.g" in seven


def keys_like(sentences: dict[str, Sentence], start: str) -> list[int]:
    return [int(key.rpartition(".")[2]) for key in sentences if re.fullmatch(rf"{start}\.\d+", key)]


def test_what_is_not_named_is_counted_and_opens() -> None:
    """Named and not named together are every record that the lead counted, each once."""
    remarks = [
        Remark(
            task=pk, on=dt.date(2021, 11, 1), body="Trung đoàn 91", to="Sư đoàn 901", to_inside=True,
            difficulty="Thiếu xe", request="Cấp thêm xe", answered=False,
        )
        for pk in range(1, 12)
    ]  # fmt: skip
    sentences = said(
        quarter(
            tasks=[
                *(task(pk, "active") for pk in range(1, 21)),
                *(task(pk, "failed") for pk in range(21, 31)),
                *(task(pk, "active", "2022-02-01") for pk in range(31, 51)),
            ],
            findings=[finding(pk) for pk in range(1, 21)],
            remarks=remarks,
        )
    )
    for lead, named, rest, every in (
        ("undone.overdue", "undone.task", "undone.overdue.others", range(1, 21)),
        ("undone.failed", "undone.task", "undone.failed.others", range(21, 31)),
        ("undone.raised", "undone.finding", "undone.raised.others", range(1, 21)),
        ("ahead.total", "ahead.task", "ahead.others", range(31, 51)),
        ("causes.difficulties", "causes.difficulty", "causes.difficulties.others", range(1, 12)),
        ("requests.inside", "requests.inside", "requests.inside.others", range(1, 12)),
    ):
        apart = set(keys_like(sentences, named)) & set(every)
        figure = sentences[rest].basis[0]
        assert apart.isdisjoint(figure["ids"])
        assert apart | set(figure["ids"]) == set(every)
        assert figure["words"].startswith(f"{len(figure['ids'])} ")
        assert sentences[rest].text == f"Ngoài ra còn {figure['words']}."
        assert sentences[lead].basis[0]["count"] == len(every)


def test_nothing_is_left_over_where_all_are_named() -> None:
    sentences = said(quarter(tasks=[task(1, "active"), task(2, "failed")], findings=[finding(1)]))
    assert "undone.task.1" in sentences
    assert not any(key.endswith(".others") for key in sentences)


def test_many_causes_are_named_as_the_main_ones() -> None:
    def made(number: int) -> str:
        causes = [CauseFact(pk, "own", f"Nguyên nhân {'abcdefgh'[pk]}") for pk in range(number)]
        return said(quarter(causes=causes))["causes.own"].text

    assert made(4).count(";") == 3
    assert "nguyên nhân chủ quan: Nguyên nhân a" in made(4)
    assert "nguyên nhân chủ quan, chủ yếu: Nguyên nhân a" in made(5)
    assert made(5).count(";") == 3


def test_a_body_does_not_ask_itself() -> None:
    asked = Remark(
        task=1, on=dt.date(2021, 11, 1), body="Sư đoàn 901", to="Sư đoàn 901", to_inside=True,
        difficulty="", request="Cấp thêm xe", answered=False,
    )  # fmt: skip
    text = said(quarter(remarks=[asked]))["requests.inside.1"].text
    assert text == "Trong Sư đoàn 901 có đề nghị: Cấp thêm xe (ngày 01/11/2021)."


def test_an_ordinary_task_is_no_highlight() -> None:
    sentences = said(
        quarter(tasks=[task(1), task(2, weight=3), task(3, "exceeded"), task(4, "late", late_cause="own")])
    )
    text = sentences["results.defence"].text
    assert text.endswith("Nổi bật: việc thứ 3 của năm (Trung đoàn 91, vượt mức).")
    heavy = said(quarter(tasks=[task(1), task(2, weight=3)]))["results.defence"].text
    assert heavy.endswith("Nổi bật: việc thứ 2 của năm (Trung đoàn 91).")
    assert "Nổi bật" not in said(quarter(tasks=[task(1), task(4)]))["results.defence"].text


def test_conclusions_of_the_last_briefing_say_what_became_of_them() -> None:
    sentences = said(quarter(**FULL))
    assert (
        "4 nội dung: 1 đã hoàn thành, 1 quá hạn chưa xong, 1 đã khắc phục xong, 1 chưa giao thành nhiệm vụ."
        in (sentences["previous.total"].text)
    )
    assert sentences["previous.77.1"].text.endswith(
        "đã hoàn thành đúng hạn ngày 10/11/2021 (Trưởng phòng, P1)."
    )
    assert "đang thực hiện, đạt 40%, hạn 15/11/2021, đã quá hạn" in sentences["previous.77.2"].text
    assert "chưa giao thành nhiệm vụ" in sentences["previous.77.4"].text


def test_causes_are_counted_by_kind_and_said_once() -> None:
    sentences = said(quarter(**FULL))
    late = opened(sentences["causes.late"])
    assert late == {
        "3 nhiệm vụ": [3, 7, 10], "1 do nguyên nhân chủ quan": [3], "1 do nguyên nhân khách quan": [7],
        "1 chưa ghi rõ nguyên nhân": [10],
    }  # fmt: skip
    assert sentences["causes.own"].text == "Có 2 hạn chế, khuyết điểm do nguyên nhân chủ quan: Chưa sâu sát."


def test_requests_go_up_or_stay_inside_and_answered_ones_are_left_out() -> None:
    sentences = said(quarter(**FULL))
    up = [s.text for key, s in sentences.items() if key.startswith("requests.task")]
    assert up == ["Đề nghị Quân khu: Cấp thêm xe (Trung đoàn 91, ngày 01/11/2021, chưa được trả lời)."]
    assert "Lùi hạn" in sentences["requests.inside.5"].text
    assert not any("Đã được trả lời" in sentence.text for sentence in sentences.values())
    # What a unit's people wrote into its sent report comes up with it.
    assert sentences["requests.unit.51.1"].text == "Trung đoàn 91 đề nghị: Cấp 2 máy."


def test_units_who_has_sent_who_is_missing() -> None:
    sentences = said(quarter(**FULL))
    assert sentences["units.sent"].text == (
        "Tính đến ngày 20/12/2021, 1 trên 2 đơn vị trực thuộc đã gửi báo cáo: Trung đoàn 91."
    )
    assert sentences["units.missing"].text == (
        "Chưa gửi: 1 đơn vị, gồm Trung đoàn 92 (hạn 15/12/2021, đã quá 5 ngày)."
    )
    assert (
        sentences["units.late"].text
        == "Gửi sau hạn 15/12/2021: 1 đơn vị, gồm Trung đoàn 91 (ngày 18/12/2021)."
    )
    assert sentences["units.41"].text == "Trung đoàn 91 báo cáo: trong quý IV/2021 có 2 nhiệm vụ đến hạn."


def test_on_the_day_it_is_due_nobody_is_late() -> None:
    made = {**FULL, "due_on": AS_OF}
    sentences = said(quarter(**made))
    assert "đã quá" not in sentences["units.missing"].text
    assert "units.late" not in sentences


def test_only_so_many_numbers_are_frozen_but_all_are_counted() -> None:
    rows = [task(number) for number in range(1, 701)]
    figure = said(quarter(tasks=rows))["results.total"].basis[0]
    assert (figure["words"], figure["count"], len(figure["ids"])) == ("700 nhiệm vụ", 700, MOST_FROZEN)


def test_composing_is_the_same_every_time() -> None:
    assert compose(quarter(**FULL), ListQueries()) == compose(quarter(**FULL), ListQueries())
