"""`bench`: speed, memory and soundness, measured on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.batch import bench_batch
from workbench.cli.check import bench_checks
from workbench.cli.common import WorkspaceOption, folder_of
from workbench.cli.mine import bench_mine
from workbench.errors import InputError

bench_app = typer.Typer(no_args_is_help=True, help="Speed and memory, measured on this machine.")
bench_app.command("checks")(bench_checks)
bench_app.command("mine")(bench_mine)
bench_app.command("batch")(bench_batch)


@bench_app.command("main")
def bench_main(
    docs: Annotated[list[Path], typer.Argument(metavar="FILE", help="Two versions of one text.")],
) -> None:
    """Time the main job on two documents: from files to an aligned pair, cold and cached."""
    from workbench.bench.main_job import run, show

    if len(docs) != 2:
        raise InputError(f"the main job takes two documents, got {len(docs)}")
    typer.echo(show(run(docs)))


@bench_app.command("align")
def bench_align(
    sizes: Annotated[
        list[str] | None, typer.Option(metavar="N[xM]", help="Segments of either side; again for more sizes.")
    ] = None,
) -> None:
    """Time the aligner on made-up vectors, in order and reordered: seconds, memory, true links found."""
    from workbench.bench.align import HEADING, SIZES, growth, line, parse_size, run

    typer.echo(HEADING)
    runs = []
    for done in run([parse_size(size) for size in sizes] if sizes else SIZES):
        typer.echo(line(done))
        runs.append(done)
    typer.echo(growth(runs))


@bench_app.command("pages")
def bench_pages(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """Time the switch between pages in a real browser, on a workspace with aligned documents."""
    from workbench.bench.pages import run, show

    typer.echo(show(run(folder_of(ctx, workspace))))


@bench_app.command("ui")
def bench_ui(
    segments: Annotated[int, typer.Option(help="Segments of either of two made-up documents.")] = 5000,
    edits: Annotated[int, typer.Option(help="Edits in a row.")] = 1000,
) -> None:
    """Time the Compare page in a real browser: first paint, filter, scrolling, edits in a row, a deep link."""
    from workbench.bench.ui import run, show

    typer.echo(show(run(segments, edits, Bars())))


@bench_app.command("translate")
def bench_translate(
    file: Annotated[Path, typer.Argument(help="A text file, one segment a line.")],
    src_lang: Annotated[str, typer.Option(help="Its language.")],
    tgt_lang: Annotated[str, typer.Option(help="The language to translate into.")] = "en",
) -> None:
    """Compare our translating with stock Argos Translate on the same package: speed and identical output."""
    from workbench.bench.translate import read_segments, run, show
    from workbench.wiring.models import Models

    models = Models()
    typer.echo(show(run(read_segments(file), src_lang, tgt_lang, models.packages, models.judge, progress=Bars())))


@bench_app.command("export")
def bench_export(
    pairs: Annotated[int, typer.Option(min=1, help="How many made-up pairs to write.")] = 100_000,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="Repeatable. [default: those written as a stream]")
    ] = None,
) -> None:
    """Time the export of many pairs: seconds with the check, peak memory, size of the file."""
    from workbench.bench.export import HEADING, STREAMED, line, run

    typer.echo(HEADING)
    for done in run(pairs, formats or STREAMED):
        typer.echo(line(done))


@bench_app.command("kill")
def bench_kill(
    times: Annotated[int, typer.Option(min=1, help="How often.")] = 200,
    seed: Annotated[int, typer.Option(help="What to draw the moments by.")] = 0,
) -> None:
    """Kill programs at work at random moments (`kill -9`) and look for all that they had confirmed; takes a while."""
    import tempfile

    from workbench.bench.kill import run, show

    with tempfile.TemporaryDirectory() as folder:
        toll = run(Path(folder), times, seed, progress=Bars())
    typer.echo(show(toll))
    if toll.lost or toll.corrupt:
        raise typer.Exit(1)


@bench_app.command("fuzz")
def bench_fuzz(
    files: Annotated[int, typer.Option(min=1, help="Of every format.")] = 2000,
    formats: Annotated[list[str] | None, typer.Option("--format", help="Only of this format; repeatable.")] = None,
    seed: Annotated[int, typer.Option(help="What to draw the changes by.")] = 0,
) -> None:
    """Read broken and hostile files of every format and count crashes, hangs, and limits that are reached."""
    from workbench.bench.fuzz import run, show

    outcomes = run(files, seed, Bars(), formats or ())
    for line in show(outcomes):
        typer.echo(line)
    if any(outcome.bad for outcome in outcomes):
        raise typer.Exit(1)


@bench_app.command("disagreements")
def bench_disagreements(
    pairs: Annotated[
        list[Path],
        typer.Option(
            help="A file of `text TAB English` lines; a second one for two texts with that English; or a gold set."
        ),
    ],
    src_lang: Annotated[str, typer.Option(help="The language of the file, or of the first.")],
    tgt_lang: Annotated[str, typer.Option(help="The language of the other texts.")] = "en",
    kept: Annotated[bool, typer.Option("--kept", help="Of a gold set, the documents kept back for reporting.")] = False,
    seed: Annotated[int, typer.Option(help="What to draw the changes by.")] = 0,
) -> None:
    """How often facts of parallel pairs are said to disagree, and how many planted changes are found."""
    from workbench.bench.disagreements import pairs_of, run, show
    from workbench.lang import canonical

    langs = canonical(src_lang), canonical(tgt_lang)
    typer.echo(show(run(pairs_of(pairs, kept), langs, seed, Bars())))


@bench_app.command("spotcheck")
def bench_spotcheck(
    repetitions: Annotated[int, typer.Option(min=1, help="Spot checks a design and error rate.")] = 1000,
    seed: Annotated[int, typer.Option(help="What to draw by.")] = 0,
) -> None:
    """Simulate spot checks with known error rates: how often intervals hold, and verdicts err."""
    from workbench.bench.spotcheck import run, show

    typer.echo(show(run(repetitions, seed=seed, progress=Bars())))


@bench_app.command("judging")
def bench_judging(
    units: Annotated[int, typer.Option(min=300, help="Translations in the document.")] = 1000,
    judgements: Annotated[int, typer.Option(min=1, max=100, help="Judgements in a row.")] = 50,
) -> None:
    """Time the page Check in a real browser: from a judgement until the next unit."""
    from workbench.bench.judging import run, show

    typer.echo(show(run(units, judgements)))
