"""What a line that is only a date or a time may say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from workbench.ingest.phrases.folding import fold, table

# Besides the names of months and days.
_TIMES = table(
    {
        "en": "am|pm|a m|p m|utc|gmt|est|edt|cst|pst|pdt|cet|cest|at|on|ago|just now|today|yesterday"
        "|second|seconds|minute|minutes|min|mins|hour|hours|hr|hrs|day|days|week|weeks|month|months"
        "|year|years|an|a|one|st|nd|rd|th|h|d|w|t|z|edited|updated|posted|published|last|z",
        "fr": "le|à|il y a|aujourd hui|hier|seconde|secondes|minute|minutes|heure|heures|jour|jours"
        "|semaine|semaines|mois|an|ans|année|années|un|une|er|h|publié|mis à jour",
        "de": "am|um|uhr|vor|heute|gestern|sekunde|sekunden|minute|minuten|stunde|stunden|tag|tagen|woche"
        "|wochen|monat|monaten|jahr|jahren|einem|einer|den|der",
        "es": "el|a las|a la|hace|hoy|ayer|segundo|segundos|minuto|minutos|hora|horas|día|días|semana"
        "|semanas|mes|meses|año|años|de|del|un|una|las",
        "pt": "em|às|há|atrás|hoje|ontem|segundo|segundos|minuto|minutos|hora|horas|dia|dias|semana"
        "|semanas|mês|meses|ano|anos|de|do|um|uma",
        "it": "il|alle|fa|oggi|ieri|minuti|ore|ora|giorni|giorno|settimane|mesi|anni|anno",
        "nl": "om|geleden|vandaag|gisteren|minuten|uur|dagen|weken|maanden|jaar",
        "ru": "в|назад|сегодня|вчера|минут|минуту|минуты|часов|часа|час|дней|дня|день|недель|недели"
        "|месяцев|лет|год|года|г",
        "ja": "年|月|日|時|分|秒|午前|午後|前|秒前|分前|時間前|時間|日前|週間前|か月前|ヶ月前|年前|今日|昨日|日時",
        "ko": "년|월|일|시|분|초|오전|오후|전|초 전|분 전|시간 전|일 전|주 전|개월 전|년 전|오늘|어제|시간|방금",
        "zh": "年|月|日|号|號|时|時|点|點|分|秒|上午|下午|晚上|中午|前|秒前|分钟前|分鐘前|小时前|小時前"
        "|天前|周前|週前|个月前|個月前|年前|今天|昨天|前天|刚刚|剛剛|分钟|分鐘|小时|小時|天",
    }
)
# A date without a digit.
NOW = table(
    {
        "en": "just now|now|today|yesterday|a minute ago|an hour ago|a day ago|a week ago|a month ago|a year ago",
        "fr": "à l instant|aujourd hui|hier|il y a un jour|il y a une heure|il y a un mois|il y a un an",
        "de": "gerade eben|heute|gestern|vor einem tag|vor einer stunde|vor einem monat|vor einem jahr",
        "es": "ahora|hoy|ayer|hace un día|hace una hora|hace un mes|hace un año",
        "pt": "agora|hoje|ontem|há um dia|há uma hora|há um mês|há um ano",
        "ja": "たった今|今日|昨日|一昨日",
        "ko": "방금|방금 전|오늘|어제|그저께",
        "zh": "刚刚|剛剛|今天|昨天|前天",
    }
)
_CALENDARS = ("en", "fr", "de", "es", "pt", "it", "nl", "pl", "ru", "tr", "ar", "ja", "ko", "zh", "zh_Hant")


@cache
def date_words() -> frozenset[str]:
    """Every word, folded, that a line consisting of a date or a time may hold."""
    return calendar_words() | frozenset(_words(_TIMES))


@cache
def calendar_words() -> frozenset[str]:
    """The names of months and days, folded, word by word."""
    from babel import Locale

    names: set[str] = set()
    for calendar in map(Locale.parse, _CALENDARS):
        for terms in (calendar.months, calendar.days):
            for width in ("wide", "abbreviated"):
                names.update(_words(terms["format"][width].values()))
    return frozenset(names)


def _words(phrases: Iterable[str]) -> set[str]:
    return {word for phrase in phrases for word in fold(phrase).split()}
