"""TMX of any version and tool: a version of the text for every language, a bead for every tu."""

from __future__ import annotations

from typing import Any

from workbench.export.incoming.bitext import Collector, ForeignBitext, language
from workbench.export.incoming.markup import attribute, children, elements, plain

_TWICE = "unit with several texts in one language; all are kept in one link"


def read(data: bytes) -> ForeignBitext:
    """Raises InputError on a file that cannot be read."""
    found = Collector("TMX")
    for tu in elements(data, {"tu"}):
        texts: dict[str, list[str]] = {}
        for tuv in children(tu, "tuv"):
            lang = language(attribute(tuv, "lang"))
            texts.setdefault(lang, []).extend(_segments(tuv, found))
        found.noted[_TWICE] += any(len(said) > 1 for said in texts.values())
        found.add(texts)
    return found.done()


def _segments(tuv: Any, found: Collector) -> list[str]:
    return [plain(seg, found.noted) for seg in children(tuv, "seg")]
