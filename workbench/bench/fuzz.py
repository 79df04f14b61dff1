"""Whether a broken or hostile file can crash a reader, hang it, or take more than its share: valid files, changed.

Documents, and what comes in as pairs of texts: TMX, XLIFF, tables, Moses, InterText. Every file is read as users' files
are, in the process with limits. A sentence that refuses it is what we want, and so is a document; a reader that dies,
or that runs into its limits of time or memory, is not.
"""

from __future__ import annotations

import random
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from workbench.datatypes import Document, Progress, Status, TranslationUnit, silent
from workbench.errors import InputError
from workbench.export import write
from workbench.export.incoming import File
from workbench.ingest import read_bytes
from workbench.settings import Settings
from workbench.wiring import importing

# These files are small: what takes longer, or more, than a few times the worst that is usual does so for a bad reason.
LIMITS = Settings(max_read_seconds=20, max_read_memory_mb=768)
_PAST = 0.75  # share of the changes that leave what tells the format alone
_HEAD = 16  # bytes that do
_WORDS = "Ein Satz über den Fluss. Un autre sur la rivière. 河上的第三句。 "
_CHANGED = (".xml", ".rels", ".opf", ".xhtml", ".de", ".zh-Hans")  # parts of what is zipped
_NASTY = [
    *(b"\0", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80\xae", b"\r", b"\n" * 50),
    *(b"<" * 99, b"[" * 99, b"(" * 99, b"*_" * 99, b"> " * 99, b"&#x110000;", b"<!--", b"]]>", b"<div>" * 99),
    *(b"9" * 40, b"-1", b"00:00:01,000 --> ", b"{{<", b"---\n", b"a: &a [*a]\n", b"%00", b"../" * 9, b"1 0 R"),
]


@dataclass
class Outcome:
    """What became of the changed files of one format. `bad`: in words, with the seed that makes the file again."""

    format: str
    files: int
    read: int = 0
    refused: int = 0
    past: int = 0  # whose beginning was left as it was
    slowest: float = 0.0  # seconds
    bad: list[str] = field(default_factory=list)


def run(files: int, seed: int = 0, progress: Progress = silent, formats: Sequence[str] = ()) -> list[Outcome]:
    """Read `files` changed files of every format, or of those named. Raises InputError on one that we do not make."""
    known = [*SAMPLES, *PAIRED]
    unknown = set(formats) - set(known)
    if unknown:
        raise InputError(f"there is no sample of {' '.join(sorted(unknown))}; choose among {' '.join(known)}")
    return [_fuzzed(format, files, seed, progress) for format in formats or known]


def _fuzzed(format: str, files: int, seed: int, progress: Progress) -> Outcome:
    outcome = Outcome(format, files)
    valid, read = (SAMPLES[format](), _read) if format in SAMPLES else (_paired(format), _read_paired)
    for number in range(files):
        name = f"{seed}-{number}.{format}"
        data, past = changed(valid, random.Random(name))
        outcome.past += past
        started = time.perf_counter()
        try:
            read(data, name)
            outcome.read += 1
        except InputError as error:
            outcome.refused += 1
            if any(sign in str(error) for sign in ("setting max_read", "broke the program")):
                outcome.bad.append(str(error))
        except Exception as error:  # whatever else: that is what we look for
            outcome.bad.append(f"{name}: {type(error).__name__}: {error}")
        outcome.slowest = max(outcome.slowest, time.perf_counter() - started)
        progress(format, number + 1, files)
    return outcome


def changed(valid: bytes, draw: random.Random) -> tuple[bytes, bool]:
    """A valid file with one to six changes, and whether they leave its beginning alone.

    Of a zipped one, mostly what is in it is changed, and it is zipped again: otherwise nobody would read past its sums.
    """
    past = draw.random() < _PAST
    if valid.startswith(b"PK") and past and draw.random() < 0.8:
        return _rezipped(valid, draw), True
    data = bytearray(valid)
    for _ in range(draw.randint(1, 6)):
        _change(data, _HEAD if past else 0, draw)
    return bytes(data) or b"x", past


def _change(data: bytearray, first: int, draw: random.Random) -> None:
    at = draw.randint(min(first, len(data)), len(data))
    length = draw.choice((1, 2, 8, 40, 400))
    kind = draw.randrange(6)
    if kind == 0:
        data[at : at + length] = draw.randbytes(length)
    elif kind == 1:
        del data[at : at + length]
    elif kind == 2:
        data[at:at] = data[at : at + length] * draw.choice((1, 5, 50))
    elif kind == 3:
        data[at:at] = draw.choice(_NASTY)
    elif kind == 4 and at < len(data):
        data[at] ^= 1 << draw.randrange(8)
    else:
        other = draw.randint(min(first, len(data)), len(data))
        data[at : at + length] = data[other : other + length]


def _rezipped(valid: bytes, draw: random.Random) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(valid)) as archive, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made:
        chosen = draw.choice([name for name in archive.namelist() if name.endswith(_CHANGED)])
        for name in archive.namelist():
            part = bytearray(archive.read(name))
            if name == chosen:
                for _ in range(draw.randint(1, 6)):
                    _change(part, 0, draw)
            made.writestr(draw.choice((name, f"../{name}")) if draw.random() < 0.02 else name, bytes(part))
    return result.getvalue()


