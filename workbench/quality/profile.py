"""Which checks a person wants: a small TOML file that can be shared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InputError


@dataclass(frozen=True, slots=True)
class Profile:
    """The names of the checks that are switched off; all others run."""

    off: frozenset[str] = frozenset()


def read_profile(path: Path, known: Mapping[str, str]) -> Profile:
    """A profile as `write_profile` wrote it, or a person. `known`: the checks there are.

    A check that is not named runs. Raises InputError on a file that is no profile or names a check that is not known.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"the profile {path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"the profile {path} is not TOML ({error}); write it with --save-profile") from error
    checks = content.get("checks")
    if not isinstance(checks, dict) or not all(isinstance(value, bool) for value in checks.values()):
        raise InputError(f"the profile {path} needs a table [checks] with lines like `numbers = false`")
    return Profile(known_only([name for name, is_on in checks.items() if not is_on], known))


def write_profile(profile: Profile, path: Path, known: Mapping[str, str]) -> None:
    """Write every check, what it looks for, and whether it is on."""
    lines = ["# Checks of Workbench; false switches one off.", "[checks]"]
    lines += [f"{name} = {str(name not in profile.off).lower()}  # {text}" for name, text in known.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def known_only(names: list[str], known: Mapping[str, str]) -> frozenset[str]:
    """The names as a set. Raises InputError on one that is no check's."""
    unknown = sorted(set(names) - known.keys())
    if unknown:
        raise InputError(f"there is no check {', '.join(unknown)}; there are {', '.join(known)}")
    return frozenset(names)
