"""XLIFF 1.2 (OASIS Standard, 2008): linked beads as translation units, a `file` for each two documents.

Texts are the originals. Status is `approved` and the target's `state`; English and the comment are notes; score,
confidence and the like are contexts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree
from lxml.builder import ElementMaker

from workbench import __version__
from workbench.datatypes import Status, TranslationUnit
from workbench.export.base import ONLY_XML, About, Format, Texts
from workbench.export.checking import XML, checked
from workbench.export.layout import facts_and_places
from workbench.export.xliff_rules import V1, XLIFF_1

_XML_SPACE, _XML_LANG = f"{{{XML}}}space", f"{{{XML}}}lang"
# What `approved` and the attributes of a target say of each status.
APPROVED = {Status.ACCEPTED: "yes", Status.UNREVIEWED: "no", Status.REJECTED: "no"}
STATES = {
    Status.ACCEPTED: {"state": "final"},
    Status.UNREVIEWED: {"state": "needs-review-translation"},
    Status.REJECTED: {"state": "needs-review-translation", "state-qualifier": "rejected-inaccurate"},
}
NOTES = ("src_en", "tgt_en", "comment")  # by `from`
_TOOL = "workbench"
_new = ElementMaker(namespace=V1, nsmap={None: V1})
# What an export of nothing says of its languages.
_NOBODY = ("", "", "und", "und")


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    count = 0
    with etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("xliff", version="1.2", nsmap={None: V1}):
            xml.write("\n")
            for documents, group in groupby(units, _documents):
                _write_file(xml, documents, group, about)
                count += 1
            if not count:
                _write_file(xml, _NOBODY, (), about)


def _documents(unit: TranslationUnit) -> tuple[str, ...]:
    return unit.src_doc, unit.tgt_doc, unit.src_lang, unit.tgt_lang


def _write_file(xml: Any, documents: Sequence[str], units: Iterable[TranslationUnit], about: About) -> None:
    src_doc, tgt_doc, *langs = documents
    with xml.element("file", _attributes(src_doc, langs)):
        xml.write(_header(tgt_doc, about), "\n")
        with xml.element("body"):
            xml.write("\n")
            for unit in units:
                xml.write(_unit(unit), "\n")
    xml.write("\n")


def _attributes(src_doc: str, langs: Sequence[str]) -> dict[str, str]:
    return {
        "original": src_doc,
        "source-language": langs[0],
        "target-language": langs[1],
        "datatype": "plaintext",
        "tool-id": _TOOL,
    }


def _header(tgt_doc: str, about: About) -> Any:
    header = _new("header")
    for name, text in (("target", tgt_doc), ("models and settings", about.signature), ("chosen", about.choice)):
        if text:
            header.append(_new("note", text, {"from": name}))
    tool = {"tool-id": _TOOL, "tool-name": "Workbench", "tool-version": __version__}
    header.append(_new("tool", tool))
    return header


def _unit(unit: TranslationUnit) -> Any:
    made = _new("trans-unit", {"id": unit.bead_id, "approved": APPROVED[unit.status], _XML_SPACE: "preserve"})
    made.append(_new("source", unit.src_text, {_XML_LANG: unit.src_lang}))
    made.append(_new("target", unit.tgt_text, {_XML_LANG: unit.tgt_lang, **STATES[unit.status]}))
    told = (_new("context", str(value), {"context-type": f"x-{name}"}) for name, value in facts_and_places(unit))
    made.append(_new("context-group", {"purpose": "information"}, *told))
    made.extend(_new("note", text, {"from": name}) for name in NOTES if (text := getattr(unit, name)))
    return made


def read(path: Path) -> Iterator[Texts]:
    for unit in checked(path, XLIFF_1):
        texts = (unit.findtext(f"{{{V1}}}{name}") or "" for name in ("source", "target"))
        yield (unit.get("id", ""), *texts)


XLIFF = Format(
    name="xliff",
    suffix=".xlf",
    mime="application/xliff+xml",
    description="XLIFF 1.2 for translation tools and for review: linked passages only",
    rules=(ONLY_XML,),
    nulls=False,
    write=write,
    read=read,
)
