"""What both recipes and the evaluation use: array types, a log on the screen, fingerprints of choices."""

from __future__ import annotations

import hashlib
import os
import time

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


def log(event: str, **values: object) -> None:
    details = " ".join(f"{key}={value}" for key, value in values.items())
    print(f"{time.strftime('%H:%M:%S')} {event} {details}", flush=True)


def fingerprint(*values: object) -> str:
    """Ten digits that change with any of `values`, so that no leftover of other choices is taken up."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:10]


def settle(threads: int) -> None:
    """Nothing here may reach the network, and the number of threads decides the order of sums."""
    import torch

    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.set_num_threads(threads)
