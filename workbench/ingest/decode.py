"""Bytes -> text, whatever the encoding; text -> text that any later format can hold."""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass
from unicodedata import normalize

from workbench.ingest.alphabets import reading
from workbench.ingest.reading import READABLE, UnreadableError
from workbench.plurals import count

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Characters that make up a third of any text in the language and that another encoding hardly produces.
_HANS = "的一是不了在有人这他我们个中国上大为和来到说时地要就出会也，。"
_HANT = "的一是不了在有人這他我們個中國上大為和來到說時地要就出會也，。"
_KANA = "".join(map(chr, range(0x3041, 0x3094))) + "".join(map(chr, range(0x30A1, 0x30FB))) + "ー、。"
_HANGUL = "이다는을의에가고하지은를로사도한기자서어인리시대부나해"
_FREQUENT = {
    "gb18030": frozenset(_HANS),
    "big5hkscs": frozenset(_HANT),
    "cp932": frozenset(_KANA),
    "euc_jp": frozenset(_KANA),
    "cp949": frozenset(_HANGUL),
}
_SURE = {"cp1252", *_FREQUENT}  # hardly ever taken for another
_LEAST_FREQUENT = 0.1
_LEAST_USUAL = 0.2
# Of UTF-16: ASCII, the alphabets, punctuation, and of what is written without one the characters above. With the bytes
# of each pair turned round these are other characters, most of them of Chinese, or none.
_USUAL_IN_UTF16 = re.compile(
    rf"[\t\n\r -~\xa0-\u10ff\u2010-\u2027\u3000-\u3003\u3008-\u3011{_HANS}{_HANT}{_KANA}{_HANGUL}]"
)
# The letters and signs of the western European languages: what cp1252 holds beyond them is rare in prose, and
# the sign of another code page.
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÚÙÛÜ¿¡«»‹›“”„‘’‚–—…€£§°ºª·•©®\u00a0")
# What charset-normalizer may choose from: with all its hundred tables it takes French for cp775.
_OTHERS = ["cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "cp874"]
# The characters of cp1252 as those of latin-1 that stand for the same bytes.
_WESTERN_BYTES = {ord(ch): at for at in range(128, 160) if (ch := bytes([at]).decode("cp1252", "ignore"))}
# Shows that a text was not made UTF-8 twice: a character that cp1252 lacks, or one that stands for a byte by itself.
_MADE_ONCE = re.compile(r"[^\0-\u02dc\u2013-\u2122]|(?<![^\0-\x7f])[^\0-\x7f](?![^\0-\x7f])")
_FEWEST = 3  # different characters that are no accident: "É®" is "ɮ" as bytes
# What pages that declare the first are in, as browsers know: the second has more characters.
_REALLY = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_SAMPLE = 256 * 1024
_NO_CHARACTERS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}  # codecs that spell them out
_MOST_DAMAGED = 0.02  # share of undecodable characters above which a guess is wrong
_MOST_CONTROLS = 0.02  # share of control characters above which a file is no text

