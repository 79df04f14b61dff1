"""How many threads a process uses, so that several on one machine do not fight for its cores."""

from __future__ import annotations

import os

# OpenMP, OpenBLAS, MKL and rayon (tokenizers) read these when they are loaded.
_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


def limit_threads(threads: int) -> None:
    """Let libraries use so many threads in this process, those that are loaded and those that will be."""
    from threadpoolctl import threadpool_limits

    os.environ.update(dict.fromkeys(_VARIABLES, str(threads)))
    threadpool_limits(threads)
