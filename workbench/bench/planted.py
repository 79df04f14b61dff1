"""One fact of a sentence changed, so that it states something else: what a check for disagreements has to find.

Nothing here reads a text the way the checks do: places are found by short lists and patterns of their own, and some
are nothing that the checks look for.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.lang import CJK, primary

KINDS = ("number", "date", "quantity", "name", "negation")


@dataclass(frozen=True, slots=True)
class Change:
    """A text with one fact changed: `text[start:end]` is what was put in (nothing where a word was taken out)."""

    text: str
    start: int
    end: int
    was: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where to put what else: `text[start:end]` can become any of `others`."""

    start: int
    end: int
    others: Sequence[str]


def planted(text: str, lang: str, kind: str, rng: random.Random, names: Iterable[Place] = ()) -> Change | None:
    """A fact of this kind changed at a place chosen by chance; None where the text has none.

    `names`: where names stand in the text, and what can take their place (`bench.named`).
    """
    places = names if kind == "name" else PLACES[kind](text, primary(lang))
    chosen = [place for place in places if place.others]
    if not chosen:
        return None
    place = rng.choice(chosen)
    new = rng.choice(place.others)
    changed = text[: place.start] + new + text[place.end :]
    return Change(changed, place.start, place.start + len(new), text[place.start : place.end])


def planted_pair(
    pair: tuple[str, str],
    langs: tuple[str, str],
    kind: str,
    rng: random.Random,
    names: Callable[[str, int], Iterable[Place]] = lambda _text, _side: (),
) -> tuple[str, str] | None:
    """A pair with a fact of this kind changed, on a side chosen by chance or else on the other; None where neither can.

    `names`: as for `planted`, of a text and its side.
    """
    for side in rng.sample((0, 1), 2):
        places = names(pair[side], side) if kind == "name" else ()
        if change := planted(pair[side], langs[side], kind, rng, places):
            return (change.text, pair[1]) if side == 0 else (pair[0], change.text)
    return None


# --- lists --------------------------------------------------------------------------------------------------

