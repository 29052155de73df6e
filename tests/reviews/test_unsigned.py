"""Góp ý không ghi tên (P5): an attacker with the whole database, before and after, does not learn who wrote what."""

# ruff: noqa: S311, T201  (seeds are printed, so that a failure can be played again)

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from soi.ballots import keys
from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.history.models import Event
from soi.notices.models import Notice
from soi.reviews import commented, commenting, unsigned
from soi.reviews.comments_left import commenting_left
from soi.reviews.enums import Uptake
from soi.reviews.logic.envelopes import Item
from soi.reviews.models import Asked, CommentRound, Review, RoundKey, SealedComment, UnsignedComment
from tests.ballots import disk
from tests.conftest import NOW, TODAY
from tests.factories import Region, build_region
from tests.reviews.comments import AFTER, OFFICE, asking, closed, paragraph, people, persons, sends
from tests.reviews.cycle import open_year


@pytest.fixture
def names(region: Region) -> list[str]:
    return people(region, 10)


@pytest.fixture
def review(region: Region, names: list[str]) -> Review:
    return open_year(region).review("division")


@pytest.fixture
def round_(region: Region, review: Review, names: list[str]) -> CommentRound:
    return hidden(region, review, names)


def hidden(region: Region, review: Review, names: list[str]) -> CommentRound:
    return asking(region.actor(OFFICE), review, people=persons(region, names), anonymous=True)


def ended(region: Region, round_: CommentRound) -> CommentRound:
    return closed(region.actor(OFFICE, today=AFTER), round_)


# --- few are not many -------------------------------------------------------------------------------


def test_fewer_than_ten_are_not_asked_without_names(region: Region, review: Review, names: list[str]) -> None:
    with pytest.raises(Invalid, match="ít nhất 10"):
        hidden(region, review, names[:9])
    region.users[names[0]].is_active = False
    region.users[names[0]].save()
    with pytest.raises(Invalid, match="có 9 người có tài khoản trong 10"):
        hidden(region, review, names)
    # The same person named twice is one.
    with pytest.raises(Invalid, match="có 9 người"):
        hidden(region, review, [*names[1:], names[1]])
    assert not RoundKey.objects.exists()


def test_bodies_and_paper_do_not_comment_without_names(
    region: Region, review: Review, names: list[str]
) -> None:
    for given in ({"bodies": [region.bodies["regiment"]]}, {"on_paper": ["Hội Phụ nữ"]}):
        with pytest.raises(Invalid, match="chỉ hỏi từng người"):
            asking(region.actor(OFFICE), review, people=persons(region, names), anonymous=True, **given)


def test_four_writers_are_never_opened(region: Region, round_: CommentRound, names: list[str]) -> None:
    for name in names[:4]:
        sends(region, name, round_, f"Ý của {name}", f"Ý thứ hai của {name}")
    # Who agrees adds no writer.
    for name in names[4:]:
        sends(region, name, round_)
    done = ended(region, round_)
    assert done.arrived is None
    assert not UnsignedComment.objects.exists()
    assert not SealedComment.objects.exists()
    assert not RoundKey.objects.exists()
    assert not commenting_left(done.review)


def test_five_writers_are_opened_all_at_once(region: Region, round_: CommentRound, names: list[str]) -> None:
    for name in names[:5]:
        sends(region, name, round_, f"Ý của {name}")
    assert not UnsignedComment.objects.exists()
    done = ended(region, round_)
    assert done.arrived == 5
    assert {one.text for one in commented.unsigned_of(done)} == {f"Ý của {name}" for name in names[:5]}
    assert commenting_left(done.review).unanswered == 5


# --- sending ----------------------------------------------------------------------------------------


def test_it_is_sent_once_by_the_person_asked(region: Region, round_: CommentRound, names: list[str]) -> None:
    sends(region, names[0], round_, "Một ý")
    with pytest.raises(Conflict, match="chỉ gửi một lần"):
        sends(region, names[0], round_, "Ý nữa")
    with pytest.raises(NotFound):
        sends(region, "regiment", round_, "Người ngoài")
    with pytest.raises(NotAllowed):
        unsigned.send(
            actor=region.actor(OFFICE), asked=Asked.objects.filter(round=round_, spent=False)[0], items=[]
        )
    assert SealedComment.objects.count() == 1


