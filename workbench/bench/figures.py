"""Every figure of the docs in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.align.evaluation import GoldDocument
from workbench.bench.accuracy import (
    LEGEND,
    Evaluation,
    Row,
    derived_set,
    gold_set,
    read_noise,
    summary_table,
    translated,
)
from workbench.errors import InputError
from workbench.lang import primary

# The languages of the development sets that have no .lang files.
LANGUAGES = {
    "text-berg": ("de", "fr"),
    "mag": ("en", "zh-Hans"),
    "deplain-web": ("de", "de"),
    "ntrex-fr-zht": ("fr", "zh-Hant"),
    "ntrex-fr-zhs": ("fr", "zh-Hans"),
    "ntrex-es-ja": ("es", "ja"),
    "ntrex-pt-ko": ("pt", "ko"),
}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where gold is found; what is not there is left out.

    `sets`: a folder of gold sets; `lines`: a folder of flores-dev.XX-en.tsv and flores-devtest.XX-en.tsv, each line a
    text TAB its English; `comparable`: a folder of gold sets in several languages each.
    """

    sets: Path
    lines: Path
    comparable: Path


def report(evaluation: Evaluation, sources: Sources) -> Iterator[str]:
    """A Markdown table a group of texts, each after what its figures rest on. Raises InputError without any gold."""
    groups = list(_gold_sets(evaluation, sources))
    if not groups:
        raise InputError(f"{sources.sets} holds no gold sets; expected folders of NAME.src, NAME.tgt and NAME.gold")
    for group in (*groups, *_derived(evaluation, sources), *_comparable(evaluation, sources)):
        yield (
            f"{group.title} ({group.evaluation.signature(group.documents, group.with_mt)})\n\n"
            f"{summary_table(list(group.rows))}\n"
        )
    yield LEGEND


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    evaluation: Evaluation
    documents: Sequence[GoldDocument]
    with_mt: bool
    rows: Iterable[Row]  # computed when they are asked for


def _gold_sets(evaluation: Evaluation, sources: Sources) -> Iterator[_Group]:
    for folder in _sets(sources.sets):
        documents = gold_set(folder, LANGUAGES.get(folder.name, (None, None)))
        noise = _noise(documents, sources.lines)
        title = f"{folder.name}, noise from FLORES dev" if noise else folder.name
        for with_mt in _conditions(documents):
            yield _Group(title, evaluation, documents, with_mt, evaluation.robustness(documents, with_mt, noise))


def _derived(evaluation: Evaluation, sources: Sources) -> Iterator[_Group]:
    for part in ("dev", "devtest"):
        files = [sources.lines / f"flores-{part}.{lang}-en.tsv" for lang in ("fr", "zh")]
        if all(file.exists() for file in files):
            documents = derived_set(files[0], files[1], ("fr", "zh-Hans"))
            title = f"derived from {files[0].name} and {files[1].name}"
            yield _Group(title, evaluation, documents, False, evaluation.each(documents, with_mt=False))


def _comparable(evaluation: Evaluation, sources: Sources) -> Iterator[_Group]:
    for folder in _sets(sources.comparable):
        title, documents = f"comparable, {folder.name}", gold_set(folder)
        for with_mt in _conditions(documents):
            yield _Group(title, evaluation, documents, with_mt, evaluation.each(documents, with_mt))
        here = replace(evaluation, translate=True)
        yield _Group(title, here, documents, False, here.each(documents, with_mt=False))


def _sets(folder: Path) -> list[Path]:
    return sorted({path.parent for path in folder.glob("*/*.gold")})


def _conditions(documents: Sequence[GoldDocument]) -> tuple[bool, ...]:
    """With a set's translations and without, or only without where it has none."""
    return (True, False) if translated(documents) else (False,)


def _noise(documents: Sequence[GoldDocument], lines: Path) -> list[str]:
    """Foreign sentences for a set whose only document has no other to take them from."""
    langs = documents[0].langs
    file = lines / f"flores-dev.{primary(langs[1])}-en.tsv" if langs else lines
    return read_noise(file) if len(documents) == 1 and file.is_file() else []
