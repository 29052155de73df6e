"""Nhập văn bản: from upload to register, and everything that can go wrong on the way."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soi.conferences.models import Conclusion, Conference
from soi.documents.models import Source
from soi.findings.models import Finding
from soi.intake.cards import CauseCard, DirectionCard, FindingCard, PersonCard, PostLine, UnitLine
from soi.intake.enums import DraftState, PersonChoice, PostAction, ProposalKind, ProposalState
from soi.intake.models import Draft, Proposal
from soi.org.models import Person
from soi.web.card_form import Names, form_of
from soi.web.forms.intake import card_fields, edits
from tests.factories import Region

TEXT = """Giao ban quý III năm 2021

Sáng 07/10/2021, Đảng ủy Quân khu Thử Nghiệm tổ chức hội nghị giao ban quý III năm 2021. Đồng chí Lê Văn Thử, Bí thư \
Đảng ủy Quân khu chủ trì hội nghị. Dự hội nghị có Đại tá Chu Văn Lạ, Phó Chính ủy Quân khu.

Hội nghị đánh giá, trong quý III các cơ quan, đơn vị đã hoàn thành tốt nhiệm vụ huấn luyện. Bên cạnh kết quả đạt được, \
vẫn còn những hạn chế, khuyết điểm như phân công nhiệm vụ thiếu cụ thể, chưa rõ người chịu trách nhiệm; chất lượng \
sinh hoạt ở một số chi bộ còn thấp.

Kết luận hội nghị, đồng chí Lê Văn Thử nhấn mạnh: Trong thời gian tới, các cơ quan, đơn vị cần rà soát, bổ sung bảng \
phân công nhiệm vụ; nâng cao chất lượng sinh hoạt chi bộ.

Trả lời

