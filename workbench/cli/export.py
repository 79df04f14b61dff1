"""Exports from the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.common import LeastOption, WorkspaceOption, opened, status_of
from workbench.plurals import count

export_app = typer.Typer()


@export_app.command()
def export(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
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
    with opened(ctx, workspace) as workbench:
        name = format or format_of(output)
        report = workbench.export(chosen, name, output)
    made = known_format(name)
    what = "row" if nulls and made.nulls else "pair"  # some may have no counterpart
    archived = ", a ZIP archive" if made.suffix == ".zip" else ""
    typer.echo(f"{count(report.written, what)} written to {output}{archived}")
    for reason, number in report.left_out.items():
        typer.echo(f"{number:,} left out: {reason}")
    for done, number in report.altered.items():
        typer.echo(f"{count(number, 'time')}: {done}")
