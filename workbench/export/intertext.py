"""InterText: two documents of numbered sentences, and a file of links between them, in a ZIP archive.

As InterText has it, `xtargets` and `type` name the document `toDoc` (the target) first, and links do not cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from workbench.datatypes import Status, TranslationUnit
from workbench.errors import ExportError
from workbench.export.alignments import held
from workbench.export.archive import ABOUT, MIME, members, opened, side_names
from workbench.export.base import ONE_LINE, ONLY_XML, About, Format, Texts
from workbench.export.checking import XML
from workbench.export.segments import in_order, sides

_LINKS = "links.xml"


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    known = list(units)
    found = sides(known)
    langs = (known[0].src_lang, known[0].tgt_lang) if known else ("und", "und")
    names = side_names("text", langs, ".xml")
    with members(file, [*names, _LINKS], about) as (src, tgt, links):
        for part, texts, lang in ((src, found.src, langs[0]), (tgt, found.tgt, langs[1])):
            _save(_document(texts, lang), part)
        group = etree.Element("linkGrp", toDoc=names[1], fromDoc=names[0])
        for (here, there), unit in zip(found.links, known, strict=True):
            status = "man" if unit.status is Status.ACCEPTED else "auto"
            targets = f"{_ids(there)};{_ids(here)}"
            etree.SubElement(group, "link", type=f"{len(there)}-{len(here)}", xtargets=targets, status=status)
        _save(group, links)


def _document(texts: Sequence[str], lang: str) -> Any:
    text = etree.Element("text", {f"{{{XML}}}lang": lang})
    paragraph = etree.SubElement(text, "p", id="1")
    for number, content in enumerate(texts, 1):
        etree.SubElement(paragraph, "s", id=f"1:{number}").text = content
    return text


def _ids(places: Sequence[int]) -> str:
    return " ".join(f"1:{place + 1}" for place in places)


def _save(root: Any, file: BinaryIO) -> None:
    for child in root.iter("p", "s", "link"):
        child.tail = "\n"
    etree.ElementTree(root).write(file, encoding="UTF-8", xml_declaration=True)


def read(path: Path) -> Iterator[Texts]:
    """Raises ExportError where a link names a sentence that is not there, or counts wrongly."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    with opened(path) as archive:
        roots = {name: etree.fromstring(archive.read(name), parser) for name in archive.namelist() if name != ABOUT}
        group = roots[_LINKS]
        texts = [{s.get("id"): s.text or "" for s in roots[group.get(key)].iter("s")} for key in ("fromDoc", "toDoc")]
        for link in group.iter("link"):
            there, here = (side.split() for side in link.get("xtargets").split(";"))
            known = texts[0].keys() >= {*here} and texts[1].keys() >= {*there}
            if not known or link.get("type") != f"{len(there)}-{len(here)}":
                raise ExportError(f"{_LINKS} of {path} has a wrong link, {link.get('xtargets')!r}.")
            yield " ".join(texts[0][each] for each in here), " ".join(texts[1][each] for each in there)


INTERTEXT = Format(
    name="intertext",
    suffix=".zip",
    mime=MIME,
    description="two XML documents and their links for InterText (a ZIP archive): links in one order only",
    rules=(ONE_LINE, ONLY_XML),
    nulls=True,
    write=write,
    read=read,
    held=held,
    pair=True,
    whole=True,
    arrange=in_order,
)
