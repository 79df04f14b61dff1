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
    # Argos's own beam width: narrower is faster but loops more often.
    beam_size: int = 4
    # Tokens a translation batch, padding included: beyond this the CPU caches overflow.
    batch_tokens: int = 2048
    # Repeat Argos's output to the letter, underscores turned into spaces included.
    argos_compatible: bool = False
    # 0: one thread a core.
    threads: int = 0
    # A book is 2 MB of text; what is far larger is nearly always the wrong file.
    max_file_mb: int = 20

    def signature(self) -> str:
        """Eight hex digits that change when any setting changes."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:8]


def user_folder() -> Path:
    """Where encoders that a user installs and what they prefer are kept, for all their workspaces.

    WORKBENCH_HOME, or else beside Argos Translate's own packages, on every system.
    """
    chosen = os.environ.get("WORKBENCH_HOME")
    data = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return Path(chosen) if chosen else data / "workbench"
