"""Is a file valid TMX 1.4? Read as a stream, from the published specification (TMX 1.4b, LISA 2005).

The specification's DTD is not carried along; its element and attribute declarations are the table below,
and to them come the rules that the specification states in words: values, dates, matching code pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from workbench.errors import ExportError
from workbench.export.parsing import elements

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY_LANGUAGE = "*all*"


@dataclass(frozen=True, slots=True)
class _Rule:
    """How an element must look. `children`: a pattern over child names, each followed by a space."""

    children: str = ""
    required: str = ""
    optional: str = ""
    text: bool = False


_INLINE = "(?:(?:bpt|ept|it|ph|hi|ut) )*"
_NOTES = "(?:(?:note|prop) )*"
_CHANGES = "creationtool creationtoolversion creationdate creationid changedate changeid"
_USE = "o-encoding datatype usagecount lastusagedate o-tmf"

_RULES = {
    "tmx": _Rule("header body ", "version"),
    "header": _Rule(
        "(?:(?:note|prop|ude) )*",
        "creationtool creationtoolversion segtype o-tmf adminlang srclang datatype",
        "o-encoding creationdate creationid changedate changeid",
    ),
    "body": _Rule("(?:tu )*"),
    "tu": _Rule(f"{_NOTES}(?:tuv )+", "", f"tuid segtype srclang {_USE} {_CHANGES}"),
    "tuv": _Rule(f"{_NOTES}seg ", _XML_LANG, f"lang {_USE} {_CHANGES}"),
    "seg": _Rule(_INLINE, text=True),
    "note": _Rule("", "", f"o-encoding {_XML_LANG} lang", text=True),
    "prop": _Rule("", "type", f"o-encoding {_XML_LANG} lang", text=True),
    "ude": _Rule("(?:map )+", "name", "base"),
    "map": _Rule("", "unicode", "code ent subst"),
    "bpt": _Rule("(?:sub )*", "i", "x type", text=True),
    "ept": _Rule("(?:sub )*", "i", text=True),
    "it": _Rule("(?:sub )*", "pos", "x type", text=True),
    "ph": _Rule("(?:sub )*", "", "x assoc type", text=True),
    "hi": _Rule(_INLINE, "", "x type", text=True),
    "ut": _Rule("(?:sub )*", "", "x", text=True),
    "sub": _Rule(_INLINE, "", "datatype type", text=True),
}

_LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[ix](?:-[A-Za-z0-9]{1,8})+"
_DATE = r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ"
_VALUES = {
    "version": r"1\.4",
    "segtype": "block|paragraph|sentence|phrase",
    "srclang": rf"\*all\*|{_LANGUAGE}",
    "adminlang": _LANGUAGE,
    _XML_LANG: _LANGUAGE,
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


def check_tmx(path: Path) -> int:
    """The number of units in a valid TMX 1.4 file. Raises ExportError, which names the line and the fault."""
    count = 0
    for element in elements(path, "tu"):
        if element.getparent() is None and element.tag != "tmx":
            raise ExportError(f"{path} is not TMX: its root element is {element.tag}.")
        fault = next(_faults(element), "")
        if fault:
            raise ExportError(f"{path} is not valid TMX 1.4: line {element.sourceline}: {fault}.")
        count += element.tag == "tu"
    return count


def unit_elements(path: Path) -> Iterator[Any]:
    """The tu elements of a TMX file, one at a time; the earlier ones are gone when the next one comes."""
    return (element for element in elements(path, "tu") if element.tag == "tu")


def _faults(element: Any) -> Iterator[str]:
    rule = _RULES.get(element.tag)
    if rule is None:
        yield f"<{element.tag}> is not an element of TMX"
        return
    yield from _attribute_faults(element, rule)
    yield from _content_faults(element, rule)
    more = _MORE.get(element.tag)
    if more is not None:
        yield from more(element)


def _attribute_faults(element: Any, rule: _Rule) -> Iterator[str]:
    required, optional = rule.required.split(), rule.optional.split()
    for name in required:
        if name not in element.attrib:
            yield f"<{element.tag}> lacks the attribute {_plain(name)}"
    for name, value in element.attrib.items():
        if name not in required and name not in optional:
            yield f"<{element.tag}> has an attribute {_plain(name)}, which TMX does not know"
        elif name in _VALUES and not re.fullmatch(_VALUES[name], value):
            yield f"<{element.tag}> has {_plain(name)}={value!r}, which is not allowed"


def _content_faults(element: Any, rule: _Rule) -> Iterator[str]:
    children = [child for child in element if isinstance(child.tag, str)]
    names = "".join(f"{child.tag} " for child in children)
    if not re.fullmatch(rule.children, names):
        yield f"<{element.tag}> contains {names.split() or 'nothing'}, which is not allowed there"
    if any(child.tag is etree.Entity for child in element):
        yield f"<{element.tag}> refers to an entity that is not declared"
    texts = [element.text, *(child.tail for child in element)]
    if not rule.text and any(text and text.strip(" \t\r\n") for text in texts):
        yield f"<{element.tag}> contains text outside a segment"


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


_MORE: dict[str, Callable[[Any], Iterator[str]]] = {
    "tu": _unit_faults,
    "seg": _segment_faults,
    "ude": _encoding_faults,
}


def _plain(name: str) -> str:
    return name.replace(_XML_LANG, "xml:lang")
