"""What a format is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from workbench.datatypes import TranslationUnit

Texts = tuple[str, str, str]  # bead id, source text, target text: what must survive in every format

# Half a UTF-16 pair on its own: no encoding has a way to write it.
SURROGATES = "\ud800-\udfff"


@dataclass(frozen=True, slots=True)
class Rule:
    """Characters that a format cannot hold, and what stands in their place."""

    pattern: re.Pattern[str]
    replacement: str
    description: str  # of what is done, for the report

    def apply(self, text: str) -> tuple[str, int]:
        """The text as the format holds it, and how many replacements that took."""
        return self.pattern.subn(self.replacement, text)


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    `write` receives units that fit: no null beads unless `nulls`, texts cleaned by `rules`. `created` is the
    time to note in the file, where the format has a place for it. `read` gives back what `write` wrote, and
    raises ExportError on a file that is not valid.
    """

    name: str
    description: str
    rules: tuple[Rule, ...]
    nulls: bool  # can hold passages that have no counterpart
    write: Callable[[BinaryIO, Iterable[TranslationUnit], datetime | None], None]
    read: Callable[[Path], Iterator[Texts]]
