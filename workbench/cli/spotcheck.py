"""Spot checks from the command line: plan, begin, judge from files, report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.common import UserOption, WorkspaceOption, opened, write_table
from workbench.datatypes import Campaign, Scheme, Setup, Stratum
from workbench.errors import InputError
from workbench.plurals import count

if TYPE_CHECKING:
    from workbench.core import Workbench

spotcheck_app = typer.Typer(
    no_args_is_help=True, help="Judge a sample of translations and say, with a confidence, how good all are."
)

DocsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="DOC", help="Documents whose English is judged; all if none.")
]
PairOption = Annotated[bool, typer.Option("--pair", help="Judge the links of two aligned documents instead.")]
LimitOption = Annotated[float, typer.Option("--fewer-than", help="The share with a major error to stay below, in %.")]
ConfidenceOption = Annotated[float, typer.Option("--confidence", help="How sure one wants to be, in %.")]
SequentialOption = Annotated[
    bool, typer.Option("--sequential", help="Stop as soon as it is decided, in place of a fixed number.")
]
AllowedOption = Annotated[int, typer.Option("--allowed", help="Major errors that a fixed sample may have.")]
SampleOption = Annotated[
    int | None, typer.Option("--sample", help="Units one is ready to judge; allows as many errors as that bears.")
]
NumberArgument = Annotated[int, typer.Argument(help="The number of a spot check, as `spotcheck list` shows it.")]
ByOption = Annotated[
    str, typer.Option("--by", help="Draw of every document or length its share; both: with a comma. Fixed plans only.")
]
RiskOption = Annotated[bool, typer.Option("--suspects", help="The list of suspects in place of the random sample.")]


@spotcheck_app.command()
def plan(
    ctx: typer.Context,
    docs: DocsArgument = None,
    pair: PairOption = False,
    fewer_than: LimitOption = 5.0,
    confidence: ConfidenceOption = 95.0,
    by: ByOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Say how many units must be judged, by how many major errors are allowed, and stopping as soon as decided."""
    from workbench.quality.acceptance import exactly, good_document, how_often, percent

    with opened(ctx, workspace) as workbench:
        asked = (docs or (), pair, fewer_than / 100, confidence / 100)
        sequential = workbench.spotchecks.plan(*asked, sequential=True)
        typer.echo(f"{count(sequential.population, 'unit')}; fewer than {exactly(sequential.limit)} with a major error")
        for found in workbench.spotchecks.plans(*asked, _names(by)):
            share, chance = good_document(found)
            typer.echo(
                f"judge {found.sample}\tat most {found.allowed} with a major error"
                f"\taccepts {percent(share)} errors {how_often(chance)}"
            )
        if not by:
            typer.echo(f"judge {sequential.sample} or more\tuntil decided (--sequential)")
        _say_whether_in_one_language(workbench, docs, pair)


