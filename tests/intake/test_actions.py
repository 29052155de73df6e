"""The draft: nothing reaches the register before it is confirmed, and then everything or nothing does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps

from soi.base.errors import Conflict, Invalid, NotAllowed, NotFound
from soi.conferences.models import Attendance, CommonCause, Conference
from soi.findings.models import Finding
from soi.history.models import Event
from soi.intake import actions
from soi.intake.enums import DraftState, PersonChoice, PostAction, ProposalKind, ProposalState
from soi.intake.models import Draft, Proposal
from soi.org.models import Membership, Person, Post
from tests.factories import Region
from tests.intake.conftest import card, propose, receive
from tests.intake.texts import APRIL

GENERAL = "Lý Quang Thử"


def register_counts() -> dict[str, int]:
    """Rows of every table that a confirmed draft may write to."""
    rooms = ("org", "findings", "conferences")
    models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: model._default_manager.count() for model in models}


def edit(region: Region, row: Proposal, username: str = "clerk", **fields: Any) -> Proposal:
    version = Draft.objects.get(pk=row.draft_id).version
    return actions.edit_card(
        actor=region.actor(username), proposal=row, fields=fields, expected_version=version, now=region.now
    )


def accept_all(region: Region, draft: Draft, username: str = "clerk") -> actions.Tally:
    return actions.accept_all_pending(actor=region.actor(username), draft=draft, now=region.now)


def confirm(region: Region, draft: Draft, username: str = "clerk") -> Conference:
    return actions.confirm_draft(actor=region.actor(username), draft=draft, now=region.now)


@pytest.fixture
def draft(army: Region) -> Draft:
    return propose(army)


def test_every_card_points_at_the_words_it_came_from(army: Region, draft: Draft) -> None:
    text = draft.source.text
    finding = card(draft, "finding", "Sư đoàn 901")
    assert text[finding.start : finding.end].lower() == finding.data["statement"].lower()
    person = card(draft, "person", GENERAL)
    assert text[person.start : person.end] == GENERAL
    assert all(row.start is not None for row in draft.proposals.exclude(kind="article"))
    assert finding.data["units"] == [{"text": "Sư đoàn 901", "organization": army.bodies["division"].pk}]
    conference = card(draft, "conference")
    assert conference.data["organization"] == army.bodies["command"].pk
    assert conference.data["date_start"] == "2021-04-07"


def test_the_safest_is_preselected(army: Region, draft: Draft) -> None:
    known = card(draft, "person", "Ngô Văn Kiểm").data
    assert (known["choice"], known["person"]) == ("existing", army.people["inspector"].pk)
    assert [line["action"] for line in known["posts"]] == ["as_held"]
    unknown = card(draft, "person", GENERAL).data
    assert (unknown["choice"], unknown["person"], unknown["candidates"]) == ("undecided", None, [])
    assert {line["action"] for line in unknown["posts"]} == {"text_only"}


def test_nothing_is_written_before_confirmation(army: Region) -> None:
    before = register_counts()
    draft = propose(army)
    clerk, now = army.actor("clerk"), army.now
    general = card(draft, "person", GENERAL)
    edit(army, general, choice="new", posts=[{**line, "action": "record"} for line in general.data["posts"]])
    actions.accept_card(actor=clerk, proposal=card(draft, "finding"), now=now)
    actions.drop_card(actor=clerk, proposal=card(draft, "direction"), now=now)
    actions.reset_card(actor=clerk, proposal=general, expected_version=2, now=now)
    accept_all(army, draft)
    actions.discard_draft(actor=clerk, draft=draft, reason="Văn bản thử", now=now)
    assert register_counts() == before


def test_confirming_writes_all_of_it_once(army: Region, draft: Draft) -> None:
    edit(army, card(draft, "person", GENERAL), choice="new")
    assert accept_all(army, draft).left == 0
    conference = confirm(army, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.conference, draft.decided_by) == (
        DraftState.CONFIRMED,
        conference,
        "Đỗ Thị Mẫu",
    )
    assert (conference.organization, conference.date_start) == (army.bodies["command"], dt.date(2021, 4, 7))
    finding = Finding.objects.get(statement__contains="Sư đoàn 901")
    assert finding.passage is not None
    assert finding.passage.text.lower() == finding.statement.lower()
    assert {body.organization for body in finding.bodies.all()} == {
        army.bodies["command"], army.bodies["division"],
    }  # fmt: skip
    general = Attendance.objects.get(person__name=GENERAL)
    assert (general.rank, general.posts) == ("Trung tướng", "Bí thư Đảng ủy, Chính ủy Quân khu")
    assert "chair" in [held.role for held in general.roles.all()]
    assert conference.conclusions.count() == 2
    assert conference.cited_documents.get().number == "12-CT/ĐU"
    assert conference.sources.get().author == "HẢI MẪU"
    written = Event.objects.exclude(action__startswith="intake.").filter(via="intake")
    assert {event.action for event in written} >= {
        "conferences.record",
        "findings.record_finding",
        "org.add_person",
    }
    with pytest.raises(actions.DraftClosed, match="đã được ghi vào sổ") as refusal:
        confirm(army, draft)
    assert refusal.value.draft.conference == conference
    assert Conference.objects.count() == 1


def test_a_waiting_or_lacking_card_stops_the_confirmation_by_name(army: Region, draft: Draft) -> None:
    with pytest.raises(Conflict, match=r"\d+ mục chưa xem và 1 mục chưa đủ thông tin.*Hội nghị «") as refusal:
        confirm(army, draft)
    assert accept_all(army, draft).left == 1
    with pytest.raises(
        Conflict, match=f"còn 1 mục chưa xem và 1 mục chưa đủ.*Người dự «{GENERAL}»"
    ) as refusal:
        confirm(army, draft)
    assert refusal.value.status == 409
    with pytest.raises(Invalid, match=f"Hãy chọn {GENERAL} là ai"):
        actions.accept_card(actor=army.actor("clerk"), proposal=card(draft, "person", GENERAL), now=army.now)


def test_a_draft_without_its_conference_cannot_be_confirmed(army: Region, draft: Draft) -> None:
    actions.drop_card(actor=army.actor("clerk"), proposal=card(draft, "conference"), now=army.now)
    edit(army, card(draft, "person", GENERAL), choice="skip")
    accept_all(army, draft)
    with pytest.raises(Conflict, match="chưa có hội nghị"):
        confirm(army, draft)


def test_a_failure_half_way_leaves_nothing(army: Region, draft: Draft) -> None:
    before = register_counts()
    general = card(draft, "person", GENERAL)
    lines = general.data["posts"]
    edit(army, general, choice="new", posts=[{**lines[0], "action": "record"}])
    accept_all(army, draft)
    with pytest.raises(Conflict, match="Lê Văn Thử giữ"):
        confirm(army, draft)
    assert register_counts() == before
    draft.refresh_from_db()
    assert draft.state == DraftState.PROPOSED


def test_posts_need_the_right_to_manage(army: Region) -> None:
    draft = propose(army, username="centreclerk")
    general = card(draft, "person", GENERAL)
    centre = {"text": "Chủ nhiệm", "organization": army.bodies["centre"].pk, "action": "record_new"}
    with pytest.raises(NotAllowed, match="không có quyền sắp xếp tổ chức, chức vụ của Đảng ủy Tổng cục"):
        _confirm_with(army, draft, general, "clerk", centre)
    assert not Person.objects.filter(name=GENERAL).exists()
    _confirm_with(army, draft, general, "centreclerk", centre)
    assert Post.objects.get(label="Chủ nhiệm").memberships.get().person.name == GENERAL


def _confirm_with(region: Region, draft: Draft, row: Proposal, username: str, line: dict[str, Any]) -> None:
    edit(region, row, username, choice="new", posts=[line])
    accept_all(region, draft, username)
    confirm(region, draft, username)


def test_of_two_editors_the_slower_is_told(army: Region, draft: Draft) -> None:
    row, clerk = card(draft, "direction"), army.actor("clerk")
    edit(army, row, statement="Chấn chỉnh ngay")
    with pytest.raises(Conflict, match="vừa sửa bản nhập"):
        actions.edit_card(
            actor=clerk, proposal=row, fields={"statement": "Khác"}, expected_version=1, now=army.now
        )
    row.refresh_from_db()
    assert (row.data["statement"], row.edited) == ("Chấn chỉnh ngay", True)
    reset = actions.reset_card(actor=clerk, proposal=row, expected_version=2, now=army.now)
    assert (reset.data, reset.edited) == (reset.proposed, False)


def test_an_accepted_card_that_loses_its_words_waits_again(army: Region, draft: Draft) -> None:
    row = card(draft, "direction")
    actions.accept_card(actor=army.actor("clerk"), proposal=row, now=army.now)
    assert edit(army, row, statement=" ").state == ProposalState.PENDING


def test_a_key_pressed_twice_is_one_act(army: Region, draft: Draft) -> None:
    row = card(draft, "direction")
    for _ in range(2):
        actions.drop_card(actor=army.actor("clerk"), proposal=row, now=army.now)
    assert Event.objects.filter(action="intake.drop_card").count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        lambda army: {"choice": "existing", "person": army.people["brigade"].pk},
        lambda army: {"posts": [{"text": "a", "organization": army.bodies["brigade"].pk}]},
        lambda army: {"posts": [{"text": "a", "post": army.posts["brigade"].pk}]},
        lambda army: {"choice": "existing", "person": 10**9},
    ],
)
def test_records_out_of_sight_cannot_be_chosen_by_number(army: Region, fields: Any) -> None:
    draft = propose(army, username="divisionclerk", body="division")
    with pytest.raises(Invalid, match="Hãy chọn lại từ danh sách"):
        edit(army, card(draft, "person", GENERAL), "divisionclerk", **fields(army))


def test_another_person_chosen_is_asked_for_the_posts_anew(army: Region, draft: Draft) -> None:
    row = edit(army, card(draft, "person", GENERAL), choice="existing", person=army.people["secretary"].pk)
    assert [line["action"] for line in row.data["posts"]] == ["as_held", "text_only"]
    row = edit(army, row, choice="new")
    assert (row.data["person"], [line["action"] for line in row.data["posts"]]) == (None, ["text_only"] * 2)


def test_another_day_looks_up_the_holders_anew(army: Region, draft: Draft) -> None:
    edit(army, card(draft, "conference"), date_start="2014-12-31", date_end="2014-12-31")
    kiem = card(draft, "person", "Ngô Văn Kiểm")
    assert [line["action"] for line in kiem.data["posts"]] == ["text_only"]
    edit(army, card(draft, "conference"), date_start="07/04/2021", date_end="07/04/2021")
    assert [line["action"] for line in card(draft, "person", "Ngô Văn Kiểm").data["posts"]] == ["as_held"]


def test_a_whole_date_of_publication_is_as_good_as_a_year(army: Region, draft: Draft) -> None:
    assert not card(draft, "conference").data["date_inferred"]


def test_what_the_clerk_has_entered_is_no_longer_guessed(army: Region) -> None:
    draft = propose(army, APRIL.replace("Ngày đăng: 07/04/2021", ""))
    row = card(draft, "conference")
    assert row.data["date_inferred"]
    row = edit(army, row, title="Giao ban quý I")
    assert row.data["date_inferred"]
    row = edit(army, row, date_start="2021-04-07", organization=army.bodies["region"].pk)
    assert not row.data["date_inferred"]
    assert not row.data["organization_guessed"]


def test_a_draft_is_seen_and_worked_on_only_by_who_records(army: Region, draft: Draft) -> None:
    row = card(draft, "direction")
    for username in ("inspector", "divisionclerk", "admin"):
        with pytest.raises(NotFound):
            edit(army, row, username, statement="Khác")
        with pytest.raises(NotFound):
            confirm(army, draft, username)
    source = receive(army, "Một văn bản khác.", actor=army.actor("clerk"))
    with pytest.raises(NotAllowed):
        actions.propose_draft(
            actor=army.actor("inspector"), source=source, organization=army.bodies["region"], now=army.now
        )
    with pytest.raises(NotFound):
        actions.propose_draft(
            actor=army.actor("divisionclerk"),
            source=source,
            organization=army.bodies["division"],
            now=army.now,
        )


def test_a_text_has_one_draft_until_it_is_discarded(army: Region, draft: Draft) -> None:
    clerk, now = army.actor("clerk"), army.now

    def again() -> Draft:
        return actions.propose_draft(
            actor=clerk, source=draft.source, organization=army.bodies["region"], now=now
        )

    with pytest.raises(actions.AlreadyProposed) as refusal:
        again()
    assert refusal.value.draft == draft
    with pytest.raises(Invalid, match="lý do"):
        actions.discard_draft(actor=clerk, draft=draft, reason=" ", now=now)
    actions.discard_draft(actor=clerk, draft=draft, reason="Nhập nhầm đơn vị", now=now)
    with pytest.raises(actions.DraftClosed, match="đã bị bỏ"):
        actions.drop_card(actor=clerk, proposal=card(draft, "direction"), now=now)
    anew = again()
    assert (anew.pk, anew.state, anew.reason) == (draft.pk, DraftState.PROPOSED, "")
    assert anew.proposals.filter(kind=ProposalKind.CONFERENCE).count() == 1


def test_a_cause_goes_with_its_finding_or_is_common(army: Region, draft: Draft) -> None:
    finding = card(draft, "finding", "Sư đoàn 901")
    other = card(draft, "finding", "kiểm tra")
    rows = Proposal.objects.bulk_create(
        Proposal(draft=draft, kind="cause", order=90, data=data, proposed=data)
        for data in [
            {"statement": "Buông lỏng quản lý", "finding": finding.pk},
            {"statement": "Thiếu cán bộ", "finding": other.pk, "kind": "external"},
            {"statement": "Dịch bệnh", "finding": None},
        ]
    )
    with pytest.raises(Invalid, match="chọn lại hạn chế"):
        edit(army, rows[2], finding=card(draft, "conference").pk)
    edit(army, card(draft, "person", GENERAL), choice=PersonChoice.SKIP)
    actions.drop_card(actor=army.actor("clerk"), proposal=other, now=army.now)
    accept_all(army, draft)
    confirm(army, draft)
    assert Finding.objects.get(statement__contains="901").causes.get().statement == "Buông lỏng quản lý"
    assert {cause.statement for cause in CommonCause.objects.all()} == {"Thiếu cán bộ", "Dịch bệnh"}
    assert not Attendance.objects.filter(person__name=GENERAL).exists()


def test_a_post_is_recorded_as_held_from_that_day_start_unknown(army: Region, draft: Draft) -> None:
    general = card(draft, "person", GENERAL)
    lines = general.data["posts"]
    edit(
        army, general, choice="new", record_rank=True,
        posts=[lines[0], {**lines[1], "action": PostAction.RECORD}],
    )  # fmt: skip
    accept_all(army, draft)
    confirm(army, draft)
    held = Membership.objects.get(person__name=GENERAL)
    assert (held.post, held.start, held.start_known) == (army.posts["commissar"], dt.date(2021, 4, 7), False)
    assert "Bài báo" in held.basis
    assert held.person.ranks.get().rank == "Trung tướng"


def test_a_text_without_words_is_refused(army: Region) -> None:
    source = receive(army, APRIL, actor=army.actor("clerk"))
    source.text = " \n "
    with pytest.raises(Invalid, match="không có chữ"):
        actions.propose_draft(
            actor=army.actor("clerk"), source=source, organization=army.bodies["region"], now=army.now
        )
