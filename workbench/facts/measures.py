"""Units of measure and currencies behind a number, or before it, the same in every language."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from workbench.facts.durations import DAYS, is_near
from workbench.facts.remembered import small

# Unit: its words in any of the languages, in lower case; * is any ending.
_WORDS: Mapping[str, str] = {
    "%": "% ％ percent* per_cent pour_cent por_ciento por_cento prozent* 퍼센트 프로 パーセント",
    "‰": "‰ promille* per_mille per_mil pour_mille por_mil per_thousand パーミル 퍼밀",
    "km": "km kms kph stundenkilomet* kilomet* kilomèt* kilóm* quilóm* quilôm* 公里 千米 キロメートル ㎞ 킬로미터",
    "m": "m met* mèt* metr* 米 公尺 メートル 미터",
    "ha": "ha hectare* hektar* hectárea* 公顷 公頃 ヘクタール 헥타르",
    "acre": "acre acres acker 英亩 英畝 エーカー 에이커",
    "cm": "cm centimet* centimèt* centím* zentimeter* 厘米 公分 センチメートル センチ 센티미터 ㎝ 센티",
    "mm": "mm millimet* millimèt* milím* 毫米 ミリメートル ミリ 밀리미터 ㎜",
    "mile": "mi mile miles mph milles meile* milla* milha* 英里 英哩 マイル 마일",
    "ft": "ft feet foot pied* fuß pies pés 英尺 英呎 フィート 피트",
    "inch": "inch inches pouce* zoll pulgada* polegada* 英寸 英吋 インチ 인치",
    "yd": "yd yard yards yarda* jarda* 码 碼 ヤード 야드",
    "kg": "kg kilo kilos kilogr* kilógr* quilo quilos quilogr* 公斤 千克 キログラム 킬로그램 ㎏",
    "kilo": "キロ 킬로",
    "g": "g gram grams gramme grammes gramm gramo gramos grama gramas 克 グラム 그램",
    "mg": "mg milligr* miligr* 毫克 ミリグラム 밀리그램",
    "lb": "lb lbs pound pounds pfund libra libras livre livres 磅 英镑 英鎊 ポンド 파운드",
    "stone": "stone",
    "t": "tonn* tonelada* ton tons 吨 噸 トン 톤",
    "jin": "斤",
    "li": "里",
    "mu": "亩 畝",
    "tsubo": "坪 평 tsubo pyeong",
    "gallon": "gallon* galón galones galão galões ガロン 갤런 加仑 加侖",
    "nmi": "nautical_mile* mille_marin* milles_marin* milla_náutica* millas_náutica* milha_náutica* milhas_náutica* "
    "seemeile* 海里 해리 浬",
    "knot": "knots knoten ノット 노트",
    "ml": "ml millilit* mililit* ミリリットル 毫升 밀리리터",
    "cl": "cl centilit* zentilit*",
    "dl": "dl decilit* décilit* dezilit*",
    "l": "litre* liter* litro* リットル 公升 리터",
    "oz": "oz ounce* once* onza* onça* unze* 盎司 オンス 온스",
    "degree": "° ℃ ℉ degree* degré* grad grados graus 摄氏度 華氏度 攝氏度 度 도",
    "ms": "ms millisec* millisek* milisegundo* 毫秒 ミリ秒 밀리초",
    "kilobyte": "kb ko kilobyte* kilooctet* kilo-octet* 千字节 キロバイト 킬로바이트",
    "megabyte": "mb mo megabyte* mégaoctet* méga-octet* 兆字节 メガバイト 메가바이트",
    "gigabyte": "gb go gigabyte* gigaoctet* giga-octet* 吉字节 ギガバイト 기가바이트",
    "terabyte": "tb to terabyte* téraoctet* téra-octet* 太字节 テラバイト 테라바이트",
    "hour": "hr hrs std hour hours heure heures stunde stunden stündig* hora horas 小时 小時 個小時 时间 時間 시간",
    "minute": "min mins minute minutes minuten minuto minutos 分钟 分鐘 分間 분간",
    "second": "sec secs second seconds seconde secondes sekunde sekunden segundo segundos 秒 초",
    "day": "day days jour jours tag tage tagen día días dia dias 天 日間",
    "week": "week weeks semaine semaines woche wochen semana semanas 周 週 星期 個星期 週間 주간",
    "month": "month months mois monat monate monaten mes meses mês 个月 個月 ヶ月 か月 カ月 개월",
    "year": "year years yr yrs ans année années jahr jahre jahren jährig* año años ano anos 年 年間 周年 週年 년 歳 岁 "
    "歲 周岁 周歲 週歲 살 bce",
    "USD": "$ us$ dollar dollars us-dollar* dólar dólares 美元 美金 ドル 米ドル 달러",
    "EUR": "€ euro euros 欧元 歐元 ユーロ 유로",
    "GBP": "£ 英镑 英鎊",
    "JPY": "¥ yen yens 円 日元 日圓 엔",
    "CNY": "yuan yuans rmb 人民币 人民幣 위안",
    "krone": "krone* kronor crowns couronnes coronas coroas kroner 克朗 クローネ クローナ 크로네 크로나",
    "KRW": "won wons 원 韩元 韓元 ウォン",
}
_UNIT = {word.replace("_", " ").rstrip("*"): unit for unit, words in _WORDS.items() for word in words.split()}
_SIGNS = {"us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def _alternative(word: str) -> str:
    plain = re.escape(word.replace("_", " ").rstrip("*"))
    return plain if word.endswith("*") or not word[-1].isalpha() or word[-1] > "\u0500" else rf"{plain}(?![a-zà-ÿıſ])"


_BEHIND = re.compile(
    r"(?:(?:st|nd|rd|th)\b|[ -]and[ -]a[ -]half| ?[多余餘여])?[ \u00a0\u202f-]?"
    r"(?:(?:more|further|(?:last|past)(?! (?:day|week|month|year)\b)|other|dernier\w*|"
    r"dernière\w*|letzten|últim\w*|weitere\w*|de|light|us|u\.s\.|[a-z]{3,}(?:ian|ish|can|ese|iss))[ \u00a0]"
    r"|d['’])?("
    + "|"
    r"".join(map(_alternative, sorted(" ".join(_WORDS.values()).split(), key=len, reverse=True)))
    + ")"
)
_BEFORE = re.compile(r"(us\$|[$€£¥])[ \u00a0]?$", re.IGNORECASE)
_PARTS_BEFORE = {"百分之": "%", "千分之": "‰"}
# Units that one word may stand for in some language: a pound weighs and buys, a kilo is long or heavy in Japanese, and
# alcohol in blood is told per mille or in grams.
_ONE_WORD = frozenset(map(frozenset, (["lb", "GBP"], ["kilo", "km"], ["kilo", "kg"], ["‰", "g"])))
# Of octets in French; in small letters they are other words.
_CAPITAL = frozenset(["ko", "mo", "go", "to"])
_NO_AGES = DAYS.keys() - {"year"}


# What one of a unit is in the first of its line, of time in days; areas and volumes are left out.
_FACTORS: Mapping[str, tuple[str, float]] = {
    "kilo": ("length", 1000), "nmi": ("length", 1852), "knot": ("length", 1852),
    "m": ("length", 1), "km": ("length", 1000), "cm": ("length", 0.01),
    "mm": ("length", 0.001), "mile": ("length", 1609.344), "ft": ("length", 0.3048), "inch": ("length", 0.0254),
    "yd": ("length", 0.9144), "ha": ("area", 10_000), "acre": ("area", 4046.9),
    "g": ("mass", 1), "kg": ("mass", 1000), "mg": ("mass", 0.001), "lb": ("mass", 453.6), "oz": ("mass", 28.35),
    "stone": ("mass", 6350),
    "t": ("mass", 1e6),
    "jin": ("mass", 500), "li": ("length", 500), "mu": ("area", 666.7),
    "tsubo": ("area", 3.3058), "ml": ("volume", 1), "l": ("volume", 1000),
    "cl": ("volume", 10), "dl": ("volume", 100),
    "gallon": ("volume", 3785),
    "kilobyte": ("data", 1), "megabyte": ("data", 1e3), "gigabyte": ("data", 1e6), "terabyte": ("data", 1e9),
    **{unit: ("time", days) for unit, days in DAYS.items()},
}  # fmt: skip
_SQUARE = re.compile(r"[ \u00a0\u202f-]?(?:square|sq\.?|平方|quadrat|제곱|평방|cubic|立方|세제곱|kubik)[ \u00a0-]?")
_SQUARED = re.compile(r"[ \u00a0]?(?:[²³2]|carr|cuadrad|quadrad|cub|cúb)")
_ENDING = re.compile(r"[a-zà-ÿ]{1,12}")
_WARMTH = 2.5  # degrees of Fahrenheit in which two temperatures are one


def unit_at(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The unit of the number `text[start:end]` and what both together span; "" where none is known."""
    sign = _BEFORE.search(text[max(0, start - 4) : start])
    # A pattern of any case finds letters too that are no capitals of its own: ſ, ı.
    if sign and sign[1].lower() in _SIGNS:
        return _SIGNS[sign[1].lower()], start - len(sign[0]), end
    if before := _PARTS_BEFORE.get(text[max(0, start - 3) : start]):
        return before, start - 3, end
    lower = small(text)  # which is quicker than patterns of any case
    square = _SQUARE.match(lower, end)
    match = _BEHIND.match(lower, square.end() if square else end)
    if not match or match[1] not in _UNIT:
        return "", start, end
    if match[1] in _CAPITAL and text[slice(*match.span(1))] != match[1].capitalize():
        return "", start, end
    unit = _UNIT[match[1]]
    whole = _ENDING.match(text, match.end(1))
    after = whole.end() if whole else match.end(1)
    if square or (unit in _FACTORS and unit not in DAYS and _SQUARED.match(lower, after)):
        unit += "²"
    return unit, start, after


