"""Headings of what stands apart from the text proper, of its table of contents and of a list of sources at its end."""

from __future__ import annotations

import re

from workbench.ingest.phrases.folding import table

SUMMARIES = table(
    {
        "en": "highlights|key points|key takeaways|takeaways|summary|abstract|tl dr|in brief|at a glance|overview",
        "fr": "résumé|points clés|points forts|en bref|l essentiel|à retenir|sommaire",
        "de": "zusammenfassung|das wichtigste in kürze|auf einen blick|kurz gefasst",
        "es": "resumen|puntos clave|lo esencial|en breve|claves",
        "pt": "resumo|pontos principais|destaques|em resumo|pontos chave",
        "ja": "要約|概要|まとめ|ポイント|要点|ハイライト",
        "ko": "요약|개요|핵심 요약|하이라이트|요점",
        "zh-Hans": "摘要|要点|亮点|核心观点|本文要点|内容提要|导读|太长不看|总结",
        "zh-Hant": "摘要|要點|亮點|核心觀點|本文要點|內容提要|導讀|總結|重點",
    }
)
CONTENTS = table(
    {
        "en": "contents|table of contents",
        "fr": "table des matières|sommaire",
        "de": "inhalt|inhaltsverzeichnis|inhaltsübersicht",
        "es": "índice|índice general|contenido|tabla de contenidos|sumario",
        "pt": "índice|conteúdo|sumário",
        "it": "indice|sommario",
        "nl": "inhoud|inhoudsopgave",
        "ru": "содержание|оглавление",
        "ja": "目次",
        "ko": "목차|차례",
        "zh-Hans": "目录",
        "zh-Hant": "目錄",
    }
)
SOURCES = table(
    {
        "en": "reference|references|source|sources|bibliography|works cited|external links|citations"
        "|notes and references|further reading",
        "fr": "référence|références|source|sources|bibliographie|liens externes|notes et références",
        "de": "quelle|quellen|quellenangaben|literatur|literaturverzeichnis|einzelnachweise|weblinks"
        "|anmerkungen und einzelnachweise",
        "es": "referencia|referencias|fuente|fuentes|bibliografía|enlaces externos|notas y referencias",
        "pt": "referência|referências|fonte|fontes|bibliografia|ligações externas|notas e referências",
        "it": "riferimenti|fonti|bibliografia|collegamenti esterni",
        "nl": "bronnen|referenties|externe links",
        "ru": "источники|литература|ссылки|примечания",
        "ja": "参考文献|参考資料|参考|出典|脚注|注釈|外部リンク",
        "ko": "참고 문헌|참고문헌|참고 자료|출처|각주|외부 링크",
        "zh-Hans": "参考文献|参考资料|参考|来源|注释|外部链接|参考链接",
        "zh-Hant": "參考文獻|參考資料|參考|來源|註釋|注釋|外部連結|參考連結",
    }
)
_WHICH = (
    r"(?:\d{1,2}|[ivxl]{1,6}|one|two|three|four|five|(?:first|premi[eè]re?|primer[oa]?|primeir[oa])"
    r"|(?:second|deuxième|segund)[eoa]?|(?:third|troisième|tercer[oa]?|terceir[oa])|(?:fourth|quatrième|[cq]uart[oa])"
    r"|(?:fifth|cinquième|quint[oa]))"
)
_SCENE = re.compile(
    rf"(?:(?:act|scene|acte|scène|tableau|akt|aufzug|auftritt|szene|acto|escena|jornada|ato|cena) (?:the )?{_WHICH}"
    r"|(?:\d{1,2}\.|[ivxl]{1,6}\.|(?:erst|zweit|dritt|viert|fünft|sechst|siebent|acht|neunt|zehnt)e[rs]?)"
    r" (?:akt|aufzug|auftritt|szene)|第.{1,3}[幕場场]|제 ?\d{1,2} ?[막장])(?:\s*$|\s*[.:—–-]|\u3000)",
    re.IGNORECASE,
)


def is_scene(line: str) -> bool:
    """Whether a line is the head of an act or a scene of a play: "SCENE II. A kitchen.", "Zweiter Aufzug".

    >>> is_scene("ACTE PREMIER"), is_scene("Scene 3 is the longest.")
    (True, False)
    """
    return len(line) <= 60 and _SCENE.match(line) is not None
