"""Numbers that what stands around them makes another: ten to eight, nine in ten, 昭和39年, 1年半, 9秒83, 七折 (30%),
增长两倍 (three times as much)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from workbench.facts.digits import HAN_DIGITS, HAN_SCALES, HAN_UNITS, HANGUL_AS_HAN, decimal_of, sum_of
from workbench.facts.remembered import small
from workbench.facts.words import AND_A_HALF, number_words, scales
from workbench.lang import CJK


@dataclass(frozen=True, slots=True)
class Told:
    """`text[start:end]`, and the values that it means together: for ten to eight 7, 19 and 50.

    `instead`: whether its numbers mean nothing by themselves, as the nine of "halb neun", half past eight.
    """

    start: int
    end: int
    values: frozenset[Decimal]
    instead: bool = False


_MANY_TIMES = 10
_HAN = f"[{''.join([*HAN_DIGITS, *HAN_UNITS, *HAN_SCALES])}]"
_N = rf"(?:\d{{1,12}}|{_HAN}{{1,12}})"  # no longer, so that time is linear
ERAS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911,
    "메이지": 1867, "다이쇼": 1911, "쇼와": 1925, "헤이세이": 1988, "레이와": 2018,
}  # fmt: skip
_ERA = re.compile(rf"({'|'.join(ERAS)}) ?(?:({_N})|元|원) ?[年년]([代대])?")
# 中学3年 is the ninth year at school.
_SCHOOL = re.compile(
    rf"(?:(中学|中學|중학교|初)|(?:高等学校|高校|고등학교|高)) ?({_N})(?= ?(?:年|学年|학년)|(?<=初.)|(?<=高.))"
)
# A span of time in two units, or in one and a half: 1時間50分, 2년 반; how many of the smaller are in the larger.
_HOURS, _YEARS, _DAYS = r" ?(?:時間|小[时時]|시간)", r" ?(?:[年歳岁歲살]|년)", r" ?(?:日|天|일)"
_HANGUL = {word: value for value, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), 1)}  # noqa: SIM905
_N_OF_TWO = rf"({_N}|{'|'.join(_HANGUL)})"
_IN_TWO = (
    (re.compile(rf"{_N_OF_TWO}{_HOURS}(?: ?(半|반)| ?({_N}) ?[分분])"), 60),
    (re.compile(rf"{_N_OF_TWO}{_YEARS}(?: ?(半|반)|と? ?({_N}) ?(?:[かヶカケ个個]月|개월))"), 12),
    (re.compile(rf"{_N_OF_TWO}{_DAYS}(?: ?(半|반)|と? ?({_N}){_HOURS})"), 24),
    (re.compile(rf"{_N_OF_TWO} ?[分분](?: ?(半|반)| ?({_N}) ?[秒초])"), 60),
    (re.compile(rf"{_N_OF_TWO} ?(?:フィート|피트)(?: ?(半|반)| ?({_N}) ?(?:インチ|인치))"), 12),
)
# The same in words: the larger unit, the smaller one, and how many of it are in the larger.
_UNITS_IN_TWO: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "en": (("hours?|hrs?|h", "minutes?|mins?", 60), ("years?", "months?", 12), ("days?", "hours?", 24),
           ("kilos?|kg", r"gram(?:me)?s?|g", 1000)),
    "fr": (("heures?|h", "minutes?|min|mn", 60), ("ans?", "mois", 12), ("jours?", "heures?", 24),
           ("kilos?|kg", "grammes?|g", 1000)),
    "de": (("stunden?|std|h", "minuten?|min", 60), ("jahre?n?", "monate?n?", 12), ("tage?n?", "stunden?|std", 24),
           ("kilo|kg", "gramm|g", 1000)),
    "es": (("horas?|h", "minutos?|min", 60), ("años?", "mes(?:es)?", 12), ("días?", "horas?", 24),
           ("kilos?|kg", "gramos?|g", 1000)),
    "pt": (("horas?|h", "minutos?|min", 60), ("anos?", "m[êe]s(?:es)?", 12), ("dias?", "horas?", 24),
           ("quilos?|kg", "gramas?|g", 1000)),
}  # fmt: skip
_AND = {"en": "and", "fr": "et", "de": "und", "es": "y", "pt": "e"}
_HOURS_AND = re.compile(r"(\d(?<!\w.)\d?) ?h ?([0-5]\d)\b")
_SMALL = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten"
# So many and a half, or one, where no number is said: hora y media, anderthalb Jahre.
_AND_A_HALF_OF: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(rf"\b(?P<n>{_SMALL})[ -]and[ -]a[ -]half[ -](?P<of>hour|year|day)"),
    "de": re.compile(
        r"\b(?:anderthalb|(?P<n>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)einhalb) ?"
        r"(?P<of>st[uü]nd|j[aä]hr|t[aä]g)"
    ),
    "es": re.compile(rf"\b(?P<of>hora|año|día) {AND_A_HALF['es']}\b"),
    "pt": re.compile(rf"\b(?P<of>hora|ano|dia) {AND_A_HALF['pt']}\b"),
}
_MILLIONS_AND_A_HALF = re.compile(rf"\b({_SMALL}) and a half (thousand|million|billion|trillion)\b")
_ONE_AND_A_HALF = re.compile(
    r"\ban? (?:(?:kilo|centi)?met(?:re|er)|mile|foot|inch|tonne?|kilo(?:gram)?|lit(?:re|er)) and a half\b"
)
_HALF_OF = re.compile(r"\bhalf(?: an? |-)(hour|year|day)\b")
_IN_LARGER = {
    **dict.fromkeys(["hour", "stund", "stünd", "hora"], 60),
    **dict.fromkeys(["year", "jahr", "jähr", "año", "ano"], 12),
    **dict.fromkeys(["day", "tag", "täg", "día", "dia"], 24),
}  # fmt: skip
# 4分の3, 3분의 2.
_PART = re.compile(rf"({_N}) ?(?:分[の之]|분의) ?({_N})")
# 20여만, 二十数万.
_AND_SOME = re.compile(rf"({_N}) ?[여余餘多数數几幾] ?([십百千万萬億亿백천만억])")
# Lanes of each direction, what is passed over, the second half of a match.
_ONE_WAY = re.compile(rf"(?:片側|편도) ?({_N}) ?(?:車線|차[로선])")
# 38 minutos do segundo tempo: the 83rd minute of a match.
_OF_SECOND_HALF = re.compile(
    r"(\d(?<!\d.)\d?)(?: min(?:utos?|\.)?|(?:st|nd|rd|th|e|\.) minute)?,? (?:of the second half|"
    r"do segundo(?: tempo|(?=[.,;)]|$))|da segunda (?:parte|etapa)|del segundo tiempo|de la segunda (?:parte|mitad)|"
    r"de la seconde (?:période|mi-temps)|der zweiten h(?:albzeit|älfte))"
)
# How many months a run of them is: 4〜6月期 are the three months to June.
_FROM_MONTH = re.compile(r"(\d(?<!\d.)\d?) ?[月월]? ?[-–~～〜至到] ?(\d\d?) ?[月월]")
_PASSED_OVER = re.compile(rf"({_N}) ?(?:日|年|か月|週間)おき")
_SECOND_HALF = re.compile(rf"(?:後半|후반(?:전)?) ?({_N}) ?[分분]")
_SECONDS = re.compile(r"(\d{1,12}) ?[秒초] ?(\d\d?)(?!\d)")
_METRES = re.compile(rf"({_N}) ?(?:米|メートル|m|미터) ?({_N})( ?(?:cm|センチ|厘米|公分|센티))?")
_UNIT_BETWEEN = re.compile(r"(\d(?<!\w.)\d{0,3}) ?(?:m|kg|€|euros?|mètres?|metros?|meter) ?(\d\d)(?!\d|[.,]\d)")
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_VULGAR = re.compile(rf"(\d(?<!\d.)\d{{0,3}}) ?([{''.join(_FRACTIONS)}])")
_MILLISECONDS = re.compile(r"(\d(?<!\d.)\d{0,12}) ?(?:ms\b|milli[sz]e[ck]|milisegundo|毫秒|ミリ秒|밀리초)")
_BASIS_POINTS = re.compile(
    r"(\d(?<![A-Za-z\d.].)\d{0,3})[ -]?(?:basis[ -]points?|points de base|Basispunkte|[个個]?基[点點]|"
    r"ベーシスポイント|베이시스포인트|bp(?![a-z]))"
)
# Counted with the day on which it begins.
_WEEK_OF_EIGHT = re.compile(r"\b(?:huit jours|acht tagen?|ocho días|oito dias)\b")
_FORTNIGHT_OF_FIFTEEN = re.compile(r"\b(?:quinze jours|quince días|quinze dias)\b")
# Rounds of a competition by their names, and how many are left then; East Asia says by numbers what English names.
_ROUNDS = (
    (re.compile(r"\bhuitièmes? de finale\b|\bround of 16\b|八分之一[决決][赛賽]"), 16),
    (re.compile(r"\bquarter-?finals?\b|四分之一[决決][赛賽]|準々決勝|준준결승"), 8),
)
_PRICE = re.compile(rf"({_N})[块塊]([{''.join(HAN_DIGITS)}])(?!{_HAN})")
_DISCOUNT = re.compile(rf"([{''.join(HAN_DIGITS)}\d])\.?([{''.join(HAN_DIGITS)}\d])?折")
_TENTHS = re.compile(rf"([{''.join(HAN_DIGITS)}\d])(?:成|割(?=.分)|할 ?(?=.푼))([{''.join(HAN_DIGITS)}\d])")
_PARTS_OF = re.compile(rf"([千万萬])分之({_N})")
# 十四五岁: fourteen or fifteen.
_TEEN_OR_NEXT = re.compile(
    "(十(?:一(?=二)|二(?=三)|三(?=四)|四(?=五)|五(?=六)|六(?=七)|七(?=八)|八(?=九)))[二-龥](?=[岁歲个個年天日人名])"
)
# 十四五 is the 14th of the plans for five years.
_FIVE_YEAR_PLAN = re.compile('(十[一二三四五六])五(?=[”’」』"]|[规規计計][划劃画畫]|期[间間])')
# Between the part and the whole: nine in ten. Of the CJK the whole stands first.
_OUT_OF: Mapping[str, str] = {
    "en": r" (?:in|out of)(?: every)? ", "fr": " sur ", "de": " von ", "es": " de cada ", "pt": " (?:em|de|a) cada ",
}  # fmt: skip
_EACH_NTH: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\bevery (\w+(?:th|ird|ond))\b"), "de": re.compile(r"\bjede[rsmn]? (\w+te[nrs]?)\b"),
}  # fmt: skip
# What is two times less is a half.
_TIMES_LESS: Mapping[str, str] = {
    "en": r" times (?:less|fewer|smaller|lower|cheaper)\b", "fr": r" fois moins\b", "es": r" veces menos\b",
    "pt": r" vezes menos\b",
}  # fmt: skip
_SECOND = ("second", "zweit")
_PART_NAMED = frozenset(["fr", "es", "pt"])  # nine women in ten
_SHARES: Mapping[int, str] = {
    3: "thirds tiers drittel tercios terceras terços", 4: "quarters quarts viertel cuartos cuartas quartos",
    5: "fifths cinquièmes fünftel quintos quintas", 10: "tenths dixièmes zehntel décimos décimas",
    100: "hundredths centièmes hundertstel centésimos centésimas",
    1000: "thousandths millièmes tausendstel milésimos milésimas",
}  # fmt: skip
_SHARE_OF = {word: share for share, words in _SHARES.items() for word in words.split()}
# What grows by two times is three times as much (增加到两倍 is twice as much), and what doubles twice four times.
_TIMES_MORE = re.compile(
    rf"(?:增[长長加]|[上增]?[涨漲]|[上增]升|提高|[多高]出)了?[近约約]?(\d{{1,4}}\.\d{{1,3}}|{_N})倍"
)
# What is four times dearer may be four times as dear, or five.
_TIMES_DEARER = re.compile(rf"[贵貴大高多快重长長强強远遠厚热熱亮]了?({_N})倍")
_DOUBLINGS = re.compile(rf"翻了?({_N})番")
_AMONG = re.compile(
    rf"{_N_OF_TWO} ?(?:人|名|명|個|个|家|社|件)?(?:に|中有?|のうち|里有| 중| 가운데) ?"
    rf"{_N_OF_TWO} ?(?=[人名명個个家社件])"
)
_OF_HOUR = " o'clock| in the (?:morning|afternoon|evening)| at night"
_OF_DAY = re.compile(_OF_HOUR)
_ONES = {"one": 1, "un": 1, "une": 1, "una": 1, "uno": 1, "um": 1, "uma": 1, "einer": 1, "eine": 1, "eins": 1}
# Before the hour: the minutes, and the hour. A half is of the hour to come only in German.
_EARLY: Mapping[str, str] = {
    "en": r"\b(?P<m>quarter|{n}(?= minutes )|"
    r"(?:(?<=\bat )|(?<=\bis )|(?<=\bwas ))(?:five|ten|twenty)|"
    r"{n}(?= to {n}(?:" + _OF_HOUR + ")))(?: minutes)? (?:to|before) "
    r"(?P<h>{n}|noon|midnight)\b",
    "fr": r"\b(?P<h>{n}|midi|minuit)(?: heures?)? moins (?:le )?(?P<m>quart|{n})\b",
    "de": r"\b(?P<m>halb|(?:drei )?viertel|dreiviertel|{n})(?: vor)? (?P<h>{n})\b",
    "es": r"\b(?P<h>{n}) menos (?P<m>cuarto|{n})\b",
    "pt": r"\b(?:(?P<m>{n})(?: minutos)? para (?:as?|o) (?P<h>{n}|meio-dia|meia-noite)|"
    r"(?P<h2>{n}) menos (?:um )?(?P<m2>quarto|{n}))\b",
    "zh": r"差(?P<m>一刻|{n})分? ?(?:到)?(?P<h>{n})[点點]|(?P<h2>{n})[点點]差(?P<m2>一刻|{n})分?",
    "ja": r"(?P<h>{n})時(?P<m>{n})分前",
    "ko": r"(?P<h>{n})시 ?(?P<m>{n})분 ?전",
}
_IN_EARLY: Mapping[str, str] = {
    "en": r" (?:to|before) (?:{n}|noon|midnight)\b", "fr": " moins ", "de": "halb |viertel | vor ", "es": " menos ",
    "pt": " para (?:as?|o) | menos ", "zh": "差", "ja": "分前", "ko": "전",
}  # fmt: skip
_WITHOUT_VOR = ("halb", "drei viertel", "dreiviertel")  # each of the hour to come
_MINUTES = {
    "quarter": 15, "quart": 15, "quarto": 15, "cuarto": 15, "viertel": 15, "一刻": 15, "halb": 30,
    "drei viertel": 15, "dreiviertel": 15,  # of the hour that has begun, so that a quarter is left
}  # fmt: skip
_NOON = {"noon": 12, "midi": 12, "meio-dia": 12, "midnight": 24, "minuit": 24, "meia-noite": 24}
_ARTICLES = {"an": 1, "a": 1}
_NAMED = {**_ONES, **_ARTICLES, **_MINUTES, **_NOON, **_HANGUL}


@dataclass(frozen=True, slots=True)
class _Rare:
    """A pattern that is looked for only where a part of it that is found soon stands: numerals are many words."""

    part: re.Pattern[str]
    whole: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.whole.finditer(text) if self.part.search(text) else iter(())


_PER_MILLE = _Rare(
    re.compile("‰|mill|por mil|per thousand|パーミル|퍼밀"),
    re.compile(
        r"(\d(?<![A-Za-z\d.,].)\d{0,8}(?:[.,]\d{1,8})?)[ \u00a0\u202f]?(?:‰|(?:per|pro|pour) ?mille\b|promille|"
        r"por mil\b|per thousand\b|パーミル|퍼밀)"
    ),
)


def told(text: str, lang: str) -> tuple[Told, ...]:
    """What a text tells in this way. `lang`: the primary subtag. Linear in the text."""
    rules = _OF_CJK if lang in CJK else _OF_WORDS
    return tuple(item for rule in rules for item in rule(text, lang))


def _value(word: str, lang: str) -> Decimal:
    if word[0].isdecimal():
        return Decimal(word)
    if word in _NAMED:
        return Decimal(_NAMED[word])
    return sum_of(word) if lang in CJK else Decimal(number_words(lang)[word])


def _one_of(words: Iterable[str]) -> str:
    """Of words of which one may begin another the longest."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _number(lang: str) -> str:
    """What writes a number under a hundred."""
    small = [word for word, value in number_words(lang).items() if value < 100]
    return _N if lang in CJK else rf"(?:\d{{1,2}}|{_one_of(small)})"


