"""How a name sounds, in one rough alphabet for Latin letters, katakana, hangul and Han characters.

Names are transcribed by sound, and every script has sounds that others lack: Clinton, クリントン, 클린턴, 克林顿.
So two spellings are held against each other by an edit distance in which related sounds are cheap to confuse (b and p,
r and l), and vowels, r and h cheap to add or to drop. The costs are stated, not learned: `python -m
models.training.facts.sounds CITIES` prints how many names of cities they keep, and how many they confuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

_VOWELS = frozenset("aeiou")
# How Latin letters sound, in most languages that use them; C: sh and ch, j: a voiced one, z: ts too, w: v too, T: th.
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        # as in Blake, Baker, Ashleigh, Eiger, Pittsburgh, Leicester, Michael, Christopher, Sebastian, Czech, Miszka,
        # Leeds, McKinsey, Xi, Ngawang
        ("a(?=[kptdlvmb]e(?:rs?|s)?$)", "e"), ("leigh$", "li"), ("(?<=[ir])ger$", "gar"), ("burgh", "burg"),
        ("cester", "ster"), ("chae(?=l)", "kae"),
        ("(?<!s)ch(?=[rl])", "k"), ("stian", "sCan"), ("cz", "C"), ("sz(?!t)", "C"), ("ds$", "z"), ("^mc", "mak"),
        ("^(?:x(?=[iu])|q(?=i))", "C"), ("^ng", "n"),
        ("sch|sh|tch|ch|zh", "C"), ("ph", "f"), ("th", "T"), ("kh", "h"), ("gh(?=[^aeiou]|$)", ""), ("gh", "g"),
        ("ck", "k"), ("qu?", "k"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"), ("g(?=[eiy])", "j"), ("dj", "j"),
        ("t[sz]", "z"), ("v", "w"), ("y", "i"), ("ß", "s"), ("ng(?![aeioulrw])", "n"),
    )
)  # fmt: skip
_AGAIN = re.compile(r"(.)\1+")

_KANA = {
    ch: consonant + vowel
    for consonant, row in {
        "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ*スセソ", "z": "ザ*ズゼゾ", "t": "タ**テト",
        "d": "ダ*ヅデド", "n": "ナニヌネノ", "h": "ハヒ*ヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
        "r": "ラリルレロ",
    }.items()
    for ch, vowel in zip(row, "aiueo", strict=True)
} | {
    "ヤ": "ia", "ユ": "iu", "ヨ": "io", "ワ": "wa", "ヰ": "wi", "ヱ": "we", "ヲ": "wo", "ン": "n", "ヴ": "wu",
    "シ": "Ci", "チ": "Ci", "ツ": "zu", "ジ": "ji", "ヂ": "ji", "フ": "fu",
}  # fmt: skip
_BY_ONE = (("ウィ", "ヰ"), ("ウェ", "ヱ"), ("ウォ", "ヲ"))  # kana for what is written by two
_SMALL_KANA = dict(zip("ァィゥェォャュョ", "aiueoauo", strict=True))

# Beginnings, middles and ends of the syllables of hangul, in the order of Unicode.
_INITIALS = ["g", "k", "n", "d", "t", "r", "m", "b", "p", "s", "s", "", "j", "j", "C", "k", "t", "p", "h"]
_MIDDLES = ["a", "e", "ia", "ie", "e", "e", "ie", "ie", "o", "wa", "we", "we", "io", "u", "wo", "we", "wi", "iu", "u",
            "i", "i"]  # fmt: skip
_FINALS = ["", "k", "k", "k", "n", "n", "n", "t", "r", "k", "m", "r", "r", "r", "p", "r", "m", "p", "p", "t", "t", "n",
           "t", "t", "k", "t", "p", "t"]  # fmt: skip
_FIRST_SYLLABLE, _SYLLABLES = 0xAC00, 11172
_SH = re.compile("si(?=[aeou])")

_LONGEST_SYLLABLE = 6  # letters: zhuang
_PINYIN = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("^er$", "r"), ("ng$", "n"), ("^(?:zh|j)", "j"), ("^(?:ch|sh|q|x)", "C"), ("^[zc]", "z"), ("y", "i"),
        ("ii", "i"), ("wu", "u"),
    )
)  # fmt: skip
# What Mandarin reads otherwise than the names that it writes with it: 加拿大 is from the south, 什 is read shen first.
_IN_NAMES = {
    ch: sound
    for chars, sound in (
        ("加嘉", "ga"), ("基", "gi"), ("金", "gin"), ("希", "hi"), ("什", "Ci"), ("约約", "io"), ("怀懷", "wai"),
        ("惠", "wi"), ("华華", "wa"), ("冯馮", "fon"), ("哥戈", "go"), ("科", "ko"),
    )
    for ch in chars
}  # fmt: skip


@lru_cache(maxsize=16384)
def latin_sound(word: str) -> str:
    """How a word in Latin letters sounds.

    >>> latin_sound("Clinton"), latin_sound("Schröder")
    ('klinton', 'Croder')
    """
    plain = unicodedata.normalize("NFKD", word.lower().replace("ç", "s"))
    plain = "".join(ch for ch in plain if ch.isalpha())
    for pattern, instead in _SPELLINGS:
        plain = pattern.sub(instead, plain)
    return _once(plain)


@lru_cache(maxsize=16384)
def kana_sound(kana: str) -> str:
    """How a word in katakana sounds.

    >>> kana_sound("クリントン"), kana_sound("チェ・ゲバラ")
    ('kurinton', 'Cegebara')
    """
    heard = ""
    for written, one in _BY_ONE:
        kana = kana.replace(written, one)
    for ch in kana:
        if ch in _SMALL_KANA:
            heard = heard[:-1] if heard[-1:] in _VOWELS else heard
        heard += _KANA.get(ch, _SMALL_KANA.get(ch, ""))
    return _once(heard.replace("ei", "e"))


@lru_cache(maxsize=16384)
def hangul_sound(word: str) -> str:
    """How a word in hangul sounds.

    >>> hangul_sound("클린턴")
    'kurinten'
    """
    numbers = [ord(ch) - _FIRST_SYLLABLE for ch in word if 0 <= ord(ch) - _FIRST_SYLLABLE < _SYLLABLES]
    sounds = (_INITIALS[n // 588] + _MIDDLES[n % 588 // 28] + _FINALS[n % 28] for n in numbers)
    return _once(_SH.sub("C", "".join(sounds)).replace("ei", "e"))


def han_sound(text: str) -> str:
    """How Han characters sound in Mandarin, the first reading of each, or as they transcribe other languages.

    >>> han_sound("克林顿")
    'kelindun'
    """
    return _once("".join(map(_syllable, text)))


@cache
def _pinyin() -> Mapping[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


# Surnames of Korea, China and Vietnam that are spelt otherwise than Mandarin reads their character.
_SURNAMES_TEXT = (
    "金 kim, 李 lee rhee, 朴 park, 崔 choi, 鄭郑鍾钟 chung, 鄭郑 jung jeong, 文 moon, 尹 yoon yun, 趙赵曹 cho, "
    "申辛 shin, 權权 kwon, 安 ahn, 吳吴 oh ng, 黃黄 hwang, 徐 seo suh, 盧卢 roh noh, 謝谢 hsieh, 蔡 tsai, "
    "許徐许 hsu, 郭 kuo kwok, 周 chou, 蔣蒋江 chiang, 張张常 chang, 張张 cheung, 陳陈 chan tran, 王黃黄 wong, "
    "梁 leung, 林 lam, 劉刘 lau, 曾 tsang, 葉叶 yip yeh, 鄧邓 teng, 阮 nguyen"
)
_SURNAMES = {name: written for written, *names in map(str.split, _SURNAMES_TEXT.split(",")) for name in names}


def is_surname(word: str, text: str) -> bool:
    """Whether a surname in Latin letters may be one of the Han characters of a text.

    >>> is_surname("Kim", "金正恩"), is_surname("Park", "金正恩")
    (True, False)
    """
    return any(ch in text for ch in _SURNAMES.get(word.lower(), ""))


def is_read(word: str, text: str) -> bool:
    """Whether Han characters of a text, two or three, are read in Mandarin as a word in Latin letters is spelt.

    >>> is_read("Jinping", "习近平来了"), is_read("Jiping", "习近平来了")
    (True, False)
    """
    return any(
        all(syllable in _readings(ch) for syllable, ch in zip(spelling, text[at:], strict=False))
        for spelling in _spellings(word.lower())
        for at in range(len(text) - len(spelling) + 1)
    )


@lru_cache(maxsize=4096)
def _spellings(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a word is two or three syllables of pinyin."""
    return tuple(spelling for spelling in _syllables_of(word, 3) if len(spelling) > 1)


