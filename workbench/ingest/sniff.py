"""What a file is, told from its bytes and only then from its name."""

from __future__ import annotations

import re

from workbench.ingest.packed import DAMAGE, opened
from workbench.ingest.reading import MEGABYTE, READABLE, UnreadableError

FORMATS = {
    "txt": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "mhtml": "html",
    "mht": "html",
    "docx": "docx",
    "rtf": "rtf",
    "odt": "odt",
    "epub": "epub",
    "pdf": "pdf",
    "srt": "srt",
    "vtt": "vtt",
}
SUFFIXES = frozenset(f".{ending}" for ending in FORMATS)

_TEXTS = ("txt", "md", "html", "srt", "vtt")  # what no signature gives away
# Signatures of what is often added by mistake, and what to do about it.
_OTHERS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "a sound, film or image file (RIFF)"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "an Ogg sound or film file"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt) or an encrypted .docx"),
    (b"%!PS", "a PostScript file"),
)
_WORKBOOK = "xl/workbook.xml"
_ZIPPED = {
    _WORKBOOK: "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint file",
    "content.xml": "an OpenDocument file without a text",
}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
_IMPORTED = "under Import on the page Export, or with the command import"
_PAIRS = {"tmx": "TMX", "xlf": "XLIFF", "xliff": "XLIFF", "sdlxliff": "XLIFF", "mqxliff": "XLIFF"}
_TABLES = ("csv", "tsv", "tab")
_PAIRS_ROOT = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype[^>]{0,200}>\s*)?<(tmx|xliff)\b", re.I)
# The first element of XML, behind what may stand before it.
_XML_ROOT = re.compile(
    rb"\s*<\?xml[^>]{0,200}\?>(?:\s*(?:<\?.{0,500}?\?>|<!--.{0,1000}?-->|<!doctype[^>\[]{0,500}>)){0,9}\s*<([\w:.-]{1,60})",
    re.I | re.S,
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)
# The head of a mail whose parts belong together; browsers pack a page so.
_HEAD = re.compile(
    rb"\s{0,9}((?:[A-Za-z][\w-]{0,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,20}){1,30})\r?\n"
)
_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.I | re.M)
_PDF_OBJECT = re.compile(rb"\b\d+ \d+ obj\b")
# A remark or a command, as a manual page begins.
_TROFF = re.compile(rb"\s{0,99}(?:['.]\\\"|\.(?:TH|Dd|so|ig|de)\s)")
_RICH_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}\{\\rtf")
_VTT = re.compile(rb"WEBVTT(?:\s|$)")
_CUE = re.compile(rb"\s*(?:\d+\s+)?\d\d?:\d\d:\d\d[,.]\d{1,3}\s*-->")


def sniff(data: bytes, name: str, max_unpacked_mb: int) -> tuple[str, tuple[str, ...]]:
    """The format of a file and what to warn of. Raises UnreadableError where no reader knows the content."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    claimed = FORMATS.get(ending, "")
    found = _by_content(data, max_unpacked_mb)
    if not found and ending in _PAIRS:
        raise _of_pairs(_PAIRS[ending])
    if not found and claimed != "html" and (root := _xml_root(data)):
        raise UnreadableError(
            f"this is XML that begins with <{root}>, and its markup would be taken for text; save the text in it as "
            f"{READABLE} and add that."
        )
    is_text = not found and claimed in _TEXTS
    if claimed and (is_text or found == claimed or (claimed, found) == ("md", "html")):
        return claimed, ()
    found = found or "txt"
    if not ending:
        return found, ()
    if ending in _TABLES and found == "txt":
        return found, (f"it was read as plain text; a table of pairs (.{ending}) is taken in {_IMPORTED}.",)
    if not claimed and found == "txt":
        return found, (f".{ending} is an unknown kind of file; it was read as plain text.",)
    return found, (f"it is named .{ending} but what is in it is {found}, and it was read as that.",)


def _by_content(data: bytes, max_unpacked_mb: int) -> str:
    """The format that the bytes show, or nothing where they could be any kind of text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, max_unpacked_mb)
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and _PDF_OBJECT.search(data)):  # else it speaks of PDF
        return "pdf"
    if _RICH_TEXT.match(data):
        return "rtf"
    for signature, what in _OTHERS:
        if data.startswith(signature) and not _is_words(data, signature):
            raise UnreadableError(f"this is {what}; save the text in it as {READABLE} and add that.")
    if data[4:8] == b"ftyp":
        raise UnreadableError(f"this is a film or sound file (MP4); add its subtitles or a transcript as {READABLE}.")
    head = data[:2048].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"[Script Info]"):
        raise UnreadableError(
            "these are SubStation Alpha subtitles (.ass, .ssa); save them as .srt, with Aegisub or ffmpeg, "
            "and add those."
        )
    if _TROFF.match(head):
        raise UnreadableError(
            "this is the source of a manual page (troff), and its commands would be taken for text; set it, for "
            "instance with man -l PAGE > page.txt, and add that."
        )
    if _VTT.match(head):
        return "vtt"
    if _CUE.match(head):
        return "srt"
    if pairs := _PAIRS_ROOT.match(head):
        raise _of_pairs(pairs[1].decode().upper())
    return "html" if _HTML.match(head) or _xml_root(data).lower() == "html" or is_packed(data) else ""


def _xml_root(data: bytes) -> str:
    """The name of the element that XML begins with, without its prefix; nothing where this does not begin as XML."""
    root = _XML_ROOT.match(data[:4096].removeprefix(b"\xef\xbb\xbf"))
    return root[1].decode().rpartition(":")[2] if root else ""


def is_packed(data: bytes) -> bool:
    """Whether a file is MHTML: a page with its pictures and styles, as a mail has its parts."""
    head = _HEAD.match(data[:16_384])
    return bool(head and _RELATED.search(head[1]))


def _of_pairs(format: str) -> UnreadableError:
    return UnreadableError(f"this holds pairs of texts ({format}), no document; take it in {_IMPORTED}.")


def _is_words(data: bytes, signature: bytes) -> bool:
    """Whether a text merely begins like a signature: "BZh", "ID3", "RIFF" are ASCII letters."""
    return signature.isalnum() and data[:512].isascii() and b"\0" not in data[:512]


def _zipped(data: bytes, max_unpacked_mb: int) -> str:
    try:
        with opened(data) as archive:
            names = set(archive.namelist())
            size = sum(info.file_size for info in archive.infolist())
            said = archive.read("mimetype") if "mimetype" in names else b""
    except (ValueError, *DAMAGE) as error:
        raise UnreadableError(
            "this .docx, .odt, .epub or archive is damaged or cut off; save it again in the program it came from."
        ) from error
    if size > max_unpacked_mb * MEGABYTE:
        raise UnreadableError(
            f"it unpacks to {size / MEGABYTE:,.0f} MB where {max_unpacked_mb:,} MB is the most (setting "
            "max_unpacked_mb); take the images out or split it."
        )
    if "word/document.xml" in names or ("[Content_Types].xml" in names and not names & _ZIPPED.keys()):
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    if "content.xml" in names and said.startswith(_OPEN_DOCUMENT):
        return "odt"
    what = next((what for name, what in _ZIPPED.items() if name in names), "an archive")
    pairs = f" A table of pairs is taken in {_IMPORTED}." if _WORKBOOK in names else ""
    raise UnreadableError(f"this is {what}; save the text in it as {READABLE} and add that.{pairs}")
