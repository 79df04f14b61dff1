"""The English of documents. How a text is translated is in translate/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.datatypes import Progress, Segment, Translation, TranslationState
from workbench.lang import same_language
from workbench.store import Store
from workbench.wiring.models import Models


@dataclass(frozen=True, slots=True)
class English:
    """What translations are made and found with. `pivot`: the language that is translated into."""

    store: Store
    models: Models
    pivot: str

    def translate(self, doc_ids: Iterable[str], progress: Progress) -> None:
        """Translate what takes part in alignment, as far as models know its language."""
        waiting: dict[str, list[str]] = {}
        for doc_id in doc_ids:
            for row in self.store.segments(doc_id):
                if row.included and not same_language(row.segment.lang, self.pivot):
                    waiting.setdefault(row.segment.lang, []).append(row.segment.text)
        for lang, texts in waiting.items():
            translator = self.models.translator(lang, self.store.translations)
            if translator is not None:
                translator.translate(texts, progress)

    def known(self, segments: Sequence[Segment]) -> list[Translation | None]:
        """What is known already of the segments in English; nothing is translated here."""
        by_lang: dict[str, list[str]] = {}
        for item in segments:
            by_lang.setdefault(item.lang, []).append(item.text)
        known = {lang: self._known(lang, texts) for lang, texts in by_lang.items()}
        return [known[item.lang].get(item.text) for item in segments]

    def _known(self, lang: str, texts: Sequence[str]) -> Mapping[str, Translation]:
        if same_language(lang, self.pivot):
            return {text: Translation(text, "", TranslationState.SAME) for text in texts}
        return self.models.known_translations(lang, texts, self.store)
