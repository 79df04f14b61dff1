"""Taking in reviewed exports and other tools' bitexts from the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.common import EncodingOption, MaxMemoryOption, MaxSecondsOption, UserOption, WorkspaceOption, opened
from workbench.plurals import count
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.export.incoming import File, ForeignBitext
    from workbench.export.incoming.plan import Item
    from workbench.export.incoming.reviewed import Returned

import_app = typer.Typer()

_WIDTH = 60  # characters of a text


class Side(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"


@import_app.command("import")
def import_files(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="A reviewed export; or TMX, XLIFF, TSV, CSV, XLSX, two files of Moses, an InterText alignment.",
        ),
    ],
    preview: Annotated[bool, typer.Option("--preview", help="Say what would change and change nothing.")] = False,
    take: Annotated[Side, typer.Option(help="Whose stays where both have changed the same thing.")] = Side.OURS,
    encoding: EncodingOption = "",
    max_seconds: MaxSecondsOption = Settings().max_read_seconds,
    max_memory_mb: MaxMemoryOption = Settings().max_read_memory_mb,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Take in what a reviewer changed in an export, or another tool's pairs as documents with their links.

    Which it is is told by the content. What cannot be placed is told and stops nothing else; `undo` takes all back.
    """
    from workbench.wiring.importing import opened as read

    limits = Settings(max_read_seconds=max_seconds, max_read_memory_mb=max_memory_mb, encoding=encoding)
    given = read(files, limits)
    with opened(ctx, workspace, user, limits, begins=True) as workbench:
        units = workbench.returned(given)
        if units is None:
            _bitext(workbench, given, preview)
        else:
            _review(workbench, units, given[0].name, take, preview)


def _bitext(workbench: Workbench, files: Sequence[File], preview: bool) -> None:
    if preview:
        _describe(workbench.preview_bitext(files))
        return
    report = workbench.take_in_bitext(files)
    for name, change, size in zip(report.docs, report.changes, report.segments, strict=True):
        typer.echo(f"{change}\t{name}\t{count(size, 'segment')}")
    links, nulls = count(report.links, "link"), count(report.nulls, "passage")
    typer.echo(f"{links} and {nulls} without one, out of {files[0].name}")
    _warn(report.notes)


def _review(workbench: Workbench, units: Sequence[Returned], name: str, take: Side, preview: bool) -> None:
    if preview:
        plan = workbench.preview_review(units)
        _list("change", plan.changes)
        _list("conflict", plan.conflicts)
        _refused(plan.refused)
        _count(len(plan.changes), len(plan.conflicts), len(plan.refused), plan.units)
        return
    done = workbench.apply_review(units, name, take.value)
    _list("changed", done.done)
    _list("ours stays", done.kept)
    _refused(done.refused)
    _count(len(done.done), len(done.kept), len(done.refused), done.units)


def _list(said: str, items: Iterable[Item]) -> None:
    for item in items:
        ours, theirs = (shorten(text, _WIDTH, placeholder="…") or "nothing" for text in (item.ours, item.theirs))
        typer.echo(f"{said}\t{item.where}\t{item.what}\tours: {ours}\ttheirs: {theirs}")


def _refused(reasons: Iterable[str]) -> None:
    _warn(f"not taken: {why}" for why in reasons)


def _count(changes: int, conflicts: int, refused: int, units: int) -> None:
    typer.echo(
        f"{count(changes, 'change')}, {count(conflicts, 'conflict')}, {refused:,} not taken, in {count(units, 'unit')}"
    )


def _describe(found: ForeignBitext) -> None:
    links = sum(sum(map(bool, bead)) > 1 for bead in found.beads)
    typer.echo(f"a bitext ({found.format}) of {count(len(found.versions), 'version')} with {count(links, 'link')}")
    for version in found.versions:
        typer.echo(f"{version.lang}\t{count(len(version.segments), 'segment')}\t{version.name}")
    _warn(found.notes)


def _warn(notes: Iterable[str]) -> None:
    for note in notes:
        typer.echo(f"warning: {note}", err=True)
