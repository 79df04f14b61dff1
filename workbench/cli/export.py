"""Exports from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from workbench.cli.common import LeastOption, WorkspaceOption, opened, status_of
from workbench.plurals import count

export_app = typer.Typer()

_STDOUT = (Path("-"), Path("/dev/stdout"))


@export_app.command()
def export(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write; - for standard output.")
    ],
    docs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOC",
            help="Names or ids: two aligned documents, more, or one with its English; all if none.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="tsv, csv, csv-spreadsheet, xlsx, jsonl, parquet, tmx, xliff, xliff2, po, moses, vecalign, hunalign, "
            "intertext, html or docx. [default: what the file's ending says]",
        ),
    ] = None,
    statuses: Annotated[
        list[str] | None,
        typer.Option("--status", help="Only links of this status; repeatable. [default: accepted and unreviewed]"),
    ] = None,
    least_confidence: LeastOption = None,
    nulls: Annotated[bool, typer.Option(help="Passages without a counterpart too, where the format has them.")] = True,
    english: Annotated[bool, typer.Option("--english", help="Their English in place of the originals.")] = False,
    order: Annotated[
        str | None, typer.Option(metavar="DOC", help="The document whose order to follow. [default: the first]")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write aligned pairs to a file, which is checked before it takes its place."""
    from workbench.export import Selection, format_of, known_format

    chosen = Selection(
        docs=tuple(docs or ()),
        least=least_confidence,
        nulls=nulls,
        texts="english" if english else "originals",
        order=order,
    )
    if statuses:
        chosen = replace(chosen, statuses=frozenset(map(status_of, statuses)))
    name = format or format_of(output)
    with opened(ctx, workspace) as workbench, _place(output) as place:
        report = workbench.export(chosen, name, place)
    made = known_format(name)
    what = "row" if nulls and made.nulls else "pair"  # some may have no counterpart
    archived = ", a ZIP archive" if made.suffix == ".zip" else ""
    to_stdout = output in _STDOUT  # what is said of it goes elsewhere then
    where = "standard output" if to_stdout else str(output)
    typer.echo(f"{count(report.written, what)} written to {where}{archived}", err=to_stdout)
    for reason, number in report.left_out.items():
        typer.echo(f"{number:,} left out: {reason}", err=to_stdout)
    for done, number in report.altered.items():
        typer.echo(f"{count(number, 'time')}: {done}", err=to_stdout)


@contextmanager
def _place(output: Path) -> Iterator[Path]:
    """Where to write; what is for standard output is checked before any of it goes there, as a file is."""
    if output not in _STDOUT:
        yield output
        return
    with TemporaryDirectory() as folder:
        place = Path(folder, "export")
        yield place
        with place.open("rb") as file:
            copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
