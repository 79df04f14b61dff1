"""What `streamlit run` runs: the pages over the workspace that the environment names."""

from __future__ import annotations

import os

import streamlit as st

from workbench.core import Workbench
from workbench.ui import launch, notes, shell


@st.cache_resource(show_spinner=False)
def open_workbench(workspace: str, user: str | None) -> Workbench:
    """One workbench a server: every session and rerun works on the same open store and loaded models."""
    return Workbench(workspace, user=user)


def main() -> None:
    workspace = os.environ.get(launch.WORKSPACE, "workspace")
    with notes.guarded(f"opening the workspace {workspace}"):
        shell.run(open_workbench(workspace, os.environ.get(launch.USER) or None))
    notes.show()


main()
