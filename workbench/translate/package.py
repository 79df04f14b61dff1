"""Argos Translate packages: where they are, what they translate, and which of them lead from here to there.

Read from their folders alone: importing argostranslate's own settings would create folders in the home
directory.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from workbench import lang
from workbench.errors import InputError, ModelError, ModelMissingError
from workbench.folders import recover

_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_CODE = re.compile(r"[\w-]+", re.ASCII)
_SAMPLE = 1 << 16
_SAMPLES = 16


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package. Codes are Argos's own ("zt" is Traditional Chinese).

    `model_id` names language pair, version and a fingerprint of the weights, so that a model that was
    replaced in place is another model. `size` is in bytes. `model` and `tokenizer` may be shared with
    other packages of the same folder.
    """

    from_code: str
    to_code: str
    name: str
    version: str
    path: Path
    bundled: bool
    model_id: str
    size: int
    quality_note: str
    model: Path
    tokenizer: Path
    target_prefix: str = ""

    @property
    def pair(self) -> str:
        """Both codes, as "fr>en"."""
        return f"{self.from_code}>{self.to_code}"

    @property
    def is_draft(self) -> bool:
        """Whether it says so of itself."""
        return "draft" in self.quality_note.lower()


def user_folder() -> Path:
    """Where Argos Translate 1.11 keeps the user's packages; the same rule on every system."""
    home = Path(os.environ["SNAP_USER_DATA"]) if "SNAP" in os.environ else Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    config = Path(os.environ.get("XDG_CONFIG_HOME", home / ".config")) / "argos-translate" / "settings.json"
    chosen = os.environ.get("ARGOS_PACKAGES_DIR") or _json_object(config).get("ARGOS_PACKAGES_DIR")
    return Path(str(chosen)) if chosen else data / "argos-translate" / "packages"


def shelves(models: Path) -> list[Path]:
    """The folders right below `models` that hold packages, in order of their names."""
    return sorted({found.parent.parent for found in models.glob("*/*/metadata.json")})


def packages(bundled: Sequence[Path], installed: Sequence[Path] | None = None) -> list[Package]:
    """The packages in the `bundled` folders and in the user's (`installed`, default: Argos's own)."""
    return scan(bundled, installed)[0]


@dataclass(frozen=True, slots=True)
class Broken:
    """A folder that looks like a package but cannot be used. `why`: a sentence."""

    path: Path
    why: str
    bundled: bool


def scan(bundled: Sequence[Path], installed: Sequence[Path] | None = None) -> tuple[list[Package], list[Broken]]:
    """Packages as in `packages`, and every folder that looks like one but cannot be used."""
    found: list[Package] = []
    problems: list[Broken] = []
    users = [user_folder()] if installed is None else installed
    for folder, ours in [*((f, True) for f in bundled), *((f, False) for f in users)]:
        for path in _package_folders(folder):
            try:
                found += read_package(path, ours)
            except ModelError as error:
                problems.append(Broken(path, str(error), ours))
    return found, problems


def _package_folders(folder: Path) -> Iterator[Path]:
    recover(folder)
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if (path / "metadata.json").is_file())


def read_package(path: Path, bundled: bool = False) -> list[Package]:
    """The package in the folder `path`: a list of one, or of none where it is not for translating.

    Raises ModelError where something is missing.
    """
    about = _json_object(path / "metadata.json")
    if about.get("type", "translate") != "translate":
        return []
    codes = about.get("from_code"), about.get("to_code")
    # Files that are packed are named by the codes.
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise ModelError(f"{path / 'metadata.json'} names no from_code and to_code; get the package again.")
    model = _own_or_shared(path, ("model",))
    tokenizer = _own_or_shared(path, _TOKENIZERS)
    version = str(about.get("package_version", ""))
    size = sum(file.stat().st_size for file in [*model.iterdir(), tokenizer] if file.is_file())
    return [
        Package(
            from_code=str(codes[0]),
            to_code=str(codes[1]),
            name=path.name,
            version=version,
            path=path,
            bundled=bundled,
            model_id=f"{codes[0]}_{codes[1]}-{version}-{_fingerprint([model / 'model.bin', tokenizer])}",
            size=size,
            quality_note=str(about.get("quality_note", "")),
            model=model,
            tokenizer=tokenizer,
            target_prefix=str(about.get("target_prefix", "")),
        )
    ]


