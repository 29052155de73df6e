"""Biểu mẫu văn bản chỉ đạo: issue, send on, points, correct, end; study and elaborate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from soi.base.actor import Actor, Capability
from soi.directives.enums import DirectiveKind, DisseminationForm, ElaborationKind
from soi.org import queries as org
from soi.web.forms.fields import DayField, LongTextField, SoiForm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from soi.directives.logic.points import ProposedPoint
    from soi.directives.models import Directive
    from soi.org.models import Organization

DIRECT, ALL, CHOSEN = "direct", "all", "chosen"
_REACH = [
    (DIRECT, _("Các tổ chức trực thuộc trực tiếp")),
    (ALL, _("Toàn bộ cấp dưới, mọi cấp")),
    (CHOSEN, _("Chọn trong danh sách dưới đây")),
]


def _offer(form: SoiForm, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type checker)
    field.queryset = rows


def _several(label: Any, hint: Any = "") -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=None,
        required=False,
        help_text=hint,
        widget=forms.SelectMultiple(attrs={"size": 6, "data-pick": _("Tìm tổ chức")}),
    )


class AddresseesForm(SoiForm):
    """Nơi nhận: direct subordinates, everybody below, or chosen ones (whole branches and single bodies)."""

    reach = forms.ChoiceField(label=_("Gửi đến"), choices=_REACH, initial=DIRECT, widget=forms.RadioSelect)
    subtrees = _several(_("Cả nhánh"), _("Tổ chức được chọn và mọi cấp dưới của tổ chức đó."))
    addressees = _several(_("Từng tổ chức"), _("Chỉ những tổ chức được chọn."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = org.visible_to(actor).filter(org.scope(actor, Capability.RECORD, path="pk"))
        for name in ("subtrees", "addressees"):
            _offer(self, name, kept.filter(org.existing_on(actor.today)))

    def clean(self) -> dict[str, Any]:
        """Chosen means that something is chosen."""
        data = super().clean() or {}
        if data.get("reach") == CHOSEN and not (data.get("subtrees") or data.get("addressees")):
            self.add_error("reach", _now("Hãy chọn ít nhất một nhánh hoặc một tổ chức."))
        return data


class _Dates(SoiForm):
    """Hạn của ba việc; an empty one is not asked (the acknowledgement always is)."""

    acknowledge_by = DayField(
        label=_("Hạn xác nhận đã nhận"),
        required=False,
        help_text=_("Để trống: vẫn phải xác nhận, không đặt hạn."),
    )
    study_by = DayField(
        label=_("Hạn quán triệt"), required=False, help_text=_("Để trống: không yêu cầu báo cáo quán triệt.")
    )
    elaborate_by = DayField(
        label=_("Hạn cụ thể hóa"), required=False, help_text=_("Để trống: không yêu cầu cụ thể hóa.")
    )


class DirectiveForm(_Dates, AddresseesForm):
    """Ban hành văn bản."""

    issuer: Any = forms.ModelChoiceField(
        label=_("Nơi ban hành"), queryset=None, empty_label=_("Chọn tổ chức")
    )
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=[("", _("Chọn loại")), *DirectiveKind.choices])
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    title = LongTextField(label=_("Trích yếu"), max_length=500, rows=2)
    issued_on = DayField(label=_("Ngày ban hành"))
    file = forms.FileField(
        label=_("Tệp văn bản"), required=False,
        help_text=_("PDF, Word hoặc tệp chữ. Soi đọc chữ trong tệp để đề xuất các điểm của văn bản."),
    )  # fmt: skip
    summary = LongTextField(label=_("Nội dung chính"), required=False, rows=3)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        kept = org.visible_to(actor).filter(org.scope(actor, Capability.RECORD, path="pk"))
        _offer(self, "issuer", kept.filter(org.existing_on(actor.today)))


class DirectiveEditForm(_Dates):
    """Sửa số, trích yếu, hạn."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    title = LongTextField(label=_("Trích yếu"), max_length=500, rows=2)
    summary = LongTextField(label=_("Nội dung chính"), required=False, rows=3)
    field_order = ["version", "number", "title", "summary"]


