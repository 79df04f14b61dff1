"""`python -m workbench check`, and what measures the checks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.common import WorkspaceOption, opened, write_table
from workbench.plurals import count

if TYPE_CHECKING:
    from workbench.wiring.checking import Checked


def check(
    ctx: typer.Context,
    docs: Annotated[
        list[str],
        typer.Argument(metavar="DOC", help="Two aligned documents, or one to be checked against its English."),
    ],
    profile: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Which checks count: a TOML file that --save-profile wrote. [default: as the workspace keeps]",
        ),
    ] = None,
    off: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Switch a check off; repeatable.")] = None,
    save_profile: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write down which checks run, to be shared.")
    ] = None,
    glossary: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Terms: TBX, MultiTerm XML, or a table (XLSX, CSV, TSV) that names its languages (fr,en or "
            "source,target), a term a row. [default: as the workspace keeps]",
        ),
    ] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Keep these checks and terms for the workspace: its pages and the search for suspects, too."
        ),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Every issue as a .tsv, .csv or .xlsx file.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Check translations automatically, without judging them: numbers, names, omissions, loops, tags and more."""
    from workbench.export.writing import write_file
    from workbench.quality import CHECKS, Profile, known_only, profile_text, read_profile
    from workbench.wiring.checking import HEADER, rows
    from workbench.wiring.checks import Wanted
    from workbench.wiring.importing import on_disk

    known = {name: one.looks_for for name, one in CHECKS.items()}
    with opened(ctx, workspace) as workbench:
        kept = workbench.checks.wanted
        chosen = read_profile(profile, known) if profile else kept.profile
        terms = workbench.glossary(on_disk(glossary)) if glossary else kept.glossary
        wanted = Wanted(Profile(chosen.off | known_only(off or [], known)), terms)
        for problem in terms.problems:
            typer.echo(f"warning: {problem}", err=True)
        if save_profile:
            write_file(profile_text(wanted.profile, known).encode(), save_profile)
        if keep:
            workbench.checks.want(wanted)
        checked = workbench.checks.run(docs, wanted, Bars())
    if output:
        write_table(HEADER, rows(checked), output)
    _tell(checked, known)


def _tell(checked: Checked, looks_for: Mapping[str, str]) -> None:
    """How often each check spoke up. `looks_for`: what for, by its name."""
    from workbench.quality import IN_ONE_LANGUAGE

    for name, units in checked.report.fired.items():
        typer.echo(f"{units}\t{name}\t{looks_for[name]}")
    judged = [estimate for estimate in checked.estimates if estimate]
    units = sum(not unit.is_null for unit in checked.report.units)
    typer.echo(f"{count(units, 'unit')} checked, {sum(map(bool, checked.report.issues))} with issues", err=True)
    if units and not judged:
        typer.echo(IN_ONE_LANGUAGE, err=True)
    if not all(estimate.is_calibrated for estimate in judged):
        typer.echo("the risk is not calibrated for these languages: it ranks, and is no probability", err=True)


def bench_checks(
    pairs: Annotated[Path, typer.Option(help="A file of `text TAB English` lines.")],
    src_lang: Annotated[str, typer.Option(help="The language of the texts.")],
    reverse: Annotated[bool, typer.Option("--reverse", help="English is the source, errors go into the text.")] = False,
    speed: Annotated[bool, typer.Option("--speed", help="Only time 100,000 units.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--check", metavar="CHECK", help="Only this check, sooner done; repeatable.")
    ] = None,
    seed: Annotated[int, typer.Option(help="What to draw the errors by.")] = 0,
) -> None:
    """How often each automatic check finds known errors, put into one unit of twenty, and speaks up on sound ones."""
    from workbench.bench.checks import as_units, run, show
    from workbench.bench.checks import speed as timed
    from workbench.bench.pairs import read_pairs
    from workbench.lang import canonical, simplified, traditional
    from workbench.quality import CHECKS, known_only
    from workbench.wiring.models import Models

    lang = canonical(src_lang)
    script = {"zh-Hant": traditional, "zh-Hans": simplified}.get(lang, str)
    read = [(script(text), english) for text, english in read_pairs(pairs, lang)]
    found = [(b, a) for a, b in read] if reverse else read
    units = as_units(found, ("en", lang) if reverse else (lang, "en"))
    if speed:
        typer.echo(timed(units))
    else:
        wanted = known_only(only or [], {name: one.looks_for for name, one in CHECKS.items()})
        typer.echo(show(run(units, Models().encoders().multilingual, seed, Bars(), sorted(wanted)), len(units)))


def eval_quality(
    judgements: Annotated[Path, typer.Argument(help="MQM judgements as TSV, spans marked by <v> and </v>.")],
    src_lang: Annotated[str, typer.Option(help="The language of the sources.")] = "zh-Hans",
    tgt_lang: Annotated[str, typer.Option(help="The language of the translations.")] = "en",
) -> None:
    """Hold quality estimates against human judgements, one text left out at a time: correlation, major errors told."""
    from workbench.bench.quality import evaluate, read_judgements, show
    from workbench.lang import canonical
    from workbench.wiring.models import Models

    judged = read_judgements(judgements)
    typer.echo(show(evaluate(judged, (canonical(src_lang), canonical(tgt_lang)), Models().means(), Bars())))