# Words of one line can stand for one another. Lower case.
_COUNTS = {
    "en": "two three four five six seven eight nine ten eleven twelve twenty thirty fifty",
    "fr": "deux trois quatre cinq six sept huit dix onze douze quinze vingt trente cinquante",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze vinte trinta",
}
_HAN_COUNT = re.compile(
    r"[二两兩三四五六七八九](?=[个個名位人年天次种種家岁歲条條项項座艘架倍本張张辆輛支只隻つ度回枚匹頭十百千万萬億亿])"
)
_HANGUL_COUNT = re.compile(
    r"(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟)(?= ?(?:명|개|번|달|살|가지|사람|대|권|곳|배|편))"
)
_HANGUL_COUNTS = "두 세 네 다섯 여섯 일곱 여덟".split()  # noqa: SIM905
_MAGNITUDES = {
    "en": ["thousand million billion trillion"],
    "fr": ["millions milliards", "million milliard"],
    "de": ["millionen milliarden", "million milliarde"],
    "es": ["millones billones", "millón billón"],
    "pt": ["milhões bilhões", "milhão bilhão", "mil milhões"],
    "zh": ["万 亿", "萬 億"],
    "ja": ["万 億"],
    "ko": ["만 억"],
}
_UNITS = {
    "en": [
        "km miles metres",
        "kilometers miles meters",
        "kilometres miles metres",
        "kilometer mile meter",
        "feet inches yards",
        "ft yd",
        "kg lb",
        "kilograms pounds grams",
        "dollars euros pounds",
        "percent degrees",
        "hours minutes days weeks months years",
        "hour minute day week month year",
    ],
    "fr": [
        "km m cm",
        "kilomètres mètres centimètres milles",
        "kilos grammes",
        "kg g",
        "dollars euros livres",
        "heures minutes jours semaines mois ans",
    ],
    "de": [
        "km m cm",
        "kilometer meter meilen",
        "kilometern metern meilen",
        "kg g",
        "kilogramm gramm",
        "dollar euro pfund",
        "stunden minuten tage wochen monate jahre",
    ],
    "es": [
        "km m cm",
        "kilómetros metros millas",
        "kg g",
        "kilos gramos",
        "dólares euros libras",
        "horas minutos días semanas meses años",
    ],
    "pt": [
        "km m cm",
        "quilômetros metros milhas",
        "quilómetros metros milhas",
        "kg g",
        "quilos gramas",
        "dólares euros libras",
        "horas minutos dias semanas meses anos",
    ],
    "zh": [
        "公里 英里 米",
        "公斤 克 磅",
        "美元 欧元 英镑",
        "美元 歐元 英鎊",
        "小时 分钟 天 周 年",
        "小時 分鐘 天 週 年",
    ],
    "ja": ["キロメートル マイル メートル", "キロ マイル", "km マイル m", "ドル ユーロ ポンド", "時間 分 日 週間 年"],
    "ko": ["킬로미터 마일 미터", "km 마일 m", "달러 유로 파운드", "시간 분 일 주 년"],
}
_DATE_BEFORE = re.compile(r"\d{4} ?$|(?:[時时点點月]|시|월) ?\d{1,2} ?$")
# Of a share, an anniversary, or "by no means": 3分の1, 周年, 千万不; and where another unit only begins with it: 35 mm.
_NO_UNIT = re.compile(r"分の|[周週]年|[万萬][不别別勿]")
_CUT = re.compile(r"(?<=[A-Za-z])[A-Za-z]")
_SIGNS = "$ € £"
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_MONTHS_IN_CAPITALS = frozenset(["en", "de"])  # whose "may" and "march" are no months
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "ja": "月曜 火曜 水曜 木曜 金曜 土曜 日曜",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
}
_HAN_WEEKDAY = re.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日])")
_CJK_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])(?= ?[月월])")
# Negation as a pair of patterns: what to look for and what to put there instead.
_NEGATIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": [
        (r"\b(is|are|was|were|will|would|can|could|should|must|has|have|had|do|does|did) not\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\b(is|are|was|were|would|could|should|has|had|does|did|do)n['’]t\b", r"\1"),
        (r"\b(is|are|was|were|will|would|could|should|must)(?= (?!not\b)[a-z])", r"\1 not"),
        (r"\bcan(?= (?!not\b)[a-z])", "cannot"),
    ],
    "fr": [
        (r"\b(?:ne |n['’])(\w+) pas\b", r"\1"),
        (r"(?<![\w'’])(?<!ne )(sont|sera|peut|peuvent|doit|doivent)(?= (?!pas\b)[a-zé])", r"ne \1 pas"),
        (r"(?<![\w'’])(?<!ne )(est|était|étaient)(?= (?!pas\b)[a-zé])", r"n'\1 pas"),
    ],
    "de": [
        (r" nicht\b(?! nur)", ""),
        (r"\bkeine([mnrs]?)\b", r"eine\1"),
        (r"\b(ist|sind|war|waren|wird|werden|kann|können|hat|haben)(?= (?!nicht\b)[a-zäöü])", r"\1 nicht"),
    ],
    "es": [
        (r"\bno (?=(?:se |lo |la |le |es|son|era|fue|hay|puede|tiene|está|había|ha |han )\w*)", ""),
        (r"(?<!no )(?<!se )\b(es|son|era|eran|fue|fueron|puede|pueden|está|están|tiene|tienen)(?= [a-z])", r"no \1"),
    ],
    "pt": [
        (r"\bnão (?=(?:se |é|são|era|foi|há|pode|tem|está|havia|ter)\w*)", ""),
        (r"(?<!não )(?<!se )\b(é|são|era|eram|foi|foram|pode|podem|está|estão|tem|têm)(?= [a-z])", r"não \1"),
    ],
    "zh": [
        (r"不(?=[是会會能可应應])", ""),
        (r"(?:没有|沒有)(?=[\u4e00-\u9fff])", "有"),
        (r"(?<![不也但只就还還若凡正总總都便可])是(?![否不非])", "不是"),
        (r"(?<![不只才都])可以(?!说)", "不可以"),
        (r"(?<![不机社])(会|會)(?=[有被出让讓])", r"不\1"),
    ],
    "ja": [
        (r"ません(?!か)", "ます"),
        (r"ではない", "である"),
        (r"できない", "できる"),
        (r"ます(?=[。])", "ません"),
        (r"でした(?=。)", "ではありませんでした"),
        (r"である(?=。)", "ではない"),
        (r"ました(?=。)", "ませんでした"),
    ],
    "ko": [
        (r"지 않았다", "았다"),
        (r"지 않는다", "는다"),
        (r"지 않습니다", "습니다"),
        (r"할 수 없", "할 수 있"),
        (r"수 있", "수 없"),
        (r"했다(?=\.)", "하지 않았다"),
        (r"했습니다(?=\.)", "하지 않았습니다"),
        (r"합니다(?=\.)", "하지 않습니다"),
        (r"입니다(?=\.)", "이 아닙니다"),
    ],
}  # fmt: skip


