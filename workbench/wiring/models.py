"""Which models there are, and which of them a piece of work gets."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from workbench import translate
from workbench.datatypes import Translation
from workbench.embed import Cached, EmbeddingCache, Encoder, StaticEncoder, TransformerEncoder, english_encoder, load
from workbench.embed.install import installed
from workbench.errors import InputError, ModelMissingError
from workbench.lang import canonical, primary
from workbench.settings import Settings, user_folder
from workbench.store import Store
from workbench.translate import Package, PackageTranslator, Scorer, tag
from workbench.wiring import catalogue, preferences
from workbench.wiring.catalogue import Catalogue
from workbench.wiring.evidence import Encoders
from workbench.wiring.preferences import Preferences
from workbench.wiring.signals import Means

BUNDLED = Path(os.environ.get("WORKBENCH_MODELS", Path(__file__).resolve().parents[2] / "models"))
MULTILINGUAL, ENGLISH = "encoder-static", "all-MiniLM-L6-v2"
TELLINGS = "encoder-tellings"


_CHOSEN = " chosen:"


def chosen_in(signature: str) -> str:
    """What `Models.chosen` wrote at the end of an alignment's signature; empty: nothing."""
    _, mark, chosen = signature.rpartition(_CHOSEN)
    return mark + chosen if mark else ""


