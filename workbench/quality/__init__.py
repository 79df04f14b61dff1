"""Whether translations can be trusted: automatic checks, and an estimate of the risk."""

from __future__ import annotations

from workbench.quality.checks import CHECKS, CheckReport, check, of_units, reported
from workbench.quality.estimate import IN_ONE_LANGUAGE, Estimate, Signals, estimates, ranks, unknown
from workbench.quality.glossary import Glossary, Term
from workbench.quality.material import Check, Material
from workbench.quality.profile import Profile, known_only, parse_profile, profile_text, read_profile

__all__ = [
    "CHECKS",
    "IN_ONE_LANGUAGE",
    "Check",
    "CheckReport",
    "Estimate",
    "Glossary",
    "Material",
    "Profile",
    "Signals",
    "Term",
    "check",
    "estimates",
    "known_only",
    "of_units",
    "parse_profile",
    "profile_text",
    "ranks",
    "read_profile",
    "reported",
    "unknown",
]
