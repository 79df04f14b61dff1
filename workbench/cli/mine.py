"""`python -m workbench mine`, and what measures it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.common import resumable
from workbench.errors import InputError
from workbench.folders import size as size_of
from workbench.lang import display_name
from workbench.plurals import count

if TYPE_CHECKING:
    from workbench.mining.mine import Haul


def mine(
    src: Annotated[Path, typer.Argument(help="A text file of one sentence a line (.gz, .xz too), or a folder.")],
    tgt: Annotated[Path, typer.Argument(help="The same in another language.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file of pairs to write.")],
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="See docs/formats.md. [default: what the file's ending says]"),
    ] = None,
    src_lang: Annotated[str | None, typer.Option(help="Language of SRC; und: several. [default: detected]")] = None,
    tgt_lang: Annotated[str | None, typer.Option(help="Language of TGT; und: several. [default: detected]")] = None,
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
    from workbench.mining.mine import Wishes
    from workbench.mining.mine import mine as mined
    from workbench.wiring.models import Models

    wishes = Wishes((src_lang, tgt_lang), check_language=check_language)
    if least_score is not None:
        wishes = replace(wishes, least=least_score)
    folder = work or output.with_name(f"{output.name}.mining")
    loaded = Models().encoder(encoder or "")
    with resumable():
        haul = mined((src, tgt), output, format or format_of(output), loaded, folder, wishes, progress=Bars())
    for line in _report(haul, output, folder):
        typer.echo(line)


def bench_mine(
    size: Annotated[
        int | None, typer.Option(min=100, help="Mine so many sentences of either side: seconds and memory.")
    ] = None,
    recall: Annotated[
        int | None, typer.Option(min=100, help="Search so many of either side approximately and completely.")
    ] = None,
    probes: Annotated[
        list[int] | None, typer.Option(min=1, help="With --recall: cells to look into; repeatable. [default: ours]")
    ] = None,
    pairs: Annotated[
        list[Path] | None,
        typer.Option(help="Find known pairs, `foreign TAB English`, among sentences of a --corpus each; repeatable."),
    ] = None,
    noise: Annotated[int, typer.Option(min=100, help="With --pairs: other sentences for each half of them.")] = 20_000,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="`foreign TAB English TAB source` lines, .xz too; repeatable. Without: made-up vectors."),
    ] = None,
) -> None:
    """Measure mining: time and memory, what the approximate search misses, how right the pairs are."""
    from workbench.align.index import Tuning
    from workbench.bench import mine as bench
    from workbench.wiring.models import Models

    if size is recall is None and not pairs:
        raise InputError("say what to measure: --size, --recall or --pairs")
    corpora, known, encoder = corpus or [], pairs or [], Models().encoder()
    if len(known) > len(corpora):
        raise InputError(
            f"{len(known)} files of pairs want a --corpus each to hide among, and there are {len(corpora)}"
        )
    if size is not None:
        for line in bench.show_size(bench.size(size, corpora)):
            typer.echo(line)
    if recall is not None:
        typer.echo(bench.RECALL_HEADING)
        for done in bench.recall(recall, corpora, encoder, probes or [Tuning().probes]):
            typer.echo(bench.show_recall(done))
    if known:
        bars = Bars()
        halves = [bench.plant(file, among, noise, encoder, bars) for file, among in zip(known, corpora, strict=False)]
        for line in bench.show_planted([file.name for file in known], halves):
            typer.echo(line)


def _report(haul: Haul, output: Path, work: Path) -> Iterator[str]:
    for name, side in zip(("SRC", "TGT"), haul.sides, strict=True):
        yield f"{name}: {count(len(side), 'sentence')} in {display_name(side.lang)} out of {count(side.lines, 'line')}"
        yield from (f"    {number:,} left out: {reason}" for reason, number in side.left_out.items())
    if haul.found:
        yield f"{count(haul.found, 'sentence')} had been embedded before"
    yield from (f"{count(number, 'pair')} refused: {reason}" for reason, number in haul.refused.items())
    yield f"{count(haul.export.written, 'pair')} written to {output}, the surest first"
    yield from (f"{number:,} left out: {reason}" for reason, number in haul.export.left_out.items())
    yield f"what the next run need not embed is in {work} ({size_of(work) / 1e6:,.0f} MB); delete it when you are done"
