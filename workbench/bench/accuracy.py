"""How well the aligner does on gold sets: as they are, perturbed, and beside two baselines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from workbench import __version__, embed
from workbench.align import Options, View, Wording, kept
from workbench.align.evaluation import PRF, BeadIndices, GoldDocument, Scores, read_gold, read_lines, score
from workbench.align.perturb import KINDS, NOISE, one_copy, perturbed
from workbench.align.similarity import by_kind
from workbench.bench.baselines import gale_church, margin
from workbench.bench.derived import derived_documents
from workbench.bench.pairs import read_pairs
from workbench.bench.tables import markdown
from workbench.datatypes import Progress, silent
from workbench.embed.encoder import unit
from workbench.errors import InputError
from workbench.lang import canonical, primary
from workbench.translate import Memory, TranslationCache
from workbench.wiring.beads import aligned, gold_sides, in_english
from workbench.wiring.evidence import Encoders, Side, views, wording
from workbench.wiring.models import Models

Method = Callable[[Side, Side, Sequence[View], Wording], list[BeadIndices]]


def ours(src: Side, tgt: Side, found: Sequence[View], tokens: Wording, related: bool = False) -> list[BeadIndices]:
    beads = aligned(src, tgt, found, tokens, related).beads
    return [(bead.src, bead.tgt) for bead in kept(beads)]


def by_lengths(src: Side, tgt: Side, found: Sequence[View], tokens: Wording) -> list[BeadIndices]:
    return gale_church(src.texts, tgt.texts)


def by_margin(src: Side, tgt: Side, found: Sequence[View], tokens: Wording) -> list[BeadIndices]:
    """On the vectors of the English of both where there is any, else on those of the originals."""
    kinds = by_kind(found)
    vectors = kinds.get("english") or kinds.get("meaning")
    return margin(unit(vectors[0]), unit(vectors[1])) if vectors else []


METHODS: dict[str, Method] = {"ours": ours, "Gale-Church": by_lengths, "margin": by_margin}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary. `loss`: of our link F1 against the text as it was, lower is better."""

    name: str
    scores: Mapping[str, Scores]
    loss: float | None = None


