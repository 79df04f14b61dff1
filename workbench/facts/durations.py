"""Spans of time that one text measures in years, say, and another in minutes, whatever their number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.facts.remembered import of_each_word
from workbench.facts.words import AND_A_HALF, number_words, scales
from workbench.lang import CJK

# Days in one of each.
DAYS: Mapping[str, float] = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.2}
# What says each in the languages, in the order of DAYS.
_WORDS: Mapping[str, str] = {
    "en": r"(?<!last.)minutes? hours?|hourly days?|daily weeks?|fortnights?|weekly months?|monthly "
    r"years?|annual(?:ly)?|yearly|decades?|century|centuries|millennia|bce?",
    "fr": r"minutes? heures? jours? semaines? mois ans?|années?|décennies?|siècles?|millénaires?",
    "de": r"minuten?|minütig\w* (?:\w{3,12})?stunden?|stündig\w* tage?n?|tägig\w* wochen?|wöchig\w* "
    r"monate?n?|monatig\w* jahre?n?|jährig\w*|jahrzehnte?n?|jahrhunderte?n?|jahrtausende?n?",
    "es": r"minutos? horas? días? semanas? mes(?:es)? años?|décadas?|siglos?|milenios?",
    "pt": r"minutos? horas? dias? semanas? m[êe]s(?:es)? anos?|décadas?|séculos?|mil[êé]nios?",
    "zh": r"分多?[钟鐘] 小[时時]|[钟鐘][头頭] [天日] [周週](?![年岁歲])|星期|[礼禮]拜 "
    r"(?:(?<=[个個])|(?<=[个個][\s多]))月 "
    r"[周週]?[年岁歲]",
    "ja": r"(?<!半)(?<!(?<![二三四五六七八九])十)分(?!の\s?[\d一二三四五六七八九十百千万]|[野割類岐裂]) "
    r"時間 日(?!本) 週間?|週 [かヶカケ]月 [年歳]",
    "ko": r"(?<![한두세네])(?<![한두세네]\s)분(?![의기]) 시간 "
    r"(?<![만한두세네])(?<![한두세네]\s)일 주일|주(?!년|소(?!요)|문|민|제|식|장) "
    r"개월|달(?![력러]) 년",
}
# What may tell of each: parts of words.
_HINTS: Mapping[str, str] = {
    "en": r"minut|\bmins?\b|\dmins?\b|\d:\d\d|quarter\s(?:past|to|after)|half\spast "
    r"hour|\dh\b|clock|[ap]\.?m\b|noon|(?<!fort)night|\d:\d\d "
    r"day|dail|date|night|noon|morrow|weekend|"
    r"yester week|fortnight month|quarter year|season|annu|annivers|decad|centur|\bage|\bold|millenn|\bb\.?c|\d{4}s",
    "fr": r"minut|\bmn\b|\d\s?h\s?\d\d|\bmin\b|instant|\d:\d\d|quarts?\sd['’]heure "
    r"heure|\d:\d\d|horaire|midi|minuit|\d\s?h "
    r"jour|quotid|\bdate|soir|nuit|matin|"
    r"veille|demain|\bhier "
    r"semaine|hebdo|quinzaine mois|mensu \ban|âge|génaire|centenaire|si[èe]cle|décenn|millén|\d{4}",
    "de": r"minut|minüt|\bmin\b|\d:\d\d|viertel\s?stund stund|\bstd\b|\d\s?h\b|\d:\d\d|stünd|uhr|mittag|nacht "
    r"tag|täg|datum|nacht|morgen|abend|gestern|heute "
    r"woch|wöch monat jahr|jähr|alter|\balt|dekade|\d{4}",
    "es": r"minut|\bmin\b|\d\s?h\s?\d\d|\d:\d\d hora|\d\s?h|\d:\d\d|mediod|medianoche "
    r"día|diari|fecha|noche|mañana|ayer|tarde|jornada "
    r"seman|quincen mes|mensu a[ñn][ou]|edad|genari|centenari|siglo|década|decen|milen|\d{4}",
    "pt": r"minut|\bmin\b|\d\s?h\s?\d\d|\d:\d\d hora|\d:\d\d|meio-dia|meia-noite|\d\s?h "
    r"dia|diári|data|noite|manhã|ontem|tarde|jornada "
    r"seman|quinzen m[eê]s|mensa an[ou]|genári|centenári|idade|s[ée]cul|década|decên|milên|\d{4}",
    "zh": r"分多?[钟鐘]|[\d一二三四五六七八九十]\s?分|刻 小[时時]|[点點]|(?<!分)[钟鐘]|"
    r"[\d一二三四五六七八九十]\s?[时時] "
    r"[天日号號昼晝夜] [周週]|星期|[礼禮]拜 月 (?<!1\d{3})(?<!20\d\d)(?<!1\d{3}\s)(?<!20\d\d\s)年|[岁歲]|世[纪紀]",
    "ja": r"[\d一二三四五六七八九十]\s?分(?!の\s?[\d一二三四五六七八九十百千万])|分間|毎分 "
    r"(?:[\d一二三四五六七八九十百千万億数何幾半長短]\s?|営業|勤務|労働)時間|"
    r"時間(?:[前後半毎帯外給]|以内|ごと|おき)|[\d一二三四五六七八九十毎]\s?時 "
    r"日(?!本)|[夜昼朝晩] 週 月 (?<!1\d{3})(?<!20\d\d)(?<!1\d{3}\s)(?<!20\d\d\s)年|歳|世紀",
    "ko": r"[\d십한두몇]\s?분|분간|순간 시간|[\d한두세네]\s?시|하루|이틀|사흘|나흘 "
    r"[\d십]\s?일|날|하루|이틀|사흘|밤|매일|오늘|내일|어제|요일 "
    r"[\d십한두몇]\s?주|주[말일간] 월|달 "
    r"[\d십백천만한두몇수]\s?년|년[간대]|[올새난듬]\s?해|살|\d\s?세|세기|연[간례도]|작년|\d{4}",
}
# Numerals that are no number, and what else may stand before a unit.
_VAGUE: Mapping[str, str] = {
    "en": r"an? one half several few many some of first the last past next coming each every per more all whole entire "
    r"full single another \d+(?:st|nd|rd|th)",
    "fr": "une? demi[e-]? plusieurs quelques de premi[eè]re? dernières",
    "de": r"eine?[nrms]? halbe?[nrs]? anderthalb \w+einhalb einige[nr]? mehrere[nr]? wenige[nr]? paar erste[nrs]? \d+",
    "es": "una? media varios varias unos unas pocos pocas de primer[ao]?",
    "pt": "uma? meia vários várias alguns algumas poucos poucas de primeir[ao]",
    "zh": "[一二两兩三四五六七八九十百千万萬亿億数數几幾半多余餘]",
    "ja": "[一二三四五六七八九十百千万億数何半]",
    "ko": "(?:(?<![가-힣])(?:[한두세네몇수반]|다섯|여섯|일곱|여덟|아홉|열)|[십백천만])",
}
_EACH = frozenset("hourly daily weekly monthly annual annually yearly".split())  # noqa: SIM905
_WORD_BEGINS = r"(?<![^\s-])"
_AND_A_HALF = re.compile(rf" (?:{AND_A_HALF['es']}|{AND_A_HALF['pt']})\b")  # of one: año y medio
_BEFORE = re.compile(r"([^\s-]+)([ \u00a0-]?)$")
_NO_DATE = r"(?<![月월]\d)(?<![月월]\d\d)(?<![月월] \d)(?<![月월] \d\d)(?<!\d{4})(?<!\d{4} )"
# How far apart two values of one amount may be, as a share, and what is looked at more, as floats are not exact.
_ROUNDING, _SLACK = 0.08, 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`, a numeral and a unit, one of DAYS."""

    unit: str
    start: int
    end: int


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """A unit, a group for each; in languages without spaces with a numeral before it, elsewhere a word.

    Days of a month and years of an era are no spans, nor is what counts in a name (IPv6). Only German writes numeral
    and unit as one word: zweistündig.
    """
    groups = "|".join(f"(?P<{unit}>{words})" for unit, words in zip(DAYS, _WORDS[lang].split(), strict=True))
    if lang in CJK:
        vague = "|".join(_VAGUE[lang].split())
        return re.compile(rf"(?:(?<![A-Za-z])(?<![A-Za-z]\d)\d|{vague}) ?(?:[个個] ?)?{_NO_DATE}(?:{groups})")
    return re.compile(rf"{'' if lang == 'de' else _WORD_BEGINS}(?:{groups})\b", re.IGNORECASE)