class Models:
    """The bundled models and those the user installed; nothing is loaded before it is needed."""

    def __init__(self, settings: Settings = Settings(), folder: Path = BUNDLED) -> None:
        self._settings = settings
        self.folder = folder
        self.home = user_folder()  # with the encoders and preferences of who works here
        self._translators: dict[tuple[tuple[Package, ...], Settings], translate.Translator] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        return catalogue.read(self.folder)

    @cached_property
    def preferences(self) -> Preferences:
        return preferences.read(self.home)

    @cached_property
    def packages(self) -> list[Package]:
        """Translation packages, bundled and installed."""
        return translate.packages(translate.shelves(self.folder))

    @property
    def choice(self) -> tuple[list[Package], Preferences, str]:
        """What decides which models work: another choice, other results."""
        return self.packages, self.preferences, self.encoder_name

    def route(self, lang: str) -> list[Package] | None:
        """The packages that lead from a language into the pivot; None where no model knows the way."""
        return translate.route(self.packages, lang, self._settings.pivot, self.preferences.translation)

    def translator(
        self, lang: str, cache: translate.TranslationCache, settings: Settings | None = None
    ) -> translate.Cached | None:
        """What translates a language into the pivot and remembers it; None where nothing does or need be."""
        found = self.route(lang)
        if not found:
            return None
        return translate.Cached(self._loaded(tuple(found), settings or self._settings), cache)

    @property
    def encoder_folder(self) -> Path:
        """Where user's encoders are installed, a folder each."""
        return self.home / "encoders"

    @cached_property
    def encoder_name(self) -> str:
        """The encoder that compares across languages: the preferred one where it is there, else the bundled one."""
        wanted = self.preferences.encoder
        return wanted if wanted in {path.name for path in installed(self.encoder_folder)} else MULTILINGUAL

    def encoder(self, name: str = "") -> Encoder:
        """An encoder by name or folder, or else the one for comparing across languages.

        Raises ModelMissingError where there is none.
        """
        name = name or self.encoder_name
        if name == TELLINGS:
            return english_encoder().adapted(self.folder / TELLINGS)
        entry = self.catalogue.find(name)
        own = self.encoder_folder / name
        place = own if own.is_dir() else self.folder / name if entry and entry.bundled else Path(name)
        return load(place, place.name, entry.prompt if entry else "")

    @cached_property
    def _multilingual(self) -> Encoder:
        return self.encoder()

    @cached_property
    def _bundled(self) -> Encoder:
        return self.encoder(MULTILINGUAL)

    @cached_property
    def _english(self) -> Encoder | None:
        try:
            return _packaged_english() or self.encoder(ENGLISH)
        except ModelMissingError:
            return None

    @cached_property
    def _readers(self) -> dict[str, StaticEncoder | TransformerEncoder]:
        """What tells texts token by token, by the kind of evidence that it refines."""
        found: dict[str, StaticEncoder | TransformerEncoder] = {}
        if isinstance(self._english, TransformerEncoder):
            found["english"] = _telling(self._english, self.folder / TELLINGS)
        if isinstance(self._multilingual, StaticEncoder):
            found["meaning"] = self._multilingual
        return found

    def _knows(self, encoder: str) -> Callable[[str], bool]:
        """Whether an encoder was trained on a language; of one that no catalogue lists it is hoped."""
        entry = self.catalogue.find(encoder)
        known = {primary(canonical(tag)) for tag in entry.languages} if entry else set()
        return lambda lang: not known or primary(canonical(lang)) in known

    def compares(self, lang: str) -> bool:
        """Whether originals in a language can be compared with others, as far as is known: not without a catalogue."""
        try:
            return self._knows(self.encoder_name)(lang)
        except ModelMissingError:
            return True

    def _loaded(self, found: tuple[Package, ...], settings: Settings) -> translate.Translator:
        key = found, settings
        if key not in self._translators:
            self._translators[key] = translate.load(list(found), settings, self.judge)
        return self._translators[key]

    def judge(self, package: Package) -> Encoder | None:
        """What chooses among a package's translations: the bundled encoder, whatever else is installed, of the
        languages that it was trained on; None where it is missing or one is no language that we know."""
        try:
            both = all(map(self._knows(MULTILINGUAL), (tag(package.from_code), tag(package.to_code))))
            return self._bundled if both else None
        except (InputError, ModelMissingError):
            return None

    def drafts(self, lang: str) -> bool:
        """Whether what the models here make of a language is a draft, to get the gist by."""
        return any(package.is_draft for package in self.route(lang) or ())

    def known_translations(self, lang: str, texts: Sequence[str], store: Store) -> dict[str, Translation]:
        """What has been translated already, in this mode or else in the other; no model is loaded for it."""
        other = replace(self._settings, argos_compatible=not self._settings.argos_compatible)
        known: dict[str, Translation] = {}
        for settings in (other, self._settings):
            translator = self.translator(lang, store.translations, settings)
            known |= translator.known(texts) if translator else {}
        return known

    def encoders(self, cache: EmbeddingCache | None = None) -> Encoders:
        """The sentence encoders, with a memory where one is given."""

        def remembering(encoder: Encoder) -> Encoder:
            return Cached(encoder, cache) if cache is not None else encoder

        multilingual, english = self._multilingual, self._english
        readers = self._readers
        used = (multilingual, english, *readers.values())
        return Encoders(
            remembering(multilingual),
            remembering(english) if english else None,
            self._knows(self.encoder_name),
            " ".join(dict.fromkeys(encoder.model_id for encoder in used if encoder)),
            {kind: encoder.read for kind, encoder in readers.items()},
        )

    def chosen(self, langs: Iterable[str]) -> str:
        """The end of an alignment's signature: which encoder, and which packages, the choice falls on for documents in
        these languages."""
        routes = [self.route(lang) for lang in sorted(set(langs))]
        english = ["+".join(package.model_id for package in found) for found in routes if found]
        return f"{_CHOSEN}{','.join([self.encoder_name, *english])}"

    def choose_others(self, signature: str, langs: Iterable[str]) -> bool:
        """Whether other models would align documents in these languages than the signature of their alignment says.

        One that tells of no choice, as of what people made, is by no others.
        """
        chosen = chosen_in(signature)
        return bool(chosen) and chosen != self.chosen(langs)

    def anew(self) -> Models:
        """The models that are here now: some may have come, gone or been preferred since these were looked for."""
        return Models(self._settings, self.folder)

    @property
    def signature(self) -> str:
        """Of every model that may have a say in what `means` tells."""
        packages = " ".join(package.model_id for package in self.packages)
        choice = json.dumps(self.preferences.translation, sort_keys=True)
        return f"{self.encoders().signature} {packages} {choice} settings:{self._settings.signature()}"

    def means(self, store: Store | None = None) -> Means:
        """What tells how good translations are; nothing is loaded before it is needed, and nothing downloaded."""
        encoders = self.encoders(store.vectors if store is not None else None)
        return Means(encoders, self._scorer, lambda lang: self._back(lang, store), self._settings.pivot)

    def _scorer(self, lang: str) -> Scorer | None:
        """The bundled package from a language, whatever else is installed: what its scores mean was learned."""
        own = [package for package in self.packages if package.bundled]
        found = translate.route(own, lang, self._settings.pivot)
        loaded = self._loaded(tuple(found), self._settings) if found else None
        return loaded if isinstance(loaded, PackageTranslator) else None

    def _back(self, lang: str, store: Store | None) -> translate.Translator | None:
        """The package that leads from the pivot into a language, in one step."""
        found = translate.route(self.packages, self._settings.pivot, lang, self.preferences.translation)
        if not found or len(found) > 1:
            return None
        loaded = self._loaded(tuple(found), self._settings)
        return translate.Cached(loaded, store.translations) if store is not None else loaded


@cache
def _packaged_english() -> Encoder | None:
    try:
        return english_encoder()
    except ModelMissingError:
        return None


@lru_cache(maxsize=1)
def _telling(english: TransformerEncoder, adapter: Path) -> TransformerEncoder:
    """What the bundled adapter makes of the English encoder; that encoder itself where there is no adapter."""
    try:
        return english.adapted(adapter)
    except ModelMissingError:
        return english
