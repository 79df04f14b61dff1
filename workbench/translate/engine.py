"""One Argos package, driven directly: its tokenizer and its CTranslate2 model, over many segments at a time.

Argos translates paragraph by paragraph, in batches of 32 tokens. Here all segments go in together, sorted by
length, so that batches are full and hardly padded; what comes out for a segment is the same.
"""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakValueDictionary

from workbench import lang
from workbench.datatypes import Progress, Translation, TranslationState, silent
from workbench.errors import InputError, ModelError
from workbench.facts import degenerate, numbers
from workbench.settings import Settings
from workbench.translate.package import Package, tag
from workbench.translate.text import (
    apart,
    clean,
    encodable,
    in_millions,
    is_unbroken,
    lost,
    nothing_to_translate,
    split,
    together,
)
from workbench.translate.tokenizer import Tokenizer, load_tokenizer

if TYPE_CHECKING:
    import ctranslate2
    import numpy as np
    from numpy.typing import NDArray
    from opencc import OpenCC

# Changes whenever other translations come out of the same model and settings.
_RECIPE = "4"
STAGE = "translate"
STAGE_AGAIN = "translate again"
STAGE_SCORE = "score translations"
# Argos's own values; with this one a score is log probability / (tokens + 1) ** 0.2.
_LENGTH_PENALTY = 0.2
_BEAM = 4
# So many translations of a text are judged; of more of them no better ones were chosen on FLORES dev.
_CANDIDATES = 6
# What a number that only the text or only its translation has takes from how good that is, as a cosine.
_WRONG_NUMBER = 0.2
# CTranslate2 stops there unless told otherwise, and so does Argos.
_MOST_STEPS = 256
# Sentences that models are trained on are hardly ever longer.
_MOST_TOKENS = 150
# A small job is cut into so many batches a worker, so that all of them have work to the end.
_BATCHES_A_WORKER = 4
# Smaller batches are not worth the call.
_FEWEST_BATCH_TOKENS = 256
# So probable it must be that a text is in the language already; no sentence of seven others came near.
_SURELY_TRANSLATED = 0.8
_SCORED_AT_ONCE = 256  # texts between two words of progress

# Bundled packages share one model, which then is in memory once.
_models: WeakValueDictionary[tuple[str, int, str], Any] = WeakValueDictionary()


class Translator(Protocol):
    """Translates texts from one language to another.

    `model_id` names models and revisions, `direction` the Argos codes passed through ("ja>en>fr"),
    `signature` the settings that change what comes out: the three of them and a text identify a translation.
    """

    @property
    def model_id(self) -> str: ...

    @property
    def direction(self) -> str: ...

    @property
    def signature(self) -> str: ...

    def translate(self, texts: Sequence[str], progress: Progress = silent) -> list[Translation]:
        """One translation a text, in order. Raises ModelError where the model cannot be loaded."""
        ...


class Scorer(Translator, Protocol):
    """A translator that also says how probable translations are that it did not make."""

    def score(self, pairs: Sequence[tuple[str, str]], progress: Progress = silent) -> list[float]:
        """Of each (source, target) the mean log probability of a token of the target, at most 0, higher is better.

        NaN of a text without a token, or with more than the model can take. Raises ModelError where the model cannot be
        loaded.
        """
        ...


class Judge(Protocol):
    """Tells which translation means what its source does, by vectors whose dot product is the texts' likeness.

    The sentence encoders are such; `model_id` names model and revision.
    """

    model_id: str

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """One unit vector a text, shape (n, d), the same space for both languages."""
        ...


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