@cache
def _out_of(lang: str) -> _Rare | None:
    if lang not in _OUT_OF:
        return None
    number, between = _number(lang), _OUT_OF[lang]
    named = r"(?: \w+)?" if lang in _PART_NAMED else ""
    part = rf"{between}({number})\b"
    return _Rare(re.compile(part), re.compile(rf"\b({number}|{'|'.join(_ONES)}){named}{part}"))


@cache
def _times_less(lang: str) -> _Rare | None:
    part = _TIMES_LESS.get(lang)
    return _Rare(re.compile(part), re.compile(rf"\b({_number(lang)}){part}")) if part else None


@cache
def _before_the_hour(lang: str) -> _Rare | None:
    if lang not in _EARLY:
        return None
    part, whole = (each[lang].replace("{n}", _number(lang)) for each in (_IN_EARLY, _EARLY))
    return _Rare(re.compile(part), re.compile(whole))


@cache
def _fractions(lang: str) -> _Rare | None:
    words = [word for word, value in number_words(lang).items() if 0 < value < 20]
    part = rf"[ -]({'|'.join(_SHARE_OF)})"
    return _Rare(re.compile(part), re.compile(rf"\b(\d{{1,3}}|{_one_of(words)}){part}")) if words else None


def _in_words(text: str, lang: str) -> Iterator[Told]:
    """Nine in ten, four fifths, three times less, and times before the hour."""
    lower = small(text)
    if pattern := _out_of(lang):
        for match in pattern.finditer(lower):
            yield from _share(match, _value(match[1], lang), _value(match[2], lang))
    if fractions := _fractions(lang):
        for match in fractions.finditer(lower):
            share = _value(match[1], lang) / _SHARE_OF[match[2]]
            # Three quarters: of an hour, a century, a litre.
            yield Told(*match.span(), _rounded(share) | {60 * share, 1000 * share})
    if less := _times_less(lang):
        for match in less.finditer(lower):
            yield from _share(match, Decimal(1), _value(match[1], lang))
    for match in _EACH_NTH[lang].finditer(lower) if lang in _EACH_NTH else ():
        if ordinal := 2 if match[1].startswith(_SECOND) else number_words(lang).get(match[1]):
            yield from _share(match, Decimal(1), Decimal(ordinal))
    yield from _early(lower, lang)


