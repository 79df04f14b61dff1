"""Numbers of a text with their values, whatever the language writes them like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from workbench.facts.digits import HAN_DIGITS, HAN_SCALES, HAN_UNITS, HANGUL_AS_HAN, decimal_of, roman, sum_of
from workbench.facts.naming import ends_a_name
from workbench.facts.remembered import of_each_word
from workbench.facts.words import ALONE, DOUBTFUL_MONTHS, JOINED, LINKS, UNITS, months, number_words, scales
from workbench.lang import CJK, primary


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: `text[start:end]`. `unit` is "%", a currency code, "year", "month", "day" or ""."""

    value: Decimal
    unit: str
    start: int
    end: int


class _Token(NamedTuple):
    value: Decimal
    start: int
    end: int
    kind: str  # "digits", "word", "joined" (to the word before it), "scale" or "month"
    word: str = ""


# Full-width digits and signs become plain ones; every offset stays where it is.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_start = attrgetter("start")
_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")

_LONGEST = 40  # digits; what is longer is no number
# Behind the first digit, which is looked for first, as few characters are digits.
_GROUP = r"\d{0,2}(?P<mark>[.,'’\u00a0\u202f\u2009 ])\d{3}(?:(?P=mark)\d{3})*(?!\d)"
_WORD = r"[^\W\d_]+(?:[-‑][^\W\d_]+)*"
_NUMBER = re.compile(rf"\d(?<![\d.,].)(?:{_GROUP}|\d*)(?:[.,]\d+)?")
_LETTERS = re.compile(_WORD)
_NAME_BEFORE = re.compile(r"(?:[A-Za-z_#@]|코로나|コロナ|(?<![A-Za-z])[A-Z][A-Za-z]{0,5}[-‑])$")
_ADDRESS = r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_ADDRESSES = re.compile(_ADDRESS)
# Times of day in many ways of writing, versions, codes of countries before telephone numbers.
_TIMES = (
    r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]|,\d{3})"
    r"|(?<![\d.])(?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d+(?:\.\d+){2,}"
    r"|(?<!\d)\d{1,2}[ \u00a0]?h(?:[ \u00a0]?\d\d)?\b|(?<!\d)\d{1,2}(?:[.:]\d\d)? Uhr\b"
    r"|(?<!\d)\d{1,2} ?[ap]\.?m\b|(?<![\d.,:])(?:[01]\d|2[0-3])[0-5]\d(?= ?(?:GMT|UTC)\b)"
    r"|(?<=\b[Aa]t )\d{1,2}\.[0-5]\d(?=[,;] | (?:each|every|on|the|local)\b)"
    r"|(?:(?<=\b[Ll]as )|(?<=\bàs ))\d{1,2}\.[0-5]\d(?=[.,;)]?(?:\s*$| (?:del?|y|e|da|hasta|até)\b)|[,;)] )"
    r"|(?<!\d)\d{1,2}\.[0-5]\d(?= (?:[ap]\.?m\b|horas?\b|GMT\b|UTC\b|[A-Z]{1,2}[SD]T\b|"
    r"(?:every|in the) (?:morning|afternoon|evening)))"
    # The +33 before a telephone number, which stands for its first zero.
    r"|(?<=\+)\d{1,3}(?! ?\d{3}(?: \d{3})+(?!\d))(?=(?:[ \u00a0().\/-]{0,3}\d){6,12}(?!\d))"
    r"|(?<![\d.])\d{1,2} ?(?:[点點](?!\d*[个個])|[時时](?![間间])|시(?!간))(?: ?\d{1,2} ?[分분])?"
)
_NO_NUMBERS = re.compile(rf"(?=\d)(?:{_TIMES})")  # few characters are digits
_MAY_BE_TIME = re.compile(r"\+\d|\d[ \u00a0]?[:.hGUap点點時时시]")  # what is in each of them
_NO_NUMBERS_OR_ADDRESSES = re.compile(f"{_ADDRESS}|{_TIMES}")
_DECADE = re.compile(r"(?<!\d)(\d\d) ?世[纪紀] ?(\d0) ?年代")
_CENTURY = re.compile(r"\b([IVX]+)(?:e|ème)?\s(?:siècle)\b|\b(?:siglo|século)\s([IVX]+)\b")
_CENTURIES = ("siècle", "siglo", "século")
_ISO_DATE = re.compile(r"(\d(?<![\d-].)\d{3})-(\d{2})-(\d{2})(?![\d-])")
# 3.4. in German, which the word before or the hour behind tells from a decimal or the number of a chapter.
_DAY_AND_MONTH = r"(0?[1-9]|[12]\d|3[01])\. ?(0?[1-9]|1[0-2])\.(?!\d)"
_GERMAN_DATES = re.compile(
    rf"\b(?:am|vom|bis|zum|ab|seit|den|dem) {_DAY_AND_MONTH}(?: ?(?:und|oder|bis|[-–,]) ?{_DAY_AND_MONTH})?"
    rf"|(?<![\d.,]){_DAY_AND_MONTH}(?=,? \d{{1,2}}(?:[.:]\d\d)? Uhr\b)",
    re.IGNORECASE,
)
_MAY_BE_GERMAN_DATE = re.compile(r"\d\. ?\d{1,2}\.(?!\d)")
_MONTH_GAP = re.compile(r"[\s.,]*(?:(?:de|of|th|st|nd|rd|er|º)[\s.]*)?")
_UNIT_NAMES = {name: unit for unit, names in UNITS.items() for name in names}
_UNIT_NAME = re.compile(
    "|".join(
        re.escape(name) + (r"(?![^\W\d_])" if name[-1].isascii() else "")
        for name in sorted(_UNIT_NAMES, key=len, reverse=True)
    )
)
_BEFORE_UNIT = re.compile(r"^\.?[ \u00a0\u202f]*(?:d['’]|de )?")
_HYPHENATED = re.compile(r"[^-‑]+")
_ARTICLE = re.compile(r"\b(?:an?|une?|um|eine?r?)\s$", re.IGNORECASE)
_PART_BEFORE = re.compile(r"\b(?:half|(quarter) of) an?\s$", re.IGNORECASE)
_BASE_TWENTY = frozenset(["soixante", "quatre-vingt"])
_SIGNS = {"R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW"}
_ANY_SIGN = tuple(_SIGNS)

