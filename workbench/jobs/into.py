"""The pairs of a batch run as documents and alignments of a workspace; what people did there is left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from workbench.align import kept, verdict
from workbench.datatypes import Bead, Bitext, Progress, Segment, silent
from workbench.errors import InputError, WorkbenchError
from workbench.jobs import tables
from workbench.jobs.shards import PAIR, result_of
from workbench.segment import document_language
from workbench.store import Imported, Record, RecordState, RunLedger, Store
from workbench.wiring.batching import Options, Version, translations
from workbench.wiring.intake import told_apart
from workbench.wiring.models import Models
from workbench.wiring.texts import Texts

_SIDES = ("src", "tgt")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many pairs of a run a workspace took in, and how many not, by reason."""

    pairs: int
    left_out: Mapping[str, int]


def take_in(options: Options, workspace: Path, user: str = "", progress: Progress = silent) -> TakenIn:
    """Take the pairs of a run that are done into a workspace: a pair with its documents is one line of the undo log.

    Raises StoreError where results are gone or damaged; what was taken in before that stays.
    """
    folder = Path(options.folder)
    with RunLedger(folder) as ledger:
        done = [record for record in ledger.records(PAIR) if record.state is RecordState.DONE]
    taken, left_out = 0, Counter[str]()
    with Store(workspace) as store:
        paths = (Path(record.about[side]["path"]) for record in done for side in _SIDES)
        intake = _Intake(store, user, options, told_apart(paths))
        for shard, records in groupby(done, key=lambda record: record.shard):
            rows, signature = tables.read_rows(result_of(folder, shard))
            by_pair = _by_pair(rows)
            for record in records:
                try:
                    intake.take(record, by_pair[record.id], signature)
                    taken += 1
                except WorkbenchError as error:
                    left_out[str(error)] += 1
                progress("taking in", taken + left_out.total(), len(done))
    return TakenIn(taken, dict(left_out))


def _by_pair(rows: Sequence[tables.Row]) -> Mapping[str, Sequence[tables.Row]]:
    found: dict[str, list[tables.Row]] = defaultdict(list)
    for row in rows:
        found[row["pair_id"]].append(row)
    return found


class _Intake:
    def __init__(self, store: Store, user: str, options: Options, names: Mapping[Path, str]) -> None:
        self._store, self._user, self._options, self._names = store, user, options, names
        self._models = Models(options.settings)
        self._texts = Texts(Path(options.folder), options.settings)
        self._overrides = {row.id: row.lang_override for row in store.documents()}

    def take(self, record: Record, rows: Sequence[tables.Row], signature: str) -> None:
        """Raises InputError where something speaks against it, DocumentError where a file is gone."""
        texts = [self._text(record.about[side], side, rows) for side in _SIDES]
        docs = [text.doc_id for text in texts]
        if docs[0] and docs[1] and self._store.reviews(docs[0], docs[1]):
            raise InputError("people have said something of the pair in the workspace; align it there")
        beads = tuple(_bead(row) for row in rows)
        langs = (text.document.lang for text in texts)
        bitext = Bitext(beads, verdict(kept(beads)).sentence(*langs), signature)
        said = f"took in {texts[0].document.name} and {texts[1].document.name}"
        stored = self._store.put_bitexts(texts, {(0, 1): bitext}, said, self._user)
        self._overrides |= {each.doc_id: text.lang_override for each, text in zip(stored, texts, strict=True)}
        if self._options.translate:
            self._copy_english([item for text in texts for item in text.segments])

    def _text(self, about: Mapping[str, Any], side: str, rows: Sequence[tables.Row]) -> Imported:
        version = Version(**about)
        document, segments = self._texts.read(Path(version.path), version.lang)
        if any(_texts(row, side, segments) != row[f"{side}_parts"] for row in rows):
            raise InputError("a file has changed since it was aligned; run the batch again")
        source = Path(version.path).resolve().as_posix()
        known = self._store.by_source(source)
        if known and self._passages(known) != [(item.text, item.flag is None) for item in segments]:
            raise InputError("the workspace has a document with other passages; align it there")
        override = self._overrides[known] if known else version.lang
        name, lang = self._names[Path(version.path)], override or document_language(segments)
        document = replace(document, name=name, lang=lang)
        return Imported(document, segments, source, override, known)

    def _passages(self, doc: str) -> list[tuple[str, bool]]:
        return [(row.segment.text, row.included) for row in self._store.segments(doc)]

    def _copy_english(self, segments: Sequence[Segment]) -> None:
        """What the run translated need not be translated again."""
        by_lang: dict[str, list[str]] = defaultdict(list)
        for item in segments:
            by_lang[item.lang].append(item.text)
        with translations(self._options) as run:
            for lang, texts in by_lang.items():
                translator = self._models.translator(lang, run.translations)
                if translator is not None:
                    about = translator.model_id, translator.direction, translator.signature
                    self._store.translations.put(*about, translator.known(texts))


def _texts(row: tables.Row, side: str, segments: Sequence[Segment]) -> list[str]:
    return [segments[number - 1].text for number in row[f"{side}_numbers"] if number <= len(segments)]


def _bead(row: tables.Row) -> Bead:
    src, tgt = (tuple(number - 1 for number in row[f"{side}_numbers"]) for side in _SIDES)
    return Bead(src, tgt, row["score"], row["confidence"], (), row["boundary"])