def _among(text: str, lang: str) -> Iterator[Told]:
    """十人中九人."""
    for match in _AMONG.finditer(text):
        yield from _share(match, _value(match[2], lang), _value(match[1], lang))


def _share(match: re.Match[str], part: Decimal, whole: Decimal) -> Iterator[Told]:
    if 0 < part < whole:
        share = part / whole
        yield Told(*match.span(), _rounded(share))


def _rounded(share: Decimal) -> frozenset[Decimal]:
    """A share and what it is in per cent, exactly and not: two thirds are 66 or 67 per cent."""
    return frozenset([share, 100 * share, round(share, 2), round(100 * share, 0), Decimal(int(100 * share))])


def _early(text: str, lang: str) -> Iterator[Told]:
    pattern = _before_the_hour(lang)
    for match in pattern.finditer(text) if pattern else ():
        named = {name.removesuffix("2"): word for name, word in match.groupdict().items() if word}
        if lang == "de" and " vor " not in match[0] and named["m"] not in _WITHOUT_VOR:
            continue
        left, at = _value(named["m"], lang), _value(named["h"], lang)
        if at <= 24 and left < 60:
            # Ten to eight may be a range, too, but a quarter to eight is nothing else, nor ten to eight at night.
            hours = frozenset([(at - 1) % 12, (at - 1) % 12 + 12, 60 - left])
            is_sure = named["m"] in _MINUTES or _OF_DAY.match(text, match.end()) is not None
            yield Told(*match.span(), hours, instead=is_sure)


