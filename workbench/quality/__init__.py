"""Whether translations can be trusted: automatic checks over translation units."""

from __future__ import annotations

from workbench.quality.checks import CHECKS, Check, CheckReport, check
from workbench.quality.material import Material
from workbench.quality.profile import Profile, read_profile, write_profile

__all__ = ["CHECKS", "Check", "CheckReport", "Material", "Profile", "check", "read_profile", "write_profile"]