def _read(data: bytes, name: str) -> None:
    _check(read_bytes(data, name, LIMITS))


def _read_paired(data: bytes, name: str) -> None:
    """As a reviewed export, and as another tool's bitext: all of it can be stored."""
    files = [File(name, data)]
    importing.returned(files, LIMITS)
    found = importing.bitext(files, LIMITS).bitext
    for place, version in enumerate(found.versions):
        "".join(version.segments).encode()
        linked = [number for bead in found.beads for number in bead[place]]
        if len(set(linked)) < len(linked) or not set(linked) <= set(range(len(version.segments))):
            raise AssertionError(f"links of {linked[:9]} in {len(version.segments)} segments")


def _check(document: Document) -> None:
    """Whether its blocks are in order and within its text, and all of it can be stored."""
    at = 0
    for block in document.blocks:
        if not at <= block.start <= block.end <= len(document.text):
            raise AssertionError(f"a block at {block.start} to {block.end} after {at}")
        at = block.end
    document.text.encode()


def _paired(format: str) -> bytes:
    """Eight links as our own writer has them, which a reviewer or another tool gives back."""
    with tempfile.TemporaryDirectory() as folder:
        write([_unit(number) for number in range(8)], format, Path(folder) / "out")
        return (Path(folder) / "out").read_bytes()


def _unit(n: int) -> TranslationUnit:
    src, tgt, english = f'Satz {n} über den "Fluss".', f"河上的第{n}句。", f"Sentence {n} & the river."
    return TranslationUnit(
        f"{n:016x}", "a.txt", "b.txt", "de", "zh-Hans", (f"{n + 16:016x}",), (f"{n + 32:016x}",), src, tgt, english,
        english, 0.5, 0.9, Status.UNREVIEWED, src_numbers=(n + 1,), tgt_numbers=(n + 1,), src_parts=(src,),
        tgt_parts=(tgt,),
    )  # fmt: skip


def _txt() -> bytes:
    return f"Titel\n\n{_WORDS * 5}\nANNA: {_WORDS}\n2 days ago\nComments (2)\nReply\n{_WORDS}\n".encode()


def _md() -> bytes:
    return (
        f'---\ntitle: Titel\ntags: [a, b]\n---\n# Titel\n\n{_WORDS} *{_WORDS}* **b** [l](http://a.b "t") ![i](x)\n\n'
        f"> > - {_WORDS}\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n<div>{_WORDS}</div>\n\n"
        "[^1]: n\n{{< s >}}\n"
    ).encode()


def _html() -> bytes:
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>T</title><script>if (a < b) c();</script>'
        f"</head><body><nav><a href='#'>x</a></nav><article><h1>T</h1><p>{_WORDS * 4}</p><p>{_WORDS}<br><b>b</b> &amp;"
        f" &#8212;<!-- c --></p><table><tr><td>{_WORDS}</td></tr></table></article><footer>f</footer></body></html>"
    ).encode()


def _srt() -> bytes:
    return "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n<i>{_WORDS}</i>\n\n" for n in range(1, 9)).encode()