def _syllables_of(word: str, most: int) -> Iterator[tuple[str, ...]]:
    if not word:
        yield ()
    for size in range(1, min(_LONGEST_SYLLABLE, len(word)) + 1) if most else ():
        if word[:size] in _syllables():
            yield from ((word[:size], *rest) for rest in _syllables_of(word[size:], most - 1))


@cache
def _syllables() -> frozenset[str]:
    return frozenset(_ascii(reading) for readings in _pinyin().values() for reading in readings.split(","))


@lru_cache(maxsize=16384)
def _readings(ch: str) -> frozenset[str]:
    return frozenset(_ascii(reading) for reading in _pinyin().get(ord(ch), "").split(","))


@lru_cache(maxsize=16384)
def _syllable(ch: str) -> str:
    if ch in _IN_NAMES:
        return _IN_NAMES[ch]
    plain = _ascii(_pinyin().get(ord(ch), "").split(",")[0])
    for pattern, instead in _PINYIN:
        plain = pattern.sub(instead, plain)
    return plain


def _ascii(reading: str) -> str:
    """Pinyin without tones."""
    return "".join(part for part in unicodedata.normalize("NFD", reading) if part.isascii())


def _once(sound: str) -> str:
    return _AGAIN.sub(r"\1", sound)


_RELATED = (
    "pb.15 td.15 kg.15 sz.2 sC.35 zC.35 jC.25 jz.3 js.5 lr.05 mn.3 fh.5 fw.3 bw.2 fp.3 hk.5 hg.5 jg.4 hw.5 pw.5 fb.5 "
    "Ck.5 Ch.5 jh.4 jl.4 Tt.05 Ts.1 Td.2 Tz.3 TC.4 st.6 zt.4 Ct.5 jd.5 zd.5 ks.6 nl.6 nr.6 ji.3 wu.1 wo.2 hu.5 hi.5"
)
_COSTS = {pair: float(cost[2:]) for cost in _RELATED.split() for pair in (cost[:2], cost[1::-1])}
_WEIGHTS = {**dict.fromkeys(_VOWELS, 0.2), **dict.fromkeys("hrlw", 0.35), "n": 0.6, "m": 0.7}
_OTHER_VOWEL = 0.25
_CONSONANT = 0.75


