"""Where the words of a Markdown text are: its blocks, each with the markup inside it to be skipped.

markdown-it parses; its rules are wrapped so that they note the stretches of source that they took for markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any, cast

from workbench.datatypes import Block, Kind
from workbench.ingest.boxes import opened
from workbench.ingest.reading import Span, line_spans, merged, within

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]:?|\[![A-Z]{3,12}\]")  # of a footnote, of a note such as [!TIP]
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_CODE = re.compile(r"<(?:!--|\?|!|script|style|pre|textarea)", re.I)
_DEFINITION = re.compile(r"\[[^\]\n]{1,200}\]:")
_NOT_NEWLINE = re.compile("[^\n]")
_FILLER = "\ue000"
_LONGEST_SHORTCODE = 2000
# Longer paragraphs are not prose, and looking for their markup may take quadratic time.
_LONGEST_INLINE = 50_000
_DEEPEST = 20  # quotes within quotes


def blocks_of(text: str, start: int) -> list[Block]:
    """The blocks of the Markdown in `text[start:]`, in order, with offsets into `text`.

    The first-level headings come as titles. Words outside of any block (link definitions) come as metadata.
    """
    return list(_Page(text, start).blocks())


class _Page:
    """A Markdown text, parsed. `source` is the text from `start` on with shortcodes filled up."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.masks = merged((a + start, b + start) for a, b in _masks(text[start:]))
        self.source = text[:start] + _filled(text, start, self.masks)
        rows = self.source[start:].split("\n")
        self.rows = [start, *(start + total for total in accumulate(len(row) + 1 for row in rows))]
        self.parser = _parser()
        self.env: dict[str, Any] = {}
        self.tokens = self.parser.parse(opened(self.source[start:]), self.env)

    def blocks(self) -> Iterator[Block]:
        at = self.rows[0]
        for block in self._parsed():
            if block.start < at or block.end <= block.start:
                continue
            yield from self._definitions(at, block.start)
            yield block
            at = block.end
        yield from self._definitions(at, len(self.text))

    def _definitions(self, start: int, end: int) -> Iterator[Block]:
        for a, b in line_spans(self.text, start, end):
            if _DEFINITION.match(self.text, a, b):
                yield Block(Kind.METADATA, a, b, reason="the address of a link")

    def _parsed(self) -> Iterator[Block]:
        kind, cursor = Kind.BODY, -1  # the cursor stands behind the last cell, at -1 outside of tables
        for token in self.tokens:
            if token.type == "heading_open":
                kind, cursor = (Kind.TITLE if token.tag == "h1" else Kind.HEADING), -1
            elif token.type == "paragraph_open":
                kind, cursor = Kind.BODY, -1
            elif token.type == "tr_open":
                kind, cursor = Kind.BODY, self.rows[cast(list[int], token.map)[0]]
            elif token.type == "inline" and token.content.strip():
                block = self._inline(token, kind, cursor)
                cursor = block.end if cursor >= 0 else -1
                yield block
            elif token.type in ("fence", "code_block", "html_block"):
                yield from self._raw(token)

    def _extent(self, token: Token) -> Span:
        first, last = cast(list[int], token.map)
        spans = line_spans(self.text, self.rows[first], min(self.rows[last], len(self.text)))
        return (spans[0][0], spans[-1][1]) if spans else (self.rows[first], self.rows[first])

    def _raw(self, token: Token) -> Iterator[Block]:
        """Code is furniture; of an HTML block the words are text."""
        start, end = self._extent(token)
        if token.type != "html_block" or _CODE.match(self.text, start, end):
            yield Block(Kind.FURNITURE, start, end, reason="program code or a hidden remark")
        else:
            tags = (match.span() for match in _TAG.finditer(self.text, start, end))
            skip = merged([*tags, *within(self.masks, start, end)])
            yield Block(Kind.BODY, start, end, skip=skip)

    def _inline(self, token: Token, kind: Kind, cursor: int) -> Block:
        """A paragraph, heading or cell: from its first word to its last, without its markup."""
        lines = token.content.split("\n")
        bases = self._bases(token, lines, cursor)
        if not bases:
            return Block(kind, *self._extent(token))
        starts = [base + len(line) - len(line.lstrip()) for base, line in zip(bases, lines, strict=True)]
        ends = [base + len(line.rstrip()) for base, line in zip(bases, lines, strict=True)]
        skip = list(_moved(self._markup(token.content), lines, bases))
        skip += [(self.text.rfind("\n", a, b) + 1, b) for a, b in zip(ends, starts[1:], strict=False)]
        skip += [match.span() for match in [_TASK.match(self.text, starts[0], ends[-1])] if match]
        start, end = starts[0], ends[-1]
        marks = [span for span in merged(skip) if self.text[slice(*span)].strip()]
        return Block(kind, start, end, skip=merged([*marks, *within(self.masks, start, end)]))

    def _bases(self, token: Token, lines: list[str], cursor: int) -> list[int]:
        """The offset in the text at which each line of the token's content would begin; none where the parser
        changed the content so that it cannot be found.

        A paragraph's line is the end of the source line (what is before it are marks of lists and quotes); a
        table's cells follow each other on one line.
        """
        first, last = cast(list[int], token.map)
        rows = iter(range(first, max(last, first + 1)))
        bases: list[int] = []
        for line in lines:
            found = (self._find(line.strip(), row, cursor) for row in rows)
            at = next((at for at in found if at >= 0), -1)
            if at < 0:
                return []
            bases.append(at - (len(line) - len(line.lstrip())))
        return bases

    def _find(self, content: str, row: int, cursor: int) -> int:
        start, end = self.rows[row], self.rows[row + 1]
        if cursor >= 0:
            return self.source.find(content, max(start, cursor), end)
        return self.source.rfind(content, start, end)

    def _markup(self, content: str) -> list[Span]:
        """The stretches of an inline token's content that are markup."""
        if len(content) > _LONGEST_INLINE:
            return []
        found: list[Span] = []
        tokens: list[Token] = []
        self.parser.inline.parse(content, self.parser, {**self.env, "markup": found}, tokens)
        at = ((token.meta.get("at"), token) for token in tokens if token.type != "text" or not token.content)
        found += [(place[0], place[1]) for place, _ in at if place]
        return found


