"""The results of a batch run as Parquet: a row a bead, and with each file what became of its records."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import StoreError
from workbench.export.base import NO_SURROGATES
from workbench.export.writing import replacing

if TYPE_CHECKING:
    import pyarrow as pa

_OUTCOMES = b"workbench.outcomes"
_SIGNATURE = b"workbench.signature"
Row = Mapping[str, Any]


@cache
def schema() -> pa.Schema:
    """The columns, which docs/formats.md explains."""
    import pyarrow as pa

    text, repeated = pa.string(), pa.dictionary(pa.int32(), pa.string())
    sides = [
        ("file", repeated),
        ("lang", repeated),
        ("text", text),
        ("en", text),
        ("parts", pa.list_(text)),
        ("numbers", pa.list_(pa.int32())),
    ]
    return pa.schema(
        [
            ("pair_id", repeated),
            ("bead", pa.int32()),
            *((f"{side}_{name}", kind) for side in ("src", "tgt") for name, kind in sides),
            ("score", pa.float32()),
            ("confidence", pa.float32()),
            ("boundary", pa.float32()),
            ("verdict", repeated),
        ]
    )


def write(path: Path, rows: Sequence[Row], outcomes: Sequence[Row], signature: str) -> None:
    """Write a shard, whole or not at all. `outcomes`: what became of its records, failed ones included.

    Raises ExportError where it cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    said = {_OUTCOMES: json.dumps(outcomes), _SIGNATURE: signature}
    table = pa.Table.from_pylist([_whole(row) for row in rows], schema=schema().with_metadata(said))
    with replacing(path) as temporary, temporary.open("xb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())


def _whole(row: Row) -> Row:
    """Without half characters, which Parquet does not take."""
    return {name: _sound(value) for name, value in row.items()}


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return NO_SURROGATES.apply(value)[0]
    return [_sound(part) for part in value] if isinstance(value, list) else value


def read_outcomes(path: Path) -> list[Row] | None:
    """What became of the records of a shard; None where there is none that is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        said = pq.read_schema(path).metadata or {}
        outcomes: list[Row] = json.loads(said[_OUTCOMES])
        return outcomes
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None


def read_rows(path: Path) -> tuple[list[Row], str]:
    """The rows of a shard, and the signature of what made them. Raises StoreError where there is none that is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"{path} cannot be read ({error}); delete it if it is there, and run the batch again"
        ) from error
    return table.to_pylist(), (table.schema.metadata or {}).get(_SIGNATURE, b"").decode()
