"""Every figure of the docs in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.align.evaluation import GoldDocument
from workbench.bench.accuracy import LEGEND, Evaluation, Row, derived_set, gold_set, read_noise, summary_table
from workbench.errors import InputError
from workbench.lang import primary

# The languages of the development sets that have no .lang files.
_LANGUAGES = {
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
    """A Markdown table a group of texts, each followed by what its figures rest on."""
    groups = 0
    for title, documents, rows in _groups(evaluation, sources):
        groups += 1
        yield f"{title} ({evaluation.signature(documents)})\n\n{summary_table(list(rows))}\n"
    if not groups:
        raise InputError(f"{sources.sets} holds no gold sets; expected folders of NAME.src, NAME.tgt and NAME.gold")
    yield LEGEND


def _groups(evaluation: Evaluation, sources: Sources) -> Iterator[tuple[str, Sequence[GoldDocument], Iterator[Row]]]:
    for folder in _sets(sources.sets):
        documents = gold_set(folder, _LANGUAGES.get(folder.name, (None, None)))
        noise = _noise(documents, sources.lines)
        for given, with_mt in _conditions(documents):
            yield f"{folder.name}, {given}", documents, evaluation.robustness(documents, with_mt, noise)
    for part in ("dev", "devtest"):
        files = [sources.lines / f"flores-{part}.{lang}-en.tsv" for lang in ("fr", "zh")]
        if all(file.exists() for file in files):
            documents = derived_set(files[0], files[1], ("fr", "zh-Hans"))
            rows = iter([Row("fr-zh direct", evaluation.scores(documents, with_mt=False))])
            yield f"derived from {files[0].name} and {files[1].name}", documents, rows
    for folder in _sets(sources.comparable):
        documents = gold_set(folder)
        for given, with_mt in _conditions(documents):
            yield f"comparable/{folder.name}, {given}", documents, evaluation.each(documents, with_mt)


def _sets(folder: Path) -> list[Path]:
    return sorted({path.parent for path in folder.glob("*/*.gold")})


def _conditions(documents: Sequence[GoldDocument]) -> list[tuple[str, bool]]:
    """With a set's translations and without, or only without where it has none."""
    translated = any(d.src_mt or d.tgt_mt or d.src_en or d.tgt_en for d in documents)
    return [("its own translations", True), ("no translations", False)] if translated else [("no translations", False)]


def _noise(documents: Sequence[GoldDocument], lines: Path) -> list[str]:
    """Foreign sentences for a set whose only document has no other to take them from."""
    langs = documents[0].langs
    file = lines / f"flores-dev.{primary(langs[1])}-en.tsv" if langs else lines
    return read_noise(file) if len(documents) == 1 and file.is_file() else []
