"""Every option of the workbench in one immutable object."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults suit a laptop with two cores; each says why it is what it is."""

    # Everything is compared in the language that most translation models lead to.
    pivot: str = "en"
    # Tokens a translation batch, padding included: beyond this the CPU caches overflow.
    batch_tokens: int = 2048
    # Repeat Argos's output to the letter, underscores turned into spaces included.
    argos_compatible: bool = False
    # 0: one thread a core.
    threads: int = 0
    # What reading one file may take; a file that needs more is refused in a sentence, and nothing else suffers.
    # A book is 2 MB of text; what is far larger is nearly always the wrong file.
    max_file_mb: int = 20
    # Of a zipped format (.docx, .odt, .epub) unpacked, its pictures included; a bomb goes far beyond.
    max_unpacked_mb: int = 200
    # A PDF of a thousand pages takes half a minute.
    max_read_seconds: int = 120
    # Of the process that reads, its program included; not limited on Windows.
    max_read_memory_mb: int = 1536
    # Of what is read as text, where somebody knows it: a Python codec. Empty: found by itself.
    encoding: str = ""

    def signature(self) -> str:
        """Eight hex digits that change when any setting changes that results depend on, limits and reading aside."""
        said = {name: value for name, value in asdict(self).items() if not name.startswith(("max_", "encoding"))}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:8]


def user_folder() -> Path:
    """Where encoders that a user installs and what they prefer are kept, for all their workspaces.

    WORKBENCH_HOME, or else beside Argos Translate's own packages, on every system.
    """
    chosen = os.environ.get("WORKBENCH_HOME")
    data = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return Path(chosen) if chosen else data / "workbench"
