"""Pairs of documents whose beads and whose relation are known: what confidence and verdict are fitted to.

Out of the folder of shared data: the gold alignments as they are; parallel sentences (TED talks with their human and
machine translations, FLORES, Tatoeba) from which documents are made by merging, dropping, moving and inserting by a
seeded rule; translations again with much of the target left out, and with some of it replaced by what others say;
documents that have nothing in common: one's source with another one's target, and halves of one document, which share
the topic and no more. Out of this repository: the samples, the comparable pairs for tuning, and texts that tell of
another event on the theme of one of these. What has no English comes a second time with that of the models here.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np

from workbench.align.evaluation import BeadIndices, GoldDocument, read_gold, read_lines
from workbench.align.perturb import delete
from workbench.align.verdict import Relation
from workbench.bench.figures import LANGUAGES
from workbench.bench.pairs import read_columns
from workbench.ingest import read
from workbench.segment import document_language, segment
from workbench.wiring.beads import gold_sides
from workbench.wiring.evidence import Side

_ROOT = Path(__file__).resolve().parents[3]
# In plain language a text is retold: freely where most of it comes back, else only its event is the same. These come
# last, since what is drawn by chance goes by the order of all.
_RETOLD, _FREE = "deplain-web", 0.6
_TALKS = "gold/mqm-ted-zh-en/mqm_ted_zhen.tsv"
# (whose English goes with the source, who made the target, whether the originals take part as well)
_TRANSLATORS = [
    ("Online-W", "ref", True),
    ("NiuTrans", "refB", True),
    ("Facebook-AI", "ref", False),
    ("SMU", "refB", False),
    ("Borderline", "metricsystem1", False),
    ("", "ref", True),
]
_LANGUAGES = {"de": "de", "es": "es", "fr": "fr", "ja": "ja", "ko": "ko", "pt": "pt", "zh": "zh-Hans"}
_SAMPLES = [
    ("report.fr.txt", "transcript.zh-Hant.txt", Relation.SAME_EVENT),
    ("interview.en.md", "interview.fr.md", Relation.STRICT),
    ("podcast.zh-Hans.txt", "report.fr.txt", Relation.UNRELATED),
    ("podcast.zh-Hans.txt", "transcript.zh-Hant.txt", Relation.UNRELATED),
    ("interview.en.md", "report.fr.txt", Relation.UNRELATED),
    ("interview.fr.md", "transcript.zh-Hant.txt", Relation.UNRELATED),
    ("interview.fr.md", "podcast.zh-Hans.txt", Relation.UNRELATED),
]
_COMPARABLE = _ROOT / "tests" / "gold" / "comparable"
_SPACELESS = ("zh-Hans", "zh-Hant", "ja")
_APART = 21
_TRANSLATIONS = ("text-berg", "mag", "ntrex")
_REPLACED = 0.05  # of the sentences that are one sentence in either language
_LONGEST = 160  # segments of a document that is paired with an unrelated one


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, aligned on what evidence there is.

    `gold` is None where only the relation is known. Documents of one `group` are fitted together.
    """

    group: str
    src: Side
    tgt: Side
    gold: tuple[BeadIndices, ...] | None
    relation: Relation
    without: tuple[str, ...] = ()  # kinds of evidence that are left out


@dataclass(frozen=True, slots=True)
class Change:
    """How often each thing is done to a parallel text, per sentence and side."""

    merge: float
    drop: float
    insert: float
    move: bool


_CHANGES = [Change(0.1, 0.0, 0.0, False), Change(0.1, 0.07, 0.07, True), Change(0.15, 0.25, 0.25, True)]


def pairs(shared: Path, in_english: Callable[[Side], Side]) -> Iterator[Pair]:
    """Every pair, in an order that does not change. `in_english`: brings a side into English as a workspace does."""
    related = [
        *_gold(shared / "gold"),
        *_talks(shared / _TALKS, shared / "eval" / "flores-dev.zh-en.tsv"),
        *_sentences(shared / "eval"),
        *_comparable(),
    ]
    yield from related
    yield from _poorer(related)
    yield from _shortened(related)
    replaced = list(_replaced(related))
    yield from replaced
    others = [*_samples(), *_other_events()]
    yield from others
    drafted = list(_drafted(related, in_english))
    yield from drafted
    yield from _drafted(replaced, in_english)
    yield from _drafted(others, in_english)
    yield from _unrelated(related)
    yield from _unrelated(drafted)


