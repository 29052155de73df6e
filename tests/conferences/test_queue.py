"""The order of speakers under each rule, and the words of what happened. Pure: no database."""

# ruff: noqa: E501  (a sentence is easier to judge on one line)

from __future__ import annotations

import datetime as dt
import random

import pytest

from soi.conferences.enums import ContributionKind, QueueRule, RequestKind
from soi.conferences.logic import clock, queue, sentences
from soi.conferences.logic.numbering import in_tree_order, numbered
from soi.conferences.logic.queue import Spoken, Waiting, ordered
from soi.conferences.logic.verbs import SILENT
from soi.conferences.logic.verbs import FloorVerb as Verb

T0 = dt.datetime(2021, 12, 1, 2, tzinfo=dt.UTC)
A, B, C = 1, 2, 3  # sites


def ask(pk: int, person: int | None, site: int | None = None, kind: str = "speak") -> Waiting:
    """Requests come in the order of their numbers."""
    return Waiting(pk, person, site, kind, T0 + dt.timedelta(seconds=pk))


def held(person: int | None, site: int | None = None, seconds: int = 60, kind: str = "speak") -> Spoken:
    return Spoken(person, site, kind, seconds)


def places(requests: list[Waiting], rule: str, spoken: list[Spoken] | None = None) -> list[int]:
    return [one.pk for one in ordered(requests, rule, spoken or [])]


def test_every_rule_of_the_table_is_known_here() -> None:
    assert set(QueueRule.values) == set(queue._RULES)
    assert RequestKind.POINT_OF_ORDER == queue.POINT_OF_ORDER


def test_arrival() -> None:
    assert places([ask(3, 30), ask(1, 10), ask(2, 20)], "arrival") == [1, 2, 3]


def test_the_same_moment_is_settled_by_the_number() -> None:
    one, two = (Waiting(pk, pk, None, "speak", T0) for pk in (1, 2))
    assert places([two, one], "arrival") == [1, 2]


@pytest.mark.parametrize("rule", QueueRule.values)
def test_points_of_order_come_first_under_every_rule(rule: str) -> None:
    requests = [
        ask(1, 10, A),
        ask(2, 20, B),
        ask(3, 30, A, "point_of_order"),
        ask(4, 40, C, "point_of_order"),
    ]
    found = ordered(requests, rule, [held(30, A, 600)])
    assert [one.pk for one in found[:2]] == [3, 4]
    assert "trình tự" in found[0].reason


def test_sites_in_turn_go_round() -> None:
    requests = [ask(1, 10, A), ask(2, 11, A), ask(3, 12, A), ask(4, 20, B), ask(5, 30, C), ask(6, 21, B)]
    assert places(requests, "sites_in_turn") == [1, 4, 5, 2, 6, 3]


def test_the_site_that_spoke_last_waits_for_the_others() -> None:
    requests = [ask(1, 10, A), ask(2, 20, B)]
    assert places(requests, "sites_in_turn", [held(20, B), held(11, A)]) == [2, 1]
    found = ordered(requests, "sites_in_turn", [held(11, A)])
    assert [one.pk for one in found] == [2, 1]
    assert found[0].reason == "Điểm cầu chưa có lượt nào."
    assert found[1].reason == "Điểm cầu đã có 1 lượt, nay lại đến lượt."


def test_first_timers_before_those_who_have_spoken() -> None:
    found = ordered([ask(1, 10), ask(2, 20), ask(3, 30)], "first_timers", [held(10), held(10), held(20)])
    assert [one.pk for one in found] == [3, 1, 2]
    assert found[1].reason == "Đã phát biểu 2 lần, sau người chưa phát biểu."


def test_a_point_of_order_takes_nobodys_turn() -> None:
    spoken = [held(10, A, 300, "point_of_order")]
    for rule in ("first_timers", "sites_in_turn", "least_time"):
        assert places([ask(1, 10, A), ask(2, 20, B)], rule, spoken) == [1, 2], rule


def test_least_time_counts_the_whole_site() -> None:
    spoken = [held(10, A, 100), held(11, A, 100), held(20, B, 150)]
    found = ordered([ask(1, 12, A), ask(2, 20, B), ask(3, 30, C)], "least_time", spoken)
    assert [one.pk for one in found] == [3, 2, 1]
    assert found[2].reason == "Điểm cầu đã nói 3 phút 20 giây."


