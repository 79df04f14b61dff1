"""`python -m workbench eval ...`: accuracy, measured against gold data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.bars import Bars
from workbench.cli.check import eval_quality

if TYPE_CHECKING:
    from workbench.bench.accuracy import Evaluation

COMPARABLE = Path(__file__).resolve().parents[2] / "tests" / "gold" / "comparable"

eval_app = typer.Typer(no_args_is_help=True, help="Accuracy, measured against gold data.")

eval_app.command("quality")(eval_quality)

GoldArgument = Annotated[
    Path, typer.Argument(help="A gold set: NAME.src, NAME.tgt, NAME.gold, one segment a line; translations if any.")
]
SrcLangOption = Annotated[str | None, typer.Option(help="Language of the .src files. [default: as NAME.lang says]")]
TgtLangOption = Annotated[str | None, typer.Option(help="Language of the .tgt files. [default: as NAME.lang says]")]
PairsOption = Annotated[Path, typer.Option(help="A TSV file of sentence<TAB>translation lines.")]
NoMtOption = Annotated[bool, typer.Option("--no-mt", help="Leave the set's own translations aside.")]


@eval_app.command("align")
def eval_align(
    folder: GoldArgument,
    src_lang: SrcLangOption = None,
    tgt_lang: TgtLangOption = None,
    no_mt: NoMtOption = False,
    related: Annotated[
        bool, typer.Option("--related", help="As if somebody had said that both sides tell of one thing.")
    ] = False,
    translate: Annotated[
        bool, typer.Option("--translate", help="Bring both sides into English by the models here, as a workspace does.")
    ] = False,
    each: Annotated[bool, typer.Option("--each", help="A line for each document as well.")] = False,
) -> None:
    """Score our alignments, and those of two baselines, against gold ones."""
    from workbench.bench.accuracy import LEGEND, accuracy_table, gold_set, summary_table

    documents, evaluation = gold_set(folder, (src_lang, tgt_lang)), _evaluation(related, translate)
    rows = list(evaluation.each(documents, not no_mt))
    _print(folder.name, evaluation.signature(documents, not no_mt), accuracy_table(rows[0].scores))
    if each:
        typer.echo(f"\n{summary_table(rows)}")
    typer.echo(f"\n{LEGEND}")


@eval_app.command("robust")
def eval_robust(
    folder: GoldArgument,
    src_lang: SrcLangOption = None,
    tgt_lang: TgtLangOption = None,
    no_mt: NoMtOption = False,
    noise: Annotated[
        Path | None,
        typer.Option(help="Foreign sentences, one a line. [default: of the set's other documents]"),
    ] = None,
) -> None:
    """Score our alignments of a gold set whose target is swapped, moved, shuffled, cut, padded and duplicated."""
    from workbench.bench.accuracy import LEGEND, gold_set, read_noise, summary_table

    documents, evaluation = gold_set(folder, (src_lang, tgt_lang)), _evaluation()
    rows = list(evaluation.robustness(documents, not no_mt, read_noise(noise) if noise else ()))
    _print(folder.name, evaluation.signature(documents, not no_mt), f"{summary_table(rows)}\n")
    if all(row.name != "noise" for row in rows):
        typer.echo("no noise: too few foreign sentences in the target's language; name a file of them with --noise")
    else:
        typer.echo(f"noise: from {noise.name if noise else 'the other documents of the set'}")
    typer.echo(f"\nloss: of link F1 against the unperturbed text, lower is better. {LEGEND}")


@eval_app.command("derived")
def eval_derived(
    first: Annotated[Path, typer.Argument(metavar="SRC.tsv", help="Lines of a text, a tab, its English.")],
    second: Annotated[Path, typer.Argument(metavar="TGT.tsv", help="The same in the other language.")],
    src_lang: Annotated[str, typer.Option(help="Language of the first.")],
    tgt_lang: Annotated[str, typer.Option(help="Language of the second.")],
) -> None:
    """Score our alignments of documents made from parallel lines by merging, dropping and moving; no translations."""
    from workbench.bench.accuracy import accuracy_table, derived_set

    documents, evaluation = derived_set(first, second, (src_lang, tgt_lang)), _evaluation()
    scores = evaluation.scores(documents, with_mt=False)
    _print(f"{first.name} and {second.name}", evaluation.signature(documents, with_mt=False), accuracy_table(scores))


@eval_app.command("translation")
def eval_translation(
    pairs: PairsOption,
    src_lang: Annotated[str, typer.Option(help="Language of the sentences; their translations are English.")],
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME|DIR", help="A package. [default: what translates this language in the workbench]"),
    ] = None,
    argos_compatible: Annotated[
        bool, typer.Option("--argos-compatible", help="Raw decoder output, as Argos Translate itself would have it.")
    ] = False,
) -> None:
    """Score translations into English by BLEU and chrF, and count those that are none."""
    from workbench.bench.bleu import evaluate, show
    from workbench.bench.pairs import read_columns
    from workbench.lang import canonical
    from workbench.settings import Settings
    from workbench.wiring.models import Models
    from workbench.wiring.shelf import translator

    settings = Settings(argos_compatible=argos_compatible)
    sources, references = read_columns(pairs, canonical(src_lang))
    quality, _ = evaluate(translator(Models(), src_lang, settings, model), sources, references, Bars())
    typer.echo(show(quality))


@eval_app.command("retrieval")
def eval_retrieval(
    pairs: PairsOption,
    model: Annotated[
        str, typer.Option(metavar="NAME|DIR", help="A sentence encoder. [default: the one that the workbench uses]")
    ] = "",
) -> None:
    """Share of the sentences whose nearest translation, by cosine among all of the file, is their own."""
    from workbench.bench import retrieval
    from workbench.wiring.models import Models

    typer.echo(retrieval.evaluate(pairs, Models().encoder(model), progress=Bars()))


@eval_app.command("all")
def eval_all(
    gold: Annotated[Path, typer.Argument(help="A folder of gold sets.")],
    lines: Annotated[
        Path | None, typer.Option(help="A folder of FLORES as XX-en.tsv. [default: `eval` beside the gold folder]")
    ] = None,
    comparable: Annotated[
        Path,
        typer.Option(
            show_default=False, help="A folder of sets in several languages each. [default: tests/gold/comparable]"
        ),
    ] = COMPARABLE,
) -> None:
    """Print every figure of the docs as Markdown; takes minutes."""
    from workbench.bench.figures import Sources, report

    for part in report(_evaluation(), Sources(gold, lines or gold.resolve().parent / "eval", comparable)):
        typer.echo(part)


def _evaluation(related: bool = False, translate: bool = False) -> Evaluation:
    from workbench.bench.accuracy import Evaluation
    from workbench.wiring.models import Models

    return Evaluation(Models(), Bars(), related, translate)


def _print(name: str, signature: str, table: str) -> None:
    typer.echo(f"{name} ({signature})\n\n{table}")
