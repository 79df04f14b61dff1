"""Files of `text TAB English` lines, which figures are measured on."""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbench.errors import InputError
from workbench.lang import display_name, identify, same_language

Pair = tuple[str, str]

_FORM = "expected a text and its English a line, with a tab between them"
_SAMPLE = 100  # pairs that tell which way round a file's columns are
_NO_TEXT = {
    "\0": "a NUL byte in it, so this is no text",
    "\r": "a carriage return inside it; lines are to end in \\n or \\r\\n",
}


def read_pairs(path: Path, lang: str = "") -> list[Pair]:
    """The texts of a file's lines, each with its English; further columns are left aside. `lang`: of the texts.

    Raises InputError as `each_line`, where the file has no line, and where the texts read as English and the English as
    `lang`: figures of a file with its columns the other way round say nothing.
    """
    found = [(cells[0], cells[1]) for cells in each_line(path)]
    if not found:
        raise InputError(f"{path} has no pairs; {_FORM}")
    if lang and not same_language(lang, "en") and _is_turned(found[:_SAMPLE], lang):
        raise InputError(f"{path} has English before {display_name(lang)}; {_FORM}")
    return found


def _is_turned(pairs: Sequence[Pair], lang: str) -> bool:
    """Whether more pairs have English before the other language than after it."""
    told = [tuple(identify(text, (lang, "en"))[0] for text in pair) for pair in pairs]
    turned = sum(same_language(first, "en") and same_language(second, lang) for first, second in told)
    return turned > sum(same_language(first, lang) and same_language(second, "en") for first, second in told)


def read_columns(path: Path, lang: str = "") -> tuple[list[str], list[str]]:
    """All texts of a file, and all English beside them. Raises InputError as `read_pairs`."""
    texts, english = zip(*read_pairs(path, lang), strict=True)
    return list(texts), list(english)


def each_line(path: Path) -> Iterator[list[str]]:
    """The columns of each line of a UTF-8 file, .xz or not, blank lines left out: the text, its English, and others.

    Raises InputError where the file is missing, not to be read or no UTF-8, and on a line on which either is missing
    or that no text holds: with a NUL, or with a carriage return before its end.
    """
    number = 0
    try:
        # Other line separators than "\\n" occur inside texts.
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                cells = line.rstrip("\r\n").split("\t")
                if not line.strip():
                    continue
                if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
                    raise InputError(f"{path}, line {number}: {_FORM}")
                if wrong := next((what for sign, what in _NO_TEXT.items() if sign in line.rstrip("\r\n")), ""):
                    raise InputError(f"{path}, line {number}: there is {wrong}; {_FORM}")
                yield cells
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}; {_FORM}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}, after line {number}: this is no UTF-8; convert the file first") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise InputError(f"{path} cannot be read ({error}); {_FORM}") from error
