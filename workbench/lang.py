"""Languages: any tag to one canonical BCP 47 form, names, Argos codes, and which language a text is in.

Chinese is always "zh-Hans" or "zh-Hant": the two are translated by different models.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from workbench.errors import InputError

if TYPE_CHECKING:
    from opencc import OpenCC
    from py3langid.langid import LanguageIdentifier

Script = Literal["Hans", "Hant"]

_JOINERS = "\u200c\u200d"  # with which Persian and Hindi write words, and emoji are put together

# Codes of Argos Translate, of old habit and of Windows and subtitles, that mean something else or nothing in BCP 47.
_ALIASES = {
    **dict.fromkeys(("cn", "zh", "zhs", "chs", "zhcn", "zh-chs", "zh-sc"), "zh-Hans"),
    **dict.fromkeys(("zt", "zht", "cht", "zhtw", "zh-cht", "zh-tc"), "zh-Hant"),
    **{"pb": "pt-BR", "ptbr": "pt-BR", "jp": "ja"},
}
# Where Argos has another code than the primary subtag, or a second best one.
_ARGOS = {
    "zh-Hans": ("zh",),
    "zh-Hant": ("zt", "zh"),
    "pt": ("pt", "pb"),
    "pt-BR": ("pb", "pt"),
    "no": ("nb", "no"),
    "nb": ("nb", "no"),
    "fil": ("tl", "fil"),
}
# Primary subtags: of languages whose words are not told apart as those in Latin letters are.
CJK = frozenset({"zh", "ja", "ko"})
# What follows a hyphen that stands for the half of a word: "Ein- und Ausgang", "pre- and post-war".
SUSPENDING = frozenset(
    ["und", "oder", "bzw", "sowie", "bis", "and", "or", "to", "et", "ou", "y", "e", "en", "of", "och"]
)
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

_HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = r"\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_CJK_SIGNS = r"\u3000-\u3004\u3008-\u3030\u30fb\ufe30-\ufe4f\uff01-\uff65\uffe0-\uffe6"
_HANGUL = r"\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
_SCRIPTS = {
    "han": re.compile(f"[{_HAN}]"),
    "kana": re.compile(f"[{_KANA}]"),
    "hangul": re.compile(f"[{_HANGUL}]"),
    "latin": re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff5a]"),
    "any": re.compile(r"[^\W\d_]"),
}
UNSPACED = f"{_HAN}{_KANA}{_CJK_SIGNS}"  # in a class of a regular expression: what is written without spaces
# The same for all scripts that do not set words apart, Thai and Khmer as well.
WORDLESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_IS_CJK = re.compile(f"[{UNSPACED}]")
_IS_EAST_ASIAN = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]")
_NOT_LANGUAGE = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|[@#]\w+")

# One CJK character tells about as much as this many letters.
_LETTERS_PER_CJK = 5
_ENOUGH = 2000  # characters that settle the language of any text
# Latin text in a document of another script is English far more often than anything else.
_DEFAULT_LATIN = "en"
_LEAST_PROBABILITY = 0.2
# Guessed for noise far more often than met, as are the languages with codes of three letters.
_RARE = frozenset({"an", "la", "vo", "wa"})
# Codes of three letters (ISO 639-2) of languages that have two as well, and more often other things in a file's name.
_WORDS = frozenset(
    (
        *("aka", "arm", "bis", "cat", "div", "fin", "geo", "her", "ice", "ind", "kin", "lim", "lit", "mac", "mar"),
        *("may", "mon", "nav", "ori", "pan", "per", "run", "sin", "sun", "tel", "ton", "vol"),
    )
)


def one_line(name: str) -> str:
    """A name that somebody typed, on one line and without what cannot be seen but joiners.

    >>> one_line("The\\treport \\u202e"), one_line("x\\u200cy"), one_line("\\u200d")
    ('The report', 'x\\u200cy', '')
    """
    seen = "".join(ch if ch.isprintable() or ch in _JOINERS else " " for ch in name)
    return " ".join(filter(None, (word.strip(_JOINERS) for word in seen.split())))


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """The one BCP 47 form of a tag, a locale or an Argos code.

    >>> [canonical(tag) for tag in ("fr_FR", "zh-TW", "zt", "cn", "pb", "en-GB")]
    ['fr', 'zh-Hant', 'zh-Hant', 'zh-Hans', 'pt-BR', 'en-GB']

    Raises InputError where there is no such language.
    """
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    wanted = tag.strip().replace("_", "-").split(".")[0].lower()
    if wanted == "und":
        return "und"
    try:
        language = Language.get(_ALIASES.get(wanted, wanted))
    except LanguageTagError:
        language = None
    subtag = language and language.language
    if not language or not subtag or subtag.startswith("x-") or not language.is_valid():
        raise InputError(f"{tag!r} is not a language tag; give one such as fr, pt-BR or zh-Hant.")
    return _shortest(subtag, language.script, language.territory)


def _shortest(language: str, script: str | None, region: str | None) -> str:
    """Without what goes without saying: the usual script and the home region."""
    from langcodes import Language

    full = Language.make(language, script=script, territory=region).maximize()
    if language in ("zh", "cmn"):
        return f"zh-{full.script}"
    usual = Language.make(language).maximize()
    keeps_region = region and (language == "pt" or full.territory != usual.territory)
    kept_script = full.script if script and full.script != usual.script else None
    return Language.make(language, script=kept_script, territory=region if keeps_region else None).to_tag()


@lru_cache(maxsize=1024)
def primary(tag: str) -> str:
    """The language without script and region: "zh" of "zh-Hant"."""
    return tag.split("-")[0]


def argos_codes(tag: str) -> tuple[str, ...]:
    """The codes under which Argos Translate may have this language, best first."""
    tag = canonical(tag)
    return _ARGOS.get(tag) or _ARGOS.get(primary(tag)) or (primary(tag),)


def from_argos(code: str) -> str:
    """The canonical tag of an Argos code.

    >>> from_argos("zt")
    'zh-Hant'
    """
    return canonical(code)


def same_language(a: str, b: str) -> bool:
    """Whether two tags name one language, whatever the script and region."""
    return primary(canonical(a)) == primary(canonical(b))


@lru_cache(maxsize=1024)
def display_name(tag: str) -> str:
    """The English name: "French", "Chinese (Traditional)"; the tag itself where it has none."""
    from babel import Locale, UnknownLocaleError

    tag = canonical(tag)
    if tag == "und":
        return "Unknown language"
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return str(Locale("en").languages.get(primary(tag), tag))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a code of two letters (ISO 639-1), by English name; Chinese in either script."""
    from babel import Locale

    codes = {canonical(code) for code in map(str, Locale("en").languages) if len(code) == 2}
    return tuple(sorted(codes | {"zh-Hans", "zh-Hant"}, key=display_name))


