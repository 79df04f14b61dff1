"""What a batch run tells at its end: a table of pairs, one of documents, and what each step left out and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from workbench.export.tables import table
from workbench.export.writing import write_file
from workbench.jobs.files import Refused
from workbench.jobs.finding import Counterpart, DocumentFound, Found
from workbench.plurals import count
from workbench.store import Record, RecordState

_OUTCOME = (
    *("src_lang", "tgt_lang", "src_segments", "tgt_segments", "links"),
    *("verdict", "src_coverage", "tgt_coverage"),
)
PAIRS = ("id", "state", "reason", "source", "target", *_OUTCOME, "match_confidence", "match_reasons", "shard")
_SHOWN = 20  # reasons in a terminal
DOCUMENTS = ("document", "language", "segments", "counterparts", "nearest", "reason")


@dataclass(frozen=True, slots=True)
class Report:
    """How a run stands. `states`: of pairs; `unread`: documents of a folder and lines of a manifest that could not be
    read; `links`: as shown; `left_out`: how many of what, by step and reason."""

    folder: str
    states: Mapping[str, int]
    unread: int
    verdicts: Mapping[str, int]
    links: int
    left_out: Mapping[str, int]

    @property
    def complete(self) -> bool:
        """Whether everything that there is could be read, and every pair was done."""
        return not self.unread and sum(self.states.values()) == self.states.get(RecordState.DONE, 0)


def write(folder: Path, pairs: Sequence[Record], found: Found | None, refused: Sequence[Refused]) -> Report:
    """Write the tables and the report of a run into its folder. Raises ExportError."""
    unread = len(refused)
    left_out = Counter(f"reading the manifest: line {line.line}: {line.reason}" for line in refused)
    if found is not None:
        unread += sum(bool(document.error) for document in found.documents)
        left_out.update(_unfound(found.documents))
        write_file(table(DOCUMENTS, map(_document_row, found.documents), "tsv"), folder / "documents.tsv")
    for record in pairs:
        left_out.update(record.outcome.get("left_out", {}))
    left_out.update(f"not done: {each.reason}" for each in pairs if each.state is RecordState.PENDING and each.reason)
    write_file(table(PAIRS, map(_pair_row, pairs), "tsv"), folder / "pairs.tsv")
    report = Report(
        str(folder),
        dict(Counter(str(record.state) for record in pairs)),
        unread,
        dict(Counter(record.outcome["relation"] for record in pairs if record.state is RecordState.DONE)),
        sum(record.outcome.get("links", 0) for record in pairs),
        dict(sorted(left_out.items())),
    )
    write_file(json.dumps(asdict(report), indent=2, ensure_ascii=False).encode(), folder / "report.json")
    return report


def _unfound(documents: Sequence[DocumentFound]) -> Counter[str]:
    unread, alone = "document could not be read (see documents.tsv)", "no counterpart"
    return Counter(
        f"finding versions: {unread if document.error else alone}"
        for document in documents
        if not document.counterparts
    )


def _document_row(document: DocumentFound) -> Sequence[str | int]:
    counterparts = "; ".join(map(_told, document.counterparts))
    nearest = _told(document.nearest) if document.nearest else ""
    return document.name, document.lang, document.segments, counterparts, nearest, document.error


def _told(other: Counterpart) -> str:
    return f"{other.name} ({other.confidence:.2f}: {', '.join(other.reasons)})"


def _pair_row(record: Record) -> Sequence[str | int | float]:
    src, tgt = record.about["src"]["path"], record.about["tgt"]["path"]
    outcome = [record.outcome.get(name, "") for name in _OUTCOME]
    match = record.about["confidence"], ", ".join(record.about["reasons"])
    return record.id, str(record.state), record.reason, src, tgt, *outcome, *match, record.shard


def show(report: Report) -> list[str]:
    """The report in lines."""
    states = ", ".join(f"{number:,} {state}" for state, number in sorted(report.states.items())) or "none"
    verdicts = [f"{number:,} {relation}" for relation, number in sorted(report.verdicts.items())]
    lines = [f"pairs: {states}", f"links: {report.links:,}"]
    lines += [f"verdicts: {', '.join(verdicts)}"] if verdicts else []
    reasons = list(report.left_out.items())
    lines += [f"{number:,} left out or marked: {reason}" for reason, number in reasons[:_SHOWN]]
    lines += [f"{count(len(reasons) - _SHOWN, 'more such line')} in report.json"] if len(reasons) > _SHOWN else []
    return [*lines, f"results in {report.folder}: shards/, pairs.tsv, report.json"]
