"""What a text may count, read generously: every way to understand its numerals and number words.

The other half of a comparison: `numbers` says what a text states for sure, and a disagreement is only what no reading
of the other text can mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from workbench.facts.digits import HAN_DIGITS, HAN_SCALES, HAN_UNITS, HANGUL_AS_HAN, decimal_of, roman, sum_of
from workbench.facts.remembered import Remembered
from workbench.facts.words import number_words, scales
from workbench.lang import CJK

# The beginning of a word, and what it may count. A space stands for any end of a word.
_STEMS: Mapping[str, str] = {
    "en": "one=1 once=1 single=1 sole=1 first=1 another=1 half=.5,50,30 halv=.5,50 two=2 twice=2 twin=2 second=2 "
    "both=2 pair=2 couple=2 doubl=2 dual=2 duo=2 duel=2 either=2 "
    "neither=2 three=3 third=3,.33,33 triple=3 trebl=3 trio=3 "
    "thrice=3 four=4 quadr=4 quarter=.25,25,4,15 five=5 fifth=5,.2,20 tenth=10,.1 fift=50,15 six=6 sixt=60,16 "
    "seven=7 sevent=70,17 eight=8 eight=80,18,8 nine=9 ninth=9 ninet=90,19 ten=10 eleven=11 twelve=12 "
    "twelfth=12 dozen=12 noon=12 "
    "midday=12 midnight=0,12,24 thirt=30,13 twent=20 fort=40 hundred=100 centur=100 thousand=1000 million=1e6 "
    "billion=1e9 "
    "trillion=1e12 trilog=3 quartet=4 quintet=5 decade=10 fortnight=14,15,2 clock=24 score=20 zero=0 nil=0 no "
    "=0 nonzero=0 millenni=1000 weekend=2 sexta=6 "
    "bicenten=200 sesquicenten=150 centen=100 octogen=80 septuagen=70 nonagen=90 "
    "bilat=2 biling=2 bicamer=2 biped=2 biann=2 bienn=2 bimonth=2 biweek=2 binar=2 quadrat=2 squared=2 "
    "trilat=3 triling=3 trienn=3 cubic=3 quarterly=3,4 pentath=5 quintup=5 hexag=6 sextup=6 heptath=7 octag=8 octal=8 "
    "decath=10 decimal=10 hexadec=16 semifinal=4 semi-final=4 quarterfinal=8,4 quarter-final=8,4 hat-trick=3 "
    "nickel=5 dime=10 christmas=24,25 eve =24,31 halloween=31",
    "fr": "un =1 une =1 unique=1 seul=1 premi=1 1er=1 demi=.5,50,30 moiti=.5,50 deux=2 double=2 second=2 paire=2 "
    "couple=2 duel=2 "
    "biennal=2 moyen=1 trois=3 tiers=3,.33,33 triple=3 trio=3 quatr=4 quart=.25,25,4,15 cinq=5 cinqui=5,.2,20 "
    "cinquant=50 "
    "dixi=10,.1 six=6 sept=7 huit=8 neuf=9 neuvi=9 dix=10 dizaine=10 décennie=10 décade=10 onz=11 douz=12 midi=12 "
    "minuit=0,12,24 "
    "treiz=13 "
    "quatorz=14 quinz=15 seiz=16 vingt=20 trent=30 quarant=40 soixant=60 septant=70 quatre-vingt=80 nonant=90 "
    "trilogie=3 quatuor=4 quintette=5 cent=100 siècle=100 mil =1000 mill=1000 million=1e6 milliard=1e9 billion=1e12 "
    "quadragén=40 quinquagén=50 sexagén=60 septuagén=70 octogén=80 nonagén=90 zéro=0 aucun=0",
    "de": "top-ten=10 ein=1 erst=1 halb=.5,50,30 hälfte=.5,50 zwei=2 zweit=2 beid=2 paar=2 doppel=2 verdoppel=2 "
    "duell=2 duo=2 drei=3 dritt=3 "
    "drittel=.33,33,3 trio=3 trilogie=3 quartett=4 quintett=5 vier=4 viert=4 viertel=.25,25,4,15 fünf=5 "
    "fünft=5,.2,20 anderthalb=1.5 "
    "zehntel=.1,10 sechs=6 sechzehn=16 sechzig=60 "
    "sieb=7 siebzehn=17 siebzig=70 acht=8 achtzehn=18 achtzig=80 neun=9 zehn=10 elf=11 zwölf=12 dutzend=12 "
    "mittag=12 mitternacht=0,12,24 dreizehn=13 vierzehn=14 fünfzehn=15 neunzehn=19 zwanzig=20 dreißig=30 "
    "vierzig=40 fünfzig=50 neunzig=90 hundert=100 tausend=1000 million=1e6 milliard=1e9 mrd=1e9 mio=1e6 "
    "billion=1e12 jahrzehnt=10 dekade=10 null=0",
    "es": "un =1 una =1 uno =1 único=1 única=1 solo =1 primer=1 medi=.5,50,30 mitad=.5,50 dos =2 segund=2 ambos=2 "
    "ambas=2 "
    "trilog=3 par =2 pareja=2 doble=2 duplic=2 dúo=2 duel=2 tres =3 terc=3,.33,33 triple=3 triplic=3 trío=3 cuatr=4 "
    "cuart=4,.25,25,15 "
    "cinc=5 quint=5,.2,20 seis=6 sext=6 siete=7 sépt=7 ocho=8 octav=8 nuev=9 noven=9,90 diez=10 décim=10 "
    "decena=10 década=10 once =11 doce=12 docena=12 mediodía=12 medianoche=0,12,24 trec=13 catorc=14 quinc=15 "
    "dieciséis=16 diecis=17 diecio=18 diecin=19 vein=20 trein=30 cuarent=40 cincuent=50 sesent=60 setent=70 "
    "ochent=80 noventa=90 cien=100 centen=100 siglo=100 mil=1000 millón=1e6 millon=1e6 billón=1e12 billon=1e12 "
    "cuadragen=40 quincuagen=50 sexagen=60 septuagen=70 octogen=80 nonagen=90 cero=0 ningun=0",
    "pt": "um =1 uma =1 único=1 única=1 primeir=1 mei=.5,50,30,6 metade=.5,50 dois=2 duas=2 segund=2 ambos=2 ambas=2 "
    "trilog=3 par =2 casal=2 dupl=2 dobr=2 duo =2 duel=2 três=3 terc=3,.33,33 tripl=3 trio=3 quatr=4 "
    "quart=4,.25,25,15 cinc=5 "
    "quint=5,.2,20 seis=6 sext=6 sete=7 séti=7 oit=8 nov=9 non=9 dez=10 décim=10 dezena=10 década=10 onz=11 doz=12 "
    "dúzia=12 "
    "meio-dia=12 meia-noite=0,12,24 trez=13 quatorz=14 catorz=14 quinz=15 dezess=16,17 dezass=16,17 dezoit=18 "
    "dezen=19 dezan=19 vint=20 vigé=20 trint=30 quarent=40 cinquent=50 cinquê=50 sessent=60 setent=70 oitent=80 "
    "novent=90 "
    "cem=100 cent=100 sécul=100 mil=1000 milhão=1e6 milhõ=1e6 bilh=1e9 bili=1e12 trilh=1e12 "
    "quadragen=40 quinquagen=50 sexagen=60 septuagen=70 octogen=80 nonagen=90 zero=0 nenhum=0",
    "ko": "하나=1 한 =1 첫=1 둘=2 두=2 쌍=2 양=2 반=.5,30 절반=.5,50 세=3 셋=3 네=4 넷=4 다섯=5 여섯=6 일곱=7 여덟=8 "
    "아홉=9 열=10 열하루=11 열이틀=12 "
    "스무=20 스무하루=21 스물=20 서른=30 마흔=40 쉰=50 예순=60 일흔=70 여든=80 아흔=90 정오=12 자정=0,12,24 "
    "석 =3 넉 =4 서너 =3,4 대여섯 =5,6 사나흘=3,4 사중주=4 반세기=50 환갑=60 칠순=70 팔순=80 구순=90 "
    "수십=10 수백=100 수천=1000 수만=1e4 "
    "수백만=1e6 억=1e8 영=0 하루=1 이틀=2 사흘=3 나흘=4 닷새=5 열흘=10 보름=15 "
    "더블=2 커플=2 듀오=2 부부=2 트리플=3 트리오=3 세기=100 "
    "한두=1,2 두세=2,3 너댓=4,5 너덧=4,5 예닐곱=6,7 일고여덟=7,8 여남은=10 열댓=15 두어=2 하루=24 반년=.5,6 "
    "사반세기=25 격년=2 격월=2 격주=2 격일=2 갑절=2 곱절=2 이중=2 이층=2 삼국=3 삼각=3 삼중=3 삼총사=3 사각=4 사륜=4 "
    "사계=4 오각=5 오대=5 육각=6 팔각=8 십이=12 성탄=24,25 크리스마스=24,25 섣달=31 연중무휴=24,7 없=0 무관용=0 제로=0 "
    "원 =1 투 =2 쓰리=3 포 =4 파이브=5 식스=6 세븐=7 에이트=8 나인=9 텐 =10 톱텐=10 일레븐=11 트웰브=12 서티=30 "
    "포티=40 피프티=50 식스티=60 세븐티=70 헌드레드=100 사우전드=1000 밀리언=1e6",
}  # fmt: skip
_HAN_MORE: Mapping[str, tuple[str, ...]] = {
    "半": (".5", "50", "30"), "双": ("2",), "雙": ("2",), "両": ("2",), "对": ("2",), "對": ("2",), "倍": ("2",),
    "廿": ("20",), "初": ("1",), "首": ("1",), "正": ("1",), "另": ("1",), "单": ("1",), "單": ("1",), "刻": ("15",),
    "昼": ("12",), "午": ("12", "0", "24"), "唯": ("1",), "元": ("1",), "壹": ("1",), "代": ("100",), "俩": ("2",),
    "紀": ("100",), "纪": ("100",),
}  # fmt: skip
_KANA: Mapping[str, tuple[str, ...]] = {
    "ひとつ": ("1",), "ふたつ": ("2",), "みっつ": ("3",), "よっつ": ("4",), "いつつ": ("5",), "ふたり": ("2",),
    "ダブル": ("2",), "ツイン": ("2",), "ペア": ("2",), "カップル": ("2",), "デュオ": ("2",), "コンビ": ("2",),
    "トリプル": ("3",), "トリオ": ("3",), "イレブン": ("11",), "ダース": ("12",), "ハーフ": (".5",), "ワン": ("1",),
    "ツー": ("2",), "スリー": ("3",), "フォー": ("4",), "ファイブ": ("5",), "シックス": ("6",), "セブン": ("7",),
    "エイト": ("8",), "ナイン": ("9",), "還暦": ("60",), "古希": ("70",), "喜寿": ("77",), "傘寿": ("80",),
    "米寿": ("88",), "卒寿": ("90",), "白寿": ("99",), "三刻": ("45",), "はたち": ("20",), "半年": ("6", ".5"),
    "四半世紀": ("25",), "五分五分": ("50",), "倍増": ("2", "100"), "隔": ("2",), "年中無休": ("24", "7"),
    "ゼロ": ("0",), "無": ("0",), "ない": ("0",), "なし": ("0",),
    "セカンド": ("2",), "サード": ("3",), "トップテン": ("10",),
    "サーティ": ("30", "13"), "フォーティ": ("40", "14"), "フィフティ": ("50", "15"), "シックスティ": ("60", "16"),
    "サウザンド": ("1000",), "ミリオン": ("1e6",), "クリスマス": ("24", "25"), "大みそか": ("31",), "大晦日": ("31",),
}  # fmt: skip
_MARKED = {**_HAN_MORE, **_KANA}
# Three times as much is not twice, nor is the afternoon noon; but what grows by one time doubles.
_BY_ITSELF = {"倍": "(?<![02-9二三四五六七八九十百千万])倍", "午": "(?<![上下])午(?![前後后])"}
_HAN_MARKS = re.compile("|".join(_BY_ITSELF.get(mark, mark) for mark in sorted(_MARKED, key=len, reverse=True)))
_HAN_RUN = re.compile(f"[{''.join([*HAN_DIGITS, *HAN_UNITS, *HAN_SCALES])}]{{1,40}}")
# 二三十: twenty or thirty.
_TWO_OR_THREE = re.compile(r"([一二两兩三四五六七八九])(?=[二三四五六七八九]([十百千万萬億亿]))")
# 七成, 3割: seventy, thirty per cent.
_TENTHS = re.compile(rf"([{''.join(HAN_DIGITS)}]|(?<!\d)\d)[成割할]")
# On the clock: 21時30分, and 2130 where it may be a time.
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?[时時點点시](?: ?(\d{1,2}) ?[分분])?")
_CLOCK_RUN = re.compile(
    r"\b([01]\d|2[0-3])([0-5]\d)(?= ?(?:hours|local|GMT|UTC|[A-Z]{1,2}[SD]T)\b|h\b|Z\b)"
    r"|(?<=\b[Aa]t )([01]\d|2[0-3])([0-5]\d)\b"
)
_SHORT_SCALE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?([kmb])n?\b", re.IGNORECASE)
SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}  # $10m, 50k
_HANGUL_RUN = re.compile(r"[일이삼사오육륙칠팔구십백천만억조]*[십백천만억조][일이삼사오육륙칠팔구십백천만억조]{0,20}")
_HANGUL_GAP = re.compile("(?<=[만억조]) (?=[일이삼사오육칠팔구]?[십백천만])")  # 이만 오천
# 스물다섯: twenty, five.
_HANGUL_TENS = dict(
    zip(["열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"], range(10, 100, 10), strict=True)
)
_HANGUL_UNITS = {
    word: value
    for value, words in enumerate(["하나 한", "둘 두", "셋 세", "넷 네", "다섯", "여섯", "일곱", "여덟", "아홉"], 1)
    for word in words.split()
}
_HANGUL_PAIR = re.compile(f"({'|'.join(_HANGUL_TENS)}) ?({'|'.join(_HANGUL_UNITS)})")
_DIGITS = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009 ]\d+){0,9}")
# 9:30 may be 930 elsewhere, and 1995-96 ends in 1996.
_JOINED = re.compile(r"(?<!\d)(\d{1,4})[-–:./ ](\d\d)(?!\d)")
_HOUR_AND_MINUTE = re.compile(r"(?<!\d)(\d{1,2}) ?[h:] ?([0-5]\d)(?!\d)")
# .5 mg, Dogme '95
_BARE_FRACTION = re.compile(r"(?<![\d.,])\.\d{1,20}(?![\d.])")
_SHORT_YEAR = re.compile(r"(?<!\w)['’](\d\d)(?!\d)")
_GROUPED = re.compile(r"^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$|(?<=^\d[.,])\d$|(?<=^\d\d[.,])\d$")
_DIGIT_RUN = re.compile(r"\d{1,20}")
# XIXe and LII, but neither In nor I nor L.
_ROMAN = re.compile(r"(?<![^\W\d_])(?!I\b(?!\.)|L\b)[IVXL]{1,6}(?=(?:er?|[èe]me)?(?![^\W\d_]))")
# The years that begin ours.
_THIS_CENTURY = re.compile(
    r"\b(?:this|new|turn of the) (?:century|millennium)|\b(?:ce|nouveau|(?:début|tournant) du) (?:siècle|millénaire)"
    r"|\b(?:dieses|neuen) jahr(?:hundert|tausend)|\bjahr(?:hundert|tausend)wende"
    r"|\b(?:est[ea]|nuevo|cambio de) (?:siglo|milenio)|\b(?:d?est[ea]|novo|virada do) (?:século|mil[êé]nio)"
    r"|[本新]世[纪紀]|[世千][纪紀年]之交|今世紀|世紀の変わり目|금세기|세기 ?초"
)
_FIRST_YEARS = (Decimal(2000), Decimal(2001))
_HANGUL_DIGITS = HANGUL_AS_HAN | {
    ord(ch): str(han) for ch, han in zip("일이삼사오육륙칠팔구", "一二三四五六六七八九", strict=True)
}


# A passage is held against those of several versions, and by several who ask.
@lru_cache(maxsize=2048)
def readings(text: str, lang: str, sure: frozenset[Decimal]) -> frozenset[Decimal]:
    """Every value that something in the text may mean, with those of `sure`, what it states.

    `lang`: the primary subtag. Linear in the text.
    """
    found, lower = set(sure), text.lower()
    if lang in _STEMS:
        found.update(*map(_of_words(lang).__getitem__, lower.split()))
    found.update(_of_digits(text))
    if lang in ("zh", "ja"):
        found.update(_of_han(text))
    elif lang == "ko":
        found.update(_of_hangul(text))
    if "X" in text or "I" in text or "V" in text:
        found.update(Decimal(roman(match[0])) for match in _ROMAN.finditer(text))
    if _AND_A_HALF_OF_ONE.search(lower):
        found.add(Decimal(1))
    if "final" in lower:
        found.update(left for left, rounds in _ROUNDS.items() if rounds.search(lower))
    found.update(_scaled(found, lower, lang))
    if "‰" in text or "promille" in lower:
        found.add(Decimal(1000))
    if _THIS_CENTURY.search(lower):
        found.update(_FIRST_YEARS)
    return frozenset(found)


@cache
def _of_words(lang: str) -> Remembered[frozenset[Decimal]]:
    """What a word, with the signs around it, may count."""
    pattern, values = _stems(lang)
    return Remembered(lambda word: frozenset(value for match in pattern.finditer(word) for value in values[match[0]]))


@cache
def _stems(lang: str) -> tuple[re.Pattern[str], Mapping[str, tuple[Decimal, ...]]]:
    table: dict[str, tuple[Decimal, ...]] = {}
    for entry in re.findall(r"(\S+?) ?=(\S+)", _STEMS[lang]):
        stem, counts = entry
        table[stem] = table.get(stem, ()) + tuple(Decimal(count) for count in counts.split(","))
    for word, value in number_words(lang).items():
        table[word] = (*table.get(word, ()), Decimal(value))
    whole = set(re.findall(r"(\S+) =", _STEMS[lang]))
    longest = sorted(table, key=len, reverse=True)
    alternatives = "|".join(re.escape(stem) + (r"\b" if stem in whole else "") for stem in longest)
    # German joins words, so that a number may stand within one, and Korean joins them to digits: 1세기.
    begins = {"de": "", "ko": r"(?<![^\W\d_])"}.get(lang, r"\b")
    return re.compile(f"{begins}(?:{alternatives})"), table


def _of_digits(text: str) -> Iterator[Decimal]:
    for match in _JOINED.finditer(text):
        yield Decimal(match[1] + match[2])
        yield Decimal(match[1][:2] + match[2])
        yield Decimal(match[1]) + Decimal(match[2]) / 60
    yield from (Decimal(f"{hour}.{minute}") for hour, minute in _HOUR_AND_MINUTE.findall(text))  # 9.30 in English
    yield from (Decimal(f"0{match[0]}") for match in _BARE_FRACTION.finditer(text))
    for year in _SHORT_YEAR.findall(text):
        yield from (Decimal(f"19{year}"), Decimal(f"20{year}"))
    for match in _DIGITS.finditer(text):
        raw = match[0]
        if len(raw) > 40:
            continue
        if not raw.isdecimal():
            yield decimal_of(raw, "en")
            yield decimal_of(raw, "fr")
            if len(raw) < 7:
                yield Decimal("".join(ch for ch in raw if ch.isdecimal()))
        if raw[0] == "0" and len(raw) == 4 and raw.isdecimal():  # 0230: half past two
            yield from (Decimal(raw[:2]), Decimal(raw[2:]))
        # The parts of a date or a range, but not those of 2,300 or 12.8.
        yield from map(Decimal, _DIGIT_RUN.findall(_GROUPED.sub("", raw)))
    for match in _SHORT_SCALE.finditer(text):
        yield Decimal(match[1]) * SHORT_SCALES[match[2].lower()]
    yield from _of_times(text)


def _of_times(text: str) -> Iterator[Decimal]:
    for match in _CLOCK.finditer(text):
        time = Decimal(match[1] + (match[2] or "").zfill(2))
        yield from (time, time + 1200)
    for match in _CLOCK_RUN.finditer(text):
        hour, minute = match[1] or match[3], match[2] or match[4]
        yield from (Decimal(hour), Decimal(hour) % 12, Decimal(minute))


def _of_han(text: str) -> Iterator[Decimal]:
    for tenths in _TENTHS.findall(text):
        yield 10 * (Decimal(tenths) if tenths.isdecimal() else sum_of(tenths))
    for match in _HAN_RUN.finditer(text):
        run = match[0]
        yield sum_of(run)
        for ch in run if len(run) < 5 else ():
            yield sum_of(ch)
        for first, unit in _TWO_OR_THREE.findall(run):
            yield sum_of(first + unit)
        if len(run) > 1 and all(ch in HAN_DIGITS for ch in run):
            yield Decimal("".join(str(HAN_DIGITS[ch]) for ch in run))
    for mark in _HAN_MARKS.findall(text):
        yield from map(Decimal, _MARKED[mark])


def _of_hangul(text: str) -> Iterator[Decimal]:
    for ten, unit in _HANGUL_PAIR.findall(text):
        yield Decimal(_HANGUL_TENS[ten] + _HANGUL_UNITS[unit])
    for tenths in _TENTHS.findall(text):
        yield 10 * Decimal(tenths)
    for run in _HANGUL_RUN.findall(_HANGUL_GAP.sub("", text)):
        yield sum_of(run.translate(_HANGUL_DIGITS))
        yield sum_of(run.removesuffix("이").translate(_HANGUL_DIGITS))  # 백만이: a particle, or two


def _scaled(found: set[Decimal], lower: str, lang: str) -> list[Decimal]:
    """Of "10 to 20 million" the ten million, of "two and a half" the 2.5."""
    powers = {Decimal(power) for word, power in scales(lang).items() if power >= 1000 and word in lower}
    powers |= {Decimal(power) for sign, power in HAN_SCALES.items() if sign in lower}
    powers |= {Decimal(power) for sign, power in _HANGUL_SCALES.items() if lang == "ko" and sign in lower}
    if Decimal(100) in found and lang not in CJK:
        powers.add(Decimal(100))
    if Decimal(10) in found and _DECADES.search(lower):
        powers.add(Decimal(10))
    small = [value for value in found if value < 10_000][:20]
    halves = [value + _HALF for value in small] if _HALF in found else []
    if _QUARTER in found and 3 in found:
        halves.append(3 * _QUARTER)
    if (halves or _HALF + 1 in found) and _HOUR.search(lower):  # an hour and a half, three quarters of an hour
        powers.add(Decimal(60))
    powers |= {Decimal(power) for years, power in _MANY_YEARS if years.search(lower)}
    if _OF_A_THOUSAND.search(lower):  # a quarter of a litre
        halves += [value * 1000 for value in (_HALF, _QUARTER, 3 * _QUARTER) if value in found]
    return [*halves, *(value * power for value in (*small, *halves) for power in powers if value < power)]


_AND_A_HALF_OF_ONE = re.compile(
    r"\b(?:siglo|mill[oó]n|año|hora|día|kilómetro|metro|século|milhão|ano|dia) [ye] (?:medi|mei)[ao]\b"
)
# The last eight and sixteen of a competition.
_ROUNDS = {
    Decimal(8): re.compile("quarts? de finale|cuartos de final|quartas[ -]de[ -]final|viertelfinal|quarter-?final"),
    Decimal(16): re.compile("huitièmes? de finale|octavos de final|oitavas[ -]de[ -]final|achtelfinal"),
}
_HALF, _QUARTER = Decimal(".5"), Decimal(".25")
_HOUR = re.compile("hour|heure|stund|hora|[时時][间間]|小[时時]|시간")
_OF_A_THOUSAND = re.compile("lit(?:er|re|ro)|[kq]uilo|リットル|升|리터")
_DECADES = re.compile("d[eé]cad|décenn|jahrzehnt")
# So many hundred or thousand years, and no century by its number.
HUNDREDS_OF_YEARS = (
    r"centuries|siècles|jahrhunderte|siglos|séculos|世[紀纪](?:間|に(?:わた|及)|の間|もの|以上)|"
    r"세기 ?(?:동안|에 걸|간|이상)"
)
THOUSANDS_OF_YEARS = r"millenni|millénaires|jahrtausende|milenios|mil[êé]nios|千年[纪紀]"
_MANY_YEARS = ((re.compile(HUNDREDS_OF_YEARS), 100), (re.compile(THOUSANDS_OF_YEARS), 1000))
_HANGUL_SCALES = {"천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
