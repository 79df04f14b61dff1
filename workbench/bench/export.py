"""Time and memory of exporting many pairs, each format in a process of its own so that the peak is its own."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.bench.processes import measured, peak_mb
from workbench.datatypes import Status, TranslationUnit
from workbench.export import About, known_format, write

STREAMED = ("tsv", "jsonl", "parquet", "tmx", "xlsx")

# What texts are made of: mostly plain words, some of what formats stumble over.
_SRC = (
    "La ville ouvre mille écoles de plus, dit le maire.",
    "« Les parents <demandent> des cantines & du temps » ]]>",
    "=SUM(A1:A9) n'est pas une formule ici",
    "Une phrase assez longue, comme il s'en trouve dans les lois et les rapports, avec ses virgules et ses détours.",
)
_TGT = (
    "市长说，这座城市新开一千所学校。",
    "家长们要求学校提供午餐 👩‍👩‍👧‍👦",
    "שלום \u202eabc\u202c",
    "_x000D_ 这里\t没有换行\n也没有公式",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What an export took: seconds from the first unit to the checked file, peak memory and size in MB."""

    format: str
    pairs: int
    seconds: float
    memory: float
    size: float


def made_up(pairs: int) -> Iterator[TranslationUnit]:
    """Units one after another, each text another."""
    for number in range(pairs):
        src, tgt = f"{_SRC[number % 4]} {number}", f"{_TGT[number % 4]} {number}"
        yield TranslationUnit(
            bead_id=f"{number:016x}",
            src_doc="report.fr.txt",
            tgt_doc="transcript.zh-Hans.txt",
            src_lang="fr",
            tgt_lang="zh-Hans",
            src_segments=(f"s{number:015x}",),
            tgt_segments=(f"t{number:015x}",),
            src_text=src,
            tgt_text=tgt,
            src_en=f"The city opens a thousand more schools, says the mayor. {number}",
            tgt_en=f"Parents ask for canteens. {number}",
            score=0.5,
            confidence=(number % 100) / 100,
            status=Status.UNREVIEWED,
            signature="made up",
            src_numbers=(number + 1,),
            tgt_numbers=(number + 1,),
            src_spans=((number * 60, number * 60 + len(src)),),
            tgt_spans=((number * 30, number * 30 + len(tgt)),),
            src_parts=(src,),
            tgt_parts=(tgt,),
        )


def run(pairs: int, formats: Sequence[str]) -> Iterator[Run]:
    """A run a format. Raises WorkbenchError where one fails."""
    for format in formats:
        known_format(format)
        yield Run(**measured(f"the export as {format}", "workbench.bench.export", format, str(pairs)))


def _measure(format: str, pairs: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / f"pairs{known_format(format).suffix}"
        began = time.perf_counter()
        report = write(made_up(pairs), format, output, about=About(("report.fr.txt",), "made up"))
        seconds = time.perf_counter() - began
        return {
            "format": format,
            "pairs": report.written,
            "seconds": seconds,
            "memory": peak_mb(),
            "size": output.stat().st_size / 1e6,
        }


HEADING = f"{'format':<16}  {'pairs':>9}  {'seconds':>7}  {'peak MB':>7}  {'file MB':>7}"


def line(done: Run) -> str:
    return f"{done.format:<16}  {done.pairs:>9,}  {done.seconds:7.0f}  {done.memory:7.0f}  {done.size:7.0f}"


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], int(sys.argv[2]))))
