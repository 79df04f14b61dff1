"""XML from outside: read as a stream, nothing expanded, nothing fetched; and text without its inline codes.

Element and attribute names are compared in lower case and without their namespace, since tools differ in both.
"""

from __future__ import annotations

import html
import io
from collections import Counter
from collections.abc import Collection, Iterator
from html.entities import html5
from typing import Any

from lxml import etree

from workbench.errors import InputError
from workbench.export.parsing import declares_entities, forget

# What these hold is the code of another program, not text. TMX 1.4, XLIFF 1.2 and 2.0.
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub", "x", "bx", "ex", "sc", "ec", "cp", "sm", "em"})
_STRUCK_OUT = "x-sdl-deleted"  # under revision, in Trados Studio
_LINE_BREAKS = ("<br", "<w:br", "\\n", "\\line", "\n")
DROPPED = "inline code dropped"


def root(data: bytes) -> Any | None:
    """The root element, still empty; None where the data do not begin as XML does."""
    try:
        for _, element in etree.iterparse(io.BytesIO(begun(data)), events=("start",), **_SAFE):
            return element
    except etree.XMLSyntaxError:
        pass
    return None


def elements(data: bytes, names: Collection[str]) -> Iterator[Any]:
    """The elements of these names, each once it is complete and gone when the next one comes.

    Raises InputError on XML that is not well-formed, declares entities, or is nested too deep.
    """
    _check_entities(data)
    # A file that XLIFF carries in it may be a text of any length; depth is looked at here.
    events = etree.iterparse(io.BytesIO(begun(data)), events=("start", "end"), **{**_SAFE, "huge_tree": True})
    depth = 0
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise InputError(
                    f"elements stand in one another {_DEEPEST} deep and more, as in no bitext; export it again"
                )
            if event == "end" and local(element) in names:
                yield element
                forget(element)
    except etree.XMLSyntaxError as error:
        raise InputError(_complaint(events.error_log, error)) from error


def _check_entities(data: bytes) -> None:
    """As far as the root element, within libxml2's limits: entities in its attributes would be expanded."""
    events = etree.iterparse(io.BytesIO(begun(data)), events=("start",), **_SAFE)
    try:
        _, top = next(iter(events))
    except etree.XMLSyntaxError as error:
        raise InputError(_complaint(events.error_log, error)) from error
    if declares_entities(top):
        raise InputError("this file declares entities, which can hide anything; save it without them")


def _complaint(log: Any, error: etree.XMLSyntaxError) -> str:
    """What is wrong with XML, where, and what to do; `log`: of the parser."""
    first = next(iter(log), None)
    if first is None:
        return f"this is not well-formed XML ({error}); export it again"
    kinds = etree.ErrorTypes
    match first.type:
        case kinds.ERR_UNDECLARED_ENTITY:
            told = _undeclared(first.message)
        case kinds.ERR_NAME_REQUIRED | kinds.ERR_ENTITYREF_SEMICOL_MISSING if "EntityRef" in first.message:
            told = "an & stands for itself; write &amp; wherever it does, or export it again"
        case kinds.ERR_INVALID_CHAR:
            told = "there is a control character, which XML does not allow; remove it, or export it again"
        case _:
            told = f"this is not well-formed XML ({first.message}); export it again, or repair that line"
    return f"line {first.line}: {told}"


def _undeclared(message: str) -> str:
    """`message`: libxml2's, with the entity's name in quotation marks."""
    name = message.split("'")[1]
    meant = html5.get(f"{name};")
    if meant is None:
        return (
            f"&{name}; stands for nothing in XML; where it is text, write &amp;{name}; throughout, or export it again"
        )
    written = "".join(f"&#{ord(character)};" for character in meant)
    return f"&{name}; is a name of HTML's that XML does not know; write {written} throughout, or export it again"


def begun(data: bytes) -> bytes:
    """Without the blanks, and marks of UTF-8, that no XML may begin with and many a file does."""
    return data.lstrip(b" \t\r\n\xef\xbb\xbf")


# Without huge_tree libxml2 keeps to limits of its own, of what entities expand to among them.
_SAFE: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
_DEEPEST = 256  # elements in one another, as libxml2 would have it


def local(element: Any) -> str:
    """An element's name in lower case, without its namespace; empty for a comment and the like."""
    return _bare(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Any, *names: str) -> str:
    """The first of these attributes (lower case, without namespace) that is there and not empty."""
    found = {_bare(name): value for name, value in element.attrib.items()}
    return next((value for name in names if (value := found.get(name, ""))), "")


def _bare(name: str) -> str:
    """Of "{urn:x}Lang", and of "x:Lang" where nobody declared x."""
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def children(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def plain(element: Any, noted: Counter[str]) -> str:
    """The text of an element without the inline codes in it, which are counted; a line break in them is a blank."""
    return "".join(_pieces(element, noted))


def _pieces(element: Any, noted: Counter[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if child.tag is etree.Entity:
            yield html.unescape(child.text)
        elif name in _CODES or attribute(child, "mtype") == _STRUCK_OUT:
            noted[DROPPED] += 1
            yield " " if _breaks_line(child) else ""
        elif name:
            noted[DROPPED] += attribute(child, "mtype") != "seg"  # a mark of XLIFF's around a sentence is no code
            yield from _pieces(child, noted)
        yield child.tail or ""


def _breaks_line(code: Any) -> bool:
    if attribute(code, "ctype", "type").lower() in ("lb", "linebreak", "x-br"):
        return True
    content = "".join(code.itertext()).lower()
    return any(sign in content for sign in _LINE_BREAKS)
