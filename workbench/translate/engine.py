"""The model of an Argos package: pieces of text in, words and scores out, many at a time.

Argos translates paragraph by paragraph, in batches of 32 tokens. Here all segments go in together, sorted by
length, so that batches are full and hardly padded; what comes out for a segment is the same.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from workbench.datatypes import Progress
from workbench.errors import ModelError
from workbench.settings import Settings
from workbench.translate.package import Package
from workbench.translate.tokenizer import Tokenizer, load_tokenizer

if TYPE_CHECKING:
    import ctranslate2

STAGE_SCORE = "score translations"
# Sentences that models are trained on are hardly ever longer.
MOST_TOKENS = 150
# Argos's own values; with this one a score is log probability / (tokens + 1) ** 0.2.
_LENGTH_PENALTY = 0.2
_BEAM = 4
# CTranslate2 stops there unless told otherwise, and so does Argos.
_MOST_STEPS = 256
# A small job is cut into so many batches a worker, so that all of them have work to the end.
_BATCHES_A_WORKER = 4
# Smaller batches are not worth the call.
_FEWEST_BATCH_TOKENS = 256
_SCORED_AT_ONCE = 256  # texts between two words of progress

# Bundled packages share one model, which then is in memory once.
_models: WeakValueDictionary[tuple[str, int, str], Any] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class Decoding:
    """How the best words are searched for, and how many answers are wanted; the meaning is CTranslate2's."""

    beam_size: int = _BEAM
    hypotheses: int = 1
    repetition_penalty: float = 1.0
    no_repeat_ngram_size: int = 0


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the model said. `score`: sum of log probabilities; `tokens`: how many, the final one included."""

    text: str
    score: float = 0.0
    tokens: int = 1
    problem: str = ""

    @property
    def mean(self) -> float:
        """Mean log probability of a token, at most 0."""
        return self.score / max(self.tokens, 1)


class Engine:
    """The loaded model: texts in, texts and scores out, in order."""

    def __init__(self, package: Package, settings: Settings) -> None:
        self._package = package
        self._compatible = settings.argos_compatible
        self._workers = settings.threads or os.cpu_count() or 1
        self._batch_tokens = settings.batch_tokens
        try:
            self._tokenizer: Tokenizer = load_tokenizer(package.tokenizer, package.from_code, package.to_code)
            arithmetic = _arithmetic()
            # Where sums are cut, what comes out depends on what is worked on together: Argos has each text by itself.
            self._alone = self._compatible and arithmetic != "auto"
            self._model = _load_model(package, self._workers, "auto" if self._compatible else arithmetic)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"The translation package {package.path} cannot be loaded ({error}); get it again and install it."
            ) from error

    def length(self, text: str) -> int:
        """How many tokens the model sees."""
        return len(self._tokenizer.encode(text))

    def decode(self, texts: Sequence[str], decoding: Decoding, progress: Progress, stage: str) -> list[list[Decoded]]:
        """Of each text what the model holds for best, best first.

        All batches are handed over at once, longest first; the workers take them as they get free.
        """
        tokens = [self._tokenizer.encode(text) for text in texts]
        pending = [(batch, self._submit([tokens[i] for i in batch], decoding)) for batch in self._batches(tokens)]
        decoded = [[Decoded("")]] * len(texts)
        done = 0
        for batch, collect in pending:
            progress(stage, done, len(texts))
            for i, said in zip(batch, collect(), strict=True):
                decoded[i] = said
            done += len(batch)
        progress(stage, done, len(texts))
        return decoded

    def score(self, pairs: Sequence[tuple[str, str]], progress: Progress) -> list[float]:
        """The final token counts too."""
        tokens = [(self._tokenizer.encode(source), self._tokenizer.encode(target)) for source, target in pairs]
        fit = [i for i, both in enumerate(tokens) if all(0 < len(side) <= MOST_TOKENS for side in both)]
        found = [float("nan")] * len(pairs)
        for start in range(0, len(fit), _SCORED_AT_ONCE):
            part = fit[start : start + _SCORED_AT_ONCE]
            sources, targets = ([tokens[i][side] for i in part] for side in (0, 1))
            results = self._model.score_batch(sources, targets, max_batch_size=self._batch_tokens, batch_type="tokens")
            for i, result in zip(part, results, strict=True):
                found[i] = sum(result.log_probs) / len(result.log_probs)
            progress(STAGE_SCORE, start + len(part), len(fit))
        return found

    def _batches(self, tokens: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        """Indices by falling length, so many that length times number stays within the batch size; or each alone."""
        share = sum(map(len, tokens)) // (self._workers * _BATCHES_A_WORKER)
        limit = 0 if self._alone else min(self._batch_tokens, max(_FEWEST_BATCH_TOKENS, share))
        batch: list[int] = []
        for i in sorted(range(len(tokens)), key=lambda i: -len(tokens[i])):
            if batch and len(tokens[batch[0]]) * (len(batch) + 1) > limit:
                yield batch
                batch = []
            batch.append(i)
        if batch:
            yield batch

    def _submit(self, tokens: Sequence[list[str]], decoding: Decoding) -> Callable[[], list[list[Decoded]]]:
        """Start decoding one batch; the result waits for it."""
        prefix = self._package.target_prefix
        longest = max(map(len, tokens))
        steps = _MOST_STEPS if self._compatible else min(_MOST_STEPS, 3 * longest + 20)
        results = self._model.translate_batch(
            tokens,
            target_prefix=[[prefix]] * len(tokens) if prefix else None,
            asynchronous=True,
            beam_size=decoding.beam_size,
            num_hypotheses=decoding.hypotheses,
            length_penalty=_LENGTH_PENALTY,
            repetition_penalty=decoding.repetition_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram_size,
            max_decoding_length=steps,
            replace_unknowns=True,
            return_scores=True,
        )

        def collect() -> list[list[Decoded]]:
            try:
                return [self._decoded(result.result(), steps) for result in results]
            except RuntimeError as error:
                if len(tokens) == 1:
                    return [[Decoded("", problem=f"failed: the model gave up ({error})")]]
            # One of them is more than the model can take; the others need not suffer.
            return [said for one in tokens for said in self._submit([one], decoding)()]

        return collect

    def _decoded(self, result: Any, steps: int) -> list[Decoded]:
        return [self._hypothesis(*found, steps) for found in zip(result.hypotheses, result.scores, strict=True)]

    def _hypothesis(self, tokens: list[str], score: float, steps: int) -> Decoded:
        count = len(tokens) + 1
        problem = "" if len(tokens) < steps else f"endless: cut off after {steps} tokens"
        return Decoded(self._text(tokens), score * count**_LENGTH_PENALTY, count, problem)

    def _text(self, tokens: list[str]) -> str:
        """As Argos makes it, where that is wanted: of each underscore a space, of the first space nothing."""
        text = self._tokenizer.decode(tokens)
        if self._compatible and self._package.tokenizer.name == "sentencepiece.model":
            text = text.replace("_", " ")
        text = text.removeprefix(self._package.target_prefix)
        # What pieces of characters do not make a whole one is a sign that nobody wrote.
        return text.removeprefix(" ") if self._compatible else text.replace("\ufffd", "").strip()


@cache
def _arithmetic() -> str:
    return compute_type(features())


def features() -> Mapping[str, object]:
    """What this computer's processor can do, as `torch.cpu.get_capabilities` names it.

    Linux says the same in a file, and torch takes seconds to load.
    """
    try:
        said = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        import torch

        return torch.cpu.get_capabilities()
    flags = next((line.partition(":")[2].split() for line in said.splitlines() if line.startswith("flags")), [])
    return {"architecture": platform.machine(), **dict.fromkeys(flags, True)}


def compute_type(processor: Mapping[str, object]) -> str:
    """CTranslate2's own choice ("auto"), but "float32" where sums of 8-bit products would be cut.

    `processor` is what `features` says. x86 processors without VNNI add such products in pairs in 16 bits, and what
    exceeds them is lost: of Chinese half a point of BLEU.
    """
    cuts = processor.get("architecture") == "x86_64" and not any(
        "vnni" in feature and has for feature, has in processor.items()
    )
    return "float32" if cuts else "auto"


def _load_model(package: Package, workers: int, arithmetic: str) -> ctranslate2.Translator:
    import ctranslate2

    key = package.model_id.rpartition("-")[2] + str(package.model), workers, arithmetic
    model = _models.get(key)
    if model is None:
        # Whole batches side by side scale better on few cores than one batch spread over them.
        model = _models[key] = ctranslate2.Translator(
            str(package.model),
            device="cpu",
            compute_type=arithmetic,
            inter_threads=workers,
            intra_threads=1,
            max_queued_batches=-1,
        )
    return model
