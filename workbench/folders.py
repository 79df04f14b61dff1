"""Files and folders put in place whole or not at all, archives safely unpacked, and what is checked by its sums."""

from __future__ import annotations

import hashlib
import lzma
import secrets
import shutil
import stat
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from workbench.errors import InputError, ModelError, ModelMissingError

SUMS = "SHA256SUMS"
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2")
ARCHIVES = (".zip", *_TARS)
# The largest models are some 2 GB in a few dozen files.
MOST_BYTES = 4 << 30
_MOST_FILES = 2000
_LONGEST_NAME = 200  # characters, folders included
_BLOCK = 1 << 20
_PASSING = ".workbench-"
_ASIDE = "replaced"
_DAY = 86400  # seconds; nothing takes so long to install
# What a Mac adds to every archive.
_MACS = frozenset({"__MACOSX", ".DS_Store"})


@contextmanager
def whole(place: Path) -> Iterator[Path]:
    """A file beside `place` to write to, which takes its place at the end; where something fails, it goes and what was
    there stays. Folders are made where they are missing. Raises OSError."""
    temporary = place.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(place)
    finally:
        with suppress(OSError):
            temporary.unlink()


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A passing folder beside `folder`, not in it: all that lies in there is taken for models.

    What somebody's death left of earlier ones goes away.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        recover(folder)
        place = Path(tempfile.mkdtemp(prefix=_PASSING, dir=folder.parent))
        for old in folder.parent.glob(f"{_PASSING}*"):
            with suppress(FileNotFoundError):  # another installation may end just now
                if old.stat().st_mtime < time.time() - _DAY:
                    shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ModelError(f"Models cannot be installed in {folder} ({error}); choose another folder.") from error
    try:
        yield place
    finally:
        recover(folder)
        shutil.rmtree(place, ignore_errors=True)


def put(fresh: Path, place: Path, workshop: Path) -> None:
    """Move a finished folder to its place; what stood there ends in the workshop, from which `recover` brings it back
    where the new one did not come."""
    aside = workshop / _ASIDE / place.parent.name / place.name
    try:
        if place.exists():
            aside.parent.mkdir(parents=True)
            place.rename(aside)
        fresh.rename(place)
    except OSError as error:
        raise ModelError(f"{place} cannot be replaced ({error}); close what uses it and try again.") from error


def recover(folder: Path) -> None:
    """Bring back what `put` moved out of a folder, or out of one beside it, before it was ended, even by `kill -9`."""
    for old in folder.parent.glob(f"{_PASSING}*/{_ASIDE}/*/*"):
        place = folder.parent / old.parent.name / old.name
        with suppress(OSError):  # another start may do so just now
            if place.exists():
                shutil.rmtree(old)
            else:
                old.rename(place)


def delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise ModelError(f"{folder} cannot be removed ({error}); close what uses it.") from error


def copied(source: Path, target: Path) -> Path:
    """A copy of a folder of plain files. Raises ModelError where it holds a symbolic link."""
    if any(path.is_symlink() for path in source.rglob("*")):
        raise ModelError(f"{source} holds symbolic links, which no model needs; nothing was installed.")
    try:
        return Path(shutil.copytree(source, target))
    except (OSError, shutil.Error) as error:
        raise ModelError(f"{source} cannot be copied ({error}); nothing was installed.") from error


@dataclass(frozen=True, slots=True)
class _Member:
    """What an archive holds. `plain`: a file or a folder, no link and no device."""

    name: str
    plain: bool
    folder: bool
    size: int
    open: Callable[[], IO[bytes] | None]


def unpacked(source: Path, target: Path) -> Path:
    """Unpack a ZIP or TAR archive, whatever it is called, into `target`, a new folder, and return it.

    Raises ModelMissingError where there is no such file, and ModelError where it is damaged, leads out of the
    folder, holds anything but files and folders, or one of them twice, or unpacks to more than any model.
    """
    if source.exists() and not source.is_file():
        raise ModelError(f"{source} is no file; name an archive or a folder.")
    target.mkdir()
    try:
        with _opened(source) as members:
            _extract(source, members, target)
    except FileNotFoundError as error:
        raise ModelMissingError(f"There is no file {source}; check the path.") from error
    except ModelError:
        raise
    except OSError as error:
        if error.errno is None:  # as gzip and bzip2 tell of damage
            raise _torn(source, error) from error
        raise ModelError(
            f"{source} cannot be unpacked ({error}); nothing was installed. Make room, or see who may read it."
        ) from error
    except _DAMAGE as error:
        raise _torn(source, error) from error
    return target


_DAMAGE = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(NotImplementedError, EOFError, RuntimeError, ValueError),
)


