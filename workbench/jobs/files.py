"""Which files a batch run is about: a manifest of pairs, or a folder of documents."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath

from workbench.errors import InputError
from workbench.ingest.decode import text_of
from workbench.lang import canonical, display_name, primary
from workbench.wiring.batching import PairOfFiles, Version
from workbench.wiring.intake import readable

_COLUMNS = {
    "source": {"source", "src", "source file", "src_file", "source_file"},
    "target": {"target", "tgt", "target file", "tgt_file", "target_file"},
    "source_lang": {"source_lang", "src_lang", "source language"},
    "target_lang": {"target_lang", "tgt_lang", "target language"},
    "id": {"id", "pair", "pair_id"},
}
MANIFESTS = (".csv", ".tsv", ".jsonl")
# What a country is called where its language is meant.
_COUNTRIES = {"jp": "ja", "kr": "ko", "tw": "zh-Hant", "cz": "cs"}
_BETWEEN = re.compile(r"[.\s]+|[_-](?![A-Z]{2}\b|Han[st]\b)")


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of a manifest that names no pair, and why."""

    line: int
    reason: str


def read_manifest(path: Path) -> tuple[list[PairOfFiles], list[Refused]]:
    """The pairs of a .csv, .tsv or .jsonl file, and the lines that cannot be used.

    Columns (or keys) are `source` and `target`, and, where wanted, `source_lang`, `target_lang` and `id`; without a
    header they stand in this order. Files are looked for from the manifest's folder. Raises InputError where nothing
    can be made of the file.
    """
    suffix = path.suffix.lower()
    if suffix not in MANIFESTS:
        raise InputError(f"{path.name}: a manifest is a {', '.join(MANIFESTS)} file; or name a folder of documents")
    try:
        text = _text(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error}); name a manifest or a folder") from error
    lines = _json_lines(text) if suffix == ".jsonl" else _table_lines(text, "\t" if suffix == ".tsv" else _comma(text))
    return _pairs(lines, path.parent.resolve())


def _text(data: bytes) -> str:
    """UTF-8 as it is, since names that were garbled on a disk are garbled in a manifest; else what a spreadsheet wrote
    in the encoding of its country."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text_of(data)


_Line = tuple[int, Mapping[str, str] | str]  # its number, and its cells by name or what is wrong with it


def _pairs(lines: Iterator[_Line], folder: Path) -> tuple[list[PairOfFiles], list[Refused]]:
    pairs: dict[str, PairOfFiles] = {}
    refused = []
    for number, cells in lines:
        try:
            pair = _pair(cells, folder)
            if pair.id in pairs:
                raise InputError(f"the pair {pair.id} was named before; give it another id, or leave it out")
            pairs[pair.id] = pair
        except InputError as error:
            refused.append(Refused(number, str(error)))
    return list(pairs.values()), refused


def _pair(cells: Mapping[str, str] | str, folder: Path) -> PairOfFiles:
    if isinstance(cells, str):
        raise InputError(cells)
    src, tgt = cells.get("source", ""), cells.get("target", "")
    if not src or not tgt:
        raise InputError(f"a pair needs a source and a target file, got {src or 'none'} and {tgt or 'none'}")
    langs = [canonical(cells[name]) if cells.get(name) else "" for name in ("source_lang", "target_lang")]
    versions = [Version(str(folder / file), lang) for file, lang in zip((src, tgt), langs, strict=True)]
    return PairOfFiles(storable(cells.get("id") or f"{src} | {tgt}"), versions[0], versions[1])


def _json_lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                said = json.loads(line)
                names = {_column(str(key)): str(value).strip() for key, value in said.items() if value is not None}
                yield number, names
            except (ValueError, AttributeError, RecursionError):
                yield number, "this line is no JSON object; expected one with source and target"


def _comma(text: str) -> str:
    """What stands between the fields of a .csv file: spreadsheets of many countries write semicolons."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if first.count(";") > first.count(",") else ","


def _table_lines(text: str, delimiter: str) -> Iterator[_Line]:
    rows = csv.reader(StringIO(text), delimiter=delimiter)  # by line feeds alone: names may hold other line ends
    names: Sequence[str] = list(_COLUMNS)
    first = True
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or (first and cells[0].lower() == "sep="):  # so spreadsheets are told what separates
                continue
            found = [_column(cell) for cell in cells]
            if first and {"source", "target"} <= set(found):
                names = found
            else:
                yield rows.line_num, dict(zip(names, cells, strict=False))
            first = False
    except csv.Error as error:
        yield rows.line_num, f"the table cannot be read from here on ({error})"


def _column(name: str) -> str:
    lowered = name.strip().lower()
    return next((column for column, names in _COLUMNS.items() if lowered in names), lowered)


def documents_in(folder: Path) -> dict[str, Version]:
    """The files of a folder that can be read, at any depth, by their path within it; hidden ones are left out.

    A link is read by its own name, wherever it leads (an annex may call the file otherwise); two ways to one file are
    one document.
    """
    root, found = folder.resolve(), dict[Path, Path]()
    for path in readable(root):
        found.setdefault(path.resolve(), path)
    return {storable(path.relative_to(root).as_posix()): Version(str(path)) for path in found.values()}


def storable(name: str) -> str:
    """A name as text that every file and database takes: bytes of it that are no UTF-8 are spelled out."""
    return name.encode("utf-8", "backslashreplace").decode()


def name_without_language(name: str, lang: str) -> str:
    """A path from the common folder without what names the document's language, and without its ending.

    Versions of one document often have that in common. A word that names another language is kept: it may be a word.

    >>> name_without_language("fr/report.html", "fr") == name_without_language("zh/report.md", "zh-Hans")
    True
    >>> name_without_language("what-is-new.en.txt", "en")
    'what is new'
    """
    path = PurePosixPath(name)
    folders = [part for part in path.parent.parts if not _names(part, lang)]
    words = [word for word in _BETWEEN.split(path.stem) if word and not _names(word, lang)]
    return "/".join([*folders, " ".join(words).casefold()])


def _names(word: str, lang: str) -> bool:
    """Whether a part of a path names a language: by its code, or in English."""
    code = _COUNTRIES.get(word.lower(), word)
    if word.casefold() == display_name(primary(lang)).casefold():
        return True
    if not re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2,4})?", code):
        return False
    try:
        return primary(canonical(code)) == primary(lang)
    except InputError:
        return False
