"""The boxes of Markdown documentation, which CommonMark does not know: it takes what is in them for program code, and
their marks for text."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Of MkDocs, with what they hold indented below; of Docusaurus, VitePress and Pandoc, between colons; of MyST.
_INDENTED = re.compile(
    r"(?:(?:!!!|\?\?\?\+?)[ \t]{1,9}\w[\w -]{0,60}?|===[!+]?(?=[ \t]{1,9}\"))(?:[ \t]{1,9}\"([^\"\n]*)\")?"
)
_COLONS = re.compile(
    r":{3,}[ \t]{0,9}(?:\{[^{}\n]*\}|[\w-]*)(?:\[([^\]\n]*)\]|[ \t]{1,9}([^\s{][^\n{]*))?(?:\{[^{}\n]*\})?"
)
_DIRECTIVE = re.compile(
    r"(`{3,}|~{3,})\{(?:note|tip|hint|important|warning|caution|attention|danger|error|seealso|admonition|dropdown)\}"
    r"[ \t]*([^\n]*)"
)
_OPTION = re.compile(r":[\w-]+:(?:\s.*)?")
_FENCE = re.compile(r"`{3,}|~{3,}")
_MOST_BLANK = 3  # lines between the mark of a box and its text
_STEP = 4  # blanks by which the text of an indented box stands further in


def opened(source: str) -> str:
    """The Markdown in as many lines, in which boxes are what CommonMark knows: their titles are headings, and what they
    hold stands where the text around them does."""
    lines = [_expanded(line) for line in source.split("\n")]
    boxes: list[int] = []  # how far in the indented boxes begin that are open
    directives: list[str] = []
    code = ""  # the marks that end it
    found: list[str] = []
    for at, line in enumerate(lines):
        words, indent = line.strip(), _indent(line)
        while words and not code and boxes and indent < boxes[-1] + _STEP:
            boxes.pop()
        outer = " " * max(0, indent - _STEP * len(boxes))
        fence = _FENCE.match(words)
        titles: Sequence[str | None] | None = None
        if code:
            code = "" if words == code else code
        elif directive := _DIRECTIVE.fullmatch(words):
            directives.append(directive[1])
            titles = directive.groups()[1:]
        elif directives and words == directives[-1]:
            directives.pop()
            titles = ()
        elif fence:
            code = fence[0]
        elif (box := _INDENTED.fullmatch(words)) and _is_above_text(lines, at):
            boxes.append(indent)
            titles = box.groups()
        elif box := _COLONS.fullmatch(words):
            titles = box.groups()
        elif directives and not found[-1].strip() and lines[at - 1].strip() and _OPTION.fullmatch(words):
            titles = ()
        found.append(outer + line.lstrip(" ") if titles is None else _heading(outer, titles))
    return "\n".join(found)


def _expanded(line: str) -> str:
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)].expandtabs(_STEP) + words


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_above_text(lines: Sequence[str], at: int) -> bool:
    """Whether the next line that is not blank stands further in, as the text of a box does."""
    following = next((line for line in lines[at + 1 : at + 1 + _MOST_BLANK] if line.strip()), "")
    return _indent(following) >= _indent(lines[at]) + _STEP


def _heading(outer: str, titles: Sequence[str | None]) -> str:
    title = next((each.strip() for each in titles if each and each.strip()), "")
    return f"{outer}###### {title}" if title else ""
