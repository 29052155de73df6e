"""Bảng của phòng kiểm điểm: the cycle and its list, prompts, what is carried, the text, comments."""

from soi.reviews.models.carrying import Carried
from soi.reviews.models.commenting import (
    Asked,
    Comment,
    CommentRound,
    RoundKey,
    SealedComment,
    UnsignedComment,
)
from soi.reviews.models.cycle import Cycle, CycleStep, Review
from soi.reviews.models.prompting import Explanation, Prompt
from soi.reviews.models.text import Finalization, Measure, Paragraph, Wording

__all__ = [
    "Asked",
    "Carried",
    "Comment",
    "CommentRound",
    "Cycle",
    "CycleStep",
    "Explanation",
    "Finalization",
    "Measure",
    "Paragraph",
    "Prompt",
    "Review",
    "RoundKey",
    "SealedComment",
    "UnsignedComment",
    "Wording",
]
