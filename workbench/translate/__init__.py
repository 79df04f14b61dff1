"""Offline translation by Argos Translate packages.

>>> found = require(packages([]), "fr", "en")                          # doctest: +SKIP
>>> load(found, Settings()).translate(["le chat dort"])[0].text        # doctest: +SKIP
'the cat sleeps'

Installing and verifying is in `workbench.translate.install`.
"""

from workbench.translate.chain import Cached, Memory, Pivot, Same, TranslationCache, load
from workbench.translate.judge import Judge, Judging, nobody
from workbench.translate.package import (
    Broken,
    Package,
    missing,
    packages,
    read_package,
    require,
    route,
    scan,
    shelves,
    tag,
    user_folder,
)
from workbench.translate.translator import PackageTranslator, Scorer, Translator

__all__ = [
    "Broken",
    "Cached",
    "Judge",
    "Judging",
    "Memory",
    "Package",
    "PackageTranslator",
    "Pivot",
    "Same",
    "Scorer",
    "TranslationCache",
    "Translator",
    "load",
    "missing",
    "nobody",
    "packages",
    "read_package",
    "require",
    "route",
    "scan",
    "shelves",
    "tag",
    "user_folder",
]
