"""Forms of words by the regular rules of English, French, Spanish, Portuguese and German.

Rules are tried in order: the first whose ending a word has says what the ending becomes. What a rule makes wrongly is
no word, and does no harm where forms are only looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Rule = tuple[str, str]  # how a word ends, and what that becomes

_PLURALS: dict[str, Sequence[Rule]] = {
    "en": (("([^aeiou])y", r"\1ies"), ("(s|x|z|ch|sh)", r"\1es"), ("", "s")),
    "fr": (("([sxz])", r"\1"), ("(eau|au|eu)", r"\1x"), ("al", "aux"), ("", "s")),
    "es": (
        ("([aeoáéó])", r"\1s"),
        ("([iuíú])", r"\1s"),
        ("z", "ces"),
        ("ón", "ones"),
        ("án", "anes"),
        ("ín", "ines"),
        ("és", "eses"),
        ("s", "s"),
        ("", "es"),
    ),
    "pt": (
        ("ão", "ões"),
        ("([áéíóúâêô].*)[ei]l", r"\1eis"),
        ("il", "is"),
        ("el", "éis"),
        ("([aou])l", r"\1is"),
        ("m", "ns"),
        ("([rz])", r"\1es"),
        ("ês", "eses"),
        ("s", "s"),
        ("", "s"),
    ),
    "de": (("", ""),),
}
_FEMININES: dict[str, Sequence[Rule]] = {
    "fr": (
        ("e", "e"),
        ("if", "ive"),
        ("eux", "euse"),
        ("er", "ère"),
        ("(e|o)([lnt])", r"\1\2\2e"),
        ("", "e"),
    ),
    "es": (("o", "a"), ("és", "esa"), ("án", "ana"), ("or", "ora"), ("ón", "ona"), ("", "")),
    "pt": (("eu", "eia"), ("ão", "ã"), ("o", "a"), ("ês", "esa"), ("or", "ora"), ("", "")),
}
_ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
_JOINED = re.compile(r" (?:de|d['’]|des|du|del|da|do|das|dos|à|au|en|of)\b")


def plural(noun: str, lang: str) -> str:
    """Of several words those that change: before a preposition, and else in English the last, elsewhere all.

    >>> plural("tremblement de terre", "fr"), plural("human right", "en"), plural("avião", "pt")
    ('tremblements de terre', 'human rights', 'aviões')
    """
    joined = _JOINED.search(noun)
    head, rest = (noun[: joined.start()], noun[joined.start() :]) if joined else (noun, "")
    words = head.split(" ")
    changed = len(words) - 1 if lang == "en" else 0
    return " ".join([*words[:changed], *(_by(_PLURALS[lang], word) for word in words[changed:])]) + rest


def inflected(adjective: str, lang: str) -> tuple[str, ...]:
    """The forms of an adjective, of which the masculine, in German the stem, is given."""
    if lang == "de":
        return tuple(adjective + ending for ending in _ADJECTIVE_ENDINGS)
    feminine = _by(_FEMININES[lang], adjective)
    return adjective, feminine, plural(adjective, lang), plural(feminine, lang)


def _by(rules: Sequence[Rule], word: str) -> str:
    return next(re.sub(f"{end}$", made, word, count=1) for end, made in rules if re.search(f"{end}$", word))
