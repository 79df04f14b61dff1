"""Two collections of sentences in, pairs that say the same out, in a file of any format of pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbench import __version__
from workbench.align.index import nearest
from workbench.align.mining import CANDIDATES, THRESHOLD, Mined, confidence, mined
from workbench.datatypes import Progress, Status, TranslationUnit, silent
from workbench.embed import Encoder
from workbench.errors import InputError
from workbench.export import About, ExportReport, known_format, write
from workbench.jobs import locks
from workbench.lang import display_name, identify, same_language
from workbench.mining.sentences import Collection, check_is_there, gather
from workbench.mining.vectors import embedded
from workbench.store.ids import bead_id, segment_ids


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to mine.

    `langs`: of either side, where they are not to be detected. `least`: the ratio margin above which a pair is kept; a
    lower one keeps more pairs, and more that are wrong. `check_language`: identify both texts of a pair.
    """

    langs: tuple[str | None, str | None] = (None, None)
    least: float = THRESHOLD
    check_language: bool = True


@dataclass(frozen=True, slots=True)
class Haul:
    """What mining came to. `found`: vectors that an earlier run had made already; `refused`: pairs, by reason."""

    sides: tuple[Collection, Collection]
    found: int
    refused: Mapping[str, int]
    export: ExportReport


def mine(
    paths: tuple[Path, Path],
    output: Path,
    format: str,
    encoder: Encoder,
    work: Path,
    wishes: Wishes = Wishes(),
    progress: Progress = silent,
) -> Haul:
    """Find pairs among the sentences of two files or folders (see `gather`) and write them, the surest first.

    Vectors are kept in the folder `work`: a run that was ended goes on there, and another one with other wishes is
    quick. Raises InputError on what cannot be read, StoreError where there is no room, ExportError as `write` does.
    """
    if known_format(format).pair:
        raise InputError(f"{format} is made of whole documents, and mined pairs are of none; choose tsv, tmx or moses")
    for path in paths:  # before there is a folder for what is made of them
        check_is_there(path)
    with _alone(work):
        sides = _gathered(paths, work, wishes, progress)
        src = embedded(sides[0], encoder, work / "src.f16", progress)
        tgt = embedded(sides[1], encoder, work / "tgt.f16", progress)
        near = nearest(src.vectors, tgt.vectors, CANDIDATES, progress=progress)
        refused: Counter[str] = Counter()
        found = mined(near, wishes.least, fits=_fits(sides, wishes.check_language, refused))
        signature = f"workbench {__version__} mining {encoder.model_id} margin>{wishes.least:g}"
        about = About(tuple(path.name for path in paths), signature, f"ratio margin above {wishes.least:g}")
        report = write(_units(found, sides, signature), format, output, about=about)
    return Haul(sides, src.found + tgt.found, dict(refused), report)


@contextmanager
def _alone(work: Path) -> Iterator[None]:
    """Work in the folder while nobody else does. Raises InputError where somebody does, StoreError where none can."""
    with locks.try_work(work) as free:
        if not free:
            raise InputError(f"another run works in {work}; wait for it, or name another folder with --work")
        yield


def _gathered(
    paths: tuple[Path, Path], work: Path, wishes: Wishes, progress: Progress
) -> tuple[Collection, Collection]:
    src = gather(paths[0], wishes.langs[0], work / "src.txt", progress)
    tgt = gather(paths[1], wishes.langs[1], work / "tgt.txt", progress)
    if src.lang == tgt.lang and None in wishes.langs:
        raise InputError(
            f"both sides are in {display_name(src.lang)}; say with --src-lang and --tgt-lang what they are"
        )
    return src, tgt


def _fits(
    sides: tuple[Collection, Collection], check_language: bool, refused: Counter[str]
) -> Callable[[int, int], bool]:
    """Whether two sentences can be translations of each other at all; counts why others cannot."""

    def fits(i: int, j: int) -> bool:
        texts = sides[0].text(i), sides[1].text(j)
        reason = "the same text on both sides" if texts[0] == texts[1] else ""
        if check_language and not reason:
            reason = next((_foreign(text, side.lang) for text, side in zip(texts, sides, strict=True)), "")
        if reason:
            refused[reason] += 1
        return not reason

    return fits


def _foreign(text: str, lang: str) -> str:
    found, _ = identify(text, (lang,))
    return "" if "und" in (lang, found) or same_language(found, lang) else f"not in {display_name(lang)}"


def _units(found: Mined, sides: tuple[Collection, Collection], signature: str) -> Iterator[TranslationUnit]:
    langs = sides[0].lang, sides[1].lang
    for i, j, score in zip(found.src.tolist(), found.tgt.tolist(), found.scores.tolist(), strict=True):
        src, tgt = sides[0][i], sides[1][j]
        src_ids, tgt_ids = segment_ids(src.file, [src.text]), segment_ids(tgt.file, [tgt.text])
        yield TranslationUnit(
            bead_id=bead_id((src.file, tgt.file), (*src_ids, *tgt_ids)),
            src_doc=src.file,
            tgt_doc=tgt.file,
            src_lang=langs[0],
            tgt_lang=langs[1],
            src_segments=tuple(src_ids),
            tgt_segments=tuple(tgt_ids),
            src_text=src.text,
            tgt_text=tgt.text,
            src_en="",
            tgt_en="",
            score=score,
            confidence=confidence(score),
            status=Status.UNREVIEWED,
            signature=signature,
            src_numbers=(src.number,),
            tgt_numbers=(tgt.number,),
        )
