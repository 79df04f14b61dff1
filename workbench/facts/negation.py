"""Negation: what denies for sure, and what else may carry the sense of a no.

Languages put a denial in other words (not possible, impossible; fails to, does not): a text denies more than another if
it holds more plain denials, and one about where the other has neither a denial nor a word that may mean one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from workbench.facts.remembered import Remembered
from workbench.lang import CJK

# Set phrases in which nothing is denied, or that another language says without a denial; passed over.
_NO_DENIAL: Mapping[str, str] = {
    "en": r"\bno (?:smaller|bigger|larger|higher|lower|later|earlier|fewer|less|more|better) than\b|\bfor "
    r"nothing\b|\bnothing (?:but|more|less)\b|\b(?:whether |or |if |may or may )not\b|\bnot (?:only|less)\b|"
    r"\b(?:do not|don['’]t) (?:hesitate|forget|worry|mind)\b|\bnever fails?\b|(?:\bnot|n['’]t) (?:\w+ "
    r"){0,2}(?:same|until)\b|\bno differen\w+|\b(?:cannot|can['’]t) (?:wait|help)\b|\bnot un[a-z]+|\bno "
    r"(?:surprise|shortage)\b|\bnever too\b|\bnever mind\b|\bnothing like\b|\bnothing to do with\b|\b(?:minimal|"
    r"little) to no\b|\bno telling\b|\b(?:say|says|said|saying) ['\"‘“]?no\b|\bdos and don['’]ts\b|(?:\bnot|"
    r"n['’]t|\bcannot|\bnever) (?:\w+ ){0,2}(?:without|stop|fail|miss|forget|den[iy]|ignor|prevent|avoid|refus|"
    r"hesitat|doubt|surpris)\w*|\bin no time\b|\bto no avail\b|\b(?:lose|lost|losing) no time\b",
    "fr": r"\b(?:n['’]|ne )(?:oubli|hésit|inquiét|cess|arrêt|dout|manqu|ignor|empêch)\w+ (?:pas|jamais|guère)\b|"
    r"\bpas (?:étonn|surpren)\w+|\b(?:n['’]|ne )\w+ pas (?:oubli|hésit|cess|arrêt|dout|manqu|ignor|empêch)\w+|"
    r"\bn['’](?:y a|est|a|ont) pas que\b|\b(?:ou|si) (?:non|pas)\b|\bnon (?:seulement|plus)\b",
    "de": r"\b(?:vergessen Sie|verg(?:iss|esst)) nicht\b|\bnicht (?:\w+ ){0,2}(?:aufhör|aufgehört|vergess|verfehl|"
    r"verhinder|"
    r"zögern|bezweif|leugn|verwunder|überrasch)\w*|\b(?:oder|ob oder|wenn|falls) nicht\b|\bnicht (?:nur|recht|"
    r"vorrätig)\b",
    "es": r"\bno (?:vidente|lineal|gubernamental)\b|\bno (?:\w+ ){0,2}s[oó]lo\b|\bno (?:\w+ ){1,4}hasta\b|\bo no\b|"
    r"\b(?:no|nunca) (?:\w+ ){0,2}(?:olvid|dud|dej|par(?:a de|a[ns]|aba|ó|es?|en)\b|ces[ea]|cesó|evit|falt|fall|"
    r"ignor|imp[ie]d|neg[ua]|perd|cabe|extrañ|sorpren)\w*|\bhasta que no\b|\bno (?:\w+ )?igual\b|"
    r"\bno (?:\w+ )?(?:nada )?más que\b",
    "pt": r"\bnão (?:\w+ ){0,2}(?:só|apenas|somente)\b|\bnão (?:\w+ ){1,4}até\b|\bou não\b|\b(?:não|nunca) (?:\w+ "
    r"){0,2}(?:esque[çc]|duvid|deix|par(?:a de|ou|am|ava|em)\b|cess|evit|falt|falh|ignor|imped|neg[aou]|perd|cabe|"
    r"estranh|surpre)\w*|\bnão (?:\w+ )?(?:nada )?mais (?:do )?que\b",
    "zh": r"不得不|不是吗|[没沒][那这這]么|[没沒]那麼|非[^，。]{1,8}不可|[离離]不[开開]|不[尽盡]|[忍禁]不住|"
    r"[少免]不了|缺一不可|必不可少|不可避免|[没沒][错錯]|[淹沉埋出][没沒]|[没沒](?:有)?[问問][题題]|而不是|"
    r"[不没沒]有?(?:什么|什麼)?[区區][别別]|[并並]?不(?:仅仅|僅僅|只是|光是|单是|單是)|[这這]不[错錯]",
    "ja": r"(?:しか|以外|ほとんど)[^、。]{0,25}?(?:ません|なかった|ない)|[す過]ぎ(?:ません|ない)|"
    r"違い(?:ありません|ない)|(?:変わり|限り|極まり|申し分|余裕|間違い|ちがい|訳|わけ|やむを|仕方|しかた|問題|"
    r"かけがえ|さりげ)[はもがの]?(?:ありません|ない|得ない)|(?:変わり|構い|かまい|すみ|すい|たまり)ません|"
    r"つまらない|もったいない|たまらな[いか]|疑い[がはも]?(?:ありません|ない)|言うまでも(?:ありません|ない)|満たない|"
    r"くだらない|とんでもない|(?:数え)?切れない|知らない人|[をがに]つない|"
    r"こないだ|ないくつか|(?:なけれ|なく)[ばて]は?(?:なり|いけ|なら)(?:ません|ない)|ざるを[得え](?:ませ|な)|かねな|"
    r"必ずしも[^。]{0,40}?(?:ません|ない)|(?<=[一-龯ァ-ヴー])ないし|ないしは|(?:なけれ|"
    r"なく)[ばて][^、。]{0,20}?(?:ません|ない)|ない[とで][^、。]{0,20}?(?:ません|ない)|忘れない|忘れては(?:いけ|なり|"
    r"なら)|(?:だけ|"
    r"ばかり)で(?:は)?(?:なく|な[いか]|ありません)|わけで(?:は)?(?:なく|な[いか]|ありません)|限った(?:話|"
    r"こと)では(?:ない|ありません)|忘れないで|惜しまな|(?:よく|良く)(?:ない|ありません|なかった)",
    "ko": r"얼마 지나지 않|아무렇지 않|[는은을]지 없는지|(?:변함|문제|부족함|손색|의심|예외)[이은]? ?없|(?:별로|"
    r"그다지|많이) [^.,]{0,8}[없않]|많지 않|거의 [^.,]{0,20}[없않]|(?:거리낌|가감|끊임|틀림|관계|상관|어김|"
    r"변함)\s?없|그[렇러]지 않|(?:걱정하|잊|망설이)지 [마말]|밖에 [^.,]{0,8}[없않못]|지 않을 수 없|별것 아닌|지 "
    r"[않못]하?도록|(?:좋|쉽|어렵|옳|적|멀)지 ?[는도]? ?않|뿐(?:만|이)? ?아니|못지 ?않|수 ?밖에 없",
}

# Plain denial. Left out: "not only", "not until", "whether or not", questions, and what is no denial of the sentence.
_DENIES: Mapping[str, str] = {
    "en": r"(?<!whether or )(?<!if )(?<!, )\bnot\b(?!-| (?:only|the only|just|least|merely|simply|until|"
    r"necessarily|all|too|even|so|long|far|unlike|forget|always|fully|really|quite|a few|an? (?:ab|un|in)))|"
    r"(?<=[a-z])n['’]t\b(?! (?:forget|until|really|always|only|just|merely|simply|necessarily|all|too|even|quite|"
    r"fully))|\bcannot\b(?! only)|\bnever\b(?! again| before)|\bno\b(?! (?:longer|doubt|more|matter|wonder|less|"
    r"fewer|later|sooner)|[,.:;-]| \d)|\bnobody\b|\bnothing\b(?! but)",
    "fr": r"(?:\bne\b(?! (?:pas|jamais)\b)|\bn['’])(?=[^.,;:!?]{1,40}?\b(?:pas|jamais|aucune?|rien|personne|"
    r"ni)\b(?! (?:seulement|uniquement|moins|encore|tous|toujours|non plus)))|"
    r"\baucune?\b[^.,;:!?]{1,60}?(?:\bne\b|\bn['’])",
    "de": r"\bnicht\b(?! (?:nur|zuletzt|mehr|einmal|immer|alle|zu|wahr|weniger|erst|unbedingt|ganz))|\bniemals\b|"
    r"\bkein(?:e[nrms]?)?\b(?! (?:wunder|zweifel))|\bniemand\b",
    # What a relative clause denies (que no) others say in a word: devolved, wide.
    "es": r"(?<!\bya )(?<!\bque )\bno\b(?! (?:\w{3,}(?:[ai]d(?:as?|os)|ado)\b|\w+[aeií]r(?:l[aeo]s?|se|me|te|nos)?\b|"
    r"solo|sólo|solamente|obstante|más|menos|mayor|menor|siempre|todos|sin|bien|dude|olvid|tard|se olvid|puede faltar)|"
    r"[^.]{0,120}?\bsino\b)(?=[ ][a-záéíóú])(?:(?: \w+){1,4}? nunca\b)?|(?<!\bque )(?<!\bcomo )\bnunca\b",
    "pt": r"(?<!\bjá )\bnão\b(?! (?:\w{3,}(?:[ai]d(?:as?|os)|ado)\b|\w+[aei]r(?:-\w+)?\b|só|apenas|somente|"
    r"obstante|mais|menos|sempre|todos|sem|muito|demor|esque|tão))(?=[ ][a-záéíóúâêãç-])(?:(?: \w+){1,4}? "
    r"nunca\b)?|(?<!\bque )(?<!\bcomo )\bnunca\b",
    "zh": r"(?<![无無莫毫绝絕一会會是能有可缺几幾乎])(?:不是|不会|不會|不能|不可以|并不|並不|没有|沒有|从不|從不|"
    r"从未(?!来)|從未(?!來)|决不|不应|不應|不需|不要|不想|不知|不再|不用|无法|無法|尚未|"
    r"没(?=[^有一]))(?![仅僅只但光單单过過少同断斷得久必什])",
    "ja": r"[てで]は(?:いけ|なり|なら)(?:ません|ない)|(?:(?<!しれ)(?<!なり)(?<!いけ)(?<!なら)"
    r"(?<!避けられ)(?<!欠かせ)(?<!すぎ)(?<!過ぎ)ません|ではなく|(?<![しれ知]れ)(?<!いけ)(?<!なら)(?<!避けられ)"
    r"(?<!欠かせ)(?<!過ぎ)(?<!すぎ)(?<!少)(?<!危)(?<!限ら)(?<!違い)(?<!しか)(?<!いられ)(?<!はかり知れ)(?:ない|"
    r"なかった(?!ら)))(?!か|と|ければ|だけ|限り|ほど|よう|がら|うち|わけ|わり|でしょう|し |[一-龯ァ-ヴー])",
    # What tells more of a noun or a verb is no denial of the sentence: 않은, 없이; nor is a condition: 없으면.
    "ko": r"(?<!얼마 지나)지[는도를]? ?않(?![은던]|는(?!다)|으면|을까)|지[는도를]? ?못(?!한(?!다)|하[는던면])|지 "
    r"?(?:마(?=[세십라 .!])|말[아라았])|수 ?(?:가 |는 |도 )?없(?![던이]|으면)|[서면]는? ?안 ?[되돼된됩]|아니다|"
    r"아닙니다|아니었|아니며|없다|"
    r"없었(?!던)|없습니다|(?<!잘)못(?:했(?!던)|한다|합니다|하[였고며])",
}

# What each plain denial has in it: of one word in languages that part them, without its neighbours.
_SIGNS: Mapping[str, str] = {
    "en": r"\bnot\b|n['’]t\b|\bcannot\b|\bnever\b|\bno\b|\bnobody\b|\bnothing\b",
    "fr": r"\bne\b|\bn['’]|\baucune?\b",
    "de": r"\bnicht\b|\bniemals\b|\bkein|\bniemand\b",
    "es": r"\bno\b|\bnunca\b",
    "pt": r"\bnão\b|\bnunca\b",
    "zh": "不|没|沒|从未|從未|无法|無法|尚未",
    "ja": "ません|ではなく|ない|なかった",
    "ko": "않|못|지마|지 마|지말|지 말|없|아니|아닙|아닌|안 ?[되돼된됩]",
}

# What else may carry the sense of a no. Beginnings of words where spaces part them; | is the end of a word.
# `python -m models.training.facts.denial SHARED LANG` counts how often the other language denies where one of these
# stands alone; left out is what did so in fewer than one in fifty of its many cases.
_MAY_DENY: Mapping[str, str] = {
    "en": r"no| not cannot nor| neither never none| nobody nothing nowhere without hardly scarcely barely rarely "
    r"seldom lack fail| fails failed failing refus deny| denie denia prohibit forb illeg imposs unable unless "
    r"non-? un(?!der|it|iv|ion|iqu|ify|ifi|iform|ic|til|to\b|less|esco|cles?\b) inab inacc inact inadeq inap "
    r"incap incomp incons inconv incor indisting imperf inex ineff infin innoc insec insuff inv[ai]l invis immo "
    r"irreg irrel irres ill[ei] disl disag disap disall disob absen devoid ignor stop avoid miss(?:ed|es|ing)| "
    r"mismatch doubt free(?:\sfrom|\sof)| forget forgot lest| opt(?:ed|ing|s)?[\s-]out| other\sthan (?:kee?p|"
    r"stay)(?:s|ing|t|ed)?\s(?:\w+\s){0,2}(?:off|from|away)| yet\sto| too\s\w+(?:\s\w+){0,4}?\sto| opposed "
    r"discourag (?:recommend|advis)\w*\sagainst| poor| obscur subopt obsolet stranger trouble far| rather instead "
    r"prevent otherwise abort except ever| anything\sbut| (?:run|ran|running|is|are|was|were|been?)\sout| "
    r"from\s\w+ing| blind deaf wrong| until| gone| who\sknows indiff away\sfrom i[mnr]\w{2,}[ai]bl[ey]| \w+-(?:insens|"
    r"indep)\w+ (?:wo|do|ca|ai|does|did|is|are|was|were|has|have|had|would|could|should)nt| sorry kept| forever",
    "fr": r"ne| n['’] pas| non| sans| aucun jamais ni| rien manqu échou échec refus évit empêch interdi impossi "
    r"incap inacc inad inconn inconsc inconst indign indis ineff inex injust insatisf insuff inuti irré "
    "rare absen dépourvu nier| guère "
    r"ignor illé illi peu| faute| égal| sauf| hormis au\slieu plutôt| contraire hors| cess déconseill introuv",
    "de": r"nicht nie| niemals kein ohne| niemand nichts nirgend weder kaum fehl abgelehn verbot verbiet "
    r"verhinder mangel un(?!d|ten|ter|s|ser|iv|gefähr\b|gem|s)\w+ \w+los(?:e[nrsm]?)?| \w+frei(?:e[nrsm]?)?| wenig "
    r"egal "
    r"erst| außer| selten ausgenomm statt| anstatt nein| doch| zweif vergess vergiss",
    "es": r"no\b(?!\sobstante) ni| nunca jamás nada| nadie ningun ningún sin\b(?!\sembargo|\sduda) tampoco apenas "
    r"falt negar neg[óa]| niega rechaz impid imped i[lmnr]\w{2,}[ai]bles?| inca inef inex inacc insuf irr poc[oa]s?| "
    r"evit prohib ausen carec desc[ou]n desemp desprep desprov dud igual| en\slugar\sde en\svez\sde salvo| excepto "
    r"dej[aeóo]",
    "pt": r"não(?!\sobstante) nem| nunca jamais nada| ninguém nenhum sem\b(?!\sdúvida) tampouco carec fracass falt "
    r"neg[ao]u?| recus proib "
    r"evit imped i[lmnr]\w{2,}[áí]ve(?:l|is)| inca indign inef inex inace injust "
    r"insatisf insuf inv[aá]l irr pouc[oa]s?| mal| ausê desc[ou]n desemp desnec desprep desprov d[úu]vid nao| "
    r"em\svez\sde "
    r"ao\sinvés salvo| exceto dei?x[aeo]",
    "zh": r"不(?!同(?!意)|[断斷过過仅僅久少止管论論但只光幸]|满(?!足))|[没沒无無未否勿毋缺乏](?![来來论論])|"
    r"非(?![常洲])|莫(?=[不非名])|(?<![特分区區级級类類性识識差个個告辨派])[别別](?![人的处處墅名称稱])|避免|拒|禁|"
    r"失败|失敗|"
    r"难以|難以|免|除[了非外]|才(?![能华華智])|仍|防止|阻|罕|[暂暫][缓緩]",
    "ja": r"(?<!少)(?<!危)な[いかくさしきけ]|ません|ぬ|ず[、にと。]|ざる|非(?!常)|無(?!料)|未(?!来)|[不禁欠]|"
    r"しか(?!し)|以外|づら[いく]|嫌|苦手|下手|駄目|だめ|[るうくすつむぐ]な[。！、よ]|違[いっうえ]|"
    r"ノー(?=[とでを])|まだ|ねえ|ねぇ|まい[。とか]|疑[念問]|[らさき]ん(?=[。！、よじ])|初めて|がた[いく]|かね[るま]|"
    r"[はも]いや|除[いくき外]|避け|防[いぐげ]",
    "ko": r"않|못|없|아[니닌닐님닙]|(?<!동)안[ 된되될됩돼했하해왔냈들]|아냐|별로|다르|달랐|달라[ 졌]|"
    r"무[효해료명관의]|미[확완혼]|비(?=정적|공식|활성)|불[가편행안명필일확]|부족|제외|거[부절]|"
    r"막[는을아았기]|아직|결여|금지|실패|말[고아라]|모[르른릅]|꺼[리려]|달리 |몰[라랐]|싫|의[문심]|생소|낯[선설]|"
    r"힘[들듭든]|어렵",
}


# What stands in for a denial that was found, while the rest of the text is read.
_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
_FAINT = re.compile(r"\b(?:few|little|less|rare|limited|deficien|outside|beyond)", re.IGNORECASE)
# How far from its place, as a share of the text, a denial may stand in a translation: of FLORES dev some nineteen in
# twenty are nearer, and more in languages with the verb at the end, which say it nearly anywhere.
_SPREAD: Mapping[str, float] = {
    "en": 0.0, "fr": 0.2, "pt": 0.2, "de": 0.25, "zh": 0.45, "es": 0.5, "ja": 0.75, "ko": 0.75
}  # fmt: skip
_LEAST_SPREAD = 20  # characters


@dataclass(frozen=True)
class Denied:
    """What a text denies. `plain`: where it does so for sure; `phrases`: where a no denies nothing, or not for sure.

    `lang`: "" where nothing is known of it.
    """

    plain: tuple[tuple[int, int], ...]
    phrases: tuple[tuple[int, int], ...]
    text: str
    lang: str

    @cached_property
    def might(self) -> tuple[int, ...]:
        """Where else something may be denied: set phrases with a no in them, words, and such as stand for a no of a
        language far away. Seldom asked for, as most texts have nothing denied on the other side."""
        text = _blanked(self.text, sorted([*self.phrases, *self.plain]))
        looks = (_may_deny(self.lang), _FAINT) if self.lang == "en" else (_may_deny(self.lang),)
        words = (match.start() for look in looks for match in look.finditer(text))
        return (*(start for start, _ in self.phrases), *words)


@cache
def _no_denial(lang: str) -> re.Pattern[str]:
    return re.compile(_NO_DENIAL[lang], re.IGNORECASE)


@cache
def _denies(lang: str) -> re.Pattern[str]:
    return re.compile(_DENIES[lang], re.IGNORECASE)


@cache
def _may_deny(lang: str) -> re.Pattern[str]:
    words = _MAY_DENY[lang]
    if lang in CJK:
        return re.compile(words)
    stems = [word[:-1] + r"\b" if word.endswith("|") else word for word in words.replace("| ", "|  ").split()]
    endings = r"|n['’]t\b|[\w-](?:less|free)\b" if lang == "en" else ""
    return re.compile(rf"\b(?:{'|'.join(stems)}){endings}", re.IGNORECASE)


# A passage is held against those of several versions, and drawn again at every step of a page.
@lru_cache(maxsize=2048)
def denials(text: str, lang: str) -> Denied:
    """What a text denies. `lang`: the primary subtag. Nothing is known of a question. Linear in the text."""
    if lang not in _DENIES or "?" in text or "？" in text:
        return Denied((), (), text, "")
    if not _has_sign(text, lang):  # most
        return Denied((), (), text, lang)
    phrases = _phrases(text, lang)
    return Denied(_spans(_denies(lang), _blanked(text, phrases)), phrases, text, lang)


def _phrases(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    return _spans(_no_denial(lang), text)


def _spans(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in pattern.finditer(text))


def _has_sign(text: str, lang: str) -> bool:
    """Whether a text has any part of a plain denial: cheap to see, and not so of most."""
    if lang in CJK:
        return bool(_signs(lang).search(text))
    return any(map(_has_sign_in_word(lang).__getitem__, text.split()))


@cache
def _signs(lang: str) -> re.Pattern[str]:
    return re.compile(_SIGNS[lang], re.IGNORECASE)


@cache
def _has_sign_in_word(lang: str) -> Remembered[bool]:
    pattern = _signs(lang)
    return Remembered(lambda word: bool(pattern.search(word)))


def may_deny(text: str, lang: str) -> list[str]:
    """The words of a text, set phrases left out, that may deny something. `lang`: one of those known."""
    return _may_deny(lang).findall(_blanked(text, _phrases(text, lang)))


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text with nothing to read at some places, in order."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], _BLANK * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def denies_more(here: Sequence[Denied], there: Sequence[Denied]) -> bool:
    """Whether the first texts deny more than the second, and something for which nothing may stand about there."""
    langs = {denied.lang for denied in (*here, *there)}
    plain, plain_there = ([[start for start, _ in denied.plain] for denied in side] for side in (here, there))
    if "" in langs or sum(map(len, plain)) <= sum(map(len, plain_there)):
        return False
    shorter = min(sum(len(denied.text) for denied in side) for side in (here, there))
    spread = max(_LEAST_SPREAD / max(1, shorter), *(_SPREAD[lang] for lang in langs))
    others = [*_places(there, plain_there), *_places(there, [denied.might for denied in there])]
    return any(all(abs(place - other) > spread for other in others) for place in _places(here, plain))


def _places(side: Sequence[Denied], starts: Sequence[Sequence[int]]) -> Iterator[float]:
    """What share of all texts stands before each."""
    whole = sum(len(denied.text) for denied in side)
    before = 0
    for denied, found in zip(side, starts, strict=True):
        yield from ((before + start) / whole for start in found)
        before += len(denied.text)
