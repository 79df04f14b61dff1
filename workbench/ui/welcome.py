"""What a page shows while there is too little to work on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workbench.core import Workbench, samples
from workbench.ui import notes, working
from workbench.ui.adding import add_files, say_added
from workbench.ui.picked import COMPARED
from workbench.wiring.views import DocumentInfo

_WELCOME = """
### Several versions of one thing, side by side

1. **Add** two or more documents: the same talk, report or article, in any languages.
2. **Align** them: the workbench translates each into English and finds the passages that say the same.
3. **Compare** what all of them tell, and what only one does. Nothing leaves this computer.
"""


def draw(workbench: Workbench, documents: Sequence[DocumentInfo]) -> None:
    """Say what the workbench does, take files in, and offer the samples where there is no document yet."""
    st.markdown(_WELCOME)
    if documents:
        notes.draw("info", f"One document is here already, {documents[0].name}: add another version of it.")
    elif st.button("Try it with the sample documents", icon=":material/auto_stories:"):
        _take_samples(workbench)
        st.rerun()
    add_files(workbench)


def _take_samples(workbench: Workbench) -> None:
    # When the page is left the script stops where it draws next, which is when the spinner ends: all is done by then.
    with notes.guarded("taking in the sample documents"), st.spinner("Reading the sample documents …"):
        added = samples.add(workbench)
        say_added([each for each in added if each.error])
        working.start(workbench, "align", [each.doc_id for each in added if each.doc_id])
        st.session_state[COMPARED] = [each.doc_id for each in added if each.name in samples.TRANSLATED]
