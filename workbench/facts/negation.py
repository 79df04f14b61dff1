"""Negation: what denies for sure, and everything that may carry the sense of a no.

Languages put a denial in other places and other words (not heavy, light; fails to, does not), so a text is said to
deny what another asserts only where it holds a plain "not" and the other nothing at all that has to do with no.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# Plain denial. Left out: "not only", "not until", "whether or not", questions, and what is no denial of the sentence.
_DENIES: Mapping[str, str] = {
    "en": r"(?<!whether or )\bnot\b(?! (?:only|the only|just|least|merely|simply|until|to mention|necessarily|all|"
    r"too|even|so|long"
    r"|far|unlike|forget|always|fully|really|very|more|quite|an? (?:ab|un|in)))|(?<=[a-z])n['’]t\b(?! (?:forget|"
    r"until))"
    r"|\bcannot\b|\bnever\b(?! again| before)",
    "fr": r"(?:\bne\b|\bn['’])(?=[^.,;:!?]{1,40}?\b(?:pas|jamais)\b(?! (?:seulement|uniquement|que|moins|encore|"
    r"tous|toujours)))",
    "de": r"\bnicht\b(?! (?:nur|zuletzt|mehr|einmal|immer|alle|zu|wahr|weniger|erst|unbedingt|ganz))|\bniemals\b",
    "es": r"\bno\b(?! (?:solo|sólo|solamente|obstante|más|menos|siempre|todos|sin|bien|dude|olvid|tard|se olvid|"
    r"puede faltar)|[^.]*\bsino\b)(?=[ ][a-záéíóú])|\bnunca\b",
    "pt": r"\bnão\b(?! (?:só|apenas|somente|obstante|mais|menos|sempre|todos|sem|muito|demor|esque|"
    r"tão))(?=[ ][a-záéíóúâêãç-])"
    r"|\bnunca\b",
    "zh": r"(?<![无無莫毫绝絕一会會是能有可缺几幾乎])(?:不是|不会|不會|不能|不可以|并不|並不|没有|沒有|从不|從不|"
    r"从未(?!来)|從未(?!來)"
    r"|决不|不应|不應)(?![仅僅只但光單单过過少同断斷得久必用什])",
    "ja": r"(?:(?<!しれ)(?<!なり)(?<!いけ)(?<!なら)(?<!避けられ)(?<!欠かせ)ません|ではない|ではなかった|じゃない|"
    r"できない|できなかった"
    r"|なかった(?!ら)|しない|されない|ていない|(?<!しれ)(?<!避けら)れない|がない)(?!か|と|ければ|だけ|限り|ほど|"
    r"よう|がら|うち|場合|わけ|わり|でしょう)",
    "ko": r"(?:지 ?않|지 ?못|수 ?없|아니다|아닙니다|아니었|아니며|아닌|없다|없었|없습니다|하지 마)",
}
# Whatever may turn a sense round. Beginnings of words where spaces part them; | is the end of a word. Of a longer list
# these are what, in parallel text, is often all that stands where the other language denies.
_MAY_DENY: Mapping[str, str] = {
    "en": "not cannot nor no| non never none nobody nothing nowhere neither without hardly scarce barely rare "
    "little| few| "
    "fewer| less| only| lack fail refus deny reject declin avoid prevent stop ceas prohibit forb illeg imposs unable "
    "un[abcdefghjklmnpqrstvw] inab inac inad inap inc[ao] ind[ei]s inv[ai]l imm[ou] irr ill[eio] dis[aclmo] miss "
    "absen exclud "
    "except despite unless until instead rather too| free| lest loss wrong false neglect ignor oppos no-| yet| "
    "though although "
    "however difficult hard| rid| seldom far| devoid minimal deficien abort hamper inevitab invis abnormal end| "
    "bad| trouble contradict reluct cancel elimin depriv forg[eo] escap evad regardless differ unlike",
    "fr": "ne| n| non| pas| sans| aucun jamais ni| rien| sauf hormis manqu échou échec refus rejet évit empêch "
    "interdi impos irr[eé] "
    "inacc rare pourtant absen exclu malgré cess plutôt trop| guère ignor dépourvu ôt nég nier| contraire encore "
    "cependant",
    "de": "nicht nie| niemals kein ohne niemand nichts nirgend weder noch| kaum selten wenig fehl ablehn verbot "
    "verbiet "
    "verboten trotz statt sondern nur| erst| dagegen ausschl un[abdefghklmnprstvwzü]",
    "es": "no| ni| nunca jamás nada| ningun ningún sin| tampoco apenas poco| falt negar neg[óa] niega ineff inacc "
    "ausen pese "
    "aunque cesar difíc contrari",
    "pt": "não nem| nunca jamais nada| nenhum sem| tampouco carec fracass neg[ao] evit imped imposs inca ineff inex "
    "inap mal| "
    "cess até| contrári",
    "zh": "[不没沒无無未非否勿毋缺乏難难僅仅卻却但避敗败廢废棄弃誤误鮮離离絕绝]|才能",
    "ja": "な[いかくけさしきせ]|ません|ず[、にと。]|ざる|[無不非未禁拒防避違少稀]|しか|以外|づらい|かねる|過ぎ|ノン|"
    "めった|控え|限ら|のに|悪",
    "ko": "않|못|없|아니|아닌|안 |무[단관분의효해료명시]|불[가편법안리확만완공]|부족|결여|제외|대신|만 "
    "|뿐|드물|중지|취소|부정|지만|모르|모른|"
    "싫|돼야|되어야|해야|잊|나쁜|거의|다른",
}


@cache
def _denies(lang: str) -> re.Pattern[str] | None:
    return re.compile(_DENIES[lang], re.IGNORECASE) if lang in _DENIES else None


@cache
def _may_deny(lang: str) -> re.Pattern[str] | None:
    words = _MAY_DENY.get(lang)
    if not words:
        return None
    if lang in ("zh", "ja", "ko"):
        return re.compile(words)
    stems = [word[:-1] + r"\b" if word.endswith("|") else word for word in words.replace("| ", "|  ").split()]
    return re.compile(rf"\b(?:{'|'.join(stems)})|n['’]t\b|\w(?:less|free|los|lose[nrs]?)\b", re.IGNORECASE)


def denials(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Where a text plainly denies something. `lang`: the primary subtag. None in a question."""
    pattern = _denies(lang)
    if pattern is None or "?" in text or "？" in text:
        return ()
    return tuple(match.span() for match in pattern.finditer(text))


def only_asserts(text: str, lang: str) -> bool:
    """Whether nothing in a text has to do with denial. False where the language is not known."""
    pattern = _may_deny(lang)
    return pattern is not None and not pattern.search(text)