class PackageTranslator:
    """Translator over one package. The model is loaded when the first text needs it.

    With a judge the best of several translations is taken, without one what the model itself holds for best.
    """

    def __init__(self, package: Package, settings: Settings, judge: Judge | None = None) -> None:
        self._package = package
        self._settings = settings
        self._judge = None if settings.argos_compatible else judge
        self._decoding = Decoding(_CANDIDATES, _CANDIDATES) if self._judge else Decoding()
        self._src, self._tgt = tag(package.from_code), tag(package.to_code)
        self._engine: _Engine | None = None
        self.model_id = package.model_id
        self.direction = f"{package.from_code}>{package.to_code}"
        mode = "argos" if settings.argos_compatible else "own"
        judged = f"-{self._judge.model_id}" if self._judge else ""
        self.signature = f"{mode}-{_RECIPE}-beam{self._decoding.beam_size}{judged}"

    def translate(self, texts: Sequence[str], progress: Progress = silent) -> list[Translation]:
        unique = list(dict.fromkeys(texts))
        found = {text: self._same(text) for text in unique if self._passes(text)}
        todo = [text for text in unique if text not in found]
        if todo:
            found |= self._translate_all(todo, progress)
        return [found[text] for text in texts]

    def score(self, pairs: Sequence[tuple[str, str]], progress: Progress = silent) -> list[float]:
        """See Scorer."""
        return self._loaded().score([(self._prepared(source), clean(target)) for source, target in pairs], progress)

    def _passes(self, text: str) -> bool:
        """Whether a text is returned as it is; Argos puts numbers and signs through the model too."""
        if self._settings.argos_compatible:
            return not text
        return nothing_to_translate(text) or is_unbroken(text) or self._is_translated(text)

    def _is_translated(self, text: str) -> bool:
        """Whether a text is in the language already, as a quotation may be: a model would only damage it."""
        try:
            found, probability = lang.identify(text, (self._src, self._tgt))
            return probability >= _SURELY_TRANSLATED and lang.same_language(found, self._tgt)
        except InputError:  # a package from or to no language that we know
            return False

    def _same(self, text: str) -> Translation:
        if is_unbroken(text):
            reason = f"untranslated: {len(text):,} characters without a space are no words"
            return Translation(text, self.model_id, TranslationState.SUSPECT, (reason,))
        return Translation(text, self.model_id, TranslationState.SAME)

    def _translate_all(self, texts: Sequence[str], progress: Progress) -> dict[str, Translation]:
        decoded = self._decode(texts, self._decoding, progress, STAGE)
        reasons = self._doubts(texts, decoded)
        done = {
            text: self._translation(said, TranslationState.SUSPECT if why else TranslationState.OK, why)
            for text, said, why in zip(texts, decoded, reasons, strict=True)
        }
        if not self._settings.argos_compatible:
            self._try_again(done, progress)
            self._put_back(done, progress)
            done = {text: _bounded(text, made) for text, made in done.items()}
        return done

    def _try_again(self, done: dict[str, Translation], progress: Progress) -> None:
        """Decode what is suspect in other ways; the first result with nothing wrong replaces it.

        No way of decoding helps against a text in another language.
        """
        hopeless = {
            text
            for text, made in done.items()
            if made.state is TranslationState.SUSPECT and degenerate.wrong_script(text, self._src)
        }
        for decoding in _second_tries(self._decoding):
            suspects = [
                text for text, made in done.items() if made.state is TranslationState.SUSPECT and text not in hopeless
            ]
            if not suspects:
                return
            decoded = dict(zip(suspects, self._decode(suspects, decoding, progress, STAGE_AGAIN), strict=True))
            pairs = [(text, decoded[text].text if text in decoded else made.text) for text, made in done.items()]
            constant = {pairs[i][0] for i in degenerate.constant_answers(pairs)}
            for text, said in decoded.items():
                if text not in constant and not self._reasons(text, said):
                    done[text] = self._translation(said, TranslationState.RETRIED, done[text].reasons)

    def _put_back(self, done: dict[str, Translation], progress: Progress) -> None:
        """Where an address, code or a placeholder was lost, what stands around it is translated by itself."""
        gone = {text: missing for text, made in done.items() if (missing := lost(clean(text), made.text))}
        if not gone:
            return
        pieces = {text: apart(clean(text)) for text in gone}
        words = list(dict.fromkeys(p for own in pieces.values() for p in own[::2] if not nothing_to_translate(p)))
        decoded = self._decode(words, self._decoding, progress, STAGE_AGAIN)
        said = dict(zip(words, decoded, strict=True))
        for text, own in pieces.items():
            parts = [said.get(piece, Decoded(piece, tokens=0)) for piece in own]
            whole = replace(_joined(parts, ""), text=together(part.text for part in parts))
            wrong = self._reasons(text, whole)
            state = TranslationState.SUSPECT if wrong else TranslationState.RETRIED
            put_back = f"lost: {', '.join(gone[text])}, put back"
            done[text] = self._translation(whole, state, (*done[text].reasons, put_back, *wrong))

    def _doubts(self, texts: Sequence[str], decoded: Sequence[Decoded]) -> list[tuple[str, ...]]:
        pairs = [(text, said.text) for text, said in zip(texts, decoded, strict=True)]
        constant = degenerate.constant_answers(pairs)
        return [
            (*self._reasons(text, said), *([constant[i]] if i in constant else []))
            for i, (text, said) in enumerate(zip(texts, decoded, strict=True))
        ]

    def _reasons(self, text: str, said: Decoded) -> tuple[str, ...]:
        failed = (said.problem,) if said.problem else ()
        wrong = degenerate.wrong_script(text, self._src)
        return (failed or degenerate.reasons(text, said.text, self._tgt)) + ((wrong,) if wrong else ())

    def _translation(self, said: Decoded, state: TranslationState, reasons: tuple[str, ...]) -> Translation:
        return Translation(said.text, self.model_id, state, reasons, round(said.mean, 4) + 0.0)

    def _decode(self, texts: Sequence[str], decoding: Decoding, progress: Progress, stage: str) -> list[Decoded]:
        """Every text in parts that the model can take, all parts of all texts decoded together."""
        engine = self._loaded()
        parts = [self._parts(text, engine) for text in texts]
        flat = [part for own in parts for part in own]
        said = iter(self._chosen(flat, engine.decode(flat, decoding, progress, stage)))
        joiner = "\n" if self._settings.argos_compatible else _joiner(self._tgt)
        return [_joined([next(said) for _ in own], joiner) for own in parts]

    def _chosen(self, texts: Sequence[str], candidates: Sequence[Sequence[Decoded]]) -> list[Decoded]:
        """Of each text's translations the best: probable, alike in meaning, with the same numbers.

        Mean log probability of a token plus cosine to the text: the model alone prefers what is too short.
        """
        if self._judge is None:
            return [own[0] for own in candidates]
        sources = self._judge.encode(texts)
        targets = iter(self._judge.encode([said.text for own in candidates for said in own]))
        chosen: list[Decoded] = []
        for text, source, own in zip(texts, sources, candidates, strict=True):
            amounts = self._amounts(text, self._src)
            rated = [
                (
                    not said.problem,
                    said.mean + float(source @ next(targets)) - _WRONG_NUMBER * self._wrong(amounts, said),
                )
                for said in own
            ]
            chosen.append(own[rated.index(max(rated))])
        return chosen

    def _wrong(self, amounts: Counter[Decimal], said: Decoded) -> int:
        """How many numbers a translation has too few or too many."""
        found = self._amounts(said.text, self._tgt)
        return (amounts - found).total() + (found - amounts).total()

    def _amounts(self, text: str, language: str) -> Counter[Decimal]:
        return Counter(quantity.value for quantity in numbers(text, language))

    def _parts(self, text: str, engine: _Engine) -> list[str]:
        if self._settings.argos_compatible:
            return encodable(text).split("\n")
        text = self._prepared(text)
        if self._tgt == "en":
            text = in_millions(text, self._src)
        return split(text, lambda part: engine.length(part) <= _MOST_TOKENS)

    def _prepared(self, text: str) -> str:
        """Cleaned; Traditional Chinese is put into Simplified for a package that knows only that."""
        text = clean(text)
        if self._package.from_code == "zh" and lang.chinese_script(text) == "Hant":
            return str(_simplifier().convert(text))
        return text

    def _loaded(self) -> _Engine:
        if self._engine is None:
            self._engine = _Engine(self._package, self._settings)
        return self._engine


