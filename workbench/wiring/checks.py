"""The automatic checks of a workspace: which are wanted, with which terms, and what they found.

What was found is kept by all that it rests on, so that whoever asks next has it at once: a page, a command, or the
search for suspects of a spot check.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench import __version__
from workbench.datatypes import Issue, Progress, Remembering, TranslationUnit, silent
from workbench.errors import InputError
from workbench.quality import CHECKS, Glossary, Profile, Signals, Term, reported
from workbench.store import Store
from workbench.wiring.abreast import issue_of
from workbench.wiring.checking import Checked, checked, weighed, within
from workbench.wiring.models import Models

if TYPE_CHECKING:
    from workbench.core import Workbench

_WANTED = "checks"  # the name under which the store keeps what is wanted


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which checks count, and the terms they know."""

    profile: Profile = Profile()
    glossary: Glossary = Glossary()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be checked, and what all that is found depends on, in a digest. `docs`: ids."""

    docs: tuple[str, ...]
    units: Sequence[TranslationUnit]
    key: bytes


class Checks:
    """Checks of the pairs of two aligned documents, or of one document's English."""

    def __init__(self, bench: Workbench, store: Store, models: Models, remembered: Remembering) -> None:
        self._bench, self._store, self._models, self._remembered = bench, store, models, remembered

    @property
    def wanted(self) -> Wanted:
        """What people want of checks in this workspace: all of them and no terms where nobody has said anything."""
        said = self._store.setting(_WANTED)
        return self._remembered("checks that are wanted", said, lambda: _wanted(said))

    def want(self, wanted: Wanted) -> None:
        """Keep what is wanted, for the pages, commands and the search for suspects."""
        self._store.put_setting(_WANTED, _said(wanted))

    def run(self, refs: Sequence[str], wanted: Wanted | None = None, progress: Progress = silent) -> Checked:
        """What checks find and the risk of a major error, and keep it; found before, it is there at once.

        `wanted`: what the workspace wants where it is not given. Raises InputError where there is nothing to check.
        """
        wanted = wanted or self.wanted
        asked = self._asked(refs, wanted.glossary)
        found = self._kept(asked)
        if found is None:
            found = checked(asked.units, self._models.means(self._store), wanted.glossary, progress)
            self._store.checks.put(asked.docs, asked.key, _packed(found))
        return within(found, wanted.profile)

    def known(self, refs: Sequence[str], wanted: Wanted | None = None) -> Checked | None:
        """The same where it is known already; None where it is not, or rests on what has changed since."""
        wanted = wanted or self.wanted
        asked = self._asked(refs, wanted.glossary)
        found = self._kept(asked)
        if found is None:
            return None
        state = asked.key, wanted.profile
        return self._remembered("checks within a profile", state, lambda: within(found, wanted.profile))

    def _asked(self, refs: Sequence[str], glossary: Glossary) -> _Asked:
        if len(refs) not in (1, 2):
            raise InputError(f"a check takes one document, or two that are aligned, got {len(refs)}")
        docs = tuple(self._bench.document_id(ref) for ref in refs)

        def made() -> _Asked:
            units = self._bench.units(*docs) if len(docs) == 2 else self._bench.translated_units(docs[0])
            if not units:
                raise InputError(f"{refs[0]} has no translation yet; run `python -m workbench translate` on it first")
            return _Asked(docs, units, _key(units, glossary, self._models.signature))

        # Units of long documents take a second to make, and a page asks whenever it is drawn.
        return self._remembered("what is checked", (self._bench.state(), docs, glossary.terms), made)

    def _kept(self, asked: _Asked) -> Checked | None:
        text = self._store.checks.get(asked.docs, asked.key)
        if text is None:
            return None
        return self._remembered("what checks found", asked.key, lambda: _unpacked(text, asked.units))


def _key(units: Sequence[TranslationUnit], glossary: Glossary, models: str) -> bytes:
    texts = [(unit.bead_id, unit.src_lang, unit.tgt_lang, unit.src_text, unit.tgt_text, unit.score) for unit in units]
    terms = list(map(astuple, glossary.terms))
    return hashlib.sha256(json.dumps([__version__, models, terms, texts]).encode("ascii")).digest()


# -- as text


def _said(wanted: Wanted) -> str:
    terms = wanted.glossary.terms
    glossary = {
        "name": wanted.glossary.name,
        "terms": [term.ways for term in terms],
        "forbidden": [term.forbidden for term in terms],
    }
    return json.dumps({"off": sorted(wanted.profile.off), "glossary": glossary})


def _wanted(said: str) -> Wanted:
    """A check that is no more is forgotten."""
    if not said:
        return Wanted()
    kept = json.loads(said)
    ways = kept["glossary"]["terms"]
    forbidden = kept["glossary"].get("forbidden") or [()] * len(ways)  # which earlier versions did not know
    terms = tuple(map(Term.told, ways, forbidden))
    return Wanted(Profile(CHECKS.keys() & kept["off"]), Glossary(terms, name=kept["glossary"]["name"]))


def _packed(found: Checked) -> str:
    """Without the units, which are known to whoever asks."""
    issues = {place: list(map(astuple, each)) for place, each in enumerate(found.report.issues) if each}
    signals = {
        name: b64encode(values.astype("<f4").tobytes()).decode() for name, values in asdict(found.signals).items()
    }
    return json.dumps({"issues": issues, "signals": signals})


def _unpacked(text: str, units: Sequence[TranslationUnit]) -> Checked:
    kept = json.loads(text)
    by_place: Mapping[str, list[Any]] = kept["issues"]
    issues: list[tuple[Issue, ...]] = [
        tuple(map(issue_of, by_place.get(str(place), ()))) for place in range(len(units))
    ]
    signals = {name: np.frombuffer(b64decode(values), dtype="<f4") for name, values in kept["signals"].items()}
    return weighed(
        reported(units, issues), Signals(**{name: values.astype(np.float32) for name, values in signals.items()})
    )
