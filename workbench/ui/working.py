"""Work on documents that a page starts."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core import Workbench
from workbench.ui import notes
from workbench.ui.components.progress import Bars


def start(workbench: Workbench, kind: str, refs: Sequence[str]) -> None:
    """Do work on documents, "translate" or "align"."""
    bars = Bars()
    with notes.guarded("doing this"):
        if kind == "align":
            workbench.align(refs, bars)
        else:
            workbench.translate(refs, bars)
    bars.close()


def busy(workbench: Workbench, refs: Sequence[str]) -> bool:
    """Whether work on any of these documents (ids) waits or runs."""
    return False
