"""Parts of a ZIP archive, as .odt and .epub files are, read as XML."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from workbench.ingest.reading import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a part raises that is damaged, packed in an unknown way, or under a password.
DAMAGE = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def opened(data: bytes) -> ZipFile:
    return ZipFile(BytesIO(data))


def part(archive: ZipFile, name: str) -> _Element | None:
    """The root of a part; None where there is no such part. What is not well-formed is read as far as it goes.

    Raises UnreadableError where the part is damaged or nothing is left of it.
    """
    from lxml import etree

    if name not in archive.NameToInfo:
        return None
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
    parser = etree.XMLParser(recover=True, remove_comments=True, remove_pis=True, **safe)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except (*DAMAGE, etree.XMLSyntaxError) as error:
        raise UnreadableError(f"its part {name} is damaged; save it again in the program it came from.") from error
    if root is None:
        raise UnreadableError(f"its part {name} is no XML; save it again in the program it came from.")
    return root