def _own_or_shared(path: Path, names: Iterable[str]) -> Path:
    """The first of `names` in the package's folder, else in the one above, where bundled packages share."""
    for folder, name in product((path, path.parent), names):
        if (folder / name).exists() and (name != "model" or (folder / name / "model.bin").is_file()):
            return folder / name
    raise ModelError(f"The package {path} has no {' or '.join(names)}; get it again and install it.")


def _json_object(path: Path) -> Mapping[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _fingerprint(files: Sequence[Path]) -> str:
    """Eight hex digits from the sizes and from samples spread over the files: weights differ everywhere."""
    digest = hashlib.sha256()
    for path in files:
        size = path.stat().st_size
        digest.update(str(size).encode())
        with path.open("rb") as file:
            for offset in sorted({size * i // _SAMPLES for i in range(_SAMPLES)} | {max(0, size - _SAMPLE)}):
                file.seek(offset)
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:8]


def route(
    packages: Sequence[Package], src: str, tgt: str, preferred: Mapping[str, str] | None = None
) -> list[Package] | None:
    """The packages that lead from one language to the other: [] for one language, one, two through a third
    language (English if possible), or None where nothing leads there.

    `preferred` names a package, by name or model id, for a pair of codes ("fr>en"): that one comes first where it is
    there. Then a package of the user's before a bundled one, since whoever installed another chose it; then the
    better fitting code ("zt" before "zh") and the newer version.
    """
    if lang.same_language(src, tgt):
        return []
    starts, ends = lang.argos_codes(src), lang.argos_codes(tgt)
    wanted = preferred or {}
    direct = [p for p in packages if p.from_code in starts and p.to_code in ends]
    if direct:
        return [min(direct, key=lambda p: _preference(p, starts, ends, wanted))]
    pairs = [
        [first, second]
        for first, second in product(packages, packages)
        if first.from_code in starts and second.to_code in ends and first.to_code == second.from_code
    ]
    return min(pairs, key=lambda pair: _pivot_preference(pair[0], pair[1], starts, ends, wanted), default=None)


_Preference = tuple[bool, bool, int, int, bool, tuple[int, ...]]


def _preference(package: Package, starts: Sequence[str], ends: Sequence[str], wanted: Mapping[str, str]) -> _Preference:
    # The least is the newest; the end counts for more than any number, so that 1.9.1 is newer than 1.9.
    newest = *(-int(number) for number in re.findall(r"\d+", package.version)), 1
    start, end = starts.index(package.from_code), ends.index(package.to_code)
    unwanted = wanted.get(package.pair) not in (package.name, package.model_id)
    # A preference is for its own pair: what somebody wants for Simplified Chinese says nothing on Traditional.
    return unwanted or start + end > 0, package.bundled, start, end, unwanted, newest


def _pivot_preference(
    first: Package, second: Package, starts: Sequence[str], ends: Sequence[str], wanted: Mapping[str, str]
) -> tuple[bool, _Preference, _Preference]:
    middle = (first.to_code,)
    return middle != ("en",), _preference(first, starts, middle, wanted), _preference(second, middle, ends, wanted)


def require(packages: Sequence[Package], src: str, tgt: str) -> list[Package]:
    """As `route`, but raises ModelMissingError, which names the languages and the command to type."""
    found = route(packages, src, tgt)
    if found is None:
        raise missing(src, tgt)
    return found


def missing(src: str, tgt: str) -> ModelMissingError:
    """The error for a language pair that no installed package leads through."""
    codes = f"{lang.argos_codes(src)[0]} {lang.argos_codes(tgt)[0]}"
    return ModelMissingError(
        f"No translation model leads from {lang.display_name(src)} to {lang.display_name(tgt)}; "
        f"install one with `python -m workbench models install {codes}`."
    )


def tag(code: str) -> str:
    """The canonical tag of an Argos code; the code itself where it is of no known language."""
    try:
        return lang.from_argos(code)
    except InputError:
        return code
