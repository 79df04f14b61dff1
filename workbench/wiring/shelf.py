"""Which models are here and which could be, and bringing them in and out: behind `models` and the page About."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from workbench import folders, translate
from workbench.datatypes import Progress, silent
from workbench.embed import install as encoders
from workbench.errors import InputError, ModelError, ModelMissingError
from workbench.lang import canonical, display_name, from_argos
from workbench.settings import Settings
from workbench.translate import Package
from workbench.translate import install as packages
from workbench.wiring import preferences
from workbench.wiring.catalogue import Entry
from workbench.wiring.models import ENGLISH, MULTILINGUAL, TELLINGS, Models

BUNDLED, INSTALLED, REQUIRED = "bundled", "installed", "required package"
PREFERRED, USED, IDLE = "preferred", "used", "not used"


@dataclass(frozen=True, slots=True)
class Item:
    """A model that is here. `does`: in words; `comes`: where from; `state`: whether it is used; `size` in bytes."""

    name: str
    does: str
    comes: str
    state: str
    size: int
    licence: str
    note: str


def present(models: Models) -> list[Item]:
    """Everything that translates or compares, in that order."""
    return [_package_item(models, package) for package in models.packages] + _encoder_items(models)


def _package_item(models: Models, package: Package) -> Item:
    bundled = models.catalogue.find(package.path.parent.name) if package.bundled else None
    return Item(
        package.name,
        f"{language(package.from_code)} to {language(package.to_code)}",
        BUNDLED if package.bundled else INSTALLED,
        _package_state(models, package),
        package.size,
        bundled.licence if bundled else "stated in the package",
        package.quality_note,
    )


def _package_state(models: Models, package: Package) -> str:
    wanted = models.preferences.translation
    rivals = [other for other in models.packages if other.pair == package.pair]
    try:
        first = translate.route(rivals, package.from_code, package.to_code, wanted)
    except InputError:  # a code of no language that we know
        first = rivals[:1]
    if first != [package]:
        return IDLE
    return PREFERRED if wanted.get(package.pair) in (package.name, package.model_id) else USED


def _encoder_items(models: Models) -> list[Item]:
    items = []
    here = {path.name: path for path in encoders.installed(models.encoder_folder)}
    taught = [TELLINGS] if (models.folder / TELLINGS).is_dir() else []
    for name in (MULTILINGUAL, ENGLISH, *taught, *(name for name in here if name != ENGLISH)):
        entry = models.catalogue.find(name) or Entry(name, "encoder", "not known", "")
        used = name in (models.encoder_name, ENGLISH, TELLINGS)
        state = (PREFERRED if models.preferences.encoder == name else USED) if used else IDLE
        comes = BUNDLED if entry.bundled else INSTALLED if name in here else REQUIRED
        size = folders.size(here[name]) if name in here else entry.size
        items.append(Item(name, _compares(entry), comes, state, size, entry.licence, entry.note))
    return items


def _compares(entry: Entry) -> str:
    if entry.kind == "adapter":
        return "finds in English what two tellings of one event share"
    return "compares English with English" if entry.english else "compares across languages"


def offered(models: Models) -> list[Entry]:
    """What the catalogue names and is not here, with the words that `models install` takes in `install`."""
    here = {item.name.casefold() for item in present(models)}
    entries = (entry for entry in models.catalogue.entries if not entry.bundled and entry.name.casefold() not in here)
    return [replace(entry, install=entry.install or entry.name) for entry in entries]


def absent_preferences(models: Models) -> list[str]:
    """What is preferred but not here, so that something else is used."""
    names = {name for package in models.packages for name in (package.name, package.model_id)}
    names |= {path.name for path in encoders.installed(models.encoder_folder)} | {MULTILINGUAL, ""}
    return sorted({*models.preferences.translation.values(), models.preferences.encoder} - names)


def install(models: Models, what: Sequence[str], progress: Progress = silent) -> str:
    """Install what was asked for: a file or folder, a name of the catalogue, or two language codes.

    Returns what was done, in a sentence. Only a name and codes use the network. Raises InputError where it is none
    of these, ModelError where it cannot be had.
    """
    if len(what) == 1 and Path(what[0]).exists():
        return _install_local(models, Path(what[0]))
    if len(what) == 2 and all(map(_is_code, what)):
        package = packages.install_from_index(what[0], what[1], progress=progress)
        return f"{_installed(package)}; the index states no checksum to compare it with"
    entry = models.catalogue.find(what[0]) if len(what) == 1 else None
    if entry is None or not (entry.repo or entry.bundled):
        known = [entry.name for entry in models.catalogue.entries if entry.repo]
        names = ", ".join(get_close_matches(" ".join(what), known, n=1) or known)
        expected = f"one file or folder that exists, two language codes such as `fr en`, or one of {names}"
        raise InputError(f"{' '.join(what)}: expected {expected}")
    if entry.bundled:
        raise InputError(f"{entry.name} comes with the workbench; there is nothing to install")
    endpoint = os.environ.get("HF_ENDPOINT")
    path = encoders.download(entry.repo, entry.revision, models.encoder_folder, entry.files, endpoint)
    sums = "weights as pinned in the catalogue" if entry.files else "checked by the hub's own sums, none is pinned here"
    return f"installed {path.name} in {path}: commit {entry.revision[:12]}, {sums}; {_how_to_use(entry)}"


def _is_code(word: str) -> bool:
    """Whether it is the code of a language, so that it is worth asking the network for it."""
    try:
        return bool(canonical(word))
    except InputError:
        return False


def _install_local(models: Models, source: Path) -> str:
    if packages.looks_like_one(source):
        return _installed(packages.install(source))
    if several := translate.packages([source], []) if source.is_dir() else []:
        names = " or ".join(str(package.path) for package in several)
        raise InputError(f"{source} holds packages that are installed one by one; name {names}")
    entry = models.catalogue.find(encoders.name_of(source))
    if entry is not None and entry.bundled:
        raise InputError(f"{entry.name} is the name of a model that comes with the workbench; give it another name")
    pinned = entry.files if entry else {}
    path = encoders.install(source, models.encoder_folder, pinned, entry.name if entry else "")
    return f"installed {path.name} in {path}; {_how_to_use(entry or Entry(path.name, 'encoder', '', ''))}"


def _installed(package: Package) -> str:
    """With the languages, which nobody sees in a file's name."""
    pair = f"{language(package.from_code)} to {language(package.to_code)}"
    return f"installed {package.name} in {package.path}, from {pair}"


