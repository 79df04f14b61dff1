"""Degrees: that nobody is faster says of somebody that they are the fastest, without a no."""

from __future__ import annotations

import re
from collections.abc import Mapping

# How far from a no, in characters before and behind, what it compares stands: up to the next pause.
_BEFORE, _BEHIND = 25, 60
_PAUSE = re.compile(r"[.;:!]|, |[。，；：]")

# What says that there is none that is more so, and what says the highest degree. In small letters.
_SURPASSES: Mapping[str, str] = {
    "de": r"\b(?:niemand\w*|kein\w*|nichts|nie|niemals|nirgend\w*)\b.*\b(?:mehr|besser\w*|schlechter\w*|so \w+ wie|"
    r"\w{3,}er als|\w+(?:ig|lich|isch|sam|ell|eil|[äöü]\w{1,3})er)\b",
    "en": r"\b(?:no(?! \w+ than\b)|none|nobody|nothing|never|nowhere)\b.*"
    r"\b(?:better|worse|(?:more|less) \w+ than|\w{3,}er than|(?:as|so) \w+ as)\b",
    "es": r"\b(?:nadie|nada|ning\w+|nunca|jamás|no hay?)\b.*\b(?:más|menos|mejor|mejores|peor|peores|tan)\b",
    "fr": r"\b(?:personne|rien|nul|nulle|aucune?|jamais|n['’]y a)\b.*"
    r"\b(?:plus|moins|mieux|meilleure?s?|pires?|aussi)\b",
    "ja": r"(?:ほど|より).*(?:い|な)",
    "ko": r"(?:보다|만큼) .*[가-힣][은는이가도] ?없",
    "pt": r"\b(?:ninguém|nada|nenhum\w*|nunca|jamais|não há)\b.*"
    r"\b(?:mais|menos|melhor|melhores|pior|piores|maior|maiores|tão)\b",
    "zh": "(?:[没沒]有?|[无無莫]).*(?:比.*[更再]|[过過][于於])",
}
_HIGHEST: Mapping[str, str] = {
    "de": r"\bam \w{2,}sten\b|\bbeste[mnrs]?\b"
    r"|\b(?:der|die|das|dem|den|des|ihre?\w?|seine?\w?) (?!erste|küste|liste|wüste)\w{3,}ste[nrs]?\b",
    "en": r"\b(?:most(?! of)|best|worst|least)\b"
    r"|\b(?:the|its|his|her|their|our|my|your) (?!forest|inter|request|harvest|guest|(?:south|north)?west|nest|"
    r"contest|priest|tempest|protest|manifest|rest\b)\w{3,}est\b",
    "es": r"\b(?:el|la|l[ao]s|lo|sus?|mis?|que) (?:\w+ )?(?:más|menos|mejor|mejores|peor|peores)\b",
    "fr": r"\b(?:l[ea]s?|ses|s[ao]n?|leurs?) (?:\w+ (?:l[ea]s? )?)?(?:plus|moins|mieux|meilleure?s?|pires?)\b",
    "ja": "最|一番|いちばん",
    "ko": "가장|제일|최[고악]",
    "pt": r"\b(?:[oa]s?|seus?|suas?|que) (?:\w+ )?(?:mais|menos|melhor|melhores|pior|piores|maior|maiores)\b",
    "zh": "最|首屈一指",
}
_Patterns = Mapping[str, re.Pattern[str]]
_NONE_SURPASSES: _Patterns = {lang: re.compile(pattern) for lang, pattern in _SURPASSES.items()}
_SUPERLATIVE: _Patterns = {lang: re.compile(pattern) for lang, pattern in _HIGHEST.items()}


def is_outdone(here: str, lang: str, start: int, end: int, there: str, other: str) -> bool:
    """Whether the no `here[start:end]` denies that anything is more so, and the other text says what is most so.

    Texts in small letters; `lang`, `other`: their languages.
    """
    if lang not in _NONE_SURPASSES or other not in _SUPERLATIVE:
        return False
    before = _PAUSE.split(here[max(0, start - _BEFORE) : start])[-1]
    clause = before + here[start:end] + _PAUSE.split(here[end : end + _BEHIND])[0]
    most = (len(_SUPERLATIVE[of].findall(text)) for of, text in ((other, there), (lang, here)))
    return _NONE_SURPASSES[lang].search(clause) is not None and next(most) > next(most)
