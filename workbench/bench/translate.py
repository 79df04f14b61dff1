"""Stock Argos Translate, paragraph by paragraph, against ours on the same package and the same lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.datatypes import Progress, Translation, silent
from workbench.errors import InputError, ModelError
from workbench.settings import Settings
from workbench.translate import Judging, Package, PackageTranslator, Translator, nobody, require
from workbench.translate.install import pack
from workbench.wiring.beads import lines_in

_SHOWN = 20
_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Difference:
    """A line for which the compatible mode and Argos do not say the same."""

    line: str
    argos: str
    ours: str


@dataclass(frozen=True, slots=True)
class BenchReport:
    """Seconds of translation alone: the models were loaded before. `states`: of the default mode's lines."""

    model_id: str
    settings: str
    lines: int
    argos_seconds: float
    compatible_seconds: float
    default_seconds: float
    differences: tuple[Difference, ...]
    states: dict[str, int]

    @property
    def identical(self) -> float:
        """Share of lines, 0 to 1, for which the compatible mode says what Argos says."""
        return 1 - len(self.differences) / max(self.lines, 1)


def run(
    lines: Sequence[str],
    src: str,
    tgt: str,
    packages: Sequence[Package],
    judge: Judging = nobody,
    progress: Progress = silent,
) -> BenchReport:
    """Translate `lines` three times: by Argos, by our Argos-compatible mode and by our default mode, with its judge.

    Raises ModelMissingError without a package, InputError where there is only a way through a third language
    or no line.
    """
    if not lines:
        raise InputError("there is no line to translate; name a file with a segment a line")
    route = require(packages, src, tgt)
    if len(route) != 1:
        raise InputError(f"comparing needs one package from {src} to {tgt}, and the way leads over {len(route)}")
    argos, argos_seconds = stock_argos(lines, route[0])
    exact, own = (
        PackageTranslator(route[0], replace(_SETTINGS, argos_compatible=compatible), judge(route[0]))
        for compatible in (True, False)
    )
    compatible, compatible_seconds = _timed(lines, exact, progress)
    default, default_seconds = _timed(lines, own, progress)
    return BenchReport(
        route[0].model_id,
        _SETTINGS.signature(),
        len(lines),
        argos_seconds,
        compatible_seconds,
        default_seconds,
        compare(lines, argos, [made.text for made in compatible]),
        dict(Counter(made.state.value for made in default)),
    )


def compare(lines: Sequence[str], argos: Sequence[str], ours: Sequence[str]) -> tuple[Difference, ...]:
    """The lines that were translated differently, in order."""
    return tuple(Difference(*three) for three in zip(lines, argos, ours, strict=True) if three[1] != three[2])


def stock_argos(lines: Sequence[str], package: Package) -> tuple[list[str], float]:
    """What stock Argos Translate makes of each line, and the seconds that took; nothing of it is left behind.

    Raises ModelError where Argos fails.
    """
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as name:
        folder = Path(name)
        job = {
            "argosmodel": str(pack(package, folder / "package.argosmodel")),
            "from_code": package.from_code,
            "to_code": package.to_code,
            "lines": list(lines),
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        command = [sys.executable, "-m", "workbench.bench.stock_argos"]
        done = subprocess.run(
            [*command, str(folder / "job.json"), str(folder / "result.json")],
            env=_own_home(folder),
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            raise ModelError(f"Stock Argos failed on {package.name}: {done.stderr.strip()[-500:]}")
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return result["outputs"], result["seconds"]


def _own_home(folder: Path) -> dict[str, str]:
    """The environment, but with all that Argos reads and writes in `folder`."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ARGOS_") and key != "SNAP"}
    homes = {name: str(folder / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    return kept | homes | {"ARGOS_PACKAGES_DIR": str(folder / "packages")}


def _timed(lines: Sequence[str], translator: Translator, progress: Progress) -> tuple[list[Translation], float]:
    translator.translate(["a"])  # loads the model
    start = time.perf_counter()
    translations = translator.translate(lines, progress)
    return translations, time.perf_counter() - start


def show(report: BenchReport) -> str:
    """The report in words and figures, the first differences included."""
    rows = [
        ("stock Argos, line by line", report.argos_seconds),
        ("workbench, Argos-compatible", report.compatible_seconds),
        ("workbench, default", report.default_seconds),
    ]
    text = [f"{report.lines} lines, model {report.model_id}, settings {report.settings}"]
    for name, seconds in rows:
        speed, times = report.lines / seconds, report.argos_seconds / seconds
        text.append(f"{name:<30}{seconds:8.2f} s{speed:9.1f} lines/s{times:7.1f} x")
    text.append(f"identical to Argos in compatible mode: {report.identical:.2%}")
    text.append("default mode: " + ", ".join(f"{n} {state}" for state, n in sorted(report.states.items())))
    for difference in report.differences[:_SHOWN]:
        text += [
            "",
            f"  line  {difference.line}",
            f"  Argos {difference.argos}",
            f"  ours  {difference.ours}",
        ]
    if len(report.differences) > _SHOWN:
        text.append(f"  and {len(report.differences) - _SHOWN} more")
    return "\n".join(text)


def read_segments(path: Path) -> list[str]:
    """The lines of a text file, or the first column of a .tsv file; empty ones are left out.

    Raises InputError where the file cannot be read or is no text.
    """
    lines = (line.split("\t")[0] if path.suffix == ".tsv" else line for line in lines_in(path))
    return [line for line in lines if line.strip()]
