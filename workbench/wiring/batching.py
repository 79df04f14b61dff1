"""One document or one pair of files at a time, without a workspace: what batch runs do.

Everything here is plain data in and out, so that it can be sent to another process and kept as JSON.
"""

from __future__ import annotations

import base64
import socket
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench import __version__
from workbench.align import LEAST_CONFIDENCE, Alignment, align, kept
from workbench.datatypes import Bead, Document, Segment, Translation, TranslationState
from workbench.embed import Memory
from workbench.errors import InputError
from workbench.facts import anchors
from workbench.lang import display_name, same_language
from workbench.segment import document_language
from workbench.settings import Settings
from workbench.store import Store
from workbench.wiring.evidence import side, views, wording
from workbench.wiring.models import Models
from workbench.wiring.texts import Texts

# Numbers, names and addresses of a document that are kept to tell it from others.
_MOST_ANCHORS = 500


@dataclass(frozen=True, slots=True)
class Version:
    """A file and the language that somebody says it is in, empty: to be detected."""

    path: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class PairOfFiles:
    """Two files that are versions of each other. `confidence`: that they are, 0 to 1; 1 where somebody says so."""

    id: str
    src: Version
    tgt: Version
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> PairOfFiles:
        """A pair out of its fields by name, as `asdict` and JSON give them."""
        sides = {name: Version(**fields[name]) for name in ("src", "tgt")}
        return cls(**{**fields, **sides, "reasons": tuple(fields["reasons"])})


@dataclass(frozen=True, slots=True)
class Options:
    """What all records of a run have in common. `folder`: the run's, absolute, the same on every machine.

    `several`: machines work on it, and each keeps what it translates for itself: SQLite is not to be shared over a
    network.
    """

    folder: str
    translate: bool
    settings: Settings
    several: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a record: `about` in brief, and its rows of the result, none of a document."""

    about: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it is compared: all its segments, which of them take part, and their English where it is known."""

    document: Document
    segments: tuple[Segment, ...]
    taking_part: tuple[int, ...]
    english: Mapping[int, Translation]


class Engine:
    """Reads, segments, translates, embeds and aligns. Models are loaded, and translations opened, at the first use."""

    def __init__(self, options: Options, models: Models | None = None) -> None:
        self._options = options
        self._models = models or Models(options.settings)
        self._texts = Texts(Path(options.folder), options.settings)

    @cached_property
    def _store(self) -> Store:
        return translations(self._options)

    def signature(self) -> str:
        """Of all that results depend on, but for the files."""
        settings = replace(self._options.settings, threads=0)
        translated_by = sorted(package.model_id for package in self._models.packages) if self._options.translate else []
        made_by = f"workbench {__version__} {self._models.encoders().signature}"
        return " ".join([made_by, f"settings:{settings.signature()}", *translated_by, *self._preferred()])

    def _preferred(self) -> list[str]:
        preferred = self._models.preferences.translation if self._options.translate else {}
        return [f"{pair}={name}" for pair, name in sorted(preferred.items())]

    def describe(self, version: Version) -> Made:
        """What tells a document from others: language, mean vector of its segments, and its numbers and names.

        What was read is kept for `align`. Raises InputError where it cannot be read or holds no text, StoreError.
        """
        text = self._read(version, keep=True)
        used = [text.segments[place] for place in text.taking_part]
        vectors = self._models.encoders().multilingual
        mean = vectors.encode([item.text for item in used]).mean(axis=0) if vectors else np.zeros(0, np.float32)
        found = sorted({key for item in used for key in anchors(item.text, item.lang)})
        about = {
            "lang": text.document.lang,
            "segments": len(used),
            "vector": packed(mean),
            "anchors": found[:_MOST_ANCHORS],
        }
        return Made(about)

    def align(self, pair: PairOfFiles) -> Made:
        """Align two files. Raises InputError where one cannot be read or holds no text, ModelError."""
        src, tgt = self._read(pair.src), self._read(pair.tgt)
        left_out = Counter(_flagged(src, tgt))
        if self._options.translate:
            src, tgt = self._translated(src), self._translated(tgt)
            left_out.update(_untranslated(src, tgt))
        found = self._aligned(src, tgt)
        left_out.update(_unlinked(found))
        about = _summary(src, tgt, found)
        rows = [
            {**_row(pair, bead, src, tgt), "bead": place, "verdict": about["relation"]}
            for place, bead in enumerate(_on_all(found.beads, src, tgt))
        ]
        return Made(about | {"left_out": dict(left_out)}, rows)

    def _read(self, version: Version, *, keep: bool = False) -> Text:
        document, segments = self._texts.read(Path(version.path), version.lang, keep=keep)
        lang = version.lang or document_language(segments)
        part = tuple(place for place, item in enumerate(segments) if item.flag is None)
        if not part:
            raise InputError(f"{document.name}: there is no text in it that could be aligned; check the file.")
        known = {
            place: Translation(segments[place].text, "", TranslationState.SAME)
            for place in part
            if same_language(segments[place].lang, self._options.settings.pivot)
        }
        return Text(replace(document, lang=lang), segments, part, known)

    def _translated(self, text: Text) -> Text:
        """With the English of every segment that a model knows the language of; the store keeps it."""
        english = dict(text.english)
        waiting: dict[str, list[int]] = {}
        for place in text.taking_part:
            if place not in english:
                waiting.setdefault(text.segments[place].lang, []).append(place)
        for lang, places in waiting.items():
            translator = self._models.translator(lang, self._store.translations)
            if translator is not None:
                made = translator.translate([text.segments[place].text for place in places])
                english |= dict(zip(places, made, strict=True))
        return replace(text, english=english)

    def _aligned(self, src: Text, tgt: Text) -> Alignment:
        encoders = self._models.encoders(Memory())
        sides = [
            side(
                [text.segments[place].text for place in text.taking_part],
                [text.english.get(place) for place in text.taking_part],
                text.document.lang,
                self._models.drafts(text.document.lang),
            )
            for text in (src, tgt)
        ]
        evidence, tokens = views(sides[0], sides[1], encoders), wording(sides[0], sides[1], encoders)
        return align(evidence, len(sides[0].texts), len(sides[1].texts), wording=tokens)


