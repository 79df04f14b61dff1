"""Which models there are, and which of them a piece of work gets: wiring, like core."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from workbench import translate
from workbench.datatypes import Translation
from workbench.embed import Cached, EmbeddingCache, Encoder, english_encoder, load
from workbench.errors import ModelMissingError
from workbench.evidence import Encoders
from workbench.lang import same_language
from workbench.settings import Settings
from workbench.store import Store
from workbench.translate import Package

BUNDLED = Path(os.environ.get("WORKBENCH_MODELS", Path(__file__).resolve().parent.parent / "models"))
# What the bundled multilingual encoder was trained on.
KNOWN = ("en", "fr", "de", "es", "pt", "zh", "ja", "ko")


class Models:
    """The bundled models and those the user installed; nothing is loaded before it is needed."""

    def __init__(self, settings: Settings = Settings(), folder: Path = BUNDLED) -> None:
        self._settings = settings
        self._folder = folder
        self._translators: dict[tuple[tuple[Package, ...], Settings], translate.Translator] = {}

    @cached_property
    def packages(self) -> list[Package]:
        """Translation packages, bundled and installed."""
        return translate.packages([self._folder / "translation"])

    def route(self, lang: str) -> list[Package] | None:
        """The packages that lead from a language into the pivot; None where no model knows the way."""
        if lang == "und":
            return None
        return translate.route(self.packages, lang, self._settings.pivot)

    def translator(self, lang: str, store: Store, settings: Settings | None = None) -> translate.Cached | None:
        """What translates a language into the pivot and remembers it; None where nothing does or need be."""
        found = self.route(lang)
        if not found:
            return None
        return translate.Cached(self._loaded(tuple(found), settings or self._settings), store.translations)

    @cached_property
    def _multilingual(self) -> Encoder:
        return load(self._folder / "encoder-static")

    def _loaded(self, found: tuple[Package, ...], settings: Settings) -> translate.Translator:
        key = found, settings
        if key not in self._translators:
            self._translators[key] = translate.load(list(found), settings)
        return self._translators[key]

    def counts_as_evidence(self, lang: str) -> bool:
        """Whether translations from a language are good enough to align by: those of a draft model are only shown.

        On the development sets the bundled draft's English made alignments worse than the originals alone.
        """
        return not any("draft" in package.quality_note.lower() for package in self.route(lang) or ())

    def known_translations(self, lang: str, texts: Sequence[str], store: Store) -> dict[str, Translation]:
        """What has been translated already, in this mode or else in the other; no model is loaded for it."""
        other = replace(self._settings, argos_compatible=not self._settings.argos_compatible)
        known: dict[str, Translation] = {}
        for settings in (other, self._settings):
            translator = self.translator(lang, store, settings)
            known |= translator.known(texts) if translator else {}
        return known

    def encoders(self, cache: EmbeddingCache | None = None) -> Encoders:
        """The sentence encoders, with a memory where one is given."""

        def remembering(encoder: Encoder) -> Encoder:
            return Cached(encoder, cache) if cache is not None else encoder

        multilingual, english = self._multilingual, _english()
        return Encoders(
            remembering(multilingual),
            remembering(english) if english else None,
            lambda lang: any(same_language(lang, known) for known in KNOWN),
            " ".join(encoder.model_id for encoder in (multilingual, english) if encoder),
        )


@cache
def _english() -> Encoder | None:
    try:
        return english_encoder()
    except ModelMissingError:
        return None
