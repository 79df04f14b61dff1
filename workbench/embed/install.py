"""Sentence encoders in and out: from the hub, from a folder or an archive, and away again.

Only `download` uses the network, and nothing calls it but a user's explicit command.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import folders
from workbench.embed.encoder import load
from workbench.errors import ModelError

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling

# What a model is made of; weights in other formats, code and demonstrations stay away.
_PARTS = ("*.json", "*.txt", "*.model", "*.md", "*model.safetensors")
_ELSEWHERE = ("onnx/*", "openvino/*", ".*")
_TIMEOUT = 30  # seconds without an answer


def installed(folder: Path) -> list[Path]:
    """The folders of the encoders that are installed in `folder`."""
    folders.recover(folder)
    return sorted(path.parent for path in folder.glob("*/modules.json"))


def install(source: Path, folder: Path, pinned: Mapping[str, str], name: str) -> Path:
    """Install a sentence-transformers model from a folder or an archive into `folder`, under its name.

    `pinned`: SHA-256 by path, as far as they are known beforehand. A model of the same name is replaced, at once and
    only when the new one is complete. Raises ModelError, and installs nothing, where the source is none or differs.
    """
    name = folders.checked_name(name or name_of(source))
    with folders.workshop(folder) as workshop:
        found = source if source.is_dir() else _root(folders.unpacked(source, workshop / "unpacked"))
        fresh = _gathered(found, workshop / "model", str(source))
        return _admit(fresh, folder / name, pinned, workshop)


def download(repo: str, revision: str, folder: Path, pinned: Mapping[str, str], endpoint: str | None) -> Path:
    """Install a model from the Hugging Face hub, as it was at a revision (a full commit), into `folder`.

    Every file is checked by the sum that the hub states for it, and by `pinned`. Raises ModelError where the hub
    cannot be reached or something else came than was said.
    """
    name = folders.checked_name(repo.rpartition("/")[2])
    with folders.workshop(folder) as workshop:
        fetched = _fetched(repo, revision, workshop / "download", endpoint)
        return _admit(_gathered(fetched, workshop / "model", repo), folder / name, pinned, workshop)


def name_of(source: Path) -> str:
    """What a model in a folder or an archive is called."""
    name = source.resolve().name
    endings = [] if source.is_dir() else [end for end in folders.ARCHIVES if name.lower().endswith(end)]
    return name[: len(name) - len(endings[0])] if endings else name


def remove(path: Path) -> None:
    """Delete an installed encoder."""
    folders.delete(path)


def verify(path: Path) -> list[str]:
    """What is wrong with an installed encoder, one sentence each; [] where all is as it was installed."""
    return [f"{fault}; install {path.name} again" for fault in folders.faults(folders.read_sums(path))]


def _root(unpacked: Path) -> Path:
    """Where in an unpacked archive the model lies: at the top or in the one folder there."""
    inside = [path for path in unpacked.iterdir() if path.is_dir()]
    return inside[0] if not (unpacked / "modules.json").exists() and len(inside) == 1 else unpacked


def _gathered(source: Path, target: Path, asked: str) -> Path:
    """A copy of those files of a folder that a model is made of; `asked`: what a user calls it."""
    if not (source / "modules.json").is_file():
        raise ModelError(f"{asked} is no sentence-transformers model: it has no modules.json; nothing was installed.")
    try:
        for path in _wanted(source):
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    except OSError as error:
        raise ModelError(f"{source} cannot be copied ({error}); nothing was installed.") from error
    return target


def _wanted(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.is_file() and _is_part(name):
            yield path


def _is_part(name: str) -> bool:
    return any(fnmatch(name, part) for part in _PARTS) and not any(fnmatch(name, other) for other in _ELSEWHERE)


def _admit(fresh: Path, place: Path, pinned: Mapping[str, str], workshop: Path) -> Path:
    """Put a gathered model in its place, provided that it is what it should be and can be used."""
    wrong = next(folders.faults({fresh / name: digest for name, digest in pinned.items()}), None)
    if wrong is not None:
        raise ModelError(
            f"{place.name} is not the official model ({wrong.removeprefix(str(fresh)).lstrip(os.sep)}); "
            "nothing was installed. Another model needs another name."
        )
    folders.seal(fresh)
    try:
        load(fresh, place.name).encode(["one sentence"])
    except ModelError as error:
        raise ModelError(str(error).replace(str(fresh), place.name)) from error
    except Exception as error:  # whatever the libraries make of files that are none of theirs
        raise ModelError(f"{place.name} cannot be loaded ({error}); nothing was installed.") from error
    folders.put(fresh, place, workshop)
    return place


def _fetched(repo: str, revision: str, target: Path, endpoint: str | None) -> Path:
    """The files of a model, checked by the hub's own sums."""
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    try:
        about = HfApi(endpoint, token=False).model_info(repo, revision=revision, files_metadata=True, timeout=_TIMEOUT)
        files = [file for file in about.siblings or () if _is_part(file.rfilename)]
        snapshot_download(
            repo,
            revision=revision,
            local_dir=target,
            allow_patterns=[file.rfilename for file in files],
            token=False,
            endpoint=endpoint,
        )
    except HfHubHTTPError as error:
        raise ModelError(
            f"The hub does not give {repo} at {revision[:12]} ({str(error).splitlines()[0]}); try later."
        ) from error
    except Exception as error:
        # The library's own network errors change from version to version.
        raise ModelError(
            f"{repo} cannot be downloaded ({type(error).__name__}); connect to the network, or get the folder of the "
            "model another way and run `python -m workbench models install FOLDER`."
        ) from error
    for file in files:
        if not _is_as_listed(target / file.rfilename, file):
            raise ModelError(
                f"{file.rfilename} of {repo} came incomplete or changed; nothing was installed, try again."
            )
    return target


def _is_as_listed(path: Path, file: RepoSibling) -> bool:
    """Whether a file is what the hub lists: by SHA-256 where it is large, else by the id that git gives it."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    if file.lfs is not None:
        return folders.sha256(path) == file.lfs.sha256
    blob = hashlib.sha1(b"blob %d\0" % file.size + path.read_bytes(), usedforsecurity=False)
    return blob.hexdigest() == file.blob_id
