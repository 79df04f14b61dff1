"""TMX 1.4b (LISA/GALA, 2005), written and read as a stream.

All that documents say of a passage is one tu. Score, confidence, status, reviewer and signature are props of it, the
comment its note; props of a tuv say where the text is from.
A unit of more than one segment on a side has segtype "block", the others "sentence".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from workbench import __version__
from workbench.datatypes import TranslationUnit
from workbench.export import tmx_rules
from workbench.export.base import ONLY_XML, About, Format, Texts
from workbench.export.checking import checked
from workbench.export.layout import facts, places

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY_LANGUAGE = "*all*"


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    remaining = iter(units)
    first = list(islice(remaining, 1))
    srclang = first[0].src_lang if first else _ANY_LANGUAGE
    with etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            xml.write("\n", _header(srclang, about), "\n")
            with xml.element("body"):
                xml.write("\n")
                for unit in chain(first, remaining):
                    xml.write(_tu(unit, srclang), "\n")
            xml.write("\n")


def read(path: Path) -> Iterator[Texts]:
    for tu in checked(path, tmx_rules.TMX):
        yield (tu.get("tuid", ""), *(seg.text or "" for seg in tu.iterfind("tuv/seg")))


def _header(srclang: str, about: About) -> Any:
    header = etree.Element(
        "header",
        {
            "creationtool": "Workbench",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "Workbench",
            "adminlang": "en",
            "srclang": srclang,
            "datatype": "plaintext",
        },
    )
    said = {"documents": ", ".join(about.docs), "signature": about.signature, "chosen": about.choice}
    _add_props(header, ((name, text) for name, text in said.items() if text))
    return header


def _tu(unit: TranslationUnit, srclang: str) -> Any:
    tu = etree.Element("tu", tuid=unit.bead_id)
    if unit.src_lang != srclang:
        tu.set("srclang", unit.src_lang)
    if any(len(variant.segments) > 1 for variant in unit.variants):
        tu.set("segtype", "block")
    if unit.comment:
        etree.SubElement(tu, "note").text = unit.comment
    _add_props(tu, facts(unit))
    for variant in unit.variants:
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: variant.lang})
        _add_props(tuv, places(variant))
        etree.SubElement(tuv, "seg").text = variant.text
    return tu


def _add_props(element: Any, named: Iterable[tuple[str, str]]) -> None:
    for name, value in named:
        etree.SubElement(element, "prop", type=f"x-{name}").text = value


TMX = Format(
    name="tmx",
    suffix=".tmx",
    mime="application/x-tmx+xml",
    description="translation memory, TMX 1.4: linked passages only",
    rules=(ONLY_XML,),
    nulls=False,
    write=write,
    read=read,
    several=True,
)