_HAN = "".join([*HAN_DIGITS, *HAN_UNITS, *HAN_SCALES])
_VAGUE = frozenset("数數几幾何")
_CJK_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# The thousand of a kilometre, kilogram or kilobit is none; a numeral behind digits begins another number: 第2四半期.
_PREFIX = r"千(?:[米克瓦赫卡]|年?[纪紀]|比特|字[节節])|兆(?:[瓦赫]|比特|字[节節]|位)"
_POWERS = "".join([*HAN_UNITS, *HAN_SCALES])
_CJK_NUMBER = re.compile(
    rf"(?=[\d{_HAN}])(?:{_CJK_DIGITS}(?: (?=(?!{_PREFIX})[{_POWERS}]))?"
    rf"|(?<!\d)(?!千年?[纪紀])[{_HAN}]|(?!{_PREFIX})[{_POWERS}])+"
)
_CJK_PART = re.compile(rf"{_CJK_DIGITS}|[{_HAN}]")
# A single numeral counts only before something that is counted, or after 第.
_COUNTED = re.compile(
    r"\s?(?:つ(?![当裂])|[个個名位人年月日天周週次种種家岁歲歳条條项項座艘架元块塊倍点點代件本册冊张張辆輛台支篇句步级級层層秒回枚"
    r"匹頭杯階番场場轮輪部组組档束面只隻段分度]|小[时時]|世[纪紀]|大[洲学]|星期|ヶ月|か月|時間|週間|里[路地外])"
)
# Nor is a ten or a hundred an idiom before a unit of measure.
_MEASURED = re.compile(
    r"\s?(?:公[里斤尺分顷頃]|英[里尺寸亩畝镑鎊]|[厘毫]?米(?![国饭飯线線粉])|[磅码碼吨噸]|克(?![拉服隆林里萨斯])|盎司|"
    r"[美欧歐日韩韓港]元|(?:キロ|センチ|ミリ)?(?:メートル|グラム)|キロ|マイル|フィート|インチ|ヤード|トン|ポンド|ドル|ユーロ|パーセント|[%％])"
)
_VERY = re.compile("分(?![钟鐘])")  # behind a ten
# Words, places and family names that are written with numerals: a greengrocer, the Olympics, a turkey, Igarashi.
_NO_NUMERALS = {
    "ja": re.compile(
        r"八百[屋長]|八百万の神|五月(?:[雨蝿晴病]|蠅)|五輪|七面鳥|五分五分|十八番|十二分に|四つん這い|四つ角|三つ編み|"
        r"三日月|二枚貝|二束三文|[二三四五六七八九]条(?=[城通駅烏河寺])|四万十|五十嵐|五十鈴|"
        r"八千代|九十九[里島]|三十三間堂|四日市|五日市|八日市|十日町|[二三]人称|三面記事|[二三]本松|六本木"
    ),
    # Sonnets, the Ming Tombs, the Great Wall, and what is said of much or many.
    "zh": re.compile(
        "十四行(?=[诗詩])|十三陵|[万萬]里[长長]城|[万萬]里[无無晴]|[双雙]十一|九一八|十[万萬]火急|十字|十八[般罗羅]|"
        "[四五]分五裂|三番[五两兩]次|三天[两兩][头頭]|三[个個]臭皮匠|百分百|二十四史|十之八九|[万萬]年青"
    ),
}
_HANGUL_SCALES = re.compile(r"(?<=\d)(?:(?!만큼)[십백천만억조])+")  # 3만큼: as much as three
# What says that the number behind it is a place in an order; 경제 3조 is of an economy.
_ORDINAL = "(?:第 ?|제|(?<![가-힣])제 )"
_IS_ORDINAL = re.compile(f"{_ORDINAL}$")
# Of an article of a law, which is called as a trillion is: 제247조, 247조 2항.
_ARTICLE_BEFORE, _PARAGRAPH_BEHIND = re.compile(rf"{_ORDINAL}\d{{1,4}}$"), re.compile(r" ?제? ?\d{1,3}항")
_HANGUL_NUMERALS = {
    word: value
    for value, word in enumerate("두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), 2)  # noqa: SIM905
} | {"스무": 20}
HANGUL_DAYS = {"이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "열흘": 10}
_HANGUL_DAYS = re.compile(rf"(?<![가-힣])(?:{'|'.join(HANGUL_DAYS)})")
_HANGUL_COUNTED = re.compile(
    rf"(?<![가-힣])(?<!열 )(?<!스물 )({'|'.join(_HANGUL_NUMERALS)})"
    r"(?:\s?(?:명|개|번(?!호)|시간|주(?![년의])|달(?!력)|살|가지|사람)|\s(?:마리|대|권|장|곳|배|차례|주|편|척|쌍))"
)


def numbers(text: str, lang: str) -> tuple[Quantity, ...]:
    """The numbers in a text, in order, precise rather than complete. Never raises; linear in the text.

    Digits with the language's separators, scales (million, Mrd., 億, 만) and spelled-out numbers in de, en,
    es, fr, ja, ko, pt, zh; digits elsewhere. Left out: digits that belong to a name (GPT-4), times of day,
    versions, web addresses, and the words for one, first and second.
    """
    plain, language = narrow(text), primary(lang)
    found = _cjk_numbers(plain, language) if language in CJK else _spaced_numbers(plain, language)
    dates = [*_iso_dates(plain), *(_german_dates(plain) if language == "de" else ()), *_centuries(plain)]
    taken = sorted([*(_no_numbers(plain) if found else ()), *((date.start, date.end) for date in dates)])
    free = [_with_unit(quantity, plain) for quantity in (_outside(found, taken) if taken else found)]
    return tuple(sorted([*dates, *free], key=lambda quantity: (quantity.start, quantity.end)))


def addresses(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand, in which digits are no numbers."""
    return [match.span() for match in _ADDRESSES.finditer(text)] if _may_have_address(text) else []


def _may_have_address(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text


def _no_numbers(text: str) -> list[tuple[int, int]]:
    if _may_have_address(text):
        return [match.span() for match in _NO_NUMBERS_OR_ADDRESSES.finditer(text)]
    return [match.span() for match in _NO_NUMBERS.finditer(text)] if _MAY_BE_TIME.search(text) else []


def narrow(text: str) -> str:
    """Full-width digits and signs as plain ones, every character at its place."""
    return text.translate(_WIDE) if _FULL_WIDTH.search(text) else text


def _outside(found: Iterable[Quantity], taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    i = 0
    for quantity in sorted(found, key=_start):
        while i < len(taken) and taken[i][1] <= quantity.start:
            i += 1
        if i == len(taken) or quantity.end <= taken[i][0]:
            yield quantity


def _iso_dates(text: str) -> Iterator[Quantity]:
    for match in _ISO_DATE.finditer(text) if "-" in text else ():
        for group, unit in enumerate(("year", "month", "day"), 1):
            yield Quantity(Decimal(match[group]), unit, match.start(group), match.end(group))


def _german_dates(text: str) -> Iterator[Quantity]:
    """Dates without a year: vom 5.5. bis 12.6."""
    for match in _GERMAN_DATES.finditer(text) if _MAY_BE_GERMAN_DATE.search(text) else ():
        for group in (each for each in range(1, 7) if match[each]):
            yield Quantity(Decimal(match[group]), "day" if group % 2 else "month", *match.span(group))


def _centuries(text: str) -> Iterator[Quantity]:
    """Chinese decades (20世纪70年代) and Romance centuries (XIXe siècle)."""
    for match in _DECADE.finditer(text) if "年代" in text else ():
        yield Quantity(Decimal((int(match[1]) - 1) * 100 + int(match[2])), "year", *match.span())
    for match in _CENTURY.finditer(text) if any(word in text for word in _CENTURIES) else ():
        group = match.lastindex or 1
        yield Quantity(Decimal(roman(match[group])), "", match.start(group), match.end(group))


def _with_unit(quantity: Quantity, text: str) -> Quantity:
    if quantity.unit:
        return quantity
    after = text[quantity.end : quantity.end + 24].casefold()
    before = text[max(0, quantity.start - 4) : quantity.start].rstrip()
    gap = _BEFORE_UNIT.match(after)
    named = _UNIT_NAME.match(after, gap.end() if gap else 0)
    if named:
        return replace(quantity, unit=_UNIT_NAMES[named[0]])
    if before.endswith(_ANY_SIGN):
        return replace(quantity, unit=next(unit for sign, unit in _SIGNS.items() if before.endswith(sign)))
    if before.endswith("百分之"):
        return replace(quantity, unit="%")
    is_year = quantity.end - quantity.start == 4 and text[quantity.start : quantity.end].isdecimal()
    return replace(quantity, unit="year") if is_year and 1500 <= quantity.value < 2100 else quantity


def _spaced_numbers(text: str, language: str) -> list[Quantity]:
    """Numbers in a language that puts spaces between words."""
    tokens = _tokens(text, language)
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        if _is_percent(tokens[i], text):
            i += 1
        elif tokens[i].kind == "month":
            found.extend(_month(tokens, i, text, language))
            i += 1
        else:
            quantity, i = _combined(tokens, i, text, LINKS.get(language, ""))
            found.extend(quantity)
    return found


def _is_percent(token: _Token, text: str) -> bool:
    """The hundred in "pour cent"."""
    return token.value == 100 and text[max(0, token.start - 5) : token.start].lower() in ("pour ", " por ")


def _tokens(text: str, language: str) -> list[_Token]:
    digits = [
        _Token(decimal_of(match[0], language), *match.span(), "digits")
        for match in _NUMBER.finditer(text)
        if _is_number(text, *match.span())
    ]
    found = _spelled(text, language)
    if all(map(_is_nothing, [token for _, tokens in found for token in tokens])):
        return digits
    words = [
        _Token(token.value, at + token.start, at + token.end, token.kind, token.word)
        for at, tokens in found
        for token in tokens
    ]
    return sorted([*digits, *words], key=_start)


def _is_nothing(token: _Token) -> bool:
    """Whether it is a number only beside others in words: words for one are articles."""
    return token.kind == "joined" or (token.kind == "word" and token.value == 1)


@of_each_word
def _spelled(word: str, language: str) -> tuple[_Token, ...]:
    """Numbers, scales and months in a word."""
    return tuple(_in_word(word, language))


def _in_word(text: str, language: str) -> Iterator[_Token]:
    words = number_words(language)
    kinds = {"scale": scales(language), "word": words, "month": months(language), "joined": JOINED.get(language, {})}
    for match in _LETTERS.finditer(text):
        for at, part in _parts(match[0].lower(), words):
            kind = next((kind for kind, values in kinds.items() if part in values), None)
            if kind:
                start = match.start() + at
                yield _Token(Decimal(kinds[kind][part]), start, start + len(part), kind, part)


def _parts(word: str, known: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """A word, or what its hyphens join: "twenty-five", "quatre-vingt-dix"."""
    if word in known or ("-" not in word and "‑" not in word):
        yield 0, word
        return
    held = ""
    held_at = 0
    for match in _HYPHENATED.finditer(word):
        if held and f"{held}-{match[0]}" in known:
            yield held_at, f"{held}-{match[0]}"
            held = ""
            continue
        if held:
            yield held_at, held
        held, held_at = match[0], match.start()
    if held:
        yield held_at, held


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether digits are neither too many nor part of a name."""
    if end - start > _LONGEST:
        return False
    return text[start - 1 : start] == " " or not _NAME_BEFORE.search(text[max(0, start - 8) : start])


def _month(tokens: Sequence[_Token], i: int, text: str, language: str) -> Iterator[Quantity]:
    """The month, if its name is nothing else or a number stands beside it."""
    month = tokens[i]
    is_doubtful = month.word in DOUBTFUL_MONTHS
    if is_doubtful and month.word != "mars" and text[month.start].islower():
        return  # the verbs of English
    may_be_else = is_doubtful or ends_a_name(text, month.start, language)
    if not may_be_else or _is_dated(tokens, i, text):
        yield Quantity(month.value, "month", month.start, month.end)


def _is_dated(tokens: Sequence[_Token], i: int, text: str) -> bool:
    """Whether a day or year stands beside a month."""
    for left, right in ((i - 1, i), (i, i + 1)):
        if left < 0 or right >= len(tokens):
            continue
        gap = text[tokens[left].end : tokens[right].start]
        if tokens[left + right - i].kind == "digits" and len(gap) < 8 and _MONTH_GAP.fullmatch(gap):
            return True
    return False


def _combined(tokens: Sequence[_Token], i: int, text: str, link: str) -> tuple[list[Quantity], int]:
    """The number that begins at token `i`, if any, and the index after it."""
    first = last = tokens[i]
    if first.kind == "joined":
        return [], i + 1
    total, part = Decimal(0), first.value
    if first.kind == "scale":
        if first.word not in ALONE and not _ARTICLE.search(text[max(0, first.start - 5) : first.start]):
            return [], i + 1
        share = _PART_BEFORE.search(text[max(0, first.start - 16) : first.start])
        total, part = first.value / ((4 if share[1] else 2) if share else 1), Decimal(0)
    i += 1
    scaled = first, i  # the last scale of the number, and the index after it
    while i < len(tokens):
        token = tokens[i]
        gap = text[last.end : token.start] if token.start - last.end < 6 else "?"
        if part and token.kind == "scale" and scaled[0].value <= token.value <= total:
            (last, i), part = scaled, Decimal(0)  # another number began before it: once mil y cinco mil
            break
        sums = _added(total, part, last, token, gap.strip(" \u00a0\u202f-‑"), link)
        if sums is None:
            break
        (total, part), last, i = sums, token, i + 1
        scaled = (token, i) if token.kind == "scale" else scaled
    value = total + part
    # A lone word for one is an article.
    keep = first.kind == "digits" or value != 1
    return ([Quantity(value, "", first.start, last.end)] if keep else []), i


def _added(
    total: Decimal, part: Decimal, last: _Token, token: _Token, gap: str, link: str
) -> tuple[Decimal, Decimal] | None:
    """(total, part) with one more token, or None where it belongs to another number."""
    if token.kind == "scale":
        if gap not in ("", "de", "."):
            return None
        is_larger = total and token.value > total
        return (
            ((total + part) * token.value, Decimal(0))
            if is_larger or not total
            else ((total + part * token.value, Decimal(0)) if part else None)
        )
    if token.kind not in ("word", "joined") or last.kind == "digits" or gap not in ("", link):
        return None
    if token.kind == "joined" and last.kind != "word":
        return None
    if token.value == 100 and not gap and 1 <= part < 100 and part % 10:  # fifteen hundred
        return total, part * 100
    if last.kind == "scale" and token.value < 1000:
        return total, token.value
    fits_hundreds = part >= 100 and part % 100 == 0 and token.value < 100
    fits_tens = part % 100 >= 20 and part % 10 == 0 and 0 < token.value < 10
    fits_french = part % 100 in (60, 80) and 10 <= token.value < 20 and last.word in _BASE_TWENTY
    fits_ordinal = last.word.startswith("décim") and part == 10 and 0 < token.value < 10
    return (total, part + token.value) if fits_hundreds or fits_tens or fits_french or fits_ordinal else None


def _cjk_numbers(text: str, language: str) -> list[Quantity]:
    """Numbers in Chinese, Japanese and Korean text."""
    found: list[Quantity] = []
    if language == "ko":
        text = _HANGUL_SCALES.sub(_as_han, text)
        for match in _HANGUL_DAYS.finditer(text):
            found.append(Quantity(Decimal(HANGUL_DAYS[match[0]]), "", *match.span()))
        for match in _HANGUL_COUNTED.finditer(text):
            found.append(Quantity(Decimal(_HANGUL_NUMERALS[match[1]]), "", match.start(1), match.end(1)))
    words = _NO_NUMERALS[language].finditer(text) if language in _NO_NUMERALS else ()
    no_numbers = frozenset(at for word in words for at in range(*word.span()))
    for match in _CJK_NUMBER.finditer(text):
        is_number = len(match[0]) <= _LONGEST and match.start() not in no_numbers
        value = _cjk_value(text, match) if is_number else None
        if value is None:
            continue
        quantity = Quantity(value, "", match.start(), match.end())
        if found and _goes_on(found[-1], quantity, text):
            quantity = Quantity(found[-1].value + value, "", found.pop().start, match.end())
        found.append(quantity)
    return found


def _as_han(scales: re.Match[str]) -> str:
    """What stands behind digits in Chinese numerals, but as it is where it is an article of a law."""
    text, start, end = scales.string, *scales.span()
    is_article = _ARTICLE_BEFORE.search(text, max(0, start - 8), start) or _PARAGRAPH_BEHIND.match(text, end)
    return scales[0] if scales[0] == "조" and is_article else scales[0].translate(HANGUL_AS_HAN)


def is_ordinal(text: str, start: int) -> bool:
    """Whether the Chinese, Japanese or Korean number that begins at `start` is a place in an order: 第3万, 제3조."""
    return bool(_IS_ORDINAL.search(text, max(0, start - 2), start))


def _goes_on(left: Quantity, right: Quantity, text: str) -> bool:
    """Korean puts a space between ten thousands and the rest: 1만 5천."""
    last = text[left.end - 1]
    return text[left.end : right.start] == " " and right.value < HAN_SCALES.get(last, 0)


def _cjk_value(text: str, match: re.Match[str]) -> Decimal | None:
    run, start, end = match[0], match.start(), match.end()
    parts = _CJK_PART.findall(run)
    if parts[0][0].isdecimal():
        is_name = _NAME_BEFORE.search(text[max(0, start - 8) : start])
        return None if is_name else sum_of(parts)
    around = text[max(0, start - 3) : start], text[end : end + 8]
    if around[0][-1:] in _VAGUE or around[1][:1] in _VAGUE:
        return None
    is_vague = run[0] in "千万萬億亿" and not any(part in HAN_DIGITS for part in parts)  # 亿万, 千百万
    if len(parts) == 1 or is_vague or run.startswith(("万一", "萬一")):
        return _single(parts, *around)
    if all(part in HAN_DIGITS for part in parts):
        is_year = len(parts) == 4 or "〇" in parts
        return Decimal("".join(str(HAN_DIGITS[part]) for part in parts)) if is_year else None
    return sum_of(parts)


def _single(parts: Sequence[str], before: str, after: str) -> Decimal | None:
    value = sum_of(parts)
    is_month = value == 1 and after[:1] == "月"
    is_measured = before == "百分之" or bool(_MEASURED.match(after))
    is_idiom = parts[0] not in HAN_DIGITS and (parts[0] != "十" or _VERY.match(after)) and not is_measured
    if (value < 3 and before[-1:] == "第") or (value == 1 and not is_month) or is_idiom:
        return None
    return value if before[-1:] == "第" or is_measured or _COUNTED.match(after) else None