@cache
def _numeral(lang: str) -> re.Pattern[str]:
    words = "|".join(sorted({*map(re.escape, number_words(lang)), *scales(lang)}, key=len, reverse=True))
    vague = "|".join(_VAGUE[lang].split())
    return re.compile(rf"(?:\b(?:{words}|{vague})|\d)$", re.IGNORECASE)


@of_each_word
def _with_unit(word: str, lang: str) -> int:
    """How long a word is, if there is a unit in it; else 0."""
    return len(word) if lang in _WORDS and lang not in CJK and _pattern(lang).search(word) else 0


@lru_cache(maxsize=1 << 14)
def _is_numeral(word: str, lang: str) -> bool:
    return bool(_numeral(lang).search(word))


@cache
def _hints(lang: str) -> Mapping[str, re.Pattern[str]]:
    parts = zip(DAYS, _HINTS[lang].split(), strict=True)
    return {unit: re.compile(pattern, re.IGNORECASE) for unit, pattern in parts}


def spans(text: str, lang: str) -> tuple[Span, ...]:
    """The spans of time in a text. `lang`: the primary subtag; none where nothing is known of it."""
    if lang in CJK:
        return tuple(Span(str(match.lastgroup), *match.span()) for match in _pattern(lang).finditer(text))
    found = _with_unit(text, lang)
    return tuple(span for start, length in found for span in _spaced(text, start, start + length, lang))


