"""Where sentences end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.facts.articles import label_end
from workbench.lang import is_cjk, primary
from workbench.segment.rules import Rules, rules_for

Span = tuple[int, int]

# What no translation model takes in one go, and what no reader takes for one sentence.
LONGEST = 600
_SHORTEST_CUT = 200

_CJK_STOPS = "。！？｡．"
# Devanagari, Urdu, Arabic, Ethiopic, Armenian, Burmese, Khmer: full stops that are nothing else.
_OTHER_STOPS = "।॥۔؟።፧։။។⸮‼⁇⁈⁉"
_URL = r"(?:https?://|www\.)[^\s<>\"“”（）\u3000-\u9fff\uff00-\uffef]*[^\s<>\"“”（）\u3000-\u9fff\uff00-\uffef.,;:!?…)\]'’»]"
_STOP = re.compile(rf"(?P<url>{_URL})|[.!?…{_CJK_STOPS}{_OTHER_STOPS}]+(?:[ \u00a0\u202f][!?]+| \.)*")
_EMOJI = r"[\u2600-\u2668\u2670-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]"
_CLOSERS = re.compile(
    r"(?:[\"'”’»›」』】〉》）)\]}]|[“‘«‹](?=[\s,;.]|\d{1,3}\s|$)|[ \u00a0\u202f]»(?!\w)|\[\d{1,3}\]|[¹²³⁰-⁹])*"
    rf"(?:[^\S\n]*(?:{_EMOJI}+|[♪♫]+(?!\s*\w)))*"
)
# The mark of a footnote, close behind the end of a sentence: "... of the tower.12 Then"
_NOTE = re.compile(r"(?:(?<=[^\W\d_]{2}[.!?…])|(?<=[^\W\d_][.!?…][\"”“’»)]))\d{1,3}(?=\s)")
# A remark behind the last sentence, or before its second full stop: "... the pump. (optional)", 。（任意）。
_REMARK = re.compile(r" ?(?:\([^()\n.!?…。！？]{1,40}\)|（[^（）\n.!?…。！？]{1,40}）)(?:[.。]|(?=\s*$))")
_LEAD = re.compile(r"(\s*)[\s\"'“”‘’«»„‚‹›「『【〈《（(\[{¿¡—–\-*•·_#>♪♫]*")
_WORD = re.compile(r"[^\W\d_]{1,40}")
_TOKEN = re.compile(r"[^\s\"“”«»„(（\[]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,3}\.[- ]?)+[^\W\d_]{1,3}")
_ENUMERATOR = re.compile(r"[\W_]*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
# What a caption begins with: "Table 3.2."
_NUMBERED = re.compile(r"[^\W\d_]{2,20}[ \u00a0]\d{1,3}(?:\.\d{1,3})+")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|（[^（）]{0,200}）")
_TITLES = re.compile(r"《[^《》]{0,60}》")
# A date as Korean writes it: "2024. 5. 3."
_DOTTED_DATE = re.compile(r"(?<![\d.])(?:\d{4}|['’]\d{2})\. ?\d{1,2}\.(?: ?\d{1,2}\.)?")
# Best places to cut an endless sentence, in order. A bare comma comes late: it may stand in a number.
_CUTS = (("；", "; "), ("，", "、", "：", ", ", ": ", "—"), (" ", "\u3000", "\t"), (",", ";"))
# What follows a quotation or question that is only part of the sentence.
_QUOTES = frozenset("\"'”’」』»")
_GOES_ON = frozenset("，,、；;：:)）」』》〉】”…—")
_GOES_ON_AFTER_QUESTION = {"zh": ("的", "之"), "ja": ("と", "って")}
_GOES_ON_AFTER_QUOTE = {
    "zh": ("的", "之", "地", "這個問題", "这个问题"),
    "ja": ("と", "って", "の", "を", "など"),
}
# What says, behind a quotation, who said it: "她问。", "그가 말했다."
_SAID = {
    "zh": re.compile(
        r"[^。！？!?，,；;：:“”「」『』\s]{1,30}?(?:(?<![小传傳学學据據])[说說]|(?<![学學疑顾顧访訪])[问問]|[喊嚷骂罵吼]|"
        r"[问問说說答笑叫喊写寫骂罵叹嘆吼怒哭嚷惊驚赞贊劝勸应應]道|表示|指出|[强強][调調]|解[释釋]|[补補]充|感[叹嘆]|坦言)[。！？!?，,]"
    ),
    "ko": re.compile(
        r"[^.!?…,\"“”‘’]{1,40}?(?:말했|물었|외쳤|답했|소리쳤|속삭였|중얼거렸|덧붙였|강조했|설명했|밝혔|전했)(?:다|습니다)[.!?]"
    ),
}


def sentences(text: str, lang: str) -> list[Span]:
    """The sentences of one line of text as (start, end) offsets, blanks around them left out.

    Rules for de, en, es, fr, ja, ko, pt and zh, and sane ones for the rest: a language without final
    punctuation comes back whole. What is longer than LONGEST characters is cut at clause marks, at blanks,
    or anywhere, in that order. Takes time linear in the text.
    """
    return list(each_sentence(text, lang))


def each_sentence(text: str, lang: str) -> Iterator[Span]:
    """As `sentences`, one by one."""
    return (span for start, end in uncut_sentences(text, lang) for span in cut(text, start, end))


def uncut_sentences(text: str, lang: str) -> Iterator[Span]:
    """As `sentences`, one by one, however long they are."""
    return _Splitter(text, rules_for(primary(lang)), primary(lang)).spans()


@dataclass(slots=True)
class _Splitter:
    text: str
    rules: Rules
    language: str

    def spans(self) -> Iterator[Span]:
        text = self.text
        cased = text != text.lower()
        brackets = [match.span() for match in _BRACKETS.finditer(text)]
        titles = [match.span() for match in _TITLES.finditer(text)]
        korean = self.language == "ko"
        dates = [(date.start(), date.end() + 1) for date in _DOTTED_DATE.finditer(text)] if korean else []
        start = 0
        for match in _STOP.finditer(text):
            if match["url"] or match.start() < start:
                continue
            closed = _CLOSERS.match(text, match.end())
            end = closed.end() if closed else match.end()
            note = _NOTE.match(text, end)
            end = note.end() if note else end
            if _is_within(brackets, match.start(), start):
                continue
            if any(_is_within(whole, match.start(), -1) for whole in (titles, dates)):
                continue
            if self._ends(start, match.start(), match.end(), end, cased):
                remark = _REMARK.match(text, end)
                end = remark.end() if remark else end
                yield from _trimmed(text, start, end)
                start = _after_blanks(text, end)
        yield from _trimmed(text, start, len(text))

    def _ends(self, start: int, stop: int, stop_end: int, end: int, cased: bool) -> bool:
        """Whether the stop at `stop:stop_end`, with its closers up to `end`, ends what began at `start`."""
        text = self.text
        if end >= len(text):
            return True
        marks = text[stop:stop_end]
        if not any(ch.isalnum() for ch in text[max(start, stop - 80) : stop]):
            return False
        if marks == "．" and (text[stop - 1].isdigit() or stop - start < 2):  # "３．５", "Ａ．"
            return False
        if self._is_cjk_stop(stop, end, marks):
            return self._ends_cjk(marks, stop_end, end)
        if any(ch in _OTHER_STOPS for ch in marks):
            return True
        lead = _LEAD.match(text, end)
        after = lead.end() if lead else end
        word = _WORD.match(text, after)
        if not lead or not lead[1]:
            return self._ends_glued(stop, end, marks, word)
        if cased and after < len(text) and text[after].islower():
            return False
        if self._says_who(stop_end, end, after):
            return False
        return marks != "." or self._ends_at_dot(start, stop, after, word)

    def _is_cjk_stop(self, stop: int, end: int, marks: str) -> bool:
        if any(ch in _CJK_STOPS for ch in marks):
            return True
        before, after = is_cjk(self.text[stop - 1]), is_cjk(self.text[end])
        if marks[0] in ".…":
            return before and after
        return before or (after and not self.text[end].isspace())

    def _ends_cjk(self, marks: str, stop_end: int, end: int) -> bool:
        text = self.text
        quoted = end > stop_end
        if text[end] in _GOES_ON or (quoted and text[end] in _CJK_STOPS) or self._says_who(stop_end, end, end):
            return False
        if set(marks) <= set(".…") and marks != ".":
            return quoted or text[end].isspace()
        goes_on = _GOES_ON_AFTER_QUOTE if quoted else _GOES_ON_AFTER_QUESTION
        is_partial = quoted or marks[-1] in "?？!！"
        return not (is_partial and text.startswith(goes_on.get(self.language, "\0"), end))

    def _says_who(self, stop_end: int, end: int, after: int) -> bool:
        """Whether the stop ends a quotation, and what follows at `after` says whose it is, as no colon did."""
        text, said = self.text, _SAID.get(self.language)
        if not said or _QUOTES.isdisjoint(text[stop_end:end]) or not said.match(text, after):
            return False
        opened = max(text.rfind(mark, max(0, stop_end - LONGEST), stop_end) for mark in "“「『")
        return text[max(0, opened - 1) : opened] not in ("：", ":")

    def _ends_glued(self, stop: int, end: int, marks: str, word: re.Match[str] | None) -> bool:
        """No blank after the stop: a missing one, or the inside of a name, number or address."""
        text = self.text
        if not word or word.start() != end or not text[end].isupper():
            return False
        before = text[max(0, stop - 3) : stop]
        if not (len(before) == 3 and before.isalpha() and before.islower()):
            return False
        return marks[0] in "!?" or word[0].lower() in self.rules.openers

    def _ends_at_dot(self, start: int, stop: int, after: int, word: re.Match[str] | None) -> bool:
        text, rules = self.text, self.rules
        found = _TOKEN.search(text[max(start, stop - 40) : stop])
        token = found[0] if found else ""
        name = token.lower().strip("'’")
        name = name.rsplit("’", 1)[-1].rsplit("'", 1)[-1]
        opens = text[after - 1] in "¿¡—–" or (word is not None and word[0].lower() in rules.openers)
        number_follows = text[stop + 1].isdigit() or (after < len(text) and text[after].isdigit())
        if stop - start < 12 and _ENUMERATOR.fullmatch(text[start:stop]):
            return False
        if label_end(text, start) == stop or (start == 0 and _NUMBERED.fullmatch(text, 0, stop)):
            return False
        if number_follows and (name in rules.before_number or name.endswith("str")):  # "Hauptstr. 5"
            return False
        if not rules.never.isdisjoint((name, token)) or (name in rules.run_in and token == text[:stop].strip()):
            return False
        if token.isdigit() and len(token) <= 2 and rules.ordinal_dot:
            return opens or not text[after - 1].isspace()
        if name in rules.soft or _ACRONYM.fullmatch(token):
            return opens
        if len(token) == 1 and token.isalpha():
            if token == "h" and text[: stop - 1].rstrip()[-1:].isdigit():  # "à 18 h."
                return True
            return opens and not _after_capital(text, stop)
        return True


def _after_capital(text: str, stop: int) -> bool:
    """Whether the word before a one-letter token is capitalised, as in "George W. The"."""
    words = text[max(0, stop - 40) : stop].split()
    return len(words) > 1 and words[-2][:1].isupper()


def _is_within(brackets: list[Span], at: int, sentence_start: int) -> bool:
    """Whether `at` stands in brackets that were opened inside the sentence."""
    i = bisect_right(brackets, (at, at)) - 1
    return i >= 0 and brackets[i][0] < at < brackets[i][1] - 1 and sentence_start < brackets[i][0]


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence of bearable length as it is, a longer one in pieces."""
    while end - start > LONGEST:
        at = _cut_point(text, start, start + LONGEST)
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)


def _cut_point(text: str, start: int, end: int) -> int:
    for marks in _CUTS:
        found = [(at + len(mark)) for mark in marks if (at := text.rfind(mark, start + _SHORTEST_CUT, end)) >= 0]
        if found:
            return max(found)
    while end > start + _SHORTEST_CUT and unicodedata.category(text[end]).startswith("M"):
        end -= 1
    return end