class PointsForm(SoiForm):
    """Thêm điểm: those read from the file, ticked; and one written by hand."""

    chosen = forms.MultipleChoiceField(
        label=_("Các điểm đọc được trong tệp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=_("Số thứ tự của điểm"), max_length=20, required=False, help_text=_("Ví dụ 1 hoặc II.2.")
    )
    statement = LongTextField(label=_("Nội dung điểm"), required=False, rows=3)

    def __init__(self, *args: Any, proposals: Sequence[ProposedPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {str(number): point for number, point in enumerate(proposals)}
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = [(key, f"{point.number}. {point.statement}") for key, point in self.proposals.items()]
        if not self.proposals:
            del self.fields["chosen"]

    def clean(self) -> dict[str, Any]:
        """Words need a number, and the other way round."""
        data = super().clean() or {}
        for name, other, sentence in (
            ("number", "statement", _now("Ghi số của điểm, ví dụ 1 hoặc II.2.")),
            ("statement", "number", _now("Ghi nội dung của điểm.")),
        ):
            if data.get(other) and not data.get(name):
                self.add_error(name, sentence)
        return data


class EndingForm(SoiForm):
    """Hết hiệu lực."""

    on = DayField(label=_("Hết hiệu lực từ ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: thay bằng Nghị quyết 07-NQ/ĐU.")
    )


class DisseminationRecordForm(SoiForm):
    """Báo cáo quán triệt: how, when, how many of how many."""

    on = DayField(label=_("Ngày quán triệt"))
    form = forms.ChoiceField(label=_("Hình thức"), choices=DisseminationForm.choices)
    attended = forms.IntegerField(label=_("Số người dự"), min_value=0, max_value=1_000_000)
    expected = forms.IntegerField(label=_("Trên tổng số phải dự"), min_value=1, max_value=1_000_000)
    note = LongTextField(label=_("Nội dung, cách làm"), required=False, rows=3)
    evidence = forms.FileField(
        label=_("Minh chứng"),
        required=False,
        help_text=_("Ảnh, PDF, Word, Excel hoặc tệp chữ, không quá 20 MB."),
    )

    def clean(self) -> dict[str, Any]:
        """Nobody counts more people than should come."""
        data = super().clean() or {}
        attended, expected = data.get("attended"), data.get("expected")
        if attended is not None and expected is not None and attended > expected:
            self.add_error("attended", _now("Số người dự không thể nhiều hơn số phải dự."))
        return data


class ElaborationForm(SoiForm):
    """Cụ thể hóa: by a paper issued before, or not needed and why. New papers have a form of their own."""

    kind = forms.ChoiceField(
        label=_("Cách cụ thể hóa"),
        choices=[
            (ElaborationKind.NOT_NEEDED.value, ElaborationKind.NOT_NEEDED.label),
            (ElaborationKind.DIRECTIVE.value, _("Đã có văn bản ban hành trước đó, nay gắn vào")),
        ],
        widget=forms.RadioSelect,
    )
    note = LongTextField(
        label=_("Lý do, hoặc ghi chú"), required=False, rows=3,
        help_text=_("Nếu không cần cụ thể hóa: vì sao, và đơn vị thực hiện ngay bằng việc gì."),
    )  # fmt: skip
    on = DayField(label=_("Ngày"))
    directive: Any = forms.ModelChoiceField(
        label=_("Văn bản của đơn vị"), queryset=None, required=False, empty_label=_("Không chọn")
    )

    def __init__(self, *args: Any, directives: QuerySet[Directive], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "directive", directives)


def split_reach(data: dict[str, Any], issuer: Organization, direct: QuerySet[Organization]) -> dict[str, Any]:
    """Chỗ đã chọn thành nơi nhận: keywords for the actions; the issuer itself stands for everybody below."""
    reach, subtrees, addressees = data.pop("reach"), list(data.pop("subtrees")), list(data.pop("addressees"))
    if reach == ALL:
        return {"subtrees": [issuer], "addressees": []}
    if reach == DIRECT:
        return {"subtrees": [], "addressees": list(direct)}
    return {"subtrees": subtrees, "addressees": addressees}
