"""What was read of files that come in, on its way out of the process that read them, as JSON can hold it."""

from __future__ import annotations

from typing import Any

from workbench.export.incoming.bitext import ForeignBitext, Version
from workbench.export.incoming.reviewed import Returned
from workbench.export.incoming.terms import ForeignTerm, ForeignTerms


def of_bitext(found: ForeignBitext) -> dict[str, Any]:
    versions = [(version.lang, version.segments, version.name) for version in found.versions]
    return {"format": found.format, "versions": versions, "beads": found.beads, "notes": found.notes}


def to_bitext(fields: dict[str, Any]) -> ForeignBitext:
    versions = tuple(Version(lang, tuple(segments), name) for lang, segments, name in fields["versions"])
    beads = tuple(tuple(map(tuple, bead)) for bead in fields["beads"])
    return ForeignBitext(fields["format"], versions, beads, tuple(fields["notes"]))


def of_terms(found: ForeignTerms) -> dict[str, Any]:
    return {"terms": [(term.ways, term.forbidden) for term in found.terms], "problems": found.problems}


def to_terms(fields: dict[str, Any]) -> ForeignTerms:
    return ForeignTerms(tuple(ForeignTerm(*both) for both in fields["terms"]), tuple(fields["problems"]))


def of_returned(unit: Returned) -> list[Any]:
    """The fields of a unit of a reviewed file, in order."""
    return [getattr(unit, name) for name in Returned.__slots__]


def to_returned(values: list[Any]) -> Returned:
    where, bead_id, docs, (src, tgt), cells, marks, *lists = values
    return Returned(where, bead_id, tuple(docs), (tuple(src), tuple(tgt)), cells, marks, *map(tuple, lists))
