"""XLIFF 2.0 (OASIS Standard, 2014), with its metadata module: linked beads of two languages as units.

Status is a segment's `state`; English and the comment are notes; score, confidence and the like are metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count, groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree
from lxml.builder import ElementMaker

from workbench import __version__
from workbench.datatypes import Status, TranslationUnit
from workbench.export.base import ONLY_XML, About, Format, Texts
from workbench.export.checking import XML, checked
from workbench.export.layout import facts_and_places
from workbench.export.xliff import NOTES
from workbench.export.xliff_rules import METADATA, V2, XLIFF_2

STATES = {
    Status.ACCEPTED: {"state": "final"},
    Status.UNREVIEWED: {"state": "translated"},
    Status.REJECTED: {"state": "translated", "subState": "workbench:rejected"},
}
_NAMES = {None: V2, "mda": METADATA}
_XML_SPACE = f"{{{XML}}}space"
_new = ElementMaker(namespace=V2, nsmap=_NAMES)
_meta = ElementMaker(namespace=METADATA, nsmap=_NAMES)


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    remaining = iter(units)
    first = list(islice(remaining, 1))
    langs = (first[0].src_lang, first[0].tgt_lang) if first else ("und", "und")
    with etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("xliff", version="2.0", srcLang=langs[0], trgLang=langs[1], nsmap=_NAMES):
            xml.write("\n")
            numbers = count(1)
            for (src_doc, tgt_doc), group in groupby(chain(first, remaining), _documents):
                with xml.element("file", id=f"f{next(numbers)}", original=src_doc):
                    xml.write(_told(about, tgt_doc), "\n")
                    for unit in group:
                        xml.write(_unit(unit), "\n")
                xml.write("\n")
            if not first:  # a file must hold something
                with xml.element("file", id="f1"):
                    xml.write(_new("group", {"id": "nothing"}))


def _documents(unit: TranslationUnit) -> tuple[str, str]:
    return unit.src_doc, unit.tgt_doc


def _told(about: About, tgt_doc: str) -> Any:
    said = {
        "made-by": f"Workbench {__version__}",
        "target": tgt_doc,
        "signature": about.signature,
        "chosen": about.choice,
    }
    return _metadata((name, text) for name, text in said.items() if text)


def _unit(unit: TranslationUnit) -> Any:
    made = _new("unit", {"id": unit.bead_id, _XML_SPACE: "preserve"})
    made.append(_metadata(facts_and_places(unit)))
    notes = [_new("note", text, {"category": name}) for name in NOTES if (text := getattr(unit, name))]
    if notes:
        made.append(_new("notes", *notes))
    texts = _new("source", unit.src_text), _new("target", unit.tgt_text)
    made.append(_new("segment", STATES[unit.status], *texts))
    return made


def _metadata(named: Iterable[tuple[str, str]]) -> Any:
    group = (_meta("meta", str(text), {"type": name}) for name, text in named)
    return _meta("metadata", _meta("metaGroup", {"category": "workbench"}, *group))


def read(path: Path) -> Iterator[Texts]:
    for unit in checked(path, XLIFF_2):
        texts = (unit.findtext(f"{{{V2}}}segment/{{{V2}}}{name}") or "" for name in ("source", "target"))
        yield (unit.get("id", ""), *texts)


XLIFF2 = Format(
    name="xliff2",
    suffix=".xlf",
    mime="application/xliff+xml",
    description="XLIFF 2.0 for tools that take it: linked passages of two languages",
    rules=(ONLY_XML,),
    nulls=False,
    write=write,
    read=read,
    bilingual=True,
)
