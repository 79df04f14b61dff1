"""Whether translations can be trusted: automatic checks over translation units."""

from __future__ import annotations

from workbench.quality.checks import CHECKS, CheckReport, check
from workbench.quality.glossary import Glossary, parse_glossary, read_glossary
from workbench.quality.material import Check, Material
from workbench.quality.profile import Profile, read_profile, write_profile

__all__ = [
    "CHECKS",
    "Check",
    "CheckReport",
    "Glossary",
    "Material",
    "Profile",
    "check",
    "parse_glossary",
    "read_glossary",
    "read_profile",
    "write_profile",
]
