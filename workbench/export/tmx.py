"""TMX 1.4b (LISA/GALA, 2005), written and read as a stream.

Texts are the originals, not their English; score, confidence, status, reviewer and signature are props.
A unit of more than one segment on a side has segtype "block", the others "sentence".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from workbench import __version__
from workbench.datatypes import TranslationUnit
from workbench.export.base import Format, Rule, Texts
from workbench.export.check import check_tmx, unit_elements

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ANY_LANGUAGE = "*all*"


def write(file: BinaryIO, units: Iterable[TranslationUnit], created: datetime | None) -> None:
    remaining = iter(units)
    first = list(islice(remaining, 1))
    srclang = first[0].src_lang if first else _ANY_LANGUAGE
    with etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", version="1.4"):
            xml.write("\n", _header(srclang, created), "\n")
            with xml.element("body"):
                xml.write("\n")
                for unit in chain(first, remaining):
                    xml.write(_tu(unit, srclang), "\n")
            xml.write("\n")


def read(path: Path) -> Iterator[Texts]:
    check_tmx(path)
    for tu in unit_elements(path):
        src, tgt = (seg.text or "" for seg in tu.iterfind("tuv/seg"))
        yield tu.get("tuid", ""), src, tgt


def _header(srclang: str, created: datetime | None) -> Any:
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
    if created is not None:
        header.set("creationdate", created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    return header


def _tu(unit: TranslationUnit, srclang: str) -> Any:
    tu = etree.Element("tu", tuid=unit.bead_id)
    if unit.src_lang != srclang:
        tu.set("srclang", unit.src_lang)
    if len(unit.src_segments) > 1 or len(unit.tgt_segments) > 1:
        tu.set("segtype", "block")
    for name, value in _props(unit):
        etree.SubElement(tu, "prop", type=f"x-{name}").text = value
    for lang, doc, text in (
        (unit.src_lang, unit.src_doc, unit.src_text),
        (unit.tgt_lang, unit.tgt_doc, unit.tgt_text),
    ):
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: lang})
        etree.SubElement(tuv, "prop", type="x-document").text = doc
        etree.SubElement(tuv, "seg").text = text
    return tu


def _props(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    yield "score", format(unit.score, ".6g")
    yield "confidence", format(unit.confidence, ".6g")
    yield "status", unit.status
    if unit.signature:
        yield "signature", unit.signature
    if unit.reviewer:
        yield "reviewer", unit.reviewer


TMX = Format(
    name="tmx",
    description="translation memory, TMX 1.4: linked beads only",
    rules=(
        Rule(
            re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"),
            "",
            "character that XML does not allow removed",
        ),
    ),
    nulls=False,
    write=write,
    read=read,
)
