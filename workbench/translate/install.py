"""Packages in and out: install, remove, verify, and pack as a file that Argos Translate itself installs.

Only `install_from_index` uses the network, and nothing calls it but a user's explicit command.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from workbench import folders, lang
from workbench.datatypes import Progress, silent
from workbench.errors import InputError, ModelError, ModelMissingError
from workbench.settings import Settings
from workbench.translate.package import Package, read_package, user_folder
from workbench.translate.translator import PackageTranslator

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
_ENDING = ".argosmodel"
_BLOCK = 1 << 20
_TIMEOUT = 30  # seconds without an answer


def install(source: Path, folder: Path | None = None) -> Package:
    """Install an .argosmodel file, or another archive or a folder with the same content, into `folder`.

    It is the user's unless another is named. A folder may share its model with others beside it, as a training leaves
    them: then it is installed whole, under the name that `pack` gives. A package of the same name and for the same
    languages is replaced, at once and only when the new one is complete and has translated a word. Raises ModelError,
    and installs nothing, where the file is not a package or holds anything that has no place in one, InputError where a
    folder cannot be called so.
    """
    folder = user_folder() if folder is None else folder
    with folders.workshop(folder) as workshop:
        fresh = _copied(source, workshop) if source.is_dir() else _unpacked(source, workshop)
        try:
            _prove(fresh)
            _check_place(folder / fresh.name, read_package(fresh)[0])
        except ModelError as error:
            said = str(error).replace(f"{fresh.parent}{os.sep}", "")
            raise ModelError(f"Nothing was installed from {source}: {said}") from error
        folders.put(fresh, folder / fresh.name, workshop)
    return read_package(folder / fresh.name)[0]


def _copied(source: Path, workshop: Path) -> Path:
    """A copy of a package's folder in the workshop, with what it shares with others of the folder above it."""
    try:
        sharing = [package for package in read_package(source) if package.model.parent != source]
    except ModelError:  # which is told of the copy, as of archives
        sharing = []
    if not sharing:
        return folders.copied(source, workshop / "copied" / source.resolve().name)
    if (source.parent / folders.SUMS).is_file() and (wrong := verify(sharing[0])):
        raise ModelError(f"Nothing was installed from {source}: {wrong[0]}")
    return _unpacked(pack(sharing[0], workshop / "packed"), workshop)


def _prove(fresh: Path) -> None:
    """Raise an error where a package cannot be used; give it its sums where it can."""
    folders.checked_name(fresh.name)
    read = read_package(fresh)
    if not read:
        raise ModelError("This is a package, but not one that translates.")
    for code in (read[0].from_code, read[0].to_code):
        _check_code(code)
    folders.seal(fresh)
    try:
        PackageTranslator(read[0], Settings()).translate(["a"])
    except ModelError:
        raise
    except Exception as error:  # whatever the libraries make of what is none of theirs
        raise ModelError(f"{fresh.name} cannot translate ({str(error).splitlines()[0]}).") from error


def _check_place(place: Path, fresh: Package) -> None:
    """Raise ModelError where a package for other languages is called so: nobody wants that one replaced."""
    try:
        there = read_package(place)
    except ModelError:  # none, or half of one
        return
    if there and there[0].pair != fresh.pair:
        raise ModelError(
            f"{place.name} is installed already and leads from {there[0].from_code} to {there[0].to_code}, this from "
            f"{fresh.from_code} to {fresh.to_code}; rename the folder of this one, or remove that one first."
        )


def _check_code(code: str) -> None:
    """Raise ModelError for a code by which no document's language is looked up: the package would never be used."""
    try:
        known = lang.argos_codes(code)
    except InputError as error:
        raise ModelError(f"Its metadata.json names {code!r}, which is the code of no language.") from error
    if code not in known:
        raise ModelError(f"Its metadata.json names {code!r}, which is {known[0]!r} for Argos Translate; correct it.")


def looks_like_one(source: Path) -> bool:
    """Whether a file or folder is meant as an Argos package, whatever it is called, rather than as another model."""
    if not source.is_file():
        return source.suffix == _ENDING or (source / "metadata.json").is_file()
    held = (PurePosixPath(name).parts for name in folders.names(source))
    return source.suffix.lower() == _ENDING or any(
        len(parts) <= 2 and parts[-1:] == ("metadata.json",) for parts in held
    )


def _unpacked(source: Path, workshop: Path) -> Path:
    """The package's folder, unpacked in the workshop."""
    tops = list(folders.unpacked(source, workshop / "unpacked").iterdir())
    if len(tops) != 1 or not (tops[0] / "metadata.json").is_file():
        raise ModelError(f"{source} is no Argos package: one folder with a metadata.json is expected in it.")
    return tops[0]


