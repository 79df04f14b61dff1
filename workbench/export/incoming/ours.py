"""What the workspace holds, as far as a reviewed file can speak of it: plain data."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbench.datatypes import Status
from workbench.export.base import ONLY_XML
from workbench.export.incoming.respelt import NUMBER
from workbench.export.layout import unguarded

Pair = tuple[str, str]
Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as the workspace has it. `english`: None where there is none; `by_hand`: somebody wrote that."""

    doc: str
    index: int  # 0-based
    text: str
    english: str | None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Segments, by id, that belong together or are said to; one side may be empty."""

    docs: Pair
    src: Ids
    tgt: Ids

    @property
    def sides(self) -> tuple[Ids, Ids]:
        return self.src, self.tgt

    @property
    def all(self) -> frozenset[str]:
        return frozenset(self.src + self.tgt)

    @property
    def turned(self) -> Group:
        return Group(self.docs[::-1], self.tgt, self.src)


@dataclass(frozen=True, slots=True)
class Link:
    """A bead as the workspace has it, with what people said of it."""

    group: Group
    status: Status = Status.UNREVIEWED
    comment: str = ""


@dataclass(frozen=True)
class Ours:
    """Names and languages of documents, segments and beads, all by id; segments in reading order."""

    names: Mapping[str, str]
    langs: Mapping[str, str]
    passages: Mapping[str, Passage]
    links: Mapping[str, Link]

    def link_of(self, group: Group) -> Link | None:
        """The bead of just these segments."""
        return self._by_segments.get((frozenset(group.docs), group.all))

    def linked_with(self, group: Group) -> list[Link]:
        """The links in which some of these segments stand."""
        docs = frozenset(group.docs)
        found = {id(link): link for name in group.src + group.tgt for link in self._by_segment.get((docs, name), ())}
        return list(found.values())

    def doc_named(self, name: str) -> str:
        """Its id; empty where there is none of this name."""
        return next((doc for doc, known in self.names.items() if known == name), "")

    @cached_property
    def order(self) -> Mapping[str, list[str]]:
        """The segments of each document, in reading order."""
        found: dict[str, list[str]] = {}
        for name, passage in self.passages.items():
            found.setdefault(passage.doc, []).append(name)
        return found

    @cached_property
    def like_numbers(self) -> list[str]:
        """The ids that a spreadsheet takes for numbers: one in a thousand has no letter, or but an "e"."""
        return [name for name in (*self.passages, *self.links) if NUMBER.fullmatch(name)]

    @cached_property
    def _by_segments(self) -> Mapping[tuple[frozenset[str], frozenset[str]], Link]:
        return {(frozenset(link.group.docs), link.group.all): link for link in self.links.values()}

    @cached_property
    def _by_segment(self) -> Mapping[tuple[frozenset[str], str], list[Link]]:
        found: dict[tuple[frozenset[str], str], list[Link]] = {}
        for link in self.links.values():
            if link.group.src and link.group.tgt:
                for name in link.group.all:
                    found.setdefault((frozenset(link.group.docs), name), []).append(link)
        return found

    def sorted(self, names: Iterable[str]) -> Ids:
        return tuple(sorted(set(names), key=lambda name: self.passages[name].index))

    def numbers(self, names: Iterable[str]) -> str:
        """Segments of a document as people number them, as tables write it: "12 13"."""
        return " ".join(str(self.passages[name].index + 1) for name in names)

    def told(self, group: Group) -> str:
        """A group in words: "passages 3 4 with 5"."""
        first = group.src or group.tgt
        said = f"passage{'s' if len(first) > 1 else ''} {self.numbers(first)}"
        if group.src and group.tgt:
            return f"{said} with {self.numbers(group.tgt)}"
        return f"{said} of {self.names[group.docs[not group.src]]}"

    def text(self, names: Iterable[str]) -> str:
        return " ".join(self.passages[name].text for name in names)

    def english(self, names: Iterable[str]) -> str:
        """As exports join it."""
        return " ".join(text for name in names if (text := self.passages[name].english) is not None)


def same(a: str, b: str) -> bool:
    """Whether two texts differ at most in white space, in how characters are composed, in a spreadsheet's guard and in
    what XML cannot hold."""
    return _plain(a) == _plain(b)


def _plain(text: str) -> str:
    held, _ = ONLY_XML.apply(unguarded(text))
    return " ".join(unicodedata.normalize("NFC", held).split())


def same_letters(a: str, b: str) -> bool:
    """Whether two texts differ in white space and what cannot be seen at most: formats cannot hold all of that."""
    return _letters(a) == _letters(b)


def _letters(text: str) -> str:
    return "".join(each for each in _plain(text) if each.isprintable() and each != " ")
