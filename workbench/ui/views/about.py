"""Where the work is kept and which models do it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workbench import __version__, lang
from workbench.core import Workbench
from workbench.translate import Package
from workbench.ui import notes
from workbench.ui.installed import models
from workbench.ui.words import plain, size


def page(workbench: Workbench) -> None:
    st.markdown(f"### Workbench {__version__}")
    st.markdown(
        "Compares versions of one text in several languages. Everything happens on this computer: "
        "no text, no file name and no statistics leave it."
    )
    with notes.guarded("looking for models"):
        _draw_packages(models().packages)


def _draw_packages(packages: Sequence[Package]) -> None:
    st.markdown("#### Translation models")
    if not packages:
        notes.draw(
            "warning",
            "No translation model is installed, so passages are compared without their English. "
            "The command python -m workbench doctor says what can be installed.",
        )
        return
    rows = [_row(package) for package in packages]
    st.table(rows)


def _row(package: Package) -> dict[str, str]:
    codes = (package.from_code, package.to_code)
    source, target = (plain(lang.display_name(lang.from_argos(code))) for code in codes)
    return {
        "From": source,
        "Into": target,
        "Version": plain(package.version),
        "Came": "with the workbench" if package.bundled else "from you",
        "Size": size(package.size),
        "Quality": plain(package.quality_note or "not measured"),
    }
