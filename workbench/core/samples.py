"""The sample documents that come with the workbench."""

from __future__ import annotations

from pathlib import Path

from workbench.core import Workbench
from workbench.datatypes import Progress, silent
from workbench.wiring.views import Added

FOLDER = Path(__file__).resolve().parents[2] / "sources"
FILES = (
    "report.fr.txt",
    "transcript.zh-Hant.txt",
    "podcast.zh-Hans.txt",
    "interview.en.md",
    "interview.fr.md",
)
TRANSLATED = FILES[-2:]  # a text and its translation, which show best what an alignment is


def add(workbench: Workbench, progress: Progress = silent) -> list[Added]:
    """Take the samples in; aligning them is another step."""
    return workbench.add([FOLDER / name for name in FILES], progress=progress)