def _drafted(pairs: Iterable[Pair], in_english: Callable[[Side], Side]) -> Iterator[Pair]:
    """Those without any translation, with that of the models here."""
    for pair in pairs:
        if not (pair.src.translations or pair.tgt.translations):
            yield replace(pair, src=in_english(pair.src), tgt=in_english(pair.tgt))


def _poorer(related: Sequence[Pair]) -> Iterator[Pair]:
    """Some of the pairs again without what the bundled encoders say: languages that they do not know."""
    for number, pair in enumerate(related):
        english = "en" in pair.src.translations
        if (english and number % 2) or (not english and (pair.src.translations or pair.src.lang == pair.tgt.lang)):
            yield replace(pair, without=("meaning",) if number % 3 else ("meaning", "english"))


def _shortened(related: Sequence[Pair]) -> Iterator[Pair]:
    """The translations that are gold, much of the target left out."""
    for pair in filter(_is_translation, related):
        left = delete(len(pair.tgt.texts), Random(f"confidence {pair.group} {pair.tgt.lang}"))
        place = {j: position for position, j in enumerate(left)}
        gold = tuple((src, tuple(place[j] for j in tgt if j in place)) for src, tgt in pair.gold or ())
        yield replace(pair, tgt=_chosen(pair.tgt, left), gold=gold, relation=Relation.FREE)


def _replaced(related: Sequence[Pair]) -> Iterator[Pair]:
    """The same translations, in which a sentence of the target now and then is another document's: what only one
    version says, where the other says something else."""
    translations = [pair for pair in related if _is_translation(pair)]
    for pair in translations:
        random = Random(f"replaced {pair.group} {pair.tgt.lang}")
        sides = (side for other in translations if other.group != pair.group for side in (other.src, other.tgt))
        others = [side for side in sides if _is_like(side, pair.tgt)]
        single = [bead for bead in pair.gold or () if len(bead[0]) == len(bead[1]) == 1]
        gone = random.sample(single, math.ceil(_REPLACED * len(single))) if others else []
        if not gone:
            continue
        texts, translated = list(pair.tgt.texts), {lang: list(lines) for lang, lines in pair.tgt.translations.items()}
        for _, (j,) in gone:
            other = random.choice(others)
            line = random.randrange(len(other.texts))
            texts[j] = other.texts[line]
            for lang, lines in translated.items():
                lines[j] = other.translations[lang][line]
        gold = [bead for bead in pair.gold or () if bead not in gone]
        gold += [alone for src, tgt in gone for alone in ((src, ()), ((), tgt))]
        yield replace(pair, tgt=Side(texts, pair.tgt.lang, translated), gold=tuple(gold))


def _is_translation(pair: Pair) -> bool:
    return pair.relation == Relation.STRICT and pair.group.split("/")[0] in _TRANSLATIONS


def _is_like(side: Side, other: Side) -> bool:
    return side.lang == other.lang and side.translations.keys() == other.translations.keys()


def _gold(folder: Path) -> Iterator[Pair]:
    for name in sorted(LANGUAGES, key=lambda name: name == _RETOLD):
        for document in read_gold(folder / name):
            relation = _retold(document) if name == _RETOLD else Relation.STRICT
            for with_mt in (True, False) if document.src_mt or document.tgt_mt else (False,):
                src, tgt = gold_sides(document, LANGUAGES[name], with_mt)
                # NTREX is one text in many languages.
                group = f"{'ntrex' if name.startswith('ntrex') else name}/{document.name}"
                yield Pair(group, src, tgt, document.gold, relation)


def _retold(document: GoldDocument) -> Relation:
    return Relation.FREE if min(document.coverage) >= _FREE else Relation.SAME_EVENT


def _comparable() -> Iterator[Pair]:
    for document in read_gold(_COMPARABLE / "tuning"):
        for with_english in (True, False):
            src, tgt = gold_sides(document, document.langs, with_english)
            yield Pair(f"comparable/{document.name}", src, tgt, document.gold, Relation.SAME_EVENT)


