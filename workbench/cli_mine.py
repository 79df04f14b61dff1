"""`python -m workbench mine`, and what measures it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.bars import Bars
from workbench.folders import size
from workbench.lang import display_name

if TYPE_CHECKING:
    from workbench.mining import Haul


def mine(
    src: Annotated[Path, typer.Argument(help="A text file of one sentence a line (.gz, .xz too), or a folder.")],
    tgt: Annotated[Path, typer.Argument(help="The same in another language.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file of pairs to write.")],
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="See docs/formats.md. [default: what the file's ending says]"),
    ] = None,
    src_lang: Annotated[str | None, typer.Option(help="Language of SRC. [default: detected]")] = None,
    tgt_lang: Annotated[str | None, typer.Option(help="Language of TGT. [default: detected]")] = None,
    least_score: Annotated[
        float | None,
        typer.Option(min=0, help="Keep pairs with a higher ratio margin; less: more pairs, more of them wrong."),
    ] = None,
    check_language: Annotated[
        bool, typer.Option(help="Leave out pairs a side of which is in another language; takes a second per 1,000.")
    ] = True,
    encoder: Annotated[str | None, typer.Option(help="An installed encoder. [default: the preferred one]")] = None,
    work: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where vectors are kept for the next run. [default: FILE.mining]"),
    ] = None,
) -> None:
    """Find sentences that say the same in two large collections without any order; needs no workspace.

    An ended run goes on where it was; what was embedded is not embedded again.
    """
    from dataclasses import replace

    from workbench.export import format_of
    from workbench.mining import Wishes
    from workbench.mining import mine as mined
    from workbench.models import Models

    wishes = Wishes((src_lang, tgt_lang), check_language=check_language)
    if least_score is not None:
        wishes = replace(wishes, least=least_score)
    folder = work or output.with_name(f"{output.name}.mining")
    loaded = Models().encoder(encoder or "")
    haul = mined((src, tgt), output, format or format_of(output), loaded, folder, wishes, progress=Bars())
    for line in _report(haul, output, folder):
        typer.echo(line)


def _report(haul: Haul, output: Path, work: Path) -> Iterator[str]:
    for name, side in zip(("SRC", "TGT"), haul.sides, strict=True):
        yield f"{name}: {len(side):,} sentences in {display_name(side.lang)} out of {side.lines:,} lines"
        yield from (f"    {count:,} left out: {reason}" for reason, count in side.left_out.items())
    if haul.found:
        yield f"{haul.found:,} sentences had been embedded before"
    yield from (f"{count:,} pairs refused: {reason}" for reason, count in haul.refused.items())
    yield f"{haul.export.written:,} pairs written to {output}, the surest first"
    yield from (f"{count:,} left out: {reason}" for reason, count in haul.export.left_out.items())
    yield f"what the next run need not embed is in {work} ({size(work) / 1e6:,.0f} MB); delete it when you are done"