# --- places -------------------------------------------------------------------------------------------------


def _number_places(text: str, language: str) -> Iterator[Place]:
    for match in re.finditer(r"(?:https?://|www\.)\S+|\d+", text):
        if match[0].isdecimal() and match[0].isascii():
            yield Place(*match.span(), _other_digits(match[0]))
    yield from _words(text, _COUNTS.get(language, "").split())
    if language in ("zh", "ja"):
        for match in _HAN_COUNT.finditer(text):
            yield Place(*match.span(), [ch for ch in "二三四五六七八九" if ch != match[0]])
    if language == "ko":
        for match in _HANGUL_COUNT.finditer(text):
            yield Place(*match.span(), [word for word in _HANGUL_COUNTS if word != match[0]])


def _other_digits(digits: str) -> list[str]:
    """The same number of digits, one of them another; for one digit no 0, and no 1, which is no count in words."""
    others = []
    for at, digit in enumerate(digits):
        least = 2 if len(digits) == 1 else 1 if at == 0 else 0
        others += [digits[:at] + str(new) + digits[at + 1 :] for new in range(least, 10) if str(new) != digit]
    return others


def _date_places(text: str, language: str) -> Iterator[Place]:
    for match in re.finditer(r"(?<![\d.,:])(1[5-9]|20)(\d\d)(?![\d.,:]\d|\d|s)", text):
        yield Place(match.start(2), match.end(2), [f"{y:02}" for y in range(100) if f"{y:02}" != match[2]])
    months = _words(text, MONTHS.get(language, "").split())
    yield from (place for place in months if language not in _MONTHS_IN_CAPITALS or text[place.start].isupper())
    if language != "zh":
        yield from _words(text, WEEKDAYS.get(language, "").split())
    for match in _HAN_WEEKDAY.finditer(text) if language == "zh" else ():
        yield Place(match.start(1), match.end(1), [day for day in "一二三四五六日" if day != match[1]])
    for match in _CJK_MONTH.finditer(text) if language in CJK else ():
        yield Place(*match.span(), [str(month) for month in range(1, 13) if str(month) != match[0]])


def _quantity_places(text: str, language: str) -> Iterator[Place]:
    """Units and magnitudes behind digits or a number word, and currency signs before digits."""
    number = rf"(?:\d|{'|'.join([*_COUNTS.get(language, '').split(), '[一二三四五六七八九十百千]'])})"
    for line in [*_MAGNITUDES.get(language, ()), *_UNITS.get(language, ())]:
        for place in _words(text, line.split(), spaced=language not in CJK):
            magnitude = any(word in text[: place.start].lower()[-12:].split() for word in ("million", "millones"))
            is_date = _DATE_BEFORE.search(text[max(0, place.start - 6) : place.start])
            is_unit = not is_date and not _NO_UNIT.match(text, place.start) and not _CUT.match(text, place.end)
            if is_unit and (re.search(rf"{number}[ \u00a0\u202f-]?$", text[: place.start].lower()) or magnitude):
                yield place
    for match in re.finditer(r"[$€£](?=\d)", text):
        yield Place(*match.span(), [sign for sign in _SIGNS.split() if sign != match[0]])


def _words(text: str, words: Sequence[str], spaced: bool = True) -> Iterator[Place]:
    """Where one of the words stands, any of the others; written as the word was: capitalised or not."""
    if not words:
        return
    alternatives = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    pattern = rf"(?<![\w-])(?:{alternatives})(?![\w-])" if spaced and words[0][0] < "\u0500" else alternatives
    for match in re.finditer(pattern, text, re.IGNORECASE):
        others = [word for word in words if word.lower() != match[0].lower()]
        yield Place(*match.span(), [w[0].upper() + w[1:] if match[0][0].isupper() else w for w in others])


def _negation_places(text: str, language: str) -> Iterator[Place]:
    if "?" in text or "？" in text:
        return
    for pattern, instead in _NEGATIONS.get(language, ()):
        for match in re.finditer(pattern, text):
            yield Place(*match.span(), [match.expand(instead)])


PLACES: Mapping[str, Callable[[str, str], Iterator[Place]]] = {
    "number": _number_places,
    "date": _date_places,
    "quantity": _quantity_places,
    "negation": _negation_places,
}