def named(word: str) -> str:
    """The language that a heading or the ending of a file's name means: by its tag, its name in English, in itself or
    in another language that many documents are in.

    >>> [named(word) for word in ("FR", "zh-TW", "ga", "fra", "French", "Français", "Englisch", "dog")]
    ['fr', 'zh-Hant', 'ga', 'fr', 'fr', 'fr', 'en', 'und']

    "und" where it names none that the CLDR has a name for, or is more likely meant otherwise. Nearly any three letters
    are the code of some language, Newari's is "new"; alone they count where a language has two letters as well, and
    are no word that names of files have in them: "fra", not "new" or "may".
    """
    wanted = word.strip().casefold()
    is_code = len(wanted) == 2 and wanted.isascii()  # Irish is "ga", though Ga is a language too
    tag = (not is_code and _names().get(wanted)) or _canonical_or_none(wanted.replace("_", "-"))
    is_word = len(wanted) == 3 and (wanted in _WORDS or len(primary(tag or "")) > 2)
    return tag if tag and not is_word and primary(tag) in _codes() else "und"


@cache
def _codes() -> frozenset[str]:
    """Of the languages that the CLDR has a name for."""
    from babel import Locale

    return frozenset(map(str, Locale("en").languages))


_NAMING = ("de", "fr", "es", "pt", "zh", "zh_Hant", "ja", "ko")  # whose words for languages are known, with English


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale, UnknownLocaleError

    codes = {str(name): str(code) for code, name in Locale("en").languages.items()}
    codes |= {display_name(tag): tag for tag in languages()}
    for locale in _NAMING:
        for code, name in Locale.parse(locale).languages.items():
            codes.setdefault(str(name), str(code))
    for tag in languages():
        with suppress(UnknownLocaleError):
            own = Locale.parse(tag, sep="-").languages
            for code in {primary(tag), tag.replace("-", "_")} & own.keys():
                codes.setdefault(str(own[code]), tag)
    return {name.casefold(): known for name, code in codes.items() if (known := _canonical_or_none(code))}


