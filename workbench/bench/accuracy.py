"""How well the aligner does on gold sets: as they are, perturbed, and beside two baselines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from workbench import __version__
from workbench.align import Options, View, align
from workbench.align.baselines import gale_church, margin
from workbench.align.evaluation import PRF, BeadIndices, GoldDocument, Scores, read_gold, read_lines, score
from workbench.align.perturb import KINDS, NOISE, one_copy, perturbed
from workbench.align.similarity import by_kind
from workbench.beads import gold_sides
from workbench.datatypes import Progress, silent
from workbench.embed import Memory
from workbench.embed.encoder import unit
from workbench.errors import InputError
from workbench.evidence import Encoders, Side, views
from workbench.lang import canonical
from workbench.models import Models

Method = Callable[[Side, Side, Sequence[View]], list[BeadIndices]]


def ours(src: Side, tgt: Side, found: Sequence[View]) -> list[BeadIndices]:
    return [(bead.src, bead.tgt) for bead in align(found, len(src.texts), len(tgt.texts)).beads]


def by_lengths(src: Side, tgt: Side, found: Sequence[View]) -> list[BeadIndices]:
    return gale_church(src.texts, tgt.texts)


def by_margin(src: Side, tgt: Side, found: Sequence[View]) -> list[BeadIndices]:
    """On the vectors of the English of both where there is any, else on those of the originals."""
    kinds = by_kind(found)
    vectors = kinds.get("english") or kinds.get("meaning")
    return margin(unit(vectors[0]), unit(vectors[1])) if vectors else []


METHODS: dict[str, Method] = {"ours": ours, "Gale-Church": by_lengths, "margin": by_margin}


@dataclass(frozen=True)
class Evaluation:
    """Runs methods over documents; every text is embedded once, however often it is aligned."""

    models: Models
    progress: Progress = silent

    @cached_property
    def _encoders(self) -> Encoders:
        return self.models.encoders(Memory())

    def alignments(
        self, documents: Sequence[GoldDocument], with_mt: bool, methods: Sequence[str] = tuple(METHODS)
    ) -> dict[str, list[list[BeadIndices]]]:
        """What each method makes of each document."""
        found: dict[str, list[list[BeadIndices]]] = {method: [] for method in methods}
        for done, document in enumerate(documents, 1):
            src, tgt = gold_sides(document, _tags(document), with_mt)
            evidence = views(src, tgt, self._encoders)
            for method in methods:
                found[method].append(METHODS[method](src, tgt, evidence))
            self.progress("aligning", done, len(documents))
        return found

    def scores(self, documents: Sequence[GoldDocument], with_mt: bool) -> dict[str, Scores]:
        """The scores of each method over all documents."""
        golds = [document.gold for document in documents]
        return {
            method: score(zip(golds, tests, strict=True))
            for method, tests in self.alignments(documents, with_mt).items()
        }

    def robustness(
        self, documents: Sequence[GoldDocument], with_mt: bool, noise: Sequence[str] = ()
    ) -> Iterator[tuple[str, dict[str, Scores]]]:
        """The scores unperturbed, then under each perturbation that can be made.

        Foreign sentences come from the other documents of the set, else from `noise`; without enough of them there
        is no noise.
        """
        yield "unperturbed", self.scores(documents, with_mt)
        for kind in KINDS:
            changed = []
            for document in documents:
                foreign = _foreign(document, documents, noise) if kind == "noise" else None
                if kind == "noise" and len(foreign.tgt if foreign else ()) < round(NOISE * len(document.tgt)):
                    break
                changed.append(perturbed(document, kind, foreign))
            if len(changed) < len(documents):
                continue
            found = self.alignments(changed, with_mt)
            yield (
                kind,
                {
                    method: score(
                        (one_copy(new.gold, len(old.tgt)), one_copy(test, len(old.tgt)))
                        if kind == "duplicate"
                        else (new.gold, test)
                        for old, new, test in zip(documents, changed, tests, strict=True)
                    )
                    for method, tests in found.items()
                },
            )

    def signature(self, documents: Sequence[GoldDocument]) -> str:
        """Everything that a figure on these documents rests on, so that it can be made again."""
        segments = sum(len(document.src) for document in documents), sum(len(document.tgt) for document in documents)
        return (
            f"workbench {__version__}, {self._encoders.signature}, options:{_digest(Options())}, "
            f"gold:{_digest(documents)} ({len(documents)} documents, {segments[0]} x {segments[1]} segments)"
        )


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
    if langs[0] and langs[1]:
        return [replace(document, langs=(langs[0], langs[1])) for document in documents]
    return documents


def _foreign(document: GoldDocument, documents: Sequence[GoldDocument], noise: Sequence[str]) -> GoldDocument:
    """Segments in the target's language that are none of the document's."""
    others = [other for other in documents if other.name != document.name and _tags(other)[1] == _tags(document)[1]]
    if not others:
        return GoldDocument("noise", (), tuple(noise), ())

    def joined(lines: Callable[[GoldDocument], tuple[str, ...] | None]) -> tuple[str, ...] | None:
        parts = [lines(other) for other in others]
        return tuple(line for part in parts for line in part or ()) if all(parts) else None

    return GoldDocument(
        "noise",
        (),
        joined(lambda other: other.tgt) or (),
        (),
        tgt_mt=joined(lambda other: other.tgt_mt),
        tgt_en=joined(lambda other: other.tgt_en),
    )


def read_noise(path: Path) -> list[str]:
    """Sentences, one a line; of a tab-separated file the first column. Raises InputError where it cannot be read."""
    try:
        return [line.split("\t")[0] for line in read_lines(path)]
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); expected a sentence a line") from error


# --- tables -------------------------------------------------------------------------------------------------


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table that reads well as text too: the first column to the left, figures to the right."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    rule = [":" + "-" * (width - 1) if i == 0 else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return "\n".join([line(header), line(rule), *map(line, rows)])


_FIGURES: dict[str, Callable[[Scores], PRF]] = {
    "strict": lambda scores: scores.strict,
    "lax": lambda scores: scores.lax,
    "bead": lambda scores: scores.bead,
    "link": lambda scores: scores.link,
    "found": lambda scores: scores.found,
    "null": lambda scores: scores.null,
}


def accuracy_table(scores: dict[str, Scores]) -> str:
    """A line a figure; precision, recall and F1 of each method."""
    header = ["", *(f"{method} {part}" for method in scores for part in ("P", "R", "F1"))]
    rows = [
        [figure, *(f"{value:.3f}" for s in scores.values() for value in _prf(of(s)))] for figure, of in _FIGURES.items()
    ]
    return markdown(header, rows)


def _prf(figure: PRF) -> tuple[float, float, float]:
    return figure.precision, figure.recall, figure.f1


def robustness_table(results: Sequence[tuple[str, dict[str, Scores]]]) -> str:
    """A line a perturbation; F1 scores, and how much link F1 is lost against the first line (lower is better)."""
    header = ["", "strict", "lax", "link", "loss", *(f"{method} link" for method in list(METHODS)[1:])]
    whole = results[0][1]["ours"].link.f1
    rows = []
    for name, scores in results:
        mine = scores["ours"]
        figures = [mine.strict.f1, mine.lax.f1, mine.link.f1, whole - mine.link.f1]
        rows.append([name, *(f"{value:.3f}" for value in [*figures, *(scores[m].link.f1 for m in list(METHODS)[1:])])])
    return markdown(header, rows)
