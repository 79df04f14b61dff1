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
    "en": r"\bnot\b(?! (?:only|just|least|merely|simply|until|to mention|necessarily|all|too|even|so|long|far|unlike))"
    r"|(?<=[a-z])n['’]t\b|\bcannot\b|\bnever\b(?! again| before)",
    "fr": r"(?:\bne\b|\bn['’])(?=[^.,;:!?]{1,40}?\b(?:pas|jamais)\b(?! (?:seulement|uniquement|que|moins|encore|tous|toujours)))",
    "de": r"\bnicht\b(?! (?:nur|zuletzt|mehr|einmal|immer|alle|zu|wahr|weniger|erst|unbedingt|ganz))|\bniemals\b",
    "es": r"\bno\b(?! (?:solo|sólo|solamente|obstante|más|menos|siempre|todos|sin|bien))(?=[ ][a-záéíóú])|\bnunca\b",
    "pt": r"\bnão\b(?! (?:só|apenas|somente|obstante|mais|menos|sempre|todos|sem))(?=[ ][a-záéíóúâêãç-])|\bnunca\b",
    "zh": r"(?<![无無莫毫])(?:不是|不会|不會|不能|不可|不可以|并不|並不|没有|沒有|从不|從不|从未|從未|决不|不应|不應|不必|不需)"
    r"(?![仅僅只但光单單过過少同断斷得久])",
    "ja": r"(?:ません|ではない|ではなかった|じゃない|できない|できなかった|なかった(?!ら)|しない|されない|ていない|れない|がない)"
    r"(?!か|と|ければ|だけ|限り|ほど|よう|がら|うち|場合|わけ|わり|。?」?でしょう)",
    "ko": r"(?:지 ?않|지 ?못|수 ?없|아니다|아닙니다|아니었|아니며|아닌|없다|없었|없습니다|하지 마)",
}
# Whatever may turn a sense round. Beginnings of words where spaces part them; a blank is the end of a word.
_MAY_DENY: Mapping[str, str] = {
    "en": "not cannot nor no| non never none nobody nothing nowhere neither without hardly scarce barely rare seldom little| few| "
    "fewer| less| least| only| lack fail refus den reject declin avoid prevent stop ceas ban prohibit forb illeg imposs "
    "unable un in[aceodsv] imm imp irr ir[er] ill dis miss absen exclud except despite unless until instead rather than|too| "
    "but free| away far| far-  lest without loss los end| ended| ends| quit drop out| beyond against doubt wrong false neglect ignor "
    "contrary oppos former| no-| yet| though although however while| difficult hard| bad poor weak low| short empty void last| "
    "alone| mere just| other anti abandon oppos resist withdr withhold reluct hesit cancel delay die| died| dead| kill destroy "
    "halt end remov elimin depriv forget forgot escap evad block hinder regardless differ unlike any anything anyone",
    "fr": "ne|n' n’ non| pas| sans| aucun jamais rien| personne| ni| nul sauf hormis excepté manqu manque échou refus rejet évit empêch "
    "interdi inter imposs in[acdefghijoprstuv] imm imp irr ill dés dis mal mé peu| peine| rare seul moins| pourtant mais| faute "
    "absen exclu malgré cess arrêt plutôt au lieu trop| plus| contr perd pert sinon anti guère loin ignor dépourvu privé libre "
    "uniquement que| mauva faibl mort fin| ôt supprim abandon nég nié nier| difficile autre hors aveugl",
    "de": "nicht nie| niemals kein ohne niemand nichts nirgend weder noch| kaum selten wenig un ab a(?:us|b)ge ver fehl mangel weiger lehn "
    "ablehn vermeid verhinder verbot verboten außer trotz statt anstatt anstelle sondern nur| lediglich bloß miss mis "
    "gegen frei los| losen| lose| schwer aber| jedoch obwohl zu| zwar doch dis in[aefhkstv] ir[r] il[l] scheit nein\\b mehr| "
    "schlecht gering bis| letzt erst| allein verlor wider weg| fort| ende",
    "es": "no| ni| nunca jamás nada| nadie ningun ningún sin| tampoco apenas poco poca raro rara falt carec fracas negar neg niega "
    "rechaz evit impid imped prohib imposib in[acdefghijmoprstuv] im[bmp] irr il[eíóu] des dis mal menos| solo| sólo| solamente "
    "únic excep salvo excl ausen pese pesar aunque pero sino contra dej cesar ces[óa] parar perd pérd difíc anti libre lejos "
    "demasiad muert fin| últim cancel hasta| abandon más| ex en lugar ya| dud",
    "pt": "não nem| nunca jamais nada| ninguém nenhum sem| tampouco apenas pouco pouca raro rara falt carec fracass neg rejeit evit "
    "imped proib imposs in[acdefghijmoprstuv] im[bmp] irr il[eíou] des dis mal menos| só| somente únic exce salvo excl ausên "
    "apesar embora mas contra deix cess par(?:ar|ou) perd difíc anti livre longe recus demais mort fim| últim cancel até| "
    "abandon mais| ex em vez já| dúvid",
    "zh": "[不没沒无無未非否别別莫勿毋免缺乏拒绝絕禁难難失零空少仅僅只却卻但除外反停止防避差弱败敗废廢弃棄死亡负負坏壞错錯误誤假丢罕鲜鮮]|尚|才|最后|最後|停|离|離|脱",
    "ja": "な[いかくけさしきせ]|ません|まい|ず|ぬ|ざる|無|不|非|未|否|難|欠|禁|拒|防|避|失|反|誤|死|離|除|外|止|だけ|のみ|しか|ただ|まで|以外|"
    "わけで|ほど|より|違|少|稀|まれ|ノン|アン|負|悪|敗|断|逃|代わり|むしろ|一方|ものの|しかし|が、|にくい|づらい|かねる|過ぎ|すぎ|終|最後|別",
    "ko": "않|못|없|아니|아닌|안 |무[^엇슨]|불|비[^슷교용행]|미[^국래]|반[^면]|말[^하했해]|금지|거부|거절|피하|막|실패|부족|결여|제외|외에|대신|만 |뿐|밖|"
    "어렵|힘들|드물|적[은다어]|잃|끊|멈|중단|중지|취소|부인|부정|만이|지만|그러나|불구|모르|모른|모를|싫|덜|별로|거의|노 |논|사라|죽|망|나쁜|잘못|까지|실[^제시행]|달리|달라|차단|해제|포기|떠|버",
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
