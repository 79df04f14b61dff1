"""Days of the week, months and feasts by their names, and days that are told by when something was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from workbench.facts.remembered import of_each_word
from workbench.facts.stated import Stated
from workbench.facts.words import WEEKDAYS
from workbench.lang import CJK

WEEKDAY = "day of the week"
THIS_YEAR = re.compile(
    r"\b(?:this|last|next|previous|following) year|\byear (?:ago|earlier|later)|"
    r"\bl['’]an (?:dernier|prochain)|\bcette année|\bl['’]année (?:dernière|prochaine|suivante)|"
    r"\b(?:letzte|nächste|diese|vorige|vergangene)[sn]? jahr|\b(?:este|pr[oó]ximo) a[nñ]o|"
    r"\ba[nñ]o (?:pasado|passado|que v)|[去今明昨来本前翌]年|작년|올해|내년|지난해|이듬해",
    re.IGNORECASE,
)
THIS_DAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|hier|aujourd['’]hui|gestern|heute|ayer|hoy|ontem|hoje)\b|"
    r"[昨今明][天日]|本日|어제|오늘|내일",
    re.IGNORECASE,
)
THIS_MONTH = re.compile(
    r"\b(?:this|last|next) month|\bquarter\b|\bhalf(?: of the)? year|"
    r"\bmois (?:dernier|prochain)|\bce mois|(?:letzte|nächste|diese)[nrms]* Monat|"
    r"\b(?:este|pr[oó]ximo) m[eê]s|\bm[eê]s (?:pasado|passado|que v)|[上下本这這][个個]?月|[先今来]月|"
    r"(?:지난|이번|다음) ?달|四半期|[上下]半?期|분기|[상하]반기",
    re.IGNORECASE,
)
# A month told by one that is named: 2.4 per cent in November, 2.9 a month earlier.
NEXT_MONTH = re.compile(
    r"\bmonth (?:ago|earlier|later|before|after)\b|\b(?:previous|following|preceding|prior|next) month\b|"
    r"\bmois (?:précédent|suivant|plus t(?:ôt|ard)|avant|après)|\bmonat (?:zuvor|davor|danach|später)|"
    r"\b(?:vor|folge)monat|\bmes (?:anterior|siguiente|antes|después)|\bm[êe]s (?:anterior|seguinte|antes|depois)",
    re.IGNORECASE,
)
# What is short for a day in "na terça e na quarta-feira", and a number elsewhere.
_SHORT_WEEKDAY = re.compile(r"\b(segunda|terça|quarta|quinta|sexta)\b(?!-feira)")
_HAN_WEEKDAY = re.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![年天日个個次位间間])")


@cache
def _weekday_pattern(lang: str) -> re.Pattern[str]:
    word = rf"({'|'.join(WEEKDAYS[lang].split())})"
    return _HAN_WEEKDAY if lang == "zh" else re.compile(word if lang in CJK else rf"\b{word}")


@of_each_word
def _naming_weekday(word: str, lang: str) -> bool:
    return lang in WEEKDAYS and bool(_weekday_pattern(lang).search(word.lower()))


def weekdays(text: str, lang: str) -> Iterator[Stated]:
    """The days of the week named; in Portuguese without those that are called by a number alone."""
    if lang not in WEEKDAYS or (lang not in CJK and not _naming_weekday(text, lang)):
        return
    names, lower = WEEKDAYS[lang].split(), text.lower()
    for match in _weekday_pattern(lang).finditer(lower) if len(lower) == len(text) else ():
        value = Decimal(names.index(match[1].replace("天", "日")) + 1)
        yield Stated(value, frozenset([value]), WEEKDAY, "date", *match.span(), False)


def short_weekdays(text: str, lang: str) -> Iterator[Decimal]:
    """The days that a text in Portuguese may name by their number alone."""
    for match in _SHORT_WEEKDAY.finditer(text.lower()) if lang == "pt" else ():
        yield Decimal(WEEKDAYS["pt"].split().index(f"{match[1]}-feira") + 1)


# How the names of the months begin.
_MONTHS = {
    "ko": "일월 이월 삼월 사월 오월 유월 칠월 팔월 구월 시월 십일월 십이월",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "fr": "janv févr mars avri mai juin juil août sept octo nove déce",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
    "es": "ener febr marz abri mayo juni juli agos sept octu novi dici",
    "pt": "jane feve març abri maio junh julh agos sete outu nove deze",
}


# Months that are told by the last of them: in the three months to June, 截至6月的三个月.
_MONTHS_UP_TO: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        rf"\b(?P<n>three|six|nine|3|6|9) months (?:to|through|until|ending|ended)(?: in)?(?: (?:the )?end(?: of|-)?)? ?"
        rf"(?:\d\d )?(?P<last>{_MONTHS['en'].replace(' ', '|')})"
    ),
    "zh": re.compile(r"(?P<last>1[0-2]|[1-9])月[底末]?(?:止)?的?(?P<n>[三六九369])[个個]月"),
    "ja": re.compile(r"(?P<last>1[0-2]|[1-9])月末?までの?(?P<n>[三六九369])[カか]月"),
    "ko": re.compile(r"(?P<last>1[0-2]|[1-9])월 ?말?까지(?:의)? ?(?P<n>[369]|석|세)(?:개월| 달)"),
}  # fmt: skip
_SO_MANY = {"three": 3, "six": 6, "nine": 9, "三": 3, "六": 6, "九": 9, "석": 3, "세": 3}


@cache
def _month_pattern(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:mid-)?({'|'.join(_MONTHS[lang].split())})")


# Days by name, and the ends of the year, with the months in which they are.
_FEASTS: Mapping[str, tuple[int, ...]] = {
    "christmas|boxing day|クリスマス|크리스마스|성탄|圣诞|聖誕|noël|weihnacht|navidad|大みそか|大晦日|"
    "年末|연말|섣달": (12,),
    "new year|年明け|年始|新年|正月|元[日旦]|새해|설날|신년|연초|내년 초|"
    "nouvel an|neujahr|silvester|año nuevo|ano novo": (1, 12),
    "april fool|エイプリルフール|만우절|愚人[节節]": (4,),
    "halloween|ハロウィ|핼러윈|할로윈|万圣|萬聖": (10,),
    "valentine|バレンタイン|밸런타인|발렌타인|情人[节節]": (2,),
    "may day|メーデー|노동절": (5,),
}  # fmt: skip
_FEAST = re.compile("|".join(f"({names})" for names in _FEASTS))


def months(lower: str, lang: str) -> Iterator[Decimal]:
    """Every month that a word may name, misspelt or cut short, or by a feast."""
    for match in _FEAST.finditer(lower):
        yield from map(Decimal, list(_FEASTS.values())[(match.lastindex or 1) - 1])
    if lang in _MONTHS:
        stems = _MONTHS[lang].split()
        for match in _month_pattern(lang).finditer(lower):
            yield Decimal(stems.index(match[1]) + 1)
    for match in _MONTHS_UP_TO[lang].finditer(lower) if lang in _MONTHS_UP_TO else ():
        last, many = match["last"], match["n"]
        end = int(last) if last.isdecimal() else _MONTHS[lang].split().index(last) + 1
        yield from (Decimal((end - 1 - back) % 12 + 1) for back in range(_SO_MANY.get(many) or int(many)))
