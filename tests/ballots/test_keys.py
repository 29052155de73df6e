"""Khóa hòm phiếu: two together open it, one never; guessing is braked; the key lies nowhere in the clear."""

from __future__ import annotations

from itertools import combinations, permutations
from pathlib import Path

import pytest
from django.core.cache import cache
from nacl.public import PrivateKey
from nacl.pwhash import argon2id

from soi.ballots import counting, envelopes, keys, unlocking
from soi.ballots.enums import PollState
from soi.ballots.models import BoxItem, KeyShare, Poll, Tally, Teller
from soi.base.errors import Conflict, Invalid, NotAllowed
from soi.history.models import Event
from tests.ballots import box, disk
from tests.ballots.remains import everywhere
from tests.factories import Region

pytestmark = pytest.mark.usefixtures("cheap")


# --- the key by itself -----------------------------------------------------------------------------------------


def test_any_two_tellers_open_the_box_and_each_alone_holds_noise() -> None:
    public, private = keys.new_pair()
    words = dict(enumerate(box.WORDS, start=1))
    shares = keys.split(private, words)
    assert len(shares) == 12
    for one, two in combinations(words, 2):
        joined = keys.join(shares, {one: words[one], two: words[two]})
        assert joined == private
        assert keys.fits(public, joined)
    halves = [keys._unsealed(share, words[share.teller]) for share in shares]
    assert len(set(halves)) == 12
    assert private not in halves
    # All the halves of one teller together give nothing either.
    for teller in words:
        mine = [half for half, share in zip(halves, shares, strict=True) if share.teller == teller]
        assert all(keys._xor(a, b) != private for a, b in permutations(mine, 2))


def test_halves_of_two_pairs_do_not_fit_together() -> None:
    _, private = keys.new_pair()
    words = dict(enumerate(box.WORDS[:3], start=1))
    halves = {(s.teller, s.other): keys._unsealed(s, words[s.teller]) for s in keys.split(private, words)}
    assert keys._xor(halves[1, 2], halves[2, 1]) == private
    assert keys._xor(halves[1, 2], halves[2, 3]) != private
    assert keys._xor(halves[1, 3], halves[2, 1]) != private


@pytest.mark.parametrize("wrong", ["", "sông dài cá lộ", "SÔNG DÀI CÁ LỘI", "núi cao chim bay"])
def test_a_wrong_passphrase_names_whose_it_is(wrong: str) -> None:
    shares = keys.split(keys.new_pair()[1], {7: box.WORDS[0], 9: box.WORDS[1]})
    with pytest.raises(keys.WrongPassphrase) as error:
        keys.join(shares, {7: wrong, 9: box.WORDS[1]})
    assert error.value.teller == 7


def test_a_passphrase_is_the_same_however_the_keyboard_wrote_it() -> None:
    """Composed and decomposed Vietnamese letters, and a stray blank."""
    _, private = keys.new_pair()
    shares = keys.split(private, {1: "Tiếng Việt đẹp", 2: box.WORDS[1]})
    assert keys.join(shares, {1: " Tiê\u0301ng  Viê\u0323t đe\u0323p", 2: box.WORDS[1]}) == private


def test_a_later_change_of_the_cost_closes_no_box(monkeypatch: pytest.MonkeyPatch) -> None:
    _, private = keys.new_pair()
    words = {1: box.WORDS[0], 2: box.WORDS[1]}
    shares = keys.split(private, words)
    monkeypatch.setattr(keys, "COST", (argon2id.OPSLIMIT_MIN + 1, argon2id.MEMLIMIT_MIN * 2))
    assert keys.join(shares, words) == private


def test_what_is_sealed_opens_with_its_own_key_only() -> None:
    public, private = keys.new_pair()
    sealed = keys.seal(public, [b"a" * 64, b"a" * 64])
    assert sealed[0] != sealed[1]
    assert keys.unseal(private, sealed) == [b"a" * 64] * 2
    for other, items in [(keys.new_pair()[1], sealed), (private, [sealed[0][:-1] + b"x"])]:
        with pytest.raises(ValueError, match="not sealed to this key"):
            keys.unseal(other, items)


# --- envelopes ---------------------------------------------------------------------------------------------------


def test_every_envelope_is_of_one_length_and_reads_back() -> None:
    for choices in ([], [1], [200], [1, 2, 199], list(range(1, 201))):
        content = envelopes.answer(12, 3, choices)
        assert len(content) == envelopes.SIZE
        assert envelopes.choices_of(content, 12, 3) == choices
    code = envelopes.new_receipt()
    assert len(envelopes.receipt(12, code)) == envelopes.SIZE
    assert envelopes.code_of(envelopes.receipt(12, code), 12) == code


def test_an_envelope_of_another_poll_or_question_is_not_read() -> None:
    content = envelopes.answer(12, 3, [1])
    for poll, question in [(13, 3), (12, 4), (12, 0)]:
        with pytest.raises(ValueError, match="another poll"):
            envelopes.choices_of(content, poll, question)
    with pytest.raises(ValueError, match="another poll"):
        envelopes.code_of(content, 12)


def test_receipts_do_not_repeat_and_can_be_read_aloud() -> None:
    codes = {envelopes.new_receipt() for _ in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) & set("01OIL")
    assert {len(code) for code in codes} == {19}


# --- B9: two tellers, and nobody alone ---------------------------------------------------------------------------


