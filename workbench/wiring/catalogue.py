"""What models there are: those that come with the workbench, and those that can be installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from workbench.errors import ModelError, ModelMissingError

Kind = Literal["translation", "encoder", "adapter"]
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured quality: on what, how good (higher is better), and the command that printed it."""

    on: str
    value: str
    command: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One model. `bundled`: its files are in this repository, below `name`.

    An adapter changes the English encoder a little. `languages`: tags of what it reads; empty where the source says it.
    `english`: an encoder for English alone.
    `size`: bytes on disk if bundled, of the download else, 0 where it varies. `files`: SHA-256 by path. `repo` and
    `revision`: where on the hub, at which commit. `prompt`: what the model wants before each text.
    """

    name: str
    kind: Kind
    licence: str
    source: str
    size: int = 0
    bundled: bool = False
    english: bool = False
    languages: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    repo: str = ""
    revision: str = ""
    prompt: str = ""
    note: str = ""
    install: str = ""
    quality: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    entries: tuple[Entry, ...]

    def find(self, name: str) -> Entry | None:
        """The entry of that name, in capitals or not."""
        return next((entry for entry in self.entries if entry.name.casefold() == name.casefold()), None)


def read(folder: Path) -> Catalogue:
    """The catalogue of a folder of models. Raises ModelMissingError where there is none, ModelError on nonsense."""
    path = folder / "catalogue.toml"
    try:
        models = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        return Catalogue(tuple(_entry(model) for model in models))
    except FileNotFoundError as error:
        raise ModelMissingError(
            f"there is no catalogue of models at {path}; name their folder in WORKBENCH_MODELS"
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise ModelError(f"{path} is damaged ({error}); get it again from the repository") from error


def _entry(fields: dict[str, Any]) -> Entry:
    languages, quality = fields.pop("languages", ()), fields.pop("quality", ())
    entry = Entry(**fields, languages=tuple(languages), quality=tuple(Figure(**figure) for figure in quality))
    if entry.kind not in get_args(Kind):
        raise ValueError(f"{entry.name}: {entry.kind!r} is no kind of model")
    if entry.repo and not _COMMIT.fullmatch(entry.revision):
        raise ValueError(f"{entry.name}: its revision is not a full commit")
    return entry