def _moved(spans: list[Span], lines: list[str], bases: list[int]) -> Iterator[Span]:
    """Stretches of an inline content as stretches of the text, cut at line ends; those within one are of it."""
    begin = 0
    for line, base, following in zip(lines, bases, [*bases[1:], -1], strict=True):
        end = begin + len(line)
        for a, b in within(tuple(spans), begin, end):
            yield a - begin + base, b - begin + base
        if following >= 0 and any(a <= end < b for a, b in spans):
            yield base + len(line), following
        begin = end + 1


def _masks(text: str) -> Iterator[Span]:
    """Shortcodes, {{< ... >}} and {{% ... %}}, and marks of notes: no Markdown is to be seen in them."""
    yield from (match.span() for match in _MARK.finditer(text))
    for opening, closing in (("{{<", ">}}"), ("{{%", "%}}")):
        start, end = text.find(opening), 0
        while start >= 0 and end >= 0:
            end = text.find(closing, max(end, start))
            if start < end < start + _LONGEST_SHORTCODE and "\n\n" not in text[start:end]:
                yield start, end + len(closing)
                start = text.find(opening, end)
            else:
                start = text.find(opening, start + len(opening))


def _filled(text: str, start: int, masks: tuple[Span, ...]) -> str:
    parts: list[str] = []
    for a, b in masks:
        parts += [text[start:a], _NOT_NEWLINE.sub(_FILLER, text[a:b])]
        start = b
    return "".join([*parts, text[start:]])


def _parser() -> MarkdownIt:
    """CommonMark with tables and strikethrough; inline content is parsed later, block by block."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.inline.ruler2.disable(["fragments_join"])
    for name, rule in _inline_rules().items():
        parser.inline.ruler.at(name, rule)
    return parser


def _inline_rules() -> dict[str, Rule]:
    from markdown_it import rules_inline as rules

    return {
        "emphasis": _noting_delimiters(rules.emphasis.tokenize),
        "strikethrough": _noting_delimiters(rules.strikethrough.tokenize),
        "link": _noting_link(rules.link),
        "image": _noting(rules.image, lambda start, end, token: [(start, end)]),
        "html_inline": _noting(rules.html_inline, lambda start, end, token: [(start, end)]),
        "autolink": _noting(rules.autolink, lambda start, end, token: [(start, start + 1), (end - 1, end)]),
        "escape": _noting(rules.escape, _backslash),
        "backticks": _noting(rules.backtick, _ticks),
    }


def _ticks(start: int, end: int, token: Token) -> list[Span]:
    """Code loses a blank of either end, where both have one."""
    width = len(token.markup) if token.type == "code_inline" else 0
    width += width > 0 and end - start - 2 * width > len(token.content)
    return [(start, start + width), (end - width, end)]


def _backslash(start: int, end: int, token: Token) -> list[Span]:
    is_mark = token.type == "hardbreak" or token.content != token.markup
    return [(start, start + is_mark)]


def _noting(rule: Rule, spans: Callable[[int, int, Token], list[Span]]) -> Rule:
    """The rule, noting the stretches of markup in what it took."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, before, found = state.pos, len(state.tokens), state.env["markup"]
        known = len(found)
        if not rule(state, silent):
            return False
        if len(state.tokens) > before:
            found[known:] = spans(start, state.pos, state.tokens[-1])  # replaces what a picture's own text noted
        return True

    return noting


def _noting_link(rule: Rule) -> Rule:
    """The link rule, noting "[" and all from "]" on."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if len(state.tokens) > before:
            close = state.md.helpers.parseLinkLabel(state, start, True)
            state.env["markup"] += [(start, start + 1), (close, state.pos)]
        return True

    return noting


def _noting_delimiters(rule: Rule) -> Rule:
    """A rule of paired marks, noting in each token where it stands: which of them pair off is known later."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        for token in state.tokens[before:]:
            token.meta["at"] = (start, start + len(token.content))
            start += len(token.content)
        return True

    return noting
