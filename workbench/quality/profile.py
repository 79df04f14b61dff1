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
    """A profile as `profile_text` has it, or a person. `known`: the checks there are.

    A check that is not named runs. Raises InputError on a file that is no profile or names a check that is not known.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the profile {path} cannot be read: {error.strerror}") from error
    return parse_profile(data, str(path), known)


def parse_profile(data: bytes, name: str, known: Mapping[str, str]) -> Profile:
    """The same from a file's content; `name` is for messages."""
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"the profile {name} is not TOML ({error}); take one that Workbench saved") from error
    checks = content.get("checks")
    if not isinstance(checks, dict) or not all(isinstance(value, bool) for value in checks.values()):
        raise InputError(f"the profile {name} needs a table [checks] with lines like `numbers = false`")
    return Profile(known_only([name for name, is_on in checks.items() if not is_on], known))


def profile_text(profile: Profile, known: Mapping[str, str]) -> str:
    """Every check, what it looks for, and whether it is on, as a file to be shared."""
    lines = ["# Checks of Workbench; false switches one off.", "[checks]"]
    lines += [f"{name} = {str(name not in profile.off).lower()}  # {text}" for name, text in known.items()]
    return "\n".join(lines) + "\n"


def known_only(names: list[str], known: Mapping[str, str]) -> frozenset[str]:
    """The names as a set. Raises InputError on one that is no check's."""
    unknown = sorted(set(names) - known.keys())
    if unknown:
        raise InputError(f"there is no check {', '.join(unknown)}; there are {', '.join(known)}")
    return frozenset(names)
