"""Biểu mẫu chuẩn bị hội nghị: the conference to come, agenda, papers, sites, invitations, replies, questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.conferences.enums import AttendanceRole, Form, ItemKind, Reply, Secrecy
from soi.conferences.templates import TEMPLATES
from soi.org import queries as org
from soi.web.forms.conferences import PeriodField
from soi.web.forms.fields import ClockField, DayField, LongTextField, SoiForm
from soi.web.forms.picks import PickField, PickManyField

# A conference in one room, by line, or both: what nobody knows is for records of the past.
FORMS = [choice for choice in Form.choices if choice[0] != Form.UNKNOWN]
INVITED_AS = [
    (role.value, role.label)
    for role in (
        AttendanceRole.ATTEND,
        AttendanceRole.CHAIR,
        AttendanceRole.SECRETARY,
        AttendanceRole.DIRECT,
    )
]
ENTITLED = [
    ("yes", _("Thành viên chính thức: tính vào số triệu tập, được biểu quyết, bỏ phiếu")),
    ("no", _("Khách mời: dự và phát biểu, không biểu quyết")),
]


def _templates() -> list[tuple[str, Any]]:
    return [(one.key, f"{one.name}. {one.purpose}") for one in TEMPLATES.values()]


class PreparationForm(SoiForm):
    """Hội nghị sắp họp: what it is, when and where; the agenda comes from the template."""

    template = forms.ChoiceField(
        label=_("Mẫu chương trình"),
        choices=_templates,
        widget=forms.RadioSelect,
        help_text=_("Mẫu chỉ là khung ban đầu: đồng chí thêm, bớt, đổi giờ từng nội dung sau."),
    )
    organization: Any = forms.ModelChoiceField(
        label=_("Tổ chức họp"), queryset=None, empty_label=_("Chọn tổ chức")
    )
    title = forms.CharField(
        label=_("Tên hội nghị"),
        max_length=500,
        required=False,
        help_text=_("Để trống thì lấy tên theo mẫu và ngày họp."),
    )
    date_start = DayField(label=_("Ngày họp"))
    starts_at = ClockField(label=_("Khai mạc lúc"))
    ends_at = ClockField(
        label=_("Dự kiến kết thúc"),
        required=False,
        help_text=_("Soi chia thời gian của mẫu cho vừa, và báo khi chương trình dài quá."),
    )
    form = forms.ChoiceField(label=_("Hình thức"), choices=FORMS, initial=Form.IN_PERSON)
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    period = PeriodField(label=_("Kỳ được đánh giá"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = org.visible_to(actor).filter(
            org.scope(actor, Capability.RECORD, path="pk"), org.existing_on(actor.today)
        )


class AgendaItemForm(SoiForm):
    """Một nội dung chương trình."""

    title = LongTextField(label=_("Nội dung"), max_length=500, rows=2)
    kind = forms.ChoiceField(label=_("Loại"), choices=ItemKind.choices, initial=ItemKind.OTHER)
    minutes = forms.IntegerField(
        label=_("Số phút"), min_value=0, max_value=600, initial=10, widget=forms.NumberInput
    )
    presenter = PickField(label=_("Người trình bày"), required=False)
    presenting_body = PickField(label=_("Cơ quan, đơn vị trình bày"), required=False)
    parent: Any = forms.ModelChoiceField(
        label=_("Nằm trong"),
        queryset=None,
        required=False,
        empty_label=_("Không, là nội dung cấp một"),
        help_text=_("Số phút của nội dung có phần con là tổng số phút các phần."),
    )

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = parents


class PaperForm(SoiForm):
    """Tên, nơi đặt, ai được đọc một tài liệu."""

    title = forms.CharField(label=_("Tên tài liệu"), max_length=300)
    secrecy = forms.ChoiceField(
        label=_("Ai được đọc"),
        choices=Secrecy.choices,
        initial=Secrecy.ALL,
        widget=forms.RadioSelect,
        help_text=_("Người khác không đọc, không tải, không tìm thấy và không thấy cả tên tài liệu. Văn thư giữ hồ sơ của tổ chức họp luôn đọc được."),  # noqa: E501 (one sentence, one msgid)
    )  # fmt: skip
    item: Any = forms.ModelChoiceField(
        label=_("Thuộc nội dung"), queryset=None, required=False, empty_label=_("Của cả hội nghị")
    )
    is_draft = forms.BooleanField(
        label=_("Dự thảo đưa ra thảo luận"),
        required=False,
        help_text=_("Đại biểu góp ý được vào từng đoạn."),
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = items


class NewPaperForm(PaperForm):
    """Tài liệu mới: with its file."""

    file = forms.FileField(
        label=_("Tệp"),
        allow_empty_file=True,
        help_text=_("Soi đọc được tệp .txt, .html, .docx và .pdf có chữ."),
    )
    field_order = ["file"]


class SiteForm(SoiForm):
    """Một điểm cầu."""

    organization = PickField(label=_("Tổ chức"), required=False)
    name = forms.CharField(
        label=_("Tên điểm cầu"),
        max_length=300,
        required=False,
        help_text=_("Để trống thì lấy tên tổ chức."),
    )
    room = forms.CharField(label=_("Phòng họp"), max_length=200, required=False)
    head = PickField(label=_("Phụ trách điểm cầu"), required=False)
    technician = PickField(label=_("Cán bộ kỹ thuật"), required=False)
    is_main = forms.BooleanField(label=_("Điểm cầu chính"), required=False)


class InvitingForm(SoiForm):
    """Chọn người mời: the leadership of a body, the heads below a body, or single people."""

    whom = forms.ChoiceField(
        label=_("Mời ai"),
        choices=[
            ("leaders", _("Lãnh đạo, thành viên của một tổ chức")),
            ("heads", _("Người đứng đầu các đơn vị trực thuộc một tổ chức")),
            ("people", _("Chọn từng người")),
        ],
        initial="leaders",
        widget=forms.RadioSelect,
    )
    organization = PickField(label=_("Tổ chức"), required=False)
    people = PickManyField(label=_("Từng người"), required=False)
    is_entitled = forms.ChoiceField(
        label=_("Mời với tư cách"), choices=ENTITLED, initial="yes", widget=forms.RadioSelect
    )
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=INVITED_AS, help_text=_("Chủ trì, thư ký: chọn riêng từng người.")
    )
    site: Any = forms.ModelChoiceField(
        label=_("Dự tại điểm cầu"), queryset=None, required=False, empty_label=_("Chưa chọn"),
        help_text=_("Để trống thì người phụ trách, cán bộ kỹ thuật dự tại điểm cầu của mình."),
    )  # fmt: skip

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _give_sites(self, sites)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wanted = "people" if data.get("whom") == "people" else "organization"
        if not data.get(wanted) and wanted not in self.errors:
            words = _("Hãy chọn ít nhất một người.") if wanted == "people" else _("Hãy chọn tổ chức.")
            self.add_error(wanted, words)
        return data


class InvitationForm(SoiForm):
    """Sửa một giấy mời."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=INVITED_AS)
    is_entitled = forms.ChoiceField(label=_("Tư cách"), choices=ENTITLED, widget=forms.RadioSelect)
    site: Any = forms.ModelChoiceField(
        label=_("Dự tại điểm cầu"), queryset=None, required=False, empty_label=_("Chưa chọn")
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _give_sites(self, sites)


def _give_sites(form: SoiForm, sites: Any) -> None:
    field = form.fields["site"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
    field.queryset = sites


class ReplyForm(SoiForm):
    """Trả lời giấy mời."""

    reply = forms.ChoiceField(choices=[one for one in Reply.choices if one[0] != Reply.WAITING])
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)
    replacement: Any = forms.ModelChoiceField(
        label=_("Người dự thay"), queryset=None, required=False, empty_label=_("Chọn người")
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["replacement"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
        field.queryset = people


class OpinionForm(SoiForm):
    """Ý kiến gửi trước."""

    text = LongTextField(
        label=_("Ý kiến"), rows=8, help_text=_("Chủ trì, thư ký và văn thư của hội nghị đọc được.")
    )
    item: Any = forms.ModelChoiceField(
        label=_("Về nội dung"), queryset=None, required=False, empty_label=_("Cả hội nghị")
    )
    paper: Any = forms.ModelChoiceField(
        label=_("Về tài liệu"), queryset=None, required=False, empty_label=_("Không riêng tài liệu nào")
    )

    def __init__(self, *args: Any, items: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("item", items), ("paper", papers)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
            field.queryset = rows


class QuestionForm(SoiForm):
    """Vấn đề cấp trên gợi ý."""

    asked_by = forms.TypedChoiceField(label=_("Cấp gợi ý"), coerce=int)
    text = LongTextField(label=_("Nội dung gợi ý"), rows=4)

    def __init__(self, *args: Any, bodies: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["asked_by"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = [(body.pk, str(body)) for body in bodies]


class ExplanationForm(SoiForm):
    """Giải trình một gợi ý."""

    answer = LongTextField(label=_("Nội dung giải trình"), rows=6)
