"""The command line: parse, call core, print."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from workbench.cli.bars import Bars
from workbench.cli.batch import batch
from workbench.cli.bench import bench_app
from workbench.cli.check import check
from workbench.cli.common import (
    Common,
    LeastOption,
    UserOption,
    WorkspaceOption,
    folder_of,
    least_of,
    opened,
    resumable,
    user_of,
    write_table,
)
from workbench.cli.documents import documents_app, report
from workbench.cli.edit import edit_app
from workbench.cli.eval import eval_app
from workbench.cli.export import export_app
from workbench.cli.incoming import import_app
from workbench.cli.jobs import at_work, jobs_app
from workbench.cli.mine import mine
from workbench.cli.models import models_app, print_findings
from workbench.cli.spotcheck import spotcheck_app
from workbench.errors import InputError, WorkbenchError
from workbench.plurals import count
from workbench.settings import Settings

# What every piece of work begins with; the help names it before the rest.
_FIRST = ("sample", "serve", "add", "list", "show", "translate", "align", "matrix", "concordance", "export", "import")


class _InOrder(TyperGroup):
    """Lists the commands in the order in which they are needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(
            super().list_commands(ctx), key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)
        )


app = typer.Typer(
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Compare, align and check several versions of one text in several languages, offline.",
)
app.add_typer(models_app, name="models")
app.add_typer(bench_app, name="bench")
app.add_typer(eval_app, name="eval")
app.add_typer(jobs_app, name="jobs")
app.add_typer(documents_app)
app.add_typer(edit_app)
app.add_typer(export_app)
app.add_typer(import_app)
app.command()(check)
app.command()(batch)
app.command()(mine)
app.add_typer(spotcheck_app, name="spotcheck")

ArgosOption = Annotated[
    bool, typer.Option("--argos-compatible", help="Translate exactly as Argos Translate itself does.")
]


@app.callback()
def common(ctx: typer.Context, workspace: WorkspaceOption = None, user: UserOption = None) -> None:
    ctx.obj = Common(workspace, user)


