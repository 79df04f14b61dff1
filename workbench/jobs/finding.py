"""Which documents of a batch run are versions of each other, and which have no counterpart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from workbench.align.documents import Described, Match, chosen, matches
from workbench.jobs.files import name_without_language
from workbench.store import Record, RecordState
from workbench.wiring.batching import PairOfFiles, Version, unpacked


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What was found for a document: another, how likely it is a version of it (0 to 1), and why; or the likeliest."""

    name: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentFound:
    """A document of a folder: unread (`error`), or with its counterparts, or else the likeliest other, if any."""

    name: str
    lang: str = ""
    segments: int = 0
    error: str = ""
    counterparts: tuple[Counterpart, ...] = ()
    nearest: Counterpart | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of a folder, and all its documents, in order."""

    pairs: Sequence[PairOfFiles]
    documents: Sequence[DocumentFound] = field(default_factory=tuple)


def find_pairs(records: Sequence[Record]) -> Found:
    """`records`: of documents, with what Engine.describe told of them."""
    known = [record for record in records if record.state is RecordState.DONE]
    described = [_described(record) for record in known]
    found = matches(np.stack([unpacked(each.outcome["vector"]) for each in known]), described) if known else []
    kept = chosen(found, described)
    in_order = sorted(kept, key=lambda match: (match.src, match.tgt))
    return Found([_pair(match, known) for match in in_order], _documents(records, known, found, kept))


def _described(record: Record) -> Described:
    said = record.outcome
    name = name_without_language(record.id, said["lang"])
    return Described(said["lang"], said["segments"], frozenset(said["anchors"]), name)


def _pair(match: Match, known: Sequence[Record]) -> PairOfFiles:
    src, tgt = known[match.src], known[match.tgt]
    versions = [Version(record.about["path"], record.about["lang"]) for record in (src, tgt)]
    name = f"{src.id} | {tgt.id}"
    return PairOfFiles(name, versions[0], versions[1], round(match.confidence, 4), match.reasons)


def _documents(
    records: Sequence[Record], known: Sequence[Record], found: Sequence[Match], kept: Sequence[Match]
) -> list[DocumentFound]:
    counterparts = _by_document(kept, known)
    likely = _by_document(found, known)
    documents = []
    for record in records:
        said, others = record.outcome, tuple(counterparts.get(record.id, ()))
        nearest = next(iter(likely.get(record.id, ())), None) if not others else None
        about = said.get("lang", ""), said.get("segments", 0), record.reason
        documents.append(DocumentFound(record.id, *about, others, nearest))
    return documents


def _by_document(matches: Sequence[Match], known: Sequence[Record]) -> Mapping[str, list[Counterpart]]:
    """What stands in matches with each document, the likeliest first."""
    found: dict[str, list[Counterpart]] = defaultdict(list)
    for match in matches:
        for one, other in ((match.src, match.tgt), (match.tgt, match.src)):
            found[known[one].id].append(Counterpart(known[other].id, match.confidence, match.reasons))
    return found
