"""Biểu mẫu bỏ phiếu: what is asked in plain words, the tellers, the roll, passphrases, and paper counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soi.ballots.actions import YES_NO, NewQuestion
from soi.ballots.enums import Denominator, Majority, Mode, QuestionKind
from soi.ballots.logic.paper import LineCount, Sheet
from soi.base.actor import Actor, Capability
from soi.base.text import squash
from soi.org import queries as org
from soi.web.forms.fields import LongTextField, SoiForm
from soi.web.forms.picks import PickField, PickManyField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.ballots.models import Poll, Question, Teller
    from soi.conferences.models import AgendaItem

OTHER = "Ý kiến khác"
LEVELS = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
    "Chưa xếp loại",
)
_KINDS = [
    (QuestionKind.YES_NO, _("Đồng ý hay không đồng ý")),
    (QuestionKind.LEVELS, _("Xếp mức nhiều người hoặc tổ chức trên một phiếu")),
    (QuestionKind.ELECT, _("Bầu người trong danh sách")),
]
_MODES = [
    (Mode.SECRET, _("Phiếu kín điện tử: Soi không ghi ai chọn gì")),
    (Mode.OPEN, _("Công khai: ghi tên và lựa chọn của từng người")),
    (Mode.PAPER, _("Phiếu giấy: ban kiểm phiếu đếm và nhập kết quả")),
]
# What stands before a line of a pasted list.
_MARK = re.compile(r"^(?:[-–•*+]|\d{1,3}[.)])\s+")


def lines_of(text: str) -> tuple[str, ...]:
    """Mỗi dòng một mục; a number or dash pasted along is left out, empty lines too."""
    found = (_MARK.sub("", squash(line)) for line in text.splitlines())
    return tuple(line for line in found if line)


class PollForm(SoiForm):
    """Cuộc bỏ phiếu: its question by kind; the fields of other kinds are not looked at."""

    title = LongTextField(
        label=_("Tên cuộc bỏ phiếu"), rows=2, max_length=500,
        help_text=_("Ví dụ: Bỏ phiếu xếp loại tập thể, cá nhân năm 2021."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Bỏ phiếu để làm gì"), choices=_KINDS, initial=QuestionKind.YES_NO, widget=forms.RadioSelect
    )
    statements = LongTextField(
        label=_("Nội dung xin ý kiến"), required=False,
        help_text=_("Mỗi dòng một nội dung. Để trống thì lấy tên cuộc bỏ phiếu làm nội dung."),
    )  # fmt: skip
    other = forms.BooleanField(label=_("Thêm phương án «Ý kiến khác»"), required=False)
    rated = LongTextField(
        label=_("Người, tổ chức được xếp mức"), required=False, rows=6,
        help_text=_("Mỗi dòng một người hoặc một tổ chức. Có thể dán từ danh sách có sẵn."),
    )  # fmt: skip
    levels = LongTextField(
        label=_("Các mức"), required=False, rows=5, initial="\n".join(LEVELS),
        help_text=_("Mỗi dòng một mức, mức cao nhất ở trên cùng."),
    )  # fmt: skip
    candidates = LongTextField(
        label=_("Danh sách ứng cử"), required=False, rows=6,
        help_text=_("Mỗi dòng một người. Người trùng tên thì ghi thêm chức vụ."),
    )  # fmt: skip
    seats = forms.IntegerField(label=_("Số lượng bầu"), required=False, min_value=1, initial=1)
    mode = forms.ChoiceField(
        label=_("Hình thức"), choices=_MODES, initial=Mode.SECRET, widget=forms.RadioSelect
    )
    majority = forms.ChoiceField(label=_("Phải đạt"), choices=Majority.choices, initial=Majority.HALF)
    denominator = forms.ChoiceField(
        label=_("Tính trên"), choices=Denominator.choices, initial=Denominator.SUMMONED
    )
    min_body_for_numbers = forms.IntegerField(
        label=_("Không hiện số phiếu khi số người bỏ phiếu ít hơn"), min_value=1, max_value=100, initial=5,
        help_text=_("Với tập thể nhỏ, riêng con số cũng làm lộ ai chọn gì."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def questions(self) -> list[NewQuestion]:
        """Các câu hỏi, from the fields of the chosen kind."""
        data = self.cleaned_data
        if data["kind"] == QuestionKind.LEVELS:
            levels = lines_of(data["levels"])
            return [NewQuestion(QuestionKind.LEVELS, line, levels) for line in lines_of(data["rated"])]
        if data["kind"] == QuestionKind.ELECT:
            names = lines_of(data["candidates"])
            return [NewQuestion(QuestionKind.ELECT, data["title"], names, data["seats"])]
        options = (*YES_NO, OTHER) if data["other"] else YES_NO
        asked = lines_of(data["statements"]) or (squash(data["title"]),)
        return [NewQuestion(QuestionKind.YES_NO, line, options) for line in asked]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needs = {QuestionKind.LEVELS: ("rated", "levels"), QuestionKind.ELECT: ("candidates", "seats")}
        for name in needs.get(data.get("kind", ""), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, gettext("Mục này không được để trống."))
        return data


class NewPollForm(PollForm):
    """Cuộc bỏ phiếu mới: of which body, where no conference says it."""

    organization: Any = forms.ModelChoiceField(label=_("Của tổ chức"), queryset=None, empty_label=None)
    field_order = ["organization"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.widget.attrs["data-pick"] = _("Gõ vài chữ để tìm, có dấu hay không dấu")
        rights = (Capability.RECORD, Capability.DIRECT)
        field.queryset = org.visible_to(actor).filter(
            org.scope_of_any(actor, rights, path="pk"), org.existing_on(actor.today)
        )


class ConferencePollForm(PollForm):
    """Cuộc bỏ phiếu của hội nghị: at which item of its programme the chair is offered to open it."""

    item: Any = forms.ModelChoiceField(
        label=_("Bỏ phiếu ở nội dung"), queryset=None, required=False,
        empty_label=_("Không gắn với nội dung nào"),
        help_text=_("Đến nội dung này, nút chính của chủ trì là mở bỏ phiếu."),
    )  # fmt: skip

    def __init__(self, *args: Any, items: QuerySet[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = items


def initial_of(poll: Poll) -> dict[str, Any]:
    """Nội dung hiện có, as the form shows it."""
    names = ("title", "mode", "majority", "denominator", "min_body_for_numbers", "version")
    asked = list(poll.questions.all())
    first: Question = asked[0]
    labels = [option.label for option in first.options.all()]
    texts = "\n".join(question.text for question in asked)
    found: dict[str, Any] = {name: getattr(poll, name) for name in names} | {"kind": first.kind}
    if first.kind == QuestionKind.LEVELS:
        return found | {"rated": texts, "levels": "\n".join(labels)}
    if first.kind == QuestionKind.ELECT:
        return found | {"candidates": "\n".join(labels), "seats": first.seats}
    return found | {"statements": texts, "other": OTHER in labels}


class TellersForm(SoiForm):
    """Ban kiểm phiếu: two or more people, one of them the head."""

    head = PickField(label=_("Trưởng ban"))
    people = PickManyField(label=_("Thành viên"), help_text=_("Ít nhất một người nữa ngoài trưởng ban."))

    def offer(self, rows: QuerySet[Any]) -> None:
        """Những người chọn được."""
        head, members = self.fields["head"], self.fields["people"]
        assert isinstance(head, PickField) and isinstance(members, PickManyField)  # noqa: S101, PT018
        head.offer(rows, chosen=self["head"].value(), empty=_("Chọn trưởng ban"))
        members.offer(rows, chosen=self["people"].value() or ())


class PassphraseForm(SoiForm):
    """Mật khẩu mở hòm phiếu: one field a teller, named by the teller's number; ``fresh`` where they are set."""

    def __init__(self, *args: Any, tellers: Iterable[Teller], fresh: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tellers = list(tellers)
        for teller in self.tellers:
            widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if fresh else "off"})
            self.fields[str(teller.pk)] = forms.CharField(
                label=_("Mật khẩu của đồng chí %(name)s") % {"name": teller.person}, widget=widget,
                required=fresh, max_length=200, strip=False,
            )  # fmt: skip

    def passphrases(self) -> dict[int, str]:
        """Những mật khẩu đã nhập, by number of teller."""
        typed = {teller.pk: self.cleaned_data.get(str(teller.pk), "") for teller in self.tellers}
        return {pk: words for pk, words in typed.items() if words}

    def passphrase_fields(self) -> list[Any]:
        """Các ô mật khẩu."""
        return [self[str(teller.pk)] for teller in self.tellers]