def _canonical_or_none(code: str) -> str | None:
    try:
        return canonical(code)
    except InputError:
        return None


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way the language's usual script runs."""
    from langcodes import Language

    return "rtl" if Language.get(canonical(tag)).maximize().script in _RTL_SCRIPTS else "ltr"


def is_cjk(ch: str) -> bool:
    """Whether a character is written without spaces around it: Han, kana, full-width signs (not hangul)."""
    return bool(_IS_CJK.match(ch))


def told_in(text: str) -> int:
    """How much a text says, in letters of an alphabet: a CJK character is worth three, a syllable of hangul two.

    >>> told_in("harbour"), told_in("港口"), told_in("항구")
    (7, 6, 4)
    """
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(_IS_CJK.findall(text)) + len(_SCRIPTS["hangul"].findall(text))


def is_east_asian(ch: str) -> bool:
    """Whether a character is Han, kana or hangul."""
    return bool(_IS_EAST_ASIAN.match(ch))


def chinese_script(text: str, least: int = 1) -> Script | None:
    """Simplified or Traditional, by how many characters OpenCC would convert.

    None where neither is ahead by `least` characters. Characters of both orthographies (里, 后, 台) are no
    evidence though a converter may change them.
    """
    text = text[:_ENOUGH]
    simplified = _foreign_changes(text, "s2t", "big5")
    traditional = _foreign_changes(text, "t2s", "gb2312")
    if abs(simplified - traditional) < least:
        return None
    return "Hans" if simplified > traditional else "Hant"


def in_script_of(tag: str, text: str) -> bool:
    """Whether a good part of the letters is of the script that the language is usually written in.

    A third, a CJK character counting as five letters: names and terms of other scripts may be among them. Scripts
    that are not told apart here (Cyrillic, Arabic ...) are what is left. Of "und" any script is.

    >>> in_script_of("zh-Hans", "使用 Kubernetes API"), in_script_of("fr", "使用"), in_script_of("ru", "Привет")
    (True, False, True)
    """
    if tag == "und":
        return True
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    told = counts["han"] + counts["kana"] + counts["hangul"]
    letters = {
        "Latn": counts["latin"],
        "Jpan": _LETTERS_PER_CJK * (counts["han"] + counts["kana"]),
        "Kore": _LETTERS_PER_CJK * (counts["han"] + counts["hangul"]),
        "Hans": _LETTERS_PER_CJK * counts["han"],
        "Hant": _LETTERS_PER_CJK * counts["han"],
    }
    others = counts["any"] - counts["latin"] - told
    own = letters.get(_script(tag), others)
    return 3 * own >= counts["latin"] + others + _LETTERS_PER_CJK * told


def simplified(text: str) -> str:
    """The text with Traditional characters made Simplified, for looking things up in one orthography."""
    return _converted(text, "t2s")


def traditional(text: str) -> str:
    """The text with Simplified characters made Traditional."""
    return _converted(text, "s2t")


def _converted(text: str, config: str) -> str:
    """Half a surrogate pair, which is no character to OpenCC, becomes a question mark."""
    return str(_opencc(config).convert(text.encode("utf-8", "replace").decode()))


def _foreign_changes(text: str, config: str, charset: str) -> int:
    """How many characters the conversion changes that its target's own charset does not have."""
    changed = (old for old, new in zip(text, _converted(text, config), strict=False) if old != new)
    return sum(not old.encode(charset, "ignore") for old in changed)