@dataclass(frozen=True)
class Evaluation:
    """Runs methods over documents; every text is embedded once, however often it is aligned.

    `related`: ours is told that both sides tell of one thing. `translate`: English is made by the models
    here, and a set's own translations are left aside.
    """

    models: Models
    progress: Progress = silent
    related: bool = False
    translate: bool = False

    @cached_property
    def _encoders(self) -> Encoders:
        return self.models.encoders(embed.Memory())

    def alignments(self, documents: Sequence[GoldDocument], with_mt: bool) -> dict[str, list[list[BeadIndices]]]:
        """What each method makes of each document."""
        methods = METHODS | {"ours": partial(ours, related=self.related)}
        found: dict[str, list[list[BeadIndices]]] = {method: [] for method in methods}
        for done, document in enumerate(documents, 1):
            src, tgt = self.sides(document, with_mt)
            evidence, tokens = views(src, tgt, self._encoders), wording(src, tgt, self._encoders)
            for name, method in methods.items():
                found[name].append(method(src, tgt, evidence, tokens))
            self.progress("aligning", done, len(documents))
        return found

    @cached_property
    def _english(self) -> TranslationCache:
        return Memory()

    def sides(self, document: GoldDocument, with_mt: bool) -> tuple[Side, Side]:
        """A document as it is aligned."""
        src, tgt = gold_sides(document, _tags(document), with_mt and not self.translate)
        if not self.translate:
            return src, tgt
        return in_english(src, self.models, self._english), in_english(tgt, self.models, self._english)

    def scores(self, documents: Sequence[GoldDocument], with_mt: bool) -> dict[str, Scores]:
        """The scores of each method over all documents."""
        return scored(documents, self.alignments(documents, with_mt))

    def each(self, documents: Sequence[GoldDocument], with_mt: bool) -> Iterator[Row]:
        """The scores of all documents, then of each."""
        alignments = self.alignments(documents, with_mt)
        yield Row("all", scored(documents, alignments))
        for number, document in enumerate(documents):
            yield Row(document.name, scored([document], {m: [tests[number]] for m, tests in alignments.items()}))

    def robustness(self, documents: Sequence[GoldDocument], with_mt: bool, noise: Sequence[str]) -> Iterator[Row]:
        """The scores unperturbed, then under each perturbation.

        Foreign sentences are `noise`, else those of the set's other documents; without enough of them there is no
        noise.
        """
        whole = self.scores(documents, with_mt)
        yield Row("unperturbed", whole)
        foreign = {document.name: foreign_segments(document, documents, noise) for document in documents}
        enough = all(len(foreign[d.name].tgt) >= round(NOISE * len(d.tgt)) for d in documents)
        for kind in KINDS if enough else [kind for kind in KINDS if kind != "noise"]:
            changed = [perturbed(document, kind, foreign[document.name]) for document in documents]
            found = self.alignments(changed, with_mt)
            if kind == "duplicate":
                sizes = [len(document.tgt) for document in documents]
                changed = [
                    replace(new, gold=tuple(one_copy(new.gold, m))) for new, m in zip(changed, sizes, strict=True)
                ]
                found = {
                    method: [one_copy(test, m) for test, m in zip(tests, sizes, strict=True)]
                    for method, tests in found.items()
                }
            scores = scored(changed, found)
            yield Row(kind, scores, whole["ours"].link.f1 - scores["ours"].link.f1)

    def signature(self, documents: Sequence[GoldDocument], with_mt: bool) -> str:
        """Everything that a figure on these documents rests on, so that it can be made again."""
        segments = sum(len(document.src) for document in documents), sum(len(document.tgt) for document in documents)
        given = "with its own translations" if with_mt and translated(documents) else "without translations"
        if self.translate:
            langs = sorted({lang for document in documents for lang in _tags(document)})
            used = dict.fromkeys(package.model_id for lang in langs for package in self.models.route(lang) or ())
            given = f"translated by {' '.join(used)}"
        given += ", said to be related" if self.related else ""
        return (
            f"{', '.join(sorted({' to '.join(_tags(document)) for document in documents}))}, {given}; "
            f"workbench {__version__}, {self._encoders.signature}, options:{_digest(Options())}, "
            f"gold:{_digest([replace(document, langs=None) for document in documents])}, "
            f"{len(documents)} documents, {segments[0]} x {segments[1]} segments"
        )


def translated(documents: Sequence[GoldDocument]) -> bool:
    """Whether a gold set comes with translations."""
    return any(d.src_mt or d.tgt_mt or d.src_en or d.tgt_en for d in documents)


def scored(
    documents: Sequence[GoldDocument], alignments: Mapping[str, Sequence[Sequence[BeadIndices]]]
) -> dict[str, Scores]:
    """The scores of each method over all documents."""
    golds = [document.gold for document in documents]
    return {method: score(zip(golds, tests, strict=True)) for method, tests in alignments.items()}


def _digest(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:12]


def _tags(document: GoldDocument) -> tuple[str, str]:
    if document.langs is None:
        raise InputError(
            f"the languages of {document.name} are not known; name them with --src-lang and --tgt-lang "
            f"or in a file {document.name}.lang"
        )
    return canonical(document.langs[0]), canonical(document.langs[1])


def gold_set(folder: Path, langs: tuple[str | None, str | None] = (None, None)) -> list[GoldDocument]:
    """The documents of a folder, in the languages given, which overrule its .lang files. Raises InputError."""
    documents = read_gold(folder)
    if bool(langs[0]) != bool(langs[1]):
        raise InputError("one of two languages was named; name both with --src-lang and --tgt-lang, or neither")
    if langs[0] and langs[1]:
        return [replace(document, langs=(langs[0], langs[1])) for document in documents]
    return documents


