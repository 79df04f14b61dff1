"""What the sentence splitter knows of each language: abbreviations and the words that open a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

# A number with a full stop is an ordinal in these languages ("3. Oktober").
ORDINAL_DOT = frozenset(
    ["de", "da", "nb", "nn", "no", "fi", "is", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "et", "lv", "pl"]
)

# Never end a sentence; what is in capitals does so in capitals alone.
_NEVER = {
    "": "dr prof vs cf ca approx ed eds e.g i.e p.ex al fig figs",
    "en": "mr mrs ms messrs mx rev hon gov sen rep gen col lt sgt capt cmdr adm pres mt ft dept est viz resp",
    "fr": "m mme mmes mlle mlles me mgr ste p.ex env éd dir resp adj cie av pr MM",
    "es": "sr sra sres srta dr dra d dña dª ud uds vd vds ee p.ej p ej excmo ilmo lic ing arq av avda pág aprox "
    "FF JJ CC RR",
    "pt": "sr sra srs srª sras dr dra drª d dom exmo exma v exa eng arq prof profa p.ex p ex av pe aprox "
    "séc sécs sta sto",
    "de": "hr fr frl dipl ing z.b z d.h d bzw vgl u.a u sog evtl ggf inkl exkl ca geb gest str bspw allg "
    "engl dt lat griech franz österr schweiz v.a v o.ä o i.d.r i.s.v i max min mind med phil jur nat zzgl "
    "abzgl hrsg gem lit",
}
# Do not end a sentence when a number follows.
_BEFORE_NUMBER = {
    "": "no nos nr nrs n p pp vol vols fig figs art ch sec sect col ver v t par para",
    "fr": "chap tome tél num n° al",
    "es": "núm núms n.º pág págs párr cap tel t",
    "pt": "núm nº n.º pág págs cap tel",
    "de": "s bd abb tab anm kap abs uabs unterabs tel ziff rn rdnr jg str",
}
# May end a sentence; they do when a word follows that opens sentences.
_SOFT = {
    "": "st inc ltd co corp jr sr bros llc plc jan feb mar apr jun jul aug sep sept oct nov dec",
    "fr": "janv févr avr juil déc apr j.-c",
    "es": "uu aa oo hh cía s.a a.c d.c ene abr ago dic",
    "pt": "cia s.a a.c d.c fev abr mai ago set out dez",
    "de": "etc usw usf u.s.w o.g dgl jh mio mrd tsd st okt dez",
}
# Head the paragraph that they begin and are no sentence there: "Summary. The law says when a permit is needed."
_RUN_IN = {
    "en": "summary abstract overview purpose scope definitions note remark example",
    "fr": "résumé aperçu but objet définitions note remarque exemple",
    "es": "resumen sinopsis objeto finalidad ámbito definiciones nota observación ejemplo",
    "pt": "resumo sinopse objeto finalidade âmbito definições nota observação exemplo",
    "de": "zusammenfassung überblick zweck gegenstand geltungsbereich begriffe hinweis anmerkung bemerkung beispiel",
    "ko": "요약 개요",
}
_OPENERS = {
    "en": "the a an he she it we they i you in on at but and this that these those there here however "
    "when if as for with after before by from so yet not no our his her its their my your what who why "
    "how while since although both each many most some one two then now today also",
    "fr": "le la les l un une des il elle ils elles on nous vous je j ce c cette ces cela ça dans en sur "
    "pour par avec sans mais et ou or donc car puis ensuite cependant pourtant toutefois si quand lorsque "
    "depuis après avant selon son sa ses leur leurs notre mon qui que quel aujourd au aux à d y de du",
    "es": "el la los las un una unos unas él ella ellos ellas yo nosotros usted lo se en por para con sin "
    "pero y o sino si cuando desde después antes según su sus mi este esta estos estas ese esa eso esto "
    "aquel como que quien no sí también hoy ayer al del hay es aunque mientras además",
    "pt": "o a os as um uma uns umas ele ela eles elas eu nós você vocês se em no na nos nas por para com "
    "sem mas e ou quando desde depois antes segundo seu sua seus suas meu minha este esta esse essa isso "
    "isto aquele como que quem não sim também hoje ontem ao à do da há é embora enquanto além",
    "de": "der die das den dem des ein eine einen einem einer er sie es wir ich ihr man in im an am auf "
    "aus bei beim mit nach von vom vor zu zum zur für gegen ohne um und oder aber doch denn dann danach "
    "dort hier da so als wenn weil ob wie was wer wo warum dieser diese dieses jeder alle viele nur auch "
    "noch nicht kein keine sein seine ihre unser heute gestern seit während trotz obwohl damit dabei "
    "darauf deshalb daher jedoch",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Lower-case words of one language, without their last full stop."""

    never: frozenset[str]
    before_number: frozenset[str]
    soft: frozenset[str]
    run_in: frozenset[str]
    openers: frozenset[str]
    ordinal_dot: bool


@cache
def rules_for(language: str) -> Rules:
    """The rules of a primary language; what is common to all where we know nothing of it."""
    return Rules(
        never=_words(_NEVER, language),
        before_number=_words(_BEFORE_NUMBER, language),
        soft=_words(_SOFT, language),
        run_in=_words(_RUN_IN, language),
        openers=frozenset(_OPENERS.get(language, " ".join(_OPENERS.values())).split()),
        ordinal_dot=language in ORDINAL_DOT,
    )


def _words(table: dict[str, str], language: str) -> frozenset[str]:
    return frozenset(table.get("", "").split()) | frozenset(table.get(language, "").split())
