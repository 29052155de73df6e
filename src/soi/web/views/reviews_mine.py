"""Kiểm điểm của tôi: my reviews, what I am asked to comment on, what was said about me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from soi.reviews import commented
from soi.web import review_mine
from soi.web.http import SignedInRequest


def my_reviews(request: SignedInRequest) -> HttpResponse:
    """Kiểm điểm của tôi, phone first."""
    context = {
        "mine": review_mine.build(request.actor),
        "asked": list(commented.waiting_for(request.actor)),
        "said": review_mine.about_me(request.actor),
        "today": request.actor.today,
    }
    return render(request, "reviews/mine.html", context)
