"""A large collection of sentences: read line by line, each once, and kept on disk, so that it may outgrow memory."""

from __future__ import annotations

import gzip
import hashlib
import lzma
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, silent
from workbench.errors import DocumentError, InputError, StoreError
from workbench.ingest import SUFFIXES, read
from workbench.lang import canonical, display_name, identify, in_script_of
from workbench.segment import segment
from workbench.settings import Settings
from workbench.wiring.intake import readable

COMPRESSED = (".gz", ".xz")
LONGEST = 1000  # characters; what is longer is no sentence
_MOST_BYTES = 4 * LONGEST + 1  # of a line that may be one
_SAMPLE = 300  # sentences that tell the language


@dataclass(frozen=True, slots=True)
class Sentence:
    """`number`: of the line in the file, or of the passage in the document, from 1."""

    text: str
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Collection:
    """Distinct sentences in the order of their first mention. `left_out`: how many lines were not taken, by reason."""

    lang: str
    lines: int
    left_out: Mapping[str, int]
    files: tuple[str, ...]
    _bytes: NDArray[np.uint8]  # of all texts, memory-mapped
    _ends: NDArray[np.int64]  # of each in them; one more, which is where the first begins
    _file: NDArray[np.int64]
    _number: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self._number)

    def text(self, index: int) -> str:
        return self._bytes[self._ends[index] : self._ends[index + 1]].tobytes().decode()

    def texts(self, start: int, stop: int) -> list[str]:
        return [self.text(index) for index in range(start, min(stop, len(self)))]

    def __getitem__(self, index: int) -> Sentence:
        return Sentence(self.text(index), self.files[self._file[index]], int(self._number[index]))


def check_is_there(path: Path) -> None:
    """Raise InputError where there is nothing of that name."""
    if not path.exists():
        raise InputError(f"there is no {path}; name a text file of one sentence a line, or a folder")


def gather(path: Path, lang: str | None, place: Path, progress: Progress = silent) -> Collection:
    """The sentences of a file of one a line (.gz, .xz too), a document, or a folder of such; their bytes go to `place`.

    Without `lang` the first sentences tell it. Raises InputError where there is no sentence or a file is damaged,
    StoreError where there is no room; a document of a folder that cannot be read is left out and counted.
    """
    left_out: Counter[str] = Counter()
    found = _sentences(path, left_out, place.parent)
    first = list(islice(found, _SAMPLE))
    tag = canonical(lang) if lang else _language(first, path)
    keeper = _Keeper(tag, left_out)
    try:
        with place.open("wb") as file:
            for sentence in chain(first, found):
                file.write(keeper.kept(sentence))
    except OSError as error:
        raise StoreError(
            f"{place} cannot be written ({error}); make room, or name another folder with --work"
        ) from error
    progress(f"reading {path.name}", keeper.lines, keeper.lines)
    if not keeper.numbers:
        raise InputError(f"{path} has no sentence that can be used ({_listed(left_out) or 'it is empty'})")
    return keeper.collection(place)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {reason}" for reason, count in counts.items())


def _language(sample: list[Sentence], path: Path) -> str:
    votes = Counter(identify(each.text)[0] for each in sample)
    votes.pop("und", None)
    if not votes:
        raise InputError(f"the language of {path} cannot be told; say it with --src-lang or --tgt-lang")
    return votes.most_common(1)[0][0]


class _Keeper:
    """Takes sentences one by one, and says which bytes of each are kept."""

    def __init__(self, lang: str, left_out: Counter[str]) -> None:
        self.lang, self.left_out, self.lines = lang, left_out, 0
        self.files: dict[str, int] = {}
        self.numbers, self._file, self._ends = array("q"), array("q"), array("q", [0])
        self._seen: set[int] = set()

    def kept(self, sentence: Sentence) -> bytes:
        self.lines += 1
        text = " ".join(sentence.text.split())
        data = text.encode("utf-8", "replace")
        mark = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest())
        reason = "a copy of an earlier one" if mark in self._seen else self._refusal(text)
        if reason:
            self.left_out[reason] += 1
            return b""
        self._seen.add(mark)
        self._ends.append(self._ends[-1] + len(data))
        self._file.append(self.files.setdefault(sentence.file, len(self.files)))
        self.numbers.append(sentence.number)
        return data

    def _refusal(self, text: str) -> str:
        if not text:
            return "empty"
        if len(text) > LONGEST:
            return f"longer than {LONGEST:,} characters"
        if "\ufffd" in text:
            return "not UTF-8"
        if not any(map(str.isalpha, text)):
            return "without a letter"
        return "" if in_script_of(self.lang, text) else f"not in the script of {display_name(self.lang)}"

    def collection(self, place: Path) -> Collection:
        arrays = (np.array(each, dtype=np.int64) for each in (self._ends, self._file, self.numbers))
        return Collection(
            self.lang,
            self.lines,
            dict(self.left_out),
            tuple(self.files),
            np.memmap(place, dtype=np.uint8, mode="r"),
            *arrays,
        )


def _sentences(path: Path, left_out: Counter[str], work: Path) -> Iterator[Sentence]:
    """`work`: a folder of ours, which may lie within the one that is read."""
    check_is_there(path)
    if not path.is_dir():
        is_document = path.suffix.lower() in SUFFIXES and path.suffix.lower() != ".txt"
        yield from _of_document(path, path.name) if is_document else _of_lines(path, path.name)
        return
    for file in readable(path, {*SUFFIXES, *COMPRESSED}):
        name = file.relative_to(path).as_posix()
        if work.resolve() in file.resolve().parents:
            continue
        if file.suffix.lower() in COMPRESSED:
            yield from _of_lines(file, name)
            continue
        try:
            yield from _of_document(file, name)
        except DocumentError:
            left_out["documents that cannot be read"] += 1


def _of_document(file: Path, name: str) -> Iterator[Sentence]:
    """What takes part in alignment: no copies, comments or furniture."""
    settings = Settings()
    for number, unit in enumerate(segment(read(file, settings), max_seconds=settings.max_read_seconds), 1):
        if unit.flag is None:
            yield Sentence(unit.text, name, number)


def _of_lines(file: Path, name: str) -> Iterator[Sentence]:
    number = 0
    try:
        with _opened(file) as lines:
            for number, line in enumerate(_whole_lines(lines), 1):
                yield Sentence(line.decode("utf-8-sig" if number == 1 else "utf-8", "replace"), name, number)
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise InputError(f"{file} cannot be read beyond line {number} ({error}); make or download it anew") from error


def _opened(file: Path) -> IO[bytes]:
    match file.suffix.lower():
        case ".gz":
            return gzip.open(file, "rb")  # type: ignore[return-value]
        case ".xz":
            return lzma.open(file, "rb")
        case _:
            return file.open("rb")


def _whole_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines up to line feeds and nothing else; of one too long for a sentence the beginning, however long it is."""
    while line := file.readline(_MOST_BYTES):
        rest = line
        while len(rest) == _MOST_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(_MOST_BYTES)
        yield line
