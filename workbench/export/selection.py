"""What of an alignment is exported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from workbench.datatypes import Status, TranslationUnit

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Selection:
    """The choice, the same for the command line and the pages.

    `docs`: ids or names. Of one its passages with their English; of two what they have in common; of more what every
    two of them have in common, or, in formats that can say it at once, all of them; none: all documents. `least`: the
    confidence, 0 to 1, below which links count as none, the aligner's own where it is not given. `nulls`: passages
    without a counterpart too, where a format can hold them. `texts`: the originals, or their English instead. `order`:
    the document whose order is followed, by default the first.
    """

    docs: tuple[str, ...] = ()
    # A rejected link is no translation; who wants to see it asks for it.
    statuses: frozenset[Status] = frozenset({Status.UNREVIEWED, Status.ACCEPTED})
    least: float | None = None
    nulls: bool = True
    texts: Literal["originals", "english"] = "originals"
    order: str | None = None

    def refusal(self, unit: TranslationUnit) -> str:
        """Why a unit is left out, empty: it is not."""
        if unit.status not in self.statuses:
            return str(unit.status)
        if unit.is_null and not self.nulls:
            return "no counterpart"
        missing = any(variant.text.strip() and not variant.english.strip() for variant in unit.variants)
        return "no English" if self.texts == "english" and missing else ""

    def wanted(self, unit: TranslationUnit) -> TranslationUnit:
        """The unit with the texts that were chosen. What is not refused has them."""
        if self.texts == "originals":
            return unit
        others = (replace(other, text=other.english, lang=ENGLISH, parts=()) for other in unit.others)
        return replace(
            unit,
            src_text=unit.src_en,
            tgt_text=unit.tgt_en,
            src_lang=ENGLISH,
            tgt_lang=ENGLISH,
            src_parts=(),
            tgt_parts=(),
            others=tuple(others),
        )

    def in_words(self) -> str:
        """Without the documents, for the file."""
        said = [", ".join(status for status in Status if status in self.statuses)]
        said += [f"confidence from {self.least:g}"] if self.least is not None else []
        said += [] if self.nulls else ["only what has a counterpart"]
        said += ["in English"] if self.texts == "english" else []
        said += [f"in the order of {self.order}"] if self.order else []
        return "; ".join(said)