# A line end that was converted twice has two carriage returns.
_LINE_ENDS = re.compile("\r{1,2}\n|[\r\u0085\u2028\u2029]")
_REFERENCE = re.compile(r"&lt;/?\w[^&<>\n]{0,100}&gt;|&(?:[a-zA-Z][a-zA-Z\d]{1,30}|#\d{1,7}|#[xX][\da-fA-F]{1,6});")
# No XML may hold these, and no sentence needs them: control characters, lone surrogates, noncharacters.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# A letter with its accents behind it, kana with their voicing, and hangul by their parts, as some programs write them.
_APART = re.compile("[^\\W\\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}")
# How "surrogateescape" shows a byte that is not UTF-8, and the characters that took two bytes or more.
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_MULTIBYTE = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding it was in and what had to be replaced."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, said: str, declared: str = "") -> Decoded:
    """The text of a file, cleaned.

    `said` is an encoding that somebody says the file is in, which holds. `declared` is one that the file itself names;
    it is tried after UTF-8. Raises UnreadableError where the bytes are no text, or none in the encoding that was said.
    """
    text, encoding, warnings = _as_said(data, said) if said else _decode(data, declared)
    if is_binary(text):
        if said:
            raise UnreadableError(_misfit(said))
        raise UnreadableError(f"this is binary data, not text; add the document as {READABLE}.")
    cleaned, more = clean(text.lstrip("\ufeff"))  # files that were put together have several marks
    return Decoded(cleaned, encoding, warnings + more)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Line ends as "\\n", letters and their accents as one character where there is one, and U+FFFD for what no later
    format can hold, with a warning that counts them.

    Nobody sees accents that stand apart, and no list of words has them so.
    """
    whole = _APART.sub(lambda match: normalize("NFC", match[0]), text)
    text, found = _UNUSABLE.subn("\ufffd", _LINE_ENDS.sub("\n", whole))
    if not found:
        return text, ()
    return text, (f"{count(found, 'unusable character')} (NUL, control or half a pair) replaced by \ufffd.",)


def resolved(text: str) -> str:
    """The text with the characters that HTML's references (`&amp;`, `&#39;`) stand for, as WebVTT and Markdown have
    them; ones that would read as a tag or other markup stay.

    >>> resolved("Tom &amp; Ann&#39;s &lt;br&gt;")
    "Tom & Ann's &lt;br&gt;"
    """
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    found = html.unescape(reference[0])
    return found if len(found) == 1 and (found in "&<>\"'" or found >= "\xa0") else reference[0]


def text_of(data: bytes, said: str = "") -> str:
    """The text of a file to the letter, line ends included, whatever the encoding; `said` as in `decode`."""
    return (_as_said(data, said) if said else _decode(data, ""))[0]


def _decode(data: bytes, declared: str) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    unmarked = _utf16_without_mark(data) or _iso2022(data)
    if unmarked:
        return _forced(data, unmarked)
    try:
        return _made_once(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_other(data, declared)


def _made_once(text: str) -> tuple[str, str, tuple[str, ...]]:
    """UTF-8, also where a program took it for Western European and made UTF-8 of it once more: "Ã©" for "é"."""
    as_it_is = text, "utf-8", ()
    if text.isascii() or _MADE_ONCE.search(text):
        return as_it_is
    try:
        once = text.translate(_WESTERN_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return as_it_is
    found = {ch for ch in once if not ch.isascii()}
    if len(found) < _FEWEST and not found <= _WESTERN:
        return as_it_is
    return once, "utf-8", ("it had been made UTF-8 twice (\u201cÃ©\u201d for \u201cé\u201d); that was undone.",)


def _as_said(data: bytes, said: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        name = codecs.lookup(said).name
        encoding = _REALLY.get(name, name)
        if encoding in _NO_CHARACTERS:
            raise LookupError
        text, _, warnings = _forced(data, encoding)
    except (LookupError, ValueError) as error:  # unknown, or a codec of something else than text
        raise UnreadableError(
            f"there is no encoding {said!r}; name one such as cp1250, koi8-u or mac-roman, or let it be found."
        ) from error
    if warnings and text.count("\ufffd") > _MOST_DAMAGED * len(text):
        raise UnreadableError(_misfit(said))
    return text, encoding, warnings


def _misfit(said: str) -> str:
    return f"what is in it is no text in the encoding {said}; name another one, or let it be found."


def _forced(data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    """Decode in an encoding that is certain, or nearly, with U+FFFD for what does not fit."""
    try:
        return data.decode(encoding), encoding, ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        bad = text.count("\ufffd")
        return (
            text,
            encoding,
            (f"{count(bad, 'character')} could not be read as {encoding} and became \ufffd.",),
        )


def _utf16_without_mark(data: bytes) -> str:
    """Latin text in UTF-16 has a NUL at every other byte; any other has some, and makes sense in one order of bytes."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if not half or b"\0\0\0" in sample:
        return ""
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    narrow = _fits(sample, "utf-8")
    if not even + odd or (narrow and not is_binary(narrow)):
        return ""
    scores = {encoding: _usual(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    return max((each for each in scores if scores[each] >= _LEAST_USUAL), key=scores.__getitem__, default="")


def _usual(sample: bytes, encoding: str) -> float:
    """The share of usual characters in UTF-16; 0 where the bytes do not fit."""
    text = _fits(sample, encoding)
    return len(_USUAL_IN_UTF16.findall(text)) / len(text) if text and not _UNUSABLE.search(text) else 0.0


def _fits(sample: bytes, encoding: str) -> str:
    """The beginning of a text in this encoding; nothing where the bytes do not fit."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return ""


def _iso2022(data: bytes) -> str:
    """ASCII bytes that switch to Japanese by escape sequences, as in old mail."""
    return "iso2022_jp" if b"\x1b$" in data[:_SAMPLE] and data.isascii() else ""


def _decode_other(data: bytes, declared: str) -> tuple[str, str, tuple[str, ...]]:
    mixed = _mostly_utf8(data)
    if mixed:
        return mixed
    said = _strictly(data, declared)
    if encoding := said or _guess(data):
        text, encoding, warnings = _forced(data, encoding)
        return text, encoding, warnings if said or encoding in _SURE else (*warnings, _guessed(encoding))
    text = data.decode("cp1252", "replace")
    return (
        text,
        "cp1252",
        (
            "the encoding could not be told; it was read as Western European (cp1252); "
            "if letters look wrong, add it again and say its encoding.",
        ),
    )


def _guessed(encoding: str) -> str:
    return f"it was read as {encoding}; if letters look wrong, add it again and say its encoding."


def _mostly_utf8(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """UTF-8 with some stretches of cp1252, as when two files are pasted together."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_STRAY_BYTE.findall(text))
    good = len(_MULTIBYTE.findall(text))
    if good < bad:
        return None
    text = _STRAY_BYTE.sub(_as_western, text)
    return (
        text,
        "utf-8",
        (f"{count(bad, 'byte')} outside UTF-8 read as Western European (cp1252); check them.",),
    )


def _as_western(match: re.Match[str]) -> str:
    return match[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _strictly(data: bytes, declared: str) -> str:
    """The name of the codec that is meant if it can decode every byte, else nothing."""
    try:
        name = codecs.lookup(declared).name
        encoding = _REALLY.get(name, name)
        data.decode(encoding)
        return encoding
    except (LookupError, ValueError, TypeError):
        return ""


def _guess(data: bytes) -> str:
    """The most likely encoding, or nothing. On a few sentences frequent characters tell the CJK ones apart better than
    charset-normalizer, and alphabets those of one byte; it does the rest."""
    sample = data[:_SAMPLE]
    if _is_western(sample):
        spelt = reading(sample)
        return spelt.encoding if spelt and spelt.letters >= _FEWEST else "cp1252"
    scores = {encoding: _familiarity(sample, encoding) for encoding in _FREQUENT}
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= _LEAST_FREQUENT:
        return best
    spelt = reading(sample)
    return spelt.encoding if spelt else _guess_other(sample)


def _guess_other(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    match = from_bytes(sample, cp_isolation=_OTHERS).best()
    return match.encoding if match else ""


def _is_western(sample: bytes) -> bool:
    text = sample.decode("cp1252", "replace")
    letters = sum(map(str.isalpha, text))
    foreign = [ch for ch in text if ch > "\x7f"]
    return _WESTERN.issuperset(foreign) and len(foreign) < 0.3 * letters


def _familiarity(sample: bytes, encoding: str) -> float:
    """The share of frequent characters among those beyond ASCII; 0 where the bytes do not fit."""
    text = sample.decode(encoding, "replace")
    if text.count("\ufffd") > _MOST_DAMAGED * len(text) + 1:
        return 0.0
    foreign = [ch for ch in text if ch > "\x7f"]
    return sum(ch in _FREQUENT[encoding] for ch in foreign) / len(foreign) if foreign else 0.0


def is_binary(text: str) -> bool:
    """Whether what was decoded was no text."""
    sample = text[:_SAMPLE]
    return len(_UNUSABLE.findall(sample)) > _MOST_CONTROLS * len(sample) + 1