@app.command()
def translate(
    ctx: typer.Context,
    docs: Annotated[list[str] | None, typer.Argument(metavar="DOC", help="Names or ids; all if none.")] = None,
    argos_compatible: ArgosOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Bring documents into English."""
    settings = Settings(argos_compatible=argos_compatible)
    with resumable(), opened(ctx, workspace, settings=settings) as workbench, at_work(workbench):
        for result in workbench.translate(docs or (), Bars()):
            states = ", ".join(f"{count} {state}" for state, count in sorted(result.states.items()))
            typer.echo(f"{result.name}\t{states or 'nothing to translate'}")
            for language in result.missing:
                typer.echo(f"warning: {result.name}: no model leads from {language} to English", err=True)


@app.command()
def align(
    ctx: typer.Context,
    docs: Annotated[list[str], typer.Argument(metavar="DOC", help="Two documents or more: names or ids.")],
    src_range: Annotated[
        str | None, typer.Option(metavar="FROM-TO", help="Align anew only these passages, as `show` numbers them,")
    ] = None,
    tgt_range: Annotated[
        str | None, typer.Option(metavar="FROM-TO", help="with these of the second of two aligned documents.")
    ] = None,
    related: Annotated[
        bool | None,
        typer.Option("--related/--not-related", help="Say that all tell of one thing, or take that back."),
    ] = None,
    argos_compatible: ArgosOption = False,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Find what documents have in common, every pair of them; what is not yet in English is translated first.

    What was accepted stays as it is, and what was rejected does not come back. Where two documents tell of one thing
    too differently to be recognised, links are doubted and not shown, unless somebody says that they do: that holds
    until it is taken back.
    """
    settings = Settings(argos_compatible=argos_compatible)
    with resumable(), opened(ctx, workspace, user, settings) as workbench, at_work(workbench):
        if src_range is None and tgt_range is None:
            if related is not None:
                workbench.say_related(docs, related)
            found = workbench.align(docs, Bars())
        elif src_range is None or tgt_range is None or len(docs) != 2:
            raise InputError("aligning a part takes two documents, --src-range and --tgt-range")
        elif related is not None:
            raise InputError("whether documents are related is said of them as a whole; leave the ranges out")
        else:
            found = [workbench.align_range(docs[0], docs[1], _range(src_range), _range(tgt_range), Bars())]
        for view in found:
            links = sum(not bead.bead.is_null for bead in view.beads)
            word = "" if view.related_by is None else f" (said to tell of one thing{_by(view.related_by)})"
            typer.echo(f"{view.src.name}\t{view.tgt.name}\t{count(links, 'link')}\t{view.verdict}{word}")


def _by(user: str) -> str:
    return f" by {user}" if user else ""


def _range(numbers: str) -> range:
    """`10-40`, as passages are numbered for people, as indices."""
    first, _, last = numbers.partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        raise InputError(f"{numbers!r} is no range of passages; write it like 10-40")
    return range(int(first) - 1, int(last))


@app.command()
def matrix(
    ctx: typer.Context,
    docs: Annotated[list[str], typer.Argument(metavar="DOC", help="Two documents or more that are aligned.")],
    order: Annotated[
        str | None, typer.Option(help="The document whose order the rows follow. [default: first]")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Print what documents share as tab-separated rows, a column each; how far the alignments agree goes to stderr.

    A row's confidence is that of its weakest link, 0 to 1; accepted links have 1, what only one document has has none.
    """
    with opened(ctx, workspace) as changing, changing.as_it_is() as workbench:
        view = workbench.matrix(docs, order)
        texts = [[item.segment.text for item in workbench.segments(doc.id)] for doc in view.documents]
    found = view.matrix
    rows: list[Sequence[str | float]] = []
    for row in found.rows:
        cells = [" ".join(texts[doc][i] for i in cell) for doc, cell in enumerate(row.cells)]
        sure = f"{row.confidence:.4f}" if sum(map(bool, row.cells)) > 1 else ""
        rows.append((sure, row.agreed, row.against, *cells))
    _print_table(("confidence", "agreed", "against", *(doc.name for doc in view.documents)), rows)
    shares = "nothing to compare" if found.consistency is None else f"{found.consistency:.0%} agree"
    typer.echo(
        f"two-step links against direct ones: {shares} ({found.closed} confirmed, {found.broken} contradicted, "
        f"{found.open} undecided); in no row, contradicted by stronger ones: {count(found.refused, 'link')}",
        err=True,
    )


@app.command()
def concordance(
    ctx: typer.Context,
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="A word or a phrase, in any language.")],
    docs: Annotated[list[str] | None, typer.Option("--doc", help="Look only in this document; repeatable.")] = None,
    langs: Annotated[list[str] | None, typer.Option("--lang", help="Only in this language; repeatable.")] = None,
    match_case: Annotated[bool, typer.Option("--match-case", help="Tell capital letters from small ones.")] = False,
    match_accents: Annotated[bool, typer.Option("--match-accents", help="Tell letters with accents apart.")] = False,
    whole_words: Annotated[bool, typer.Option("--whole-words", help="Not within a longer word.")] = False,
    english: Annotated[bool, typer.Option(help="Look in the English of passages too.")] = True,
    width: Annotated[int, typer.Option(min=0, help="Characters of context on either side.")] = 40,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a .csv, .tsv or .xlsx file instead.")
    ] = None,
    least_confidence: LeastOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Find a word or a phrase in all documents, with what is linked to it in the others, tab-separated.

    Case, width, accents and the two Chinese scripts make no difference unless they are asked to.
    """
    from workbench.concordance import Query
    from workbench.wiring.listing import HEADER, listing

    query = Query(phrase, match_case, match_accents, whole_words, english=english)
    with opened(ctx, workspace) as workbench:
        hits = workbench.concordance(query, docs or (), langs or ())
        names = workbench.names()
        linked = workbench.counterparts([hit.passage for hit in hits], least_of(least_confidence))
    rows = listing(hits, linked, names, width)
    if output is None:
        _print_table(HEADER, rows)
    else:
        write_table(HEADER, rows, output)
    found = count(len(hits), "passage"), len({hit.passage.doc for hit in hits}), count(len(names), "document")
    typer.echo("{} in {:,} of {}".format(*found), err=True)


def _print_table(header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> None:
    from workbench.export.tables import table

    typer.echo(table(header, rows, "tsv").decode(), nl=False)


@app.command()
def beads(
    src: Annotated[Path, typer.Argument(help="A text file with one segment a line.")],
    tgt: Annotated[Path, typer.Argument(help="The other version, one segment a line.")],
    src_lang: Annotated[str, typer.Option(help="Language of SRC.")],
    tgt_lang: Annotated[str, typer.Option(help="Language of TGT.")],
    src_mt: Annotated[Path | None, typer.Option(help="A ready translation of SRC, line by line.")] = None,
    tgt_mt: Annotated[Path | None, typer.Option(help="A ready translation of TGT, line by line.")] = None,
    src_mt_lang: Annotated[
        str | None, typer.Option(help="Its language. [default: English or --tgt-lang, as it reads]")
    ] = None,
    tgt_mt_lang: Annotated[
        str | None, typer.Option(help="Its language. [default: English or --src-lang, as it reads]")
    ] = None,
    related: Annotated[bool, typer.Option("--related", help="You know that both tell of one thing.")] = False,
    least_confidence: LeastOption = None,
) -> None:
    """Align two files of one segment a line, without a workspace; prints vecalign's format, `[0]:[0, 1]:cost`.

    What has no English is translated first where the two tell of one thing in different words and order.
    """
    from workbench.align.evaluation import format_bead
    from workbench.wiring.beads import align_files

    ready = (src_mt, tgt_mt), (src_mt_lang, tgt_mt_lang)
    result = align_files(src, tgt, (src_lang, tgt_lang), *ready, Bars(), least_of(least_confidence), related)
    for bead in result.beads:
        typer.echo(format_bead(bead.src, bead.tgt, 1 - bead.confidence))


@app.command()
def sample(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """Build the sample workspace from the documents in sources/, once."""
    from workbench.core import samples

    with opened(ctx, workspace, begins=True) as workbench:
        if workbench.documents():
            typer.echo("the workspace holds documents already; nothing was changed")
            return
        for result in samples.add(workbench, Bars()):
            report(result)
        workbench.align(samples.FILES, Bars())


@app.command()
def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on this machine.")] = 8501,
    open_to_network: Annotated[
        bool,
        typer.Option(
            "--open-to-network",
            help="Let others in who give the password, which is asked for or taken from WORKBENCH_PASSWORD.",
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    user: UserOption = None,
) -> None:
    """Serve the pages at http://127.0.0.1:8501, for a browser on this machine only unless told otherwise."""
    from workbench.ui.launch import serve as launch

    password = _password(port) if open_to_network else None
    raise typer.Exit(launch(folder_of(ctx, workspace), port, user_of(ctx, user), password))


def _password(port: int) -> str:
    """The password that lets others in, after saying what that means."""
    typer.echo(
        f"Whoever reaches port {port} of this machine and knows the password can read and change this workspace. What "
        "is sent is not encrypted: use it in a network you trust, or behind a proxy with HTTPS.",
        err=True,
    )
    given = os.environ.pop("WORKBENCH_PASSWORD", "")  # no program that we start is to know it
    return given or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Write the whole workspace to one file and read it back; others may go on working."""
    with opened(ctx, workspace) as workbench:
        workbench.back_up(file)
    typer.echo(f"written and verified: {file} ({file.stat().st_size / 1e6:.1f} MB)")


@app.command()
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Put a backup in place of the workspace; what was there is kept beside it, and a damaged backup is refused."""
    from workbench import jobs
    from workbench.store import FILE_NAME
    from workbench.store import restore as restored

    folder = folder_of(ctx, workspace)
    with jobs.at_work(folder, lambda: typer.echo("waiting until other work on this workspace is done", err=True)):
        kept = restored(file, folder, FILE_NAME)
    typer.echo(f"restored from {file}" + (f"; what was there is kept as {kept}" if kept else ""))


@app.command()
def doctor(ctx: typer.Context, workspace: WorkspaceOption = None) -> None:
    """Say what is installed, what is missing, what would need the network, and whether the workspace is sound.

    Where something is wrong, the exit status is 1.
    """
    from workbench.core.doctor import check_up

    print_findings(check_up(folder_of(ctx, workspace)))


def main() -> None:
    """Run the command line; our own errors, and files that cannot be used, are told in one sentence, exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character must not stop the work.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except WorkbenchError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        if error.filename is None:
            raise
        typer.echo(f"error: {_unusable(error)}", err=True)
        sys.exit(1)


def _unusable(error: OSError) -> str:
    """What keeps a file from being read or written, as far as no command says it better."""
    name = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes, os.PathLike)) else error.filename
    return f"{name} cannot be used ({error.strerror}); check the path and what you may do there"
