"""`python -m workbench models ...`: what models there are, and bringing them in and out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars

if TYPE_CHECKING:
    from workbench.core.doctor import Finding

models_app = typer.Typer(no_args_is_help=True, help="The models that translate and compare.")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A model, as `models list` calls it.")]


@models_app.command("list")
def models_list() -> None:
    """List the models: name, what it does, where it comes from, its size, whether it is used; then what could be."""
    from workbench.wiring.models import Models
    from workbench.wiring.shelf import absent_preferences, offered, present

    models = Models()
    for item in present(models):
        fields = item.name, item.does, item.comes, f"{item.size / 1e6:.0f} MB", item.state, item.note
        typer.echo("\t".join(fields).rstrip())
    for entry in offered(models):
        size = f"{entry.size / 1e6:.0f} MB" if entry.size else "size varies"
        typer.echo(f"{entry.name}\t{entry.note}\tnot installed\t{size}\tmodels install {entry.install}")
    for name in absent_preferences(models):
        typer.echo(
            f"warning: {name} is preferred but not here, and another model is used instead; install it again, or say "
            f"`models prefer {name} --off`",
            err=True,
        )


@models_app.command("verify")
def models_verify() -> None:
    """Check every model's files; where something is wrong, the exit status is 1."""
    from workbench.core.doctor import verify_models
    from workbench.wiring.models import Models

    print_findings(verify_models(Models()))


@models_app.command("install")
def models_install(
    what: Annotated[
        list[str],
        typer.Argument(metavar="FILE | NAME | FROM TO", help="A file or folder, a name, or two language codes."),
    ],
) -> None:
    """Install a model: from a file or folder; or, by the network, a listed one or an Argos package by its languages."""
    from workbench.wiring.models import Models
    from workbench.wiring.shelf import install

    typer.echo(install(Models(), what, Bars()))


@models_app.command("remove")
def models_remove(name: NameArgument) -> None:
    """Remove a model that you installed."""
    from workbench.wiring.models import Models
    from workbench.wiring.shelf import remove

    typer.echo(remove(Models(), name))


@models_app.command("prefer")
def models_prefer(
    name: NameArgument,
    off: Annotated[bool, typer.Option("--off", help="Prefer it no longer.")] = False,
) -> None:
    """Let a model go before all others for its language pair, or for comparing across languages; in all workspaces."""
    from workbench.wiring.models import Models
    from workbench.wiring.shelf import prefer

    typer.echo(prefer(Models(), name, not off))


@models_app.command("pack")
def models_pack(
    name: NameArgument,
    output: Annotated[
        Path, typer.Argument(metavar="OUTPUT", help="The .argosmodel file to write, or a folder for it.")
    ],
) -> None:
    """Write a translation package as one file that Argos Translate installs."""
    from workbench.wiring.models import Models
    from workbench.wiring.shelf import pack

    typer.echo(f"written to {pack(Models(), name, output)}")


def print_findings(findings: Iterable[Finding]) -> None:
    """Say each finding as it comes; the exit status is 1 if something is not well."""
    ill = False
    for finding in findings:
        ill = ill or not finding.well
        typer.echo(f"{'ok ' if finding.well else 'BAD'}\t{finding.subject}: {finding.state}")
        if finding.remedy:
            typer.echo(f"\tdo: {finding.remedy}")
    if ill:
        raise typer.Exit(1)
