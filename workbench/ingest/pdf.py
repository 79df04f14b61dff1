"""PDF: the text layer, its lines put together into paragraphs, what stands at the edges of pages set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from workbench.datatypes import Block, Kind, Layout
from workbench.ingest.decode import clean
from workbench.ingest.fonts import measure_gaps
from workbench.ingest.hyphens import Hyphens
from workbench.ingest.layout import lines_of, most_keep_within, paragraphs
from workbench.ingest.pages import COLUMN, parted
from workbench.ingest.plain import title_of
from workbench.ingest.reading import Reading, Source, UnreadableError, quiet
from workbench.ingest.structure import annotate
from workbench.lang import UNSPACED
from workbench.plurals import count

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# Ligatures, and the signs of Chinese dictionaries that fonts give out for the characters which look the same.
_LOOKS = str.maketrans(
    {chr(at): unicodedata.normalize("NFKC", chr(at)) for at in (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6))}
)
_NOTE = (Kind.FURNITURE, "a footnote")
_HEAD = (Kind.FURNITURE, "a header or footer of the pages")
# Letters are of different widths, so a full line may have fewer characters than the longest.
_FULL = 0.85
_INCH = 72.0
# Thousandths of an em that a blank has where the font has none; half of it parts words.
_BLANK = 260.0
# "多 く の" of a line that is drawn out to the width of the others.
_DRAWN_OUT = re.compile(rf"(?:[{UNSPACED}] ){{3,}}[{UNSPACED}]")


def read(source: Source) -> Reading:
    """A .pdf file; the text is extracted, one paragraph a block."""
    with quiet("pypdf"):
        reader = _opened(source.data)
        pages, warnings = _pages(reader)
        metadata = _metadata(reader)
    if not any(page.strip() for page in pages):
        raise UnreadableError(
            "it has no text layer, so it is probably a scan; run text recognition (OCR) on it, for instance "
            "with ocrmypdf, and add the result."
        )
    cleaned = [clean(page.translate(_LOOKS))[0] for page in pages]
    text, blocks = _laid_out(cleaned)
    title = title_of(text, blocks) or metadata.get("title", "")
    return Reading(text, tuple(blocks), title, metadata=metadata, warnings=warnings + _unread(cleaned))


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:  # AES, for which pypdf wants another library
        locked = True
    except Exception as error:  # broken files fail anywhere in the parser
        raise UnreadableError(
            f"the PDF is damaged or cut off ({type(error).__name__}); open it in a PDF viewer and print it "
            "to a new PDF."
        ) from error
    if locked:
        raise UnreadableError("the PDF is encrypted; save a copy without a password and add that.")
    return reader


def _pages(reader: PdfReader) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page, and which pages have none."""
    texts: list[str] = []
    failed: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        try:
            texts.append(_text_of(page))
        except Exception:  # one broken page is no reason to lose the others
            texts.append("")
            failed.append(number)
    empty = [number for number, text in enumerate(texts, 1) if not text.strip() and number not in failed]
    warnings = []
    if failed:
        warnings.append(f"the text of {_named(failed)} could not be read.")
    if empty:
        warnings.append(f"there is no text on {_named(empty)}; if they are scans, run text recognition (OCR).")
    return texts, tuple(warnings)


def _unread(pages: Sequence[str]) -> tuple[str, ...]:
    """A warning where fonts do not say which characters they show."""
    lost = sum(page.count("\ufffd") for page in pages)
    if not lost:
        return ()
    return (
        f"{count(lost, 'character')} could not be read and became \ufffd; if that is much of the text, add it in "
        "another format, or as text recognition (OCR) reads it.",
    )


def _text_of(page: PageObject) -> str:
    """The text of a page, COLUMN before each line that stands an inch or more above the one before."""
    pieces = [""]
    last = inf

    def visit(text: str, outer: Sequence[float], inner: Sequence[float], *_: object) -> None:
        nonlocal last
        if text.strip():
            height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            if height > last + _INCH and pieces[-1].endswith("\n"):
                pieces.append(COLUMN)
            last = height
        pieces.append(text)

    measure_gaps(page)
    page.extract_text(visitor_text=visit, space_width=_BLANK)
    return _DRAWN_OUT.sub(lambda line: line[0].replace(" ", ""), "".join(pieces))


def _named(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (" and others" if len(pages) > 10 else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"


def _laid_out(pages: Sequence[str]) -> tuple[str, list[Block]]:
    """Paragraphs with a blank line between, then each footnote, then each running header and footer once."""
    found = parted(pages)
    flow = "\n".join(found.text)
    lines = lines_of(flow)
    width = int(most_keep_within(lines) * _FULL)
    wrapped = ("\n".join(line.text for line in unit) for unit in paragraphs(lines, Layout.WRAPPED, width))
    hyphens = Hyphens.of(flow)
    body = [_unbroken(unit, hyphens) for unit in wrapped]
    notes = [_unbroken(note, hyphens) for note in found.notes]
    units = [*body, *notes, *found.heads]
    starts = [0, *accumulate(len(words) + 2 for words in units)]
    kinds = [(Kind.BODY, "")] * len(body) + [_NOTE] * len(notes) + [_HEAD] * len(found.heads)
    blocks = [
        Block(kind, start, start + len(words), reason=reason)
        for (kind, reason), start, words in zip(kinds, starts, units, strict=False)
    ]
    text = "\n\n".join(units)
    return text, annotate(text, blocks[: len(body)], guess_headings=True, numbers=True) + blocks[len(body) :]


def _unbroken(paragraph: str, hyphens: Hyphens) -> str:
    """A paragraph with the words whole that line ends part."""
    kept: list[str] = []
    at = 0
    for start, end in hyphens.broken(paragraph):
        kept.append(paragraph[at:start])
        at = end
    return "".join([*kept, paragraph[at:]])


def _metadata(reader: PdfReader) -> dict[str, str]:
    """Title and author as the file's properties say."""
    try:
        found = {
            "title": reader.metadata and reader.metadata.title,
            "author": reader.metadata and reader.metadata.author,
        }
        return {key: clean(str(value))[0].strip() for key, value in found.items() if value}
    except Exception:  # properties are not worth losing the text for
        return {}
