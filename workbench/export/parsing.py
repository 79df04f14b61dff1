"""XML files read as a stream, with nothing expanded and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from workbench.errors import ExportError


def elements(path: Path, unit: str) -> Iterator[Any]:
    """Every element once it is complete; a `unit` and what it holds are gone when the next element comes.

    Raises ExportError on what is not well-formed XML, or declares entities.
    """
    parser = etree.iterparse(
        str(path),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
    )
    try:
        for event, element in parser:
            if event == "end":
                yield element
                if element.tag == unit:
                    forget(element)
            elif element.getparent() is None:
                _check_root(element, path)
    except etree.XMLSyntaxError as error:
        raise ExportError(f"{path} is not well-formed XML: {error}.") from error


def _check_root(root: Any, path: Path) -> None:
    if declares_entities(root):
        raise ExportError(f"{path} declares entities, which such a file has no use for.")


def declares_entities(root: Any) -> bool:
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and bool(list(declared.entities()))


def forget(unit: Any) -> None:
    """Free a unit that was dealt with; else a large file would fill the memory."""
    unit.clear()
    while (previous := unit.getprevious()) is not None and previous.tag == unit.tag:
        unit.getparent().remove(previous)
