"""Known errors put into translations: what the automatic checks have to find.

Nothing here reads a text the way the checks do. Facts are changed by `planted`, everything else by short lists and
patterns of this module. An error that needs something that most texts lack (an address, a tag, a copy) first gets it in
both texts of every unit, so that alarms on the sound ones count too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.bench.named import Named
from workbench.bench.planted import Change, planted
from workbench.datatypes import TranslationUnit
from workbench.lang import primary

SHARE = 0.05  # of the units get an error
GLOSSARY = {"Vorratskammer-7": "larder seven", "Quendelmark": "thyme march"}


@dataclass(frozen=True, slots=True)
class Injected:
    """The unit at `place` with an error: `tgt_text[start:end]`, empty where something is missing. `kind`: in ERRORS."""

    kind: str
    place: int
    unit: TranslationUnit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Error:
    """How one kind of error is made, and which check has to find it.

    `make`: a unit and all of them to (target text, start, end), None where it cannot be made there. `prepare`: gives
    all units what the error needs.
    """

    check: str
    kind: str
    make: Callable[[TranslationUnit, Others, random.Random], tuple[str, int, int] | None]
    prepare: Callable[[Sequence[TranslationUnit]], list[TranslationUnit]] = list


@dataclass(frozen=True, slots=True)
class Others:
    """All units, and their names; those of the targets are of side 1."""

    units: Sequence[TranslationUnit]
    names: Named


def prepared(errors: Sequence[Error], units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    """The units with what errors of one check need."""
    return errors[0].prepare(units)


def injected(errors: Sequence[Error], units: Sequence[TranslationUnit], seed: str) -> list[Injected]:
    """Errors of the kinds given, one a unit, in SHARE of the units (prepared), drawn by chance."""
    rng = random.Random(seed)
    pairs = [(unit.src_text, unit.tgt_text) for unit in units]
    others = Others(units, Named(pairs, (units[0].src_lang, units[0].tgt_lang)))
    found: list[Injected] = []
    for place in rng.sample(range(len(units)), len(units)):
        if len(found) >= SHARE * len(units):
            break
        for error in rng.sample(list(errors), len(errors)):
            made = error.make(units[place], others, rng)
            if made and made[0].strip() != units[place].tgt_text.strip():
                text, start, end = made
                found.append(Injected(error.kind, place, replace(units[place], tgt_text=text), start, end))
                break
    return found


# --- facts --------------------------------------------------------------------------------------------------


def _fact(kind: str) -> Callable[[TranslationUnit, Others, random.Random], tuple[str, int, int] | None]:
    def make(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
        change = planted(unit.tgt_text, unit.tgt_lang, kind, rng, others.names.places(unit.tgt_text, 1))
        if change is None or _is_verb(change):
            return None
        return change.text, change.start, change.end

    return make


def _is_verb(change: Change) -> bool:
    """ "May" taken for the month, which is no change of a date."""
    return change.was == "may"


_NUMBER = re.compile(r"(?<![\w.,:])\d[\d.,]*\d(?![\w:])")


def _number_dropped(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    return _without(unit.tgt_text, [match.span() for match in _NUMBER.finditer(unit.tgt_text)], rng)


def _name_dropped(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    return _without(unit.tgt_text, [(name.start, name.end) for name in others.names.found(unit.tgt_text, 1)], rng)


def _without(text: str, spans: Sequence[tuple[int, int]], rng: random.Random) -> tuple[str, int, int] | None:
    if not spans:
        return None
    start, end = rng.choice(spans)
    return text[:start].rstrip() + " " + text[end:].lstrip(), start, start


def _name_invented(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    names = [name for name in others.names.names(1) if name not in unit.tgt_text and len(name) > 3]
    if not names:
        return None
    at, name = rng.choice(_gaps(unit.tgt_text)), rng.choice(names)
    return f"{unit.tgt_text[:at]} {name} {unit.tgt_text[at:].lstrip()}", at + 1, at + 1 + len(name)


def _gaps(text: str) -> list[int]:
    """Where something can be put in: before a space, or anywhere where there are none."""
    spaces = [match.start() for match in re.finditer(" ", text)]
    return spaces or list(range(1, max(2, len(text))))


# --- what is translated -------------------------------------------------------------------------------------

_FOREIGN = ("очень важное решение было принято", "هذا قرار مهم جدا", "πολύ σημαντική απόφαση", "एक बहुत महत्वपूर्ण निर्णय")


def _copied(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    return unit.src_text, 0, len(unit.src_text)


def _half_copied(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    kept, left = unit.tgt_text[: _half(unit.tgt_text)], unit.src_text[_half(unit.src_text) :]
    text = f"{kept.rstrip()} {left.lstrip()}"
    return text, len(kept.rstrip()) + 1, len(text)


def _other_script(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    at, words = rng.choice(_gaps(unit.tgt_text)), rng.choice(_FOREIGN)
    return f"{unit.tgt_text[:at]} {words}{unit.tgt_text[at:]}", at + 1, at + 1 + len(words)


def _half(text: str) -> int:
    """The gap nearest to the middle."""
    return min(_gaps(text), key=lambda at: abs(at - len(text) // 2))


def _half_dropped(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    at = _half(unit.tgt_text)
    return unit.tgt_text[:at] + unit.tgt_text[-1:], at, at


def _clause_dropped(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    """A fifth to a half of the text, up to a comma."""
    text = unit.tgt_text
    ends = [0, *(match.end() for match in re.finditer("[,，、;；:：]", text)), len(text)]
    spans = [(a, b) for a in ends for b in ends if 0.2 * len(text) < b - a < 0.5 * len(text)]
    return _without(text, spans, rng)


def _other_added(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    more = rng.choice(others.units).tgt_text
    return f"{unit.tgt_text} {more}", len(unit.tgt_text) + 1, len(unit.tgt_text) + 1 + len(more)


def _half_added(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    more = rng.choice(others.units).tgt_text
    more = more[_half(more) :].strip()
    return f"{unit.tgt_text} {more}", len(unit.tgt_text) + 1, len(unit.tgt_text) + 1 + len(more)


# --- what machines do ---------------------------------------------------------------------------------------


def _phrase_looped(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    words = unit.tgt_text.split(" ")
    if len(words) < 6:
        size, text = rng.randint(3, 6), unit.tgt_text
        at = rng.randrange(max(1, len(text) - size))
        loop = text[at : at + size] * 6
        return text[:at] + loop + text[at + size :], at, at + len(loop)
    size = rng.randint(1, 4)
    at = rng.randrange(len(words) - size)
    loop = " ".join(words[at : at + size] * (5 if size == 1 else 4))
    before = " ".join(words[:at])
    start = len(before) + bool(before)
    return " ".join([*([before] if before else []), loop, *words[at + size :]]), start, start + len(loop)


def _said_twice(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    text = f"{unit.tgt_text} {unit.tgt_text}"
    return text, len(unit.tgt_text) + 1, len(text)


def _one_answer(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    answer = {"zh": "首页", "ja": "ホーム", "ko": "홈"}.get(primary(unit.tgt_lang), "Home")
    return answer, 0, len(answer)


_ARTEFACTS = (
    "(Applause)", "[Music]", "♪ ♪ ♪", "(Laughter)", "[Applause] [Applause]", "(掌声)", "(音楽)", "[박수]",
    "(Applaudissements)", "(Musik)",
)  # fmt: skip


def _artefact(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    said = rng.choice(_ARTEFACTS)
    return f"{unit.tgt_text} {said}", len(unit.tgt_text) + 1, len(unit.tgt_text) + 1 + len(said)


# --- all units together -------------------------------------------------------------------------------------


def _with_copies(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    """All units, and a fifth of them once more."""
    return [*units, *(replace(unit, bead_id=f"{unit.bead_id}-copy") for unit in units[::5])]


def _other_translation(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    """A copy says it otherwise: a word of the other's is gone."""
    if not unit.bead_id.endswith("-copy"):
        return None
    spans = [match.span() for match in re.finditer(r"\w{2,}", unit.tgt_text)]
    return _without(unit.tgt_text, spans, rng)