def _how_to_use(entry: Entry) -> str:
    command = f"python -m workbench models prefer {entry.name}"
    return "used where the required package is missing" if entry.english else f"use it with `{command}`"


def remove(models: Models, name: str) -> str:
    """Take an installed model away, and what was preferred of it. Raises ModelError for a bundled one."""
    broken = (each.path for each in translate.scan([])[1] if each.path.name == name)
    if path := next(broken, None):
        folders.delete(path)
        _forget(models, {name})
        return f"removed {name}"
    found = _find(models, name)
    if isinstance(found, Package):
        packages.remove(found)
    else:
        if found.parent != models.encoder_folder:
            raise ModelError(f"{name} comes with the workbench and stays; prefer another with `models prefer`")
        encoders.remove(found)
    _forget(models, _names(found))
    return f"removed {name}"


def _names(found: Package | Path) -> set[str]:
    """By which a model may be preferred."""
    return {found.name, found.model_id} if isinstance(found, Package) else {found.name}


def _forget(models: Models, names: Collection[str]) -> bool:
    """Prefer no model of these names any more; whether one was preferred."""
    left = models.preferences.without(names)
    if left == models.preferences:
        return False
    preferences.write(left, models.home)
    return True


def prefer(models: Models, name: str, wanted: bool = True) -> str:
    """Let a model go before all others for its language pair, or for comparing across languages; or no longer.

    Returns what holds now, in a sentence. Raises ModelMissingError where there is no such model, and none that is gone
    is preferred.
    """
    if not wanted and name in absent_preferences(models):
        _forget(models, {name})
        return f"{name}, which is not here, is no longer preferred"
    found = _find(models, name)
    if isinstance(found, Package):
        changed = models.preferences.with_translation(found.pair, name)
        task = f"{language(found.from_code)} to {language(found.to_code)}"
    else:
        entry = models.catalogue.find(name)
        if entry is not None and entry.english:
            raise InputError(f"{name} compares English only, and is used for that anyway; prefer a multilingual one")
        changed = replace(models.preferences, encoder=name if name != MULTILINGUAL else "")
        task = f"comparing across languages (how sure links are was learned with {MULTILINGUAL})"
    if not wanted:
        return f"{name} is {'no longer' if _forget(models, _names(found)) else 'not'} preferred for {task}"
    preferences.write(changed, models.home)
    return f"{name} is preferred for {task}; a running workbench takes it up when it is started again"


def pack(models: Models, name: str, target: Path) -> Path:
    """Write a translation package, bundled or installed, as a file that stock Argos Translate installs."""
    found = _find(models, name)
    if not isinstance(found, Package):
        raise InputError(f"{name} is no translation package; an encoder's folder can be copied as it is")
    return packages.pack(found, target)


def translator(models: Models, src: str, settings: Settings, name: str | None = None) -> translate.Translator:
    """What translates a language into English: the package of that name or in that folder, or else what the workbench
    uses. Raises ModelMissingError where there is none."""
    if name is None:
        found = models.route(src)
        if found is None:
            raise translate.missing(src, settings.pivot)
        return translate.load(found, settings, models.judge)
    package = _find(models, name) if not Path(name).is_dir() else next(iter(translate.read_package(Path(name))), None)
    if not isinstance(package, Package):
        raise InputError(f"{name} is no package that translates")
    return translate.load([package], settings, models.judge)


def _find(models: Models, name: str) -> Package | Path:
    """The package or encoder folder that is meant. Raises ModelMissingError where there is none, InputError if two."""
    found: list[Package | Path] = [package for package in models.packages if name in (package.name, package.model_id)]
    found += [path for path in encoders.installed(models.encoder_folder) if path.name == name]
    found += [models.folder / name] if name in (MULTILINGUAL, TELLINGS) else []
    if not found and name == ENGLISH:
        raise InputError(f"{name} comes with a Python package that the workbench needs; it is used, and stays")
    if len(found) > 1:
        ids = " or ".join(item.model_id for item in found if isinstance(item, Package))
        raise InputError(f"more than one model is called {name}; say {ids}")
    if not found:
        raise ModelMissingError(f"there is no model {name!r} here; {_meant(models, name)}")
    return found[0]


def _meant(models: Models, name: str) -> str:
    """What to do about a name that no model here has."""
    names = [item.name for item in present(models)]
    if near := [each for each in names if _plain(each) == _plain(name)] or get_close_matches(name, names, n=3):
        return f"did you mean {' or '.join(dict.fromkeys(near))}?"
    entry = models.catalogue.find(name)
    if entry is not None and entry.repo:
        return f"`python -m workbench models install {entry.name}` brings it"
    return "`python -m workbench models list` shows those there are"


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_")


def language(code: str) -> str:
    """The English name of an Argos code; the code itself where it is of no language that we know."""
    try:
        return display_name(from_argos(code))
    except InputError:
        return code
