"""One Argos package as a translator: what goes to its model and how, and what to make of that which comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from workbench import lang
from workbench.datatypes import Progress, Translation, TranslationState, silent
from workbench.errors import InputError, ModelError
from workbench.facts import degenerate
from workbench.settings import Settings
from workbench.translate import korean, names, vocabulary
from workbench.translate.engine import MOST_TOKENS, Decoded, Decoding, Engine
from workbench.translate.judge import CANDIDATES, Judge, best
from workbench.translate.package import Package, read_package, tag
from workbench.translate.spelling import respelt
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

if TYPE_CHECKING:
    from opencc import OpenCC

# Changes whenever other translations come out of the same model and settings.
_RECIPE = "7"
STAGE = "translate"
STAGE_AGAIN = "translate again"
# So probable it must be that a text is in the language already; no sentence of seven others came near.
_SURELY_TRANSLATED = 0.8


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


class PackageTranslator:
    """Translator over one package. The model is loaded when the first text needs it.

    With a judge the best of several translations is taken, without one what the model itself holds for best.
    """

    def __init__(self, package: Package, settings: Settings, judge: Judge | None = None) -> None:
        self._package = package
        self._settings = settings
        self._judge = None if settings.argos_compatible else judge
        self._decoding = Decoding(CANDIDATES, CANDIDATES) if self._judge else Decoding()
        self._src, self._tgt = tag(package.from_code), tag(package.to_code)
        # Larger models know more names, and spell them. A bundled one that was packed and installed stays what it is.
        is_small = package.bundled or package.is_draft
        self._is_draft = is_small and self._tgt == "en" and not settings.argos_compatible
        self._engine: Engine | None = None
        self.model_id = package.model_id
        self.direction = f"{package.from_code}>{package.to_code}"
        mode = "argos" if settings.argos_compatible else "own"
        judged = f"-{self._judge.model_id}" if self._judge else ""
        # Of one model with several languages to say it in, this is all that tells two packages apart.
        said = f"-prefix{package.target_prefix!r}" if package.target_prefix else ""
        self.signature = f"{mode}-{_RECIPE}-beam{self._decoding.beam_size}{judged}{said}"

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
        said = iter(self._respelt(flat, self._best(flat, engine.decode(flat, decoding, progress, stage))))
        joiner = "\n" if self._settings.argos_compatible else _joiner(self._tgt)
        return [_joined([next(said) for _ in own], joiner) for own in parts]

    def _best(self, texts: Sequence[str], candidates: Sequence[Sequence[Decoded]]) -> list[Decoded]:
        if self._judge is None:
            return [own[0] for own in candidates]
        return best(self._judge, texts, candidates, self._src, self._tgt)

    def _respelt(self, texts: Sequence[str], decoded: list[Decoded]) -> list[Decoded]:
        if not self._is_draft:
            return decoded
        pairs = zip(texts, decoded, strict=True)
        return [replace(said, text=respelt(text, said.text, self._src)) for text, said in pairs]

    def _parts(self, text: str, engine: Engine) -> list[str]:
        if self._settings.argos_compatible:
            return encodable(text).split("\n")
        text = self._prepared(text)
        if self._tgt == "en":
            text = in_millions(text, self._src)
        if self._is_draft:
            text = korean.in_english(text) if self._src == "ko" else text
            text = vocabulary.in_english(names.in_english(text, self._src), self._src)
        return split(text, lambda part: engine.length(part) <= MOST_TOKENS)

    def _prepared(self, text: str) -> str:
        """Cleaned; Traditional Chinese is put into Simplified for a package that knows only that."""
        text = clean(text)
        if self._package.from_code == "zh" and lang.chinese_script(text) == "Hant":
            return str(_simplifier().convert(text))
        return text

    def _loaded(self) -> Engine:
        if self._engine is None:
            # What another model says would be remembered as this one's.
            if [now.model_id for now in read_package(self._package.path)] != [self.model_id]:
                raise ModelError(
                    f"{self._package.name} was replaced since it was looked for; do this again, and where that says the"
                    " same start the workbench again."
                )
            self._engine = Engine(self._package, self._settings)
        return self._engine


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
