"""Negation: what denies, and what else may carry the sense of a no.

Languages put a denial in other words (not possible, impossible; fails to, does not). Each denial of one text is held
against one of the other, or a word about there that may mean one and that no word of the same sense in the first text
answers already: a text denies more than another if one of its denials is left over.

Rows of denials.tsv are patterns of one language, parted by " | ". A `denial` denies by itself. In a `phrase` a no
denies nothing, or not for sure: it answers what a word of its sense answers, and nothing if it has none. A `word` of a
sense may deny; where spaces part words, its patterns are beginnings of words. Of what begins at one place the first
row counts. What a language says `aside`, of a noun or in an infinitive, answers any denial. So does the opposite of
what is denied (`opposites.py`): not easy, and difficult; and the highest degree of what nobody surpasses
(`degrees.py`).

Some phrases deny in part: not always, nicht nur. The words of a `scope` say of what; where the other text says such a
word and no no, it says in full what the phrase denies.

Where that says nothing and one text has a single no, the other none, it is weighed how surely another language keeps
such a no, and how likely what the other text says is to be a denial, both learned on parallel text (`denying.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from workbench.facts.degrees import is_outdone
from workbench.facts.denying import beside, instead, log_odds
from workbench.facts.opposites import is_opposed
from workbench.facts.remembered import blanked, of_each_word, small
from workbench.lang import CJK

# How far from its place, as a share of the text, a denial may stand in a translation. Languages with the verb at the
# end say it nearly anywhere.
_SPREAD = 0.6
_VERB_LAST = frozenset(["ja", "ko"])
# What German may answer anywhere: refused to comment on something is wollte sich zu etwas, das lange dauert, nicht
# äußern; and its clauses change places, so that what is "unless" in front is "wenn nicht" at the end.
_BRACKETED = frozenset(["refuse", "unless"])
# Characters that are hardly more than a clause.
_LEAST_SPREAD, _LEAST_SPREAD_CJK = 40, 20
# A no to a no: within how many characters of a denial a word of these senses takes its force.
_TAKES = dict.fromkeys(["fail", "refuse", "stop", "doubt"], 25)
# What something is at least or more than, and at most or less than. A no to one is the other: what is not less than
# five is at least five. Where both sides have one of the same sense they answer each other, and the no is left over.
_BOUNDS = ("over", "under")
# What such a word says behind a denial is no denial: not until, not more than, not without.
_FOLLOWING = {**dict.fromkeys(["until", "unless", "without"], 80), **dict.fromkeys([*_BOUNDS, "than"], 30)}
# In Chinese, Japanese and Korean both are near, on either side: まで, 까지 and 之前 also say how far something goes.
_TAKES_CJK = {**dict.fromkeys(_TAKES, 8), **dict.fromkeys(_FOLLOWING, 12), **dict.fromkeys(_BOUNDS, 5)}
# Senses that take the force of a denial, and answer none.
_ANSWERLESS = frozenset(["until", "than", *_BOUNDS])
# Senses whose words answer a denial far oftener than chance has them stand there.
_TELLING = frozenset(["ban", "last", "stop", "without", "workless"]) | frozenset(
    "also aside bad beyond differ doubt even fail few forget free lack no nor refuse un".split()  # noqa: SIM905
)
# Senses of words that may stand for any other, and how near a no its word stands, in characters.
_WIDEST = frozenset(["no", "un", "without"])
_NEXT = 10
# Log odds from which a single no has nothing in the other text, what each thing to be seen adds to them, and what they
# begin with, by the recipe of denying.py. SURE is as low as tells hardly more unchanged pairs; in CJK lower.
SURE = 1.75
SURE_CJK: Mapping[str, float] = {"zh": 1.4, "ja": 1.2, "ko": 1.4}
WEIGHTS: Mapping[str, float] = {"mirrored": 0.49, "elsewhere": -0.28, "few": 0.61, "un": -0.27}
ALWAYS = -1.11
# Senses of phrases that deny in part.
_PARTIAL = frozenset(["few", "also", "even", "same"])

_CAPITAL = re.compile(r"(?<!\\)[A-ZÀ-Þ]")
# Of these languages denials are long to look for; one of these words is in each.
_SIGNS: Mapping[str, str] = {
    "en": r"\b(?:anything|no|not|cannot|never|nobody|nothing|none|nowhere|neither|unable|incapable|impossible)\b"
    r"|n['’]t\b|\b\w{2,4}nt\b|ouldnt\b",
    "fr": r"\bne$|\bn['’]|\b(?:pas|jamais|aucune?|rien|maintenant|tout|impossible|incapables?)\b",
}
_PAUSE = re.compile(r"[,;:]\s")
_PAUSE_CJK = re.compile("[，。；：、,]")
_NOR = re.compile(r"\b(?:ni|nem)\b(?! (?:siquiera|mesmo|sequer)\b)")
# Where a pattern begins in languages with spaces: before a word, or with one of these, which is seen far sooner than
# that none of many patterns begins there.
_BEGINS = r"(?:(?<!\w)(?=\w)|(?=[.;,!¡]|n['’]t))"


class Mark(NamedTuple):
    """Where something is or may be denied, `text[start:end]`, and in which sense: "" for a plain denial."""

    start: int
    end: int
    sense: str


@dataclass(frozen=True)
class Denied:
    """What a text denies. `lang`: "" where nothing is known of it."""

    text: str
    lang: str

    @cached_property
    def plain(self) -> tuple[tuple[int, int], ...]:
        """Where it denies for sure."""
        return tuple((mark.start, mark.end) for mark in self.nos if mark.sense == "denial")

    @cached_property
    def nos(self) -> tuple[Mark, ...]:
        """Where it denies for sure, of sense "denial", and phrases of a sense; none if nothing may deny for sure."""
        # Most texts deny nothing, and reading phrases takes longest.
        if not self.lang or not _has_sign(self.text, self.lang) or not _plainly(self.lang).search(small(self.text)):
            return ()
        return tuple(mark for mark in self._marks if mark.sense != "nothing")

    @cached_property
    def shown(self) -> tuple[tuple[int, int], ...]:
        """Where a reader sees that it denies: for sure, or else nearly (few)."""
        return self.plain or tuple((mark.start, mark.end) for mark in self.nos if mark.sense == "few")

    def mirrored(self, no: Mark) -> float:
        """Log odds that another language has a no, too, for this one."""
        return log_odds("beside", self.lang, self.beside(no))

    def beside(self, no: Mark) -> set[str]:
        return beside(small(self.text), self.lang, *no)

    @cached_property
    def elsewhere(self) -> float:
        """Log odds that another language denies what this text says without a no."""
        return log_odds("instead", self.lang, self.instead)

    @property
    def instead(self) -> set[str]:
        rest = blanked(small(self.text), [(no.start, no.end) for no in self.nos])
        phrases = () if self.nos else self.phrases
        return instead(rest, self.lang, {mark.sense for mark in (*_marks(_words(self.lang), rest), *phrases)})

    @cached_property
    def phrases(self) -> tuple[Mark, ...]:
        """Where a no denies nothing, or not for sure; of sense "" if it answers nothing either."""
        marks = (mark for mark in self._marks if mark.sense != "denial")
        return tuple(mark._replace(sense="" if mark.sense == "nothing" else mark.sense) for mark in marks)

    @cached_property
    def might(self) -> tuple[Mark, ...]:
        """What else may deny: phrases of a sense, and words. Seldom asked for, as most texts deny as much."""
        rest = blanked(small(self.text), sorted([*((mark.start, mark.end) for mark in self.phrases), *self.plain]))
        return (*(mark for mark in self.phrases if mark.sense), *_marks(_words(self.lang), rest))

    def says_in_full(self, phrase: str, lang: str) -> bool:
        """Whether it has a word of the scope of a phrase of another language: immer, for not always."""
        return not _scopes(phrase, lang).isdisjoint(_scopes(self.text, self.lang))

    @property
    def joined(self) -> list[Mark]:
        """What is denied too within a denial, and may be denied by itself elsewhere: nunca se casó ni tuvo hijos."""
        text = small(self.text)
        found = [m for start, end in self.plain for m in _NOR.finditer(text, start, end + 10) if m.end() <= end]
        # Two of them are neither, nor.
        return [Mark(*found[0].span(), "nor")] if self.lang in ("es", "pt") and len(found) == 1 else []

    @cached_property
    def bound(self) -> Mark | None:
        """The only bound that it sets, of sense "over" or "under", if it denies nothing and says no "unless"."""
        found = list(_marks(_bounds(self.lang), small(self.text))) if self.lang else []
        is_plain = len(found) == 1 and found[0].sense in _BOUNDS and not self._marks
        return found[0] if is_plain else None

    @cached_property
    def _marks(self) -> tuple[Mark, ...]:
        return tuple(_marks(_denials(self.lang), small(self.text)))


@cache
def _rows() -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
    """Sense and patterns of each row, by kind and language."""
    lines = files("workbench.facts").joinpath("denials.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, sense, lang, patterns in (line.split("\t") for line in lines):
        rows.setdefault((kind, lang), []).append((sense, _in_small_letters(patterns.replace(" | ", "|"))))
    return rows


def _in_small_letters(pattern: str) -> str:
    """A pattern for small letters, which is far quicker than one for letters of any case."""
    return _CAPITAL.sub(lambda match: match[0].lower(), pattern)


@cache
def _knows(lang: str) -> bool:
    return ("denial", lang) in _rows()


@cache
def _denials(lang: str) -> re.Pattern[str]:
    """Phrases, in a group of the sense each, and denials, in the group `denial`."""
    rows = _rows()
    groups = [f"(?P<{sense or 'nothing'}>{patterns})" for sense, patterns in rows["phrase", lang]]
    pattern = "|".join([*groups, *(f"(?P<denial>{each})" for _, each in rows["denial", lang])])
    return re.compile(pattern if lang in CJK else f"{_BEGINS}(?:{pattern})")


@cache
def _plainly(lang: str) -> re.Pattern[str]:
    pattern = "|".join(patterns for _, patterns in _rows()["denial", lang])
    return re.compile(f"{_BEGINS}(?:{pattern})" if lang in _SIGNS else pattern)


def _has_sign(text: str, lang: str) -> bool:
    return lang not in _SIGNS or bool(_signs(text, lang))


@of_each_word
def _signs(word: str, lang: str) -> bool:
    return lang in _SIGNS and bool(_sign(lang).search(small(word)))


@cache
def _sign(lang: str) -> re.Pattern[str]:
    """What may be part of a denial."""
    return re.compile(_SIGNS[lang])


@cache
def _words(lang: str) -> re.Pattern[str]:
    return _words_of(lang, [sense for sense, _ in _rows()["word", lang]])


@cache
def _bounds(lang: str) -> re.Pattern[str]:
    return _words_of(lang, [*_BOUNDS, "unless"])


def _scopes(text: str, lang: str) -> set[str]:
    """The senses of the words of a text that say how far something holds."""
    begins = "" if lang in CJK else r"\b"
    rows = _rows().get(("scope", lang), ())
    return {sense for sense, patterns in rows if re.search(f"{begins}(?:{patterns})", small(text))}


def _words_of(lang: str, senses: Collection[str]) -> re.Pattern[str]:
    groups = "|".join(f"(?P<{sense}>{patterns})" for sense, patterns in _rows()["word", lang] if sense in senses)
    return re.compile(groups if lang in CJK else rf"\b(?:{groups})")


def _marks(pattern: re.Pattern[str], text: str) -> Iterable[Mark]:
    return (Mark(*match.span(), match.lastgroup or "") for match in pattern.finditer(text))


# A passage is held against those of several versions, and drawn again at every step of a page.
@lru_cache(maxsize=2048)
def denials(text: str, lang: str) -> Denied:
    """What a text denies. `lang`: the primary subtag. Nothing is known of a question. Linear in the text."""
    is_known = _knows(lang) and "?" not in text and "？" not in text
    return Denied(text, lang if is_known else "")


def may_deny(text: str, lang: str) -> list[str]:
    """The words and phrases of a text that may deny something besides its denials. `lang`: one of those known."""
    return [text[mark.start : mark.end] for mark in Denied(text, lang).might]


class Side:
    """The denials of several texts in a row; places are counted from the beginning of the first."""

    def __init__(self, texts: Sequence[Denied]) -> None:
        self.texts = texts
        self.length = sum(len(denied.text) for denied in texts)
        self.langs = {denied.lang for denied in texts}
        self.count = sum(len(denied.plain) for denied in texts)

    @cached_property
    def plain(self) -> list[Mark]:
        return self._placed([[Mark(*span, "") for span in denied.plain] for denied in self.texts])

    @cached_property
    def might(self) -> list[Mark]:
        return self._placed([denied.might for denied in self.texts])

    def answering(self, other: Side) -> list[Mark]:
        """What may answer a denial of the other."""
        return [mark for mark in self.surplus(other) if mark.sense not in _ANSWERLESS]

    def words(self, marks: Sequence[Mark]) -> list[Mark]:
        """Those of some marks that are telling words, no phrases with a no."""
        phrases = self._placed([denied.phrases for denied in self.texts])
        return [mark for mark in marks if mark.sense in _TELLING and mark.sense != "nor" and mark not in phrases]

    @property
    def joined(self) -> list[Mark]:
        return self._placed([denied.joined for denied in self.texts])

    def _placed(self, each: Sequence[Sequence[Mark]]) -> list[Mark]:
        placed, before = [], 0
        for denied, marks in zip(self.texts, each, strict=True):
            placed += [Mark(before + mark.start, before + mark.end, mark.sense) for mark in marks]
            before += len(denied.text)
        return placed

    def surplus(self, other: Side) -> list[Mark]:
        """What may deny, in senses that stand here more often than in the other."""
        here, there = (Counter(mark.sense for mark in side.might) for side in (self, other))
        return [mark for mark in self.might if here[mark.sense] > there[mark.sense]]

    def is_opposed(self, no: Mark, other: Side) -> bool:
        """Whether the other says the opposite of what a no of this denies, or that what it compares is most so."""
        lang, there = self.texts[0].lang, other.texts[0].lang
        told = self._small, lang, no.start, no.end, other._small, there
        return is_opposed(*told) or is_outdone(*told)

    def takes(self, mark: Mark, denial: Mark) -> bool:
        """Whether a word takes the force of a denial; one of another clause does not: not open, with under ten.

        Where spaces part words, that is so of bounds alone.
        """
        lang = self.texts[0].lang
        first, last = sorted([mark, denial])
        pause = _PAUSE_CJK if lang in CJK else _PAUSE if mark.sense in _BOUNDS and first is denial else None
        is_apart = pause is not None and pause.search(self._small, first.end, last.start) is not None
        return not is_apart and _takes(mark, denial, lang)

    @cached_property
    def _small(self) -> str:
        return "".join(small(denied.text) for denied in self.texts)


def denies_more(here: Sequence[Denied], there: Sequence[Denied]) -> bool:
    """Whether the first texts deny something that the second do not."""
    if not any(denied.nos for denied in here):
        return False
    a, b = Side(here), Side(there)
    return denies_unanswered(a, b) or _denies_in_part(a, b) or _denies_surely(a, b)


def opposite_bounds(one: Denied, other: Denied) -> tuple[Mark, Mark] | None:
    """The bounds of two texts of which one says at least, the other at most."""
    here, there = one.bound, other.bound
    return (here, there) if here and there and here.sense != there.sense else None


def _denies_in_part(a: Side, b: Side) -> bool:
    """Whether a single phrase of the first side denies in part what the second says in full, and nothing answers it."""
    found = _single_no(a, b, _PARTIAL)
    if found is None:
        return False
    denied, no = found
    phrase = denied.text[no.start : no.end]
    return any(other.says_in_full(phrase, denied.lang) for other in b.texts)


def _denies_surely(a: Side, b: Side) -> bool:
    """Whether there is a single no, likelier kept by another language than answered by what the second side says."""
    seen = features(a, b)
    least = max((SURE_CJK[lang] for lang in a.langs | b.langs if lang in CJK), default=SURE)
    return seen is not None and ALWAYS + sum(WEIGHTS[what] * much for what, much in seen.items()) >= least


def features(a: Side, b: Side) -> dict[str, float] | None:
    """What is to be seen of a single no, where the other side has none; None of other texts."""
    found = _single_no(a, b, frozenset(["denial", "few"]))
    if found is None:
        return None
    denied, no = found
    return {
        "mirrored": denied.mirrored(no),
        "elsewhere": max(other.elsewhere for other in b.texts),
        "few": float(no.sense == "few"),
        "un": float(any(mark.sense == "un" for mark in b.surplus(a))),
    }


def _single_no(a: Side, b: Side, senses: Collection[str]) -> tuple[Denied, Mark] | None:
    """The single no of the first side, of one of some senses, and its text, where the second has none.

    None of texts where a telling word answers the no, or takes its force.
    """
    nos = [(denied, no) for denied in a.texts for no in denied.nos]
    if len(nos) != 1 or nos[0][1].sense not in senses or any(denied.nos or not denied.lang for denied in b.texts):
        return None
    [(denied, no)] = nos
    if no.sense == "few" and any(mark.sense == "few" for mark in b.might):
        return None
    words = {mark.sense for mark in b.surplus(a)}
    taking = (mark for mark in a.surplus(b) if mark.sense != no.sense)
    if not words.isdisjoint(_TELLING) or any(_takes(mark, no, denied.lang) for mark in taking):
        return None
    return None if Side([denied]).is_opposed(no, b) else (denied, no)


def denies_unanswered(a: Side, b: Side) -> bool:
    """Whether the first side denies something for which nothing may stand about there in the second."""
    more = a.count - b.count
    # Where both deny and one much more, they are told too differently to be held against each other.
    if "" in a.langs | b.langs or more < 1 or (b.count and more > 1):
        return False
    answers = [*b.plain, *b.joined, *(b.answering(a) if b.count else _left(a, b))]
    alone = _unanswered(
        sorted((mark.start / a.length, mark) for mark in a.plain if not (b.plain and a.is_opposed(mark, b))),
        sorted(mark.start / b.length for mark in answers),
        _spread(a, b, answers),
    )
    for mark in a.surplus(b):
        taken = next((denial for denial in alone if a.takes(mark, denial)), None)
        if taken:
            alone.remove(taken)
    return sum(not a.is_opposed(denial, b) for denial in alone) % 2 == 1


def _left(a: Side, b: Side) -> list[Mark]:
    """What answers in the second side, without what says in another sense what words of the first say about there, one
    for one: 没有, of a text with "not" and "without", may be the latter.
    """
    answers = b.answering(a)
    near = _spread(a, b, answers)
    own = [mark for mark in a.words(a.surplus(b)) if not any(_is_denied(mark, no) for no in a.plain)]
    for mark in sorted(b.words(answers), key=lambda mark: mark.sense not in _WIDEST):
        place = mark.start / b.length
        beside = next((word for word in own if abs(word.start / a.length - place) <= near), None)
        if beside:
            own.remove(beside)
            answers.remove(mark)
    return answers


def _is_denied(mark: Mark, no: Mark) -> bool:
    """Whether a word stands so near a no that it may be what is denied: nobody forgets."""
    return max(mark.start - no.end, no.start - mark.end) <= _NEXT


def _spread(a: Side, b: Side, answers: Sequence[Mark]) -> float:
    is_bracket = "de" in a.langs | b.langs and any(mark.sense in _BRACKETED for mark in answers)
    if is_bracket or not _VERB_LAST.isdisjoint(a.langs | b.langs):
        return 1.0
    least = _LEAST_SPREAD if CJK.isdisjoint(a.langs | b.langs) else _LEAST_SPREAD_CJK
    return max(_SPREAD, least / max(1, min(a.length, b.length)))


def _takes(mark: Mark, denial: Mark, lang: str) -> bool:
    """Whether a word takes the force of a denial. Chinese, Japanese and Korean may have what follows in front."""
    gap = max(mark.start - denial.end, denial.start - mark.end)
    if mark.sense in _FOLLOWING and lang not in CJK:
        return mark.start > denial.start and gap <= _FOLLOWING[mark.sense]
    return gap <= (_TAKES_CJK if lang in CJK else _TAKES).get(mark.sense, -1)


def _unanswered(places: Sequence[tuple[float, Mark]], others: Sequence[float], spread: float) -> list[Mark]:
    """The denials that are left over when each has been given another within reach, from the left."""
    alone, at = [], 0
    for place, mark in places:
        while at < len(others) and others[at] < place - spread:
            at += 1
        if at < len(others) and others[at] <= place + spread:
            at += 1
        else:
            alone.append(mark)
    return alone