def translations(options: Options) -> Store:
    """What was translated in a run."""
    folder = Path(options.folder) / "translations"
    return Store(folder / socket.gethostname() if options.several else folder)


def packed(vector: NDArray[np.float32]) -> str:
    return base64.b64encode(vector.astype("<f2").tobytes()).decode("ascii")


def unpacked(text: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(text), dtype="<f2").astype(np.float32)


def _flagged(*texts: Text) -> Iterator[str]:
    return (f"segmenting: passage is {item.flag}" for text in texts for item in text.segments if item.flag is not None)


def _untranslated(*texts: Text) -> Iterator[str]:
    for text in texts:
        for place in text.taking_part:
            english = text.english.get(place)
            if english is None or english.state is TranslationState.MISSING:
                yield f"translating: no model leads from {display_name(text.segments[place].lang)} to English"
            elif english.state is TranslationState.SUSPECT:
                yield "translating: translation is suspect (kept)"


def _unlinked(found: Alignment) -> Iterator[str]:
    for bead in found.beads:
        if bead.is_null:
            yield "aligning: passage without a counterpart (kept)"
        elif bead.confidence < LEAST_CONFIDENCE:
            yield f"aligning: link less sure than {LEAST_CONFIDENCE} (kept)"


def _summary(src: Text, tgt: Text, found: Alignment) -> dict[str, Any]:
    langs = src.document.lang, tgt.document.lang
    return {
        "src_lang": langs[0],
        "tgt_lang": langs[1],
        "src_segments": len(src.taking_part),
        "tgt_segments": len(tgt.taking_part),
        "links": sum(not bead.is_null for bead in kept(found.beads)),
        "relation": str(found.verdict.relation),
        "verdict": found.verdict.sentence(*langs),
        "src_coverage": round(found.verdict.src_coverage, 4),
        "tgt_coverage": round(found.verdict.tgt_coverage, 4),
    }


def _on_all(beads: Sequence[Bead], src: Text, tgt: Text) -> Iterator[Bead]:
    """From positions among the segments that take part to positions among all."""
    for bead in beads:
        sides = tuple(src.taking_part[i] for i in bead.src), tuple(tgt.taking_part[j] for j in bead.tgt)
        yield replace(bead, src=sides[0], tgt=sides[1])


def _row(pair: PairOfFiles, bead: Bead, src: Text, tgt: Text) -> dict[str, Any]:
    return {
        "pair_id": pair.id,
        **_side_of_row("src", pair.src, bead.src, src),
        **_side_of_row("tgt", pair.tgt, bead.tgt, tgt),
        "score": float(bead.score),
        "confidence": float(bead.confidence),
        "boundary": float(bead.boundary),
    }


def _side_of_row(side: str, version: Version, places: Sequence[int], text: Text) -> dict[str, Any]:
    parts = [text.segments[place].text for place in places]
    english = [text.english[place].text for place in places if place in text.english]
    return {
        f"{side}_file": version.path,
        f"{side}_lang": text.document.lang,
        f"{side}_text": " ".join(parts),
        f"{side}_en": " ".join(english) if len(english) == len(places) > 0 else None,  # a part is no whole
        f"{side}_parts": parts,
        f"{side}_numbers": [place + 1 for place in places],
    }
