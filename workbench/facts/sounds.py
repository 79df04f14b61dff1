"""How a name sounds, roughly: the classes of its consonants, which it keeps where spelling and vowels change.

After the Soundex of Russell (1918).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CLASSES = {
    **dict.fromkeys("bpfv", "P"),
    **dict.fromkeys("dt", "T"),
    **dict.fromkeys("gkqx", "K"),
    **dict.fromkeys("szj", "S"),
    **dict.fromkeys("lr", "L"),
    "m": "M",
    "n": "N",
    "c": "K",
}
_SPELLINGS = (
    (re.compile(r"sch|tsch|tch|sh|ch|ts|tz|th(?=[eiy])"), "s"), (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiy])|ß"), "s"), (re.compile(r"gh(?=t)|(?<=[aeiou])h"), ""),
    (re.compile(r"g(?=[eiy])"), "j"), (re.compile(r"dg"), "j"), (re.compile(r"ck"), "k"),
    (re.compile(r"mb|mp(?=t)"), "mp"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def latin_sound(word: str) -> str:
    """The consonants of a word in Latin letters.

    >>> latin_sound("Sevilla"), latin_sound("Séville"), latin_sound("Nadal")
    ('SPL', 'SPL', 'NTL')
    """
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(ch))
    for pattern, instead in _SPELLINGS:
        plain = pattern.sub(instead, plain)
    return _once("".join(_CLASSES.get(ch, "") for ch in plain))


_KANA = {
    ch: sound
    for sound, row in {
        "K": "カキクケコガギグゲゴ", "S": "サシスセソザジズゼゾチツヂヅ", "T": "タテトダデド", "N": "ナニヌネノン",
        "P": "バビブベボパピプペポフヴ", "M": "マミムメモ", "L": "ラリルレロ",
    }.items()
    for ch in row
}  # fmt: skip
# Katakana follow what c, g and m sound like, which their spelling does not tell.
_AS_ONE = str.maketrans("KM", "SN")
_SILENT = re.compile(r"r(?![aeiouy])", re.IGNORECASE)


@lru_cache(maxsize=16384)
def kana_sound(kana: str) -> str:
    """The consonants of a word in katakana, to be held against those of `as_kana`.

    >>> kana_sound("カーター"), as_kana("Carter"), kana_sound("フェデラー"), as_kana("Federer")
    ('ST', 'ST', 'PTL', 'PTL')
    """
    return _once("".join(_KANA.get(ch, "") for ch in kana).translate(_AS_ONE))


@lru_cache(maxsize=16384)
def as_kana(word: str) -> str:
    """The consonants that a word in Latin letters would have in katakana, where an r is heard before vowels alone."""
    return _once(latin_sound(_SILENT.sub("", word).replace("x", "ks")).translate(_AS_ONE))


def _once(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound)


def alike(a: str, b: str, least: int = 4) -> bool:
    """Whether two sounds may be one name: in order, and equal but for one in `least`."""
    if a == b:
        return bool(a)
    longer = max(len(a), len(b))
    if longer < least or abs(len(a) - len(b)) * least > longer:
        return False
    return _common(a, b) * least >= (least - 1) * longer


def resembles(a: str, b: str) -> bool:
    """Whether two words may be one name spelt in two ways: in order, and equal but for two letters in five.

    >>> resembles("khamenei", "jamenei"), resembles("nadal", "federer")
    (True, False)
    """
    longer = max(len(a), len(b))
    return abs(len(a) - len(b)) * 3 <= longer and _common(a, b) * 5 >= 3 * longer


def _common(a: str, b: str) -> int:
    """The length of the longest common subsequence."""
    if len(a) > 24 or len(b) > 24:
        a, b = a[:24], b[:24]
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], last + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]