def derived_set(first: Path, second: Path, langs: tuple[str, str]) -> list[GoldDocument]:
    """Documents from two files of `text TAB English` lines, made parallel by their English.

    Raises InputError where a file is not of that form or hardly anything is common to both.
    """
    src, tgt = ({english: text for text, english in read_pairs(path)} for path in (first, second))
    shared = [english for english in src if english in tgt]
    documents = derived_documents(
        first.name.split(".")[0],
        [src[english] for english in shared],
        [tgt[english] for english in shared],
        (_joint(langs[0]), _joint(langs[1])),
    )
    if not documents:
        raise InputError(f"{first} and {second} share {len(shared)} English lines, too few to make a document of")
    return [replace(document, langs=langs) for document in documents]


def _joint(lang: str) -> str:
    """What stands between two sentences."""
    return "" if primary(canonical(lang)) in ("zh", "ja") else " "


def foreign_segments(document: GoldDocument, documents: Sequence[GoldDocument], noise: Sequence[str]) -> GoldDocument:
    """Segments in the target's language that are none of the document's."""
    if noise:
        return GoldDocument("noise", (), tuple(noise), ())
    others = [other for other in documents if other.name != document.name and _tags(other)[1] == _tags(document)[1]]

    def joined(lines: Callable[[GoldDocument], tuple[str, ...] | None]) -> tuple[str, ...] | None:
        parts = [lines(other) for other in others]
        return tuple(line for part in parts if part for line in part) if all(parts) else None

    return GoldDocument(
        "noise",
        (),
        joined(lambda other: other.tgt) or (),
        (),
        tgt_mt=joined(lambda other: other.tgt_mt),
        tgt_en=joined(lambda other: other.tgt_en),
    )


def read_noise(path: Path) -> list[str]:
    """Sentences, one a line; of a tab-separated file the first column."""
    return [line.split("\t")[0] for line in read_lines(path)]


# --- tables -------------------------------------------------------------------------------------------------


LEGEND = """strict, lax: as vecalign counts them, null beads included in the precision. bead: links just as in the gold.
link: pairs of segments. found: links that share a pair of segments with a link of the gold. null: segments without a
counterpart; its recall (left alone) is the share of them that is linked to nothing. 0: nothing to be counted."""

_FIGURES: dict[str, Callable[[Scores], PRF]] = {
    "strict": lambda scores: scores.strict,
    "lax": lambda scores: scores.lax,
    "bead": lambda scores: scores.bead,
    "link": lambda scores: scores.link,
    "found": lambda scores: scores.found,
    "null": lambda scores: scores.null,
}


def accuracy_table(scores: Mapping[str, Scores]) -> str:
    """A line a figure; precision, recall and F1 of each method."""
    header = ["", *(f"{method} {part}" for method in scores for part in ("P", "R", "F1"))]
    rows = [
        [figure, *(f"{value:.3f}" for s in scores.values() for value in _prf(of(s)))] for figure, of in _FIGURES.items()
    ]
    return markdown(header, rows)


def _prf(figure: PRF) -> tuple[float, float, float]:
    return figure.precision, figure.recall, figure.f1


def summary_table(rows: Sequence[Row]) -> str:
    """A line a text, mostly F1: ours, then the baselines' link F1."""
    return markdown(SUMMARY, [_summary(row) for row in rows])


_BASELINES = [method for method in METHODS if method != "ours"]
SUMMARY = [
    *("", "strict", "lax", "bead", "link", "loss", "found P", "found R", "left alone"),
    *(f"{method} link" for method in _BASELINES),
]


def _summary(row: Row) -> list[str]:
    s = row.scores["ours"]
    before = [s.strict.f1, s.lax.f1, s.bead.f1, s.link.f1]
    after = [s.found.precision, s.found.recall, s.null.recall, *(row.scores[m].link.f1 for m in _BASELINES)]
    loss = "" if row.loss is None else f"{row.loss:.3f}"
    return [row.name, *(f"{value:.3f}" for value in before), loss, *(f"{value:.3f}" for value in after)]
