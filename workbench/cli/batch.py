"""`python -m workbench batch ...`: thousands of pairs of files at a time."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.common import MaxMbOption, MaxMemoryOption, MaxSecondsOption, UserOption, resumable, user_of
from workbench.errors import InputError
from workbench.plurals import count
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.wiring.batching import Options

_CORES = os.cpu_count() or 1


def batch(
    ctx: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER_OR_MANIFEST",
            help="A folder in which to find versions of documents, or a .csv, .tsv or .jsonl file that names pairs.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="The folder of the run. [default: batch-NAME]"),
    ] = None,
    translate: Annotated[
        bool, typer.Option("--translate", help="Into English too; what is translated is kept in the run's folder.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, help="Processes of this machine.")] = _CORES,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Work on this Dask cluster instead (tcp://host:8786); its workers share checkout, models and paths.",
        ),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what failed before.")] = False,
    into: Annotated[
        Path | None, typer.Option(metavar="WORKSPACE", help="Take the aligned pairs into this workspace.")
    ] = None,
    max_mb: MaxMbOption = Settings().max_file_mb,
    max_seconds: MaxSecondsOption = Settings().max_read_seconds,
    max_memory_mb: MaxMemoryOption = Settings().max_read_memory_mb,
    user: UserOption = None,
) -> None:
    """Align thousands of pairs of files, named or found; the same command again goes on where it stopped.

    Results are Parquet files; pairs.tsv and documents.tsv say what became of each. Nothing stops the rest; where a pair
    failed, or a file or a line of the manifest could not be read, the exit status is 1.
    """
    from workbench.jobs import pools
    from workbench.jobs.batch import run
    from workbench.jobs.results import show
    from workbench.wiring.batching import Options

    if not source.exists():
        raise InputError(f"there is no {source}; name a folder of documents or a manifest of pairs")
    limits = Settings(max_file_mb=max_mb, max_read_seconds=max_seconds, max_read_memory_mb=max_memory_mb)
    settings = replace(limits, threads=1 if scheduler else max(1, _CORES // processes))
    folder = (output or Path(f"batch-{source.resolve().stem}")).resolve()
    options = Options(str(folder), translate, settings, several=scheduler is not None)
    with resumable(), pools.cluster(scheduler) if scheduler else pools.processes(processes) as pool:
        report = run(source, options, pool, retry=retry, progress=Bars())
    for line in show(report):
        typer.echo(line)
    if into is not None:
        _take_in(options, into, user_of(ctx, user) or "")
    if not report.complete:
        raise typer.Exit(1)


def _take_in(options: Options, workspace: Path, user: str) -> None:
    from workbench.jobs.into import take_in

    taken = take_in(options, workspace, user, Bars())
    typer.echo(f"{count(taken.pairs, 'pair')} taken into {workspace}")
    for reason, number in taken.left_out.items():
        typer.echo(f"{number:,} left out: {reason}")


def bench_batch(
    pairs: Annotated[int, typer.Option(min=1, help="Invented pairs of documents, of 50 segments a side.")] = 10_000,
    dask: Annotated[bool, typer.Option("--dask", help="By one Dask worker of this machine, then by two.")] = False,
) -> None:
    """Time a batch run over many pairs of documents, their translations cached."""
    from workbench.bench.batch import ceiling, line, run

    runs = []
    for done in run(pairs, dask, Bars()):
        typer.echo(line(done))
        runs.append(done)
    if dask:
        typer.echo(f"two workers are {runs[0].seconds / runs[1].seconds:.2f} times as fast as one")
        typer.echo(f"two processes that share nothing but this machine: {ceiling():.2f} times")
