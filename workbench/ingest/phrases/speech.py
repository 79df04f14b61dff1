"""Who may speak and who may not, what leads to speech, and sounds."""

from __future__ import annotations

from workbench.ingest.phrases.credits import CREDITS
from workbench.ingest.phrases.folding import table
from workbench.ingest.phrases.headings import SOURCES, SUMMARIES
from workbench.ingest.phrases.page import COMMENTS, NOTICES, RELATED

# Labels that are a speaker even where they occur once.
ROLES = table(
    {
        "en": "host|moderator|interviewer|interviewee|presenter|narrator|announcer|speaker|guest|audience"
        "|audience member|reporter|q|a|question|answer",
        "fr": "animateur|animatrice|modérateur|modératrice|présentateur|présentatrice|intervieweur"
        "|journaliste|invité|invitée|narrateur|public|question|réponse|r",
        "de": "moderator|moderatorin|interviewer|sprecher|sprecherin|gast|publikum|frage|antwort|f",
        "es": "moderador|moderadora|entrevistador|entrevistadora|presentador|presentadora|invitado"
        "|invitada|narrador|público|pregunta|respuesta|p",
        "pt": "moderador|moderadora|entrevistador|entrevistadora|apresentador|apresentadora|convidado"
        "|convidada|narrador|público|pergunta|resposta",
        "it": "moderatore|moderatrice|intervistatore|conduttore|conduttrice|ospite|pubblico|domanda|risposta",
        "ru": "ведущий|ведущая|корреспондент|гость|вопрос|ответ",
        "ja": "司会|司会者|聞き手|インタビュアー|質問|回答|質問者|記者|ナレーター|観客",
        "ko": "사회자|진행자|질문|답변|답|문|기자|인터뷰어|청중",
        "zh-Hans": "主持人|主持|记者|采访者|嘉宾|观众|提问|提问者|问|答|旁白|发言人",
        "zh-Hant": "主持人|主持|記者|採訪者|來賓|嘉賓|觀眾|提問|提問者|問|答|旁白|發言人",
    }
)
# Labels that repeat and yet nobody speaks.
NOT_SPEAKERS = (
    frozenset(CREDITS)
    | SOURCES
    | SUMMARIES
    | COMMENTS
    | NOTICES
    | RELATED
    | table(
        {
            "en": "note|notes|example|examples|tip|warning|important|caution|figure|fig|table|step"
            "|chapter|section|part|conclusion|introduction|ps|nb|re|subject|from|to|cc|bcc|sent|name"
            "|title|tags|category|keywords|address|phone|tel|email|website|http|https|pros|cons|update"
            "|correction|disclaimer|day|week|year|lesson|rule|description|option|default|type|version"
            "|format|syntax|usage|template|package|depends|license",
            "fr": "note|remarque|exemple|exemples|attention|important|figure|tableau|étape|chapitre"
            "|partie|objet|de|à|nom|titre|adresse|téléphone|avantages|inconvénients|mise à jour",
            "de": "hinweis|anmerkung|beispiel|achtung|wichtig|abbildung|abb|tabelle|schritt|kapitel|teil"
            "|betreff|an|name|titel|adresse|telefon|vorteile|nachteile",
            "es": "nota|ejemplo|ejemplos|atención|importante|figura|tabla|paso|capítulo|parte|asunto|para"
            "|de|nombre|título|dirección|teléfono|ventajas|desventajas",
            "pt": "nota|exemplo|exemplos|atenção|importante|figura|tabela|passo|capítulo|parte|assunto"
            "|para|de|nome|título|endereço|telefone|vantagens|desvantagens",
            "ja": "注|例|例えば|たとえば|なぜなら|注意|重要|図|表|手順|章|件名|宛先|差出人|名前|住所|電話"
            "|メリット|デメリット",
            "ko": "주|예|참고|주의|중요|그림|표|단계|장|제목|이름|주소|전화|장점|단점",
            "zh-Hans": "注|例|例如|比如|因为|这是因为|注意|提示|重要|图表|表|步骤|章|主题|姓名|地址|电话|优点|缺点"
            "|第一|第二|第三|首先|其次|最后|另外",
            "zh-Hant": "注|註|例|例如|比如|因為|這是因為|注意|提示|重要|圖表|表|步驟|章|主題|姓名|地址|電話|優點|缺點"
            "|第一|第二|第三|首先|其次|最後|另外",
        }
    )
)
# A label with one of these is part of a sentence: "他说：", "Then she said:".
SAYS = table(
    {
        "en": "says|said|asks|asked|wrote|adds|added|answered|replied|thinks|thought|shouted|cried",
        "fr": "dit|demande|demanda|répond|répondit|ajoute|ajouta|écrit|écrivit|déclare|déclara",
        "de": "sagt|sagte|sagen|sprach|fragt|fragte|ruft|rief|rufen|denkt|denken|dachte|antwortet|antwortete|schrieb",
        "es": "dice|dijo|pregunta|preguntó|respondió|añadió|escribió",
        "pt": "diz|disse|perguntou|respondeu|acrescentou|escreveu",
        "ja": "言った|述べた|話した|語った|によると",
        "ko": "말했다|물었다|대답했다|따르면",
        "zh-Hans": "说|道|表示|认为|问道|写道|如下|包括|指出",
        "zh-Hant": "說|道|表示|認為|問道|寫道|如下|包括|指出",
    }
)
# A remark in brackets that describes a sound.
SOUNDS = table(
    {
        "en": "laughter|laughs|laughing|applause|music|cheering|cheers|sighs|silence|inaudible|crosstalk"
        "|groans|gasps|coughs|sobs|screams|chuckles|gunshot|gunshots|whistles",
        "fr": "rires|rire|applaudissements|musique|silence|inaudible|soupir|soupire"
        "|soupirs|cris|sanglots|rit|rit aux éclats",
        "de": "lachen|gelächter|lacht|applaus|beifall|musik|unverständlich"
        "|seufzt|hustet|schluchzt|stöhnt|schreit|jubel|stille",
        "es": "risas|ríe|aplausos|música|silencio|inaudible|suspira|suspiro|tose|solloza|grita|gritos|se ríe|vítores",
        "pt": "risos|ri|aplausos|música|silêncio|inaudível|suspira|suspiro|tosse|soluça|grita|gritos|vivas",
        "ja": "笑|笑い|拍手|音楽|歓声|ため息|咳|悲鳴|一同笑",
        "ko": "웃음|박수|음악|환호|한숨|기침|비명|흐느낌",
        "zh-Hans": "笑|笑声|掌声|鼓掌|音乐|欢呼|叹气|咳嗽|尖叫|哭泣|众人笑",
        "zh-Hant": "笑|笑聲|掌聲|鼓掌|音樂|歡呼|嘆氣|咳嗽|尖叫|哭泣|眾人笑",
    }
)
