"""The labels of a law's articles, chapters and paragraphs: "Art. 12", "§ 12a", "第十二条", "Titre III", "(2)"."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,4}(?:[ºª°]|er\b)?(?:[a-z]\b|\s?(?:bis|ter|quater|quinquies)\b)?"
# Neither "Book Lovers" nor "the part I like" has a number.
_ROMAN = r"(?-i:(?=[IVXL])(?!I [a-z])(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})(?<=[IVXLC])\b)"
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|(?:erst|zweit|dritt|viert|fünft|sechst|siebe?n?t|acht|neunt|zehnt)e[rs]?"
    r"|premi(?:er|ère)|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix)ième|seconde?|préliminaire"
    r"|(?:primer|segund|tercer|cuart|quint|sext|s[eé]ptim|octav|noven|d[eé]cim)[oa]?|preliminar"
    r"|(?:primeir|terceir|quart|sétim|oitav|non)[oa])\b"
)
_CARDINAL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
_ARTICLE = r"(?:(?:art(?:ículo|icle|icolo|igo|ikel)?\b\.?|clause|cláusula)\s?|§{1,2}\s?)"
_CHAPTER = (
    r"(?:chapter|chapitre|kapitel|cap[ií]tulo|capitolo|title|titre|titel|t[ií]tulo|titolo|part|partie|parte|teil"
    r"|book|livre|buch|libro|livro|(?:sub)?section|secci[oó]n|seção|sezione|(?:unter)?abschnitt"
    r"|annexe?|anexo|anhang|anlage|appendix|schedule)\b(?!-)"
)
_LABEL = re.compile(
    r"[^\w§]{0,4}(?:"
    rf"{_ARTICLE}(?:{_NUMBER}|(?:premier|primero|primeiro|único|unique)\b)"
    rf"|{_CHAPTER}\s{{1,2}}(?:{_NUMBER}|{_ROMAN}|{_ORDINAL}|{_CARDINAL})"
    rf"|(?:{_NUMBER}\.\s{{0,2}}|{_ORDINAL}\s{{1,2}}){_CHAPTER}"
    r"|第[\d〇零一二三四五六七八九十百千]{1,7}(?:[条條](?:[之の][一二三四五六七八九十]{1,3})?|部分|[章编編篇款]|[节節](?![课課车車])|[部回](?!\w))"
    r"|제\s?\d{1,4}(?:조(?:의\s?\d{1,2})?|[장절편])"
    r")",
    re.IGNORECASE,
)
PARAGRAPH = r"[(（](?:\d{1,3}[a-z]?|[一二三四五六七八九十]{1,3})[)）]"
_PARAGRAPH = re.compile(rf"\s{{0,4}}{PARAGRAPH}\s?(?=\w)")
_APART = re.compile(r"\s?[.:：–—-]")
_AFTER_CJK = frozenset(" \u3000\t(（")
_FINAL = (".", ";", "。", "；")
_PAUSES = (*_FINAL, ",", "，", "、")


def unlabelled(text: str) -> str:
    """The text with blanks in place of the label that it begins with, of an article, a chapter or a paragraph.

    "Artikel 5 gilt sinngemäss." speaks of another article: in a sentence a label has a full stop or the like behind it,
    or where it is Chinese, Japanese or Korean a blank.

    >>> unlabelled("(2) Le puits."), unlabelled("Artikel 5 gilt.")
    ('    Le puits.', 'Artikel 5 gilt.')
    """
    paragraph = _PARAGRAPH.match(text)
    end = paragraph.end() if paragraph else label_end(text)
    labels = paragraph or _is_apart(text, end)
    return " " * end + text[end:] if labels or not text.rstrip().endswith(_FINAL) else text


def label_end(text: str, start: int = 0) -> int:
    """Where the label ends that a line begins with, its punctuation not counted; `start` where it begins with none.

    >>> label_end("Artículo 12. Funcionamiento"), label_end("of Article 12")
    (11, 0)
    """
    match = _LABEL.match(text, start)
    return match.end() if match else start


def is_labelled(text: str) -> bool:
    """Whether a text begins with the label of an article or a chapter, and not with one that a sentence speaks of.

    >>> is_labelled("Art. 12 Häfen"), is_labelled("(2) Der Hafen."), is_labelled("Artikel 5 gilt.")
    (True, False, False)
    """
    return label_end(text) > 0 and unlabelled(text) != text


def _is_apart(text: str, end: int) -> bool:
    """Whether a label that ends there is no part of a sentence."""
    if _APART.match(text, end):
        return True
    return not {"第", "제"}.isdisjoint(text[:end]) and text[end : end + 1] in _AFTER_CJK


def is_head(line: str) -> bool:
    """Whether a line is a label, with a title or without, and no sentence that begins with one.

    >>> is_head("第一条 港口"), is_head("Kapitel 3 gilt sinngemäss.")
    (True, False)
    """
    return label_end(line) > 0 and not line.rstrip().endswith(_PAUSES)
