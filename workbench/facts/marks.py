"""Punctuation that translators keep: quotation marks, and how a sentence ends."""

from __future__ import annotations

import re

# Not the sign of a Hebrew abbreviation, before its last letter or an ending (מנכ"ל, מנכ"לית).
_GERSHAYIM = r'(?<=[א-ת])"(?=[א-ת](?![א-ת"]))|(?<=[א-ת]{2})"(?=[א-ת]{2,3}(?![א-ת"]))'
QUOTES = re.compile(f'[„“”«»「」『』‹›]|(?!{_GERSHAYIM})"')
_CLOSERS = "”“\"»«」』›‹)）] ’'"
_ENDINGS = ("?？", "!！", ".。．", ":：", ";；", "…", ",，、")


def quotes(text: str) -> int:
    """How many quotation marks a text has, opening and closing, single ones not counted.

    >>> quotes("Il dit : « Non. »"), quotes("他說：「不。」")
    (2, 2)
    >>> quotes('מנכ"ל צה"ל אמר: "לא."'), quotes('כתב ב"הארץ"')
    (2, 2)
    """
    return len(QUOTES.findall(text))


def ending(text: str) -> int:
    """A number for the kind of punctuation that a text ends with, behind which quotes may close; 0 for none.

    >>> ending("Really?"), ending("「真的嗎？」"), ending("A heading")
    (1, 1, 0)
    """
    last = text.rstrip().rstrip(_CLOSERS)[-1:]
    return next((kind for kind, marks in enumerate(_ENDINGS, 1) if last and last in marks), 0)