def _other_events() -> Iterator[Pair]:
    """Either side of a pair of ours and a text on the same theme that tells of another event."""
    for document in read_gold(_COMPARABLE / "tuning"):
        path = _COMPARABLE / "other-events" / f"{document.name}.txt"
        if not path.exists():
            continue
        texts, (lang,), english = (read_lines(path.with_suffix(suffix)) for suffix in (".txt", ".lang", ".en"))
        for with_english in (True, False):
            src, tgt = gold_sides(document, document.langs, with_english)
            other = Side(texts, lang, {"en": english} if with_english else {})
            yield _strangers_pair(f"comparable/{document.name}", src, other)
            yield _strangers_pair(f"comparable/{document.name}", other, tgt)


def _samples() -> Iterator[Pair]:
    for src, tgt, relation in _SAMPLES:
        yield Pair(
            f"sources/{src}", _sample(src), _sample(tgt), () if relation == Relation.UNRELATED else None, relation
        )


def _sample(name: str) -> Side:
    segments = segment(read(_ROOT / "sources" / name))
    return Side([item.text for item in segments if item.flag is None], document_language(segments))


def _talks(path: Path, sentences: Path) -> Iterator[Pair]:
    """The same talk by different translators, its English on both sides; without the originals as well."""
    talks = _read_talks(path)
    names = sorted(talks)
    foreign = _foreign(*_parallel_file(sentences))
    for number, (english, target, originals) in enumerate(_TRANSLATORS):
        for talk in names:
            lines = talks[talk]
            translations = {"en": lines[english]} if english else {}
            src = Side(lines["source"], "zh-Hans" if originals else "und", translations)
            tgt = Side(lines[target], "en")
            strangers = foreign[0] if english else replace(foreign[0], translations={})
            change = _CHANGES[(number + names.index(talk)) % len(_CHANGES)]
            yield _derived(f"ted/{talk}", (src, tgt), (strangers, foreign[1]), change, 100 * number + names.index(talk))


def _read_talks(path: Path) -> dict[str, dict[str, list[str]]]:
    """By talk, then by translator ("source" for the original): a line a segment."""
    lines: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for who, text in (("source", row["source"]), (row["system"], row["target"])):
                plain = text.replace("<v>", "").replace("</v>", "").strip()
                lines[row["doc"]][who].setdefault(int(row["seg_id"]), plain)
    return {
        talk: {who: [text for _, text in sorted(found.items())] for who, found in by.items()}
        for talk, by in lines.items()
    }


def _sentences(folder: Path) -> Iterator[Pair]:
    """FLORES, whose neighbouring sentences belong together, and Tatoeba, whose do not, across languages."""
    files = sorted([*folder.glob("flores-dev.*.tsv"), *folder.glob("tatoeba-*.tsv")])
    for number, path in enumerate(files):
        src, tgt = _parallel_file(path)
        for part in range(2):
            size = 60 + 40 * part
            start = 400 * part
            own = _cut(replace(src, translations={}), start, start + size), _cut(tgt, start, start + size)
            foreign = _foreign(src, tgt)
            group = f"{path.name.split('.')[0]}/{part}"
            yield _derived(group, own, foreign, _CHANGES[(number + part) % len(_CHANGES)], 1000 + 2 * number + part)


def _parallel_file(path: Path) -> tuple[Side, Side]:
    texts, english = read_columns(path)
    return Side(texts, _LANGUAGES[path.suffixes[-2][1:3]], {"en": english}), Side(english, "en")


def _foreign(src: Side, tgt: Side) -> tuple[Side, Side]:
    """What is inserted, never the same on the two sides of any pair."""
    return _cut(src, 800, 900), _cut(tgt, 900, 990)


