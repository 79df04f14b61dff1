"""Translators made of translators: through another language, out of a cache, and none at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from workbench.datatypes import Progress, Translation, TranslationState, silent
from workbench.settings import Settings
from workbench.translate.judge import Judging, nobody
from workbench.translate.package import Package
from workbench.translate.translator import STAGE, PackageTranslator, Translator

# What is translated between two looks at whether to go on, and what an interrupted run loses at most: some seconds of
# work, in texts and, where these are long, in bytes, which tell of every script about how many tokens it has. Larger
# chunks are hardly faster.
_CHUNK, _CHUNK_BYTES = 256, 32_000
# The less trustworthy of two states is the state of the whole.
_TRUST = (
    TranslationState.SAME,
    TranslationState.OK,
    TranslationState.RETRIED,
    TranslationState.SUSPECT,
    TranslationState.MISSING,
)


class TranslationCache(Protocol):
    """Keeps translations by model, direction, settings and text."""

    def get(self, model_id: str, direction: str, settings: str, texts: Sequence[str]) -> Mapping[str, Translation]: ...

    def put(self, model_id: str, direction: str, settings: str, translations: Mapping[str, Translation]) -> None: ...


class Memory:
    """A TranslationCache that lasts as long as it is held."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str, str], Translation] = {}

    def get(self, model_id: str, direction: str, settings: str, texts: Sequence[str]) -> Mapping[str, Translation]:
        keys = {text: (model_id, direction, settings, text) for text in texts}
        return {text: self.kept[key] for text, key in keys.items() if key in self.kept}

    def put(self, model_id: str, direction: str, settings: str, translations: Mapping[str, Translation]) -> None:
        self.kept |= {(model_id, direction, settings, text): made for text, made in translations.items()}


class Same:
    """Translator within one language: every text is its own translation."""

    model_id = ""
    direction = ""
    signature = ""

    def translate(self, texts: Sequence[str], progress: Progress = silent) -> list[Translation]:
        return [Translation(text, "", TranslationState.SAME) for text in texts]


class Pivot:
    """Translator through a third language. Scores add up; reasons say which half they are about."""

    def __init__(self, first: Translator, second: Translator) -> None:
        self._first, self._second = first, second
        self.model_id = f"{first.model_id}+{second.model_id}"
        self.direction = f"{first.direction}>{second.direction.partition('>')[2]}"
        self.signature = f"{first.signature}+{second.signature}"

    def translate(self, texts: Sequence[str], progress: Progress = silent) -> list[Translation]:
        half = self._first.translate(texts, _half_of(progress, 0))
        whole = self._second.translate([made.text for made in half], _half_of(progress, 1))
        return [self._combined(a, b) for a, b in zip(half, whole, strict=True)]

    def _combined(self, first: Translation, second: Translation) -> Translation:
        reasons = [f"{self._first.direction}: {reason}" for reason in first.reasons]
        reasons += [f"{self._second.direction}: {reason}" for reason in second.reasons]
        scores = [score for score in (first.score, second.score) if score is not None]
        return Translation(
            second.text,
            self.model_id,
            max(first.state, second.state, key=_TRUST.index),
            tuple(reasons),
            round(sum(scores), 4) if scores else None,
        )


def _half_of(progress: Progress, half: int) -> Progress:
    def tell(stage: str, done: int, total: int) -> None:
        progress(stage, half * total + done, 2 * total)

    return tell


class Cached:
    """Translator that asks its cache first and gives it every chunk of new translations as it is done.

    What `progress` raises ends the work after the chunk in hand, which the model would finish in any case: it has all
    of it. Ctrl-C is heeded at once.
    """

    def __init__(self, translator: Translator, cache: TranslationCache) -> None:
        self._translator, self._cache = translator, cache
        self.model_id = translator.model_id
        self.direction = translator.direction
        self.signature = translator.signature

    def known(self, texts: Sequence[str]) -> dict[str, Translation]:
        """What the cache has of these texts; nothing is translated and no model is loaded."""
        unique = list(dict.fromkeys(texts))
        return dict(self._cache.get(self.model_id, self.direction, self.signature, unique))

    def translate(self, texts: Sequence[str], progress: Progress = silent) -> list[Translation]:
        found = self.known(texts)
        # Texts of one length together: a chunk then makes full batches.
        todo = sorted((text for text in dict.fromkeys(texts) if text not in found), key=len, reverse=True)
        done = 0
        for chunk in _chunks(todo):
            progress(STAGE, done, len(todo))
            told = _Patient(_within(progress, done, len(chunk), len(todo)))
            made = self._translator.translate(chunk, told)
            new = dict(zip(chunk, made, strict=True))
            self._cache.put(self.model_id, self.direction, self.signature, new)
            told.heed()
            found |= new
            done += len(chunk)
        return [found[text] for text in texts]


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in order, so many at a time that none takes long; one that is longer than that alone."""
    chunk: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode(errors="replace"))
        if chunk and (len(chunk) == _CHUNK or size + length > _CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(text)
        size += length
    if chunk:
        yield chunk


class _Patient:
    """A Progress that keeps what another one raises until it is to be heeded."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._raised: BaseException | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._raised is None:
            try:
                self._progress(stage, done, total)
            except KeyboardInterrupt:
                raise
            except BaseException as raised:
                self._raised = raised

    def heed(self) -> None:
        if self._raised is not None:
            raise self._raised


def _within(progress: Progress, start: int, size: int, whole: int) -> Progress:
    """Progress of a chunk told as progress of the whole."""

    def tell(stage: str, done: int, total: int) -> None:
        progress(stage, start + size * done // max(total, 1), whole)

    return tell


def load(route: Sequence[Package], settings: Settings, judge: Judging = nobody) -> Translator:
    """The translator along a route as `package.route` finds it; models are loaded at the first use."""
    translators: list[Translator] = [PackageTranslator(package, settings, judge(package)) for package in route]
    if not translators:
        return Same()
    whole = translators[0]
    for following in translators[1:]:
        whole = Pivot(whole, following)
    return whole
