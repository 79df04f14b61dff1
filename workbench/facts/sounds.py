"""How a name sounds, roughly and across scripts: the classes of its consonants.

Names keep their consonants where spelling, vowels and script change: Sevilla, Séville, セビージャ. Classes after the
Soundex of Russell (1918), with the sounds that Japanese and Korean do not tell apart put together.
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
    (re.compile(r"c(?=[eiy])|ß"), "s"), (re.compile(r"gh(?=t)|(?<=[aeiou])h|ll(?=a$)"), ""),
    (re.compile(r"g(?=[eiy])"), "j"), (re.compile(r"dg"), "j"), (re.compile(r"ck"), "k"), (re.compile(r"mb|mp(?=t)"), "mp"),
)  # fmt: skip
_KANA = {
    "K": "カキクケコガギグゲゴヵヶ", "S": "サシスセソザジズゼゾチツヂヅ", "T": "タテトダデド", "N": "ナニヌネノン",
    "P": "バビブベボパピプペポフヴ", "M": "マミムメモ", "L": "ラリルレロ",
}  # fmt: skip
_KANA_CLASS = {kana: sound for sound, signs in _KANA.items() for kana in signs}


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


def kana_sound(word: str) -> str:
    """The consonants of a word in katakana.

    >>> kana_sound("ナダル"), kana_sound("フェデラー")
    ('NTL', 'PTL')
    """
    return _once("".join(_KANA_CLASS.get(ch, "") for ch in word))


def _once(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound)


def alike(a: str, b: str) -> bool:
    """Whether two sounds may be one name: in order, and equal but for one in four."""
    if a == b:
        return bool(a)
    longer = max(len(a), len(b))
    if longer < 4 or abs(len(a) - len(b)) * 4 > longer:
        return False
    return _common(a, b) * 4 >= 3 * longer


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


_INITIAL = "KKNTTLMPPSS SSSKTP "
_FINAL = (
    "", "K", "K", "KS", "N", "NS", "N", "T", "L", "LK", "LM", "LP", "LS", "LT", "LP", "L", "M", "P", "PS", "T", "T", "N",
    "S", "S", "K", "T", "P", "",
)  # fmt: skip


def hangul_sound(word: str) -> str:
    """The consonants of a word in hangul.

    >>> hangul_sound("나달"), hangul_sound("페더러")
    ('NTL', 'PTL')
    """
    sounds = []
    for ch in word:
        code = ord(ch) - 0xAC00
        if 0 <= code < 11172:
            sounds += [_INITIAL[code // 588].strip(), _FINAL[code % 28]]
    return _once("".join(sounds))


def is_within(sound: str, longer: str) -> bool:
    """Whether a name sounds like part of something, with one sound in four, and any of l and r, left out or other."""
    allowed = (len(sound) + 1) // 4
    bare, bare_longer = sound.replace("L", ""), longer.replace("L", "")
    return _distance_within(sound, longer) <= allowed or (
        len(bare) > 2 and _distance_within(bare, bare_longer) <= len(bare) // 4
    )


def _distance_within(sound: str, longer: str) -> int:
    """The fewest sounds to change, add or leave out to find one in the other (Sellers 1980)."""
    if sound in longer:
        return 0
    column = list(range(len(sound) + 1))
    best = column[-1]
    for other in longer[:40]:
        previous, column[0] = column[0], 0
        for i, own in enumerate(sound, 1):
            previous, column[i] = column[i], min(column[i] + 1, column[i - 1] + 1, previous + (own != other))
        best = min(best, column[-1])
    return best
