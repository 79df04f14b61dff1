"""What was just done, with the button that takes it back."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from workbench.core import Workbench
from workbench.ui import notes
from workbench.ui.words import in_documents, plain

Way = Literal["undo", "redo"]

_OFFERED = "undoing_offered"


def offer(workbench: Workbench, said: str, way: Way = "undo") -> None:
    """Show a sentence on every page, with a button for this user's latest change, until anything else is changed."""
    st.session_state[_OFFERED] = said, way, workbench.state()


def draw(workbench: Workbench) -> None:
    """Draw what was offered, as long as the button would still be about it."""
    said, way, state = st.session_state.get(_OFFERED, ("", "undo", None))
    if state != workbench.state():
        st.session_state.pop(_OFFERED, None)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(said), width="content")
        if st.button(way.capitalize(), icon=f":material/{way}:"):
            _go(workbench, way)
            st.rerun()


def _go(workbench: Workbench, way: Way) -> None:
    with notes.guarded("taking this back"):
        done = workbench.undo() if way == "undo" else workbench.redo()
        if done is None:
            notes.note("info", f"There is nothing of yours to {way}.")
            return
        told = done.said + in_documents(done, workbench.names())
        said = f"{'Undone' if way == 'undo' else 'Done again'}: {told}."
        offer(workbench, said, "redo" if way == "undo" else "undo")
