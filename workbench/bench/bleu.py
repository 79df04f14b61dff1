"""How good a translation model is on a file of sentences and their translations, as the product uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from workbench.datatypes import Progress, Translation, TranslationState, silent
from workbench.translate import Translator

# The kinds of reasons (see `workbench.facts.degenerate`) that leave no translation at all.
DEGENERATE = ("loop", "empty", "no words", "constant", "endless", "failed")


@dataclass(frozen=True, slots=True)
class Quality:
    """BLEU and chrF (Popovic 2015) by sacrebleu's defaults, higher is better, with their signatures.

    `degenerate` and `suspect`: outputs by what is wrong with them, once each; the latter are odd in length or left in
    the source language. `retried`: outputs that were odd and decoded again.
    """

    model: str
    settings: str
    pairs: int
    bleu: float
    chrf: float
    signatures: tuple[str, str]
    degenerate: Counter[str]
    suspect: Counter[str]
    retried: int
    seconds: float


def evaluate(
    translator: Translator, sources: Sequence[str], references: Sequence[str], progress: Progress = silent
) -> tuple[Quality, list[Translation]]:
    """The figures, and the translations that they are of."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    started = perf_counter()
    made = translator.translate(sources, progress)
    seconds = perf_counter() - started
    bleu, chrf = BLEU(), CHRF()
    outputs = [translation.text for translation in made]
    scores = [metric.corpus_score(outputs, [list(references)]).score for metric in (bleu, chrf)]
    kinds = [_kind(translation) for translation in made if translation.state is TranslationState.SUSPECT]
    quality = Quality(
        translator.model_id,
        translator.signature,
        len(made),
        scores[0],
        scores[1],
        (str(bleu.get_signature()), str(chrf.get_signature())),
        Counter(kind for kind in kinds if kind in DEGENERATE),
        Counter(kind for kind in kinds if kind not in DEGENERATE),
        sum(translation.state is TranslationState.RETRIED for translation in made),
        seconds,
    )
    return quality, made


def _kind(translation: Translation) -> str:
    """The kind of what is wrong; a loop tells more than the odd length that comes of it."""
    # A reason reads "kind: details", after "fr>en: " where two models had a part.
    kinds = [next(part for part in reason.split(": ") if ">" not in part) for reason in translation.reasons]
    return next((kind for kind in kinds if kind in DEGENERATE), kinds[0])


def show(quality: Quality) -> str:
    lines = [
        ("model", f"{quality.model} ({quality.settings})"),
        ("pairs", quality.pairs),
        ("BLEU", f"{quality.bleu:.1f} ({quality.signatures[0]})"),
        ("chrF", f"{quality.chrf:.1f} ({quality.signatures[1]})"),
        ("degenerate", _counted(quality.degenerate, quality.pairs)),
        ("suspect", _counted(quality.suspect, quality.pairs)),
        ("retried", quality.retried),
        ("speed", f"{quality.pairs / max(quality.seconds, 1e-9):.0f} sentences/s on the clock"),
    ]
    return "\n".join(f"{name} = {value}" for name, value in lines)


def _counted(kinds: Counter[str], pairs: int) -> str:
    each = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    return f"{kinds.total()} of {pairs}" + (f" ({each})" if each else "")
