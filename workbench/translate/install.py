"""Packages in and out: install, remove, verify, and pack as a file that Argos Translate itself installs.

Only `install_from_index` uses the network, and nothing calls it but a user's explicit command.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from workbench import lang
from workbench.datatypes import Progress, silent
from workbench.errors import ModelError, ModelMissingError
from workbench.translate.package import Package, read_package, user_folder

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
SUMS = "SHA256SUMS"
# The largest packages hold about 300 MB in a few dozen files.
_MOST_BYTES = 4 << 30
_MOST_FILES = 2000
_BLOCK = 1 << 20
_TIMEOUT = 30  # seconds without an answer


def install(source: Path, folder: Path | None = None) -> Package:
    """Install an .argosmodel file, or a folder with the same content, into `folder` (default: the user's).

    A package of the same name is replaced, at once and only when the new one is complete. Raises ModelError,
    and installs nothing, where the file is not a package or holds anything that has no place in one.
    """
    folder = user_folder() if folder is None else folder
    with _workshop(folder) as workshop:
        fresh = _copied(source, workshop) if source.is_dir() else _unpacked(source, workshop)
        read = read_package(fresh)
        if not read:
            raise ModelError(f"{source} is a package, but not one that translates; nothing was installed.")
        _replace(fresh, folder / fresh.name, workshop)
    return read_package(folder / fresh.name)[0]


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A passing folder beside `folder`, not in it: Argos takes all that lies in there for packages."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".workbench-", dir=folder.parent))
    except OSError as error:
        raise ModelError(f"Packages cannot be installed in {folder} ({error}); choose another folder.") from error
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _replace(fresh: Path, place: Path, workshop: Path) -> None:
    try:
        if place.exists():
            place.rename(workshop / "replaced")
        fresh.rename(place)
    except OSError as error:
        raise ModelError(f"{place} cannot be replaced ({error}); close what uses it and try again.") from error


def _copied(source: Path, workshop: Path) -> Path:
    if any(path.is_symlink() for path in source.rglob("*")):
        raise ModelError(f"{source} holds symbolic links, which no package needs; nothing was installed.")
    try:
        return Path(shutil.copytree(source, workshop / source.resolve().name))
    except (OSError, shutil.Error) as error:
        raise ModelError(f"{source} cannot be copied ({error}); nothing was installed.") from error


def _unpacked(source: Path, workshop: Path) -> Path:
    """The package's folder, unpacked in the workshop."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = _checked(source, archive.infolist())
            _extract(archive, members, workshop)
    except FileNotFoundError as error:
        raise ModelMissingError(f"There is no file {source}; check the path.") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{source} is not a complete .argosmodel file ({error}); download it again.") from error
    return workshop / PurePosixPath(members[0].filename).parts[0]


def _checked(source: Path, members: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The archive's files, provided that they are what a package is made of. Raises ModelError otherwise."""
    files = [member for member in members if not member.is_dir()]
    bad = next((member.filename for member in members if not _harmless(member)), None)
    if bad is not None:
        raise ModelError(f"{source} holds {bad!r}, which would land outside; nothing was installed.")
    if len(files) > _MOST_FILES or sum(member.file_size for member in files) > _MOST_BYTES:
        raise ModelError(f"{source} unpacks to more than any package holds; nothing was installed.")
    tops = {PurePosixPath(member.filename).parts[0] for member in files}
    if len(tops) != 1 or not any(member.filename.endswith("/metadata.json") for member in files):
        raise ModelError(f"{source} is no Argos package: one folder with a metadata.json is expected in it.")
    return files


def _harmless(member: zipfile.ZipInfo) -> bool:
    """A plain file or folder below the archive's root, on every system."""
    name = member.filename
    parts = PurePosixPath(name).parts
    mode = member.external_attr >> 16
    plain = not stat.S_IFMT(mode) or stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    return plain and bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & set("\\:\0")


def _extract(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], folder: Path) -> None:
    budget = _MOST_BYTES
    for member in members:
        target = folder.joinpath(*PurePosixPath(member.filename).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as packed, target.open("xb") as file:
            budget -= _copy(packed, file, budget)


def _copy(source: IO[bytes], target: IO[bytes], limit: int) -> int:
    """Copy and return the number of bytes; sizes that an archive or a server states may be lies."""
    size = 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > limit:
            raise ModelError(f"A package of more than {_MOST_BYTES >> 30} GiB is not taken; nothing was installed.")
        target.write(block)
    return size


def remove(package: Package) -> None:
    """Delete a package that the user installed. Raises ModelError for a bundled one."""
    if package.bundled:
        raise ModelError(f"{package.name} comes with the workbench and stays; a package you install goes before it.")
    try:
        shutil.rmtree(package.path)
    except OSError as error:
        raise ModelError(f"{package.path} cannot be removed ({error}); close what uses it.") from error


def pack(package: Package, target: Path) -> Path:
    """Write a package, shared files included, as an .argosmodel file that stock Argos Translate installs."""
    top = PurePosixPath(f"translate-{package.from_code}_{package.to_code}-{package.version.replace('.', '_')}")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(package.path.rglob("*")):
            if path.is_file():
                archive.write(path, str(top / path.relative_to(package.path).as_posix()))
        if package.model.parent != package.path:
            for path in sorted(file for file in package.model.iterdir() if file.is_file()):
                archive.write(path, str(top / "model" / path.name))
        if package.tokenizer.parent != package.path:
            archive.write(package.tokenizer, str(top / package.tokenizer.name))
    return target


def verify(package: Package) -> list[str]:
    """What is wrong with the package's files, one sentence each, by the SHA256SUMS beside or above them.

    [] where all digests are right. A package without SHA256SUMS, as Argos's own are, cannot be verified: then
    the one sentence says so.
    """
    sums = next((f / SUMS for f in (package.path, package.path.parent) if (f / SUMS).is_file()), None)
    if sums is None:
        return [f"{package.name} has no {SUMS}, so its files cannot be verified."]
    problems = []
    for digest, name in _sums(sums):
        path = sums.parent / name
        if not _belongs(path, package):
            continue
        if not path.is_file():
            problems.append(f"{path} is missing; install {package.name} again.")
        elif sha256(path) != digest:
            problems.append(f"{path} is not the file that {SUMS} describes; install {package.name} again.")
    return problems


def _sums(path: Path) -> Iterator[tuple[str, str]]:
    """(digest, file name) of each line, in the format of the sha256sum command."""
    for line in path.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.strip().partition(" ")
        if name:
            yield digest.lower(), name.strip().removeprefix("*")


def _belongs(path: Path, package: Package) -> bool:
    return path == package.tokenizer or any(path.is_relative_to(f) for f in (package.path, package.model))


def sha256(path: Path) -> str:
    """The digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def install_from_index(src: str, tgt: str, folder: Path | None = None, progress: Progress = silent) -> Package:
    """Download the newest package for a language pair from Argos's own index, and install it.

    Uses the network. Raises ModelMissingError where the index has no such package, ModelError where it cannot
    be reached.
    """
    folder = user_folder() if folder is None else folder
    entry = _newest(_index(), src, tgt)
    links = [link for link in entry.get("links", []) if str(link).startswith("https://")]
    pair = f"{entry['from_code']}_{entry['to_code']}"
    with _workshop(folder) as workshop:
        path = workshop / f"{pair}.argosmodel"
        errors = []
        for link in links:
            try:
                _download(str(link), path, progress)
                return install(path, folder)
            except OSError as error:
                errors.append(f"{link}: {error}")
    raise ModelError(f"The package {pair} could not be downloaded ({'; '.join(errors) or 'no link'}); try later.")


def _index() -> list[dict[str, Any]]:
    from urllib.request import urlopen

    address = os.environ.get("ARGOS_PACKAGE_INDEX", INDEX).rstrip("/") + "/index.json"
    try:
        with urlopen(address, timeout=_TIMEOUT) as answer:
            index = json.loads(answer.read(_MOST_BYTES >> 6))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The package index {address} cannot be read ({error}); connect to the network, or get the "
            ".argosmodel file another way and run `python -m workbench models install FILE`."
        ) from error
    return [entry for entry in index if isinstance(entry, dict)] if isinstance(index, list) else []


def _newest(index: Sequence[dict[str, Any]], src: str, tgt: str) -> dict[str, Any]:
    starts, ends = lang.argos_codes(src), lang.argos_codes(tgt)
    fitting = [entry for entry in index if entry.get("from_code") in starts and entry.get("to_code") in ends]
    if not fitting:
        raise ModelMissingError(
            f"Argos's index has no package from {lang.display_name(src)} to {lang.display_name(tgt)}; "
            "two packages through English do as well."
        )
    return max(fitting, key=lambda entry: _rank(entry, starts, ends))


def _rank(entry: dict[str, Any], starts: Sequence[str], ends: Sequence[str]) -> tuple[int, int, list[int]]:
    numbers = [int(n) for n in str(entry.get("package_version", "")).split(".") if n.isdigit()]
    return -starts.index(entry["from_code"]), -ends.index(entry["to_code"]), numbers


def _download(link: str, target: Path, progress: Progress) -> None:
    from urllib.request import urlopen

    with urlopen(link, timeout=_TIMEOUT) as answer, target.open("wb") as file:
        total = int(answer.headers.get("Content-Length") or 0)
        done = 0
        while block := answer.read(_BLOCK):
            done += len(block)
            if done > _MOST_BYTES:
                raise ModelError(f"{link} is larger than any package; the download was stopped.")
            file.write(block)
            progress("download", done, max(total, done))
