"""`python -m workbench eval ...`: accuracy, measured against gold data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.bars import Bars

eval_app = typer.Typer(no_args_is_help=True, help="Accuracy, measured against gold data.")

GoldArgument = Annotated[
    Path, typer.Argument(help="A gold set: NAME.src, NAME.tgt, NAME.gold, one segment a line; translations if any.")
]
SrcLangOption = Annotated[str | None, typer.Option(help="Language of the .src files. [default: as NAME.lang says]")]
TgtLangOption = Annotated[str | None, typer.Option(help="Language of the .tgt files. [default: as NAME.lang says]")]
NoMtOption = Annotated[bool, typer.Option("--no-mt", help="Leave the set's own translations aside.")]


@eval_app.command("align")
def eval_align(
    folder: GoldArgument,
    src_lang: SrcLangOption = None,
    tgt_lang: TgtLangOption = None,
    no_mt: NoMtOption = False,
) -> None:
    """Score our alignments, and those of two baselines, against gold ones."""
    from workbench.bench.accuracy import Evaluation, accuracy_table, gold_set
    from workbench.models import Models

    documents, evaluation = gold_set(folder, (src_lang, tgt_lang)), Evaluation(Models(), Bars())
    typer.echo(f"{folder.name} ({evaluation.signature(documents)})")
    typer.echo(accuracy_table(evaluation.scores(documents, not no_mt)))


@eval_app.command("robust")
def eval_robust(
    folder: GoldArgument,
    src_lang: SrcLangOption = None,
    tgt_lang: TgtLangOption = None,
    no_mt: NoMtOption = False,
    noise: Annotated[
        Path | None,
        typer.Option(help="Foreign sentences in the target's language, one a line, for a set of a single document."),
    ] = None,
) -> None:
    """Score our alignments of a gold set whose target is swapped, moved, shuffled, cut, padded and duplicated."""
    from workbench.bench.accuracy import Evaluation, gold_set, read_noise, robustness_table
    from workbench.models import Models

    documents, evaluation = gold_set(folder, (src_lang, tgt_lang)), Evaluation(Models(), Bars())
    results = list(evaluation.robustness(documents, not no_mt, read_noise(noise) if noise else ()))
    typer.echo(f"{folder.name} ({evaluation.signature(documents)})")
    typer.echo(robustness_table(results))
    if all(kind != "noise" for kind, _ in results):
        typer.echo("noise is left out: the set has too few other documents in the target's language; use --noise FILE")
