"""What the parts of the command line share: the workspace, and who works in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.datatypes import Status
from workbench.errors import InputError
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.core import Workbench

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="The folder that holds the work. [default: ./workspace]"),
]
UserOption = Annotated[str | None, typer.Option("--user", help="Who makes the changes. [default: the login name]")]
DocArgument = Annotated[str, typer.Argument(help="A document's name or id.")]

LeastOption = Annotated[
    float | None,
    typer.Option(
        "--least-confidence", min=0, max=1, help="Leave out links less sure than this. [default: the aligner's]"
    ),
]

EncodingOption = Annotated[
    str, typer.Option(help="That of text files, such as cp1250, koi8-u or mac-roman. [default: found by itself]")
]

# What reading one file may take; more than a million megabytes or seconds no system can count to everywhere.
_MOST = 1_000_000
MaxMbOption = Annotated[int, typer.Option(min=1, max=_MOST, help="Refuse larger files.")]
MaxSecondsOption = Annotated[int, typer.Option(min=1, max=_MOST, help="Give up a file that takes longer to read.")]
MaxMemoryOption = Annotated[
    int, typer.Option(min=256, max=_MOST, help="Give up a file that takes more memory to read.")
]


def least_of(said: float | None) -> float:
    """The confidence that was asked for, or else the aligner's."""
    from workbench.align import LEAST_CONFIDENCE

    return LEAST_CONFIDENCE if said is None else said


@dataclass(frozen=True, slots=True)
class Common:
    """The options that may stand before the command as well as after it."""

    workspace: Path | None = None
    user: str | None = None


def folder_of(ctx: typer.Context, workspace: Path | None) -> Path:
    """The workspace, named after the command or before it."""
    before: Common = ctx.obj or Common()
    return workspace or before.workspace or Path("workspace")


def user_of(ctx: typer.Context, user: str | None) -> str | None:
    before: Common = ctx.obj or Common()
    return user or before.user


@contextmanager
def resumable() -> Iterator[None]:
    """Say at Ctrl-C that nothing is lost; the command's exit status is 130, as shells have it."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("stopped; what is done is kept, and the same command goes on from there", err=True)
        raise


def status_of(said: str) -> Status:
    """What somebody typed as a status. Raises InputError on what is none."""
    if said not in Status.__members__.values():
        raise InputError(f"{said!r} is no status; use {', '.join(Status)}")
    return Status(said)


@contextmanager
def opened(
    ctx: typer.Context,
    workspace: Path | None,
    user: str | None = None,
    settings: Settings = Settings(),
    begins: bool = False,
) -> Iterator[Workbench]:
    """The workspace; where there is none it is begun by a command that `begins` one, and else this raises InputError:
    a slip in its name is no empty workspace."""
    from workbench.core import Workbench
    from workbench.store import FILE_NAME

    folder = folder_of(ctx, workspace)
    if not (begins or folder.joinpath(FILE_NAME).exists()):
        raise InputError(
            f"there is no workspace in {folder}; say with --workspace where it is, or begin one with `add`"
        )
    with Workbench(folder, settings, user_of(ctx, user)) as workbench:
        yield workbench


def write_table(header: Sequence[str], rows: Iterable[Sequence[str | float]], output: Path) -> None:
    """Write a table in the format that the file's ending names."""
    from workbench.export.tables import table
    from workbench.export.writing import write_file

    write_file(table(header, rows, output.suffix.lower().removeprefix(".")), output)
