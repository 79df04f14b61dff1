"""`python -m workbench jobs ...`: work in the background, which goes on when the terminal is closed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.common import UserOption, WorkspaceOption, folder_of, opened
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.store import Job, Wish

_SECONDS_BETWEEN_LOOKS = 0.3

# States of which a job is in one once it has heeded a wish.
_MEANT: Mapping[Wish, tuple[str, ...]] = {
    "pause": ("paused",),
    "resume": ("waiting", "running"),
    "cancel": ("cancelled",),
}

jobs_app = typer.Typer(help="Work in the background; without a command, the list of it.")

NumberArgument = Annotated[int, typer.Argument(help="The job, as `jobs` numbers them.")]


@contextmanager
def at_work(workbench: Workbench) -> Iterator[None]:
    """Work in the foreground while nobody else works on the workspace, so that nothing is done twice."""
    from workbench import jobs

    def told() -> None:
        running = next((job for job in workbench.jobs() if job.state == "running"), None)
        first = f"; `jobs pause {running.number}` lets this go first" if running else ""
        typer.echo(f"waiting until other work on this workspace is done{first}", err=True)

    with jobs.at_work(workbench.folder, told):
        yield


@jobs_app.callback(invoke_without_command=True)
def list_jobs(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    from workbench.core.leftovers import interrupted_jobs

    if ctx.invoked_subcommand is None:
        with opened(ctx, workspace) as workbench:
            names = _names(workbench)
            for job in workbench.jobs():
                typer.echo(_line(job, names))
            for job in interrupted_jobs(workbench):
                typer.echo(f"nobody works on job {job.number} any more; `jobs wait` lets it go on", err=True)


@jobs_app.command()
def start(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="translate|align|check", help="What to do.")],
    docs: Annotated[list[str] | None, typer.Argument(metavar="DOC", help="Names or ids; all if none.")] = None,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Start work in the background; what is asked for already is not done twice."""
    from workbench import jobs

    with opened(ctx, workspace, user) as workbench:
        refs = docs or [info.id for info in workbench.documents()]
        typer.echo(_line(jobs.start(workbench, what, refs), _names(workbench)))


@jobs_app.command()
def pause(ctx: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None) -> None:
    """Let a job rest until it is resumed; what it did is kept."""
    with opened(ctx, workspace) as workbench:
        _steer(workbench, number, "pause")


@jobs_app.command()
def resume(ctx: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None) -> None:
    """Let a paused job go on, or one that failed or was cancelled begin again."""
    from workbench import jobs

    with opened(ctx, workspace) as workbench:
        if _steer(workbench, number, "resume").wants_worker:
            jobs.ensure_worker(workbench.folder)


@jobs_app.command()
def cancel(ctx: typer.Context, number: NumberArgument, workspace: WorkspaceOption = None) -> None:
    """End a job; what it did is kept."""
    with opened(ctx, workspace) as workbench:
        _steer(workbench, number, "cancel")


@jobs_app.command()
def wait(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """Wait until no job waits or runs, and see that they are worked on; fails where one of them failed."""
    from workbench import jobs

    with opened(ctx, workspace) as workbench:
        awaited = {job.number for job in workbench.jobs() if job.wants_worker}
        bars = Bars()
        while going := [job for job in workbench.jobs() if job.wants_worker]:
            awaited |= {job.number for job in going}
            jobs.ensure_worker(workbench.folder)
            for job in going:
                if job.total:
                    bars(f"job {job.number}: {job.stage}", job.done, job.total)
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        names = _names(workbench)
        ended = [job for job in workbench.jobs() if job.number in awaited]
    for job in ended:
        typer.echo(_line(job, names))
    if any(job.state == "failed" for job in ended):
        raise typer.Exit(1)


@jobs_app.command(hidden=True)
def work(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """Do the waiting jobs, in order; what the other commands and the pages start."""
    from workbench.jobs.worker import work

    work(folder_of(ctx, workspace))


def _steer(workbench: Workbench, number: int, wish: Wish) -> Job:
    """Print what became of a job. Raises InputError where it had ended, or rests, so that nothing did."""
    job = workbench.steer_job(number, wish)
    if job.asked != wish and job.state not in _MEANT[wish]:
        raise InputError(f"job {job.number} is {job.state}; there is nothing to {wish}")
    typer.echo(_line(job, _names(workbench)))
    return job


def _names(workbench: Workbench) -> Callable[[str], str]:
    known = workbench.names()
    return lambda doc_id: known.get(doc_id, "a document that was removed")


def _line(job: Job, name: Callable[[str], str]) -> str:
    state = f"{job.state}, to {job.asked}" if job.asked else str(job.state)
    far = f"{job.stage} {job.done:,} of {job.total:,}" if job.is_live and job.total else ""
    parts: Sequence[str] = (str(job.number), job.kind, state, far, ", ".join(map(name, job.docs)), job.message)
    return "\t".join(parts).rstrip()
