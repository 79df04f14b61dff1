"""No test sees, or touches, what the developer installed or prefers."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

_HOME = tempfile.TemporaryDirectory(prefix="workbench-home-")
os.environ["WORKBENCH_HOME"] = _HOME.name
os.environ["ARGOS_PACKAGES_DIR"] = f"{_HOME.name}/argos"

# Of what is tested at once, each has one core: more threads would burn time waiting for a core that another has.
for _library in ("OMP", "OPENBLAS", "MKL", "RAYON"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

# Else each of the many processes that tests start would compile the workbench anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes says more of the machine than of the code.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")

# A shell lets what it runs in the background ignore Ctrl-C, and so would everything that tests start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """AppTest leaves its script as the main module, which multiprocessing would run in every process that it starts."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