def _eras(text: str, lang: str) -> Iterator[Told]:
    for match in _ERA.finditer(text):
        year = ERAS[match[1]] + (_value(match[2], lang) if match[2] else Decimal(1))
        yield Told(*match.span(), frozenset(year + more for more in range(10 if match[3] else 1)))


def _in_two(text: str, lang: str) -> Iterator[Told]:
    """1時間50分, 1年半."""
    for pattern, count in _IN_TWO:
        for match in pattern.finditer(text):
            yield _of_two(match, _value(match[1], lang), None if match[2] else _value(match[3], lang), count)


@cache
def _in_two_units(lang: str) -> tuple[tuple[_Rare, int], ...]:
    """Amounts in two units, or in one and a half, and how many of the smaller are in the larger."""
    number, half = _number(lang), AND_A_HALF[lang]
    first = rf"\b({number}|{_one_of([*_ONES, *_ARTICLES])}) ?"
    more = rf",? ?(?:{_AND[lang]} )?(\d{{3}}|{number})"
    part = re.compile(rf"(?:{'|'.join(larger for larger, _, _ in _UNITS_IN_TWO[lang])})\b\.?(?: {half}|{more})")
    wholes = (
        (rf"{first}(?:{larger})\b\.?(?: {half}|{more} ?(?:{smaller}))\b", count)
        for larger, smaller, count in _UNITS_IN_TWO[lang]
    )
    return tuple((_Rare(part, re.compile(whole)), count) for whole, count in wholes)