@pytest.fixture
def waiting(region: Region) -> Poll:
    """Closed, with two ballots in the box and three tellers."""
    people = box.people(4)
    poll = box.opened(region.bodies["region"], people, tellers=people[:3])
    box.vote(poll, people[0], {1: [box.YES]})
    box.vote(poll, people[3], {1: [box.NO]})
    return box.closed(poll)


def count(poll: Poll, words: dict[int, str]) -> Poll:
    teller = Teller.objects.filter(poll=poll).order_by("pk")[0]
    return counting.count_poll(actor=box.voter(teller.person), poll=poll, now=box.NOW, passphrases=words)


def test_one_teller_opens_nothing(waiting: Poll) -> None:
    words = box.words_of(waiting)
    one, two, three = words
    stranger = box.draft(waiting.organization, tellers=box.people(2)).tellers.first()
    assert stranger
    for given in (
        {}, {one: words[one]}, {one: words[one], two: " "}, words, {one: words[one], stranger.pk: words[two]},
    ):  # fmt: skip
        with pytest.raises(Invalid, match="đúng hai người"):
            count(waiting, given)
    # The passphrase of one, typed for two.
    with pytest.raises(Invalid, match="không đúng"):
        count(waiting, {one: words[one], two: words[one]})
    assert BoxItem.objects.count() == 4
    assert not Tally.objects.exists()
    assert count(waiting, {two: words[two], three: words[three]}).state == PollState.COUNTED


def test_only_a_teller_of_this_poll_counts(waiting: Poll, region: Region) -> None:
    words = dict(list(box.words_of(waiting).items())[:2])
    with pytest.raises(NotAllowed, match="ban kiểm phiếu"):
        counting.count_poll(
            actor=region.actor("secretary"), poll=waiting, now=box.NOW, passphrases=words
        )  # who knows the words is still no teller


def test_five_wrong_tries_brake_that_teller_for_a_quarter_of_an_hour(waiting: Poll) -> None:
    words = box.words_of(waiting)
    one, two, three = words
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(Invalid, match=f"còn {left} lần thử") as refusal:
            count(waiting, {one: "không phải thế này", two: words[two]})
        assert set(refusal.value.fields) == {str(one)}
        assert "bỏ phiếu lại" in refusal.value.sentence
    for _ in range(7):
        with pytest.raises(Conflict, match="chờ 15 phút"):
            count(waiting, {one: words[one], two: words[two]})
    # The brake is this teller's own: two others open the box meanwhile.
    assert Event.objects.filter(action="ballots.wrong_passphrase").count() == 5
    assert unlocking.BRAKE_SECONDS == 900
    assert count(waiting, {two: words[two], three: words[three]}).state == PollState.COUNTED


def test_the_right_words_take_earlier_wrong_tries_away(waiting: Poll) -> None:
    words = box.words_of(waiting)
    one, two, _ = words
    for _ in range(4):
        with pytest.raises(Invalid):
            count(waiting, {one: "không phải thế này", two: words[two]})
    assert count(waiting, {one: words[one], two: words[two]}).state == PollState.COUNTED
    assert cache.get(unlocking.tries_of(one)) is None


def test_one_teller_cannot_free_the_guesses_at_another_by_failing_himself(waiting: Poll) -> None:
    words = box.words_of(waiting)
    one, two, _ = words
    for _ in range(5):
        with pytest.raises(Invalid):
            count(waiting, {one: words[one], two: "đoán mật khẩu xem"})
        with pytest.raises((Invalid, Conflict)):
            count(waiting, {one: "cố ý gõ sai đây", two: "đoán mật khẩu xem"})
    with pytest.raises(Conflict, match="chờ 15 phút"):
        count(waiting, {one: words[one], two: words[two]})


def test_what_was_tried_stands_in_the_history_without_the_words(waiting: Poll) -> None:
    words = box.words_of(waiting)
    one, two, _ = words
    with pytest.raises(Invalid):
        count(waiting, {one: "một câu sai hẳn", two: words[two]})
    facts = str(Event.objects.get(action="ballots.wrong_passphrase").payload.facts)
    assert "sai hẳn" not in facts
    assert Teller.objects.get(pk=one).person.name in facts


def test_a_lost_key_says_what_can_be_done(waiting: Poll) -> None:
    words = dict(list(box.words_of(waiting).items())[:2])
    with box.unguarded():
        KeyShare.objects.filter(poll=waiting).delete()
    with pytest.raises(Conflict, match=r"hủy cuộc bỏ phiếu.*bỏ phiếu lại"):
        count(waiting, words)
    assert BoxItem.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_the_key_and_the_passphrases_are_nowhere_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    generate = PrivateKey.generate

    def remembered() -> PrivateKey:
        private = generate()
        made.append(bytes(private))
        return private

    monkeypatch.setattr(PrivateKey, "generate", remembered)
    with disk.on_disk(tmp_path) as file:
        people = box.people(3)
        poll = box.opened(box.body(), people)
        needles = {
            "key": made[0], "hex": made[0].hex().encode(), "words": box.WORDS[0].encode(),
            "more words": box.WORDS[1].encode(),
        }  # fmt: skip
        box.vote(poll, people[0], {1: [box.YES]})
        poll = box.closed(poll)
        sealed = {f"share {n}": bytes(row.sealed) for n, row in enumerate(KeyShare.objects.all())}
        there = sealed | {"title": poll.title.encode()}
        assert everywhere(file, needles | there) == set(there), "and the search finds what is there"
        box.counted(poll)
        assert everywhere(file, needles | there) == {"title"}
