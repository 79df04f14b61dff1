"""The rules of XLIFF 1.2 (OASIS 2008) and 2.0 (OASIS 2014), as far as we write it, from their specifications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.export.checking import LANGUAGE, XML, Grammar, Shape

V1 = "urn:oasis:names:tc:xliff:document:1.2"
V2 = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

_TIME = r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?"
_NAME = r"[\w.:\-\u00b7]+"  # an XML NMTOKEN
_STATES = (
    "final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n|needs-review-translation"
    "|needs-translation|new|signed-off|translated"
)
_QUALIFIERS = (
    "exact-match|fuzzy-match|id-match|leveraged-glossary|leveraged-inherited|leveraged-mt|leveraged-repository"
    "|leveraged-tm|mt-suggestion|rejected-grammar|rejected-inaccurate|rejected-length"
)
_EXTENSION = r"|x-\S+"


XLIFF_1 = Grammar(
    name="XLIFF 1.2",
    root="xliff",
    unit="trans-unit",
    scope="file",
    namespaces={V1: ""},
    shapes={
        "xliff": Shape("(?:file )+", "version", "xml:lang"),
        "file": Shape(
            "(?:header )?body ",
            "original source-language datatype",
            "target-language date tool-id xml:space category product-name product-version build-num",
        ),
        "header": Shape("(?:(?:note|tool) )*"),
        "note": Shape("", "", "xml:lang from priority annotates", text=True),
        "tool": Shape("", "tool-id tool-name", "tool-version tool-company"),
        "body": Shape("(?:trans-unit )*"),
        "trans-unit": Shape(
            "source (?:target )?(?:(?:context-group|note) )*", "id", "approved translate resname datatype xml:space"
        ),
        "source": Shape("", "", "xml:lang", text=True),
        "target": Shape("", "", "xml:lang state state-qualifier", text=True),
        "context-group": Shape("(?:context )+", "", "name purpose crc"),
        "context": Shape("", "context-type", "match-mandatory crc", text=True),
    },
    values={
        "version": r"1\.2",
        "source-language": LANGUAGE,
        "target-language": LANGUAGE,
        "xml:lang": LANGUAGE,
        "xml:space": "default|preserve",
        "datatype": "plaintext|xml|html|unknown" + _EXTENSION,
        "date": _TIME,
        "approved": "yes|no",
        "translate": "yes|no",
        "priority": "10|[1-9]",
        "annotates": "source|target|general",
        "state": _STATES + _EXTENSION,
        "state-qualifier": _QUALIFIERS + _EXTENSION,
        "purpose": r"(?:information|location|match|x-\S+)(?: (?:information|location|match|x-\S+))*",
        "context-type": "database|element|elementtitle|linenumber|numparams|paramnotes|record|recordtitle|sourcefile"
        + _EXTENSION,
        "match-mandatory": "yes|no",
        "id": r"(?s).*\S.*",
    },
)


def _segment_faults(segment: Any) -> Iterator[str]:
    if segment.get("subState") is not None and segment.get("state") is None:
        yield "<segment> has a subState without a state"
    root = segment.getroottree().getroot()
    for side, key in (("source", "srcLang"), ("target", "trgLang")):
        text = segment.find(f"{{{V2}}}{side}")
        if text is None:
            continue
        lang = root.get(key)
        if lang is None:
            yield f"<xliff> lacks the attribute {key}, in which a {side} is"
        elif text.get(f"{{{XML}}}lang", lang).lower() != lang.lower():
            yield f"<{side}> is in another language than {key}={lang!r}"


XLIFF_2 = Grammar(
    name="XLIFF 2.0",
    root="xliff",
    unit="unit",
    scope="file",
    namespaces={V2: "", METADATA: "mda"},
    shapes={
        "xliff": Shape("(?:file )+", "version srcLang", "trgLang xml:space"),
        "file": Shape("(?:mda:metadata )?(?:notes )?(?:(?:unit|group) )+", "id", "original xml:space canResegment"),
        "group": Shape("(?:(?:unit|group) )*", "id", "name xml:space canResegment"),
        "unit": Shape("(?:mda:metadata )?(?:notes )?(?:segment )+", "id", "name xml:space canResegment translate"),
        "notes": Shape("(?:note )+"),
        "note": Shape("", "", "id appliesTo category priority", text=True),
        "segment": Shape("source (?:target )?", "", "id state subState canResegment"),
        "source": Shape("", "", "xml:lang xml:space", text=True),
        "target": Shape("", "", "xml:lang xml:space order", text=True),
        "mda:metadata": Shape("(?:mda:metaGroup )+", "", "id"),
        "mda:metaGroup": Shape("(?:mda:meta )+", "", "id category appliesTo"),
        "mda:meta": Shape("", "type", "", text=True),
    },
    values={
        "version": r"2\.0",
        "srcLang": LANGUAGE,
        "trgLang": LANGUAGE,
        "xml:lang": LANGUAGE,
        "xml:space": "default|preserve",
        "id": _NAME,
        "canResegment": "yes|no",
        "translate": "yes|no",
        "priority": "10|[1-9]",
        "appliesTo": "source|target|unit|segment|ignorable",
        "note/appliesTo": "source|target",
        "state": "initial|translated|reviewed|final",
        "subState": r"(?!xlf:)[^:\s]+:\S+",
        "order": r"[1-9]\d*",
    },
    more={"segment": _segment_faults},
)
