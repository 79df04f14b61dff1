"""No test sees, or touches, what the developer installed or prefers."""

from __future__ import annotations

import os
import tempfile

_HOME = tempfile.TemporaryDirectory(prefix="workbench-home-")
os.environ["WORKBENCH_HOME"] = _HOME.name
os.environ["ARGOS_PACKAGES_DIR"] = f"{_HOME.name}/argos"