def test_what_is_refused_leaves_no_mark(
    region: Region, review: Review, round_: CommentRound, names: list[str]
) -> None:
    foreign = paragraph(review, "Đã bỏ", dropped=True)
    with pytest.raises(Conflict, match="tải lại trang"):
        sends(region, names[0], round_, "Một ý", about=foreign)
    for texts in (("ộ" * 4000, "ộ" * 4000, "ộ" * 4000), (" ",)):
        with pytest.raises(Invalid):
            sends(region, names[0], round_, *texts)
    assert not Asked.objects.filter(spent=True).exists()


def test_by_name_and_without_do_not_mix(
    region: Region, review: Review, round_: CommentRound, names: list[str]
) -> None:
    asked = commented.get_asked(region.actor(names[0]), round_.pk)
    for act in (commenting.comment, commenting.enter_on_paper, commenting.nothing_to_say):
        given: dict[str, Any] = {"actor": region.actor(names[0]), "asked": asked, "now": NOW}
        if act is not commenting.nothing_to_say:
            given["items"] = [Item("Một ý")]
        if act is commenting.enter_on_paper:
            given |= {"actor": region.actor(OFFICE), "paper_on": TODAY}
        with pytest.raises(Conflict, match="không ghi tên"):
            act(**given)  # type: ignore[operator]
    named = asking(region.actor(OFFICE), review, people=persons(region, names[:1]))
    with pytest.raises(Conflict, match="ghi tên"):
        sends(region, names[0], named, "Một ý")


# --- the window -------------------------------------------------------------------------------------