def _vtt() -> bytes:
    cues = (f"00:{n:02}.000 --> 00:{n:02}.900 align:start\n<v Ann>{_WORDS}</v>\n\n" for n in range(1, 9))
    return ("WEBVTT\n\nNOTE n\n\nSTYLE\n::cue {}\n\n" + "".join(cues)).encode()


def _docx() -> bytes:
    from docx import Document as Word

    document, result = Word(), BytesIO()
    document.add_heading("Titel", 0)
    for _ in range(3):
        document.add_paragraph(_WORDS)
    document.add_table(2, 2).cell(0, 0).text = _WORDS
    document.sections[0].header.paragraphs[0].text = "Kopf"
    document.save(result)
    return result.getvalue()


def _odt() -> bytes:
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    words = f"<text:h>Titel</text:h>{f'<text:p>{_WORDS}<text:tab/><text:span>{_WORDS}</text:span></text:p>' * 3}"
    note = f"<text:p>{_WORDS}<text:note><text:note-body><text:p>{_WORDS}</text:p></text:note-body></text:note></text:p>"
    body = f"<office:body><office:text>{words}{note}</office:text></office:body>"
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
            "styles.xml": f"<office:document-styles {spaces}><office:styles/></office:document-styles>",
        }
    )


def _rtf() -> bytes:
    escaped = "".join(f"\\'{byte:02x}" for byte in _WORDS.encode("gb18030"))
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}}{\stylesheet{\s1\outlinelevel0 heading 1;}}"
    head = r"{\info{\title T}}{\header h}\pard\s1 Titel\par\pard"
    rest = r"\tab S\u228\'e4tze{\v x}{\footnote \pard n}{\*\x y}{\pict\bin3 }}}}\line z\par "
    table = r"\trowd\cellx9\pard\intbl a\cell b\cell\row\pard "
    return (r"{\rtf1\ansi\deff0" + fonts + head + (r"{\f1 " + escaped + "}" + rest) * 3 + table + "}").encode()


def _epub() -> bytes:
    item = '<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml"/><itemref idref="{0}"/>'
    page = f"<html><body><h1>Titel</h1><p>{_WORDS * 3}</p><aside epub:type='footnote'>{_WORDS}</aside></body></html>"
    return _zipped(
        {
            "META-INF/container.xml": '<container><rootfile full-path="book.opf"/></container>',
            "book.opf": f"<package>{''.join(map(item.format, 'abc'))}</package>",
            **{f"{name}.xhtml": page for name in "abc"},
        }
    )


def _zipped(parts: Mapping[str, str]) -> bytes:
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return result.getvalue()


def _pdf() -> bytes:
    """Three pages of text in a standard font, and an outline; pypdf numbers its objects and writes their places."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in _FONT.items()})
    for number in range(3):
        page = writer.add_blank_page(300, 300)
        lines = "".join(f"(Satz {number}.{n} auf einer Seite.) Tj 0 -14 Td " for n in range(9))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F 12 Tf 20 280 Td {lines} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if number else stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
        writer.add_outline_item(title=f"Seite {number}", page_number=number)
    writer.add_metadata({"/Title": "Titel"})
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


_FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}

SAMPLES: dict[str, Callable[[], bytes]] = {
    "txt": _txt,
    "md": _md,
    "html": _html,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "epub": _epub,
    "pdf": _pdf,
    "srt": _srt,
    "vtt": _vtt,
}

# What comes in as pairs of texts, by the names of our formats.
PAIRED = ("tmx", "xliff", "xliff2", "xlsx", "csv-spreadsheet", "tsv", "moses", "intertext")


def show(outcomes: list[Outcome]) -> Iterator[str]:
    yield f"{'':15}{'files':>8}{'past the signature':>20}{'read':>8}{'refused':>9}{'bad':>5}{'slowest':>10}"
    for one in outcomes:
        yield (
            f"{one.format:15}{one.files:>8,}{one.past / one.files:>20.0%}{one.read:>8,}{one.refused:>9,}"
            f"{len(one.bad):>5}{one.slowest:>8.2f} s"
        )
    for one in outcomes:
        yield from one.bad
