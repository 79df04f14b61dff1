"""The pages' own server, over what the file `shown` in its folder names: so that the tests of a process start it once.

It names the folder of a workspace, or how long two documents in memory are, 0 for the small sample.

python -m tests.browser.server PORT
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import streamlit as st

from tests.fakes import long_sample, sample
from workbench.ui import launch, opening

SHOWN = Path("shown").resolve()
_opened, _news = opening.opened, opening.news


def folder() -> str:
    return SHOWN.read_text(encoding="utf-8")


@st.cache_resource(scope="session")
def in_memory(length: int) -> Any:
    return long_sample(length) if length else sample()


def opened() -> Any:
    named = folder()
    return in_memory(int(named)) if named.isdigit() else _opened()


def news() -> list[str]:
    return [] if folder().isdigit() else _news()


opening.folder, opening.opened, opening.news = folder, opened, news
if __name__ == "__main__":
    launch.serve(SHOWN.parent / "none", int(sys.argv[1]), "Ada")
