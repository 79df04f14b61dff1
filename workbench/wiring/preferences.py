"""Which models a user wants where several would do.

Kept for the user, not in a workspace: models are installed for a user, a preference names one of them, and a
workspace may go to somebody who has others. Whatever a model made is marked with that model in the workspace.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from workbench.errors import InputError, ModelError
from workbench.folders import whole

_FILE = "preferences.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """`translation`: for a pair of Argos codes ("fr>en") a package, by name or model id. `encoder`: the name of the
    encoder that compares across languages; empty for the bundled one."""

    translation: Mapping[str, str] = field(default_factory=dict)
    encoder: str = ""

    def with_translation(self, pair: str, wanted: str) -> Preferences:
        return replace(self, translation={**self.translation, pair: wanted})

    def without(self, names: Collection[str]) -> Preferences:
        """Those that name other models."""
        translation = {pair: wanted for pair, wanted in self.translation.items() if wanted not in names}
        return Preferences(translation, "" if self.encoder in names else self.encoder)


def read(folder: Path) -> Preferences:
    """The preferences in a user's folder; none where nothing was ever set. Raises InputError on a damaged file."""
    path = folder / _FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        translation, encoder = dict(content["translation"]), content["encoder"]
        if all(isinstance(text, str) for text in (encoder, *translation, *translation.values())):
            return Preferences(translation, encoder)
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError, LookupError, TypeError):
        pass
    raise InputError(f"{path} is damaged; delete it, then say again what you prefer with `models prefer`")


def write(preferences: Preferences, folder: Path) -> None:
    """Keep the preferences, all or nothing. Raises ModelError where the folder cannot be written to."""
    path = folder / _FILE
    try:
        with whole(path) as temporary:
            temporary.write_text(json.dumps(asdict(preferences), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{path} cannot be written ({error}); choose another folder with WORKBENCH_HOME") from error
