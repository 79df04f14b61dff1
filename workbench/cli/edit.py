"""Correcting from the command line: links, translations, passages, and what was done."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.common import DocArgument, UserOption, WorkspaceOption, opened, status_of
from workbench.errors import InputError
from workbench.plurals import count

if TYPE_CHECKING:
    from workbench.core import Workbench
    from workbench.wiring.views import SegmentView

edit_app = typer.Typer()

BeadArgument = Annotated[str, typer.Argument(help="A link's id, as exports show it.")]
NumberArgument = Annotated[int, typer.Argument(help="A passage, as `show` numbers them.")]


class End(StrEnum):
    START = "start"
    END = "end"


@edit_app.command()
def link(
    ctx: typer.Context,
    docs: Annotated[list[str], typer.Argument(metavar="DOC", help="Two documents, aligned or not.")],
    src: Annotated[list[int], typer.Option(help="Number of a passage of the first, as `show` prints it; repeatable.")],
    tgt: Annotated[list[int], typer.Option(help="Number of a passage of the second; repeatable.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Link passages by hand, in any language; the link counts as accepted and takes the place of others."""
    if len(docs) != 2:
        raise InputError(f"a link is between two documents, got {len(docs)}")
    with opened(ctx, workspace, user) as workbench:
        done = workbench.link(docs[0], docs[1], [number - 1 for number in src], [number - 1 for number in tgt])
        typer.echo(done.said)


@edit_app.command()
def review(
    ctx: typer.Context,
    bead: BeadArgument,
    status: Annotated[str, typer.Argument(help="accepted, rejected or unreviewed")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Say whether a link is right."""
    wanted = status_of(status)
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.review(bead, wanted).said)


@edit_app.command()
def comment(
    ctx: typer.Context,
    bead: BeadArgument,
    text: Annotated[str, typer.Argument(help="The remark; empty to take it back.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Remark on a link; exports carry the remark, and reviewed files bring it back."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.set_comment(bead, text).said)


@edit_app.command()
def merge(
    ctx: typer.Context,
    beads: Annotated[list[str], typer.Argument(metavar="BEAD", help="Two ids or more, as exports show them.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Make several links of two documents, or passages without one, one link."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.merge(beads).said)


@edit_app.command()
def split(
    ctx: typer.Context,
    bead: BeadArgument,
    doc: DocArgument,
    passages: Annotated[int, typer.Argument(help="How many of its passages of DOC go into the first half,")],
    others: Annotated[int, typer.Argument(help="and how many of those of the other document.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Make a link two."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.split(bead, passages, others, src=doc).said)


@edit_app.command()
def move(
    ctx: typer.Context,
    bead: BeadArgument,
    doc: DocArgument,
    end: Annotated[End, typer.Argument(help="Which end of the link moves.")],
    out: Annotated[bool, typer.Option("--out", help="Its outermost passage goes to the link beside it.")] = False,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Move an end of a link in one document: the passage before or behind it comes in."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.move_boundary(bead, "src", end.value, -1 if out else 1, src=doc).said)


@edit_app.command()
def unlink(ctx: typer.Context, bead: BeadArgument, workspace: WorkspaceOption = None, user: UserOption = None) -> None:
    """Say that the passages of a link have no counterpart."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.unlink(bead).said)


@edit_app.command()
def edit(
    ctx: typer.Context,
    doc: DocArgument,
    number: NumberArgument,
    text: Annotated[str, typer.Argument(help="Its English; empty for the model's again.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Write the English of a passage by hand."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(workbench.edit_translation(_passage(workbench, doc, number).id, text).said)


@edit_app.command()
def cut(
    ctx: typer.Context,
    doc: DocArgument,
    number: NumberArgument,
    text: Annotated[str, typer.Argument(help="How the second half begins.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Make a passage two; both halves keep its links."""
    with opened(ctx, workspace, user) as workbench:
        passage = _passage(workbench, doc, number)
        found = passage.segment.text.count(text) if text else 0
        if found != 1:
            times = "is not" if found == 0 else f"is {found} times"
            raise InputError(f"“{text}” {times} in passage {number} of {doc}; give words that are there once")
        typer.echo(workbench.split_segment(passage.id, passage.segment.text.index(text)).said)


@edit_app.command()
def join(
    ctx: typer.Context,
    doc: DocArgument,
    number: NumberArgument,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Make a passage and the next one passage; their links become one."""
    with opened(ctx, workspace, user) as workbench:
        first, second = (_passage(workbench, doc, at) for at in (number, number + 1))
        typer.echo(workbench.join_segments(first.id, second.id).said)


@edit_app.command()
def layout(
    ctx: typer.Context,
    doc: DocArgument,
    lines: Annotated[str, typer.Argument(help="paragraphs, wrapped or captions; detected: as they are found to be.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Say what the lines of a document are, where that was not found rightly; it is cut into passages anew.

    paragraphs: each line is one. wrapped: plain text broken at a width, with blank lines between paragraphs.
    captions: short lines as they were shown or spoken. This holds for later versions of the file too.
    """
    from workbench.datatypes import Layout

    known = [*Layout, "detected"]
    if lines not in known:
        raise InputError(f"{lines!r} is no layout; use {', '.join(known)}")
    with opened(ctx, workspace, user) as workbench:
        workbench.set_layout(doc, None if lines == "detected" else Layout(lines))
        typer.echo(f"{doc}: {count(len(workbench.segments(doc)), 'passage')}")


@edit_app.command()
def rename(
    ctx: typer.Context,
    doc: DocArgument,
    name: Annotated[str, typer.Argument(help="What to call it; empty: by the name that it came with.")],
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Call a document by another name, everywhere; a new version of its file is called by it too."""
    with opened(ctx, workspace, user) as workbench:
        typer.echo(f"{doc} is called {workbench.rename(doc, name)}")


@edit_app.command()
def undo(ctx: typer.Context, workspace: WorkspaceOption = None, user: UserOption = None) -> None:
    """Take back your latest change."""
    with opened(ctx, workspace, user) as workbench:
        done = workbench.undo()
        if done is None:
            raise InputError("there is nothing of yours to undo; `history` lists everybody's changes")
        typer.echo(f"took back: {done.said}")


@edit_app.command()
def redo(ctx: typer.Context, workspace: WorkspaceOption = None, user: UserOption = None) -> None:
    """Bring back what you undid last."""
    with opened(ctx, workspace, user) as workbench:
        done = workbench.redo()
        if done is None:
            raise InputError("there is nothing of yours to redo; `history` lists everybody's changes")
        typer.echo(f"brought back: {done.said}")


@edit_app.command()
def history(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many changes to list.")] = 20,
    workspace: WorkspaceOption = None,
) -> None:
    """List the latest changes, newest first: when, who, what, in which documents."""
    with opened(ctx, workspace) as workbench:
        names = workbench.names()
        for change in workbench.history(limit):
            docs = ", ".join(names.get(doc, "a document that is gone") for doc in change.docs)
            undone = "  [undone]" if change.undone else ""
            typer.echo(f"{change.made_at[:19].replace('T', ' ')}\t{change.user}\t{change.action}{undone}\t{docs}")


def _passage(workbench: Workbench, doc: str, number: int) -> SegmentView:
    views = workbench.segments(doc)
    if not 1 <= number <= len(views):
        raise InputError(f"{doc} has {count(len(views), 'passage')}, none with number {number}")
    return views[number - 1]
