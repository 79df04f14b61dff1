"""How often an encoder finds a sentence's translation among all those of a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.datatypes import Progress, silent
from workbench.embed import Encoder
from workbench.errors import InputError

_CHUNK = 1024


def read_pairs(path: Path) -> tuple[list[str], list[str]]:
    """The two columns of a UTF-8 TSV file; further columns are left aside.

    Raises InputError on a file that is missing, empty or not to be read, and on a line without two filled columns.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}; name a TSV file of sentence<TAB>translation lines") from error
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}); name a TSV file of sentence<TAB>translation lines"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; convert it first") from error
    rows = [(number, line.rstrip("\r").split("\t")) for number, line in enumerate(lines, 1) if line.strip()]
    for number, row in rows:
        if len(row) < 2 or not row[0].strip() or not row[1].strip():
            raise InputError(f"{path}, line {number}: expected sentence<TAB>translation, both filled")
    if not rows:
        raise InputError(f"{path} has no pairs; expected sentence<TAB>translation lines")
    return [row[0] for _, row in rows], [row[1] for _, row in rows]


def nearest(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.int64]:
    """For each row of `left` (n, d) the row of `right` (m, d) with the highest inner product, (n,)."""
    parts = [(left[start : start + _CHUNK] @ right.T).argmax(axis=1) for start in range(0, len(left), _CHUNK)]
    return np.concatenate(parts).astype(np.int64)


def accuracy(left: NDArray[np.float32], right: NDArray[np.float32], texts: Sequence[str]) -> float:
    """Share of rows of `left` whose nearest row of `right` is their partner or has the same text; higher is better."""
    return float(np.mean([texts[found] == texts[row] for row, found in enumerate(nearest(left, right))]))


def evaluate(path: Path, encoder: Encoder, progress: Progress = silent) -> str:
    """Both directions' retrieval accuracy by cosine, as lines of text."""
    columns = read_pairs(path)
    first, second = (encoder.encode(column, progress) for column in columns)
    there, back = accuracy(first, second, columns[1]), accuracy(second, first, columns[0])
    lines = [("encoder", encoder.model_id), ("pairs", len(columns[0]))]
    lines += [("first -> second", f"{there:.3f}"), ("second -> first", f"{back:.3f}")]
    return "\n".join(f"{name} = {value}" for name, value in lines)