def _torn(source: Path, error: Exception) -> ModelError:
    return ModelError(f"{source} is not a complete archive ({error}); download it again.")


def names(source: Path) -> Iterator[str]:
    """The paths of what an archive holds, as far as it can be read and no model holds more; none where it is none."""
    left = MOST_BYTES
    with suppress(*_DAMAGE, OSError), _opened(source) as members:
        for member in islice(members, _MOST_FILES):
            yield member.name
            left -= member.size
            if left < 0:
                return


@contextmanager
def _opened(source: Path) -> Iterator[Iterator[_Member]]:
    # A TAR archive may end in a ZIP archive that it holds, no ZIP archive begins as one.
    if tarfile.is_tarfile(source):
        with tarfile.open(source) as tar:
            yield (
                _Member(
                    item.name, item.isreg() or item.isdir(), item.isdir(), item.size, partial(tar.extractfile, item)
                )
                for item in tar
            )
            _read_to_the_end(tar)
    else:
        with zipfile.ZipFile(source) as archive:
            yield (_zipped(archive, item) for item in archive.infolist())


def _zipped(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> _Member:
    name = item.filename  # of damage perhaps nothing, on which `is_dir` fails
    return _Member(name, _is_plain(item), name.endswith("/"), item.file_size, partial(archive.open, item))


def _read_to_the_end(tar: tarfile.TarFile) -> None:
    """What compresses an archive says only there whether all of it was right."""
    assert tar.fileobj is not None
    for _ in range(MOST_BYTES // _BLOCK):
        if not tar.fileobj.read(_BLOCK):
            return


def _is_plain(member: zipfile.ZipInfo) -> bool:
    mode = member.external_attr >> 16
    return not stat.S_IFMT(mode) or stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _extract(source: Path, members: Iterable[_Member], folder: Path) -> None:
    budget, files = MOST_BYTES, 0
    for member in members:
        parts = PurePosixPath(member.name).parts
        if len(member.name) > _LONGEST_NAME:
            raise ModelError(f"{source} holds a name of {len(member.name):,} characters; nothing was installed.")
        if _MACS & set(parts) or (member.folder and not parts):  # the latter is the archive's own root
            continue
        if not member.plain or not _stays_inside(member.name):
            raise ModelError(f"{source} holds {member.name!r}, which would land outside; nothing was installed.")
        files += 1
        if files > _MOST_FILES or member.size > budget:
            raise ModelError(f"{source} unpacks to more than any model holds; nothing was installed.")
        if member.folder:
            continue
        place = folder.joinpath(*parts)
        packed = member.open()
        assert packed is not None
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            file = place.open("xb")
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise ModelError(f"{source} holds {member.name!r} more than once; nothing was installed.") from error
        with packed, file:
            budget -= _copy(source, packed, file, budget)


def _stays_inside(name: str) -> bool:
    """Whether a path stays below the archive's root, on every system."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & set("\\:\0")


def _copy(source: Path, packed: IO[bytes], file: IO[bytes], limit: int) -> int:
    """Copy and return the number of bytes; sizes that an archive states may be lies."""
    size = 0
    while block := packed.read(_BLOCK):
        size += len(block)
        if size > limit:
            raise ModelError(f"{source} unpacks to more than any model holds; nothing was installed.")
        file.write(block)
    return size


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sums(folder: Path) -> dict[Path, str]:
    """Digest of each file that the folder's SHA256SUMS names; empty where there is none."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.strip().partition(" ") for line in lines)
    return {folder / name.strip().removeprefix("*"): digest.lower() for digest, _, name in pairs if name}


def write_sums(folder: Path) -> None:
    """SHA256SUMS of everything in the folder but cards (.md), which are written later, as `sha256sum` writes it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files if path.suffix != ".md"]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def seal(folder: Path) -> None:
    """Check a folder by its SHA256SUMS, or give it one. Raises ModelError where a file is not what its sum says."""
    wrong = next(faults(read_sums(folder)), None)
    if wrong is not None:
        raise ModelError(f"{wrong}; nothing was installed.")
    write_sums(folder)


def faults(sums: Mapping[Path, str]) -> Iterator[str]:
    """A sentence for each file that is missing or is not what its sum says."""
    for path, digest in sums.items():
        if not path.is_file():
            yield f"{path} is missing"
        elif sha256(path) != digest:
            yield f"{path} is not the file that {SUMS} describes"


def checked_name(name: str) -> str:
    """A name that is a folder's on every system, and a command's argument. Raises InputError."""
    if not name or name.startswith((".", "-")) or not all(ch.isalnum() or ch in "._-" for ch in name):
        raise InputError(f"{name!r} cannot be a model's name; rename it to letters, digits, dots and hyphens")
    return name


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
