"""Number words of five languages, and what turns a number into an amount, in all eight.

"First" and "second" are left out everywhere: too often they are no numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_SMALL = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis "
    "dezessete dezoito dezenove",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
}
_MORE: Mapping[str, Mapping[str, int]] = {
    "en": {"hundred": 100},
    "fr": {"une": 1, "cent": 100, "cents": 100, "quatre-vingts": 80, "huitante": 80},
    "es": {"un": 1, "una": 1, "veintiún": 21, "cien": 100, "ciento": 100, "doscientos": 200,
           "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
           "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "seiscientas": 600,
           "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800, "novecientos": 900,
           "novecientas": 900, "veintiuna": 21, "decimotercer": 13},
    "pt": {"uma": 1, "duas": 2, "catorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19, "cem": 100,
           "cento": 100, "duzentos": 200, "duzentas": 200, "trezentos": 300, "trezentas": 300,
           "quatrocentos": 400, "quatrocentas": 400, "quinhentos": 500, "quinhentas": 500, "seiscentos": 600,
           "seiscentas": 600, "setecentas": 700, "oitocentas": 800, "novecentas": 900,
           "setecentos": 700, "oitocentos": 800, "novecentos": 900},
    "de": {"eins": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "zwo": 2, "hundert": 100},
}  # fmt: skip
_ORDINALS = {
    "en": "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth",
    "fr": "troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième "
    "treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième",
    "es": "tercero - quinto sexto séptimo octavo noveno décimo undécimo duodécimo",
    "pt": "terceiro - quinto sexto sétimo oitavo nono décimo",
    "de": "dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
}
# From twentieth to ninetieth; German joins its own.
_ORDINAL_TENS = {
    "fr": "vingtième trentième quarantième cinquantième soixantième - quatre-vingtième -",
    "es": "vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo",
    "pt": "vigésimo trigésimo quadragésimo quinquagésimo sexagésimo septuagésimo octogésimo nonagésimo",
    "en": "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
}
# What Spanish joins them of: vigesimoprimero.
_JOINED_TENS = ("decimo", "vigesimo", "trigesimo", "cuadragesimo", "quincuagesimo")
_UNITS_BEHIND = tuple(
    (word, n)
    for n, word in enumerate("primero segundo tercero cuarto quinto sexto séptimo octavo noveno".split(), 1)  # noqa: SIM905
)
# What counts behind tens only: alone they are hardly numbers, and a second is a time, a quarter a room.
JOINED: Mapping[str, Mapping[str, int]] = {
    "en": {"first": 1},
    "fr": {"unième": 1, "deuxième": 2},
    "es": {"primero": 1, "primera": 1, "primer": 1, "segundo": 2, "segunda": 2, "tercer": 3, "cuarto": 4, "cuarta": 4},
    "pt": {"primeiro": 1, "primeira": 1, "segundo": 2, "segunda": 2, "quarto": 4, "quarta": 4},
}
_SCALES: Mapping[str, Mapping[str, int]] = {
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9,
           "dozen": 12, "decade": 10, "decades": 10, "lakh": 10**5, "crore": 10**7},
    "fr": {"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
           "billion": 10**12, "billions": 10**12, "md": 10**9, "mds": 10**9, "mio": 10**6, "douzaine": 12,
           "dizaine": 10, "dizaines": 10, "décennies": 10},
    "es": {"mil": 10**3, "millón": 10**6, "millones": 10**6, "billón": 10**12, "billones": 10**12,
           "docena": 12, "docenas": 12, "décadas": 10},
    "pt": {"mil": 10**3, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9, "mi": 10**6,
           "bi": 10**9, "trilhão": 10**12, "trilhões": 10**12, "biliões": 10**12, "bilião": 10**12,
           "dúzia": 12, "dúzias": 12, "décadas": 10},
    "de": {"tausend": 10**3, "tsd": 10**3, "million": 10**6, "millionen": 10**6, "mio": 10**6,
           "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "billion": 10**12, "billionen": 10**12,
           "dutzend": 12, "jahrzehnte": 10, "jahrzehnten": 10},
}  # fmt: skip
# Scales that count without a number before them.
ALONE = frozenset(["mille", "mil", "tausend"])
# What may stand between the parts of one number.
LINKS = {"en": "and", "fr": "et", "es": "y", "pt": "e", "de": "und"}

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
}
UNITS: Mapping[str, tuple[str, ...]] = {
    "%": (
        "%",
        "percent",
        "per cent",
        "pour cent",
        "por ciento",
        "por cento",
        "prozent",
        "퍼센트",
        "パーセント",
    ),
    "USD": (
        "$",
        "us$",
        "dollars",
        "dollar",
        "dólares",
        "dólar",
        "us-dollar",
        "美元",
        "美金",
        "ドル",
        "米ドル",
        "달러",
    ),
    "EUR": ("€", "euros", "euro", "欧元", "歐元", "ユーロ", "유로"),
    "GBP": ("£", "pounds sterling", "英镑", "英鎊", "ポンド", "파운드"),
    "JPY": ("yen", "円", "日元", "日圓", "엔"),
    "CNY": ("yuan", "rmb", "元", "人民币", "人民幣", "위안"),
    "KRW": ("won", "원", "韩元", "韓元", "ウォン"),
    "year": ("年", "년"),
    "month": ("月", "월"),
    "day": ("日", "일", "號", "号"),
}


@cache
def number_words(language: str) -> Mapping[str, int]:
    """Word to value, cardinals and ordinals below a thousand, in lower case."""
    if language not in _SMALL:
        return {}
    small = {word: value for value, word in enumerate(_SMALL[language].split())}
    tens = {word: value * 10 for value, word in enumerate(_TENS[language].split(), 2)}
    ordinals = {word: value for value, word in enumerate(_ORDINALS[language].split(), 3) if word != "-"}
    ordinals |= {word: 10 * n for n, word in enumerate(_ORDINAL_TENS.get(language, "").split(), 2) if word != "-"}
    joined = _joined(language, small, tens)
    ordinals |= {word + ("te" if value < 20 else "ste"): value for word, value in joined.items() if 12 < value < 100}
    if language == "es":
        ordinals |= {
            (ten + word).replace("oo", "o"): 10 * n + unit
            for n, ten in enumerate(_JOINED_TENS, 1)
            for word, unit in _UNITS_BEHIND
        }
    words = {**small, **tens, **_MORE[language], **ordinals}
    return words | _inflected(language, ordinals) | joined


def _inflected(language: str, ordinals: Mapping[str, int]) -> dict[str, int]:
    if language in ("es", "pt"):
        return {word[:-1] + "a": value for word, value in ordinals.items()}
    if language == "de":
        return {word + end: value for word, value in ordinals.items() for end in "nrs"}
    return {word + "s": value for word, value in ordinals.items()} if language == "fr" else {}


def _joined(language: str, small: Mapping[str, int], tens: Mapping[str, int]) -> dict[str, int]:
    """German writes a number in one word."""
    if language != "de":
        return {}
    below = {**small, **tens}
    below |= {f"{unit}und{ten}": v + t for unit, v in small.items() if 0 < v < 10 for ten, t in tens.items()}
    hundreds = {f"{unit}hundert": v * 100 for unit, v in small.items() if 1 < v < 20 and v != 10}
    hundreds["einhundert"] = 100
    thousands = {f"{word}tausend": v * 1000 for word, v in below.items() if v > 0}
    return below | hundreds | thousands


@cache
def scales(language: str) -> Mapping[str, int]:
    """Words that multiply what stands before them: powers of ten from a thousand up, dozens, decades."""
    return _SCALES.get(language, {})


# Behind what is one half more; patterns.
AND_A_HALF = {"en": "and a half", "fr": "et demie?", "de": "und eine halbe?", "es": "y medi[ao]", "pt": "e mei[ao]"}

# Monday to Sunday, in Chinese behind the word for week.
WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "ja": "月曜 火曜 水曜 木曜 金曜 土曜 日曜",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    "zh": "一 二 三 四 五 六 日",
}

# Months that are other words too, and count only beside a number.
DOUBTFUL_MONTHS = frozenset(
    ["march", "may", "mars", "mar", "sep", "jan", "jun", "jul", "dec", "oct", "nov", "feb", "apr", "aug"]
)


@cache
def months(language: str) -> Mapping[str, int]:
    """Month name or its first three letters to 1..12."""
    names = {word: number for number, word in enumerate(_MONTHS.get(language, "").split(), 1)}
    return names | {word[:3]: number for word, number in names.items() if language == "en"}
