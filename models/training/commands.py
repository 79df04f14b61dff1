"""How a recipe is run as a command, and how it keeps what it has made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import WorkbenchError


def run(main: Callable[[], None]) -> None:
    """Run a recipe; what is wrong with what it was given is told in one sentence, exit status 1."""
    try:
        main()
    except WorkbenchError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on from the last checkpoint")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write a file that is to be at `path`, once it is whole: what a kill cut short is not taken for it."""
    partial = path.with_name(f"part-{path.name}")
    yield partial
    partial.replace(path)