def test_nobody_closes_it_right_behind_one_they_watch(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    for name in names[:6]:
        sends(region, name, round_, "Một ý")
    for day in (TODAY, round_.due_on):
        with pytest.raises(Conflict, match="đóng được từ ngày hôm sau"):
            closed(region.actor(OFFICE, today=day), round_)
    assert ended(region, round_).arrived == 6


def test_while_it_is_open_nobody_sees_who_or_how_many(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    before = _shown(region, round_)
    for name in names[:7]:
        sends(region, name, round_, "Một ý")
    assert _shown(region, round_) == before


def _shown(region: Region, round_: CommentRound) -> list[Any]:
    [one] = commented.rounds_of(region.actor(OFFICE), round_.review)
    asked = [(row.name, row.answered_on, row.nothing_to_say) for row in one.asked.all()]
    return [asked, one.arrived, list(one.unsigned.all()), one.closed_on]


# --- the answer -------------------------------------------------------------------------------------


def test_all_who_were_asked_read_the_answers_the_author_among_them(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    for name in names[:5]:
        sends(region, name, round_, f"Ý của {name}")
    ended(region, round_)
    one = UnsignedComment.objects.select_related("round__review__organization").get(text=f"Ý của {names[0]}")
    office = region.actor(OFFICE)
    commenting.answer(actor=office, comment=one, uptake=Uptake.PARTLY, reason="Sẽ nói rõ hơn.", now=NOW)
    for name in names:
        asked = commented.get_asked(region.actor(name), round_.pk)
        read = {row.text: row.reason for row in commented.unsigned_of(asked.round)}
        assert read[f"Ý của {names[0]}"] == "Sẽ nói rõ hơn."
        assert commented.said_by(asked) == []


# --- the attacker -----------------------------------------------------------------------------------


def test_the_history_and_the_notices_know_nothing_of_a_sending(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    events, notices = Event.objects.count(), Notice.objects.count()
    for name in names:
        sends(region, name, round_, "Lời chỉ người viết biết")
    assert (Event.objects.count(), Notice.objects.count()) == (events, notices)
    ended(region, round_)
    [event] = Event.objects.filter(action="reviews.close_comments")
    assert event.payload.facts["arrived"] == 10
    assert not {"people", "names", "text", "asked"} & set(event.payload.facts)
    assert not any("Lời chỉ" in str(one.payload.facts) for one in Event.objects.select_related("payload"))


def test_every_envelope_is_of_one_size(region: Region, round_: CommentRound, names: list[str]) -> None:
    sends(region, names[0], round_)
    sends(region, names[1], round_, "a")
    sends(region, names[2], round_, "Một ý rất dài. " * 200)
    assert len({len(bytes(one.sealed)) for one in SealedComment.objects.all()}) == 1


def test_while_it_is_open_the_words_are_nowhere_in_the_database(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    sends(region, names[0], round_, "CANARY-mot-loi-rieng")
    assert "CANARY" not in _everything()


def test_the_database_alone_does_not_open_an_envelope(
    region: Region, round_: CommentRound, names: list[str], settings: Any
) -> None:
    sends(region, names[0], round_, "Một ý")
    settings.SECRET_KEY = "another-" * 10
    with pytest.raises(Conflict, match="Khóa bí mật của máy chủ đã đổi"):
        ended(region, round_)
    assert SealedComment.objects.count() == 1
    assert CommentRound.objects.get(pk=round_.pk).closed_on is None


def _everything() -> str:
    rows = [row for model in apps.get_models() for row in model._default_manager.values_list()]
    return str([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in rows])


def test_no_table_holds_a_person_a_time_or_an_order_beside_the_words() -> None:
    for model in (SealedComment, UnsignedComment):
        kinds = {field.name: field.get_internal_type() for field in model._meta.concrete_fields}
        assert kinds["id"] == "CharField"  # random, no sequence
        told = {name for name, kind in kinds.items() if kind in ("DateTimeField", "DateField", "TimeField")}
        assert told <= {"answered_at"}
        assert {field.name for field in model._meta.concrete_fields if field.is_relation} <= {
            "round", "paragraph", "finding",
        }  # fmt: skip


def test_the_roll_is_written_anew_without_marks(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    before = set(round_.asked.values_list("pk", flat=True))
    for name in names[:6]:
        sends(region, name, round_, "Một ý")
    ended(region, round_)
    rows = list(Asked.objects.filter(round=round_))
    assert not before & {row.pk for row in rows}
    assert {row.person_id for row in rows} == {region.people[name].pk for name in names}
    assert not any(row.spent or row.answered_on for row in rows)


def test_the_order_of_rows_guesses_no_better_than_chance(
    region: Region, review: Review, names: list[str]
) -> None:
    """Twenty rounds of ten: the n-th row of the roll, or of the words, belongs to the n-th sender by chance alone."""
    seed = random.randrange(10**6)
    print("seed", seed)
    dice, hits = random.Random(seed), {"keys": 0, "places": 0, "roll": 0}
    for _ in range(20):
        round_ = hidden(region, review, names)
        senders = dice.sample(names, 10)
        for name in senders:
            sends(region, name, round_, f"Ý của {name}")
        ended(region, round_)
        words = [f"Ý của {name}" for name in senders]
        by_key = list(
            UnsignedComment.objects.filter(round=round_).order_by("id").values_list("text", flat=True)
        )
        by_place = _in_place(round_)
        roll = [row.name for row in Asked.objects.filter(round=round_).order_by("pk")]
        called = [f"Người {name}" for name in senders]
        for kind, found, true in (
            ("keys", by_key, words),
            ("places", by_place, words),
            ("roll", roll, called),
        ):
            hits[kind] += sum(one == other for one, other in zip(found, true, strict=True))
    # Chance is one hit a round: 20, with a deviation of about 4.5; four deviations are left.
    assert all(number <= 20 + 18 for number in hits.values()), hits


def _in_place(round_: CommentRound) -> list[str]:
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT text FROM reviews_unsignedcomment WHERE round_id = %s ORDER BY {place}",  # noqa: S608
            [round_.pk],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite rows carry no transaction number")
@pytest.mark.django_db(transaction=True)
def test_transaction_numbers_link_nothing(tmp_path: Path) -> None:
    with disk.on_disk(tmp_path):
        region = build_region(NOW)
        names = people(region, 10)
        round_ = hidden(region, open_year(region).review("division"), names)
        for name in names:
            sends(region, name, round_, f"Ý của {name}")
        # What an attacker links while it is open is an envelope, and its key goes.
        assert _linked("reviews_sealedcomment") == 10
        ended(region, round_)
        assert _distinct("reviews_unsignedcomment") == 1
        # All of one transaction: each row links to each, which says nothing.
        assert _linked("reviews_unsignedcomment") in (0, 100)


def _linked(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM reviews_asked a JOIN {table} t ON a.xmin::text = t.xmin::text"  # noqa: S608
        )
        return int(cursor.fetchone()[0])


def _distinct(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(DISTINCT xmin::text) FROM {table}")  # noqa: S608
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_after_the_commit_the_disk_holds_no_envelope_and_no_key(tmp_path: Path) -> None:
    with disk.on_disk(tmp_path) as file:
        region = build_region(NOW)
        names = people(region, 10)
        round_ = hidden(region, open_year(region).review("division"), names)
        for name in names:
            sends(region, name, round_, f"Ý của {name}")
        needles = [bytes(one.sealed)[:40] for one in SealedComment.objects.all()]
        needles.append(bytes(RoundKey.objects.get().sealed))
        ended(region, round_)
        assert CommentRound.objects.get(pk=round_.pk).traces_since is None
        hay = _bytes_on_disk(file)
        assert not [needle for needle in needles if any(needle in one for one in hay)]


def _bytes_on_disk(file: Path | None) -> list[bytes]:
    if file:
        return [path.read_bytes() for path in sorted(file.parent.rglob("*")) if path.is_file()]
    pages = []
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for name in ("reviews_sealedcomment", "reviews_roundkey", "reviews_asked"):
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s::regclass))", [name])
            pages.append(bytes(cursor.fetchone()[0]))
    return pages


def test_what_could_not_be_rewritten_is_owed(
    region: Region, round_: CommentRound, names: list[str], monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    def busy(_tables: object) -> None:
        raise DatabaseError("busy")

    monkeypatch.setattr(unsigned, "rewrite", busy)
    with django_capture_on_commit_callbacks(execute=True):
        ended(region, round_)
    assert not unsigned.forget_what_is_owed()
    monkeypatch.setattr(unsigned, "rewrite", lambda _tables: None)
    assert unsigned.forget_what_is_owed()
    assert not commented.with_traces().exists()


# --- other doors ------------------------------------------------------------------------------------


def test_the_database_refuses_what_no_door_does(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    sends(region, names[0], round_, "Một ý")
    sealed = SealedComment.objects.get()
    spent = Asked.objects.get(spent=True)
    for change in (
        lambda: SealedComment.objects.all().delete(),
        lambda: SealedComment.objects.filter(pk=sealed.pk).update(sealed=b"x"),
        lambda: RoundKey.objects.all().delete(),
        lambda: RoundKey.objects.update(sealed=b"x"),
        lambda: Asked.objects.filter(pk=spent.pk).update(spent=False),
        lambda: Asked.objects.filter(pk=spent.pk).delete(),
        lambda: Asked.objects.filter(pk=spent.pk).update(answered_on=TODAY),
        lambda: UnsignedComment.objects.create(id="a" * 32, round=round_, text="Bịa"),
        lambda: CommentRound.objects.filter(pk=round_.pk).update(anonymous=False, public_key=""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    for name in names[1:6]:
        sends(region, name, round_, "Một ý nữa")
    ended(region, round_)
    one = UnsignedComment.objects.first()
    assert one is not None
    for change in (
        lambda: UnsignedComment.objects.filter(pk=one.pk).update(text="Bịa"),
        lambda: UnsignedComment.objects.filter(pk=one.pk).delete(),
        lambda: UnsignedComment.objects.create(id="b" * 32, round=round_, text="Bịa"),
        lambda: Asked.objects.filter(round=round_).delete(),
        lambda: Asked.objects.filter(round=round_).update(spent=True),
        lambda: SealedComment.objects.create(id="c" * 32, round=round_, sealed=b"x"),
        lambda: CommentRound.objects.filter(pk=round_.pk).update(closed_on=None),
        lambda: RoundKey.objects.create(round=round_, sealed=b"x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_foreign_envelope_stops_the_opening(region: Region, round_: CommentRound) -> None:
    public, _private = keys.new_pair()
    [sealed] = keys.seal(public, [b"[]"])
    SealedComment.objects.create(id="d" * 32, round=round_, sealed=sealed)
    with pytest.raises(Conflict, match="không thuộc đợt này"):
        ended(region, round_)


def test_no_module_offers_to_find_an_author() -> None:
    found = {
        name
        for module in (unsigned, commented, commenting)
        for name in vars(module)
        if any(word in name.lower() for word in ("author_of", "sender", "unmask", "who_wrote", "identify"))
    }
    assert not found


def test_the_day_is_all_that_is_known_of_the_time(
    region: Region, round_: CommentRound, names: list[str]
) -> None:
    for name in names[:5]:
        sends(region, name, round_, "Một ý")
    done = ended(region, round_)
    one = commented.unsigned_of(done)[0]
    assert one.answered_at is None
    assert type(done.closed_on) is dt.date
