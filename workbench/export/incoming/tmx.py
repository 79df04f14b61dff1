"""TMX of any version and tool: a version of the text for every language (and document), a bead for every tu.

Tags that are one language to us, such as zh-TW and zh-HK, are versions apart once they stand in one tu.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from workbench.export.incoming.bitext import Collector, ForeignBitext, language
from workbench.export.incoming.markup import attribute, children, elements, plain

_TWICE = "unit with several texts in one language; all are kept in one link"


def read(data: bytes) -> ForeignBitext:
    """Raises InputError on a file that cannot be read."""
    found = Collector("TMX")
    langs: dict[str, str] = {}
    apart: set[str] = set()
    for tu in elements(data, {"tu"}):
        texts: dict[str, list[str]] = {}
        variants = children(tu, "tuv")
        apart |= _rivals([attribute(tuv, "lang").lower() for tuv in variants], apart)
        for tuv in variants:
            said = attribute(tuv, "lang")
            lang, is_apart = language(said), said.lower() in apart
            key = f"{f'={said.lower()}' if is_apart else lang} {_document(tuv)}"
            langs[key] = lang
            found.noted[f"text in {said} beside another one in {lang}; it is of a version of its own"] += is_apart
            texts.setdefault(key, []).extend(_segments(tuv, found))
        found.noted[_TWICE] += any(len(said) > 1 for said in texts.values())
        found.add(texts)
    return found.done(langs, {key: key.partition(" ")[2] for key in langs})


def _rivals(tags: Sequence[str], apart: Collection[str]) -> set[str]:
    """The tags of a unit that are the language of another one before them."""
    first: dict[str, str] = {}
    for tag in tags:
        if tag not in apart:
            first.setdefault(language(tag), tag)
    return {tag for tag in tags if first.get(language(tag), tag) != tag}


def _document(tuv: Any) -> str:
    """The document that a text is from, where our exports say so: two may be in one language."""
    named = (prop.text for prop in children(tuv, "prop") if attribute(prop, "type") == "x-document")
    return next(named, None) or ""


def _segments(tuv: Any, found: Collector) -> list[str]:
    return [plain(seg, found.noted) for seg in children(tuv, "seg")]