def _same_translation(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    text = rng.choice(others.units).tgt_text
    return text, 0, len(text)


def _with_terms(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    terms = list(GLOSSARY.items())
    return [
        replace(unit, src_text=f"{unit.src_text} {terms[at % 2][0]}.", tgt_text=f"{unit.tgt_text} {terms[at % 2][1]}.")
        for at, unit in enumerate(units)
    ]


def _term_lost(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    text = unit.tgt_text.replace("larder seven", "pantry").replace("thyme march", "border")
    return text, len(text), len(text)


# --- signs --------------------------------------------------------------------------------------------------

_PAIRS = {"brackets": ("(", ")"), "quotes": ("“", "”")}


def _enclosed(kind: str) -> Callable[[Sequence[TranslationUnit]], list[TranslationUnit]]:
    """The second half of both texts in brackets or quotation marks."""

    def wrap(text: str) -> str:
        opening, closing = _PAIRS[kind]
        at = _half(text)
        return f"{text[:at]} {opening}{text[at:].strip()}{closing}"

    def prepare(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
        return [replace(unit, src_text=wrap(unit.src_text), tgt_text=wrap(unit.tgt_text)) for unit in units]

    return prepare


def _sign_lost(signs: str) -> Callable[[TranslationUnit, Others, random.Random], tuple[str, int, int] | None]:
    def make(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
        spots = [at for at, ch in enumerate(unit.tgt_text) if ch in signs]
        if not spots:
            return None
        at = rng.choice(spots)
        return unit.tgt_text[:at] + unit.tgt_text[at + 1 :], at, at

    return make


def _signs_lost(signs: str) -> Callable[[TranslationUnit, Others, random.Random], tuple[str, int, int]]:
    def make(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
        at = next((at for at, ch in enumerate(unit.tgt_text) if ch in signs), 0)
        return "".join(ch for ch in unit.tgt_text if ch not in signs), at, at

    return make


_ADDRESSES = ("https://example.org/report/2019?id=417", "www.example.com/a-b", "press@example.net")


def _with_addresses(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    return [
        replace(unit, src_text=f"{unit.src_text} {address}", tgt_text=f"{unit.tgt_text} {address}")
        for unit, address in zip(units, _cycle(_ADDRESSES, len(units)), strict=True)
    ]


def _cycle(items: Sequence[str], length: int) -> Iterator[str]:
    return (items[at % len(items)] for at in range(length))


def _address_changed(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    start = unit.tgt_text.rindex(" ") + 1
    at = rng.randrange(start + 5, len(unit.tgt_text))
    text = unit.tgt_text[:at] + ("x" if unit.tgt_text[at] != "x" else "y") + unit.tgt_text[at + 1 :]
    return text, start, len(text)


def _address_dropped(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int]:
    text = unit.tgt_text[: unit.tgt_text.rindex(" ")]
    return text, len(text), len(text)


_TAGS = (("<b>", "</b>"), ("{0}", "{1}"), ('<a href="x">', "</a>"), ("%s", "%d"), ("**", "**"))


def _with_tags(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    def wrap(text: str, at: int) -> str:
        first, second = _TAGS[at % len(_TAGS)]
        half, gap = _half(text), " " if first.startswith("%") else ""
        return f"{text[:half]} {first}{gap}{text[half:].strip()}{gap}{second}"

    return [
        replace(unit, src_text=wrap(unit.src_text, at), tgt_text=wrap(unit.tgt_text, at))
        for at, unit in enumerate(units)
    ]


def _tag_lost(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    found = [tag for pair in _TAGS for tag in pair if unit.tgt_text.endswith(pair[1]) and tag in unit.tgt_text]
    tag = rng.choice(found)
    at = unit.tgt_text.rindex(tag)
    return unit.tgt_text[:at] + unit.tgt_text[at + len(tag) :], at, at


def _shouted(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    text = unit.tgt_text.upper()
    return (text, 0, len(text)) if text != unit.tgt_text else None


def _small_start(unit: TranslationUnit, others: Others, rng: random.Random) -> tuple[str, int, int] | None:
    text = unit.tgt_text
    return (text[:1].lower() + text[1:], 0, 1) if text[:1].isupper() and text[1:2].islower() else None


ERRORS: Sequence[Error] = (
    Error("numbers", "number", _fact("number")),
    Error("numbers", "date", _fact("date")),
    Error("numbers", "quantity", _fact("quantity")),
    Error("numbers", "dropped", _number_dropped),
    Error("names", "another", _fact("name")),
    Error("names", "dropped", _name_dropped),
    Error("names", "invented", _name_invented),
    Error("negation", "turned", _fact("negation")),
    Error("untranslated", "copied", _copied),
    Error("untranslated", "half copied", _half_copied),
    Error("untranslated", "other script", _other_script),
    Error("omission", "half", _half_dropped),
    Error("omission", "clause", _clause_dropped),
    Error("addition", "another unit", _other_added),
    Error("addition", "half of one", _half_added),
    Error("repetition", "loop", _phrase_looped),
    Error("repetition", "said twice", _said_twice),
    Error("constant", "one answer", _one_answer),
    Error("artefacts", "sound", _artefact),
    Error("consistency", "another translation", _other_translation, _with_copies),
    Error("consistency", "one for two", _same_translation, _with_copies),
    Error("glossary", "other term", _term_lost, _with_terms),
    Error("brackets", "one lost", _sign_lost("()（）"), _enclosed("brackets")),
    Error("brackets", "all lost", _signs_lost("()（）"), _enclosed("brackets")),
    Error("quotes", "one lost", _sign_lost("“”"), _enclosed("quotes")),
    Error("quotes", "all lost", _signs_lost("“”\"„«»「」"), _enclosed("quotes")),
    Error("links", "changed", _address_changed, _with_addresses),
    Error("links", "dropped", _address_dropped, _with_addresses),
    Error("tags", "lost", _tag_lost, _with_tags),
    Error("case", "shouted", _shouted),
    Error("case", "small start", _small_start),
)  # fmt: skip


def by_check() -> Mapping[str, list[Error]]:
    """The errors that each check has to find."""
    found: dict[str, list[Error]] = {}
    for error in ERRORS:
        found.setdefault(error.check, []).append(error)
    return found
