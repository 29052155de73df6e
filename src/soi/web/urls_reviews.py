"""Địa chỉ của kiểm điểm: cycles, the list, prompts, the text, comments; joined by ``urls``."""

from __future__ import annotations

from django.urls import path

from soi.web.views import (
    reviews_comments,
    reviews_cycles,
    reviews_deciding,
    reviews_list,
    reviews_mine,
    reviews_text,
)

_cycles = [
    path("kiem-diem/", reviews_cycles.review_cycle_list, name="review_cycle_list"),
    path("kiem-diem/moi/", reviews_cycles.review_cycle_new, name="review_cycle_new"),
    path("kiem-diem/dot/<int:pk>/", reviews_cycles.review_ring, name="review_ring"),
    path("kiem-diem/dot/<int:pk>/lich/", reviews_cycles.review_steps, name="review_steps"),
    path("kiem-diem/dot/<int:pk>/ket-thuc/", reviews_cycles.review_closing, name="review_closing"),
    path("kiem-diem/dot/<int:pk>/danh-sach/", reviews_list.review_list, name="review_list"),
    path("kiem-diem/dot/<int:pk>/danh-sach.xlsx", reviews_list.review_list_xlsx, name="review_list_xlsx"),
    path("kiem-diem/dot/<int:pk>/hang-loat/", reviews_list.review_bulk, name="review_bulk"),
    path("kiem-diem/dot/<int:pk>/them/", reviews_list.review_list_adding, name="review_list_adding"),
    path(
        "kiem-diem/dot/<int:pk>/bo-sung/",
        reviews_list.review_list_supplement,
        name="review_list_supplement",
    ),
    path("kiem-diem/<int:pk>/kiem-diem-lai/", reviews_list.review_readmission, name="review_readmission"),
]

_text = [
    path("kiem-diem/<int:pk>/", reviews_text.review_detail, name="review_detail"),
    path("kiem-diem/<int:pk>/soan-tu-ho-so/", reviews_text.review_composing, name="review_composing"),
    path("kiem-diem/<int:pk>/soan/", reviews_text.review_writing, name="review_writing"),
    path("kiem-diem/<int:pk>/doan-moi/", reviews_text.review_paragraph_new, name="review_paragraph_new"),
    path("kiem-diem/<int:pk>/bao-cao.docx", reviews_text.review_docx, name="review_docx"),
    path("kiem-diem/<int:pk>/so-sanh/", reviews_text.review_compare, name="review_compare"),
    path("kiem-diem/<int:pk>/cau-trung/", reviews_text.review_copies, name="review_copies"),
    path("kiem-diem/doan/<int:pk>/", reviews_text.review_paragraph, name="review_paragraph"),
    path("kiem-diem/doan/<int:pk>/viec/", reviews_text.review_paragraph_deed, name="review_paragraph_deed"),
    path("kiem-diem/doan/<int:pk>/can-cu/", reviews_text.review_figure, name="review_figure"),
    path("kiem-diem/doan/<int:pk>/loi-van/", reviews_text.review_wordings, name="review_wordings"),
]

_deciding = [
    path("kiem-diem/dot/<int:pk>/goi-y/", reviews_deciding.review_prompts, name="review_prompts"),
    path(
        "kiem-diem/dot/<int:pk>/goi-y/gui/",
        reviews_deciding.review_prompts_sending,
        name="review_prompts_sending",
    ),
    path("kiem-diem/goi-y/<int:pk>/sua/", reviews_deciding.review_prompt_edit, name="review_prompt_edit"),
    path(
        "kiem-diem/goi-y/<int:pk>/rut/",
        reviews_deciding.review_prompt_withdrawal,
        name="review_prompt_withdrawal",
    ),
    path(
        "kiem-diem/goi-y/<int:pk>/giai-trinh/", reviews_deciding.review_explanation, name="review_explanation"
    ),
    path("kiem-diem/giai-trinh/<int:pk>/", reviews_deciding.review_judgement, name="review_judgement"),
    path("kiem-diem/chuyen-sang/<int:pk>/", reviews_deciding.review_carried, name="review_carried"),
    path("kiem-diem/<int:pk>/bien-phap/", reviews_deciding.review_measure_new, name="review_measure_new"),
    path("kiem-diem/bien-phap/<int:pk>/", reviews_deciding.review_measure_edit, name="review_measure_edit"),
    path(
        "kiem-diem/bien-phap/<int:pk>/bo/", reviews_deciding.review_measure_drop, name="review_measure_drop"
    ),
    path("kiem-diem/<int:pk>/chot/", reviews_deciding.review_finalizing, name="review_finalizing"),
    path("kiem-diem/<int:pk>/xem-xet/", reviews_deciding.review_decision, name="review_decision"),
    path("kiem-diem/<int:pk>/dinh-chinh/", reviews_deciding.review_correction, name="review_correction"),
]

_comments = [
    path("kiem-diem/cua-toi/", reviews_mine.my_reviews, name="my_reviews"),
    path("kiem-diem/<int:pk>/lay-gop-y/", reviews_comments.comment_round_new, name="comment_round_new"),
    path("kiem-diem/gop-y/<int:pk>/", reviews_comments.comment_asked, name="comment_asked"),
    path("kiem-diem/dot-gop-y/<int:pk>/", reviews_comments.comment_round, name="comment_round"),
    path(
        "kiem-diem/dot-gop-y/<int:pk>/dong/",
        reviews_comments.comment_round_closing,
        name="comment_round_closing",
    ),
    path(
        "kiem-diem/dot-gop-y/<int:pk>/gia-han/",
        reviews_comments.comment_round_extending,
        name="comment_round_extending",
    ),
    path("kiem-diem/gop-y-giay/<int:pk>/", reviews_comments.comment_paper, name="comment_paper"),
    path("kiem-diem/tra-loi-gop-y/<int:pk>/", reviews_comments.comment_answer, name="comment_answer"),
    path("kiem-diem/tra-loi-gop-y-kin/<slug:pk>/", reviews_comments.unsigned_answer, name="unsigned_answer"),
]

# Each slice adds its own list above and names it here.
review_paths = [*_cycles, *_text, *_deciding, *_comments]