class _Engine:
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
        fit = [i for i, both in enumerate(tokens) if all(0 < len(side) <= _MOST_TOKENS for side in both)]
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


def _bounded(text: str, made: Translation) -> Translation:
    """What stayed endless may not drown the rest."""
    kept = degenerate.cut(text, made.text)
    if len(kept) == len(made.text):
        return made
    return replace(made, text=kept, reasons=(*made.reasons, f"cut: {len(made.text):,} characters came"))


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


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


def _second_tries(first: Decoding) -> tuple[Decoding, ...]:
    """Mildest first."""
    return (
        replace(first, repetition_penalty=1.2),
        replace(first, repetition_penalty=1.1, no_repeat_ngram_size=3),
        Decoding(1, repetition_penalty=1.2, no_repeat_ngram_size=2),
    )


def _joiner(tgt: str) -> str:
    return "" if tgt.split("-")[0] in {"zh", "ja", "th", "lo", "km", "my"} else " "


def _joined(parts: Sequence[Decoded], joiner: str) -> Decoded:
    """The parts of one text as one. Argos drops empty lines at the start, and so does this."""
    return replace(
        parts[0],
        text=joiner.join(part.text for part in parts).lstrip("\n"),
        score=sum(part.score for part in parts),
        tokens=sum(part.tokens for part in parts),
        problem=next((part.problem for part in parts if part.problem), ""),
    )