def _in_two_words(text: str, lang: str) -> Iterator[Told]:
    """An hour and fifty minutes, a year and a half, 1h45, 3 kilos and 200 grams."""
    lower = small(text)
    for match in _HOURS_AND.finditer(lower):
        yield _of_two(match, _value(match[1], lang), _value(match[2], lang), 60)
    for pattern, count in _in_two_units(lang) if lang in _UNITS_IN_TWO else ():
        for match in pattern.finditer(lower):
            yield _of_two(match, _value(match[1], lang), _value(match[2], lang) if match[2] else None, count)


def _halves(text: str, lang: str) -> Iterator[Told]:
    """Half a day, two and a half hours, three and a half million, hora y media."""
    lower = small(text)
    for match in _AND_A_HALF_OF[lang].finditer(lower) if lang in _AND_A_HALF_OF else ():
        number = match.groupdict().get("n")
        yield _of_two(match, _value(number, lang) if number else Decimal(1), None, _IN_LARGER[match["of"]])
    for match in _HALF_OF.finditer(lower) if lang == "en" else ():
        yield Told(*match.span(), frozenset([Decimal(_IN_LARGER[match[1]]) / 2]))
    for match in _ONE_AND_A_HALF.finditer(lower) if lang == "en" else ():
        yield Told(*match.span(), frozenset([Decimal("1.5")]))
    for match in _MILLIONS_AND_A_HALF.finditer(lower) if lang == "en" else ():
        yield Told(*match.span(), frozenset([(_value(match[1], lang) + Decimal("0.5")) * scales(lang)[match[2]]]))