@lru_cache(maxsize=65536)
def weight(sound: str) -> float:
    """How much there is to a sound: what it costs to leave it all out."""
    return sum(_WEIGHTS.get(ch, _CONSONANT) for ch in sound)


@lru_cache(maxsize=65536)
def distance(sound: str, other: str) -> float:
    """How unlike a sound is what it is most like in another: 0 alike, 1 as if it were not there at all.

    A semi-global alignment, after Needleman and Wunsch (1970) and Sellers (1980).
    """
    row = [0.0] * (len(other) + 1)
    gaps = [_WEIGHTS.get(ch, _CONSONANT) for ch in other]
    for ch in sound:
        gap, costs = _WEIGHTS.get(ch, _CONSONANT), _costs(ch)
        above, left = row[0], row[0] + gap
        after = [left]
        for j, y in enumerate(other):
            best = above + costs[y]
            above = row[j + 1]
            left = min(best, above + gap, left + gaps[j])
            after.append(left)
        row = after
    return min(row) / max(1.0, weight(sound))


class _Costs(dict[str, float]):
    """What it costs to hear one sound for another."""

    def __init__(self, sound: str) -> None:
        self.sound = sound

    def __missing__(self, other: str) -> float:
        vowels = self.sound in _VOWELS and other in _VOWELS
        cost = 0.0 if other == self.sound else _OTHER_VOWEL if vowels else _COSTS.get(self.sound + other, 1.0)
        self[other] = cost
        return cost


@cache
def _costs(sound: str) -> _Costs:
    return _Costs(sound)


@cache
def transcribing() -> str:
    """The Han characters that transcribe foreign names (models.training.facts.sounds)."""
    return _characters("transcribing.txt")


@cache
def in_words() -> frozenset[str]:
    """Characters of those that Chinese prose has nearly as often as names (models.training.facts.han)."""
    return frozenset(_characters("transcribing_words.txt"))


def _characters(file: str) -> str:
    return files("workbench.facts").joinpath(file).read_text(encoding="utf-8").strip()