def test_who_has_no_site_counts_alone() -> None:
    assert places([ask(1, 10), ask(2, 20)], "least_time", [held(10, None, 60)]) == [2, 1]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_waits_stands_once_and_always_in_the_same_place(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    requests = [
        ask(pk, dice.choice([None, pk]), dice.choice([A, B, C]), dice.choice(RequestKind.values))
        for pk in range(1, dice.randint(1, 30))
    ]
    spoken = [held(dice.randint(1, 30), dice.choice([None, A, B]), dice.randint(0, 900)) for _ in range(20)]
    for rule in QueueRule.values:
        found = ordered(requests, rule, spoken)
        assert sorted(one.pk for one in found) == [one.pk for one in requests]
        assert [one.place for one in found] == list(range(1, len(requests) + 1))
        dice.shuffle(shuffled := list(requests))
        assert ordered(shuffled, rule, spoken) == found, f"seed {seed}, {rule}"
        assert all(one.reason.endswith(".") for one in found)


# --- clock and numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 giây"), (45, "45 giây"), (60, "1 phút"), (250, "4 phút 10 giây"), (3600, "1 giờ"), (3910, "1 giờ 5 phút")],
)  # fmt: skip
def test_lengths_in_words(seconds: int, words: str) -> None:
    assert clock.words(seconds) == words


def test_a_clock_that_runs_back_counts_nothing() -> None:
    assert clock.seconds_between(T0, T0 - dt.timedelta(seconds=5)) == 0


def test_the_programme_is_numbered_in_two_levels() -> None:
    rows = [(7, None), (3, None), (9, 3), (4, 3), (8, None)]
    assert numbered(rows) == {7: "1", 3: "2", 9: "2.1", 4: "2.2", 8: "3"}
    assert in_tree_order(rows) == [7, 3, 9, 4, 8]
    # Parts may come before what they belong to.
    assert numbered([(9, 3), (3, None)]) == {3: "1", 9: "1.1"}


# --- sentences --------------------------------------------------------------------------------------

TRUNG = {
    "who": "Thượng tá Mai Văn Trung",
    "post": "Bí thư Đảng ủy Trung đoàn",
    "site": "Điểm cầu Sư đoàn 901",
}
SITE = {"who": "", "post": "", "site": "Lữ đoàn 902"}
ENDED = {**SITE, "kind": "speak", "seconds": 250}


