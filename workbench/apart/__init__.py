"""Files read in a process of its own with limits, for whoever reads files: rooms below, wiring above.

    found = read(DOCUMENT, "report.fr.txt", [("report.fr.txt", data)], settings)

process   the side that asks: starts the process, waits for it, ends it     child   the side that reads
wire      what goes to and fro

Which readers there are is written down in `child`: a request names one of them, and nothing else can be asked for.
"""

from __future__ import annotations

from workbench.apart.process import read

__all__ = ["BESIDE", "BITEXT", "DOCUMENT", "REVIEWED", "TERMS", "read"]

# What can be asked for.
DOCUMENT, BITEXT, REVIEWED, BESIDE, TERMS = "document", "bitext", "reviewed", "beside", "terms"
