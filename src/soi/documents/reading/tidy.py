"""Làm sạch: the last step for every kind of file, and the look-out for old Vietnamese fonts."""

from __future__ import annotations

import re

from soi.base.errors import Invalid
from soi.base.text import nfc
from soi.documents.reading.limits import Limits

TCVN3_WARNING = (
    "Văn bản có vẻ gõ bằng phông chữ cũ (TCVN3, phông .VnTime): chữ có dấu hiện sai. "
    "Hãy chuyển sang Unicode rồi tải lên lại."
)

# Everything that is not a printed sign, a tab or a line end; databases refuse U+0000 and lone surrogates.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_TAIL = re.compile(r"[ \t]+(?=\n)")
_BLANK_LINES = re.compile(r"\n{3,}")

# In TCVN3 these signs stand for ả, ã, ạ, ư, đ…; in real text they never touch a letter on the left,
# or, for ® and ©, on the right.
_TCVN3_SIGN = re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½Æ©ª«¬\u00ad®×÷]|[®©«¬][a-zµ¸¶·¹]")
_UNICODE_LETTER = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


def tidy(text: str, limits: Limits) -> str:
    """NFC, ``\\n`` line ends, plain blanks, no control signs, at most one blank line in a row."""
    refuse_too_long(len(text), limits)
    text = _LINE_END.sub("\n", text)
    text = _BLANKS.sub(" ", _CONTROL.sub("", text))
    return _BLANK_LINES.sub("\n\n", _LINE_TAIL.sub("", nfc(text)))


def refuse_too_long(characters: int, limits: Limits) -> None:
    """Raises ``Invalid`` when a text has more characters than the limit."""
    if characters > limits.characters:
        most = f"{limits.characters:,}".replace(",", ".")
        raise Invalid(f"Văn bản dài quá {most} ký tự. Hãy tách thành nhiều tệp rồi tải lên từng tệp.")


def font_warnings(raw: str) -> tuple[str, ...]:
    """Cảnh báo phông cũ: judged on the text before ``tidy``, which drops some of the signs."""
    sample = raw[:200_000]
    old_signs = sum(1 for _ in _TCVN3_SIGN.finditer(sample))
    real_letters = sum(1 for _ in _UNICODE_LETTER.finditer(sample))
    probable = old_signs >= 5 and old_signs > 2 * real_letters and old_signs * 60 > len(sample)
    return (TCVN3_WARNING,) if probable else ()
