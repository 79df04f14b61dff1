"""The labels of a law's articles and paragraphs: "Art. 12", "Artículo 12 bis", "§ 12a", "第十二条", "(2)"."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,4}[ºª°]?(?:[a-z]\b|\s?(?:bis|ter|quater|quinquies)\b)?"
_LABEL = re.compile(
    r"[^\w§]{0,4}(?:(?:art(?:ículo|icle|icolo|igo|ikel)?\b\.?|section|secci[oó]n|seção|clause|cláusula)\s?|§{1,2}\s?)"
    rf"{_NUMBER}"
    r"|\W{0,4}第[\d〇零一二三四五六七八九十百千]{1,7}[条條](?:之[一二三四五六七八九十]{1,3})?|제\s?\d{1,4}조(?:의\s?\d{1,2})?",
    re.IGNORECASE,
)
PARAGRAPH = r"[(（](?:\d{1,3}[a-z]?|[一二三四五六七八九十]{1,3})[)）]"
_PARAGRAPH = re.compile(rf"\s{{0,4}}{PARAGRAPH}\s?(?=\w)")
_APART = re.compile(r"\s?[.:：–—-]")
_FINAL = (".", ";", "。", "；")


def unlabelled(text: str) -> str:
    """The text with blanks in place of the label that it begins with, of an article or a paragraph.

    "Artikel 5 gilt sinngemäss." speaks of another article: in a sentence a label has a full stop or the like behind it,
    or in Chinese a blank.

    >>> unlabelled("(2) Le puits."), unlabelled("Artikel 5 gilt.")
    ('    Le puits.', 'Artikel 5 gilt.')
    """
    paragraph = _PARAGRAPH.match(text)
    end = paragraph.end() if paragraph else label_end(text)
    labels = paragraph or _APART.match(text, end) or (end and text[end - 1] in "条條" and text[end : end + 1].isspace())
    return " " * end + text[end:] if labels or not text.rstrip().endswith(_FINAL) else text


def label_end(text: str, start: int = 0) -> int:
    """Where the label ends that a line begins with, its punctuation not counted; `start` where it begins with none.

    >>> label_end("Artículo 12. Funcionamiento"), label_end("of Article 12")
    (11, 0)
    """
    match = _LABEL.match(text, start)
    return match.end() if match else start