def _spaced(text: str, first: int, last: int, lang: str) -> Iterator[Span]:
    """Those whose unit stands in the word `text[first:last]`."""
    for match in _pattern(lang).finditer(text, first, last):
        before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
        if match[0].lower() in _EACH:
            yield Span(str(match.lastgroup), *match.span())
        elif (before and _is_numeral(before[1], lang)) or _AND_A_HALF.match(text, match.end()):
            yield Span(str(match.lastgroup), before.start() if before else match.start(), match.end())


def may_tell(unit: str, text: str, lang: str) -> bool:
    """Whether a text may tell of such a unit in any way."""
    return lang not in _HINTS or bool(_hints(lang)[unit].search(text))


def is_near(amount: float, others: Sequence[float], factor: float = 1.0) -> bool:
    """Whether an amount is about one of others, which are sorted, times a factor; in logarithmic time.

    >>> is_near(90, [20, 100]), is_near(0.5, [1, 30, 1000], factor=1 / 60)
    (False, True)
    """
    low = amount * (1 - _ROUNDING) / factor * (1 - _SLACK)
    high = amount / (1 - _ROUNDING) / factor * (1 + _SLACK)
    within = range(bisect_left(others, low), bisect_right(others, high))
    amounts = (others[at] * factor for at in within)
    return any(abs(amount - other) <= _ROUNDING * max(amount, other) for other in amounts)


def is_same_span(value: float, unit: str, others: Sequence[float], other_unit: str) -> bool:
    """Whether a span is about one of others, which are sorted: half an hour, thirty minutes."""
    return is_near(value * DAYS[unit], others, DAYS[other_unit])
