"""GNU gettext PO: a message a link, its context the bead's id; what is not accepted is fuzzy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from workbench import __version__
from workbench.datatypes import Status, TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, NO_TIME, ONE_LINE, About, Format, Texts


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    import polib

    catalogue = polib.POFile(wrapwidth=-1)
    known = list(units)
    said = [*about.docs, about.signature, about.choice]
    catalogue.header = "\n".join(line for line in said if line)
    catalogue.metadata = {
        "Project-Id-Version": f"Workbench {__version__}",
        "PO-Revision-Date": f"{NO_TIME:%Y-%m-%d %H:%M}+0000",
        "Last-Translator": "Automatically generated",  # this and the next as gettext's own programs have it
        "Language-Team": "none",
        "Language": known[0].tgt_lang.replace("-", "_") if known else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": f"Workbench {__version__}",
        "X-Source-Language": known[0].src_lang.replace("-", "_") if known else "",
    }
    for unit in known:
        catalogue.append(
            polib.POEntry(
                msgctxt=unit.bead_id,
                msgid=unit.src_text,
                msgstr=unit.tgt_text,
                tcomment=unit.comment,
                comment=_remark(unit),
                flags=[] if unit.status is Status.ACCEPTED else ["fuzzy"],
            )
        )
    file.write(f"{catalogue}".encode())


def _remark(unit: TranslationUnit) -> str:
    places = [f"{each.doc} {' '.join(map(str, each.numbers))}".strip() for each in unit.variants]
    return f"{' = '.join(places)}, {unit.status}, confidence {unit.confidence:.6g}"


def read(path: Path) -> Iterator[Texts]:
    import polib

    try:
        catalogue = polib.pofile(str(path), wrapwidth=-1)
    except (OSError, ValueError) as error:
        raise ExportError(f"{path} is not a PO file ({error}).") from error
    for entry in catalogue:
        yield entry.msgctxt or "", entry.msgid, entry.msgstr


PO = Format(
    name="po",
    suffix=".po",
    mime="text/x-gettext-translation",
    description="gettext messages for translation tools: linked passages only, fuzzy until accepted",
    rules=(ONE_LINE, NO_SURROGATES),
    nulls=False,
    write=write,
    read=read,
    bilingual=True,
)
