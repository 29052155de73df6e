"""Trang bỏ phiếu: played by following the pages; small bodies without numbers; a vote costs little."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.ballots import actions, casting
from soi.ballots.enums import Denominator, Majority, Mode, PollState, QuestionKind
from soi.ballots.models import BoxItem, Poll, RollEntry
from tests.ballots.rows import LEVELS, VOTERS, Asked, brought_to, counted, draft
from tests.factories import Region

pytestmark = pytest.mark.django_db

WORDS = {"press": "mot hai ba bon", "inspector": "nam sau bay tam"}


def sign_in(region: Region, username: str) -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def form(**changes: Any) -> dict[str, Any]:
    data = {
        "title": "Thông qua nghị quyết năm", "kind": "yes_no", "statements": "", "levels": "\n".join(LEVELS),
        "seats": "1", "mode": "secret", "majority": "half", "denominator": "summoned",
        "min_body_for_numbers": "5",
    }  # fmt: skip
    return data | changes


def drafted(region: Region, **changes: Any) -> Poll:
    body = region.bodies["region"].pk
    answer = sign_in(region, "clerk").post(reverse("poll_new"), form(organization=body, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return Poll.objects.get()


# --- a new poll in plain words ---------------------------------------------------------------------------


def test_agree_or_not_takes_the_title_or_a_line_each(region: Region) -> None:
    poll = drafted(region)
    assert [question.text for question in poll.questions.all()] == ["Thông qua nghị quyết năm"]
    assert [one.label for one in poll.questions.get().options.all()] == ["Đồng ý", "Không đồng ý"]


def test_a_pasted_list_becomes_a_line_each(region: Region) -> None:
    poll = drafted(region, kind="levels", rated="1. Đảng ủy Sư đoàn 901\n\n- Đồng chí An\n  Đồng chí Bình ")
    questions = list(poll.questions.all())
    assert [question.text for question in questions] == [
        "Đảng ủy Sư đoàn 901", "Đồng chí An", "Đồng chí Bình",
    ]  # fmt: skip
    assert all(question.kind == QuestionKind.LEVELS for question in questions)
    assert tuple(one.label for one in questions[2].options.all()) == LEVELS


def test_an_election_and_another_opinion(region: Region) -> None:
    poll = drafted(region, kind="elect", candidates="An\nBình\nCần", seats="2")
    assert (poll.questions.get().seats, poll.questions.get().options.count()) == (2, 3)
    edit = form(other="on", statements="Một\nHai", version=str(poll.version))
    sign_in(region, "clerk").post(reverse("poll_edit", args=[poll.pk]), edit)
    assert [one.label for one in poll.questions.first().options.all()][-1] == "Ý kiến khác"
    assert poll.questions.count() == 2


def test_what_a_kind_needs_is_asked_for(region: Region) -> None:
    body = region.bodies["region"].pk
    for kind, name in (("levels", "rated"), ("elect", "candidates")):
        answer = sign_in(region, "clerk").post(reverse("poll_new"), form(organization=body, kind=kind))
        assert answer.status_code == 422
        assert f'id="id_{name}_error"' in answer.text or "Mục này không được để trống." in answer.text
    assert not Poll.objects.exists()


def test_the_edit_form_shows_what_is_there(region: Region) -> None:
    poll = drafted(region, kind="elect", candidates="An\nBình", seats="1")
    page = sign_in(region, "clerk").get(reverse("poll_edit", args=[poll.pk])).text
    assert "An\nBình" in page
    stale = sign_in(region, "clerk").post(reverse("poll_edit", args=[poll.pk]), form(version="0"))
    assert stale.status_code == 409


# --- a secret ballot from the draft to the record, by the pages alone --------------------------------------


def test_a_secret_ballot_by_the_pages(region: Region) -> None:
    poll = drafted(region)
    clerk = sign_in(region, "clerk")
    assert reverse("poll_tellers", args=[poll.pk]) in page_of(clerk, poll)
    people = region.people
    clerk.post(
        reverse("poll_tellers", args=[poll.pk]),
        {"head": people["press"].pk, "people": [people["inspector"].pk]},
    )
    opened = clerk.post(reverse("poll_opening", args=[poll.pk]), opening(region, poll, VOTERS[:6]))
    assert opened.status_code == 302, opened.text
    for key in VOTERS[:6]:
        assert vote(region, key, poll, {"q1": "1"}).status_code == 200
    assert "6</span> / 6" in page_of(clerk, poll)
    assert "ket-qua" not in page_of(clerk, poll)
    clerk.post(reverse("poll_closing", args=[poll.pk]))
    teller = sign_in(region, "press")
    assert "6 phiếu trong hòm" in teller.get(reverse("poll_counting", args=[poll.pk])).text
    assert teller.post(reverse("poll_counting", args=[poll.pk]), words(poll)).status_code == 302
    assert "Được thông qua" in page_of(teller, poll)
    assert "ket-qua" not in page_of(sign_in(region, "division"), poll)
    clerk.post(reverse("poll_publication", args=[poll.pk]))
    shown = page_of(sign_in(region, "division"), poll)
    assert "Được thông qua" in shown
    assert "Thu về 6 trên 6 phiếu; 6 hợp lệ, 0 không hợp lệ." in shown
    assert "6 mã phiếu đã mở" in shown


def page_of(client: Client, poll: Poll) -> str:
    return client.get(reverse("poll_detail", args=[poll.pk])).text


def words(poll: Poll) -> dict[str, str]:
    by_name = {"Vũ Thị Báo": WORDS["press"], "Ngô Văn Kiểm": WORDS["inspector"]}
    return {str(teller.pk): by_name[str(teller.person)] for teller in poll.tellers.all()}


def opening(region: Region, poll: Poll, voters: tuple[str, ...]) -> dict[str, Any]:
    members = set(map(str, (region.people[key].pk for key in ("secretary", "clerk", "inspector", "press"))))
    chosen = [str(region.people[key].pk) for key in voters]
    return {
        "members": [pk for pk in chosen if pk in members],
        "others": [pk for pk in chosen if pk not in members],
        "summoned": str(len(voters)), "present": str(len(voters)), **words(poll),
    }  # fmt: skip


def vote(region: Region, key: str, poll: Poll, answers: dict[str, Any]) -> Any:
    client = sign_in(region, key)
    return client.post(reverse("poll_voting", args=[poll.pk]), {"step": "cast", **answers})


def test_short_passphrases_are_named_beside_their_field(region: Region) -> None:
    poll = draft(region)
    data = opening(region, poll, VOTERS[:3])
    first = poll.tellers.first()
    data[str(first.pk)] = "ngan"
    answer = sign_in(region, "clerk").post(reverse("poll_opening", args=[poll.pk]), data)
    assert answer.status_code == 422
    assert f'href="#id_{first.pk}"' in answer.text
    # A passphrase never comes back in a page.
    assert WORDS["inspector"] not in answer.text


# --- the ballot --------------------------------------------------------------------------------------------


def open_secret(region: Region, *asked: Asked, voters: int = 6) -> Poll:
    """Opened for good, with a real key: ballots can be sealed."""
    poll = draft(region, *asked, voters=voters)
    roll = list(poll.roll.values_list("person_id", flat=True))
    poll.roll.all().delete()
    tellers = {teller.pk: f"mat khau so {teller.pk}" for teller in poll.tellers.all()}
    return actions.open_poll(
        actor=region.actor("clerk"), poll=poll, roll=roll, summoned=voters, present=voters, now=region.now,
        passphrases=tellers,
    )  # fmt: skip


def test_the_ballot_names_its_mode_and_warns_a_small_body(region: Region) -> None:
    small = open_secret(region, voters=3)
    page = sign_in(region, "clerk").get(reverse("poll_voting", args=[small.pk])).text
    assert "Phiếu kín điện tử" in page
    assert "Danh sách chỉ có 3 người" in page
    large = open_secret(region, voters=6)
    assert (
        "Danh sách chỉ có" not in sign_in(region, "clerk").get(reverse("poll_voting", args=[large.pk])).text
    )


def test_without_javascript_the_ballot_is_looked_over_first(region: Region) -> None:
    poll = open_secret(region)
    client, url = sign_in(region, "clerk"), reverse("poll_voting", args=[poll.pk])
    looked = client.post(url, {"step": "review", "q1": "2"})
    assert "Không đồng ý" in looked.text
    assert not RollEntry.objects.filter(cast=True).exists()
    back = client.post(url, {"step": "back", "q1": "2"})
    assert 'value="2" checked' in back.text
    done = client.post(url, {"step": "cast", "q1": "2"})
    assert done.status_code == 200
    assert "Phiếu của đồng chí đã được ghi nhận." in done.text
    assert done.text.count("<output>") == 1


def test_the_receipt_is_shown_once_and_a_second_vote_is_refused(region: Region) -> None:
    poll = open_secret(region)
    receipt = vote(region, "clerk", poll, {"q1": "1"}).text.split("<output>")[1].split("</output>")[0]
    again = vote(region, "clerk", poll, {"q1": "2"})
    assert again.status_code == 409
    assert casting.DONE_ALREADY in again.text
    for page in (again.text, page_of(sign_in(region, "clerk"), poll)):
        assert receipt not in page
    assert "đã được ghi nhận" in sign_in(region, "clerk").get(reverse("poll_voting", args=[poll.pk])).text


def test_too_many_marks_keep_the_ballot_and_say_so(region: Region) -> None:
    asked = Asked(QuestionKind.ELECT, "Bầu hai người", ("An", "Bình", "Cần"), 2)
    poll = open_secret(region, asked)
    answer = vote(region, "clerk", poll, {"q1": ["1", "2", "3"]})
    assert answer.status_code == 422
    assert "nhiều nhất 2 phương án" in answer.text
    assert answer.text.count(" checked") == 3
    assert not BoxItem.objects.exists()


@pytest.mark.parametrize("mark", ["9", "x", "-1", "99999999999999999999"])
def test_what_no_ballot_has_is_refused(region: Region, mark: str) -> None:
    assert vote(region, "clerk", open_secret(region), {"q1": mark}).status_code == 422


def test_a_blank_ballot_may_be_cast(region: Region) -> None:
    assert vote(region, "clerk", open_secret(region), {}).status_code == 200


def test_who_is_not_on_the_roll_does_not_vote(region: Region) -> None:
    poll = open_secret(region, voters=3)
    assert vote(region, "brigade", poll, {"q1": "1"}).status_code == 404
    assert vote(region, "secretary", poll, {"q1": "1"}).status_code == 200
    assert vote(region, "divisionclerk", poll, {"q1": "1"}).status_code == 404


def test_nothing_of_a_ballot_lies_in_the_session_or_the_address(region: Region) -> None:
    poll = open_secret(region)
    client = sign_in(region, "clerk")
    client.post(reverse("poll_voting", args=[poll.pk]), {"step": "review", "q1": "2"})
    answer = client.post(reverse("poll_voting", args=[poll.pk]), {"step": "cast", "q1": "2"})
    assert set(client.session.keys()) <= {
        "_auth_user_id", "_auth_user_backend", "_auth_user_hash", "started", "seen",
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"


def test_casting_costs_the_same_whatever_the_roll(region: Region) -> None:
    """Session, account, rights, the poll, its options, one mark, one insert: and no roll is read."""
    costs = []
    for voters in (6, 9):
        poll = open_secret(region, voters=voters)
        client = sign_in(region, "clerk")
        client.get(reverse("poll_explained"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.post(reverse("poll_voting", args=[poll.pk]), {"step": "cast", "q1": "1"})
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 11, [query["sql"][:150] for query in asked]


# --- paper -------------------------------------------------------------------------------------------------


def paper(poll: Poll, **changes: str) -> dict[str, str]:
    return {"issued": "6", "returned": "6", "valid_1": "5", "votes_1_1": "4", "votes_1_2": "1"} | changes


def test_two_tellers_enter_paper_counts(region: Region) -> None:
    poll = brought_to(draft(region, mode=Mode.PAPER, voters=6), PollState.CLOSED, region)
    url = reverse("poll_paper", args=[poll.pk])
    assert sign_in(region, "press").post(url, paper(poll)).status_code == 302
    other = sign_in(region, "inspector")
    assert 'value="4"' not in other.get(url).text
    differs = other.post(url, paper(poll, votes_1_1="3", votes_1_2="2"))
    assert differs.status_code == 409
    assert "số phiếu của «Đồng ý»" in differs.text
    assert other.post(url, paper(poll)).status_code == 302
    assert "trùng nhau" in page_of(other, poll)
    assert "Được thông qua" in page_of(other, poll)


def test_a_scan_is_kept(region: Region) -> None:
    poll = brought_to(draft(region, mode=Mode.PAPER, voters=6), PollState.CLOSED, region)
    scan = io.BytesIO(b"%PDF-1.4 anh chup")
    scan.name = "kiem-phieu.pdf"
    sign_in(region, "inspector").post(reverse("poll_paper", args=[poll.pk]), {**paper(poll), "scan": scan})
    assert poll.paper_counts.get().scan.original_name == "kiem-phieu.pdf"


# --- small bodies (B8) ---------------------------------------------------------------------------------------

MARK = "Phương án"


@pytest.mark.parametrize("mode", [Mode.SECRET, Mode.PAPER])
@pytest.mark.parametrize("voters", range(1, 7))
def test_pages_of_a_small_body_are_alike_whatever_the_split(region: Region, mode: Mode, voters: int) -> None:
    """Every split behind one outcome gives the same page, for everybody, the numbers nowhere in it."""
    seen: dict[bool, set[str]] = {True: set(), False: set()}
    for yes in range(voters + 1):
        asked = Asked(votes={1: yes, 2: voters - yes})
        poll = counted(region, asked, mode=mode, voters=voters)
        for key in ("clerk", "press", "secretary"):
            page = page_of(sign_in(region, key), poll)
            result = page[page.index('id="ket-qua"') : page.index("<aside")]
            seen[2 * yes > voters].add(key + anonymous(result, poll))
            assert ("poll-bars" in result) is (voters >= 5)
    if voters < 5:
        assert all(len(pages) <= 3 for pages in seen.values())


def anonymous(page: str, poll: Poll) -> str:
    """The page without the number of the poll in its addresses."""
    return page.replace(f"/{poll.pk}/", "/0/")


@pytest.mark.parametrize("voters", [3, 6])
def test_the_record_alone_has_the_numbers_and_the_tellers_alone_have_it(region: Region, voters: int) -> None:
    poll = counted(region, Asked(votes={1: voters - 1, 2: 1}), voters=voters)
    url = reverse("poll_record_docx", args=[poll.pk])
    answer = sign_in(region, "press").get(url)
    table = docx.Document(io.BytesIO(answer.content)).tables[1]
    assert [cell.text for cell in table.rows[1].cells][1:3] == ["Đồng ý", str(voters - 1)]
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert poll.frozen_hash in text
    assert ("chỉ ghi trong biên bản này" in text) is (voters < 5)
    for key, status in (("clerk", 403), ("secretary", 403), ("brigade", 404)):
        assert sign_in(region, key).get(url).status_code == status


# --- results ------------------------------------------------------------------------------------------------


def test_a_vote_by_name_tells_the_names(region: Region) -> None:
    poll = draft(region, mode=Mode.OPEN, voters=0)
    roll = [region.people[key].pk for key in VOTERS[:3]]
    poll = actions.open_poll(
        actor=region.actor("clerk"), poll=poll, roll=roll, summoned=3, present=3, now=region.now
    )
    assert "Biểu quyết công khai" in sign_in(region, "clerk").get(reverse("poll_voting", args=[poll.pk])).text
    vote(region, "clerk", poll, {"q1": "1"})
    vote(region, "secretary", poll, {"q1": "2"})
    clerk = sign_in(region, "clerk")
    for name in ("poll_closing", "poll_counting", "poll_publication"):
        assert clerk.post(reverse(name, args=[poll.pk])).status_code == 302
    page = page_of(clerk, poll)
    assert "Đỗ Thị Mẫu" in page
    assert "Ai đã chọn" in page


def test_a_rating_is_one_table(region: Region) -> None:
    lines = [
        Asked(QuestionKind.LEVELS, f"Đồng chí {name}", LEVELS, votes={1: 4, 2: 2}) for name in ("An", "Bình")
    ]
    page = page_of(sign_in(region, "clerk"), counted(region, *lines, voters=6))
    assert page.count("<table") == 1
    assert page.count("Hoàn thành xuất sắc nhiệm vụ</span>") == 2


def test_the_next_round_takes_what_was_left_open(region: Region) -> None:
    asked = Asked(QuestionKind.ELECT, "Bầu", ("An", "Bình", "Cần"), 2, {1: 6, 2: 3, 3: 3})
    poll = counted(region, asked, voters=6)
    page = sign_in(region, "clerk").get(reverse("poll_new"), {"vong": poll.pk}).text
    assert "Bình\nCần</textarea>" in page
    data = form(
        organization=poll.organization_id, kind="elect", candidates="Bình\nCần", vong=str(poll.pk),
        mode="secret",
    )  # fmt: skip
    sign_in(region, "clerk").post(reverse("poll_new"), data)
    second = Poll.objects.get(earlier=poll)
    assert (second.round, second.questions.get().options.count()) == (2, 2)


def test_a_poll_is_annulled_with_a_reason(region: Region) -> None:
    poll = open_secret(region)
    clerk = sign_in(region, "clerk")
    assert clerk.post(reverse("poll_annulment", args=[poll.pk]), {"reason": " "}).status_code == 422
    clerk.post(reverse("poll_annulment", args=[poll.pk]), {"reason": "Nhầm danh sách"})
    assert "Nhầm danh sách" in page_of(clerk, poll)
    assert not BoxItem.objects.exists()


def test_the_list_costs_the_same_for_one_and_three(region: Region) -> None:
    client, url = sign_in(region, "clerk"), reverse("poll_list")
    client.get(url)
    costs = []
    for _number in (1, 3):
        while Poll.objects.count() < _number:
            drafted_again(region)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 8


def drafted_again(region: Region) -> None:
    actions.draft_poll(
        actor=region.system, organization=region.bodies["region"], title="Biểu quyết", mode=Mode.OPEN,
        questions=[actions.NewQuestion(QuestionKind.YES_NO, "Thông qua")], now=region.now,
        denominator=Denominator.PRESENT, majority=Majority.HALF,
    )  # fmt: skip


def test_the_page_that_explains_says_what_is_not_protected(region: Region) -> None:
    page = sign_in(region, "member").get(reverse("poll_explained")).text
    for words_ in ("sửa chương trình", "Hai người kiểm phiếu cấu kết", "nhìn qua vai", "Không bảo vệ được"):
        assert words_ in page


def test_my_work_shows_what_waits_for_my_vote_and_my_count(region: Region) -> None:
    poll = open_secret(region)
    client = sign_in(region, "secretary")
    assert reverse("poll_voting", args=[poll.pk]) in client.get(reverse("my_work")).text
    vote(region, "secretary", poll, {"q1": "1"})
    assert reverse("poll_voting", args=[poll.pk]) not in client.get(reverse("my_work")).text
    teller = sign_in(region, "press")
    assert "Chờ kiểm phiếu" not in teller.get(reverse("my_work")).text
    sign_in(region, "clerk").post(reverse("poll_closing", args=[poll.pk]))
    assert "Chờ kiểm phiếu" in teller.get(reverse("my_work")).text


def test_the_administrator_reads_that_traces_are_owed_and_not_of_which_ballot(region: Region) -> None:
    client = sign_in(region, "admin")
    url = reverse("account_list")
    assert "Bỏ phiếu kín" not in client.get(url).text
    poll = open_secret(region)
    actions.annul_poll(
        actor=region.actor("clerk"), poll=poll, reason="Sai danh sách triệu tập", now=region.now
    )
    page = client.get(url).text
    assert "Bỏ phiếu kín: 1 lần kiểm hoặc hủy phiếu xong từ" in page
    assert poll.title not in page
    assert "Sai danh sách" not in page