@cache
def _opencc(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


def identify(text: str, hints: Sequence[str] = ()) -> tuple[str, float]:
    """The language of a text as (canonical tag, probability); ("und", 0.0) where there is nothing to go by.

    `hints` are tags that are likely beforehand, such as the language of the document; the shorter the text,
    the more they weigh. Script comes first: kana is Japanese, hangul is Korean, Han alone is what the hints
    say and Chinese otherwise. The rest is told by py3langid.
    """
    text = _NOT_LANGUAGE.sub(" ", text[:_ENOUGH])
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    cjk = counts["han"] + counts["kana"] + counts["hangul"]
    if not counts["any"]:
        return "und", 0.0
    if cjk * _LETTERS_PER_CJK >= counts["any"] - cjk:
        return _identify_cjk(text, counts, hints)
    latin = counts["latin"] * 2 > counts["any"]
    best = _identify_by_model(text, counts["any"], _latin_hints(hints) if latin else hints)
    if primary(best[0]) not in CJK:
        return best
    # "OK。" has nothing of Chinese but its full stop.
    return _identify_cjk(text, counts, hints) if cjk else (canonical(hints[0]) if hints else "und", 0.0)


def _latin_hints(hints: Sequence[str]) -> list[str]:
    """The hints in Latin script; where all are in others, the one language that is quoted everywhere."""
    usable = [hint for hint in hints if _is_latin(hint)]
    return usable or ([_DEFAULT_LATIN] if hints else [])


def _identify_cjk(text: str, counts: Mapping[str, int], hints: Sequence[str]) -> tuple[str, float]:
    han, kana, hangul = counts["han"], counts["kana"], counts["hangul"]
    expected = [primary(hint) for hint in hints]
    if hangul >= kana + han / 2:
        return "ko", 0.99
    # Now and then a Chinese text borrows a の.
    if kana and ("zh" not in expected or kana * 2 > han or (kana * 10 > han and _is_japanese_charset(text))):
        return "ja", 0.99
    if "ja" in expected and "zh" not in expected and _is_japanese_charset(text):
        return "ja", 0.7
    hinted = [hint for hint in hints if primary(hint) == "zh"]
    # One odd character (麽, 着) does not make a Traditional document Simplified.
    script = chinese_script(text, least=2 if hinted else 1)
    if script:
        return f"zh-{script}", 0.95
    return (canonical(hinted[0]), 0.9) if hinted else ("zh-Hans", 0.5)


def _is_japanese_charset(text: str) -> bool:
    han = "".join(_SCRIPTS["han"].findall(text))
    return len(han.encode("shift_jis", "ignore")) == 2 * len(han)


def _identify_by_model(text: str, letters: int, hints: Sequence[str]) -> tuple[str, float]:
    hinted = {primary(hint): canonical(hint) for hint in reversed(hints)}
    # A word may be of any language, a sentence speaks for itself.
    weight = max(2.0, 100 / letters)
    scores: dict[str, float] = {}
    for label, probability in _identifier().rank(text):
        language, prior = _of_label(label)
        scores[language] = scores.get(language, 0.0) + probability * (weight if language in hinted else prior)
    best = max(scores, key=scores.__getitem__)
    probability = scores[best] / sum(scores.values())
    if best == "zxx" or (probability < _LEAST_PROBABILITY and not hinted):
        return "und", 0.0
    if probability < _LEAST_PROBABILITY:
        best = next(reversed(hinted))
    return hinted.get(best) or canonical(best), round(float(probability), 4)


@cache
def _of_label(label: str) -> tuple[str, float]:
    """The language that py3langid means, and how likely it is beforehand."""
    language = {"wuu": "zh", "yue": "zh", "nn": "no"}.get(label, label)
    return language, 0.05 if len(language) == 3 or language in _RARE else 1.0


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _is_latin(tag: str) -> bool:
    return _script(tag) == "Latn"


@cache
def _script(tag: str) -> str:
    from langcodes import Language

    return str(Language.get(canonical(tag)).maximize().script)
