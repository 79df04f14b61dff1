"""Is an XML file as its format wants it? The rules of a format are a table; files are read as a stream.

Published schemas are not carried along: their element and attribute declarations are written anew as such tables, and
to them come the rules that specifications state in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from workbench.errors import ExportError
from workbench.export.parsing import elements

XML = "http://www.w3.org/XML/1998/namespace"
LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[ix](?:-[A-Za-z0-9]{1,8})+"


@dataclass(frozen=True, slots=True)
class Shape:
    """How an element must look. `children`: a pattern over child names, each followed by a space."""

    children: str = ""
    required: str = ""
    optional: str = ""
    text: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of a format. Names are written with the prefix of their namespace, `namespaces`.

    `values`: patterns of attributes, by name or `element/name`. `more`: what else can be wrong with an element, in
    words. `unit`: the element that may stand in a file a million times; no two of them in one `scope` have the same id.
    """

    name: str
    root: str
    unit: str
    shapes: Mapping[str, Shape]
    values: Mapping[str, str]
    namespaces: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Callable[[Any], Iterator[str]]] = field(default_factory=dict)
    scope: str = ""

    def tag(self, name: str) -> str:
        """A name as lxml writes it."""
        prefix, _, local = name.rpartition(":")
        namespace = next((uri for uri, known in self.namespaces.items() if known == prefix), "")
        return f"{{{namespace}}}{local}" if namespace else name


class _Names(dict[str, str]):
    """Names as the rules write them, by the names that lxml has for elements and attributes."""

    def __init__(self, grammar: Grammar) -> None:
        self._prefixes = {**grammar.namespaces, XML: "xml"}

    def __missing__(self, tag: str) -> str:
        namespace, _, local = tag.removeprefix("{").rpartition("}")
        prefix = self._prefixes.get(namespace, namespace)
        self[tag] = f"{prefix}:{local}" if prefix else local
        return self[tag]


def checked(path: Path, grammar: Grammar) -> Iterator[Any]:
    """The units of a valid file, one at a time. Raises ExportError, which names the line and the fault."""
    unit, scope = grammar.tag(grammar.unit), grammar.tag(grammar.scope)
    ids: set[str] = set()
    names, root = _Names(grammar), ""
    for element in elements(path, unit):
        root = element.tag
        fault = next(_faults(element, grammar, names), "")
        if element.tag == unit and grammar.scope:
            fault = fault or _repeated(element.get("id"), ids)
        if element.tag == scope:
            ids.clear()
        if fault:
            raise ExportError(f"{path} is not valid {grammar.name}: line {element.sourceline}: {fault}.")
        if element.tag == unit:
            yield element
    if root != grammar.tag(grammar.root):
        raise ExportError(f"{path} is not {grammar.name}: its root element is {root}.")


def _repeated(name: str, ids: set[str]) -> str:
    """What is wrong with an id that is taken already; else it is taken now."""
    if name in ids:
        return f"the id {name!r} is there twice"
    ids.add(name)
    return ""


def _faults(element: Any, grammar: Grammar, names: _Names) -> Iterator[str]:
    if not isinstance(element.tag, str):  # a comment, a processing instruction
        return
    name = names[element.tag]
    shape = grammar.shapes.get(name)
    if shape is None:
        yield f"<{name}> is not an element of {grammar.name}"
        return
    yield from _attribute_faults(element, name, shape, grammar, names)
    yield from _content_faults(element, name, shape, names)
    if name in grammar.more:
        yield from grammar.more[name](element)


def _attribute_faults(element: Any, name: str, shape: Shape, grammar: Grammar, names: _Names) -> Iterator[str]:
    required, optional = shape.required.split(), shape.optional.split()
    attributes = {names[key]: value for key, value in element.attrib.items()}
    for key in required:
        if key not in attributes:
            yield f"<{name}> lacks the attribute {key}"
    for key, value in attributes.items():
        allowed = grammar.values.get(f"{name}/{key}") or grammar.values.get(key)
        if key not in required and key not in optional:
            yield f"<{name}> has an attribute {key}, which {grammar.name} does not know"
        elif allowed and not re.fullmatch(allowed, value):
            yield f"<{name}> has {key}={value!r}, which is not allowed"


def _content_faults(element: Any, name: str, shape: Shape, names: _Names) -> Iterator[str]:
    children = "".join(f"{names[child.tag]} " for child in element if isinstance(child.tag, str))
    if not re.fullmatch(shape.children, children):
        yield f"<{name}> contains {children.split() or 'nothing'}, which is not allowed there"
    if any(child.tag is etree.Entity for child in element):
        yield f"<{name}> refers to an entity that is not declared"
    texts = [element.text, *(child.tail for child in element)]
    if not shape.text and any(text and text.strip(" \t\r\n") for text in texts):
        yield f"<{name}> contains text outside a segment"
