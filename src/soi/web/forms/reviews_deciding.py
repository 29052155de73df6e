"""Biểu mẫu gợi ý, giải trình, mục chuyển sang, biện pháp, duyệt, trả lại, đính chính."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.org.enums import WorkArea
from soi.reviews import carrying, explaining, measuring, prompting
from soi.reviews.enums import Verdict
from soi.web.forms.fields import DayField, LongTextField, SoiForm
from soi.web.forms.picks import PickField


class _Versioned(SoiForm):
    """What was shown, so that nobody's words are written over unseen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class PromptsForm(SoiForm):
    """Lập gợi ý: the same texts for everybody ticked."""

    reviews = forms.MultipleChoiceField(
        label=_("Gửi cho"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một tập thể hoặc cá nhân.")},
        help_text=_("Tập thể và cá nhân trực thuộc, chưa chốt bản kiểm điểm."),
    )  # fmt: skip
    text = LongTextField(
        label=_("Nội dung gợi ý"), rows=4, max_length=prompting.LONGEST,
        help_text=_("Nêu rõ vấn đề phải làm rõ. Mỗi gợi ý cần một giải trình riêng."),
    )  # fmt: skip
    second = LongTextField(
        label=_("Gợi ý thứ hai"), rows=2, required=False, max_length=prompting.LONGEST,
        help_text=_("Bỏ trống nếu chỉ có một."),
    )  # fmt: skip
    third = LongTextField(label=_("Gợi ý thứ ba"), rows=2, required=False, max_length=prompting.LONGEST)

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(review.pk): review for review in offered}
        field = self.fields["reviews"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (tells the type checker)
        field.choices = [(pk, _label(review)) for pk, review in self.offered.items()]

    def clean_reviews(self) -> list[Any]:
        return [self.offered[pk] for pk in self.cleaned_data["reviews"]]

    def texts(self) -> list[str]:
        """Các gợi ý đã ghi."""
        return [self.cleaned_data[name] for name in ("text", "second", "third")]


def _label(review: Any) -> str:
    return (
        f"{review.person}, {review.post_label}, {review.organization}"
        if review.person
        else str(review.organization)
    )


class PromptForm(_Versioned):
    """Sửa gợi ý chưa gửi."""

    text = LongTextField(label=_("Nội dung gợi ý"), rows=5, max_length=prompting.LONGEST)


class WithdrawalForm(SoiForm):
    """Rút gợi ý."""

    reason = LongTextField(
        label=_("Lý do rút"), rows=3, help_text=_("Nơi nhận gợi ý thấy nguyên văn lý do này.")
    )


class ExplanationForm(SoiForm):
    """Giải trình."""

    text = LongTextField(
        label=_("Giải trình"), rows=8, max_length=explaining.LONGEST,
        help_text=_("Nói thẳng vào việc: đã làm gì, vì sao còn như vậy, ai chịu trách nhiệm, bao giờ xong."),
    )  # fmt: skip


class JudgementForm(SoiForm):
    """Xem xét giải trình."""

    verdict = forms.ChoiceField(
        label=_("Ý kiến"), choices=Verdict.choices, widget=forms.RadioSelect, initial=Verdict.ACCEPTED
    )
    reason = LongTextField(
        label=_("Cần giải trình thêm điều gì"), rows=4, required=False,
        help_text=_("Phải ghi khi cần giải trình thêm. Người giải trình thấy nguyên văn."),
    )  # fmt: skip


class CarriedForm(_Versioned):
    """Trả lời một mục chuyển sang; of what is mended no reason is asked."""

    answer = LongTextField(
        label=_("Kết quả khắc phục, minh chứng"), rows=4, max_length=carrying.LONGEST,
        help_text=_("Đã làm gì, thấy ở văn bản hay số liệu nào."),
    )  # fmt: skip
    why_not = LongTextField(
        label=_("Vì sao chưa khắc phục xong, ai chịu trách nhiệm"), rows=3, max_length=carrying.LONGEST
    )

    def __init__(self, *args: Any, mended: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mended:
            del self.fields["why_not"]


class MeasureForm(_Versioned):
    """Biện pháp: what, by which post, with which product, by which day."""

    statement = LongTextField(
        label=_("Biện pháp"), rows=3, max_length=measuring.LONGEST,
        help_text=_("Việc cụ thể sẽ làm. Khi chốt bản kiểm điểm, mỗi biện pháp tự thành một nhiệm vụ của kỳ sau."),
    )  # fmt: skip
    accountable_post = PickField(
        label=_("Chịu trách nhiệm chính"),
        help_text=_("Đúng một chức vụ. Ai giữ chức vụ này thì người đó chịu trách nhiệm."),
    )
    deliverable = LongTextField(
        label=_("Sản phẩm, kết quả phải có"), rows=2, max_length=500,
        help_text=_("Nhìn vào là biết đã xong hay chưa, ví dụ: bảng phân công của ba đại đội."),
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Lĩnh vực"), choices=WorkArea.choices)
    due_on = DayField(label=_("Thời hạn"))


class DecisionForm(SoiForm):
    """Duyệt hoặc trả lại."""

    decision = forms.ChoiceField(
        label=_("Quyết định"), widget=forms.RadioSelect,
        choices=[("approve", _("Duyệt")), ("return", _("Trả lại để làm tiếp"))],
    )  # fmt: skip
    reason = LongTextField(
        label=_("Lý do trả lại"), rows=4, required=False,
        help_text=_("Phải ghi khi trả lại. Nơi lập bản kiểm điểm thấy nguyên văn."),
    )  # fmt: skip


class CorrectionForm(SoiForm):
    """Đính chính bản đã chốt."""

    reason = LongTextField(
        label=_("Lý do đính chính"), rows=4,
        help_text=_("Sai ở đâu, vì sao. Bản đã chốt vẫn còn nguyên bên cạnh bản mới, cùng lý do này."),
    )  # fmt: skip
