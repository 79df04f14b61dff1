"""Documents from the command line: taking in, listing, showing, leaving out."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.common import (
    DocArgument,
    EncodingOption,
    MaxMbOption,
    MaxMemoryOption,
    MaxSecondsOption,
    UserOption,
    WorkspaceOption,
    opened,
)
from workbench.datatypes import TranslationState
from workbench.errors import InputError
from workbench.plurals import count
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.wiring.views import Added

documents_app = typer.Typer()

LangOption = Annotated[str | None, typer.Option("--lang", help="Their language, instead of the detected one.")]


@documents_app.command()
def add(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")],
    lang: LangOption = None,
    encoding: EncodingOption = "",
    max_mb: MaxMbOption = Settings().max_file_mb,
    max_seconds: MaxSecondsOption = Settings().max_read_seconds,
    max_memory_mb: MaxMemoryOption = Settings().max_read_memory_mb,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Take documents in: .txt .md .html .mhtml .docx .odt .rtf .epub .pdf .srt .vtt.

    Where one is refused, the exit status is 1.
    """
    limits = Settings(max_file_mb=max_mb, max_read_seconds=max_seconds, max_read_memory_mb=max_memory_mb)
    with opened(ctx, workspace, user, limits, begins=True) as workbench:
        results: list[Added] = []
        for path, given in groupby(paths, key=lambda path: path if path == "-" else ""):
            if path == "-":
                results.append(workbench.add_bytes(sys.stdin.buffer.read(), "stdin.txt", lang, encoding))
            else:  # at once: those of one name are told apart by their folders
                results += workbench.add(list(given), lang, Bars(), encoding)
    for result in results:
        report(result)
    if not results:
        raise InputError(f"{' '.join(paths)}: no file that can be read was found there")
    if any(result.error for result in results):
        raise typer.Exit(1)


def report(result: Added) -> None:
    """Say what became of a file."""
    from workbench.ingest import printable

    if result.error:
        typer.echo(f"error: {result.error}", err=True)
        return
    path = printable(result.path)
    typer.echo(f"{result.change}\t{result.name}\t{count(result.segments, 'segment')}\t{result.doc_id}\t{path}")
    for warning in result.warnings:
        typer.echo(f"warning: {result.name}: {warning}", err=True)


@documents_app.command("list")
def list_documents(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """List the documents: id, name, language, segments that take part, segments translated, and the file each is of."""
    from workbench.ingest import printable

    with opened(ctx, workspace) as workbench:
        for info in workbench.documents():
            typer.echo(
                f"{info.id}\t{info.name}\t{info.lang}\t{info.included:,} of {count(info.segments, 'segment')}"
                f"\t{info.translated} in English\t{printable(info.source)}"
            )


@documents_app.command()
def show(
    ctx: typer.Context,
    doc: DocArgument,
    workspace: WorkspaceOption = None,
) -> None:
    """Show a document segment by segment, with its English and what is left out and why."""
    with opened(ctx, workspace) as workbench:
        views = workbench.segments(doc)
        drafts = {lang for lang in {view.segment.lang for view in views} if workbench.drafts(lang)}
        for view in views:
            left_out = "" if view.included else f"  [left out: {view.segment.reason or view.segment.flag or 'by hand'}]"
            speaker = f"{view.segment.speaker}: " if view.segment.speaker else ""
            typer.echo(f"{view.index + 1}\t{view.segment.lang}\t{speaker}{view.segment.text}{left_out}")
            if view.english and view.in_english:
                is_draft = view.english.state == TranslationState.OK and view.segment.lang in drafts
                typer.echo(f"\t{'draft' if is_draft else view.english.state}\t{view.in_english}")


@documents_app.command()
def remove(
    ctx: typer.Context,
    doc: DocArgument,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Take a document out of the workspace; `undo` brings it back."""
    with opened(ctx, workspace, user) as workbench:
        workbench.remove(doc)
    typer.echo(f"removed {doc}; `undo` brings it back")


@documents_app.command()
def include(
    ctx: typer.Context,
    doc: DocArgument,
    numbers: Annotated[list[int], typer.Argument(metavar="NUMBER", help="Passages, as `show` numbers them.")],
    off: Annotated[bool, typer.Option("--off", help="Leave them out instead.")] = False,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Bring flagged passages (copies, comments, furniture) back into alignment, or leave passages out."""
    with opened(ctx, workspace, user) as workbench:
        views = {view.index + 1: view for view in workbench.segments(doc)}
        unknown = sorted(set(numbers) - views.keys())
        if unknown:
            raise InputError(
                f"{doc} has {count(len(views), 'passage')}, none with number {', '.join(map(str, unknown))}"
            )
        changed = [views[number].id for number in set(numbers) if views[number].included is off]
        workbench.set_included(changed, not off)
    done = "left out" if off else "brought back"
    then = "`align` it again for that to count" if changed else "what was named is so already"
    typer.echo(f"{done}: {count(len(changed), 'passage')} of {doc}; {then}")