@spotcheck_app.command()
def start(
    ctx: typer.Context,
    docs: DocsArgument = None,
    pair: PairOption = False,
    fewer_than: LimitOption = 5.0,
    confidence: ConfidenceOption = 95.0,
    sequential: SequentialOption = False,
    allowed: AllowedOption = 0,
    sample: SampleOption = None,
    scheme: Annotated[Scheme, typer.Option(help="How units are judged.")] = Scheme.GRADE,
    judges: Annotated[
        str, typer.Option(help="Their names, with commas between. [default: whoever comes, each with the whole list]")
    ] = "",
    overlap: Annotated[float, typer.Option(min=0, max=100, help="Units that all judges judge, in %.")] = 0.0,
    attention: Annotated[int, typer.Option(min=0, help="One wrong on purpose after so many units; 0: never.")] = 0,
    blind: Annotated[
        bool, typer.Option("--blind", help="Hide engine, estimate and suspects on all pages until there is a verdict.")
    ] = False,
    by: ByOption = "",
    suspects: Annotated[
        int, typer.Option(min=0, help="Suspects to look at, apart from the sample; 0: estimate nothing.")
    ] = Setup().suspects,
    seed: Annotated[int | None, typer.Option(help="What to draw the sample by. [default: any]")] = None,
    name: Annotated[str, typer.Option(help="What to call it. [default: the documents]")] = "",
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Begin a spot check: draw the sample and the suspects, by the checks and terms that `check --keep` keeps."""
    from workbench.cli.bars import Bars
    from workbench.quality.acceptance import rule
    from workbench.quality.report import not_judged

    with opened(ctx, workspace, user) as workbench:
        spotchecks = workbench.spotchecks
        strata = _names(by)
        asked = (docs or (), pair, fewer_than / 100, confidence / 100, strata)
        wanted = spotchecks.plan(*asked, sequential=sequential, allowed=allowed, sample=sample)
        setup = Setup(
            scheme=scheme,
            judges=_names(judges),
            overlap=overlap / 100,
            attention=attention,
            blind=blind,
            by=strata,
            suspects=suspects,
            seed=seed,
            name=name,
        )
        campaign = spotchecks.start(docs or (), wanted, setup, pair=pair)
        typer.echo(f"spot check {campaign.number}: {campaign.name}, seed {campaign.seed}")
        typer.echo(rule(campaign.plan))
        _say_whether_in_one_language(workbench, docs, pair)
        for note in not_judged(campaign):
            typer.echo(note)
        spotchecks.find_suspects(campaign, Bars())


def _say_whether_in_one_language(workbench: Workbench, docs: Sequence[str] | None, pair: bool) -> None:
    from workbench.quality import IN_ONE_LANGUAGE

    if workbench.spotchecks.in_one_language(docs or (), pair):
        typer.echo(IN_ONE_LANGUAGE, err=True)


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


@spotcheck_app.command("list")
def list_spotchecks(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """List the spot checks: number, name, scheme, how many units, who began it and when."""
    with opened(ctx, workspace) as workbench:
        for each in workbench.spotchecks.all():
            size = f"{'at least ' if each.plan.sequential else ''}{each.plan.sample} of {each.plan.population}"
            typer.echo(f"{each.number}\t{each.name}\t{each.scheme}\t{size}\t{each.user}\t{each.created_at[:10]}")


@spotcheck_app.command()
def status(ctx: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None) -> None:
    """Say how far each judge is, and what may be said so far."""
    with opened(ctx, workspace) as workbench:
        campaign = workbench.spotchecks.get(number)
        for each in workbench.spotchecks.progress(campaign):
            typer.echo(f"{each.judge}\t{each.stratum}\t{each.judged} of {each.of}")
        found = workbench.spotchecks.verdict(campaign)
        typer.echo(f"{found.outcome}: {found.reason}")


@spotcheck_app.command()
def sheet(
    ctx: typer.Context,
    number: NumberArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="A .csv, .tsv or .xlsx file.")],
    suspects: RiskOption = False,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Write the user's list to a file, to be judged elsewhere: fill in the column `grade`."""
    from workbench.cli.bars import Bars
    from workbench.quality.judging import SHEET

    if output.suffix.lower() not in (".csv", ".tsv", ".xlsx"):
        raise InputError(
            f"{output.name} is to end in .csv, .tsv or .xlsx: other files `spotcheck judge` does not take back"
        )
    with opened(ctx, workspace, user) as workbench:
        campaign = workbench.spotchecks.get(number)
        if suspects:
            campaign = workbench.spotchecks.find_suspects(campaign, Bars())
        if output.is_file() and output.stat().st_size:
            _check_known(workbench, campaign, output, suspects)
        rows = workbench.spotchecks.sheet(campaign, _stratum(suspects))
    write_table(SHEET, rows, output)
    typer.echo(f"{count(len(rows), 'unit')} written to {output}; grades are good, minor, major or unsure")


def _check_known(workbench: Workbench, campaign: Campaign, output: Path, suspects: bool) -> None:
    """Raises InputError where a file holds what a judge has filled in and nobody has taken in."""
    try:
        known = workbench.spotchecks.is_taken_in(campaign, output.read_bytes(), output.name, _stratum(suspects))
    except InputError:
        known = False
    if not known:
        raise InputError(
            f"{output} is there already, and what it says is not taken in yet; do that with"
            f" `spotcheck judge {campaign.number} {output}`, or name another file"
        )


@spotcheck_app.command()
def judge(
    ctx: typer.Context,
    number: NumberArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="As `spotcheck sheet` writes them.")],
    suspects: RiskOption = False,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Take in judgements from files; lines that cannot be used are told, with exit status 1, and the others count."""
    faults = 0
    with opened(ctx, workspace, user) as workbench:
        campaign = workbench.spotchecks.get(number)
        for file in files:
            taken = workbench.spotchecks.read_sheet(campaign, file.read_bytes(), file.name, _stratum(suspects))
            again = f", {taken.known} more known already" if taken.known else ""
            typer.echo(f"{file.name}\t{count(taken.judgements, 'judgement')}{again}")
            for fault in taken.faults:
                typer.echo(f"warning: {fault}", err=True)
            faults += len(taken.faults)
    if faults:
        raise typer.Exit(1)


@spotcheck_app.command()
def unblind(
    ctx: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None, user: UserOption = None
) -> None:
    """End blind judging before the verdict, so that pages show engine and estimate again; the report says so."""
    with opened(ctx, workspace, user) as workbench:
        campaign = workbench.spotchecks.get(number)
        typer.echo(f"spot check {workbench.spotchecks.unblind(campaign).number} is blind no more")


def _stratum(suspects: bool) -> Stratum:
    return Stratum.RISK if suspects else Stratum.RANDOM


@spotcheck_app.command()
def report(
    ctx: typer.Context,
    number: NumberArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=".html: to read; .csv: judgements; .tsv: MQM, ten columns."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Print the verdict and its numbers, or write the report to a file."""
    from workbench.export.writing import write_file

    with opened(ctx, workspace) as workbench:
        campaign = workbench.spotchecks.get(number)
        if output is None:
            typer.echo("\n".join(workbench.spotchecks.summary(campaign)))
            return
        data = workbench.spotchecks.written(campaign, output.suffix.lower().removeprefix("."))
    write_file(data, output)
    typer.echo(f"written to {output}")
