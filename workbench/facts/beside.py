"""Names that one text puts beside what both speak of: of which country that is, or whom the other's pronoun means.

None of them says that the texts disagree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from workbench.facts.known import is_country, known, seats_of
from workbench.facts.naming import Named, Names
from workbench.facts.places import countries_of

_ABOUT = 80  # characters from a country to who or what is of it, or from where a sentence begins to its topic
# What stands between a country and who or what is of it: チェコの作家カフカ, Czech writer Kafka, Kafka, a Czech writer.
_OF_A_COUNTRY: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "en": (
        re.compile(r"(?:(?!['’]s)[\w’'-]){0,6}(?: (?!(?:in|of|at|to|for|from|and|on|with)\b)[\w-]+){0,4} "),
        re.compile(r",? (?:of|from) |,? an? (?:[a-z-]+ ){0,2}|, (?:the )?"),
    ),
    "ja": (re.compile("(?:人|系|出身)?の?[一-龯、「]{0,8}"), re.compile("(?:[、（(]|は)")),
}
# Where a sentence begins, with a pronoun, and what may follow one that it stands for.
_SENTENCE = {"en": r"(?:^|[.!] )[\"“'‘]*", "ja": "(?:^|。)[「『]*"}
_PRONOUN = {
    "en": re.compile(
        rf"{_SENTENCE['en']}(?:[A-Z][^.,]{{0,40}}, |(?:But|And|Then|So|Yet|Today|If|When|As) )?"
        r"(?:[Hh]e|[Ss]he|[Ii]ts?|[Tt]hey|[Tt]heir|[Hh]is|[Hh]er|[Tt]his|[Tt]hese|[Ww]e|[Oo]ur)\b"
    ),
    "ja": re.compile(rf"{_SENTENCE['ja']}(?:[^。、]{{0,12}}、)?(?:彼|それ|これ|同|当|この|その|私たち|我々)"),
}
_TOPIC = {
    "en": (
        re.compile(rf"{_SENTENCE['en']}(?:[Tt]he )?(?:[A-Z][\w.’'-]* )*$"),
        re.compile(r"(?: [A-Z]|['’]s\b| [a-z])"),
    ),
    "ja": (
        re.compile(rf"{_SENTENCE['ja']}[ァ-ヴーA-Za-z・=＝ ]*$"),
        re.compile("[一-龯ァ-ヴー・]{0,6}(?:さん)? ?[はがのもで]"),
    ),
}
# What Chinese says of which country, before what each has one of: 美国航天局, 英国首相; not the south of it.
_HAD_BY_A_COUNTRY = re.compile(
    r"(?:(?![的在])[\u4e00-\u9fff]){0,9}?(?:(?<![东東西南北中内內外全各])部(?![分队隊落门門])|局(?![部势勢面])|[署厅廳](?=\W|[^名])|"
    r"委[员員][会會]|法院|[议議][会會院]|[国國][会會]|大[学學]|"
    r"通[讯訊]社|[电電][视視][台网網]|[广廣]播|新[闻聞]网|[日早晚邮郵时時][报報]|人民解放[军軍]|[军軍警]方|政府|[当當]局|央行|"
    r"[总總][统統理]|首相|主席|[国國][务務][卿]|大臣|[部外][长長]|[国國女天][王皇]|[领領][袖导導]|"
    r"[学學术術险險海曲想明筑築塑乐樂说說作画畫]家|[诗詩]人|[内內][战戰]|革命|[独獨]立[战戰])|《"
)


def tells_country(named: Named, met: Collection[int], here: Names, there: Names) -> bool:
    """Whether it only says of what country somebody or something is that both texts name beside it.

    Not where the other text may tell of another country.
    """
    ((text, lang),) = here.texts
    if lang not in _OF_A_COUNTRY or not is_country_itself(named) or not _countries(there).issubset(_countries(here)):
        return False
    before, behind = _OF_A_COUNTRY[lang]
    near = (place for place in met if -_ABOUT < place - named.start < _ABOUT)
    return any(
        before.fullmatch(text, named.end, place)
        if place > named.start
        else behind.fullmatch(text, place, named.start) is not None
        for place in near
    )


def _countries(side: Names) -> set[str]:
    """All countries that texts may tell of."""
    return {key for text, lang in side.texts for key in known(text, lang).possible if is_country(key)}


def is_for_pronoun(named: Named, here: Names, there: Names) -> bool:
    """Whether a sentence begins with it, and one of the other text with a pronoun, of which it may be the name."""
    ((text, lang),) = here.texts
    if lang not in _TOPIC or not any(_begins_with_pronoun(other, of) for other, of in there.texts):
        return False
    before, behind = _TOPIC[lang]
    return bool(before.search(text, max(0, named.start - _ABOUT), named.start) and behind.match(text, named.end))


def _begins_with_pronoun(text: str, lang: str) -> bool:
    return lang in _PRONOUN and _PRONOUN[lang].search(text) is not None


def is_country_itself(named: Named) -> bool:
    """Whether it is one for sure: Franz begins as what is French."""
    return named.kind == "known" and any(map(is_country, named.keys))


def is_said_of(named: Named, here: Names, there: Names) -> bool:
    """Whether it only says in Chinese of which country something is, where the other text tells of no other country."""
    ((text, lang),) = here.texts
    if lang != "zh" or not any(map(is_country, named.keys)) or not _HAD_BY_A_COUNTRY.match(text, named.end):
        return False
    own, others = seats_of(here.keys), seats_of(there.keys)
    places = [codes for words, language in there.texts for codes in countries_of(words, language)]
    return others <= own and not any(codes.isdisjoint(own.union(*countries_of(text, lang))) for codes in places)