class OpeningForm(PassphraseForm):
    """Mở bỏ phiếu: the roll, the numbers it is judged by, and each teller's passphrase."""

    members = forms.MultipleChoiceField(
        label=_("Người giữ chức trong tổ chức, bỏ chọn người không được bỏ phiếu"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = PickManyField(label=_("Thêm người ngoài danh sách trên"), required=False)
    summoned = forms.IntegerField(label=_("Số người được triệu tập"), min_value=1)
    present = forms.IntegerField(label=_("Số người có mặt"), min_value=1)

    def roll(self) -> list[int]:
        """Danh sách sẽ chốt: each once."""
        chosen = [int(pk) for pk in self.cleaned_data["members"]]
        return list(dict.fromkeys([*chosen, *(person.pk for person in self.cleaned_data["others"])]))


class ReasonForm(SoiForm):
    """Hủy cuộc bỏ phiếu."""

    reason = LongTextField(label=_("Lý do hủy"), rows=3)


class PaperForm(SoiForm):
    """Số đếm phiếu giấy: as on the tellers' sheet, top to bottom."""

    issued = forms.IntegerField(label=_("Số phiếu phát ra"), min_value=0)
    returned = forms.IntegerField(label=_("Số phiếu thu về"), min_value=0)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(questions)
        for question in self.asked:
            self._add(f"valid_{question.number}", _("Số phiếu hợp lệ"))
            for option in question.options.all():
                self._add(f"votes_{question.number}_{option.number}", option.label)
        self.fields["scan"] = forms.FileField(
            label=_("Bản chụp phiếu kiểm hoặc biên bản giấy"), required=False,
            help_text=_("Không bắt buộc. PDF hoặc ảnh."),
        )  # fmt: skip

    def _add(self, name: str, label: Any) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=1_000_000)

    def groups(self) -> list[tuple[Question, Any, list[Any]]]:
        """Từng câu: the question, its field of valid ballots, the fields of its options."""
        return [
            (
                question,
                self[f"valid_{question.number}"],
                [self[f"votes_{question.number}_{option.number}"] for option in question.options.all()],
            )
            for question in self.asked
        ]

    def sheet(self) -> Sheet:
        """Phiếu kiểm, as the room of ballots reads it."""
        data = self.cleaned_data
        lines = {
            question.number: LineCount(
                data[f"valid_{question.number}"],
                {o.number: data[f"votes_{question.number}_{o.number}"] for o in question.options.all()},
            )
            for question in self.asked
        }
        return Sheet(data["issued"], data["returned"], lines)


def paper_initial(sheet: Sheet | None) -> dict[str, int]:
    """Số tôi đã ghi lần trước."""
    if sheet is None:
        return {}
    found = {"issued": sheet.issued, "returned": sheet.returned}
    for number, line in sheet.lines.items():
        found[f"valid_{number}"] = line.valid
        found |= {f"votes_{number}_{option}": votes for option, votes in line.votes.items()}
    return found