@pytest.mark.parametrize(
    ("verb", "facts", "told"),
    [
        (Verb.OPEN, {"present": 18, "entitled": 20, "sites": 3}, "Phiên họp khai mạc. Có mặt 18 trên 20 thành viên chính thức, tại 3 điểm cầu."),
        (Verb.OPEN, {"present": 0, "entitled": 0, "sites": 0}, "Phiên họp khai mạc."),
        (Verb.START_ITEM, {"index": "2", "title": "Thảo luận"}, "Bắt đầu nội dung 2: Thảo luận."),
        (Verb.START_ITEM, {"index": "2", "title": "Ai làm?", "ended": ENDED}, "Điểm cầu Lữ đoàn 902 kết thúc phát biểu (4 phút 10 giây). Bắt đầu nội dung 2: Ai làm?"),
        (Verb.PRESENT, {"paper": "Dự thảo báo cáo"}, "Trình chiếu tài liệu «Dự thảo báo cáo»."),
        (Verb.PRESENT, {"paper": ""}, "Trình chiếu tài liệu hạn chế người đọc."),
        (Verb.PAUSE, {"minutes": 15}, "Hội nghị nghỉ giải lao 15 phút."),
        (Verb.PAUSE, {"minutes": None}, "Hội nghị nghỉ giải lao."),
        (Verb.SET_RULE, {"rule": "sites_in_turn", "minutes": 5}, "Thứ tự phát biểu: lần lượt từng điểm cầu; mỗi lượt 5 phút."),
        (Verb.ASK, {**TRUNG, "kind": "speak", "topic": "quân số", "by": ""}, "Đồng chí Thượng tá Mai Văn Trung đăng ký phát biểu: quân số."),
        (Verb.ASK, {**TRUNG, "kind": "answer", "topic": "", "by": "Vũ Thị Báo"}, "Đồng chí Thượng tá Mai Văn Trung đăng ký giải trình (Vũ Thị Báo ghi thay)."),
        (Verb.ASK, {**SITE, "kind": "point_of_order", "topic": ""}, "Điểm cầu Lữ đoàn 902 xin có ý kiến về trình tự."),
        (Verb.GIVE_FLOOR, {**TRUNG, "kind": "speak"}, "Đồng chí Thượng tá Mai Văn Trung, Bí thư Đảng ủy Trung đoàn, phát biểu từ điểm cầu Sư đoàn 901."),
        (Verb.GIVE_FLOOR, {**SITE, "kind": "answer", "passed": ["đồng chí Cao Văn Lữ"], "reason": "hỏi trực tiếp."}, "Điểm cầu Lữ đoàn 902 giải trình. Chủ trì mời trước lượt, vì hỏi trực tiếp; người còn chờ: đồng chí Cao Văn Lữ."),
        (Verb.END_SPEECH, {"ended": {**TRUNG, "seconds": 61}}, "Đồng chí Thượng tá Mai Văn Trung kết thúc phát biểu (1 phút 1 giây)."),
        (Verb.DECLINE, {**TRUNG, "reason": "Hết thời gian"}, "Chủ trì không mời phát biểu: đồng chí Thượng tá Mai Văn Trung. Lý do: Hết thời gian."),
        (Verb.CONTRIBUTE, {**TRUNG, "kind": "shortcoming", "paper": "Dự thảo", "paragraph": 3}, "Đồng chí Thượng tá Mai Văn Trung nêu hạn chế, khuyết điểm về đoạn 3 của «Dự thảo»."),
        (Verb.CONTRIBUTE, {**TRUNG, "kind": "remedy", "restricted": True, "paragraph": 2, "by": "Vũ Thị Báo"}, "Đồng chí Thượng tá Mai Văn Trung đề xuất biện pháp về đoạn 2 của tài liệu hạn chế người đọc (Vũ Thị Báo ghi)."),
        (Verb.OPEN_POLL, {"poll": "Thông qua", "mode": "Phiếu kín điện tử", "summoned": 20, "present": 18, "roll": 18}, "Bỏ phiếu «Thông qua» (phiếu kín điện tử): triệu tập 20, có mặt 18, được bỏ phiếu 18 người."),
        (Verb.CLOSE_POLL, {"poll": "Thông qua", "cast": 17, "roll": 18}, "Đóng bỏ phiếu «Thông qua»: 17 trên 18 người đã bỏ phiếu."),
        (Verb.CLOSE_POLL, {"poll": "Thông qua", "annulled": True}, "Cuộc bỏ phiếu «Thông qua» đã bị hủy."),
        (Verb.CLOSE, {"waiting": 2}, "Phiên họp bế mạc. Còn 2 đăng ký chưa phát biểu."),
    ],
)  # fmt: skip
def test_sentences(verb: Verb, facts: dict[str, object], told: str) -> None:
    assert sentences.sentence(verb, facts) == told


def test_the_words_of_a_contribution_are_added_where_the_reader_may_have_them() -> None:
    facts = {**TRUNG, "kind": "cause"}
    assert sentences.sentence(Verb.CONTRIBUTE, facts, "thiếu kiểm tra.").endswith(
        "nêu nguyên nhân: thiếu kiểm tra."
    )


def test_every_verb_but_the_silent_ones_has_a_sentence() -> None:
    assert set(sentences._TELLING) == set(Verb) - SILENT
    assert all(sentences.sentence(verb, {}) == "" for verb in SILENT)


def test_every_kind_and_rule_has_its_words() -> None:
    assert set(sentences._RULE_WORDS) == set(QueueRule.values)
    assert set(sentences._ASK_WORDS) == set(sentences._SPEAK_WORDS) == set(RequestKind.values)
    assert set(sentences._CONTRIBUTION_WORDS) == set(ContributionKind.values)