Thư điện tử của bạn sẽ không được hiển thị công khai.
"""


def sign_in(region: Region, username: str = "clerk") -> Client:
    client = Client()
    client.force_login(region.users[username])
    return client


def upload(
    client: Client, region: Region, *files: SimpleUploadedFile, body: str = "region", **more: str
) -> Any:
    data = {"documents": list(files), "organization": region.bodies[body].pk, **more}
    return client.post(reverse("draft_new"), data)


def text_file(text: str = TEXT, name: str = "Biên bản.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def drafted(client: Client, region: Region, text: str = TEXT, **more: Any) -> Draft:
    answer = upload(client, region, text_file(text), **more)
    draft = Draft.objects.latest("pk")
    assert answer.status_code == 302, answer.text
    assert answer.url == reverse("draft_detail", args=[draft.pk])
    return draft


def card(draft: Draft, kind: ProposalKind, number: int = 0) -> Proposal:
    return draft.proposals.filter(kind=kind).order_by("order")[number]


def decide(client: Client, proposal: Proposal, decision: str, *, htmx: bool = True, **fields: Any) -> Any:
    url = reverse("proposal_edit", args=[proposal.draft_id, proposal.pk])
    latest = Draft.objects.get(pk=proposal.draft_id).version
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(url, {"decision": decision, "latest": latest, **fields}, headers=headers)


def accept_everything(client: Client, draft: Draft) -> None:
    for person in draft.proposals.filter(kind=ProposalKind.PERSON):
        if person.data["choice"] == PersonChoice.UNDECIDED:
            assert decide(client, person, "accept", who="new").status_code == 200
    client.post(reverse("draft_accept_rest", args=[draft.pk]))
    assert not draft.proposals.filter(state=ProposalState.PENDING).exists()


def nothing_written() -> bool:
    return not (Conference.objects.exists() or Finding.objects.exists() or Conclusion.objects.exists())


# --- the whole way ---------------------------------------------------------------------------------------


def test_from_upload_to_register(region: Region) -> None:
    client, people = sign_in(region), Person.objects.count()
    draft = drafted(client, region)
    page = client.get(reverse("draft_detail", args=[draft.pk]))
    assert "Xác nhận và ghi vào sổ" in page.text
    assert re.search(r'<mark data-kind="limitation" data-card="card-\d+[^"]*">phân công nhiệm vụ', page.text)
    # What belongs to the web page is folded away, not lost.
    assert "Thư điện tử của bạn" in page.text.partition("Sẽ bỏ")[2]
    # The wording is mended, one limitation dropped, a person is new.
    wanted = "Phân công nhiệm vụ ở cấp đại đội thiếu cụ thể"
    finding, other = (card(draft, ProposalKind.FINDING, number) for number in (1, 2))
    answer = decide(client, finding, "accept", statement=wanted, kind="shortcoming", area="leadership")
    assert answer.text.count('id="confirm-bar" hx-swap-oob="true"') == 1
    assert wanted in answer.text
    assert 'data-state="accepted"' in answer.text
    decide(client, other, "drop")
    accept_everything(client, draft)
    assert nothing_written()
    assert Person.objects.count() == people
    done = client.post(reverse("draft_confirmation", args=[draft.pk]), follow=True)
    conference = Conference.objects.get()
    assert done.redirect_chain[0][0] == reverse("conference_detail", args=[conference.pk])
    assert '<a href="#han-che">1 hạn chế, khuyết điểm</a>' in done.text
    assert (conference.kind, conference.period) == ("briefing_quarter", "2021-Q3")
    assert conference.organization == region.bodies["region"]
    assert set(Finding.objects.exclude(kind="strength").values_list("kind", "statement")) == {
        ("shortcoming", wanted)
    }
    assert Person.objects.count() == people + 1
    chair = conference.attendances.get(person=region.people["secretary"])
    assert next(held.role for held in chair.roles.all()) == "chair"


def test_second_confirmation_writes_nothing(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    accept_everything(client, draft)
    url = reverse("draft_confirmation", args=[draft.pk])
    assert client.post(url).status_code == 302
    again = client.post(url)
    assert again.status_code == 409
    assert reverse("conference_detail", args=[Conference.objects.get().pk]) in again.text
    assert Conference.objects.count() == 1
    # A card that was open in another window changes nothing either.
    assert decide(client, card(draft, ProposalKind.FINDING), "drop").status_code == 409
    assert client.get(reverse("draft_detail", args=[draft.pk])).text.count("Mở hội nghị đã ghi") == 1


def test_confirming_too_early_says_what_is_left(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    answer = client.post(reverse("draft_confirmation", args=[draft.pk]))
    assert answer.status_code == 409
    assert "Chưa ghi được vào sổ" in answer.text
    assert "Xác nhận bản đọc" in answer.text
    assert nothing_written()


def test_refused_for_lack_of_rights_the_clerk_stays_on_the_page(region: Region) -> None:
    """The division's clerk may not make posts of the region: the page says so, and nothing is lost."""
    client = sign_in(region, "divisionclerk")
    draft = drafted(client, region, organization=region.bodies["division"].pk)
    person = card(draft, ProposalKind.PERSON)
    post = {"text": "Chính ủy", "action": "record_new", "organization": str(region.bodies["region"].pk)}
    sent = {f"posts-0-{name}": value for name, value in post.items()}
    assert decide(client, person, "accept", who="new", name="Hoàng Văn Mới", **sent).status_code == 200
    accept_everything(client, draft)
    answer = client.post(reverse("draft_confirmation", args=[draft.pk]))
    assert answer.status_code == 403
    assert "Xác nhận bản đọc" in answer.text
    assert "Đảng ủy Quân khu Thử Nghiệm" in answer.text.partition("data-refusal>")[2].partition("</div>")[0]
    assert nothing_written()


