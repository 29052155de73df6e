"""Biểu mẫu của công việc: tasks, progress, assessment, moves of one task and of many, programmes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.org.enums import WorkArea
from soi.web.forms.fields import DayField, LongTextField, SoiForm
from soi.web.forms.picks import PickField, PickManyField
from soi.work.enums import LateCause, Result

_EVIDENCE_HINT = _("Ảnh, PDF, Word, Excel hoặc tệp chữ, không quá 20 MB.")
_NUMBER = {"step": "any", "inputmode": "decimal"}


def _measure(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs=_NUMBER),
    )


class TaskWordsForm(SoiForm):
    """Nội dung nhiệm vụ: what is written when it is given, and may be mended later."""

    statement = LongTextField(
        label=_("Nhiệm vụ"), rows=3, help_text=_("Một việc cụ thể. Làm gì, bao nhiêu, với ai hoặc ở đâu.")
    )
    deliverable = LongTextField(
        label=_("Sản phẩm, kết quả phải có"),
        rows=2,
        help_text=_(
            "Nhìn vào là biết đã xong hay chưa, ví dụ: kế hoạch được phê duyệt, biên bản của 8 chi bộ."
        ),
    )
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=[("", _("Chọn lĩnh vực")), *WorkArea.choices])
    target = _measure(_("Chỉ tiêu"))
    unit = forms.CharField(label=_("Đơn vị tính"), required=False, max_length=40)
    weight = forms.IntegerField(
        label=_("Trọng số"),
        min_value=1,
        max_value=10,
        initial=1,
        help_text=_("Từ 1 đến 10; việc quan trọng hơn có số lớn hơn."),
    )


class TaskForm(TaskWordsForm):
    """Giao nhiệm vụ: exactly one accountable post, a product and a day."""

    accountable_post = PickField(
        label=_("Chịu trách nhiệm chính"),
        help_text=_("Đúng một chức vụ. Ai giữ chức vụ này thì người đó chịu trách nhiệm."),
    )
    due_on = DayField(label=_("Thời hạn"))
    start_on = DayField(label=_("Bắt đầu"), required=False)
    assigned_by = PickField(label=_("Đơn vị giao"), help_text=_("Đơn vị này theo dõi và đánh giá kết quả."))
    contributors = PickManyField(label=_("Đơn vị phối hợp"), required=False)
    programme = PickField(label=_("Thuộc chương trình"), required=False)
    directive = PickField(label=_("Thực hiện văn bản"), required=False)


class TaskEditForm(TaskWordsForm):
    """Sửa nội dung nhiệm vụ; the post and the day have their own deeds."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TaskProgressForm(SoiForm):
    """Báo cáo tiến độ."""

    percent = forms.IntegerField(
        label=_("Đã làm được (phần trăm)"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"step": 5}),
    )
    value = _measure(_("Kết quả đo được"))
    note = LongTextField(label=_("Kết quả đến nay"), rows=3)
    difficulty = LongTextField(label=_("Khó khăn, vướng mắc"), rows=2, required=False)
    request = LongTextField(
        label=_("Đề nghị cấp trên"),
        rows=2,
        required=False,
        help_text=_("Đơn vị giao sẽ thấy đề nghị này trong Việc của tôi cho đến khi trả lời."),
    )
    evidence = forms.FileField(label=_("Minh chứng"), required=False, help_text=_EVIDENCE_HINT)

    def __init__(self, *args: Any, measured: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_measure(self, measured)
        # Where something is measured, the percentage follows from it.
        self.fields["percent"].required = not measured


class TaskDoneForm(SoiForm):
    """Báo cáo đã làm xong, with one's own judgement of the result."""

    result = forms.ChoiceField(
        label=_("Tự đánh giá"),
        choices=[
            (Result.ACHIEVED.value, Result.ACHIEVED.label),
            (Result.EXCEEDED.value, Result.EXCEEDED.label),
            (Result.NOT_ACHIEVED.value, Result.NOT_ACHIEVED.label),
        ],
        initial=Result.ACHIEVED.value,
        widget=forms.RadioSelect,
    )
    value = _measure(_("Kết quả đo được"))
    note = LongTextField(label=_("Kết quả"), rows=4, help_text=_("Sản phẩm nào đã có, ở đâu."))
    late_cause = forms.ChoiceField(
        label=_("Nguyên nhân chậm"), choices=LateCause.choices, required=False, widget=forms.RadioSelect
    )
    evidence = forms.FileField(label=_("Minh chứng"), required=False, help_text=_EVIDENCE_HINT)

    def __init__(self, *args: Any, measured: str, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_measure(self, measured)
        _ask_cause(self, late)


_RESULTS = {
    Result.ACHIEVED: _("Đạt yêu cầu: nhiệm vụ hoàn thành"),
    Result.EXCEEDED: _("Vượt yêu cầu: hoàn thành vượt mức"),
    Result.NOT_ACHIEVED: _("Không đạt: khép lại, ghi là không hoàn thành"),
}


class TaskAssessmentForm(SoiForm):
    """Đánh giá kết quả; «làm tiếp» gives back what was reported done."""

    result = forms.ChoiceField(label=_("Kết quả"), widget=forms.RadioSelect)
    note = LongTextField(label=_("Nhận xét"), rows=3, help_text=_("Đã xem sản phẩm nào, thấy gì."))
    late_cause = forms.ChoiceField(
        label=_("Nguyên nhân chậm"), choices=LateCause.choices, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, late: bool, offered: tuple[Result, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_cause(self, late)
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        choices = [(result.value, label) for result, label in _RESULTS.items() if result in offered]
        if len(offered) > 1:
            choices.append((Result.RETURNED.value, _("Chưa đạt: trả lại để làm tiếp")))
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]


class HandOverForm(SoiForm):
    """Chuyển người chịu trách nhiệm."""

    accountable_post = PickField(label=_("Giao cho chức vụ"))
    note = LongTextField(label=_("Ghi chú"), rows=2, required=False)


class DueForm(SoiForm):
    """Đổi hạn, with the reason: the old date stays in the history."""

    due_on = DayField(label=_("Hạn mới"))
    reason = LongTextField(label=_("Lý do"), rows=2)


class RemindForm(SoiForm):
    """Nhắc việc."""

    note = LongTextField(
        label=_("Lời nhắc"),
        rows=2,
        required=False,
        help_text=_("Người giữ chức vụ sẽ nhận được lời nhắc này."),
    )


class CancelForm(SoiForm):
    """Hủy nhiệm vụ."""

    reason = LongTextField(label=_("Lý do hủy"), rows=3)


class RequestAnswerForm(SoiForm):
    """Trả lời đề nghị."""

    text = LongTextField(label=_("Trả lời"), rows=4)


class ProgrammeForm(SoiForm):
    """Lập chương trình công tác."""

    organization = PickField(label=_("Đơn vị"))
    title = forms.CharField(
        label=_("Tên chương trình"),
        max_length=300,
        help_text=_("Ví dụ: Chương trình công tác năm 2021 của Đảng ủy."),
    )
    period = forms.ChoiceField(label=_("Kỳ"))

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = periods


class SigningForm(SoiForm):
    """Ký bàn giao."""

    note = forms.CharField(label=_("Ghi chú trước khi ký"), required=False, max_length=500)


def _say_measure(form: SoiForm, measured: str) -> None:
    """A value is asked for only where the task has a target; the hint says which."""
    if measured:
        form.fields["value"].help_text = measured
    else:
        del form.fields["value"]


def _ask_cause(form: SoiForm, late: bool) -> None:
    """The cause is asked for only where it is late; whether it is demanded, the action says."""
    if not late:
        del form.fields["late_cause"]
