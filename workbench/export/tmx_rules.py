"""The rules of TMX, from the published specification (TMX 1.4b, LISA 2005).

The DTD's element and attribute declarations are the table below, and to them come the rules that the specification
states in words: values, dates, matching code pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.export.checking import LANGUAGE, XML, Grammar, Shape, checked

_XML_LANG = f"{{{XML}}}lang"
_ANY_LANGUAGE = "*all*"
_INLINE = "(?:(?:bpt|ept|it|ph|hi|ut) )*"
_NOTES = "(?:(?:note|prop) )*"
_CHANGES = "creationtool creationtoolversion creationdate creationid changedate changeid"
_USE = "o-encoding datatype usagecount lastusagedate o-tmf"

_SHAPES = {
    "tmx": Shape("header body ", "version"),
    "header": Shape(
        "(?:(?:note|prop|ude) )*",
        "creationtool creationtoolversion segtype o-tmf adminlang srclang datatype",
        "o-encoding creationdate creationid changedate changeid",
    ),
    "body": Shape("(?:tu )*"),
    "tu": Shape(f"{_NOTES}(?:tuv )+", "", f"tuid segtype srclang {_USE} {_CHANGES}"),
    "tuv": Shape(f"{_NOTES}seg ", "xml:lang", f"lang {_USE} {_CHANGES}"),
    "seg": Shape(_INLINE, text=True),
    "note": Shape("", "", "o-encoding xml:lang lang", text=True),
    "prop": Shape("", "type", "o-encoding xml:lang lang", text=True),
    "ude": Shape("(?:map )+", "name", "base"),
    "map": Shape("", "unicode", "code ent subst"),
    "bpt": Shape("(?:sub )*", "i", "x type", text=True),
    "ept": Shape("(?:sub )*", "i", text=True),
    "it": Shape("(?:sub )*", "pos", "x type", text=True),
    "ph": Shape("(?:sub )*", "", "x assoc type", text=True),
    "hi": Shape(_INLINE, "", "x type", text=True),
    "ut": Shape("(?:sub )*", "", "x", text=True),
    "sub": Shape(_INLINE, "", "datatype type", text=True),
}

_DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ"
_VALUES = {
    "version": r"1\.4",
    "segtype": "block|paragraph|sentence|phrase",
    "srclang": rf"\*all\*|{LANGUAGE}",
    "adminlang": LANGUAGE,
    "xml:lang": LANGUAGE,
    "creationdate": _DATE,
    "changedate": _DATE,
    "lastusagedate": _DATE,
    "usagecount": r"\d+",
    "i": r"\d+",
    "x": r"\d+",
    "pos": "begin|end",
    "assoc": "p|f|b",
    "tuid": r"\S+",
    "unicode": r"#x[0-9A-Fa-f]+",
    "code": r"#x[0-9A-Fa-f]+",
    "creationtool": r"(?s).*\S.*",
    "creationtoolversion": r"(?s).*\S.*",
    "o-tmf": r"(?s).*\S.*",
    "datatype": r"(?s).*\S.*",
}


def _unit_faults(tu: Any) -> Iterator[str]:
    header = tu.getroottree().getroot().find("header")
    srclang = tu.get("srclang") or (_ANY_LANGUAGE if header is None else header.get("srclang"))
    languages = [tuv.get(_XML_LANG, "").lower() for tuv in tu.iterfind("tuv")]
    if srclang != _ANY_LANGUAGE and srclang.lower() not in languages:
        yield f"<tu> has no variant in its source language {srclang}"


def _segment_faults(seg: Any) -> Iterator[str]:
    """Paired codes: every bpt is followed by the one ept of the same number."""
    begun: set[str] = set()
    unended: set[str] = set()
    for code in seg.iter("bpt", "ept"):
        number = code.get("i")
        if code.tag == "bpt":
            if number in begun:
                yield f"<seg> begins the paired code {number} twice"
            begun.add(number)
            unended.add(number)
        elif number in unended:
            unended.remove(number)
        else:
            yield f"<seg> ends the paired code {number}, which is not open"
    for number in sorted(unended):
        yield f"<seg> never ends the paired code {number}"


def _encoding_faults(ude: Any) -> Iterator[str]:
    if ude.get("base") is None and any(each.get("code") for each in ude.iterfind("map")):
        yield "<ude> lacks the attribute base, which its codes refer to"


TMX = Grammar(
    name="TMX 1.4",
    root="tmx",
    unit="tu",
    shapes=_SHAPES,
    values=_VALUES,
    more={"tu": _unit_faults, "seg": _segment_faults, "ude": _encoding_faults},
)


def check_tmx(path: Path) -> int:
    """The number of units in a valid TMX 1.4 file. Raises ExportError, which names the line and the fault."""
    return sum(1 for _ in checked(path, TMX))