def test_without_a_conference_nothing_is_written(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    decide(client, card(draft, ProposalKind.CONFERENCE), "drop")
    accept_everything(client, draft)
    answer = client.post(reverse("draft_confirmation", args=[draft.pk]))
    assert answer.status_code == 409
    assert "Hãy nhận thẻ hội nghị" in answer.text
    assert nothing_written()


def test_discarded_with_a_reason_and_read_again(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    url = reverse("draft_discarding", args=[draft.pk])
    refused = client.post(url, {"reason": "  "})
    assert refused.status_code == 422
    assert "Hãy ghi lý do" in refused.text
    assert client.post(url, {"reason": "nhầm văn bản"}).url == reverse("draft_list")
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == (DraftState.DISCARDED, "nhầm văn bản")
    assert "nhầm văn bản" in client.get(reverse("draft_list")).text
    assert client.post(url, {"reason": "lần nữa"}).status_code == 409
    client.post(reverse("draft_reading", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == DraftState.PROPOSED
    assert nothing_written()


# --- upload ----------------------------------------------------------------------------------------------


def scanned_pdf() -> bytes:
    """A page without a single letter."""
    import pypdfium2

    out, pdf = io.BytesIO(), pypdfium2.PdfDocument.new()
    pdf.new_page(200, 200)
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("ảnh.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "Tệp này là ảnh, không có chữ để đọc"),
        ("rỗng.txt", b"", "Tệp rỗng"),
        (
            "cũ.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "lưu lại thành .docx",
        ),
        ("to.txt", b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
        ("quét.pdf", scanned_pdf(), "Tệp PDF này là bản chụp, không có lớp chữ"),
    ],
)
def test_refused_file_gets_its_sentence_and_nothing_typed_is_lost(
    region: Region, name: str, data: bytes, sentence: str
) -> None:
    client = sign_in(region)
    answer = upload(
        client, region, SimpleUploadedFile(name, data), origin_note="tủ hồ sơ 7", document_date="01/10/2021"
    )
    assert answer.status_code == 422
    refusal = answer.context["outcomes"][0].sentence
    assert sentence in refusal
    assert refusal in answer.text
    assert "tủ hồ sơ 7" in answer.text
    assert "01/10/2021" in answer.text
    assert not Source.objects.exists()


def test_nothing_chosen_gets_a_sentence(region: Region) -> None:
    answer = upload(sign_in(region), region)
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một tệp, hoặc dán nội dung" in answer.text


def test_the_same_file_again_leads_to_the_earlier_one(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    again = upload(client, region, text_file(name="Tên khác.txt"))
    assert again.status_code == 409
    assert "không cần nhập lại" in again.text
    assert reverse("draft_detail", args=[draft.pk]) in again.text
    assert Draft.objects.count() == 1


def test_several_files_each_with_its_own_outcome(region: Region) -> None:
    client = sign_in(region)
    good, bad = text_file(name="tốt.txt"), SimpleUploadedFile("hỏng.png", b"\x89PNG\r\n\x1a\n")
    answer = upload(client, region, good, bad)
    assert answer.status_code == 422
    assert [bool(outcome.draft) for outcome in answer.context["outcomes"]] == [True, False]
    assert reverse("draft_detail", args=[Draft.objects.get().pk]) in answer.text
    other = upload(client, region, text_file(TEXT + "Hai.", "2.txt"), text_file(TEXT + "Ba.", "3.txt"))
    assert other.url == reverse("draft_list")
    assert Draft.objects.count() == 3


def test_pasted_text_is_read_like_a_file(region: Region) -> None:
    client = sign_in(region)
    answer = upload(client, region, text=TEXT, title="Biên bản quý III")
    assert answer.status_code == 302
    assert Source.objects.get().original_name == "Biên bản quý III.txt"


def test_clerks_own_body_is_chosen_first(region: Region) -> None:
    page = sign_in(region, "divisionclerk").get(reverse("draft_new"))
    assert page.context["form"]["organization"].value() == region.bodies["division"].pk
    offered = set(page.context["form"].fields["organization"].queryset)
    assert region.bodies["cell"] in offered
    assert not offered & {region.bodies["region"], region.bodies["brigade"]}


def test_text_of_another_part_of_the_tree_is_not_received(region: Region) -> None:
    answer = upload(sign_in(region, "divisionclerk"), region, text_file(), body="brigade")
    assert answer.status_code == 422
    assert not Source.objects.exists()


def test_script_in_text_and_name_is_only_text(region: Region) -> None:
    client = sign_in(region)
    bad = '<script>alert("1")</script> <img src=x onerror=alert(2)>'
    draft = drafted(client, region, f"{TEXT}\n{bad}\n")
    finding = card(draft, ProposalKind.FINDING)
    decide(client, finding, "save", statement=f"{bad} x", kind="limitation", area="general")
    upload(client, region, text_file(TEXT + "Hai.", '"><svg onload=alert(3)>.txt'))
    for url in [
        reverse("draft_list"),
        *(reverse("draft_detail", args=[one.pk]) for one in Draft.objects.all()),
    ]:
        text = client.get(url).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text


# --- one card --------------------------------------------------------------------------------------------


def test_person_in_doubt_is_never_accepted_in_bulk(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    stranger = next(row for row in draft.proposals.filter(kind="person") if row.data["name"] == "Chu Văn Lạ")
    client.post(reverse("draft_accept_rest", args=[draft.pk]), {"kind": "person"})
    stranger.refresh_from_db()
    assert stranger.state == ProposalState.PENDING
    # Only people were asked for.
    assert card(draft, ProposalKind.FINDING).state == ProposalState.PENDING
    refused = decide(client, stranger, "accept", who="")
    assert refused.status_code == 422
    assert "Hãy chọn Chu Văn Lạ là ai" in refused.text
    assert f'id="card-{stranger.pk}"' in refused.text


def test_person_looked_up_in_the_register(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    stranger = next(row for row in draft.proposals.filter(kind="person") if row.data["name"] == "Chu Văn Lạ")
    found = client.get(reverse("draft_choices", args=["nguoi"]) + "?q=phan+van")
    known = region.people["division"]
    assert f'<option value="{known.pk}">Phan Văn Sư (' in found.text
    answer = decide(client, stranger, "accept", who="new", other_person=known.pk)
    assert answer.status_code == 200
    stranger.refresh_from_db()
    assert (stranger.data["choice"], stranger.data["person"]) == ("existing", known.pk)
    assert f'value="existing:{known.pk}" checked' in answer.text


def test_wrong_field_keeps_what_was_typed_and_says_why(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    conference = card(draft, ProposalKind.CONFERENCE)
    typed = {"title": "Tên vừa gõ", "date_start": "31/02/2021", "period": "quý III/2021", "kind": "annual"}
    for htmx in (True, False):
        answer = decide(client, conference, "accept", htmx=htmx, **typed)
        assert answer.status_code == 422
        assert "Ghi ngày theo dạng 22/11/2021" in answer.text
        for words in ("Tên vừa gõ", "31/02/2021"):
            assert words in answer.text
    conference.refresh_from_db()
    assert conference.data["title"] != "Tên vừa gõ"
    assert conference.state == ProposalState.PENDING


def test_period_that_cannot_be_read_keeps_everything_else(region: Region) -> None:
    client = sign_in(region)
    conference = card(drafted(client, region), ProposalKind.CONFERENCE)
    answer = decide(client, conference, "save", title="Tên vừa gõ", period="hồi trước")
    assert answer.status_code == 422
    for words in ("Hãy ghi kỳ như một trong các cách", "hồi trước", "Tên vừa gõ"):
        assert words in answer.text


def test_another_day_shows_the_people_again(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    conference = card(draft, ProposalKind.CONFERENCE)
    answer = decide(client, conference, "accept", date_start="08/10/2021", date_end="08/10/2021")
    for person in draft.proposals.filter(kind="person"):
        assert re.search(rf'id="card-{person.pk}"[^>]*hx-swap-oob="true"', answer.text)
    # Accepting what was not mended touches nobody else.
    quiet = decide(client, card(draft, ProposalKind.FINDING), "accept")
    assert "data-state" in quiet.text
    assert not re.search(r'id="card-\d+"[^>]*hx-swap-oob', quiet.text)


def test_who_was_slower_is_told(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    finding = card(draft, ProposalKind.FINDING)
    decide(client, finding, "save", statement="Của người trước")
    late = decide(client, finding, "save", statement="Của người sau", latest=1)
    assert late.status_code == 409
    assert "Có người vừa sửa bản nhập này" in late.text
    finding.refresh_from_db()
    assert finding.data["statement"] == "Của người trước"


def test_mended_card_can_be_put_back(region: Region) -> None:
    client = sign_in(region)
    finding = card(drafted(client, region), ProposalKind.FINDING)
    decide(client, finding, "accept", statement="Sửa nhầm")
    answer = decide(client, finding, "reset")
    finding.refresh_from_db()
    assert finding.data == finding.proposed
    assert finding.state == ProposalState.PENDING
    assert "Sửa nhầm" not in answer.text


def test_without_javascript_a_card_is_a_plain_form(region: Region) -> None:
    client = sign_in(region)
    finding = card(drafted(client, region), ProposalKind.FINDING)
    answer = decide(client, finding, "accept", htmx=False)
    assert answer.url == f"{reverse('draft_detail', args=[finding.draft_id])}#card-{finding.pk}"


def test_body_that_one_may_not_see_cannot_be_chosen_by_number(region: Region) -> None:
    client = sign_in(region, "divisionclerk")
    draft = drafted(client, region, body="division")
    conference = card(draft, ProposalKind.CONFERENCE)
    answer = decide(client, conference, "save", organization=region.bodies["brigade"].pk)
    assert answer.status_code == 422
    assert "Lữ đoàn 902" not in answer.text
    found = client.get(reverse("draft_choices", args=["to-chuc"]) + "?q=lu+doan")
    assert "Lữ đoàn" not in found.text


@pytest.mark.parametrize("what", ["to-chuc", "chuc-vu", "nguoi"])
def test_choices_are_found_without_marks(region: Region, what: str) -> None:
    client, url = sign_in(region), reverse("draft_choices", args=[what])
    query = {"to-chuc": "trung doan 91", "chuc-vu": "bi thu trung doan", "nguoi": "mai van trung"}[what]
    wanted = {
        "to-chuc": region.bodies["regiment"].pk,
        "chuc-vu": region.posts["regiment"].pk,
        "nguoi": region.people["regiment"].pk,
    }[what]
    assert f'<option value="{wanted}">' in client.get(url, {"q": query}).text
    assert "không tìm thấy" in client.get(url, {"q": "zzz"}).text
    assert "<option" in client.get(url).text
    assert client.get(reverse("draft_choices", args=["khac"])).status_code == 404


# --- who may ---------------------------------------------------------------------------------------------


def test_draft_out_of_scope_does_not_exist(region: Region) -> None:
    draft = drafted(sign_in(region), region)
    other, finding = sign_in(region, "divisionclerk"), card(draft, ProposalKind.FINDING)
    assert other.get(reverse("draft_detail", args=[draft.pk])).status_code == 404
    assert "Biên bản.txt" not in other.get(reverse("draft_list")).text
    for name in ("draft_accept_rest", "draft_confirmation", "draft_discarding", "draft_reading"):
        assert other.post(reverse(name, args=[draft.pk]), {"reason": "x"}).status_code == 404
    assert decide(other, finding, "accept").status_code == 404
    finding.refresh_from_db()
    assert finding.state == ProposalState.PENDING


def test_card_of_another_draft_is_not_reached_through_ones_own(region: Region) -> None:
    own = drafted(sign_in(region, "divisionclerk"), region, body="division")
    foreign = card(drafted(sign_in(region), region, TEXT + "Hai."), ProposalKind.FINDING)
    url = reverse("proposal_edit", args=[own.pk, foreign.pk])
    assert sign_in(region, "divisionclerk").post(url, {"decision": "accept"}).status_code == 404
    assert sign_in(region).post(url, {"decision": "accept"}).status_code == 404


@pytest.mark.parametrize("username", ["member", "inspector", "admin"])
def test_who_does_not_record_does_not_import(region: Region, username: str) -> None:
    client = sign_in(region, username)
    assert client.get(reverse("draft_list")).status_code == 403
    assert client.post(reverse("draft_new"), {}).status_code == 403


# --- cost ------------------------------------------------------------------------------------------------


def test_list_costs_the_same_for_one_draft_and_three(region: Region) -> None:
    client, url = sign_in(region), reverse("draft_list")
    drafted(client, region)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        assert client.get(url).text.count("todo-title") == 1
    for number in (2, 3):
        drafted(client, region, f"{TEXT}{number}.")
    with CaptureQueriesContext(connection) as three:
        assert client.get(url).text.count("todo-title") == 3
    assert len(three) == len(one) <= 12


def test_confirm_page_costs_the_same_whatever_the_number_of_cards(region: Region) -> None:
    client = sign_in(region)
    draft = drafted(client, region)
    url = reverse("draft_detail", args=[draft.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for row in draft.proposals.exclude(kind=ProposalKind.CONFERENCE):
        row.pk = None
        row.save()
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_first_steps_are_taught(region: Region) -> None:
    assert "Ba bước" in sign_in(region).get(reverse("draft_list")).text


# --- what a card sends back ------------------------------------------------------------------------------


def test_only_what_differs_is_an_edit() -> None:
    card_ = FindingCard(statement="Một", units=(UnitLine("Đại đội 1", 5),))
    same = QueryDict(
        "statement=Một&kind=limitation&area=general&units-0-text=Đại+đội+1&units-0-organization=5&q=x"
    )
    assert edits(card_, card_fields(same)) == {}
    other = QueryDict("statement=Hai&units-0-text=Đại+đội+1&units-0-organization=")
    assert set(edits(card_, card_fields(other))) == {"statement", "units"}


def test_line_without_words_is_taken_away() -> None:
    sent = QueryDict(
        "posts-0-text=+&posts-0-action=text_only&posts-2-text=Chính+ủy&posts-2-action=as_held&posts-2-post=7"
    )
    card_ = PersonCard(posts=(PostLine("Bí thư"), PostLine("Chính ủy", post=7, action=PostAction.AS_HELD)))
    assert edits(card_, card_fields(sent)) == {
        "posts": [{"text": "Chính ủy", "action": "as_held", "post": "7"}]
    }


def test_a_post_in_the_register_is_offered_only_where_the_register_says_so() -> None:
    """Chosen by hand for somebody new, "sổ đã ghi" would silently record no post at all."""
    lines = (PostLine("Bí thư"), PostLine("Chính ủy", post=7, action=PostAction.AS_HELD))
    first, second = form_of(PersonCard(posts=lines), Names({}, {}, {})).posts
    assert PostAction.AS_HELD not in dict(first.actions)
    assert dict(first.actions) | {PostAction.AS_HELD: ""} == dict(second.actions) | {PostAction.AS_HELD: ""}
    assert set(dict(second.actions)) == set(PostAction)


def test_accepting_what_was_not_touched_edits_nothing(region: Region) -> None:
    """Every field that the page shows, sent back as a browser would: no card may come out changed."""
    client = sign_in(region)
    draft = drafted(client, region, TEXT.replace("hội nghị giao ban", "cuộc họp"))
    page = client.get(reverse("draft_detail", args=[draft.pk]))
    for row in draft.proposals.all():
        form = page.text.partition(f'id="card-{row.pk}"')[2].partition("<form")[2].partition("</form>")[0]
        answer = decide(client, row, "save", **sent_by_browser(form))
        assert answer.status_code == 200
        row.refresh_from_db()
        assert (row.edited, row.data) == (False, row.proposed)


def sent_by_browser(form: str) -> dict[str, Any]:
    """The fields of a form with their values, as if nothing had been touched."""
    sent: dict[str, Any] = {}
    for name, value in re.findall(
        r'<input type="(?:text|hidden|search)"[^>]*name="([^"]+)"(?:[^>]*value="([^"]*)")?', form
    ):
        sent[name] = unescape(value)
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(words)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        sent[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'name="(\w+)" value="([^"]+)" checked', form):
        sent.setdefault(name, []).append(value)
    return sent


def test_box_not_ticked_means_no() -> None:
    card_ = PersonCard(name="A B", record_rank=True, roles=())
    assert edits(card_, card_fields(QueryDict("shows=roles+record_rank"))) == {"record_rank": ""}
    assert edits(card_, card_fields(QueryDict("decision=accept"))) == {}


def test_cause_finds_its_limitation() -> None:
    assert edits(CauseCard("x"), card_fields(QueryDict("statement=x&finding=12&kind=own"))) == {
        "finding": "12"
    }


def test_line_ends_of_the_browser_are_no_edit() -> None:
    assert edits(CauseCard("một\nhai"), card_fields(QueryDict("statement=một%0D%0Ahai"))) == {}


def test_period_that_nobody_touched_is_kept_even_if_it_has_no_words() -> None:
    kept = DirectionCard("x", period="đợt 2")
    assert edits(kept, card_fields(QueryDict("period=đợt+2"))) == {}
    assert edits(kept, card_fields(QueryDict("period=năm+2022"))) == {"period": "2022"}
