"""Biểu mẫu góp ý: whom to ask, prolonging, what came on paper, the answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soi.reviews.enums import Uptake
from soi.web.forms.fields import DayField, LongTextField, SoiForm
from soi.web.forms.picks import PickField, PickManyField

LONGEST = 4000


class RoundForm(SoiForm):
    """Lấy góp ý: what is asked, of whom, until when."""

    request = LongTextField(label=_("Đề nghị góp ý về việc gì"), rows=3, max_length=LONGEST)
    due_on = DayField(label=_("Hạn góp ý"))
    bodies = PickManyField(
        label=_("Đơn vị góp ý"), required=False,
        help_text=_("Mỗi đơn vị góp ý qua người giữ hồ sơ hoặc người đứng đầu của chính đơn vị đó."),
    )  # fmt: skip
    people = PickManyField(label=_("Từng người góp ý"), required=False)
    everyone_of = PickField(
        label=_("Và mọi người đang giữ chức vụ ở"), required=False, help_text=_("Để trống nếu không cần.")
    )
    on_paper = LongTextField(
        label=_("Nơi góp ý bằng giấy"), rows=3, required=False, max_length=LONGEST,
        help_text=_("Mỗi dòng một nơi không dùng Soi, ví dụ «Mặt trận Tổ quốc phường». Văn phòng nhập giúp."),
    )  # fmt: skip
    anonymous = forms.BooleanField(
        label=_("Góp ý không ghi tên"), required=False,
        help_text=_(
            "Chỉ hỏi từng người, từ 10 người có tài khoản. Sau hạn mới mở được, mở tất cả một lần, và chỉ khi có "
            "từ 5 người góp ý. Không ai xem được ai viết gì."
        ),
    )  # fmt: skip
    mandatory = forms.BooleanField(
        label=_("Phải trả lời hết góp ý mới được chốt"), required=False, initial=True
    )

    def clean_on_paper(self) -> list[str]:
        return str(self.cleaned_data["on_paper"]).splitlines()


class ExtendForm(SoiForm):
    """Gia hạn góp ý."""

    due_on = DayField(label=_("Hạn mới"))


class PaperForm(SoiForm):
    """Nhập góp ý bằng giấy."""

    paper_on = DayField(label=_("Ngày trên giấy"))
    text = LongTextField(
        label=_("Góp ý"), rows=6, required=False, max_length=LONGEST,
        help_text=_("Chép nguyên văn. Để trống nếu nơi này nhất trí, không có ý kiến thêm."),
    )  # fmt: skip
    source = PickField(
        label=_("Bản chụp"), required=False, help_text=_("Chọn trong văn bản nguồn đã tải lên, nếu có.")
    )


class AnswerForm(SoiForm):
    """Trả lời một góp ý."""

    uptake = forms.ChoiceField(label=_("Tiếp thu"), choices=Uptake.choices, widget=forms.RadioSelect)
    reason = LongTextField(
        label=_("Lý do, cách tiếp thu"), rows=3, required=False, max_length=LONGEST,
        help_text=_("Phải ghi khi không tiếp thu hoặc chỉ tiếp thu một phần. Người góp ý đọc được."),
    )  # fmt: skip
