"""Parquet: a row a unit with every field, lists as lists, written and read in batches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from workbench import __version__
from workbench.datatypes import TranslationUnit
from workbench.errors import ExportError
from workbench.export.base import NO_SURROGATES, About, Format, Texts
from workbench.export.jsonl import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 10_000  # rows that are held at once


def write(file: BinaryIO, units: Iterable[TranslationUnit], about: About) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(about)
    remaining = iter(units)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            columns = [[_plain(getattr(unit, name)) for unit in batch] for name in FIELDS]
            arrays = [pa.array(column, each.type) for column, each in zip(columns, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _schema(about: About) -> pa.Schema:
    import pyarrow as pa

    text = pa.string()
    kinds = {
        "segments": pa.list_(text),
        "numbers": pa.list_(pa.int64()),
        "spans": pa.list_(pa.list_(pa.int64(), 2)),
        "score": pa.float64(),
        "confidence": pa.float64(),
    }
    said = {
        "made by": f"Workbench {__version__}",
        "documents": json.dumps(about.docs),
        "signature": about.signature,
        "chosen": about.choice,
    }
    columns = [pa.field(name, kinds.get(name.removeprefix("src_").removeprefix("tgt_"), text)) for name in FIELDS]
    return pa.schema(columns, said)


def _plain(value: object) -> object:
    """A status is text of its own kind, which the library does not take for text."""
    return str(value) if isinstance(value, str) else value


def read(path: Path) -> Iterator[Texts]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_BATCH, columns=["bead_id", "src_text", "tgt_text"]):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    except (pa.ArrowException, OSError) as error:
        raise ExportError(f"{path} is not a Parquet file ({error}).") from error


PARQUET = Format(
    name="parquet",
    suffix=".parquet",
    mime="application/vnd.apache.parquet",
    description="Parquet table with every field, for data tools",
    rules=(NO_SURROGATES,),
    nulls=True,
    write=write,
    read=read,
)