def _of_two(match: re.Match[str], larger: Decimal, smaller: Decimal | None, count: int) -> Told:
    """So many larger units and so many smaller ones, of which there are `count` in a larger; None: half a larger."""
    total = count * larger + (Decimal(count) / 2 if smaller is None else smaller)
    return Told(*match.span(), frozenset([total, total / count]))


def _counted_otherwise(text: str, lang: str) -> Iterator[Told]:
    """20여만, 片側2車線, 3日おき, 후반 20분."""
    for match in _AND_SOME.finditer(text):
        power = match[2].translate(HANGUL_AS_HAN)
        yield Told(*match.span(), frozenset([_value(match[1], lang) * (HAN_UNITS | HAN_SCALES)[power]]))
    for pattern, times, more in ((_ONE_WAY, 2, 0), (_PASSED_OVER, 1, 1), (_SECOND_HALF, 1, 45)):
        for match in pattern.finditer(text):
            yield Told(*match.span(), frozenset([times * _value(match[1], lang) + more]))


def _months(text: str, lang: str) -> Iterator[Told]:
    """4〜6月: three months."""
    for match in _FROM_MONTH.finditer(text):
        first, last = _value(match[1], lang), _value(match[2], lang)
        if 0 < first < last <= 12:
            yield Told(*match.span(), frozenset([last - first + 1]))


