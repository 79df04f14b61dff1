"""What can be done in the background. To add a kind is to add a line to KINDS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.datatypes import Progress
from workbench.errors import InputError
from workbench.jobs.spawn import ensure_worker

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.store import Job


@dataclass(frozen=True, slots=True)
class Kind:
    """`do` works on documents by id and returns what came of it, in words, or nothing.

    It commits as it goes and can be run again: what is interrupted is run from the start and finds what it did.
    """

    name: str  # completes "translate the report", "translate: ..."
    fewest: int  # documents
    do: Callable[[Workbench, Sequence[str], Progress], str]


def start(workbench: Workbench, kind: str, refs: Sequence[str]) -> Job:
    """Ask for background work on documents and see that somebody does it; asked twice it is one job.

    Raises InputError on an unknown kind or too few documents, UnknownDocumentError.
    """
    if kind not in KINDS:
        raise InputError(f"{kind!r} cannot be done in the background; use {' or '.join(KINDS)}")
    if len(set(refs)) < KINDS[kind].fewest:
        raise InputError(f"to {kind} takes {KINDS[kind].fewest} documents or more, got {' '.join(refs) or 'none'}")
    job = workbench.ask_job(kind, refs)
    if job.wants_worker:
        ensure_worker(workbench.folder)
    return job


def _translate(workbench: Workbench, doc_ids: Sequence[str], progress: Progress) -> str:
    results = workbench.translate(doc_ids, progress)
    return " ".join(
        f"{result.name} is not in English as a whole: no model translates {' and '.join(result.missing)}."
        for result in results
        if result.missing
    )


def _align(workbench: Workbench, doc_ids: Sequence[str], progress: Progress) -> str:
    workbench.align(doc_ids, progress)
    return ""


def _find_suspects(workbench: Workbench, doc_ids: Sequence[str], progress: Progress) -> str:
    """Of all spot checks of these documents, those included that are begun meanwhile."""
    done: set[int] = set()
    while new := [each for each in workbench.spotchecks.waiting(doc_ids) if each.number not in done]:
        workbench.spotchecks.find_suspects(new[0], progress)
        done.add(new[0].number)
    return ""


def _check(workbench: Workbench, doc_ids: Sequence[str], progress: Progress) -> str:
    workbench.checks.run(doc_ids, progress=progress)
    return ""


_ALL = (
    Kind("translate", 0, _translate),
    Kind("align", 2, _align),
    Kind("check", 1, _check),
    Kind("find suspects", 1, _find_suspects),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