def _derived(group: str, sides: tuple[Side, Side], foreign: tuple[Side, Side], change: Change, seed: int) -> Pair:
    """Two documents out of parallel ones: what was one sentence may be half of one, gone, or elsewhere."""
    random = np.random.default_rng(seed)
    n = len(sides[0].texts)
    orders = [list(range(n)), list(range(n))]
    if change.move:
        size = int(random.integers(n // 10, n // 5))
        start, place = int(random.integers(0, n - size)), int(random.integers(0, n - size))
        block = orders[1][start : start + size]
        rest = orders[1][:start] + orders[1][start + size :]
        orders[1] = rest[:place] + block + rest[place:]
    groups = [_grouped(order, change, random) for order in orders]
    strangers = [_strangers(len(groups[side]), len(foreign[side].texts), change, random) for side in (0, 1)]
    built = [_built(sides[side], foreign[side], groups[side], strangers[side]) for side in (0, 1)]
    return Pair(group, built[0][0], built[1][0], _beads(built[0][1], built[1][1]), Relation.STRICT)


def _grouped(order: Sequence[int], change: Change, random: np.random.Generator) -> list[list[int]]:
    groups: list[list[int]] = []
    for row in order:
        if random.random() < change.drop:
            continue
        if groups and random.random() < change.merge:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _strangers(places: int, supply: int, change: Change, random: np.random.Generator) -> list[list[int]]:
    """Which foreign lines follow each place."""
    return [[int(random.integers(supply))] if random.random() < change.insert else [] for _ in range(places)]


def _built(
    own: Side, foreign: Side, groups: Sequence[list[int]], strangers: Sequence[list[int]]
) -> tuple[Side, list[list[int]]]:
    """The new side, and which of the old lines each of its segments holds."""
    members: list[list[int]] = []
    texts: list[str] = []
    translations: dict[str, list[str]] = {lang: [] for lang in own.translations}
    for group, after in zip(groups, strangers, strict=True):
        for side, lines, holds in ((own, group, group), *((foreign, [line], []) for line in after)):
            members.append(list(holds))
            texts.append(_joined([side.texts[line] for line in lines], own.lang))
            for lang, found in translations.items():
                found.append(_joined([side.translations[lang][line] for line in lines], lang))
    return Side(texts, own.lang, translations), members


def _joined(texts: Sequence[str], lang: str) -> str:
    return ("" if lang in _SPACELESS else " ").join(texts)


def _beads(src: Sequence[list[int]], tgt: Sequence[list[int]]) -> tuple[BeadIndices, ...]:
    """Segments that hold a line in common, directly or by way of others; null beads for the rest."""
    where = {line: j for j, lines in enumerate(tgt) for line in lines}
    beads: list[tuple[set[int], set[int]]] = []
    for i, lines in enumerate(src):
        found = {i}, {where[line] for line in lines if line in where}
        for bead in [bead for bead in beads if bead[1] & found[1]]:
            beads.remove(bead)
            found = found[0] | bead[0], found[1] | bead[1]
        beads.append(found)
    linked = {j for _, columns in beads for j in columns}
    beads += [(set(), {j}) for j in range(len(tgt)) if j not in linked]
    return tuple((tuple(sorted(rows)), tuple(sorted(columns))) for rows, columns in beads)


def _unrelated(related: Sequence[Pair]) -> Iterator[Pair]:
    """Each document with the counterpart of one further on and of one anywhere, and each half with the other half."""
    across = [related[i] for i in np.random.default_rng(0).permutation(len(related))]
    # Neighbours of DEplain retell one text now and then.
    for one, other in (*zip(related, related[_APART:], strict=False), *pairwise(across)):
        if one.group.split("/")[1] != other.group.split("/")[1]:
            yield _strangers_pair(one.group, _cut(one.src, 0, _LONGEST), _cut(other.tgt, 0, _LONGEST))
    for pair in related:
        if not pair.group.startswith(("flores", "tatoeba")):
            yield from _halves(pair)


def _halves(pair: Pair) -> Iterator[Pair]:
    """Passages of one document that say different things, by its gold."""
    if len(pair.src.texts) < 40:
        return
    middle = len(pair.src.texts) // 2
    first = {j for src, tgt in pair.gold or () if src and min(src) < middle for j in tgt}
    later = [j for j in range(len(pair.tgt.texts)) if j not in first][:_LONGEST]
    if len(later) > 10:
        yield _strangers_pair(pair.group, _cut(pair.src, max(0, middle - _LONGEST), middle), _chosen(pair.tgt, later))


def _strangers_pair(group: str, src: Side, tgt: Side) -> Pair:
    return Pair(group, src, tgt, (), Relation.UNRELATED)


def _cut(side: Side, start: int, end: int) -> Side:
    return _chosen(side, range(start, min(end, len(side.texts))))


def _chosen(side: Side, lines: Iterable[int]) -> Side:
    kept = list(lines)
    translations = {lang: [texts[i] for i in kept] for lang, texts in side.translations.items()}
    draft = [side.draft[i] for i in kept] if side.draft else ()
    return Side([side.texts[i] for i in kept], side.lang, translations, draft)