def _grown(text: str, lang: str) -> Iterator[Told]:
    """增长1.5倍, 贵四倍, 翻两番."""
    for match in _TIMES_MORE.finditer(text):
        times = _value(match[1], lang)
        # Nobody is as exact about the tenfold.
        yield Told(*match.span(), frozenset([times + 1, 100 * times]), instead=times < _MANY_TIMES)
    for match in _TIMES_DEARER.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[1], lang) + 1]))
    for match in _DOUBLINGS.finditer(text):
        doublings = _value(match[1], lang)
        if doublings < _MANY_TIMES:
            yield Told(*match.span(), frozenset([2**doublings, 100 * (2**doublings - 1)]), instead=True)


def _school_years(text: str, lang: str) -> Iterator[Told]:
    for match in _SCHOOL.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[2], lang) + (6 if match[1] else 9)]))


def _hundredths(text: str, lang: str) -> Iterator[Told]:
    """9秒83, 一米八五, 一メートル八十センチ."""
    for match in (*_SECONDS.finditer(text), *_METRES.finditer(text)):
        rest = "".join(str(HAN_DIGITS[ch]) for ch in match[2]) if set(match[2]) <= HAN_DIGITS.keys() else match[2]
        if match.re is _METRES and match[3] and (centimetres := _value(match[2], lang)) < 100:
            yield Told(*match.span(), frozenset([_value(match[1], lang) + centimetres / 100]))
        elif rest.isdecimal() and len(rest) < 3:
            yield Told(*match.span(), frozenset([_value(match[1], lang) + Decimal(f"0.{rest}")]))


def _hundredths_in_words(text: str, lang: str) -> Iterator[Told]:
    """1 m 80, 3 € 50."""
    for match in _UNIT_BETWEEN.finditer(text):
        yield Told(*match.span(), frozenset([Decimal(f"{match[1]}.{match[2]}")]))


def _otherwise(text: str, lang: str) -> Iterator[Told]:
    """2½, 50 basis points, 5 ‰, 500 ms, huit jours, the 38th minute of the second half."""
    lower = small(text)
    for match in _OF_SECOND_HALF.finditer(lower):
        yield Told(*match.span(), frozenset([_value(match[1], lang) + 45]))
    for match in _VULGAR.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[1], lang) + _FRACTIONS[match[2]]]))
    for match in _BASIS_POINTS.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[1], lang) / 100]))
    for match in _PER_MILLE.finditer(lower):
        share = decimal_of(match[1], lang) / 1000
        yield Told(*match.span(), frozenset([share, 100 * share]))
    for match in _MILLISECONDS.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[1], lang) / 1000]))
    for pattern, value in ((_WEEK_OF_EIGHT, 7), (_FORTNIGHT_OF_FIFTEEN, 14), *_ROUNDS):
        for match in pattern.finditer(lower):
            yield Told(*match.span(), frozenset([Decimal(value)]))


def _parts(text: str, lang: str) -> Iterator[Told]:
    """4分の3, 八块五, 七折, 七成五, 万分之五, 十四五."""
    for match in _PART.finditer(text):
        yield from _share(match, _value(match[2], lang), _value(match[1], lang))
    for match in _PRICE.finditer(text):
        tenths = HAN_DIGITS[match[2]]
        yield Told(*match.span(), frozenset([_value(match[1], lang) + Decimal(tenths) / 10, Decimal(tenths * 10)]))
    for pattern in (_DISCOUNT, _TENTHS):
        for match in pattern.finditer(text):
            paid = 10 * _value(match[1], lang) + (_value(match[2], lang) if match[2] else 0)
            yield Told(*match.span(), frozenset([paid, 100 - paid]))
    for match in _TEEN_OR_NEXT.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[1], lang), _value(match[1], lang) + 1]))
    for match in _FIVE_YEAR_PLAN.finditer(text):
        yield Told(*match.span(), frozenset([_value(match[1], lang)]))
    for match in _PARTS_OF.finditer(text):
        share = _value(match[2], lang) / (1000 if match[1] == "千" else 10_000)
        yield Told(*match.span(), frozenset([share, 100 * share]))


_Rule = Callable[[str, str], Iterator[Told]]
_OF_WORDS: tuple[_Rule, ...] = (_in_words, _in_two_words, _halves, _hundredths_in_words, _otherwise)
_OF_CJK: tuple[_Rule, ...] = (
    _among, _early, _eras, _school_years, _in_two, _counted_otherwise, _months, _hundredths, _parts, _grown, _otherwise,
)  # fmt: skip