def lacks_amount(text: str, unit: str) -> bool:
    """Whether a unit of length or mass stands in a text without a number before it, as where one was dropped."""
    return unit in _FACTORS and unit not in DAYS and bool(_bare(unit).search(text))


@cache
def _bare(unit: str) -> re.Pattern[str]:
    words = "|".join(map(_alternative, sorted(_WORDS[unit].split(), key=len, reverse=True)))
    before = r"^|[(（,，:：]|(?<![^\W\d])(?:(?:by|à|a|von|de|of|about) |[約约약])"
    return re.compile(rf"(?:{before}) ?(?:{words})", re.IGNORECASE)


@cache
def _words(units: tuple[str, ...]) -> re.Pattern[str]:
    called = (words for other, words in _WORDS.items() if any(same_unit(unit, other) for unit in units))
    words = " ".join(called).split()
    alternatives = "|".join(map(_alternative, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?:(?<![a-zà-ÿ])|(?=\W))(?:{alternatives})")


def says(text: str, *units: str) -> bool:
    """Whether a word for one of some units, or for one that may be called alike, stands in a text."""
    return bool(_words(units).search(small(text)))


def is_measure(unit: str) -> bool:
    """Whether it is a unit of length, area or mass, a share or a currency."""
    return (unit.rstrip("²") in _FACTORS and unit not in DAYS) or unit in ("%", "‰") or unit.isupper()


def same_unit(a: str, b: str) -> bool:
    """Whether two units may be one: equal, or called alike in some language; an age may be of all but other times."""
    if "age" in (a, b):
        return a == b or not {a, b} & _NO_AGES
    return a == b or frozenset([a, b]) in _ONE_WORD


def is_same_amount(value: float, unit: str, others: Sequence[float], other_unit: str) -> bool:
    """Whether an amount is one of others, which are sorted, in other units, about: 500 miles, 800 km."""
    if same_unit(unit, other_unit):
        return False
    return any(
        is_near(value * factor, others, other_factor)
        for (kind, factor), (other_kind, other_factor) in product(_factors(unit), _factors(other_unit))
        if kind == other_kind
    )


def _factors(unit: str) -> Iterator[tuple[str, float]]:
    """What a unit may measure, and what one of it is in the first unit of that."""
    kind, factor = _FACTORS.get(unit.rstrip("²"), ("", 0.0))
    if kind == "length" and unit.endswith("²"):  # the square or the cube
        yield from (("area", factor**2), ("volume", 10**6 * factor**3))
    elif kind:
        yield kind, factor
    if unit in ("kilo", "lb"):  # a pound is half a kilo where people think in kilos
        yield "mass", 1000 if unit == "kilo" else 500


class Amounts:
    """Amounts of several units, in which one is looked up in logarithmic time."""

    def __init__(self, amounts: Iterable[tuple[float, str]]) -> None:
        by_unit: dict[str, set[float]] = {}
        for value, unit in amounts:
            by_unit.setdefault(unit, set()).add(value)
        self._by_unit = {unit: sorted(values) for unit, values in by_unit.items()}

    def has_same(self, value: float, unit: str) -> bool:
        """Whether one is the same amount in other units."""
        return any(is_same_amount(value, unit, values, other_unit) for other_unit, values in self._by_unit.items())

    def has_same_warmth(self, value: float, unit: str) -> bool:
        """Whether value and one are a temperature in degrees Celsius and in Fahrenheit, the degrees said of one."""
        others = {"degree": ("degree", ""), "": ("degree",)}.get(unit, ())
        return any(_is_same_warmth(value, self._by_unit.get(other_unit, ())) for other_unit in others)


def _is_same_warmth(value: float, others: Sequence[float]) -> bool:
    warm, cool = value * 1.8 + 32, (value - 32) / 1.8
    around = ((warm, 2 * _WARMTH), (cool, 2 * _WARMTH / 1.8))
    ranges = (range(bisect_left(others, at - far), bisect_right(others, at + far)) for at, far in around)
    pairs = ((max(value, others[at]), min(value, others[at])) for within in ranges for at in within)
    return any(abs(low * 1.8 + 32 - high) < _WARMTH for high, low in pairs)