def remove(package: Package) -> None:
    """Delete a package that the user installed. Raises ModelError for a bundled one."""
    if package.bundled:
        raise ModelError(f"{package.name} comes with the workbench and stays; a package you install goes before it.")
    folders.delete(package.path)


def pack(package: Package, target: Path) -> Path:
    """Write a package, shared files included, as an .argosmodel file that stock Argos Translate installs.

    `target`: a file whose name ends in .argosmodel, or else a folder for one with Argos's own kind of name; folders are
    made where they are missing. What was there is replaced when the new file is complete. Raises ModelError where it
    cannot be written.
    """
    version = re.sub(r"[^\w-]", "_", package.version)
    name = f"translate-{package.from_code}_{package.to_code}-{version}"
    is_file = target.suffix == _ENDING and not target.is_dir()
    target = target if is_file else target / f"{name}{_ENDING}"
    parts = {path.relative_to(package.path): path for path in package.path.rglob("*") if path.is_file()}
    parts |= {Path("model") / path.name: path for path in package.model.iterdir() if path.is_file()}
    parts |= {Path(package.tokenizer.name): package.tokenizer}
    parts.pop(Path(folders.SUMS), None)
    try:
        with folders.whole(target) as temporary:
            _zip(temporary, name, parts)
    except OSError as error:
        raise ModelError(f"{target} cannot be written ({error}); choose another place.") from error
    return target


def _zip(file: Path, name: str, parts: Mapping[Path, Path]) -> None:
    """An archive of one folder, `name`, with its sums; `parts`: the files, by their place in it."""
    # A file may be older than ZIP can say, as in a checkout whose times are all zero.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
        for place, path in sorted(parts.items()):
            archive.write(path, f"{name}/{place.as_posix()}")
        sums = (f"{folders.sha256(path)}  {place.as_posix()}\n" for place, path in sorted(parts.items()))
        archive.writestr(f"{name}/{folders.SUMS}", "".join(sums))


def verify(package: Package) -> list[str]:
    """What is wrong with the package's files, one sentence each, by the SHA256SUMS beside or above them.

    [] where all digests are right. A package without SHA256SUMS, as Argos's own are, cannot be verified: then
    the one sentence says so.
    """
    home = next((f for f in (package.path, package.path.parent) if (f / folders.SUMS).is_file()), None)
    if home is None:
        return [f"{package.name} has no {folders.SUMS}, so its files cannot be verified."]
    sums = {path: digest for path, digest in folders.read_sums(home).items() if _belongs(path, package)}
    return [f"{fault}." for fault in folders.faults(sums)]


def _belongs(path: Path, package: Package) -> bool:
    return path == package.tokenizer or any(path.is_relative_to(f) for f in (package.path, package.model))


def install_from_index(src: str, tgt: str, folder: Path | None = None, progress: Progress = silent) -> Package:
    """Download the newest package for a language pair from Argos's own index, and install it.

    Uses the network. The index has no checksums: what protects the download is the encrypted connection, and the
    checks of `install`. Raises ModelMissingError where the index has no such package, ModelError where it cannot be
    reached.
    """
    folder = user_folder() if folder is None else folder
    address = os.environ.get("ARGOS_PACKAGE_INDEX", INDEX).rstrip("/") + "/index.json"
    entry = _newest(_index(address), src, tgt)
    # Whoever names an index of their own on a plain server takes packages from plain servers, too.
    trusted = {"https", urlsplit(address).scheme}
    links = [link for link in entry.get("links", []) if urlsplit(str(link)).scheme in trusted]
    pair = f"{entry['from_code']}_{entry['to_code']}"
    with folders.workshop(folder) as workshop:
        path = workshop / f"{pair}.argosmodel"
        errors = []
        for link in links:
            try:
                _download(str(link), path, progress)
                return install(path, folder)
            except (OSError, HTTPException) as error:
                errors.append(f"{link}: {error}")
    raise ModelError(f"The package {pair} could not be downloaded ({'; '.join(errors) or 'no link'}); try later.")


def _index(address: str) -> list[dict[str, Any]]:
    from urllib.request import urlopen

    try:
        with urlopen(address, timeout=_TIMEOUT) as answer:
            index = json.loads(answer.read(folders.MOST_BYTES >> 6))
    except (OSError, ValueError, HTTPException) as error:
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
            if done > folders.MOST_BYTES:
                raise ModelError(f"{link} is larger than any package; the download was stopped.")
            file.write(block)
            progress("download", done, max(total, done))
